//! The queue: what wants a person's eye.

use std::collections::{BTreeSet, HashSet};

use maud::{Markup, html};
use sayso_ledger::Matched;
use sayso_records::{Certainty, EntityKey, EntityType, text::clean};
use sayso_resolve::compare::{Name, blocks, compare};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::parts::{hidden, verdict};
use crate::{
    Look, Trouble,
    frame::{Here, at, say},
    page::{Page, Table, number},
    words,
};

/// Items on one page unless told, and at most.
const ROWS: usize = 20;
const MOST: usize = 100;
/// Findings looked through for one page.
const LOOKED_AT: usize = 400;
/// Claims of one finding that are put into the queue.
const OF_ONE: usize = 2;
/// Names that nobody listed for which one with the same bearer is looked for.
const NAMES: usize = 40;
/// The least share of two names that may be one.
const LEAST: f64 = 0.8;

/// Which part of the queue.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct Asked {
    /// The `next` of the page before.
    pub after: String,
    /// So many, 20 unless told, 100 at most.
    pub limit: String,
}

/// A claim that wants a look.
#[derive(Serialize, ToSchema)]
pub(crate) struct Item {
    /// The claim.
    pub claim: String,
    /// What it says, in words.
    pub says: String,
    /// Its sentence.
    pub quote: String,
    /// The report it stands in.
    pub report: String,
    /// Absent: nobody is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// The finding it is of.
    pub finding: String,
    /// Why it is in the queue.
    pub why: String,
}

/// Two names that may be of one bearer.
#[derive(Serialize, ToSchema)]
pub(crate) struct Pair {
    /// One, by id and name.
    pub a: (String, String),
    /// The other.
    pub b: (String, String),
    /// How sure it is, 0 to 1.
    pub share: f64,
    /// What speaks for it.
    pub why: String,
}

/// What wants a person's eye.
#[derive(Serialize, ToSchema)]
pub(crate) struct Review {
    /// Claims, those of findings last read of first.
    pub claims: Vec<Item>,
    /// Names, the surest first.
    pub names: Vec<Pair>,
    /// What to ask for as `after` for the next claims. Absent: these are the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl Page for Review {
    const PATH: &'static str = "/review";
    const WHAT: &'static str = "What wants a person's eye: claims of disputed or weakly founded findings, names that may be of one bearer.";
    type Asked = Asked;

    fn ask(look: &Look<'_>, _id: &str, asked: &Asked) -> Result<Self, Trouble> {
        let limit = number("limit", &asked.limit)?
            .unwrap_or(ROWS)
            .clamp(1, MOST);
        let shelf = &look.shelf;
        let wants = |at: &usize| {
            let row = &shelf.rows[*at];
            row.denied + row.doubted > 0 || row.grade >= 4 || row.established == 0
        };
        let mut rows: Vec<usize> = (0..shelf.rows.len()).filter(wants).collect();
        rows.sort_by_key(|at| (std::cmp::Reverse(shelf.rows[*at].latest), *at));
        let from = match asked.after.as_str() {
            "" => 0,
            id => rows
                .iter()
                .position(|at| shelf.rows[*at].id == id)
                .map_or(0, |at| at + 1),
        };
        let (mut claims, mut seen) = (Vec::new(), HashSet::new());
        let mut next = None;
        for (nth, at) in rows[from..].iter().enumerate() {
            let row = &shelf.rows[*at];
            if claims.len() >= limit || nth >= LOOKED_AT {
                break;
            }
            next = (from + nth + 1 < rows.len()).then(|| row.id.to_string());
            let Some(finding) = look.finding_numbered(row.number)? else {
                continue;
            };
            let said = finding
                .against
                .iter()
                .flat_map(|stance| stance.said.iter().map(|said| &said.claim));
            let mut of_one = 0;
            for id in finding.claims.iter().chain(said) {
                let settled = look.standing.accepted(id).is_some() || look.standing.is_unsure(id);
                if settled || of_one >= OF_ONE || !seen.insert(id.clone()) {
                    continue;
                }
                let Matched::One(stored) = look.ledger.claim(&id.0)? else {
                    continue;
                };
                let claim = &stored.claim;
                let implied = claim
                    .roles
                    .iter()
                    .flat_map(|(_, fillers)| fillers)
                    .any(|it| it.implied);
                let mut why = Vec::new();
                why.extend((row.denied + row.doubted > 0).then_some("its finding is disputed"));
                why.extend(
                    (row.established == 0).then_some("no origin of its finding is established"),
                );
                why.extend((claim.certainty != Certainty::Stated).then_some("it is hedged"));
                why.extend(implied.then_some("a role was filled from around the sentence"));
                if why.is_empty() {
                    continue;
                }
                of_one += 1;
                claims.push(Item {
                    claim: id.0.clone(),
                    says: words::one_line(claim),
                    quote: claim.evidence.quote.clone(),
                    report: stored.report.id.0.clone(),
                    publisher: stored.report.publisher.clone(),
                    finding: finding.id.clone(),
                    why: why.join("; "),
                });
            }
        }
        Ok(Self {
            names: if asked.after.is_empty() {
                names(look)?
            } else {
                Vec::new()
            },
            claims,
            next,
        })
    }

