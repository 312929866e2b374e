//! What an example of the codebook or the gold set expects, against what was read: one comparison for tests and scores.

mod key;

use std::collections::BTreeMap;

use sayso_codebook::{ClaimExpected, Example};
use sayso_records::{Claim, Filler, Report, ReportId, Sha256};

pub use key::{Agreement, Key, agreement, alike, keys};

/// What was right and what was not, for one example.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// Kinds of claims found with the right kind and roles.
    pub found: Vec<String>,
    /// Expected claims that were not found, written out.
    pub missed: Vec<(String, String)>,
    /// Claims nobody expected, written out.
    pub extra: Vec<(String, String)>,
    /// Field name, and whether it was right, of the claims found; only fields that the example names.
    pub fields: Vec<(&'static str, bool)>,
    /// One line a wrong field.
    pub wrong: Vec<String>,
    /// Role -> fillers right, read and not expected, expected and not read. Claims that differ in a role alone are compared with
    /// the claim of their kind that shares most fillers; where none shares one, all their fillers count as extra or missed.
    pub roles: BTreeMap<String, [usize; 3]>,
    /// Fillers marked `implied` in the claims that were compared: how many are right, and how many there are.
    pub implied: [usize; 2],
    /// One line an implied filler that is wrong.
    pub wrong_implied: Vec<String>,
    /// Why each missed claim is missed: `no claim`, or what sets the nearest claim of its kind apart (`recipient left out`).
    pub why_missed: Vec<String>,
}

impl Comparison {
    /// Whether everything the example says holds and nothing else was read.
    pub fn exact(&self) -> bool {
        self.missed.is_empty() && self.extra.is_empty() && self.wrong.is_empty()
    }
}

/// The report an example stands for.
pub fn report(example: &Example) -> Report {
    let capture = Sha256::of(example.text.as_bytes());
    Report {
        id: ReportId::new(capture, None),
        capture,
        title: None,
        byline: None,
        publisher: None,
        published: example.published.clone(),
        url: None,
        language: Some("en".to_owned()),
        text: example.text.clone(),
        links: Vec::new(),
    }
}

/// Compares what was read with what is expected. A stance's `about` is compared only where the example names it; a source
/// nobody names ("reportedly") is none.
pub fn compare(example: &Example, claims: &[Claim]) -> Comparison {
    let mut out = Comparison::default();
    let mut used = vec![false; claims.len()];
    let mut unmatched = Vec::new();
    // Optional claims come last: they must not take what a wanted one needs.
    let (optional, wanted): (Vec<_>, Vec<_>) = example.claim.iter().partition(|c| c.optional);
    for expected in wanted.into_iter().chain(optional) {
        let best = (0..claims.len())
            .filter(|&i| !used[i] && same_roles(expected, &claims[i]))
            .max_by_key(|&i| {
                let fields = fields(expected, &claims[i]);
                (
                    fields.iter().filter(|(_, ok, _)| *ok).count(),
                    std::cmp::Reverse(i),
                )
            });
        let Some(i) = best else {
            if expected.optional {
                continue;
            }
            let roles = format!("{} {:?}", expected.kind, expected.roles);
            out.missed.push((expected.kind.clone(), roles));
            unmatched.push(expected);
            continue;
        };
        used[i] = true;
        out.compare_roles(Some(expected), Some(&claims[i]));
        out.found.push(expected.kind.clone());
        for (name, ok, wanted) in fields(expected, &claims[i]) {
            out.fields.push((name, ok));
            if !ok {
                out.wrong.push(format!("{name}: expected {wanted}"));
            }
        }
    }
    let mut rest: Vec<&Claim> = claims
        .iter()
        .zip(&used)
        .filter_map(|(claim, used)| (!used).then_some(claim))
        .collect();
    for claim in &rest {
        out.extra.push((claim.kind.to_string(), line(claim)));
    }
    for expected in unmatched {
        let nearest = (0..rest.len())
            .filter(|&i| rest[i].kind == expected.kind)
            .map(|i| (shared(expected, rest[i]), std::cmp::Reverse(i)))
            .max()
            .filter(|(shared, _)| *shared > 0)
            .map(|(_, std::cmp::Reverse(i))| rest.remove(i));
        out.why_missed
            .push(nearest.map_or_else(|| "no claim".to_owned(), |claim| apart(expected, claim)));
        out.compare_roles(Some(expected), nearest);
    }
    for claim in rest {
        out.compare_roles(None, Some(claim));
    }
    out
}

impl Comparison {
    fn compare_roles(&mut self, expected: Option<&ClaimExpected>, claim: Option<&Claim>) {
        let compared = expected.is_some() && claim.is_some();
        let wanted = |role: &str| expected.map_or_else(Vec::new, |e| keys(e, role));
        for (role, fillers) in claim.iter().flat_map(|c| &c.roles) {
            if role == "about" && wanted(role).is_empty() {
                continue;
            }
            for filler in fillers {
                let right = wanted(role).iter().any(|w| w.is(filler));
                self.roles.entry(role.to_string()).or_default()[usize::from(!right)] += 1;
                if filler.implied && compared {
                    self.implied[0] += usize::from(right);
                    self.implied[1] += 1;
                    if !right {
                        let wanted = expected.and_then(|e| e.roles.get(role.as_str()));
                        self.wrong_implied
                            .push(format!("{role}: {:?} for {wanted:?}", filler.name));
                    }
                }
            }
        }
        for role in expected.iter().flat_map(|e| e.roles.keys()) {
            let have = claim.map_or(&[][..], |c| c.role(role));
            let missed = wanted(role)
                .iter()
                .filter(|w| !w.optional && !have.iter().any(|f| w.is(f)))
                .count();
            self.roles.entry(role.clone()).or_default()[2] += missed;
        }
    }
}

