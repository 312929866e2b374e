//! One finding: whose word it is, who copied it from whom, what that lost, who is against it, and why it is graded so.

mod against;
mod erosion;
mod judging;
mod timeline;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use sayso_corroborate::findings::{Finding, TIME, Value};
use sayso_ledger::{Head, Ledger};
use sayso_records::{ClaimId, ReportId, text::clean};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::parts::{grade_words, origins};
use crate::{
    Look, Trouble,
    clause::clause,
    contract::FindingObject,
    frame::{Here, at, counted, encoded, say},
    page::{Form, Page, Table},
    words::line,
};

/// Wider and narrower findings shown.
const BESIDE: usize = 8;
/// Of the largest findings a page shows so many claims with their sentences; the data has all.
const MOST_CLAIMS: usize = 60;

/// Nothing is asked of one finding.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Asked {}

/// A sentence, and where it stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Quote {
    /// The claim's id.
    pub(crate) claim: String,
    /// Its report's id.
    pub(crate) report: String,
    /// Who published that. Absent: nobody is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) publisher: Option<String>,
    /// When. Absent: not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) published: Option<String>,
    /// Where. Absent: it has no address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
    /// The sentence.
    pub(crate) quote: String,
    /// What a person said of the claim, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) judged: Option<String>,
}

/// A finding that says more or less.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Beside {
    /// Its id.
    pub(crate) id: String,
    /// What it states, in words.
    pub(crate) says: String,
    /// Its established origins.
    pub(crate) origins: usize,
}

/// One finding with the sentences behind it.
#[derive(Serialize, ToSchema)]
#[schema(as = FindingPage)]
pub(crate) struct FindingPage {
    /// As `sayso findings --format jsonl` gives it.
    pub(crate) finding: FindingObject,
    /// Claims that are named in it, with their sentences, by id.
    pub(crate) quotes: BTreeMap<String, Quote>,
    /// Findings that say more than this, and this with it.
    pub(crate) narrower: Vec<Beside>,
    /// Findings that say less: compatible, and not counted here.
    pub(crate) wider: Vec<Beside>,
    #[serde(skip)]
    heads: BTreeMap<ReportId, Head>,
}

impl FindingPage {
    /// The publisher of a report, or what stands for it.
    fn publisher(&self, report: &ReportId) -> String {
        let head = self.heads.get(report);
        let named = head.and_then(|head| head.publisher.clone());
        named.unwrap_or_else(|| match head {
            Some(head) => head.address.clone(),
            None => "nobody named".to_owned(),
        })
    }
}

impl Page for FindingPage {
    const PATH: &'static str = "/finding/{id}";
    const WHAT: &'static str = "One finding: its origins as trees, who is against it, what copying lost, its grade with reasons.";
    const FORMS: &'static [Form] = &[Form::Csv, Form::Graphml];
    type Asked = Asked;

    fn ask(look: &Look<'_>, id: &str, _asked: &Asked) -> Result<Self, Trouble> {
        let finding = look.finding(id)?;
        let mut page = Self {
            quotes: BTreeMap::new(),
            narrower: Vec::new(),
            wider: Vec::new(),
            heads: BTreeMap::new(),
            finding: FindingObject(finding),
        };
        let finding = &page.finding.0;
        if let Some(number) = look.ledger.proposition(&finding.proposition.id())? {
            page.narrower = beside(look, look.ledger.narrower(number)?)?;
            page.wider = beside(look, look.ledger.wider(number)?)?;
        }
        let said = finding.against.iter().flat_map(|stance| &stance.said);
        let mut wanted: BTreeSet<&ClaimId> = said.map(|said| &said.claim).collect();
        // A page fetches no sentence that it does not show.
        let (pairs, claims) = match look.form {
            Form::Html => (erosion::MOST, MOST_CLAIMS),
            _ => (usize::MAX, usize::MAX),
        };
        let changed = erosion::pairs(finding).into_iter().take(pairs);
        wanted.extend(changed.flat_map(|((from, to), _)| [from, to]));
        wanted.extend(finding.claims.iter().take(claims));
        for id in wanted {
            let Some((head, quote)) = look.ledger.quote(id)? else {
                continue;
            };
            let judged = crate::Verdict::all(&look.standing, id);
            let quote = Quote {
                claim: id.0.clone(),
                report: head.id.0.clone(),
                publisher: head.publisher.clone(),
                published: head.published.clone(),
                url: head.url.clone(),
                quote,
                judged,
            };
            page.quotes.insert(id.0.clone(), quote);
            page.heads.insert(head.id.clone(), head);
        }
        for report in &finding.reports {
            if !page.heads.contains_key(report)
                && let Some(head) = look.ledger.head(&report.0)?
            {
                page.heads.insert(report.clone(), head);
            }
        }
        Ok(page)
    }

