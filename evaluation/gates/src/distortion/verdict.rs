//! What became of a claim of the origin in a copy.

use sayso_claim::expected;
use sayso_codebook::Kind;
use sayso_corroborate::{
    copies::Relation,
    erosion::{Change, counterparts, erosion_between, exchanged, lost},
    propositions::Naming,
};
use sayso_records::{Claim, Filler};

use super::Case;
use crate::Tools;

/// What became of one claim of an origin in a copy.
#[derive(Default)]
pub(super) struct Verdict {
    /// A claim of the copy says the same, and no change is shown.
    pub(super) support: bool,
    /// A claim of the copy says the same, whatever is shown.
    pub(super) same: bool,
    /// A change is shown that says the text no longer says the same.
    pub(super) erosion: bool,
    /// Its counterpart is another proposition.
    pub(super) different: bool,
    /// It has no counterpart, and is shown as lost.
    pub(super) lost: bool,
    pub(super) changes: Vec<Change>,
}

/// One for each claim of the origin that the case is about.
pub(super) fn verdicts(
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

/// A case with its claims and changes.
pub(super) fn told(
    case: &Case,
    shown: &str,
    of: &[Claim],
    now: &[Claim],
    verdicts: &[Verdict],
) -> String {
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
