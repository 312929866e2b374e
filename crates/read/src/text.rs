//! Plain text and Markdown.
//!
//! A text may start with a head: lines `title:`, `publisher:`, `published:`, `url:`, `language:`, `byline:` in any case and
//! order, up to the first blank line (or, in Markdown, between lines of `---`). It is taken for a head only if its first line is
//! such a line. Without one, a short first line with a blank line after it is the title, and a line "By …" after it the byline.

use std::sync::LazyLock;

use regex::Regex;
use sayso_records::{Link, NoticeCode};

use crate::{
    body::{self, Paragraph},
    draft::{Draft, Remark},
    language, layout,
    published::published,
};

/// A title is no longer than this many characters.
const TITLE: usize = 200;

/// Reads a text; `markdown` folds its marks away.
pub(crate) fn text(source: &str, markdown: bool) -> (Draft, Vec<Remark>) {
    let source = source.replace("\r\n", "\n").replace('\r', "\n");
    let source = source.trim_start_matches('\u{feff}');
    let mut draft = Draft::default();
    let mut remarks = Vec::new();
    let rest = head(source, markdown, &mut draft, &mut remarks);
    let rest = title_and_byline(rest, markdown, &mut draft);
    draft.paragraphs = if markdown {
        markdown_paragraphs(rest)
    } else {
        plain_paragraphs(rest)
    };
    (draft, remarks)
}

/// Reads the head, if there is one; what follows it.
fn head<'a>(
    source: &'a str,
    markdown: bool,
    draft: &mut Draft,
    remarks: &mut Vec<Remark>,
) -> &'a str {
    let fenced = markdown
        .then(|| source.trim_start().strip_prefix("---\n"))
        .flatten();
    let first = fenced.unwrap_or(source).trim_start_matches('\n');
    if !first
        .lines()
        .next()
        .and_then(field)
        .is_some_and(|(key, _)| is_key(&key))
    {
        return source;
    }
    let skipped = source.len() - first.len();
    let mut line_number = source
        .get(..skipped)
        .map_or(0, |it| it.matches('\n').count());
    let mut rest = first;
    while !rest.is_empty() {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        line_number += 1;
        rest = after;
        let ends = if fenced.is_some() {
            matches!(line.trim(), "---" | "...")
        } else {
            line.trim().is_empty()
        };
        if ends {
            break;
        }
        let Some((key, value)) = field(line) else {
            if !line.trim().is_empty() {
                remarks.push(Remark::at(
                    NoticeCode::BadMetadata,
                    line_number,
                    "this line of the head is no \"name: value\"; it was left out",
                ));
            }
            continue;
        };
        if value.is_empty() {
            continue;
        }
        match key.as_str() {
            "title" => draft.title = Some(value),
            "publisher" => draft.publisher = Some(value),
            "byline" => draft.byline = Some(value),
            "url" => draft.url = Some(value),
            "published" => match published(&value) {
                Some(time) => draft.published = Some(time.text),
                None => remarks.push(Remark::at(
                    NoticeCode::BadMetadata,
                    line_number,
                    format!("\"{value}\" is no date that can be read; write it like 2023-08-02 or 2023-08-02T09:00:00+02:00"),
                )),
            },
            "language" => match language::code(&value) {
                Some(code) => draft.given_language = Some(code),
                None => remarks.push(Remark::at(
                    NoticeCode::BadMetadata,
                    line_number,
                    format!("\"{value}\" is no language code; write two letters, like en"),
                )),
            },
            // Markdown fronts carry what they like.
            _ if fenced.is_some() => {}
            _ => remarks.push(Remark::at(
                NoticeCode::BadMetadata,
                line_number,
                format!("the head has no field \"{key}\"; it knows title, publisher, published, url, language, byline"),
            )),
        }
    }
    rest
}

fn is_key(key: &str) -> bool {
    matches!(
        key,
        "title" | "publisher" | "published" | "url" | "language" | "byline"
    )
}

