//! Words in reports and in the sentences of claims.

use maud::{Markup, html};
use sayso_ledger::Hit;
use sayso_records::text::clean;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    Look, Trouble,
    frame::{Here, at, say},
    openapi::Number,
    page::{Page, Table, number},
    words::short,
};

/// Hits on one page unless told, and at most.
const ROWS: usize = 20;
const MOST: usize = 200;
/// Words of a question; nobody types more.
const WORDS: usize = 16;

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct Asked {
    /// Words that all must be there; `"several words"` in this order; `dron*` all that begin so.
    pub q: String,
    /// `reports`, or `claims` for sentences that claim something. Both unless told.
    pub r#in: String,
    /// The `next_reports` of the page before.
    pub after_report: String,
    /// The `next_claims` of the page before.
    pub after_claim: String,
    /// So many of each, 20 unless told, 200 at most.
    #[param(inline, value_type = Number)]
    pub limit: String,
}

/// Where words were found.
#[derive(Serialize, ToSchema)]
pub(crate) struct Found {
    /// The report.
    pub report: String,
    /// Its headline. Absent: it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Absent: nobody is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Absent: not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// The claim. Absent: the words are in the report's text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<String>,
    /// The words around, or the claim's sentence.
    pub snippet: String,
    /// Parts of the snippet: whether each is what was looked for, and its text.
    #[serde(skip)]
    parts: Vec<(bool, String)>,
}

/// Reports and claims, last read first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Search {
    /// What was looked for.
    pub q: String,
    /// In reports.
    pub reports: Vec<Found>,
    /// In sentences of claims.
    pub claims: Vec<Found>,
    /// What to ask for as `after_report` for the next ones. Absent: these are the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_reports: Option<i64>,
    /// What to ask for as `after_claim` for the next ones. Absent: these are the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_claims: Option<i64>,
    #[serde(skip)]
    only: String,
}

/// A question of a person as one of FTS5's, which takes no word of it for its own. `None`: there is nothing to look for.
fn matching(q: &str) -> Option<String> {
    let mut terms: Vec<String> = Vec::new();
    for (nth, part) in q.split('"').enumerate() {
        let quoted = nth % 2 == 1;
        let words = part.split_whitespace();
        let words: Vec<(String, bool)> = words
            .map(|word| {
                let kept: String = word
                    .chars()
                    .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '.'))
                    .collect();
                (kept, word.ends_with('*'))
            })
            .filter(|(word, _)| word.contains(char::is_alphanumeric))
            .collect();
        match quoted {
            true if !words.is_empty() => {
                let words: Vec<String> = words.into_iter().map(|(word, _)| word).collect();
                terms.push(format!("\"{}\"", words.join(" ")));
            }
            _ => terms.extend(
                words
                    .into_iter()
                    .map(|(word, begins)| format!("\"{word}\"{}", if begins { "*" } else { "" })),
            ),
        }
    }
    terms.truncate(WORDS);
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

impl Found {
    fn of(hit: Hit, words: &[String]) -> Self {
        let parts = match hit.claim {
            // The index gives sentences unmarked: words that were asked for are marked where they begin a word.
            Some(_) => marked_words(&hit.snippet, words),
            None => marked_signs(&hit.snippet),
        };
        Self {
            report: hit.report,
            title: hit.title,
            publisher: hit.publisher,
            published: hit.published,
            claim: hit.claim,
            snippet: clean(
                &parts
                    .iter()
                    .map(|(_, text)| text.as_str())
                    .collect::<String>(),
            ),
            parts,
        }
    }
}

/// Parts between the signs that the index puts around what it found.
fn marked_signs(snippet: &str) -> Vec<(bool, String)> {
    let mut out = Vec::new();
    let mut marked = false;
    for piece in snippet.split_inclusive(['\u{1}', '\u{2}']) {
        let text = piece.trim_end_matches(['\u{1}', '\u{2}']);
        if !text.is_empty() {
            out.push((marked, text.to_owned()));
        }
        marked = match piece.chars().next_back() {
            Some('\u{1}') => true,
            Some('\u{2}') => false,
            _ => marked,
        };
    }
    out
}

