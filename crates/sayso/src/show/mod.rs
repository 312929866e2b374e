//! How things look on a terminal and in a spreadsheet. Text of reports is hostile: it passes [`clean`] on its way out.

pub(crate) mod editions;
pub(crate) mod entity;
pub(crate) mod finding;
pub(crate) mod findings;
mod marked;
mod paint;
pub(crate) mod reading;
#[cfg(test)]
mod samples;
pub(crate) mod table;
pub(crate) mod tree;
mod values;
mod wrap;

pub(crate) use entity::text;
pub(crate) use paint::Paint;
pub(crate) use sayso_desk::{
    Verdict,
    words::{Tone, line, one_line, short},
};
pub(crate) use sayso_records::text::{clean, is_hostile};
pub(crate) use wrap::{columns, wrap};

/// What the writers need to know of where they write.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Screen {
    /// Columns to fill.
    pub(crate) width: usize,
    /// Colours, or none.
    pub(crate) paint: Paint,
}

/// A message without the numbers that Rust puts after the system's words: ` (os error 2)`.
pub(crate) fn unnumbered(text: &str) -> String {
    let mut parts = text.split(" (os error ");
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |out, part| {
        out + part.split_once(')').map_or(part, |(_, rest)| rest)
    })
}

/// Several lines made safe one by one: a message of a file's checker points at columns.
pub(crate) fn clean_lines(text: &str) -> String {
    let safe = |line: &str| -> String { line.chars().filter(|c| !is_hostile(*c)).collect() };
    text.lines().map(safe).collect::<Vec<_>>().join("\n")
}
