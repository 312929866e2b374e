//! Element names as numbers, and the HTML Standard's groups of them.

/// A tag name folded to lower case: up to eight bytes packed, longer ones hashed (unknown names may share a number; the names
/// below do not).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Name(pub u64);

impl Name {
    /// The number of `name`, in any case.
    pub(crate) const fn of(name: &str) -> Self {
        let bytes = name.as_bytes();
        let mut out: u64 = 0;
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at].to_ascii_lowercase() as u64;
            out = if bytes.len() <= 8 {
                (out << 8) | byte
            } else {
                (out ^ byte).wrapping_mul(0x0100_0000_01b3) | 1 << 63
            };
            at += 1;
        }
        Self(out)
    }
}

macro_rules! names {
    ($($id:ident = $name:literal),* $(,)?) => {
        $(pub(crate) const $id: Name = Name::of($name);)*
    };
}

names! {
    A = "a", ADDRESS = "address", ANNOTATION_XML = "annotation-xml", APPLET = "applet",
    BODY = "body", BR = "br", BUTTON = "button", CAPTION = "caption",
    COL = "col", DIALOG = "dialog", RB = "rb", RT = "rt", RP = "rp", RTC = "rtc", RUBY = "ruby", COLGROUP = "colgroup", DD = "dd", DIV = "div", DT = "dt", FONT = "font",
    FORM = "form", FRAMESET = "frameset",
    HEAD = "head", HR = "hr", HTML = "html", LI = "li", MARQUEE = "marquee", MATH = "math",
    NOBR = "nobr", OBJECT = "object",
    OPTGROUP = "optgroup", OPTION = "option", P = "p", PLAINTEXT = "plaintext", SCRIPT = "script", STYLE = "style", SELECT = "select",
    SVG = "svg", TABLE = "table", TBODY = "tbody", TD = "td", TEMPLATE = "template", TEXTAREA = "textarea", TFOOT = "tfoot",
    TH = "th", THEAD = "thead", TR = "tr", XMP = "xmp", NOFRAMES = "noframes",
}

macro_rules! group {
    ($(#[$doc:meta])* $id:ident: $($name:literal)*) => {
        $(#[$doc])* pub(crate) const $id: &[Name] = &[$(Name::of($name)),*];
    };
}

group! { VOID: "area" "base" "basefont" "bgsound" "br" "col" "embed" "frame" "hr" "image" "img" "input" "keygen" "link" "meta" "param" "source" "track" "wbr" }
group! { /** Their content is text. */ RAW: "script" "style" "title" "textarea" "xmp" "iframe" "noembed" "noframes" "noscript" }
group! { FORMATTING: "a" "b" "big" "code" "em" "font" "i" "nobr" "s" "small" "strike" "strong" "tt" "u" }
group! { HEADINGS: "h1" "h2" "h3" "h4" "h5" "h6" }
group! { /** Formatting opened inside is forgotten at their end. */ MARKERS: "applet" "marquee" "object" "template" "td" "th" "caption" }
group! { TABLE_PARTS: "caption" "colgroup" "col" "tbody" "thead" "tfoot" "tr" "td" "th" }
group! { CLOSES_P: "address" "article" "aside" "blockquote" "center" "dd" "details" "dialog" "dir" "div" "dl" "dt" "fieldset" "figcaption" "figure" "footer" "form" "h1" "h2" "h3" "h4" "h5" "h6" "header" "hgroup" "hr" "li" "listing" "main" "menu" "nav" "ol" "p" "plaintext" "pre" "search" "section" "summary" "ul" "xmp" }
group! { SCOPE: "applet" "caption" "html" "table" "td" "th" "marquee" "object" "template" }
group! { BUTTON_SCOPE: "applet" "button" "caption" "html" "table" "td" "th" "marquee" "object" "template" }
group! { LIST_SCOPE: "applet" "caption" "html" "table" "td" "th" "marquee" "object" "template" "ol" "ul" }
group! { TABLE_SCOPE: "html" "table" "template" }
group! { PART_SCOPE: "html" "table" "template" "caption" }
group! { TABLE_MODES: "table" "tbody" "thead" "tfoot" "tr" "td" "th" "caption" "template" }
group! { IMPLIED_END: "dd" "dt" "li" "optgroup" "option" "p" "rb" "rp" "rt" "rtc" }
group! { SPECIAL: "address" "applet" "area" "article" "aside" "base" "basefont" "bgsound" "blockquote" "body" "br" "button" "caption" "center" "col" "colgroup" "dd" "details" "dir" "div" "dl" "dt" "embed" "fieldset" "figcaption" "figure" "footer" "form" "frame" "frameset" "h1" "h2" "h3" "h4" "h5" "h6" "head" "header" "hgroup" "hr" "html" "iframe" "img" "input" "keygen" "li" "link" "listing" "main" "marquee" "menu" "meta" "nav" "noembed" "noframes" "noscript" "object" "ol" "p" "param" "plaintext" "pre" "script" "search" "section" "select" "source" "style" "summary" "table" "tbody" "td" "template" "textarea" "tfoot" "th" "thead" "title" "tr" "track" "ul" "wbr" "xmp" }
group! { SVG_INTEGRATION: "foreignobject" "desc" "title" }
group! { INLINE_VOID: "br" "embed" "image" "img" "input" "keygen" "wbr" "area" }
group! { /** Neither blocks nor a reason to open formatting again. */ NO_REOPEN: "table" "template" "rb" "rt" "rp" "rtc" }
group! { MATH_INTEGRATION: "mi" "mo" "mn" "ms" "mtext" }
group! { BREAKS_OUT: "b" "big" "blockquote" "body" "br" "center" "code" "dd" "div" "dl" "dt" "em" "embed" "font" "h1" "h2" "h3" "h4" "h5" "h6" "head" "hr" "i" "img" "li" "listing" "menu" "meta" "nobr" "ol" "p" "pre" "ruby" "s" "small" "span" "strike" "strong" "strong" "sub" "sup" "table" "tt" "u" "ul" "var" }