fn marked_words(text: &str, words: &[String]) -> Vec<(bool, String)> {
    let mut out: Vec<(bool, String)> = Vec::new();
    for piece in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        let folded = sayso_ledger::fold(word);
        let is_asked = !word.is_empty() && words.iter().any(|asked| folded.trim() == asked);
        let (found, rest) = match is_asked {
            true => (word, &piece[word.len()..]),
            false => ("", piece),
        };
        if !found.is_empty() {
            out.push((true, found.to_owned()));
        }
        match out.last_mut() {
            Some((false, last)) => *last += rest,
            _ if !rest.is_empty() => out.push((false, rest.to_owned())),
            _ => {}
        }
    }
    out
}

impl Page for Search {
    const PATH: &'static str = "/search";
    const WHAT: &'static str = "Words in reports and in the sentences of claims, last read first.";
    type Asked = Asked;

    fn ask(look: &Look<'_>, _id: &str, asked: &Asked) -> Result<Self, Trouble> {
        let limit = number("limit", &asked.limit)?
            .unwrap_or(ROWS)
            .clamp(1, MOST);
        let after = |name: &str, text: &str| -> Result<Option<i64>, Trouble> {
            Ok(number(name, text)?.map(|n| i64::try_from(n).unwrap_or(i64::MAX)))
        };
        let (after_report, after_claim) = (
            after("after_report", &asked.after_report)?,
            after("after_claim", &asked.after_claim)?,
        );
        if !matches!(asked.r#in.as_str(), "" | "reports" | "claims") {
            return Err(Trouble::Asked(format!(
                "in is reports or claims, not {}",
                asked.r#in
            )));
        }
        let q = clean(&asked.q);
        let mut page = Self {
            reports: Vec::new(),
            claims: Vec::new(),
            next_reports: None,
            next_claims: None,
            only: asked.r#in.clone(),
            q,
        };
        let Some(matching) = matching(&page.q) else {
            return Ok(page);
        };
        let words: Vec<String> = (page.q.split(|c: char| !c.is_alphanumeric()))
            .map(|word| sayso_ledger::fold(word).trim().to_owned())
            .filter(|word| !word.is_empty())
            .collect();
        // One more than is shown tells whether there are more.
        if asked.r#in != "claims" {
            let mut hits = look
                .ledger
                .search_reports(&matching, limit + 1, after_report)?;
            if hits.len() > limit {
                hits.truncate(limit);
                page.next_reports = hits.last().map(|hit| hit.number);
            }
            page.reports = hits.into_iter().map(|hit| Found::of(hit, &words)).collect();
        }
        if asked.r#in != "reports" {
            let mut hits = look
                .ledger
                .search_claims(&matching, limit + 1, after_claim)?;
            if hits.len() > limit {
                hits.truncate(limit);
                page.next_claims = hits.last().map(|hit| hit.number);
            }
            page.claims = hits.into_iter().map(|hit| Found::of(hit, &words)).collect();
        }
        Ok(page)
    }

    fn title(&self) -> String {
        match self.q.is_empty() {
            true => "Search".to_owned(),
            false => format!("Search: {}", self.q),
        }
    }

    fn html(&self, here: &Here) -> Markup {
        let more = |next: Option<i64>, name: &str| {
            html! { @if let Some(next) = next { p { a.next rel="next" href=(here.with(name, &next.to_string())) { "Older ones" } } } }
        };
        html! {
            h1 { "Search" }
            form.filter action="/search" {
                label { span { "Words" } input type="search" name="q" value=(self.q) maxlength="200" size="40"; }
                label { span { "In" } select name="in" {
                    @for (value, name) in [("", "reports and claims"), ("reports", "reports"), ("claims", "claims")] {
                        option value=(value) selected[self.only == value] { (name) }
                    }
                } }
                button { "Search" }
            }
            p.quiet { "All words must be there. \"Several words\" in quotation marks are looked for in this order, dron* for all that begin so." }
            @if !self.q.is_empty() && self.reports.is_empty() && self.claims.is_empty() { p { "Nothing has these words." } }
            div.halves {
                @if !self.claims.is_empty() {
                    section aria-label="Claims" { h2 { "Claims" } @for found in &self.claims { (hit(found)) } (more(self.next_claims, "after_claim")) }
                }
                @if !self.reports.is_empty() {
                    section aria-label="Reports" { h2 { "Reports" } @for found in &self.reports { (hit(found)) } (more(self.next_reports, "after_report")) }
                }
            }
        }
    }

    fn csv(&self) -> Option<Table> {
        let row = |found: &Found| {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            vec![
                found.report.clone(),
                text(&found.claim),
                text(&found.title),
                text(&found.publisher),
                text(&found.published),
                found.snippet.clone(),
            ]
        };
        Some(Table {
            head: vec![
                "report",
                "claim",
                "title",
                "publisher",
                "published",
                "words",
            ],
            rows: self.reports.iter().chain(&self.claims).map(row).collect(),
        })
    }
}

