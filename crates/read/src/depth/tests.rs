use proptest::prelude::*;
use trafilatura::dom::Document;

use super::*;

const WIDE: Bounds = Bounds {
    depth: 1_000_000,
    elements: 10_000_000,
    attributes: 1_000,
};

/// Depth and number of elements of the tree that the parser builds.
fn parsed(html: &str) -> Shape {
    let document = Document::parse(html);
    let mut todo = vec![(document.root(), 0)];
    let mut shape = Shape::default();
    while let Some((node, depth)) = todo.pop() {
        shape.depth = shape.depth.max(depth);
        for child in document.children(node) {
            shape.elements += 1;
            todo.push((child, depth + 1));
        }
    }
    shape
}

/// Whether the pass tells at least the parser's depth, and whether leaving out scripts and comments changes nothing.
fn check(html: &str) -> Result<(), String> {
    let real = parsed(html);
    match survey(html, WIDE) {
        Err(Refusal::Tangled) => Ok(()),
        Ok(told) if told.depth >= real.depth => Ok(()),
        told => Err(format!("{html}\n  told {told:?}, parsed {real:?}")),
    }
}

const PIECES: &[&str] = &[
    "a",
    "b",
    "i",
    "nobr",
    "font",
    "div",
    "p",
    "span",
    "li",
    "ul",
    "dd",
    "dl",
    "h1",
    "h2",
    "table",
    "tbody",
    "tr",
    "td",
    "th",
    "caption",
    "colgroup",
    "col",
    "select",
    "option",
    "optgroup",
    "button",
    "form",
    "svg",
    "math",
    "mi",
    "g",
    "title",
    "style",
    "script",
    "textarea",
    "noscript",
    "iframe",
    "xmp",
    "template",
    "object",
    "foreignObject",
    "desc",
    "br",
    "img",
    "hr",
    "input",
    "article",
    "section",
    "ruby",
    "rt",
    "frameset",
    "noframes",
    "body",
    "head",
    "html",
    "annotation-xml",
    "rp",
    "blockquote",
    "center",
    "address",
    "summary",
    "pre",
    "center",
];

fn soup(choices: &[(usize, u8)]) -> String {
    let mut html = String::new();
    for (piece, how) in choices {
        let name = PIECES[piece % PIECES.len()];
        match how % 16 {
            0..=7 => html += &format!("<{name}>"),
            8 => html += &format!("<{name} id={how} color=x>"),
            9 => html += &format!("<{name}/>"),
            10..=13 => html += &format!("</{name}>"),
            14 => html += "x",
            _ => html += ["<!--", "-->", "<![CDATA[", "]]>"][piece % 4],
        }
    }
    html
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]
    /// Few sorts of piece, repeated: what grows, grows far.
    #[test]
    fn never_less_deep_than_the_parser(
        sorts in prop::collection::vec((0..PIECES.len(), any::<u8>()), 1..8),
        start in prop::collection::vec((0..PIECES.len(), any::<u8>()), 0..6),
        times in 1..30usize,
    ) {
        let choices: Vec<_> = start.into_iter().chain(sorts.iter().copied().cycle().take(sorts.len() * times)).collect();
        prop_assert_eq!(check(&soup(&choices)), Ok(()));
    }
}

/// The same for as long as one likes: `SEED=7 cargo test -p sayso-read long_search -- --ignored --nocapture`.
#[test]
#[ignore = "a search of half a minute"]
fn long_search() {
    let mut state: u64 = std::env::var("SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(1);
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state & 0xffff_ffff).unwrap_or(0)
    };
    for round in 0..400_000 {
        let mut piece = || (next(), u8::try_from(next() & 255).unwrap_or(0));
        let sorts: Vec<_> = (0..2 + piece().0 % 8).map(|_| piece()).collect();
        let mut choices: Vec<_> = (0..piece().0 % 6).map(|_| piece()).collect();
        for _ in 0..1 + piece().0 % 40 {
            if round % 2 == 0 {
                choices.extend(&sorts);
            } else {
                choices.push(sorts[piece().0 % sorts.len()]);
            }
        }
        if check(&soup(&choices)).is_ok() {
            continue;
        }
        // The shortest that still fails.
        let mut at = 0;
        while at < choices.len() {
            let mut less = choices.clone();
            less.remove(at);
            if check(&soup(&less)).is_err() {
                (choices, at) = (less, 0);
            } else {
                at += 1;
            }
        }
        assert_eq!(check(&soup(&choices)), Ok(()));
    }
}

#[test]
fn bounds_stop_the_pass() {
    let bounds = Bounds {
        depth: 512,
        elements: 10_000,
        attributes: 100,
    };
    let stopped = |html: &str| survey(html, bounds).map(|_| ());
    for name in [
        "div",
        "span",
        "b",
        "ul><li",
        "table><tr><td",
        "svg",
        "math><mi",
        "x-a",
        "object",
        "template",
        "frameset",
    ] {
        assert_eq!(
            stopped(&format!("<{name}>").repeat(50_000)),
            Err(Refusal::TooDeep),
            "{name}"
        );
    }
    for name in ["br", "p", "li", "option", "td", "img", "h1", "tr"] {
        assert_eq!(
            stopped(&format!("<table><tr><td><{name}>").repeat(3)),
            Ok(()),
            "{name}"
        );
        assert_eq!(
            stopped(&format!("<{name}>x").repeat(2_000)),
            Ok(()),
            "{name}"
        );
    }
    assert_eq!(stopped(&"<p>x".repeat(50_000)), Err(Refusal::TooMany));
    // Unclosed formatting is opened again in every paragraph.
    let opened: String = (0..200).map(|n| format!("<p><b id={n}>")).collect();
    assert_eq!(stopped(&opened), Err(Refusal::TooMany));
    assert_eq!(
        stopped(&format!("<p {}>", "a ".repeat(50_000))),
        Err(Refusal::TooManyAttributes)
    );
    // Hidden from a tokenizer that takes `<style>` in SVG, or a script's inner `</script>`, at face value.
    assert_eq!(
        stopped(&format!("<svg><style>{}", "<div>".repeat(50_000))),
        Err(Refusal::TooDeep)
    );
    let escaped = format!(
        "<script><!--<script></script><textarea>--></script>{}",
        "<div>".repeat(50_000)
    );
    assert_eq!(stopped(&escaped), Err(Refusal::TooDeep));
}

#[test]
fn scripts_and_comments_are_left_out() {
    let html = "<style>a{}</style><!-- x --><script>f()</script><script type='application/ld+json'>{}</script><p>Text<?x?>";
    let slim = survey(html, WIDE).map(|shape| shape.slim(html));
    assert_eq!(
        slim.as_deref(),
        Ok(
            "<style></style><script></script><script type='application/ld+json'>{}</script><p>Text<?x?>"
        )
    );
}