    fn title(&self) -> String {
        line(&self.finding.0.proposition)
    }

    fn html(&self, here: &Here) -> Markup {
        let finding = &self.finding.0;
        let credibility = &finding.credibility;
        let (against, erosion) = (!finding.against.is_empty(), !finding.erosion.is_empty());
        html! {
            h1 { (say(&line(&finding.proposition))) }
            @if let Some(clause) = clause(&here.codebook, finding, clean) { p.lead { "Reported is that " (say(&clause)) "." } }
            (figures(finding))
            (facts(finding))
            nav.within aria-label="On this page" {
                a href="#origins" { "Origins" }
                @if against { a href="#stances" { "Stances" } }
                @if erosion { a href="#erosion" { "What copying lost" } }
                a href="#timeline" { "Timeline" }
                a href="#claims" { "Sentences" }
                @if here.visitor.may_judge() { a href="#judge" { "Judge" } }
            }
            section.grade-box aria-label="Credibility" {
                h2 { "Credibility " (credibility.grade) ": " (grade_words(credibility.grade)) }
                ul { @for reason in &credibility.reasons { li { (say(reason)) } } }
            }
            section #origins {
                h2 { "Origins" }
                (tree::origins(self, true))
                @if finding.unknown > 0 {
                    h2 { "Of unknown lineage" }
                    p.quiet { "Nothing shows where these have it from. They add nothing to the count." }
                    (tree::origins(self, false))
                }
            }
            @if against { section #stances { h2 { "Stances" } (against::stances(self)) } }
            @if erosion { section #erosion { h2 { "What copying lost or changed" } (erosion::changes(self)) } }
            (values(&finding.values))
            section #timeline { h2 { "Timeline" } (timeline::timeline(self)) }
            (list("Findings that say more", "This follows from each of them.", &self.narrower))
            (list("Findings that say less", "Compatible with this, and not counted here.", &self.wider))
            section #claims { h2 { "Sentences" } (judging::claims(self, here)) }
            @if here.visitor.may_judge() {
                section #judge { h2 { "Judge" } (judging::forms(finding, here)) }
            }
        }
    }

    fn csv(&self) -> Option<Table> {
        let finding = &self.finding.0;
        let of: BTreeMap<&ClaimId, &str> = (finding.origins.iter())
            .flat_map(|origin| {
                origin
                    .claims()
                    .map(move |claim| (claim, origin.name.as_str()))
            })
            .collect();
        let told = |id: &ClaimId, stance: &str, origin: &str| {
            let quote = self.quotes.get(&id.0);
            let text = |get: fn(&Quote) -> Option<&String>| {
                quote.and_then(get).cloned().unwrap_or_default()
            };
            vec![
                id.0.clone(),
                stance.to_owned(),
                origin.to_owned(),
                quote.map_or_else(String::new, |quote| quote.report.clone()),
                text(|quote| quote.publisher.as_ref()),
                text(|quote| quote.published.as_ref()),
                text(|quote| quote.url.as_ref()),
                quote.map_or_else(String::new, |quote| quote.quote.clone()),
            ]
        };
        let mut rows: Vec<Vec<String>> = (finding.claims.iter())
            .map(|id| told(id, "affirmed", of.get(id).copied().unwrap_or("")))
            .collect();
        for stance in &finding.against {
            rows.extend(
                stance
                    .said
                    .iter()
                    .map(|said| told(&said.claim, &stance.what, &stance.who)),
            );
        }
        Some(Table {
            head: vec![
                "claim",
                "stance",
                "origin",
                "report",
                "publisher",
                "published",
                "url",
                "quote",
            ],
            rows,
        })
    }

    fn other(&self, form: Form, _here: &Here) -> Option<String> {
        (form == Form::Graphml).then(|| tree::graphml(self))
    }
}

/// The findings of some propositions, most origins first.
fn beside(look: &Look<'_>, propositions: Vec<i64>) -> Result<Vec<Beside>, Trouble> {
    let mut out: Vec<(usize, Beside)> = Vec::new();
    // Of a hub thousands are narrower: the first by number are looked at, and the best of them shown.
    for number in propositions.into_iter().take(BESIDE * 8) {
        for body in look.ledger.findings_of(number)? {
            let finding: Finding = serde_json::from_str(&body)?;
            let beside = Beside {
                says: line(&finding.proposition),
                origins: finding.established,
                id: finding.id,
            };
            out.push((finding.publishers.len(), beside));
        }
    }
    out.sort_by(|(pa, a), (pb, b)| (b.origins, pb, &a.id).cmp(&(a.origins, pa, &b.id)));
    out.truncate(BESIDE);
    Ok(out.into_iter().map(|(_, beside)| beside).collect())
}

fn figures(finding: &Finding) -> Markup {
    let stances = &finding.stances;
    html! {
        p.figures.large {
            (origins(finding.established, finding.unknown))
            span { (counted(finding.publishers.len(), "publisher")) }
            span { (counted(finding.reports.len(), "report")) }
            @if stances.denied > 0 { a.against href="#stances" { (counted(stances.denied, "denial")) } }
            @if stances.doubted > 0 { a.against href="#stances" { (counted(stances.doubted, "doubt")) } }
        }
    }
}

/// A sort of thing need not be named itself: what is known of it is the findings of all that it holds.
fn wider(key: &str) -> String {
    match key.starts_with("item:") {
        true => format!("/findings?about={}", encoded(key)),
        false => at("entity", key),
    }
}

fn facts(finding: &Finding) -> Markup {
    html! {
        dl.facts {
            @for term in &finding.proposition.terms {
                dt { (say(&term.role)) }
                dd {
                    a href=(at("entity", &term.is.key)) { (say(&term.is.name)) }
                    @if !term.within.is_empty() {
                        span.quiet {
                            " in " @for (at_, named) in term.within.iter().enumerate() {
                                @if at_ > 0 { ", " }
                                a href=(wider(&named.key)) { (say(&named.name)) }
                            }
                        }
                    }
                }
            }
            @if let Some((low, high)) = &finding.status {
                dt { "status" } dd { (low) @if low != high { " to " (high) } }
            }
            @if let Some((first, last)) = &finding.days {
                dt { "when" } dd { (first) @if first != last { " to " (last) } }
            }
            @if let Some((first, last)) = &finding.seen {
                dt { "reported" } dd { (first) @if first != last { " to " (last) } }
            }
            dt { "claims" }
            dd {
                (finding.claims.len())
                @if finding.narrower >= Ledger::MOST_HEEDED {
                    "; the first " (finding.narrower) " that say more than this are counted, and no more of them"
                } @else if finding.narrower > 0 {
                    "; " (finding.narrower) " say more than this, and this with it"
                }
            }
            dt { "id" } dd { code { (finding.id) } }
        }
    }
}

/// Numbers and days that are not the same everywhere.
fn values(values: &[Value]) -> Markup {
    let rivals = |value: &&Value| values.iter().filter(|it| it.unit == value.unit).count() > 1;
    let shown: Vec<&Value> = values.iter().filter(rivals).collect();
    if shown.is_empty() {
        return html! {};
    }
    html! {
        section {
            h2 { "What sources give differently" }
            p.quiet { "One vote an origin, however many repeat it." }
            div.scroll tabindex="0" {
                table {
                    thead { tr { th scope="col" { "Of" } th scope="col" { "Value" } th.n scope="col" { "Votes" } th scope="col" { "Why" } } }
                    tbody {
                        @for value in shown {
                            tr {
                                td { @match value.unit.as_str() { TIME => "when", "" => "how many", unit => (say(unit)) } }
                                td {
                                    (say(&value.text))
                                    @if let Some((first, last)) = &value.days { span.quiet { " " (first) @if first != last { " to " (last) } } }
                                }
                                td.n { @if value.weight > 0.0 { (format!("{:.0} %", value.weight * 100.0)) } @else { "none" } }
                                td { ul.plain { @for reason in value.reasons.iter().take(8) { li { (say(reason)) } } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn list(title: &str, what: &str, findings: &[Beside]) -> Markup {
    if findings.is_empty() {
        return html! {};
    }
    html! {
        section {
            h2 { (title) }
            p.quiet { (what) }
            ul {
                @for finding in findings {
                    li { a href=(at("finding", &finding.id)) { (say(&clean(&finding.says))) } " " span.count { (counted(finding.origins, "origin")) } }
                }
            }
        }
    }
}
