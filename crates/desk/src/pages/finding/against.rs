//! Who says it, who denies it and who doubts it, side by side.

use std::collections::BTreeSet;

use maud::{Markup, html};
use sayso_corroborate::findings::{Said, Stance};

use super::{FindingPage, tree::claim};
use crate::frame::{at, counted, say};

pub(super) fn stances(page: &FindingPage) -> Markup {
    let finding = &page.finding.0;
    let of = |what: &str| -> Vec<&Stance> {
        let all = finding.against.iter();
        all.filter(|stance| stance.what == what).collect()
    };
    let sides = [("Denied", of("denied")), ("Doubted", of("doubted"))];
    html! {
        div.sides {
            section.side aria-label="Affirmed" {
                h3.sure { "Affirmed" }
                ul {
                    @for origin in &finding.origins {
                        li { (say(&origin.name)) @if !origin.established { span.quiet { " (of unknown lineage)" } } " " span.count { (counted(origin.tree.len(), "report")) } }
                    }
                }
            }
            @for (title, stances) in sides.into_iter().filter(|(_, stances)| !stances.is_empty()) {
                section.side aria-label=(title) {
                    h3.against { (title) }
                    @for stance in stances { (one(page, stance)) }
                }
            }
        }
    }
}

/// A denial or doubt, with each wording of it and who prints it so.
fn one(page: &FindingPage, stance: &Stance) -> Markup {
    let reports: BTreeSet<_> = stance.said.iter().map(|said| &said.report).collect();
    let mut wordings: Vec<(&str, Vec<&Said>)> = Vec::new();
    for said in &stance.said {
        match wordings.iter_mut().find(|(quote, _)| *quote == said.quote) {
            Some((_, all)) => all.push(said),
            None => wordings.push((&said.quote, vec![said])),
        }
    }
    html! {
        article {
            h4 { (say(&stance.who)) }
            p.quiet { (counted(reports.len(), "report")) @if !stance.established { ", of unknown lineage" } }
            @for (quote, all) in wordings {
                blockquote { (say(quote)) }
                p.quiet {
                    @for (nth, said) in all.iter().enumerate() {
                        @if nth > 0 { "; " }
                        a href=(at("report", &said.report.0)) { (say(&page.publisher(&said.report))) } " " (claim(page, &said.claim.0))
                    }
                }
            }
        }
    }
}
