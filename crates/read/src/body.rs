//! Paragraphs and links out of extracted content, and out of lines of text.

use sayso_records::Link;
use url::Url;

use crate::{
    layout,
    tags::{Tag, Tags, attribute},
};

/// One paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// On one line, clean (see `layout::line`), never empty.
    pub text: String,
    /// Links in it, in order.
    pub links: Vec<Link>,
}

/// Marks a `<br>` until it is known whether it breaks a sentence.
const BREAK: char = '\u{2028}';

/// The paragraphs of serialised content HTML. `base` makes links absolute.
pub(crate) fn paragraphs(html: &str, base: Option<&Url>) -> Vec<Paragraph> {
    let mut walk = Walk {
        base,
        out: Vec::new(),
        text: String::new(),
        links: Vec::new(),
        anchor: None,
    };
    let mut tags = Tags::new(html);
    while let Some(tag) = tags.next() {
        match tag {
            Tag::Text(text) => walk.text.push_str(&layout::decode_entities(text)),
            Tag::Start(start) => {
                let name = start.name.to_ascii_lowercase();
                match name.as_str() {
                    "script" | "style" | "textarea" => {
                        tags.raw(start.name);
                    }
                    "br" => walk.text.push(BREAK),
                    "a" => {
                        walk.end_anchor();
                        let href = attribute(start.attributes, "href").unwrap_or("");
                        walk.anchor =
                            Some((walk.text.len(), layout::decode_entities(href).into_owned()));
                    }
                    "td" | "th" => walk.text.push(' '),
                    _ if is_block(&name) => walk.flush(),
                    _ => {}
                }
            }
            Tag::End(name) => {
                if name.eq_ignore_ascii_case("a") {
                    walk.end_anchor();
                } else if is_block(&name.to_ascii_lowercase()) {
                    walk.flush();
                }
            }
            Tag::Comment => {}
        }
    }
    walk.flush();
    walk.out
}

struct Walk<'a> {
    base: Option<&'a Url>,
    out: Vec<Paragraph>,
    text: String,
    links: Vec<Link>,
    /// Where the open anchor's text starts, and its address.
    anchor: Option<(usize, String)>,
}

impl Walk<'_> {
    fn end_anchor(&mut self) {
        let Some((start, href)) = self.anchor.take() else {
            return;
        };
        let text = layout::line(self.text.get(start..).unwrap_or(""));
        if let (false, Some(href)) = (text.is_empty(), absolute(&href, self.base)) {
            self.links.push(Link { href, text });
        }
    }

    fn flush(&mut self) {
        self.end_anchor();
        let text = std::mem::take(&mut self.text);
        let mut links = std::mem::take(&mut self.links);
        for piece in join_breaks(&text) {
            let text = layout::line(&piece);
            if text.is_empty() {
                continue;
            }
            // A link belongs to the first piece that has its words.
            let mut own = Vec::new();
            links.retain(|link| {
                let here = text.contains(&link.text);
                if here {
                    own.push(link.clone());
                }
                !here
            });
            self.out.push(Paragraph { text, links: own });
        }
        if let Some(last) = self.out.last_mut() {
            last.links.append(&mut links);
        }
    }
}

fn is_block(name: &str) -> bool {
    !matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "rp"
            | "rt"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "td"
            | "th"
            | "br"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "hi"
            | "ref"
            | "big"
            | "label"
    )
}

/// Lines between `<br>`s: a break amid a sentence is a space.
fn join_breaks(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for piece in text.split(BREAK) {
        let goes_on = out
            .last()
            .is_some_and(|before| amid_sentence(before, piece));
        match out.last_mut() {
            Some(before) if goes_on => {
                before.push(' ');
                before.push_str(piece);
            }
            _ => out.push(piece.to_owned()),
        }
    }
    out
}

/// Whether a sentence goes on from one line to the next: no stop before, a small letter after.
pub(crate) fn amid_sentence(before: &str, after: &str) -> bool {
    let open = before
        .trim_end()
        .trim_end_matches(['"', '”', '’', '\'', ')', '»'])
        .chars()
        .next_back()
        .is_some_and(|char| !matches!(char, '.' | '!' | '?' | '…' | ':' | ';'));
    open && after
        .trim_start()
        .chars()
        .next()
        .is_some_and(char::is_lowercase)
}

/// The address a link goes to; `None` where it goes nowhere else (a fragment, a script, mail).
pub(crate) fn absolute(href: &str, base: Option<&Url>) -> Option<String> {
    let href = href.trim();
    if href.is_empty() || href.starts_with('#') {
        return None;
    }
    let parsed = match base {
        Some(base) => base.join(href).ok(),
        None => match Url::parse(href) {
            Ok(url) => Some(url),
            Err(url::ParseError::RelativeUrlWithoutBase) => return Some(layout::line(href)),
            Err(_) => None,
        },
    }?;
    matches!(parsed.scheme(), "http" | "https").then(|| parsed.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<String> {
        paragraphs(html, None)
            .into_iter()
            .map(|it| it.text)
            .collect()
    }

    #[test]
    fn blocks_become_lines() {
        assert_eq!(
            texts(
                "<h2>Head</h2><p>One <b>two</b>,\n three.</p>loose<ul><li>a &amp; b</li><li>c</li></ul>"
            ),
            ["Head", "One two, three.", "loose", "a & b", "c"]
        );
        assert_eq!(
            texts("<p>one<br>two<br>Three.<br>Four</p>"),
            ["one two", "Three.", "Four"]
        );
        assert_eq!(
            texts("<table><tr><td>a</td><td>b</td></tr></table>"),
            ["a b"]
        );
    }

    #[test]
    #[allow(clippy::unwrap_used)]
    fn links_are_absolute_and_keep_their_words() {
        let base = Url::parse("https://news.example/a/b").unwrap();
        let found = paragraphs(
            "<p>See <a href='/x?a=1&amp;b=2'>the <i>review</i></a>, <a href='#n'>1</a>, <a href='mailto:a@b.example'>mail</a>\
             <p><a href=c>next</a>",
            Some(&base),
        );
        let links: Vec<_> = found
            .iter()
            .flat_map(|it| &it.links)
            .map(|it| (it.href.as_str(), it.text.as_str()))
            .collect();
        assert_eq!(
            links,
            [
                ("https://news.example/x?a=1&b=2", "the review"),
                ("https://news.example/a/c", "next")
            ]
        );
        assert_eq!(absolute("/x", None).as_deref(), Some("/x"));
        assert_eq!(absolute("javascript:alert(1)", None), None);
    }
}
