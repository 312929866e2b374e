//! Origins with the publishers that hang under them.

use maud::{Markup, html};
use sayso_corroborate::findings::{Branch, Origin, Sort};

use super::FindingPage;
use crate::{
    frame::{at, counted, say},
    graphml::Graph,
};

/// Chains of copies are as deep as this; a hostile set of them is cut.
const DEEPEST: usize = 40;

/// Origins shown as trees, and ties of each; the data has all.
const TREES: usize = 25;
const TIES: usize = 40;

pub(super) fn origins(page: &FindingPage, established: bool) -> Markup {
    let of = page.finding.0.origins.iter();
    let of: Vec<&Origin> = of.filter(|it| it.established == established).collect();
    let (shown, others) = of.split_at(of.len().min(TREES));
    html! {
        @for origin in shown { (one(page, origin)) }
        @if !others.is_empty() {
            p { "and " (counted(others.len(), "smaller one")) ": " @for (nth, origin) in others.iter().enumerate() { @if nth > 0 { ", " } (named(origin)) } }
        }
        @if established && page.finding.0.established == 0 { p { "None is established." } }
    }
}

fn named(origin: &Origin) -> Markup {
    html! {
        @match origin.key.as_deref() {
            Some(key) => a href=(at("entity", key)) { (say(&origin.name)) },
            None => (say(&origin.name)),
        }
    }
}

fn one(page: &FindingPage, origin: &Origin) -> Markup {
    let what = match (origin.kind, origin.read) {
        (Sort::NamedSource, true) => "a named source, its own text is in the ledger",
        (Sort::NamedSource, false) => "a named source, its own text has not been read",
        (Sort::OwnReporting, _) => "own reporting",
        (Sort::Unknown, _) => "unknown lineage",
    };
    html! {
        article.origin.unknown[!origin.established] {
            h3 { (named(origin)) }
            p.quiet { (what) " · " (origin.certainty.as_str()) " · " (counted(origin.tree.len(), "report")) }
            @if !origin.reasons.is_empty() { p { @for (at_, reason) in origin.reasons.iter().enumerate() { @if at_ > 0 { "; " } (say(reason)) } } }
            (branches(page, &origin.tree, None, 0))
            @if !origin.joins.is_empty() {
                details {
                    summary { "What ties them: " (counted(origin.joins.len(), "tie")) }
                    ul {
                        @for join in origin.joins.iter().take(TIES) {
                            li { strong { (join.feature.words()) } ": " (say(&join.reason)) " " span.quiet { (claim(page, &join.from.0)) " and " (claim(page, &join.to.0)) } }
                        }
                        @if origin.joins.len() > TIES { li { "and " (origin.joins.len() - TIES) " more in the data of this page" } }
                    }
                }
            }
        }
    }
}

/// A claim by its short id, at its place in its report.
pub(super) fn claim(page: &FindingPage, id: &str) -> Markup {
    let short = crate::words::short(id);
    match page.quotes.get(id) {
        Some(quote) => {
            html! { a href=(format!("{}#c-{id}", at("report", &quote.report))) title=(crate::frame::shortened(&sayso_records::text::clean(&quote.quote), 160)) { (short) } }
        }
        None => html! { code { (short) } },
    }
}

fn branches(page: &FindingPage, tree: &[Branch], under: Option<usize>, depth: usize) -> Markup {
    let children: Vec<usize> = (0..tree.len())
        .filter(|at| tree[*at].under == under)
        .collect();
    if children.is_empty() || depth > DEEPEST {
        return html! {};
    }
    html! {
        ul.tree {
            @for child in children {
                @let branch = &tree[child];
                @let name = if branch.publisher.is_empty() { page.publisher(&branch.report) } else { branch.publisher.clone() };
                li {
                    span.day { (branch.published.as_deref().unwrap_or("undated")) }
                    " " a href=(at("report", &branch.report.0)) { (say(&name)) }
                    " " span.quiet { @for (nth, id) in branch.claims.iter().enumerate() { @if nth > 0 { ", " } (claim(page, &id.0)) } }
                    @if !branch.cue.is_empty() { div.cue { (say(&branch.cue)) } }
                    (branches(page, tree, Some(child), depth + 1))
                }
            }
        }
    }
}

/// The trees as a graph: origins and reports, each report with an edge to what it hangs on.
pub(super) fn graphml(page: &FindingPage) -> String {
    let mut graph = Graph::new(&["label", "sort", "day", "established"], &["cue"]);
    for (nth, origin) in page.finding.0.origins.iter().enumerate() {
        let root = format!("origin-{nth}");
        let established = if origin.established { "true" } else { "false" };
        graph.node(&root, &[&origin.name, "origin", "", established]);
        for (at, branch) in origin.tree.iter().enumerate() {
            let id = format!("{root}-{at}");
            let day = branch.published.as_deref().unwrap_or("");
            graph.node(&id, &[&branch.publisher, "report", day, established]);
            let from = branch
                .under
                .map_or_else(|| root.clone(), |under| format!("{root}-{under}"));
            graph.edge(&id, &from, &[&branch.cue]);
        }
    }
    graph.end()
}
