//! When does a sentence say something happened?
//!
//! A reader of the English calendar: [`words`] cuts the sentence, [`parse`] reads one expression with the words that
//! belong to it, [`calendar`], [`numeric`], [`spelled`], [`seasons`], [`relative`], [`counted`] and [`part`] the calendar words
//! inside, [`days`] counts from the published day. Values follow TIMEX3 (ISO 24617-1) as far as an interval can. Not here: clock
//! times, durations that begin nowhere ("for two weeks"), sets ("every Monday"), holidays, centuries.

mod calendar;
mod counted;
mod days;
mod numeric;
mod parse;
mod part;
mod relative;
mod seasons;
mod spelled;
pub(crate) mod words;

#[cfg(test)]
mod forms;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use sayso_records::{Span, TimeRef};

/// Every time expression of the English sentence `text`, in order and apart; spans are bytes of `text`.
///
/// `published` is the report's date (`YYYY-MM-DD`, or RFC 3339 of which the day as written is used). Where it is missing
/// or no date, and where an expression leans on an earlier sentence ("that year"), the interval is `None`.
pub fn find(text: &str, published: Option<&str>) -> Vec<TimeRef> {
    let anchor = published
        .and_then(|date| date.get(..10))
        .and_then(|date| date.parse::<Date>().ok());
    let toks = words::tokens(text);
    let reader = calendar::Reader {
        toks: &toks,
        anchor,
        ahead: counted::ahead(&toks),
    };
    let mut out = Vec::new();
    let mut at = 0;
    // Where the last expression ended: "in 2014 and 2022" lends its "in" to the second year.
    let mut lent = None;
    while at < toks.len() {
        let Some((next, found)) = reader.expression(at, lent) else {
            at += 1;
            continue;
        };
        if let (Some(first), Some(last)) = (toks.get(at), toks.get(next.saturating_sub(1))) {
            let span = Span::new(first.start, last.end);
            out.push(TimeRef {
                text: text.get(span.range()).unwrap_or_default().to_owned(),
                span,
                interval: found.interval,
                granularity: found.granularity,
            });
        }
        at = next.max(at + 1);
        lent = Some(at);
    }
    out
}