fn shared(expected: &ClaimExpected, claim: &Claim) -> usize {
    let roles = expected.roles.keys();
    roles
        .flat_map(|role| keys(expected, role).into_iter().map(move |w| (role, w)))
        .filter(|(role, w)| claim.role(role).iter().any(|f| w.is(f)))
        .count()
}

/// What sets a claim apart from the one expected, role by role in the order of their names.
fn apart(expected: &ClaimExpected, claim: &Claim) -> String {
    let mut roles: Vec<&str> = expected.roles.keys().map(String::as_str).collect();
    roles.extend(claim.roles.iter().map(|(role, _)| role.as_str()));
    roles.sort_unstable();
    roles.dedup();
    let said = roles
        .into_iter()
        .filter(|role| *role != "about")
        .filter_map(|role| {
            let (wanted, have) = (keys(expected, role), claim.role(role));
            let left = wanted
                .iter()
                .any(|w| !w.optional && !have.iter().any(|f| w.is(f)));
            let more = have.iter().any(|f| !wanted.iter().any(|w| w.is(f)));
            match (left, more) {
                (true, true) => Some(format!("{role} wrong")),
                (true, false) => Some(format!("{role} left out")),
                (false, true) => Some(format!("{role} too much")),
                (false, false) => (have.len() > wanted.len()).then(|| format!("{role} twice")),
            }
        });
    let said: Vec<String> = said.collect();
    said.join(", ")
}

/// A claim on one line, for failures and lists.
pub fn line(claim: &Claim) -> String {
    let mut out = claim.kind.to_string();
    for (role, fillers) in &claim.roles {
        let names: Vec<&str> = fillers.iter().map(|f| f.name.as_str()).collect();
        out.push_str(&format!(" {role}={}", names.join(" + ")));
    }
    for place in &claim.place {
        out.push_str(&format!(" @{}", place.text));
    }
    if let Some(time) = &claim.time {
        out.push_str(&format!(" time={:?}", time.text));
    }
    for quantity in &claim.quantity {
        out.push_str(&format!(" n={:?}", quantity.text));
    }
    let sources: Vec<&str> = claim.sources.iter().map(|s| s.name.as_str()).collect();
    out.push_str(&format!(
        " [{} {} {}] by [{}]",
        claim.status.as_deref().unwrap_or("-"),
        claim.polarity.as_str(),
        claim.certainty.as_str(),
        sources.join(" > ")
    ));
    out
}

fn same_roles(expected: &ClaimExpected, claim: &Claim) -> bool {
    let filled = claim.roles.iter().filter(|(_, f)| !f.is_empty());
    let mut known =
        filled.filter(|(role, _)| *role != "about" || expected.roles.contains_key("about"));
    claim.kind == expected.kind
        && known.all(|(role, _)| expected.roles.contains_key(role.as_str()))
        && expected.roles.keys().all(|role| {
            key::covered(
                &keys(expected, role),
                claim.role(role),
                |w, have: &Filler| w.is(have),
            )
        })
}

fn fields(expected: &ClaimExpected, claim: &Claim) -> Vec<(&'static str, bool, String)> {
    let mut out = Vec::new();
    if let Some(status) = &expected.status {
        out.push((
            "status",
            claim.status.as_deref() == Some(status),
            status.clone(),
        ));
    }
    if let Some(certainty) = &expected.certainty {
        out.push((
            "certainty",
            claim.certainty.as_str() == certainty,
            certainty.clone(),
        ));
    }
    if let Some(polarity) = &expected.polarity {
        out.push((
            "polarity",
            claim.polarity.as_str() == polarity,
            polarity.clone(),
        ));
    }
    if let Some(places) = &expected.place {
        let wanted: Vec<Key<'_>> = places.iter().map(|p| Key::new(p)).collect();
        let ok = key::covered(&wanted, &claim.place, |p, q| {
            p.is_one_of(&[&q.text, &q.name])
        });
        out.push(("place", ok, format!("{places:?}")));
    }
    if let Some(sources) = &expected.sources {
        let named: Vec<_> = claim
            .sources
            .iter()
            .filter(|s| s.name != "unnamed")
            .collect();
        let ok = sources.len() == named.len()
            && sources
                .iter()
                .zip(&named)
                .all(|(w, s)| Key::new(w).is_one_of(&[&s.name, &s.text]));
        out.push(("sources", ok, format!("{sources:?}")));
    }
    if let Some(time) = &expected.time {
        let ok = claim
            .time
            .as_ref()
            .and_then(|t| t.interval.as_ref())
            .is_some_and(|i| {
                time.start
                    .as_ref()
                    .is_none_or(|s| i.start.as_ref() == Some(s))
                    && time.end.as_ref().is_none_or(|e| i.end.as_ref() == Some(e))
            });
        out.push(("time", ok, format!("{time:?}")));
    }
    if let Some(quantities) = &expected.quantity {
        let ok = quantities.len() == claim.quantity.len()
            && quantities.iter().all(|w| {
                claim.quantity.iter().any(|q| {
                    (q.value - w.value).abs() < 1e-9
                        && w.bound.as_ref().is_none_or(|b| b == q.bound.as_str())
                        && w.upper.is_none_or(|u| q.upper == Some(u))
                        && w.unit
                            .as_ref()
                            .is_none_or(|u| q.unit.as_ref().is_some_and(|v| alike(u, v)))
                })
            });
        out.push(("quantity", ok, format!("{quantities:?}")));
    }
    out
}
