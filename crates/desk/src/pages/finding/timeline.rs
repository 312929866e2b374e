//! When whose word came out, as a drawing and as a list.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::FindingPage;
use crate::frame::{at, counted, say, shortened};

/// Lines drawn; a finding of more origins shows the first.
const LINES: usize = 12;
const WIDE: f64 = 720.0;
const LEFT: f64 = 200.0;
const ROW: f64 = 26.0;

/// One dot: day since 1970 and whether it is against the finding.
type Dot = (i32, bool);

fn day(text: &str) -> Option<i32> {
    let date: jiff::civil::Date = text.get(..10)?.parse().ok()?;
    let since = date.since((jiff::Unit::Day, jiff::civil::date(1970, 1, 1)));
    Some(since.ok()?.get_days())
}

pub(super) fn timeline(page: &FindingPage) -> Markup {
    let finding = &page.finding.0;
    let mut lines: Vec<(String, Vec<Dot>)> = Vec::new();
    for origin in &finding.origins {
        let days = origin
            .tree
            .iter()
            .filter_map(|branch| branch.published.as_deref());
        let dots = days.filter_map(day).map(|day| (day, false)).collect();
        lines.push((origin.name.clone(), dots));
    }
    for stance in &finding.against {
        let published = |report| {
            page.heads
                .get(report)
                .and_then(|head| head.published.as_deref())
        };
        let days = stance
            .said
            .iter()
            .filter_map(|said| published(&said.report));
        let dots = days.filter_map(day).map(|day| (day, true)).collect();
        lines.push((
            format!(
                "{} {} it",
                stance.who,
                if stance.what == "denied" {
                    "denies"
                } else {
                    "doubts"
                }
            ),
            dots,
        ));
    }
    lines.retain(|(_, dots)| !dots.is_empty());
    let all = || {
        lines
            .iter()
            .flat_map(|(_, dots)| dots.iter().map(|(day, _)| *day))
    };
    let (Some(first), Some(last)) = (all().min(), all().max()) else {
        return html! { p { "No report of it is dated." } };
    };
    let more = lines.len().saturating_sub(LINES);
    lines.truncate(LINES);
    html! {
        (drawing(&lines, first, last))
        @if more > 0 { p.quiet { "and " (more) " more lines" } }
        (by_day(page))
    }
}

fn drawing(lines: &[(String, Vec<Dot>)], first: i32, last: i32) -> Markup {
    let span = f64::from((last - first).max(1));
    let x = |day: i32| LEFT + 12.0 + f64::from(day - first) / span * (WIDE - LEFT - 24.0);
    #[allow(clippy::cast_precision_loss)]
    let y = |row: usize| ROW * (row as f64 + 0.5);
    let height = y(lines.len()) + ROW;
    let words = |day: i32| {
        let span = jiff::Span::new().try_days(day).unwrap_or_default();
        let date = jiff::civil::date(1970, 1, 1).checked_add(span);
        date.map_or_else(|_| String::new(), |date| date.to_string())
    };
    html! {
        div.scroll tabindex="0" {
            svg.timeline viewBox=(format!("0 0 {WIDE} {height}")) width=(WIDE) height=(height) role="group" aria-label=(format!("When {} reported it, from {} to {}", counted(lines.len(), "origin"), words(first), words(last))) {
                @for (row, (name, dots)) in lines.iter().enumerate() {
                    text x="0" y=(y(row) + 4.0) { (shortened(&sayso_records::text::clean(name), 28)) }
                    line.axis x1=(LEFT) x2=(WIDE) y1=(y(row)) y2=(y(row)) {}
                    @for (day, against) in dots {
                        @if *against {
                            path.dot.against d=(format!("M{} {} l10 10 m0 -10 l-10 10", x(*day) - 5.0, y(row) - 5.0)) { title { (words(*day)) } }
                        } @else {
                            circle.dot cx=(x(*day)) cy=(y(row)) r="5" { title { (words(*day)) } }
                        }
                    }
                }
                text.quiet x=(LEFT + 12.0) y=(height - 6.0) { (words(first)) }
                @if last > first { text.quiet x=(WIDE - 12.0) y=(height - 6.0) text-anchor="end" { (words(last)) } }
            }
        }
    }
}

/// The same for those who read rather than look: days with who reported.
fn by_day(page: &FindingPage) -> Markup {
    let mut days: BTreeMap<String, Vec<(String, &str)>> = BTreeMap::new();
    for branch in page
        .finding
        .0
        .origins
        .iter()
        .flat_map(|origin| &origin.tree)
    {
        let day = branch
            .published
            .clone()
            .unwrap_or_else(|| "undated".to_owned());
        days.entry(day)
            .or_default()
            .push((page.publisher(&branch.report), &branch.report.0));
    }
    html! {
        details {
            summary { "Day by day" }
            ol.plain {
                @for (day, reports) in &days {
                    li {
                        strong { (day) } " "
                        @for (nth, (name, report)) in reports.iter().enumerate() { @if nth > 0 { ", " } a href=(at("report", report)) { (say(name)) } }
                    }
                }
            }
        }
    }
}
