//! Dates and date ranges: the English specifications of Microsoft's Recognizers-Text (MIT), `DateParser` and `DatePeriodParser`.
//!
//! Each gives a sentence, the day it is written on, and the value of the expression in it. Exact is an interval of ours that has the
//! specification's first and last day. Where a specification gives two readings, the next such day and the last, either is right: a
//! newspaper looks back where a calendar assistant looks ahead. Its ends are the day after (a month ends on the 1st) or, of spans
//! whose days are said ("from 4 to 22"), the day itself; ours are always the last day, so either counts. A sentence with no value
//! wants none. Nothing is left out, whatever other implementations of the specification support.

use std::path::Path;

use jiff::{ToSpan, civil::Date};
use sayso_claim::time;
use serde::Deserialize;

use crate::{Error, Measured, Tools, tables::share};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Case {
    input: String,
    #[serde(default)]
    context: Context,
    results: Vec<Wanted>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase")]
struct Context {
    reference_date_time: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Wanted {
    text: String,
    value: Option<Value>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase")]
struct Value {
    timex: String,
    #[serde(default)]
    future_resolution: Days,
    #[serde(default)]
    past_resolution: Days,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Days {
    date: Option<String>,
    start_date: Option<String>,
    end_date: Option<String>,
}

impl Days {
    fn is(&self, start: Option<&str>, end: Option<&str>) -> bool {
        if let Some(date) = &self.date {
            return start == Some(date) && end == Some(date);
        }
        if self.start_date.is_none() && self.end_date.is_none() {
            return false;
        }
        let before = self
            .end_date
            .as_ref()
            .and_then(|day| day.parse::<Date>().ok())
            .and_then(|day| day.checked_sub(1.day()).ok())
            .map(|day| day.to_string());
        start == self.start_date.as_deref()
            && (end == self.end_date.as_deref() || end == before.as_deref())
    }
}

/// Share of exact values, by file and of both.
pub(crate) fn measure(_: &Tools, folder: &Path) -> Result<Measured, Error> {
    let mut out = Measured::default();
    let mut all = [0; 2];
    for name in ["DateParser", "DatePeriodParser"] {
        let path = folder.join(format!("{name}.json"));
        let text =
            std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let cases: Vec<Case> = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|e| format!("{}: {e}", path.display()))?;
        let mut exact = 0;
        for case in &cases {
            let published = case.context.reference_date_time.as_deref();
            let found = time::find(&case.input, published);
            let right = case.results.iter().all(|wanted| {
                wanted.value.as_ref().is_some_and(|value| {
                    found.iter().filter_map(|f| f.interval.as_ref()).any(|i| {
                        let (start, end) = (i.start.as_deref(), i.end.as_deref());
                        value.future_resolution.is(start, end)
                            || value.past_resolution.is(start, end)
                    })
                })
            }) && (!case.results.is_empty() || found.is_empty());
            exact += usize::from(right);
            if !right {
                let wanted: Vec<String> = case
                    .results
                    .iter()
                    .map(|w| {
                        let timex = w.value.as_ref().map_or("", |v| v.timex.as_str());
                        format!("{:?} {timex}", w.text)
                    })
                    .collect();
                let read: Vec<String> = found
                    .iter()
                    .map(|f| format!("{:?} {:?}", f.text, f.interval))
                    .collect();
                out.worst.push(format!(
                    "{name} {}: {}\n    wanted {}\n    read   {}",
                    published.unwrap_or_default(),
                    case.input,
                    wanted.join(", "),
                    read.join(", ")
                ));
            }
        }
        out.tables
            .push_str(&format!("{name}: {exact} of {} exact\n", cases.len()));
        all[0] += exact;
        all[1] += cases.len();
    }
    out.figure("exact", share(all[0], all[1]));
    Ok(out)
}
