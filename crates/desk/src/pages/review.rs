//! The queue: what wants a person's eye.

mod entries;

use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::parts::{correct_form, grade_form, grade_words, hidden, origins, verdict};
use crate::{
    Look, Trouble,
    frame::{Here, at, say},
    openapi::Number,
    page::{Page, Table, number},
};

/// Findings, and as many pairs of names, on one page unless told, and at most.
const ROWS: usize = 12;
const MOST: usize = 50;

/// Which part of the queue.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct Asked {
    /// The `next` of the page before.
    pub after: String,
    /// The `names_next` of the page before.
    pub names_after: String,
    /// So many findings, 12 unless told, 50 at most; as many pairs of names.
    #[param(inline, value_type = Number)]
    pub limit: String,
}

/// A finding that wants a look.
#[derive(Serialize, ToSchema)]
pub(crate) struct Entry {
    /// The finding.
    pub finding: String,
    /// What a judgement knows it by.
    pub anchor: String,
    /// What it states, in words.
    pub says: String,
    /// Established origins.
    pub origins: usize,
    /// Origins whose lineage is not known.
    pub unknown: usize,
    /// How credible it is, 1 to 6.
    pub grade: u8,
    /// Whether somebody should say how credible it is.
    pub grade_wanted: bool,
    /// Why it is in the queue.
    pub why: Vec<String>,
    /// Sentences to judge.
    pub claims: Vec<Item>,
    /// How many more there are.
    pub more: usize,
}

/// A claim that wants a look.
#[derive(Serialize, ToSchema)]
pub(crate) struct Item {
    /// The claim.
    pub claim: String,
    /// Its kind.
    pub kind: String,
    /// What it says, in words.
    pub says: String,
    /// What stands before its sentence.
    pub before: String,
    /// Its sentence.
    pub quote: String,
    /// What stands after it.
    pub after: String,
    /// The report it stands in.
    pub report: String,
    /// Absent: nobody is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// The report's day. Absent: not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Why it is in the queue, beside what is said of its finding.
    pub why: Vec<String>,
}

/// Somebody or something by key and name.
#[derive(Serialize, ToSchema)]
#[schema(as = KeyAndName)]
pub(crate) struct Named {
    /// An entity's id or `name:<folded words>`.
    pub key: String,
    /// What it is called.
    pub name: String,
}

/// Two names that may be of one bearer.
#[derive(Serialize, ToSchema)]
#[schema(as = NamePair)]
pub(crate) struct Pair {
    /// One, which nobody listed.
    pub a: Named,
    /// The other.
    pub b: Named,
    /// How sure it is, 0 to 1.
    pub share: f64,
    /// What speaks for it, and what against.
    pub why: String,
}

/// What wants a person's eye.
#[derive(Serialize, ToSchema)]
pub(crate) struct Review {
    /// Findings, last read of first.
    pub findings: Vec<Entry>,
    /// What to ask for as `after` for the next findings. Absent: these are the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Names, the surest first.
    pub names: Vec<Pair>,
    /// What to ask for as `names_after` for the next names. Absent: these are the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub names_next: Option<String>,
}

impl Page for Review {
    const PATH: &'static str = "/review";
    const WHAT: &'static str = "What wants a person's eye: claims that are hedged, filled in or disputed, findings that copying changed, names that may be of one bearer.";
    type Asked = Asked;

    fn ask(look: &Look<'_>, _id: &str, asked: &Asked) -> Result<Self, Trouble> {
        let limit = number("limit", &asked.limit)?
            .unwrap_or(ROWS)
            .clamp(1, MOST);
        let (findings, next) = entries::entries(look, &asked.after, limit)?;
        let (names, names_next) = names(look, &asked.names_after, limit)?;
        Ok(Self {
            findings,
            next,
            names,
            names_next,
        })
    }

    fn title(&self) -> String {
        "Review".to_owned()
    }

    fn html(&self, here: &Here) -> Markup {
        let nothing = self.findings.is_empty() && self.names.is_empty() && self.next.is_none();
        html! {
            h1 { "Review" }
            p { "What wants a person's eye. Every answer is a judgement, which can be undone: " a href="/history" { "what was judged" } "." }
            p.quiet { "Keys: j and k go from one to the next, a accepts, r rejects, n is unsure, e corrects, s is the same, d is different, u undoes, ? tells the rest." }
            @if !here.visitor.may_judge() { p.notice { "You may look, and not judge." } }
            @if nothing { p { "Nothing is waiting." } }
            @if !self.findings.is_empty() || self.next.is_some() {
                section.queue aria-labelledby="of-findings" {
                    h2 #of-findings { "Findings and their sentences" }
                    ol.plain { @for entry in &self.findings { (entry_item(here, entry)) } }
                    @if let Some(next) = &self.next { p { a.next rel="next" href=(here.with("after", next)) { "More findings" } } }
                }
            }
            @if !self.names.is_empty() {
                section.queue aria-labelledby="of-names" {
                    h2 #of-names { "Names that may be of one bearer" }
                    ol.plain { @for pair in &self.names { (names_item(here, pair)) } }
                    @if let Some(next) = &self.names_next { p { a.next rel="next" href=(here.with("names_after", next)) { "More names" } } }
                }
            }
        }
    }