/// `Name: value`, the name in lower case, quotes around the value taken off.
fn field(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim();
    if key.is_empty()
        || key.len() > 24
        || !key
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-'))
    {
        return None;
    }
    let value = layout::line(value);
    let quoted = |mark: char| {
        value
            .strip_prefix(mark)
            .and_then(|it| it.strip_suffix(mark))
            .map(str::to_owned)
    };
    let value = quoted('"').or_else(|| quoted('\'')).unwrap_or(value);
    Some((key.to_ascii_lowercase(), value))
}

/// Takes a title and a byline off the top where the head gave none.
fn title_and_byline<'a>(source: &'a str, markdown: bool, draft: &mut Draft) -> &'a str {
    let mut rest = source.trim_start_matches(['\n', ' ', '\t']);
    let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
    let heading = if markdown {
        line.strip_prefix("# ")
    } else {
        None
    };
    let plain = layout::line(heading.unwrap_or(line));
    let titled = match &draft.title {
        Some(title) => layout::alike(title, &plain),
        None => {
            heading.is_some()
                || looks_like_title(&plain)
                    && after
                        .lines()
                        .next()
                        .is_some_and(|line| line.trim().is_empty())
        }
    };
    if titled && !plain.is_empty() && !after.trim().is_empty() {
        draft.title.get_or_insert(plain);
        rest = after.trim_start_matches(['\n', ' ', '\t']);
    }
    let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
    let alone = after
        .lines()
        .next()
        .is_none_or(|next| next.trim().is_empty())
        || titled;
    if let Some(name) = by(&layout::line(line)).filter(|_| alone && draft.title.is_some()) {
        draft.byline.get_or_insert(name);
        rest = after;
    }
    rest
}

fn looks_like_title(line: &str) -> bool {
    let stops = line.ends_with(['.', ':', ';', ',']) && !line.ends_with("...");
    !line.is_empty()
        && line.chars().count() <= TITLE
        && !stops
        && line.chars().any(char::is_alphabetic)
}

/// The name in a line "By Jane Roe", `None` for a sentence that starts with "By".
fn by(line: &str) -> Option<String> {
    let name = line
        .strip_prefix("By ")
        .or_else(|| line.strip_prefix("BY "))
        .or_else(|| line.strip_prefix("by "))?
        .trim();
    let short = name.split_whitespace().count() <= 10 && name.chars().count() <= 80;
    let sentence = name.ends_with(['.', '!', '?', ',', ';', ':']) && !name.ends_with("Jr.");
    (short && !sentence && name.chars().next().is_some_and(char::is_uppercase))
        .then(|| name.to_owned())
}

/// Paragraphs of plain text: blocks between blank lines, the lines of a wrapped block joined.
pub(crate) fn plain_paragraphs(source: &str) -> Vec<Paragraph> {
    blocks(source)
        .iter()
        .flat_map(|block| join_wrapped(block))
        .filter_map(paragraph)
        .collect()
}

fn paragraph(text: String) -> Option<Paragraph> {
    (!text.is_empty()).then(|| Paragraph {
        text,
        links: Vec::new(),
    })
}

/// Runs of lines without a blank one, each line clean.
fn blocks(source: &str) -> Vec<Vec<String>> {
    let mut out = vec![Vec::new()];
    for line in source.lines() {
        let line = layout::line(line);
        match (line.is_empty(), out.last_mut()) {
            (false, Some(block)) => block.push(line),
            (true, Some(block)) if !block.is_empty() => out.push(Vec::new()),
            _ => {}
        }
    }
    out
}

