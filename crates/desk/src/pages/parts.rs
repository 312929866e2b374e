//! What several pages show alike.

use maud::{Markup, html};
use sayso_corroborate::findings::Finding;

use crate::{
    frame::{at, counted, say},
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
