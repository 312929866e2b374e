//! What several pages show alike.

use maud::{Markup, html};
use sayso_corroborate::findings::Finding;
use sayso_records::text::clean;

use crate::{
    correcting,
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

/// Status, days, origins by name.
fn aside(finding: &Finding) -> Markup {
    let range = |(low, high): (&str, &str)| match low == high {
        true => low.to_owned(),
        false => format!("{low} to {high}"),
    };
    let mut parts: Vec<String> = Vec::new();
    parts.extend(
        finding
            .status
            .as_ref()
            .map(|(low, high)| range((low, high))),
    );
    let seen = finding.seen.as_ref();
    parts.extend(seen.map(|(first, last)| format!("reported {}", range((first, last)))));
    let names = finding.origins.iter().filter(|it| it.established).take(4);
    let names: Vec<String> = names.map(|origin| clean(&origin.name)).collect();
    parts.extend((!names.is_empty()).then(|| names.join("; ")));
    say(&parts.join(" · "))
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
            p.quiet { (aside(finding)) }
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
            button.plain name="act" value="unsure" data-key="n" { "Unsure" }
        }
    }
}

/// The form by which one field of a claim is corrected.
pub(crate) fn correct_form(here: &Here, claim: &str, kind: &str) -> Markup {
    let Some(kind) = here.codebook.kind(kind) else {
        return html! {};
    };
    let hint = |field: &str| match correcting::words(kind, field) {
        Some(words) => words.join(", "),
        None => "a name or id; nothing where nobody is named".to_owned(),
    };
    html! {
        form.judging method="post" action="/judge" {
            (hidden(here, "correct", claim))
            label { span { "Field" }
                select name="field" {
                    @for field in correcting::fields(kind) { option value=(field) title=(hint(field)) { (field) } }
                }
            }
            label { span { "Is" } input name="value" maxlength="300" placeholder="Iran, planned, …"; }
            label.wide { span { "Why" } input name="why" required maxlength="1000"; }
            button.plain { "Correct it" }
        }
    }
}

/// The form by which a finding is graded. `anchor`: what a judgement knows it by.
pub(crate) fn grade_form(here: &Here, anchor: &str, current: u8) -> Markup {
    html! {
        form.judging method="post" action="/judge" {
            (hidden(here, "grade", anchor))
            label { span { "Credibility" }
                select name="grade" {
                    @for grade in 1..=6_u8 {
                        option value=(grade) selected[grade == current] { (grade) " " (grade_words(grade)) }
                    }
                }
            }
            label.wide { span { "Why" } input name="why" required maxlength="1000"; }
            button { "Grade it" }
        }
    }
}

/// A report in a list.
pub(crate) fn report_row(report: &super::today::ReportRow) -> Markup {
    let day = report.published.as_deref().and_then(|at| at.get(..10));
    html! {
        li.row {
            a href=(at("report", &report.id)) { (say(report.title.as_deref().unwrap_or("without a headline"))) }
            div.quiet {
                (day.unwrap_or("undated")) " " (say(report.publisher.as_deref().unwrap_or("nobody named")))
                " · " (counted(usize::try_from(report.claims).unwrap_or(0), "claim"))
            }
        }
    }
}
