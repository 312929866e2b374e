//! How credible a finding is: 1 to 6 of the Admiralty code (NATO AJP-2.1), from what stands behind it, with reasons. The reliability of sources
//! is another axis and does not enter.

use sayso_records::Certainty;
use serde::{Deserialize, Serialize};

/// A grade with its reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credibility {
    /// 1 confirmed, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged.
    pub grade: u8,
    /// Why, in sentences.
    pub reasons: Vec<String>,
}

/// What the grade is made from.
pub(super) struct Behind {
    /// The firmest word of each established origin that affirms it.
    pub(super) affirming: Vec<(String, Certainty)>,
    /// Whether two of them are known through different publishers.
    pub(super) apart: bool,
    /// Origins whose lineage is not known.
    pub(super) unknown: usize,
    /// Who denies it, and whether it is known where that comes from.
    pub(super) denying: Vec<(String, bool)>,
    /// Who doubts it, likewise.
    pub(super) doubting: Vec<(String, bool)>,
}

/// Whether the speaker commits to it, rather than holding it possible or passing it on at arm's length.
fn is_firm(certainty: Certainty) -> bool {
    matches!(
        certainty,
        Certainty::Stated | Certainty::Assessed | Certainty::Probable
    )
}

pub(super) fn credibility(behind: &Behind) -> Credibility {
    let names = |all: &[String]| all.join(", ");
    let firm: Vec<String> = behind
        .affirming
        .iter()
        .filter(|(_, certainty)| is_firm(*certainty))
        .map(|(name, _)| name.clone())
        .collect();
    let mut reasons = Vec::new();
    let established = behind.affirming.len();
    match behind.affirming.as_slice() {
        [] => reasons.push("no origin is established".to_owned()),
        [(name, _)] => reasons.push(format!("one established origin: {name}")),
        several => {
            let all: Vec<String> = several.iter().map(|(name, _)| name.clone()).collect();
            reasons.push(format!(
                "{} established independent origins: {}",
                several.len(),
                names(&all)
            ));
        }
    }
    if firm.len() < established {
        let open: Vec<String> = (behind.affirming.iter())
            .filter(|(_, certainty)| !is_firm(*certainty))
            .map(|(name, certainty)| format!("{name} ({})", certainty.as_str()))
            .collect();
        reasons.push(format!("not said outright by {}", names(&open)));
    }
    if established > 1 && !behind.apart {
        reasons.push("all known through one publisher alone".to_owned());
    }
    if behind.unknown > 0 {
        reasons.push(format!(
            "{} of unknown lineage, which adds nothing",
            behind.unknown
        ));
    }
    for (what, by) in [("denied", &behind.denying), ("doubted", &behind.doubting)] {
        let by: Vec<String> = by.iter().map(|(name, _)| name.clone()).collect();
        if !by.is_empty() {
            reasons.push(format!("{what} by {}", names(&by)));
        }
    }
    // Whoever denies it is held to the same measure.
    let denials = behind.denying.iter().filter(|(_, known)| *known).count();
    let disputed = !behind.denying.is_empty() || !behind.doubting.is_empty();
    let grade = match (established, firm.len()) {
        (0, _) if denials == 0 => 6,
        (0, _) => 5,
        _ if denials > established => 5,
        (1, 0) => 4,
        (1, _) if disputed => 4,
        (1, _) => 3,
        (_, 0) => 3,
        (_, _) if disputed => 3,
        (_, 1) => 2,
        (_, _) if !behind.apart => 2,
        (_, _) => 1,
    };
    Credibility { grade, reasons }
}

#[cfg(test)]
mod tests {
    use sayso_records::Certainty::{self, *};

    use super::{Behind, credibility};

    fn grade(affirming: &[Certainty], unknown: usize, denying: usize, doubting: usize) -> u8 {
        let name = |n: usize| format!("source {n}");
        let all = |n: usize| (0..n).map(|n| (name(n), true)).collect();
        let behind = Behind {
            affirming: affirming
                .iter()
                .enumerate()
                .map(|(at, certainty)| (name(at), *certainty))
                .collect(),
            apart: true,
            unknown,
            denying: all(denying),
            doubting: all(doubting),
        };
        let given = credibility(&behind);
        assert!(!given.reasons.is_empty());
        given.grade
    }

    #[test]
    fn two_firm_origins_are_needed_for_the_best_grade() {
        assert_eq!(grade(&[Stated, Assessed], 0, 0, 0), 1);
        assert_eq!(grade(&[Stated, Possible], 0, 0, 0), 2);
        assert_eq!(grade(&[Stated], 9, 0, 0), 3, "unknown lineage adds nothing");
        assert_eq!(grade(&[Stated, Stated], 0, 1, 0), 3);
        assert_eq!(grade(&[Claimed], 0, 0, 0), 4);
        assert_eq!(grade(&[Stated], 0, 0, 1), 4);
        assert_eq!(grade(&[Stated], 0, 2, 0), 5);
        assert_eq!(grade(&[], 9, 0, 0), 6);
        assert_eq!(grade(&[], 0, 1, 0), 5);
    }

    #[test]
    fn two_sources_in_one_paper_confirm_nothing() {
        let affirming = ["one", "other"]
            .map(|name| (name.to_owned(), Stated))
            .to_vec();
        let behind = Behind {
            affirming,
            apart: false,
            unknown: 0,
            denying: Vec::new(),
            doubting: Vec::new(),
        };
        assert_eq!(credibility(&behind).grade, 2);
    }
}
