//! Credits in words: the byline, the line before the first sentence, lines at the foot, sentences.

use sayso_gazetteer::{
    Gazetteer,
    sources::{Cue, CueSort, Reader, Who},
};
use sayso_records::Report;

use super::house;
use crate::{lineage::Credit, propositions::Named};

/// A longer paragraph is looked at in pieces of about so many bytes: finding cues may cost the square of a piece.
const PIECE: usize = 1_200;
/// A dateline stands before the first sentence, which may come after a title and a line of who and when.
const DATELINES: usize = 4;
/// A line that credits is no longer than that.
const LINE: usize = 200;

/// What words say.
pub(super) struct Words {
    pub(super) credits: Vec<Credit>,
    /// Words that show reporting of its own. `None`: there are none.
    pub(super) shown: Option<String>,
}

pub(super) fn words(report: &Report, reader: &Reader<'_>, gazetteer: &Gazetteer) -> Words {
    let mut words = Words {
        credits: Vec::new(),
        shown: None,
    };
    if let Some(byline) = report.byline.as_deref() {
        let byline = pieces(byline).next().map_or("", |(_, piece)| piece);
        words.take(byline, None, &[CueSort::Byline], reader, gazetteer);
    }
    for (nth, (span, paragraph)) in report.paragraphs().enumerate() {
        let mut whole = vec![CueSort::Republished];
        if nth < DATELINES {
            whole.push(CueSort::Dateline);
        }
        if paragraph.len() <= LINE {
            whole.push(CueSort::CreditLine);
        }
        let bytes = <(u32, u32)>::from(span);
        for (_, piece) in pieces(paragraph) {
            words.take(piece, None, &whole, reader, gazetteer);
            let inside = [CueSort::Citing, CueSort::Own];
            words.take(piece, Some(bytes), &inside, reader, gazetteer);
        }
    }
    words.credits.sort_by_key(|credit| credit.span);
    words.credits.dedup();
    words
}

impl Words {
    fn take(
        &mut self,
        text: &str,
        span: Option<(u32, u32)>,
        sorts: &[CueSort],
        reader: &Reader<'_>,
        gazetteer: &Gazetteer,
    ) {
        for cue in reader.cues(text, sorts) {
            // Whoever is quoted speaks of his own "us", and of what he read.
            if cue.quoted {
                continue;
            }
            let words = text.get(cue.bytes.clone()).unwrap_or("");
            let words = words.trim_matches(|c: char| !c.is_alphanumeric());
            let is_own = cue.sort == CueSort::Own || (cue.own && cue.who.contains(&Who::Publisher));
            if is_own {
                self.shown.get_or_insert_with(|| words.to_owned());
                continue;
            }
            let credits = cue.who.iter().filter_map(|who| named(who, gazetteer));
            self.credits.extend(credits.map(|who| Credit {
                who: Some(who),
                address: None,
                how: how(&cue).into(),
                span,
                cue: words.to_owned(),
            }));
        }
    }
}

fn named(who: &Who<'_>, gazetteer: &Gazetteer) -> Option<Named> {
    match who {
        Who::Publisher => None,
        Who::Outlet(outlet) => Some(Named {
            key: outlet.id.as_str().into(),
            name: outlet.name.clone(),
        }),
        Who::Named(name) if name.starts_with(char::is_uppercase) => Some(house(name, gazetteer)),
        Who::Named(_) => None,
    }
}

fn how(cue: &Cue<'_>) -> &'static str {
    match cue.sort {
        CueSort::Byline => "byline",
        CueSort::Dateline => "dateline",
        CueSort::CreditLine => "credit-line",
        CueSort::Republished => "republished",
        CueSort::Citing | CueSort::Own => "citing",
    }
}

/// `text` in pieces of about [`PIECE`] bytes, cut at white space, with where each starts.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let end = match rest.len() <= PIECE {
            true => rest.len(),
            false => {
                let mut most = PIECE;
                while !rest.is_char_boundary(most) {
                    most -= 1;
                }
                let head = rest.get(..most).unwrap_or(rest);
                head.rfind(char::is_whitespace)
                    .filter(|end| *end > 0)
                    .unwrap_or(most)
            }
        };
        let piece = rest.get(..end)?;
        let start = at;
        at += end;
        Some((start, piece))
    })
}
