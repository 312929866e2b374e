//! The sentences behind a finding, and what a person can say of them and of it.

use maud::{Markup, html};
use sayso_corroborate::findings::Finding;

use super::FindingPage;
use crate::{
    frame::{Here, at, say},
    pages::parts::{correct_form, grade_form, hidden, verdict},
};

pub(super) fn claims(page: &FindingPage, here: &Here) -> Markup {
    let finding = &page.finding.0;
    let left = finding.claims.len().saturating_sub(super::MOST_CLAIMS);
    let quotes = finding
        .claims
        .iter()
        .filter_map(|id| page.quotes.get(&id.0));
    html! {
        ol.claims {
            @for quote in quotes {
                li {
                    blockquote { (say(&quote.quote)) }
                    p.quiet {
                        (quote.published.as_deref().and_then(|at| at.get(..10)).unwrap_or("undated")) " "
                        a href=(format!("{}#c-{}", at("report", &quote.report), quote.claim)) { (say(quote.publisher.as_deref().unwrap_or("nobody named"))) }
                        @if let Some(judged) = &quote.judged { " · " strong { (say(judged)) } }
                    }
                    @if here.visitor.may_judge() {
                        details.judge { summary { "Judge this sentence" } (verdict(here, &quote.claim)) (correct_form(here, &quote.claim, &finding.proposition.kind)) }
                    }
                }
            }
        }
        @if left > 0 { p.quiet { "and " (left) " more in the data of this page" } }
    }
}

pub(super) fn forms(finding: &Finding, here: &Here) -> Markup {
    html! {
        (grade_form(here, &finding.anchor(), finding.credibility.grade))
        form.judging method="post" action="/judge" {
            (hidden(here, "same", &finding.anchor()))
            label { span { "Another finding, by its id" } input name="b" required maxlength="40" pattern="[0-9a-f]{4,16}(-[0-9]{8})?"; }
            label.wide { span { "Why" } input name="why" maxlength="1000"; }
            button { "They state the same" }
            button.plain name="act" value="differ" { "They do not" }
        }
    }
}
