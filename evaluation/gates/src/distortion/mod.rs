//! Distorted copies of short reports: whether one is counted as support of what it distorts, and whether it is shown what became of it.
//! Faithful copies stand beside them, which must stay support. `evaluation/distortion` holds both.

mod faithful;

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use sayso_claim::{Claimant, expected};
use sayso_codebook::{Example, Kind};
use sayso_corroborate::{
    copies::{Reading, Relation, Sort, relation},
    erosion::{Change, What, counterparts, erosion_between, exchanged, lost},
    propositions::Naming,
};
use sayso_records::{Claim, Filler, Report};
use serde::Deserialize;

use crate::{Error, Measured, Tools, tables::share};

/// The family whose copies are no distortions.
const FAITHFUL: &str = "faithful";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Set {
    /// Family -> what erosion should call it.
    family: BTreeMap<String, Vec<What>>,
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    family: String,
    /// The kind of the claim that is distorted.
    kind: String,
    /// A piece of its sentence in the origin.
    claim: String,
    published: String,
    origin: String,
    copy: String,
}

/// What became of one claim of an origin in a copy.
#[derive(Default)]
struct Verdict {
    /// A claim of the copy says the same, and no change is shown.
    support: bool,
    /// A claim of the copy says the same, whatever is shown.
    same: bool,
    /// A change is shown that says the text no longer says the same.
    erosion: bool,
    /// Its counterpart is another proposition.
    different: bool,
    /// It has no counterpart, and is shown as lost.
    lost: bool,
    changes: Vec<Change>,
}

pub(crate) fn measure(tools: &Tools, path: &Path) -> Result<Measured, Error> {
    let path = if path.is_dir() {
        path.join("cases.toml")
    } else {
        path.to_path_buf()
    };
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let set: Set = toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    let claimant = Claimant::new(&tools.codebook, &tools.gazetteer);
    let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
    let mut out = Measured::default();
    let mut wrong = String::new();
    let mut strangers = 0;
    for case in &set.case {
        let wanted = set
            .family
            .get(&case.family)
            .ok_or_else(|| format!("{}: {:?} is of no known family", path.display(), case.name))?;
        let of = read(tools, &claimant, &case.origin, &case.published);
        let now = read(tools, &claimant, &case.copy, &case.published);
        let known = relation(
            (&Reading::of(None, &case.origin), None),
            (&Reading::of(None, &case.copy), None),
        );
        let copied = known.as_ref().is_some_and(|r| r.sort.is_copy());
        strangers += usize::from(!copied);
        let verdicts = verdicts(
            tools,
            case,
            &of,
            &now,
            &known.unwrap_or_else(nothing_common),
        );
        let row = rows.entry(case.family.as_str()).or_default();
        row.copies += usize::from(copied);
        let problem = row.add(case, &verdicts, wanted);
        if let Some(problem) = problem {
            writeln!(wrong, "  {}, {}: {problem}", case.family, case.name)?;
        }
        let shown = problem.unwrap_or("right");
        out.worst.push(told(case, shown, &of, &now, &verdicts));
    }
    // Right ones last: what is wrong is looked at first.
    out.worst.sort_by_key(|case| case.contains(" right\n"));
    table(&mut out, &rows, strangers)?;
    if !wrong.is_empty() {
        write!(out.tables, "wrong, or not called what it is\n{wrong}")?;
    }
    faithful::measure(tools, &claimant, &mut out)?;
    Ok(out)
}

/// A text as the whole program reads it.
fn read(tools: &Tools, claimant: &Claimant<'_>, text: &str, published: &str) -> Vec<Claim> {
    let report: Report = expected::report(&Example {
        text: text.to_owned(),
        published: Some(published.to_owned()),
        claim: Vec::new(),
        note: None,
    });
    let mut claims = claimant.claims(&report, &tools.analyser);
    sayso_resolve::resolve(&report, &mut claims, &tools.gazetteer);
    claims
}

fn nothing_common() -> Relation {
    Relation {
        sort: Sort::Quoting,
        first: None,
        pairs: Vec::new(),
        quotations: Vec::new(),
        taken: [0.0; 2],
        told: [0.0; 2],
        reasons: Vec::new(),
    }
}

/// One for each claim of the origin that the case is about.
fn verdicts(
    tools: &Tools,
    case: &Case,
    of: &[Claim],
    now: &[Claim],
    relation: &Relation,
) -> Vec<Verdict> {
    let at = case.origin.find(&case.claim).unwrap_or(usize::MAX);
    let Some(kind) = tools.codebook.kind(&case.kind) else {
        return Vec::new();
    };
    let canonical = |key: &str| key.into();
    let naming = Naming {
        gazetteer: &tools.gazetteer,
        canonical: &canonical,
    };
    let pairs = counterparts(of, now, relation);
    let gone = lost(of, &pairs, relation);
    of.iter()
        .filter(|c| c.kind == case.kind && c.evidence.span.range().contains(&at))
        .map(|claim| {
            let changes = |other: &Claim| erosion_between(claim, other, kind, &naming);
            let says = |other: &Claim| states(&naming, kind, other, claim);
            let support = now.iter().any(|other| {
                says(other)
                    && other.polarity == claim.polarity
                    && !changes(other).iter().any(Change::alters)
            });
            let counterpart = pairs.iter().find(|(a, _)| std::ptr::eq(*a, claim));
            let gone = gone.iter().find(|l| std::ptr::eq(l.claim, claim));
            let changes = match (counterpart, gone.and_then(|l| l.sentence)) {
                (Some((_, other)), _) => changes(other),
                (None, Some(there)) => exchanged(&claim.evidence.quote, there.of(&case.copy)),
                (None, None) => Vec::new(),
            };
            Verdict {
                support,
                same: now.iter().any(|o| says(o) && o.polarity == claim.polarity),
                erosion: changes.iter().any(Change::alters),
                different: counterpart
                    .is_some_and(|(_, o)| !says(o) || o.polarity != claim.polarity),
                lost: gone.is_some(),
                changes,
            }
        })
        .collect()
}

