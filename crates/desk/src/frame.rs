//! What stands around every page.

use std::sync::Arc;

use axum::http::Uri;
use maud::{DOCTYPE, Markup, html};
use sayso_codebook::Codebook;
use sayso_records::text::clean;

use crate::{
    Desk, Told,
    access::{Role, Visitor},
    page::{Form, TODAY},
};

/// Where the reader is, and who.
#[derive(Clone, Debug)]
pub struct Here {
    /// The path without its ending.
    pub path: String,
    /// The query.
    pub query: String,
    /// Who asks.
    pub visitor: Visitor,
    /// What is said of what was just done.
    pub told: Option<Told>,
    /// Under which name the desk was reached, with port.
    pub host: String,
    /// Kinds, with their roles and words.
    pub codebook: Arc<Codebook>,
}

impl Here {
    /// What a request says.
    pub fn of(desk: &Desk, uri: &Uri, visitor: Visitor) -> Self {
        let query = uri.query().unwrap_or("");
        let done = query.split('&').find_map(|pair| pair.strip_prefix("done="));
        Self {
            path: uri.path().to_owned(),
            query: query.to_owned(),
            host: visitor.host.clone(),
            codebook: desk.codebook.clone(),
            visitor,
            told: done.and_then(|id| desk.told(id)),
        }
    }

    /// The same address in another form.
    pub fn in_form(&self, form: Form) -> String {
        let path = if self.path == "/" { TODAY } else { &self.path };
        let query = match self.query.is_empty() {
            true => String::new(),
            false => format!("?{}", self.query),
        };
        format!("{path}{}{query}", form.ending())
    }

    /// The whole address of something on this desk, as who asks reaches it.
    pub fn whole(&self, path: &str) -> String {
        let scheme = if self.visitor.secure { "https" } else { "http" };
        format!("{scheme}://{}{path}", self.host)
    }

    /// The same page with one part of the query set, or left out where `value` is empty. The place in a list is forgotten.
    pub fn with(&self, name: &str, value: &str) -> String {
        self.with_all(&[(name, value)])
    }

    /// The same with several parts.
    pub fn with_all(&self, parts: &[(&str, &str)]) -> String {
        let pairs = self.query.split('&').filter(|pair| !pair.is_empty());
        let mut kept: Vec<String> = pairs
            .filter(|pair| {
                let key = pair.split('=').next().unwrap_or("");
                !matches!(key, "after" | "done") && parts.iter().all(|(name, _)| *name != key)
            })
            .map(str::to_owned)
            .collect();
        let set = parts.iter().filter(|(_, value)| !value.is_empty());
        kept.extend(set.map(|(name, value)| format!("{name}={}", encoded(value))));
        match kept.is_empty() {
            true => self.path.clone(),
            false => format!("{}?{}", self.path, kept.join("&")),
        }
    }
}

/// `text` as a part of an address.
pub fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b':' => {
                out.push(char::from(byte));
            }
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

/// The address of the page of a thing: `/entity/Q794`.
pub fn at(page: &str, id: &str) -> String {
    let path = format!("/{page}/{}", encoded(id));
    // A name that ends as a form does is none.
    match Form::of(&path) {
        (Form::Html, _) => path,
        (form, rest) => format!("{rest}%2E{}", form.ending().trim_start_matches('.')),
    }
}

/// Text of strangers: on one line, without marks that turn the direction of writing, and not longer than a reader wants.
pub fn say(text: &str) -> Markup {
    html! { bdi { (shortened(&clean(text), 400)) } }
}

/// `text`, cut where it is longer than so many characters.
pub fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// An address of strangers as a link; plain text where it is not one that a browser fetches.
pub fn outside(url: &str) -> Markup {
    let shown = shortened(&clean(url), 120);
    let lower = url.trim().to_ascii_lowercase();
    if lower.starts_with("https://") || lower.starts_with("http://") {
        html! { a href=(url.trim()) rel="noreferrer nofollow noopener external" { bdi { (shown) } } }
    } else {
        html! { bdi { (shown) } }
    }
}

/// `1 finding`, `2 findings`, `163,056 findings`.
pub fn counted(n: usize, one: &str) -> String {
    format!("{} {one}{}", thousands(n), if n == 1 { "" } else { "s" })
}

/// `163,056`.
pub fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The pages, as they stand in the head of each.
const NAV: &[(&str, &str)] = &[
    ("/", "Today"),
    ("/findings", "Findings"),
    ("/facilities", "Facilities"),
    ("/transfers", "Transfers"),
    ("/timeline", "Timeline"),
    ("/sources", "Sources"),
    ("/review", "Review"),
];

/// What was just done, with the way back.
fn notice(here: &Here, told: &Told) -> Markup {
    html! {
        div.notice role="status" {
            p { (say(&told.words)) }
            @if let (Some(judgement), true) = (&told.judgement, told.can_undo && here.visitor.may_judge()) {
                form method="post" action="/judge" {
                    input type="hidden" name="token" value=(here.visitor.token);
                    input type="hidden" name="act" value="undo";
                    input type="hidden" name="a" value=(judgement);
                    input type="hidden" name="back" value=(here.with("done", ""));
                    button.plain data-key="u" { "Undo" }
                }
            }
        }
    }
}

/// A whole page.
pub fn frame(here: &Here, title: &str, forms: &[Form], body: Markup) -> Markup {
    let is_here = |path: &str| match path {
        "/" => here.path == "/",
        _ => {
            here.path.starts_with(path) || path == "/findings" && here.path.starts_with("/finding")
        }
    };
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (shortened(&clean(title), 120)) " · sayso" }
                link rel="stylesheet" href="/assets/desk.css";
                link rel="icon" href="/assets/mark.svg" type="image/svg+xml";
                script src="/assets/desk.js" type="module" {}
            }
            body {
                a.skip href="#main" { "To the page" }
                header.top {
                    a.mark href="/" { "sayso" }
                    nav aria-label="Pages" {
                        @for (path, name) in NAV {
                            a href=(path) aria-current=[is_here(path).then_some("page")] { (name) }
                        }
                    }
                    form.search role="search" action="/search" {
                        input type="search" name="q" aria-label="Search reports and claims" placeholder="Search reports and claims" maxlength="200";
                        button { "Search" }
                    }
                }
                main #main {
                    @if let Some(told) = &here.told { (notice(here, told)) }
                    (body)
                }
                footer.foot {
                    @if here.visitor.signed_in {
                        form method="post" action="/logout" {
                            input type="hidden" name="token" value=(here.visitor.token);
                            button.plain { "Sign out" }
                        }
                    }
                    @if !forms.is_empty() {
                        p.forms {
                            "This page as "
                            @for (at, form) in forms.iter().enumerate() {
                                @if at > 0 { ", " }
                                a href=(here.in_form(*form)) { (form.ending().trim_start_matches('.').to_uppercase()) }
                            }
                        }
                    }
                    p {
                        "An aid for reading public reporting. It infers no wrongdoing, and draws places no more exactly than the text does. "
                        a href="/help" { "How to read it" } " · " a href="/openapi" { "For programs" } " · "
                        span { "as " (here.visitor.name) }
                        @if here.visitor.role == Role::Admin { " · " a href="/audit" { "what was done" } }
                    }
                }
            }
        }
    }
}
