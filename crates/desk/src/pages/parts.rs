//! What several pages show alike.

use maud::{Markup, html};
use sayso_corroborate::findings::Finding;

use crate::{
    frame::{Here, at, counted, say},
    words::line,
};

/// `2 origins`, with what is not established said beside it.
pub(crate) fn origins(established: usize, unknown: usize) -> Markup {
    html! {
        strong.origins { (counted(established, "origin")) }
        @if unknown > 0 { span.quiet { " + " (unknown) " of unknown lineage" } }
    }
}

/// The words for a grade of credibility (Admiralty 1 to 6).
pub(crate) fn grade_words(grade: u8) -> &'static str {
    match grade {
        1 => "confirmed by independent origins",
        2 => "probably true",
        3 => "possibly true",
        4 => "doubtful",
        5 => "improbable",
        _ => "cannot be judged",
    }
}

/// A finding in a list.
pub(crate) fn card(finding: &Finding) -> Markup {
    let stances = &finding.stances;
    html! {
        article.card {
            h3 { a href=(at("finding", &finding.id)) { (say(&line(&finding.proposition))) } }
            p.figures {
                (origins(finding.established, finding.unknown))
                span { (counted(finding.publishers.len(), "publisher")) }
                span.grade title=(grade_words(finding.credibility.grade)) { "credibility " (finding.credibility.grade) }
                @if stances.denied > 0 { span.against { (counted(stances.denied, "denial")) } }
                @if stances.doubted > 0 { span.against { (counted(stances.doubted, "doubt")) } }
                @if !finding.erosion.is_empty() { span.eroded { (counted(finding.erosion.len(), "change")) " in copies" } }
            }
            p.quiet {
                @if let Some((low, high)) = &finding.status {
                    (low) @if low != high { " to " (high) } " · "
                }
                @if let Some((first, last)) = &finding.seen {
                    "reported " (first) @if first != last { " to " (last) } " · "
                }
                @for (at, origin) in finding.origins.iter().filter(|it| it.established).take(4).enumerate() {
                    @if at > 0 { "; " }
                    (say(&origin.name))
                }
            }
        }
    }
}

/// The hidden fields of every form that judges. A button's own `act` comes after, and counts.
pub(crate) fn hidden(here: &Here, act: &str, a: &str) -> Markup {
    let back = match here.query.is_empty() {
        true => here.path.clone(),
        false => format!("{}?{}", here.path, here.query),
    };
    html! {
        input type="hidden" name="token" value=(here.visitor.token);
        input type="hidden" name="act" value=(act);
        input type="hidden" name="a" value=(a);
        input type="hidden" name="back" value=(back);
    }
}

/// The form by which a claim is accepted or rejected.
pub(crate) fn verdict(here: &Here, claim: &str) -> Markup {
    html! {
        form.judging method="post" action="/judge" {
            (hidden(here, "accept", claim))
            label.wide { span { "Why (needed to reject)" } input name="why" maxlength="1000"; }
            button data-key="a" { "It was read right" }
            button.plain name="act" value="reject" data-key="r" { "It was misread" }
        }
    }
}
