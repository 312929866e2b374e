//! When what was reported: findings by month or day and by kind.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::findings::{self, Facet};
use crate::{
    Look, Trouble,
    frame::{Here, counted, encoded, thousands},
    openapi::Date,
    page::{Page, Table},
    shelf::Day,
};

const WIDE: f64 = 940.0;
const HIGH: f64 = 260.0;
const LEFT: f64 = 46.0;
const BELOW: f64 = 26.0;
/// Bars drawn; of more the last ones.
const BARS: usize = 120;

/// Which findings.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct Asked {
    /// `year`, `month` or `day`. As it fits unless told.
    pub by: String,
    /// Kinds, any of them, parted by commas.
    pub kind: String,
    /// A name or an entity's id, in any role.
    pub about: String,
    /// A place, or a country's code.
    pub place: String,
    /// Only what concerns this day (2023-08-01) or later.
    #[param(inline, value_type = Date)]
    pub since: String,
    /// Only what concerns this day or earlier.
    #[param(inline, value_type = Date)]
    pub until: String,
}

/// Findings of one stretch of time.
#[derive(Serialize, ToSchema)]
pub(crate) struct Band {
    /// `2023`, `2023-08` or `2023-08-01`.
    pub when: String,
    /// Its first day.
    pub since: String,
    /// Its last day.
    pub until: String,
    /// Findings last spoken of in it.
    pub count: usize,
    /// With at least one established origin.
    pub established: usize,
    /// By kind.
    pub kinds: Vec<Facet>,
}

/// Findings by time.
#[derive(Serialize, ToSchema)]
pub(crate) struct Timeline {
    /// How many have a day.
    pub count: usize,
    /// How many have none.
    pub undated: usize,
    /// `year`, `month` or `day`.
    pub by: String,
    /// In the order of time; stretches without any are left out.
    pub bands: Vec<Band>,
    #[serde(skip)]
    asked: Asked,
}