/// Joins the lines that a fixed width has broken. A block is wrapped where the first word of a line would not have fitted on
/// the line before; else a line goes on only where its sentence does.
fn join_wrapped(lines: &[String]) -> Vec<String> {
    let columns = |line: &String| line.chars().count();
    let widest = lines.iter().map(columns).max().unwrap_or(0);
    let pairs = || lines.iter().zip(lines.iter().skip(1));
    let full = |(line, next): (&String, &String)| {
        let word = next
            .split(' ')
            .next()
            .map_or(0, |word| word.chars().count());
        columns(line) + 1 + word + 6 > widest
    };
    let total = lines.len().saturating_sub(1);
    let wrapped = (45..=120).contains(&widest)
        && total > 0
        && pairs().filter(|pair| full(*pair)).count() * 10 >= total * 8;
    let mut out: Vec<String> = Vec::new();
    for line in lines {
        let joins = !is_item(line)
            && out
                .last()
                .is_some_and(|before| wrapped || body::amid_sentence(before, line));
        match out.last_mut() {
            Some(before) if joins => {
                // A word broken at its hyphen keeps it: whether it belongs there cannot be told.
                if !before.ends_with('-') || before.ends_with(" -") {
                    before.push(' ');
                }
                before.push_str(line);
            }
            _ => out.push(line.clone()),
        }
    }
    out
}

/// Whether a line starts an item of a list.
fn is_item(line: &str) -> bool {
    let bullet = ["- ", "* ", "• ", "– ", "— ", "+ ", "· "]
        .iter()
        .any(|mark| line.starts_with(mark));
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let rest = line.get(digits..).unwrap_or("");
    bullet || (1..=3).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") "))
}

#[allow(clippy::expect_used)]
static MARKS: LazyLock<[Regex; 5]> = LazyLock::new(|| {
    [
        r"!\[[^\]]*\]\([^)]*\)",
        r#"\[([^\]]+)\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)"#,
        r"\*\*([^*]+)\*\*|__([^_]+)__",
        r"(^|[\s(“‘])[*_]([^*_\s][^*_]*)[*_]",
        r"`([^`]+)`",
    ]
    .map(|mark| Regex::new(mark).expect("checked by the tests"))
});

/// Paragraphs of Markdown: its marks taken off, its links kept.
fn markdown_paragraphs(source: &str) -> Vec<Paragraph> {
    let mut out = Vec::new();
    for block in blocks(source) {
        let mut lines: Vec<String> = Vec::new();
        for line in &block {
            let heading = line.trim_start_matches('#');
            let rule = line.len() >= 3
                && line
                    .chars()
                    .all(|char| matches!(char, '-' | '=' | '*' | '_' | ' ' | '|' | ':' | '`'));
            if rule {
                continue;
            }
            if heading.len() < line.len() && heading.starts_with(' ') {
                out.extend(marked(std::mem::take(&mut lines)));
                out.extend(marked(vec![layout::line(heading)]));
                continue;
            }
            let line = line.trim_start_matches(['>', ' ']);
            if is_item(line) {
                out.extend(marked(std::mem::take(&mut lines)));
                let item = line.split_once(' ').map_or(line, |(_, rest)| rest);
                lines.push(item.to_owned());
            } else if !line.is_empty() {
                lines.push(line.to_owned());
            }
        }
        out.extend(marked(lines));
    }
    out
}