fn hit(found: &Found) -> Markup {
    let page = match &found.claim {
        Some(claim) => format!("{}#c-{claim}", at("report", &found.report)),
        None => at("report", &found.report),
    };
    html! {
        article.card {
            h3 { a href=(page) { (say(found.title.as_deref().unwrap_or("without a headline"))) } }
            p { bdi { @for (marked, text) in &found.parts { @if *marked { mark { (clean_piece(text)) } } @else { (clean_piece(text)) } } } }
            p.quiet {
                (found.published.as_deref().and_then(|at| at.get(..10)).unwrap_or("undated")) " "
                (say(found.publisher.as_deref().unwrap_or("nobody named")))
                @if let Some(claim) = &found.claim { " · claim " code { (short(claim)) } }
            }
        }
    }
}

/// A part of a sentence without what would turn its direction, blanks at its ends kept.
fn clean_piece(text: &str) -> String {
    let plain = |c: char| if c.is_whitespace() { ' ' } else { c };
    text.chars()
        .map(plain)
        .filter(|c| !sayso_records::text::is_hostile(*c))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{marked_signs, marked_words, matching};

    #[test]
    fn questions_are_quoted() {
        for (asked, fts) in [
            ("drone factory", Some("\"drone\" AND \"factory\"")),
            (
                "\"drone factory\" Homiel",
                Some("\"drone factory\" AND \"Homiel\""),
            ),
            ("dron*", Some("\"dron\"*")),
            (
                "a OR b) NEAR(",
                Some("\"a\" AND \"OR\" AND \"b\" AND \"NEAR\""),
            ),
            ("title:x -y ^z {", Some("\"titlex\" AND \"-y\" AND \"z\"")),
            ("\" \"\" *", None),
            ("Гомель 日本", Some("\"Гомель\" AND \"日本\"")),
        ] {
            assert_eq!(matching(asked).as_deref(), fts, "{asked}");
        }
    }

    #[test]
    fn what_was_found_is_marked() {
        let parts = |all: &[(bool, &str)]| -> Vec<(bool, String)> {
            all.iter()
                .map(|(marked, text)| (*marked, (*text).to_owned()))
                .collect()
        };
        assert_eq!(
            marked_signs("a \u{1}drone\u{2} plant"),
            parts(&[(false, "a "), (true, "drone"), (false, " plant")])
        );
        assert_eq!(
            marked_words("Drones, a drone.", &["drone".to_owned()]),
            parts(&[(false, "Drones, a "), (true, "drone"), (false, ".")])
        );
    }
}