    fn csv(&self) -> Option<Table> {
        let row = |entry: &Entry, item: Option<&Item>| {
            let of = |get: fn(&Item) -> &str| item.map_or("", get).to_owned();
            vec![
                entry.finding.clone(),
                entry.says.clone(),
                entry.grade.to_string(),
                entry.why.join("; "),
                of(|it| &it.claim),
                of(|it| &it.says),
                of(|it| &it.quote),
                of(|it| &it.report),
                of(|it| it.publisher.as_deref().unwrap_or("")),
                item.map_or(String::new(), |it| it.why.join("; ")),
            ]
        };
        let rows = self.findings.iter().flat_map(|entry| {
            let own = entry.claims.is_empty().then(|| row(entry, None));
            own.into_iter()
                .chain(entry.claims.iter().map(move |item| row(entry, Some(item))))
        });
        Some(Table {
            head: vec![
                "finding",
                "states",
                "grade",
                "finding_why",
                "claim",
                "says",
                "quote",
                "report",
                "publisher",
                "claim_why",
            ],
            rows: rows.collect(),
        })
    }
}

fn entry_item(here: &Here, entry: &Entry) -> Markup {
    html! {
        li.card data-item[entry.claims.is_empty()] {
            h3 { a href=(at("finding", &entry.finding)) { (say(&entry.says)) } }
            p.figures {
                (origins(entry.origins, entry.unknown))
                span.grade { "credibility " (entry.grade) ": " (grade_words(entry.grade)) }
            }
            ul.why { @for why in &entry.why { li { (say(why)) } } }
            @for item in &entry.claims { (claim_item(here, item)) }
            @if entry.more > 0 { p.quiet { "and " (entry.more) " more of its sentences, when these are judged" } }
            @if here.visitor.may_judge() {
                @if entry.grade_wanted { (grade_form(here, &entry.anchor, entry.grade)) }
                @else { details.judge { summary { "Grade the finding" } (grade_form(here, &entry.anchor, entry.grade)) } }
            }
        }
    }
}

fn claim_item(here: &Here, item: &Item) -> Markup {
    html! {
        div.sentence data-item {
            blockquote {
                @if !item.before.is_empty() { span.quiet { (say(&item.before)) } " " }
                mark { (say(&item.quote)) }
                @if !item.after.is_empty() { " " span.quiet { (say(&item.after)) } }
            }
            p { "Read as " strong { (say(&item.says)) } }
            p.quiet {
                a href=(format!("{}#c-{}", at("report", &item.report), item.claim)) { (say(item.publisher.as_deref().unwrap_or("nobody named"))) }
                " " (item.published.as_deref().unwrap_or("undated"))
                @for why in &item.why { " · " (say(why)) }
            }
            @if here.visitor.may_judge() {
                (verdict(here, &item.claim))
                details.judge { summary data-key="e" { "Correct what was read" } (correct_form(here, &item.claim, &item.kind)) }
            }
        }
    }
}

fn names_item(here: &Here, pair: &Pair) -> Markup {
    let named = |it: &Named| {
        html! {
            a href=(at("entity", &it.key)) { (say(&it.name)) }
            @if !it.key.starts_with("name:") { " " code { (say(&it.key)) } }
        }
    };
    html! {
        li.card data-item {
            h3 { (named(&pair.a)) " and " (named(&pair.b)) }
            p.quiet { (format!("{:.2}", pair.share)) ": " (say(&pair.why)) }
            @if here.visitor.may_judge() {
                form.judging method="post" action="/judge" {
                    (hidden(here, "same", &pair.a.key))
                    input type="hidden" name="b" value=(pair.b.key);
                    label.wide { span { "Why (needed to hold them apart)" } input name="why" maxlength="1000"; }
                    button data-key="s" { "The same" }
                    button.plain name="act" value="differ" data-key="d" { "Different" }
                }
            }
        }
    }
}

/// Pairs of names that nobody decided on, after one of them.
fn names(
    look: &Look<'_>,
    after: &str,
    limit: usize,
) -> Result<(Vec<Pair>, Option<String>), Trouble> {
    let all = look.desk.pairs.of(look)?;
    let id = |pair: &crate::pairs::Pair| format!("{} {}", pair.a.0, pair.b.0);
    let from = match after {
        "" => 0,
        after => (all.iter().position(|pair| id(pair) == after)).map_or(0, |at| at + 1),
    };
    let standing = &look.standing;
    let open = all[from..].iter().filter(|pair| {
        let (a, b) = (&pair.a.0, &pair.b.0);
        standing.canonical(a) != standing.canonical(b) && standing.apart(a, b).is_none()
    });
    let mut shown: Vec<&crate::pairs::Pair> = open.take(limit + 1).collect();
    let more = shown.len() > limit;
    shown.truncate(limit);
    let next = shown.last().filter(|_| more).map(|pair| id(pair));
    let named = |(key, name): &(String, String)| Named {
        key: key.clone(),
        name: name.clone(),
    };
    let pairs = shown.into_iter().map(|pair| Pair {
        a: named(&pair.a),
        b: named(&pair.b),
        share: pair.share,
        why: pair.why.clone(),
    });
    Ok((pairs.collect(), next))
}
