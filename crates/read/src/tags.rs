//! Cuts HTML into tags and text in one pass, as the HTML Standard's tokenizer does, without building anything.
//!
//! Two callers: the depth pass (hostile pages) and the walk over extracted content (clean markup). The tokenizer does not know the
//! tree, so who drives it says when an element's content is raw text ([`Tags::raw`]) and when `<![CDATA[` is one ([`Tags::cdata`]).

use std::ops::Range;

use memchr::{memchr, memmem};

/// One piece of markup. Ranges are byte offsets into the page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tag<'a> {
    Start(Start<'a>),
    /// The name as written.
    End(&'a str),
    /// Characters between tags, entities not decoded; never empty.
    Text(&'a str),
    /// Comments, doctypes, processing instructions.
    Comment,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Start<'a> {
    /// As written, in any case.
    pub name: &'a str,
    /// Everything between the name and `>`.
    pub attributes: &'a str,
    /// How many attributes stand there.
    pub count: usize,
    /// Ends in `/>`.
    pub closed: bool,
}

/// The cutter.
pub(crate) struct Tags<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Tags<'a> {
    pub(crate) fn new(html: &'a str) -> Self {
        Self { html, at: 0 }
    }

    /// Where the next piece starts.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'a str {
        self.html.get(self.at..).unwrap_or("")
    }

    fn cut(&mut self, end: usize) -> &'a str {
        let piece = self.html.get(self.at..end).unwrap_or("");
        self.at = end;
        piece
    }

    /// Skips the content of a raw-text element just opened, up to (not over) its end tag; the range of the content.
    pub(crate) fn raw(&mut self, name: &str) -> Range<usize> {
        let start = self.at;
        self.at += if name.eq_ignore_ascii_case("script") {
            script_end(self.rest())
        } else {
            find_end_tag(self.rest(), name)
        };
        start..self.at
    }

    /// Skips everything that is left (after `<plaintext>`).
    pub(crate) fn skip_all(&mut self) {
        self.at = self.html.len();
    }

    /// Where a CDATA section stands next (in foreign content alone), skips it; `false` where none does.
    pub(crate) fn cdata(&mut self) -> bool {
        let rest = self.rest();
        if !rest.starts_with("<![CDATA[") {
            return false;
        }
        self.at += memmem::find(rest.as_bytes(), b"]]>").map_or(rest.len(), |end| end + 3);
        true
    }

    fn comment(&mut self, rest: &'a str) -> Tag<'a> {
        let bytes = rest.as_bytes();
        let end = if let Some(body) = rest.strip_prefix("<!--") {
            // `<!-->` and `<!--->` are empty comments; `--!>` ends one too.
            if body.starts_with('>') {
                5
            } else if body.starts_with("->") {
                6
            } else {
                let body = body.as_bytes();
                let plain = memmem::find(body, b"-->").map(|end| end + 3);
                let upto = body.get(..plain.unwrap_or(body.len())).unwrap_or(body);
                let bang = memmem::find(upto, b"--!>").map(|end| end + 4);
                bang.or(plain).map_or(rest.len(), |end| end + 4)
            }
        } else {
            memchr(b'>', bytes).map_or(rest.len(), |end| end + 1)
        };
        self.at += end;
        Tag::Comment
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        if bytes.is_empty() {
            return None;
        }
        // Text up to the next `<` that opens something.
        let mut from = 0;
        let open = loop {
            let Some(found) = memchr(b'<', bytes.get(from..).unwrap_or_default()) else {
                break bytes.len();
            };
            let found = from + found;
            match (bytes.get(found + 1), bytes.get(found + 2)) {
                (Some(b'a'..=b'z' | b'A'..=b'Z' | b'!' | b'?'), _) => break found,
                (Some(b'/'), Some(_)) => break found,
                _ => from = found + 1,
            }
        };
        if open > 0 {
            let end = self.at + open;
            return Some(Tag::Text(self.cut(end)));
        }
        let (end_tag, name_at) = match (bytes.get(1), bytes.get(2)) {
            (Some(b'a'..=b'z' | b'A'..=b'Z'), _) => (false, 1),
            (Some(b'/'), Some(b'a'..=b'z' | b'A'..=b'Z')) => (true, 2),
            _ => return Some(self.comment(rest)),
        };
        let name_end = bytes
            .iter()
            .skip(name_at)
            .position(|byte| is_space(*byte) || matches!(byte, b'/' | b'>'))
            .map_or(bytes.len(), |end| name_at + end);
        let name = rest.get(name_at..name_end).unwrap_or("");
        let (end, count, closed, complete) = attributes_end(bytes, name_end);
        self.at += end;
        if !complete {
            // A tag cut off by the end of the file is no tag.
            return Some(Tag::Comment);
        }
        if end_tag {
            return Some(Tag::End(name));
        }
        let attributes = rest.get(name_end..end - 1).unwrap_or("");
        Some(Tag::Start(Start {
            name,
            attributes,
            count,
            closed,
        }))
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

/// From the end of a tag's name: where the tag ends, how many attributes it has, whether by `/>`, and whether it ends at all.
fn attributes_end(bytes: &[u8], from: usize) -> (usize, usize, bool, bool) {
    let mut at = from;
    let mut count = 0;
    let byte = |at: usize| bytes.get(at).copied();
    loop {
        match byte(at) {
            None => return (bytes.len(), count, false, false),
            Some(b'>') => {
                let closed = at > from && byte(at - 1) == Some(b'/');
                return (at + 1, count, closed, true);
            }
            Some(b'/') => at += 1,
            Some(space) if is_space(space) => at += 1,
            Some(_) => {
                // A name (a leading `=` is part of it), then perhaps a value.
                count += 1;
                at += 1;
                while byte(at).is_some_and(|b| !is_space(b) && !matches!(b, b'/' | b'>' | b'=')) {
                    at += 1;
                }
                let mut value = at;
                while byte(value).is_some_and(is_space) {
                    value += 1;
                }
                if byte(value) != Some(b'=') {
                    continue;
                }
                value += 1;
                while byte(value).is_some_and(is_space) {
                    value += 1;
                }
                match byte(value) {
                    Some(quote @ (b'"' | b'\'')) => {
                        let body = bytes.get(value + 1..).unwrap_or_default();
                        let Some(end) = memchr(quote, body) else {
                            return (bytes.len(), count, false, false);
                        };
                        at = value + 1 + end + 1;
                        // `a="b"/>` closes; `a=b/>` does not.
                    }
                    Some(b'>') => {
                        return (value + 1, count, false, true);
                    }
                    _ => {
                        at = value;
                        while byte(at).is_some_and(|b| !is_space(b) && b != b'>') {
                            at += 1;
                        }
                        if byte(at) == Some(b'>') {
                            return (at + 1, count, false, true);
                        }
                    }
                }
            }
        }
    }
}

/// Offset of `</name` followed by a delimiter, or the length of `rest`.
fn find_end_tag(rest: &str, name: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut from = 0;
    while let Some(found) = memmem::find(bytes.get(from..).unwrap_or_default(), b"</") {
        let found = from + found;
        if tag_at(bytes, found + 2, name) {
            return found;
        }
        from = found + 2;
    }
    bytes.len()
}

/// Whether the tag name at `at` is `name`.
fn tag_at(bytes: &[u8], at: usize, name: &str) -> bool {
    let end = at + name.len();
    bytes
        .get(at..end)
        .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        && bytes
            .get(end)
            .is_some_and(|byte| is_space(*byte) || matches!(byte, b'/' | b'>'))
}

/// Where a script's content ends: `</script>`, unless it stands in `<!-- <script> ... </script>` of the same script.
fn script_end(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let (mut at, mut escaped, mut twice) = (0, false, false);
    while let Some(found) = bytes.get(at..).and_then(|tail| {
        if escaped {
            memchr::memchr2(b'<', b'-', tail)
        } else {
            memchr(b'<', tail)
        }
    }) {
        at += found;
        let tail = bytes.get(at..).unwrap_or_default();
        if tail.starts_with(b"-->") {
            (escaped, twice) = (false, false);
            at += 3;
        } else if tail.starts_with(b"<!--") && !escaped {
            escaped = true;
            // The dashes may belong to the end as well: `<!-->`.
            at += 2;
        } else if tail.starts_with(b"</") && tag_at(bytes, at + 2, "script") {
            if !twice {
                return at;
            }
            twice = false;
            at += 8;
        } else if escaped && !twice && tag_at(bytes, at + 1, "script") {
            twice = true;
            at += 7;
        } else {
            at += 1;
        }
    }
    bytes.len()
}

/// The value of the first attribute called `name` (lower case), entities not decoded.
pub(crate) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    each_attribute(attributes)
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

/// Names and values as written.
pub(crate) fn each_attribute(attributes: &str) -> impl Iterator<Item = (&str, &str)> {
    let bytes = attributes.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let byte = |at: usize| bytes.get(at).copied();
        while byte(at).is_some_and(|b| is_space(b) || b == b'/') {
            at += 1;
        }
        byte(at)?;
        let start = at;
        at += 1;
        while byte(at).is_some_and(|b| !is_space(b) && !matches!(b, b'/' | b'>' | b'=')) {
            at += 1;
        }
        let name = attributes.get(start..at).unwrap_or("");
        let mut value = at;
        while byte(value).is_some_and(is_space) {
            value += 1;
        }
        if byte(value) != Some(b'=') {
            return Some((name, ""));
        }
        value += 1;
        while byte(value).is_some_and(is_space) {
            value += 1;
        }
        let found = match byte(value) {
            Some(quote @ (b'"' | b'\'')) => {
                let body = attributes.get(value + 1..).unwrap_or("");
                let end = memchr(quote, body.as_bytes()).unwrap_or(body.len());
                at = value + 1 + end + 1;
                body.get(..end)
            }
            _ => {
                at = value;
                while byte(at).is_some_and(|b| !is_space(b)) {
                    at += 1;
                }
                attributes.get(value..at)
            }
        };
        Some((name, found.unwrap_or("")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(html: &str) -> String {
        let mut out = String::new();
        let mut tags = Tags::new(html);
        while let Some(tag) = tags.next() {
            match tag {
                Tag::Start(start) => {
                    out += &format!("<{}|{}>", start.name, start.count);
                    if start.name == "script" || start.name == "style" {
                        out += &format!("[{}]", &html[tags.raw(start.name)]);
                    }
                }
                Tag::End(name) => out += &format!("</{name}>"),
                Tag::Text(text) => out += text,
                Tag::Comment => out += "#",
            }
        }
        out
    }

    #[test]
    fn cuts_as_the_standard_does() {
        for (html, want) in [
            ("a<b>c</b>d", "a<b|0>c</b>d"),
            ("1 < 2 <3 <", "1 < 2 <3 <"),
            ("<p class='a>b' id=c>x", "<p|2>x"),
            ("<a href=x/>y", "<a|1>y"),
            ("<br/>", "<br|0>"),
            ("<!-- <b> -->x<!-->y<!--a--!>z<?php ?>w</ >v", "#x#y#z#w#v"),
            (
                "<script>if (a<b) '</scr'</script>x",
                "<script|0>[if (a<b) '</scr']</script>x",
            ),
            (
                "<script><!--<script></script>--></script>x",
                "<script|0>[<!--<script></script>-->]</script>x",
            ),
            ("<script><!--></script>x", "<script|0>[<!-->]</script>x"),
            ("<STYLE>a</style >x", "<STYLE|0>a</style>x"),
            (
                "<style>a</stylex></style\n>x",
                "<style|0>[a</stylex>]</style>x",
            ),
            ("x<div class=\"", "x#"),
            ("<p =a b = c d>x", "<p|3>x"),
            ("é<ß", "é<ß"),
        ] {
            assert_eq!(show(html), want, "{html}");
        }
    }

    #[test]
    fn attributes_have_names_and_values() {
        let found: Vec<_> = each_attribute(" a='1' b = \"2 3\" c=4/ d e").collect();
        assert_eq!(
            found,
            [("a", "1"), ("b", "2 3"), ("c", "4/"), ("d", ""), ("e", "")]
        );
        assert_eq!(attribute(" HREF=x", "href"), Some("x"));
    }
}