/// One Markdown paragraph: its lines belong together whatever their width.
fn marked(lines: Vec<String>) -> Option<Paragraph> {
    let [image, link, strong, emphasis, code] = &*MARKS;
    let text = lines.join(" ");
    let text = image.replace_all(&text, "");
    let plain = |text: &str| {
        let text = strong.replace_all(text, "$1$2");
        let text = emphasis.replace_all(&text, "$1$2");
        layout::line(&code.replace_all(&text, "$1"))
    };
    let links = link
        .captures_iter(&text)
        .filter_map(|found| {
            let href = body::absolute(found.get(2)?.as_str(), None)?;
            Some(Link {
                href,
                text: plain(found.get(1)?.as_str()),
            })
        })
        .collect();
    let text = plain(&link.replace_all(&text, "$1"));
    (!text.is_empty()).then_some(Paragraph { text, links })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(source: &str, markdown: bool) -> Vec<String> {
        text(source, markdown)
            .0
            .paragraphs
            .into_iter()
            .map(|it| it.text)
            .collect()
    }

    #[test]
    fn a_head_is_read() {
        let source = "Title: Who builds what\nPUBLISHED: 2023-08-02 09:00 +0200\nlanguage: en-GB\nUrl: https://x.example/a\n\nText.";
        let (draft, remarks) = text(source, false);
        assert_eq!(draft.title.as_deref(), Some("Who builds what"));
        assert_eq!(
            draft.published.as_deref(),
            Some("2023-08-02T09:00:00+02:00")
        );
        assert_eq!(draft.given_language.as_deref(), Some("en"));
        assert_eq!(draft.url.as_deref(), Some("https://x.example/a"));
        assert_eq!(draft.paragraphs.len(), 1);
        assert_eq!(remarks, []);
    }

    #[test]
    fn mistakes_in_a_head_are_told_with_their_line() {
        let (draft, remarks) = text(
            "title: A\npublished: soon\nsource: x\nnonsense\n\nText.",
            false,
        );
        assert_eq!(draft.published, None);
        let told: Vec<_> = remarks.iter().map(|it| (it.code, it.line)).collect();
        assert_eq!(
            told,
            [
                (NoticeCode::BadMetadata, Some(2)),
                (NoticeCode::BadMetadata, Some(3)),
                (NoticeCode::BadMetadata, Some(4))
            ]
        );
    }

    #[test]
    fn no_head_where_the_first_line_is_none() {
        let (draft, _) = text("Minister: we will build it\n\nThe plant is planned.", false);
        assert_eq!(draft.title.as_deref(), Some("Minister: we will build it"));
        let (draft, _) = text("The plant is planned.\n\nMore text.", false);
        assert_eq!(draft.title, None);
        let (draft, _) = text("A line alone", false);
        assert_eq!((draft.title, draft.paragraphs.len()), (None, 1));
    }

    #[test]
    fn bylines() {
        let (draft, _) = text("Who builds what\n\nBy Example Weekly\n\nText.", false);
        assert_eq!(
            (draft.byline.as_deref(), draft.paragraphs.len()),
            (Some("Example Weekly"), 1)
        );
        let (draft, _) = text(
            "Who builds what\n\nBy May the plant was built.\n\nText.",
            false,
        );
        assert_eq!((draft.byline, draft.paragraphs.len()), (None, 2));
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let source = "Title\n\nThe ministry said on Monday that the plant in the east of the\ncountry would build two hundred drones a month, of which half are\nmeant for export.\nShort\n\nItems:\n- one\n- two\n\nA whole sentence.\nAnother one.\n";
        assert_eq!(
            lines(source, false),
            [
                "The ministry said on Monday that the plant in the east of the country would build two hundred drones a month, of which half are meant for export.",
                "Short",
                "Items:",
                "- one",
                "- two",
                "A whole sentence.",
                "Another one."
            ]
        );
    }

    #[test]
    fn markdown_marks_go_and_links_stay() {
        let (draft, _) = text(
            "---\ntitle: \"A\"\ntags: [x]\n---\n\n# A\n\n## Part\nThe **plant** in [Minsk](https://x.example/m \"t\")\nis _not_ built.\n\n- one\n- two `x`\n\n![i](i.png)\n***\n> said",
            true,
        );
        assert_eq!(draft.title.as_deref(), Some("A"));
        let found: Vec<_> = draft.paragraphs.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(
            found,
            [
                "Part",
                "The plant in Minsk is not built.",
                "one",
                "two x",
                "said"
            ]
        );
        assert_eq!(
            draft.paragraphs[1].links,
            [Link {
                href: "https://x.example/m".into(),
                text: "Minsk".into()
            }]
        );
    }
}