/// Whether a claim states what another states, or something narrower. Kinds that make no findings are compared by what fills their roles.
fn states(naming: &Naming<'_>, kind: &Kind, narrow: &Claim, wide: &Claim) -> bool {
    let proposition = |claim: &Claim| naming.proposition(claim, kind);
    match (proposition(narrow), proposition(wide)) {
        _ if narrow.kind != wide.kind => false,
        (Some(narrow), Some(wide)) => narrow.entails(&wide),
        _ => (wide
            .roles
            .iter()
            .flat_map(|(role, fillers)| fillers.iter().map(move |f| (role, f))))
        .filter(|(_, f)| f.claim.is_none())
        .all(|(role, f)| {
            let same = |g: &Filler| f.entity.is_some() && f.entity == g.entity || f.name == g.name;
            narrow.role(role).iter().any(same)
        }),
    }
}

/// Counts of a family.
#[derive(Default)]
struct Row {
    cases: usize,
    not_support: usize,
    erosion: usize,
    different: usize,
    lost: usize,
    unread: usize,
    named: usize,
    /// What would count it as support: that the text is a copy, and that the propositions are one.
    copies: usize,
    same: usize,
    /// Of faithful copies: support with no change that strengthens or alters.
    kept: usize,
}

impl Row {
    /// Counts a case; gives back what is wrong with it, if anything.
    fn add(&mut self, case: &Case, verdicts: &[Verdict], wanted: &[What]) -> Option<&'static str> {
        self.cases += 1;
        if verdicts.is_empty() {
            self.unread += 1;
            return Some("no claim read in the origin");
        }
        let any = |is: fn(&Verdict) -> bool| verdicts.iter().any(is);
        let support = any(|v| v.support);
        let moved = verdicts
            .iter()
            .flat_map(|v| &v.changes)
            .any(|c| c.strengthens() || c.alters());
        if case.family == FAITHFUL {
            let kept = verdicts.iter().all(|v| v.support) && !moved;
            self.kept += usize::from(kept);
            return (!kept).then_some(if moved {
                "a change is shown"
            } else {
                "not support"
            });
        }
        let named = |v: &Verdict| v.changes.iter().any(|c| wanted.contains(&c.what));
        let called = !support && verdicts.iter().all(named);
        self.not_support += usize::from(!support);
        self.erosion += usize::from(any(|v| v.erosion));
        self.different += usize::from(any(|v| v.different));
        self.lost += usize::from(any(|v| v.lost));
        self.named += usize::from(called);
        self.same += usize::from(any(|v| v.same));
        match (support, called) {
            (true, _) => Some("SUPPORT"),
            (false, true) => None,
            (false, false) if any(|v| v.lost) => Some("shown as lost"),
            (false, false) => Some("shown as something else"),
        }
    }
}

fn table(out: &mut Measured, rows: &BTreeMap<&str, Row>, strangers: usize) -> Result<(), Error> {
    let t = &mut out.tables;
    writeln!(
        t,
        "{:<12}{:>4}{:>13}{:>9}{:>11}{:>6}{:>16}{:>9}",
        "distorted", "n", "not support", "erosion", "different", "lost", "called by name", "unread"
    )?;
    let (mut of, mut not_support, mut named) = (0, 0, 0);
    for (family, r) in rows.iter().filter(|(f, _)| **f != FAITHFUL) {
        writeln!(
            t,
            "  {family:<10}{:>4}{:>13}{:>9}{:>11}{:>6}{:>16}{:>9}",
            r.cases, r.not_support, r.erosion, r.different, r.lost, r.named, r.unread
        )?;
        of += r.cases;
        not_support += r.not_support;
        named += r.named;
    }
    writeln!(
        t,
        "{not_support} of {of} distorted copies are not counted as support; {named} are shown as what they are"
    )?;
    let kept = rows.get(FAITHFUL).map_or((0, 0), |r| (r.kept, r.cases));
    writeln!(
        t,
        "{} of {} faithful copies are support with no change that says more or something else",
        kept.0, kept.1
    )?;
    let count = |of: fn(&Row) -> usize| -> usize {
        let distorted = rows.iter().filter(|(f, _)| **f != FAITHFUL);
        distorted.map(|(_, r)| of(r)).sum()
    };
    writeln!(
        t,
        "beside it: {} are support if a copied text is, {} if equal propositions are",
        count(|r| r.copies),
        count(|r| r.same)
    )?;
    writeln!(t, "{strangers} pairs of texts are not known as copies")?;
    out.figure(
        "distorted copies that are not support",
        share(not_support, of),
    );
    out.figure("distorted copies shown as what they are", share(named, of));
    out.figure("faithful copies that are support", share(kept.0, kept.1));
    Ok(())
}

fn told(case: &Case, shown: &str, of: &[Claim], now: &[Claim], verdicts: &[Verdict]) -> String {
    let mut out = format!("{}, {}: {shown}\n", case.family, case.name);
    for (side, text, claims) in [("origin", &case.origin, of), ("copy", &case.copy, now)] {
        out.push_str(&format!("    {side:<8}{text}\n"));
        for claim in claims {
            out.push_str(&format!("      read    {}\n", expected::line(claim)));
        }
    }
    for v in verdicts {
        for change in &v.changes {
            let what = change.what.as_str();
            out.push_str(&format!(
                "      change  {what}: {:?} -> {:?}\n",
                change.before, change.after
            ));
        }
        if v.lost {
            out.push_str("      lost\n");
        }
    }
    out
}