fn days_of(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Band {
    fn of(key: Day, by: &str) -> (String, String, String) {
        let (year, month, day) = (key / 10_000, key / 100 % 100, key % 100);
        match by {
            "year" => (
                format!("{year}"),
                format!("{year:04}-01-01"),
                format!("{year:04}-12-31"),
            ),
            "month" => (
                format!("{year}-{month:02}"),
                format!("{year:04}-{month:02}-01"),
                format!("{year:04}-{month:02}-{:02}", days_of(year, month)),
            ),
            _ => {
                let day = format!("{year:04}-{month:02}-{day:02}");
                (day.clone(), day.clone(), day)
            }
        }
    }
}

impl Page for Timeline {
    const PATH: &'static str = "/timeline";
    const WHAT: &'static str =
        "How many findings by year, month or day and by kind, under the same filters as findings.";
    type Asked = Asked;

    fn ask(look: &Look<'_>, _id: &str, asked: &Asked) -> Result<Self, Trouble> {
        let filter = findings::Asked {
            kind: asked.kind.clone(),
            about: asked.about.clone(),
            place: asked.place.clone(),
            since: asked.since.clone(),
            until: asked.until.clone(),
            ..Default::default()
        };
        let rows = look.shelf.passing(look.ledger, &filter.filter()?)?;
        let day = |at: &u32| {
            let row = &look.shelf.rows[*at as usize];
            if row.last_day == 0 {
                row.last_seen
            } else {
                row.last_day
            }
        };
        let dated: Vec<u32> = rows.iter().copied().filter(|at| day(at) != 0).collect();
        let (first, last) = (dated.iter().map(day).min(), dated.iter().map(day).max());
        let by = match asked.by.as_str() {
            "year" | "month" | "day" => asked.by.as_str(),
            "" => match first.zip(last) {
                Some((first, last)) if last / 10_000 - first / 10_000 > 8 => "year",
                Some((first, last)) if last / 100 - first / 100 > 2 => "month",
                _ => "day",
            },
            other => {
                return Err(Trouble::Asked(format!(
                    "by is year, month or day, not {other}"
                )));
            }
        };
        let round = |day: Day| match by {
            "year" => day / 10_000 * 10_000,
            "month" => day / 100 * 100,
            _ => day,
        };
        let mut bands: BTreeMap<Day, (usize, usize, BTreeMap<&str, usize>)> = BTreeMap::new();
        for at in &dated {
            let row = &look.shelf.rows[*at as usize];
            let band = bands.entry(round(day(at))).or_default();
            band.0 += 1;
            band.1 += usize::from(row.established > 0);
            *band.2.entry(row.kind.as_str()).or_default() += 1;
        }
        let band =
            |(key, (count, established, kinds)): (Day, (usize, usize, BTreeMap<&str, usize>))| {
                let (when, since, until) = Band::of(key, by);
                let kinds = kinds
                    .into_iter()
                    .map(|(value, count)| Facet {
                        value: value.to_owned(),
                        count,
                    })
                    .collect();
                Band {
                    when,
                    since,
                    until,
                    count,
                    established,
                    kinds,
                }
            };
        Ok(Self {
            count: dated.len(),
            undated: rows.len() - dated.len(),
            by: by.to_owned(),
            bands: bands.into_iter().map(band).collect(),
            asked: asked.clone(),
        })
    }

    fn title(&self) -> String {
        "Timeline".to_owned()
    }

    fn html(&self, here: &Here) -> Markup {
        let asked = &self.asked;
        html! {
            h1 { "Timeline" }
            form.filter action="/timeline" {
                label { span { "Who or what" } input name="about" value=(asked.about) maxlength="200"; }
                label { span { "Where" } input name="place" value=(asked.place) maxlength="200"; }
                label { span { "Kind" } input name="kind" value=(asked.kind) maxlength="100"; }
                label { span { "Since" } input type="date" name="since" value=(asked.since); }
                label { span { "Until" } input type="date" name="until" value=(asked.until); }
                label { span { "By" } select name="by" { @for by in ["", "year", "month", "day"] { option value=(by) selected[by == asked.by] { @if by.is_empty() { "as it fits" } @else { (by) } } } } }
                button { "Show" } a href="/timeline" { "Clear" }
            }
            p.bar { strong { (counted(self.count, "finding")) " by " (self.by) } @if self.undated > 0 { span.quiet { (thousands(self.undated)) " without a day" } } }
            @if self.bands.is_empty() { p { "No finding passes this filter." } }
            @else { (self.drawing()) (self.table(here)) }
        }
    }

    fn csv(&self) -> Option<Table> {
        let row = |band: &Band| {
            let kinds: Vec<String> = band
                .kinds
                .iter()
                .map(|it| format!("{}: {}", it.value, it.count))
                .collect();
            vec![
                band.when.clone(),
                band.since.clone(),
                band.until.clone(),
                band.count.to_string(),
                band.established.to_string(),
                kinds.join("; "),
            ]
        };
        Some(Table {
            head: vec!["when", "since", "until", "findings", "established", "kinds"],
            rows: self.bands.iter().map(row).collect(),
        })
    }
}

impl Timeline {
    /// The findings of a band, or its parts.
    fn address(&self, band: &Band) -> String {
        let asked = &self.asked;
        let (path, by) = match self.by.as_str() {
            "year" => ("/timeline", "month"),
            "month" => ("/timeline", "day"),
            _ => ("/findings", ""),
        };
        let all = [
            ("kind", asked.kind.as_str()),
            ("about", &asked.about),
            ("place", &asked.place),
            ("since", &band.since),
            ("until", &band.until),
            ("by", by),
        ];
        let pairs: Vec<String> = (all.iter())
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        format!("{path}?{}", pairs.join("&"))
    }

    #[allow(clippy::cast_precision_loss)]
    fn drawing(&self) -> Markup {
        let bands = &self.bands[self.bands.len().saturating_sub(BARS)..];
        let most = bands
            .iter()
            .map(|band| band.count)
            .max()
            .unwrap_or(1)
            .max(1) as f64;
        let step = (WIDE - LEFT) / bands.len() as f64;
        let wide = (step * 0.8).min(60.0);
        let high = |n: usize| n as f64 / most * (HIGH - BELOW - 12.0);
        let every = bands.len().div_ceil(12);
        html! {
            figure.bands {
                div.scroll tabindex="0" { svg viewBox=(format!("0 0 {WIDE} {HIGH}")) width=(WIDE) height=(HIGH) role="group" aria-label="Findings by time; the table below says the same" {
                    line.axis x1=(LEFT) x2=(WIDE) y1=(HIGH - BELOW) y2=(HIGH - BELOW) {}
                    text x=(LEFT - 6.0) y="16" text-anchor="end" { (thousands(most as usize)) }
                    text x=(LEFT - 6.0) y=(HIGH - BELOW) text-anchor="end" { "0" }
                    @for (nth, band) in bands.iter().enumerate() {
                        @let x = LEFT + step * (nth as f64 + 0.5) - wide / 2.0;
                        a href=(self.address(band)) {
                            title { (band.when) ": " (counted(band.count, "finding")) ", " (band.established) " with an established origin" }
                            rect.all x=(format!("{x:.1}")) width=(format!("{wide:.1}")) y=(format!("{:.1}", HIGH - BELOW - high(band.count))) height=(format!("{:.1}", high(band.count))) {}
                            rect.firm x=(format!("{x:.1}")) width=(format!("{wide:.1}")) y=(format!("{:.1}", HIGH - BELOW - high(band.established))) height=(format!("{:.1}", high(band.established))) {}
                        }
                        @if nth % every == 0 { text x=(format!("{:.1}", x + wide / 2.0)) y=(HIGH - 8.0) text-anchor="middle" { (band.when) } }
                    }
                } }
                figcaption.quiet { "Full: with an established origin. Pale: of unknown lineage alone." @if self.bands.len() > BARS { " The last " (BARS) " are drawn." } }
            }
        }
    }

    fn table(&self, _here: &Here) -> Markup {
        html! {
            div.scroll tabindex="0" role="region" aria-label="Findings by time" { table {
                thead { tr { th scope="col" { "When" } th.n scope="col" { "Findings" } th.n scope="col" { "Established" } th scope="col" { "By kind" } } }
                tbody { @for band in self.bands.iter().rev().take(BARS) {
                    tr {
                        th scope="row" { a href=(self.address(band)) { (band.when) } }
                        td.n { a href=(format!("/findings?since={}&until={}", band.since, band.until)) { (thousands(band.count)) } }
                        td.n { (thousands(band.established)) }
                        td { @for (nth, kind) in band.kinds.iter().enumerate() { @if nth > 0 { ", " } (kind.value) " " (thousands(kind.count)) } }
                    }
                } }
            } }
        }
    }
}