    fn title(&self) -> String {
        "Review".to_owned()
    }

    fn html(&self, here: &Here) -> Markup {
        html! {
            h1 { "Review" }
            p { "What wants a person's eye. Every answer is a judgement, which can be undone: " a href="/history" { "what was judged" } "." }
            p.quiet { "Keys: j and k go from one to the next, a accepts, r rejects, n is unsure, u undoes, ? tells the rest." }
            @if !here.visitor.may_judge() { p.notice { "You may look, and not judge." } }
            @if self.claims.is_empty() && self.names.is_empty() { p { "Nothing is waiting." } }
            @if !self.claims.is_empty() {
                h2 { "Claims" }
                ol.plain { @for item in &self.claims { (self.item(here, item)) } }
                @if let Some(next) = &self.next { p { a.next rel="next" href=(here.with("after", next)) { "More claims" } } }
            }
            @if !self.names.is_empty() {
                h2 { "Names that may be of one bearer" }
                ol.plain { @for pair in &self.names { (names_item(here, pair)) } }
            }
        }
    }

    fn csv(&self) -> Option<Table> {
        let row = |item: &Item| {
            vec![
                item.claim.clone(),
                item.says.clone(),
                item.quote.clone(),
                item.report.clone(),
                item.publisher.clone().unwrap_or_default(),
                item.finding.clone(),
                item.why.clone(),
            ]
        };
        Some(Table {
            head: vec![
                "claim",
                "says",
                "quote",
                "report",
                "publisher",
                "finding",
                "why",
            ],
            rows: self.claims.iter().map(row).collect(),
        })
    }
}

impl Review {
    fn item(&self, here: &Here, item: &Item) -> Markup {
        html! {
            li.card data-item {
                blockquote { (say(&item.quote)) }
                p { (say(&item.says)) }
                p.quiet {
                    a href=(format!("{}#c-{}", at("report", &item.report), item.claim)) { (say(item.publisher.as_deref().unwrap_or("nobody named"))) }
                    " · " a href=(at("finding", &item.finding)) { "finding " (words::short(&item.finding)) } " · " (item.why)
                }
                @if here.visitor.may_judge() { (verdict(here, &item.claim)) }
            }
        }
    }
}

fn names_item(here: &Here, pair: &Pair) -> Markup {
    html! {
        li.card data-item {
            p { a href=(at("entity", &pair.a.0)) { (say(&pair.a.1)) } " and " a href=(at("entity", &pair.b.0)) { (say(&pair.b.1)) } }
            p.quiet { (format!("{:.2}", pair.share)) ": " (say(&pair.why)) }
            @if here.visitor.may_judge() {
                form.judging method="post" action="/judge" {
                    (hidden(here, "same", &pair.a.0))
                    input type="hidden" name="b" value=(pair.b.0);
                    label.wide { span { "Why (needed to hold them apart)" } input name="why" maxlength="1000"; }
                    button data-key="s" { "The same" }
                    button.plain name="act" value="differ" data-key="d" { "Different" }
                }
            }
        }
    }
}

/// Names that nobody listed, with others that were met and compare as the same.
fn names(look: &Look<'_>) -> Result<Vec<Pair>, Trouble> {
    let terms = look.shelf.terms(look.ledger)?;
    let unlisted = terms
        .things
        .iter()
        .filter(|(key, _)| key.starts_with("name:"));
    let mut out: Vec<Pair> = Vec::new();
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    for (key, name) in unlisted.take(NAMES) {
        let asked = |sort| Name { text: name, sort };
        let mut under = BTreeSet::new();
        for sort in [
            None,
            Some(EntityType::Organisation),
            Some(EntityType::Person),
        ] {
            under.extend(blocks(&asked(sort)));
        }
        let under: Vec<String> = under.into_iter().collect();
        for met in look.ledger.names_under(&under)? {
            let pair = (
                key.to_string().min(met.key.clone()),
                key.to_string().max(met.key.clone()),
            );
            if pair.0 == pair.1 || seen.contains(&pair) || EntityKey::parse(&met.key).is_none() {
                continue;
            }
            let settled = look.standing.canonical(&pair.0) == look.standing.canonical(&pair.1)
                || look.standing.apart(&pair.0, &pair.1).is_some();
            let verdict = compare(
                &asked(Some(met.sort)),
                &Name {
                    text: &met.name,
                    sort: Some(met.sort),
                },
            );
            if settled || verdict.share < LEAST {
                continue;
            }
            let why: Vec<String> = (verdict
                .features
                .iter()
                .filter(|it| it.name != "start")
                .take(3))
            .map(|it| clean(&it.reason))
            .collect();
            seen.insert(pair);
            out.push(Pair {
                a: (key.to_string(), name.clone()),
                b: (met.key, met.name),
                share: verdict.share,
                why: why.join("; "),
            });
        }
    }
    out.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.a.cmp(&b.a)));
    out.truncate(ROWS);
    Ok(out)
}
