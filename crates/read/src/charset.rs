//! Which characters the bytes stand for.
//!
//! In the order of trust: a byte order mark, the HTTP header, the page's own `<meta>`, then detection. What is declared is
//! checked against the bytes, because pages are moved between servers and their declarations stay behind.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};

/// Text and how it was come by.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub encoding: &'static Encoding,
    /// Bytes or pairs that fitted no character and became U+FFFD.
    pub replaced: usize,
    /// The declared encoding, where another one was read.
    pub instead_of: Option<&'static Encoding>,
}

/// Reads `bytes`; `header` is the `Content-Type` header, `meta` whether to look for HTML's `<meta charset>`.
pub(crate) fn decode<'a>(bytes: &'a [u8], header: Option<&str>, meta: bool) -> Decoded<'a> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, bytes.get(mark..).unwrap_or_default());
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return with(encoding, bytes);
    }
    let declared = header
        .and_then(charset_of)
        .or_else(|| if meta { charset_in_meta(bytes) } else { None });
    // Text that happens to be valid UTF-8 with characters beyond ASCII is UTF-8, whatever is declared.
    if let Ok(text) = std::str::from_utf8(bytes) {
        let stateful =
            declared.is_some_and(|it| it.name() == "ISO-2022-JP") && bytes.contains(&0x1b);
        if !stateful {
            return Decoded {
                text: Cow::Borrowed(text),
                encoding: UTF_8,
                replaced: 0,
                instead_of: None,
            };
        }
    }
    let Some(declared) = declared else {
        return with(guess(bytes), bytes);
    };
    let as_declared = with(declared, bytes);
    // A few broken bytes are damage; more mean that the declaration is wrong.
    let beyond_ascii = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    if as_declared.replaced * 10 <= beyond_ascii {
        return as_declared;
    }
    let guessed = with(guess(bytes), bytes);
    if guessed.replaced < as_declared.replaced {
        Decoded {
            instead_of: Some(declared),
            ..guessed
        }
    } else {
        as_declared
    }
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    let replaced = if bad {
        text.matches('\u{fffd}').count()
    } else {
        0
    };
    Decoded {
        text,
        encoding,
        replaced,
        instead_of: None,
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guessed = detector.guess(None, Utf8Detection::Allow);
    // UTF-8 with a few broken bytes: detection gives up on it at the first one.
    let as_utf8 = String::from_utf8_lossy(bytes);
    let broken = as_utf8.matches('\u{fffd}').count();
    let whole = as_utf8
        .chars()
        .filter(|char| !char.is_ascii() && *char != '\u{fffd}')
        .count();
    if whole >= 10 * broken.max(1) {
        UTF_8
    } else {
        guessed
    }
}

fn charset_of(content_type: &str) -> Option<&'static Encoding> {
    let lower = content_type.to_ascii_lowercase();
    let label = lower.split("charset=").nth(1)?;
    let label = label.trim_start_matches(['"', '\'', ' ']);
    let end = label
        .find(['"', '\'', ';', ' ', '>', '/', ','])
        .unwrap_or(label.len());
    known(label.get(..end)?)
}

fn known(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes()).filter(|it| *it != REPLACEMENT)
}

/// `<meta charset=…>` or `<meta http-equiv … content="…charset=…">` or `<?xml encoding=…?>` in the first 4 KiB.
fn charset_in_meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes
        .iter()
        .take(4096)
        .map(|byte| char::from(*byte))
        .collect();
    let lower = head.to_ascii_lowercase();
    let found = lower
        .split("<meta")
        .skip(1)
        .filter_map(|meta| meta.split('>').next())
        .find_map(charset_of)
        .or_else(|| {
            let xml = lower
                .trim_start()
                .strip_prefix("<?xml")?
                .split("?>")
                .next()?;
            let label = xml
                .split("encoding=")
                .nth(1)?
                .trim_start_matches(['"', '\'']);
            known(label.split(['"', '\'']).next()?)
        })?;
    // A declaration that can be read as ASCII is not UTF-16.
    Some(if found == UTF_16LE || found == UTF_16BE {
        UTF_8
    } else {
        found
    })
}

/// UTF-16 shows in its zero bytes: every second one of text in most scripts' markup.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(1024) & !1).unwrap_or_default();
    if head.len() < 8 {
        return None;
    }
    let zeros = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if odd * 10 >= half * 4 && even * 20 <= half {
        Some(UTF_16LE)
    } else if even * 10 >= half * 4 && odd * 20 <= half {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSSIAN: &str = "Иран строит в Белоруссии завод по производству беспилотников, сообщает институт изучения войны.";
    const JAPANESE: &str =
        "防衛省は新しい無人機工場の建設について発表した。工場は来年稼働する予定である。";

    #[allow(clippy::unwrap_used)]
    fn encoded(text: &str, label: &str) -> Vec<u8> {
        Encoding::for_label(label.as_bytes())
            .unwrap()
            .encode(text)
            .0
            .into_owned()
    }

    #[track_caller]
    fn check(bytes: &[u8], header: Option<&str>, want: &str, name: &str, replaced: usize) {
        let got = decode(bytes, header, true);
        assert_eq!(got.text, want);
        assert_eq!((got.encoding.name(), got.replaced), (name, replaced));
    }

    #[test]
    fn declared_and_detected() {
        check("é".as_bytes(), None, "é", "UTF-8", 0);
        check(
            b"\xef\xbb\xbf\xc3\xa9",
            Some("text/html; charset=windows-1251"),
            "é",
            "UTF-8",
            0,
        );
        let cyrillic = encoded(RUSSIAN, "windows-1251");
        check(
            &cyrillic,
            Some("text/html; charset=Windows-1251"),
            RUSSIAN,
            "windows-1251",
            0,
        );
        check(&cyrillic, None, RUSSIAN, "windows-1251", 0);
        let page = format!("<meta http-equiv=x content='text/html; charset=shift_jis'>{JAPANESE}");
        check(&encoded(&page, "shift_jis"), None, &page, "Shift_JIS", 0);
        check(
            &encoded(JAPANESE, "shift_jis"),
            None,
            JAPANESE,
            "Shift_JIS",
            0,
        );
        check(&encoded(JAPANESE, "euc-jp"), None, JAPANESE, "EUC-JP", 0);
    }

    #[test]
    fn utf16_with_and_without_mark() {
        let little: Vec<u8> = RUSSIAN.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [b"\xff\xfe".as_slice(), &little].concat();
        check(&marked, None, RUSSIAN, "UTF-16LE", 0);
        let plain: Vec<u8> = "<p>Plain text of a page</p>"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        check(&plain, None, "<p>Plain text of a page</p>", "UTF-16BE", 0);
    }

    #[test]
    fn wrong_declarations_are_overruled() {
        // UTF-8 declared as Latin-1.
        check(
            "“Zürich”".as_bytes(),
            Some("text/html; charset=iso-8859-1"),
            "“Zürich”",
            "UTF-8",
            0,
        );
        // windows-1251 declared as UTF-8.
        let got = encoded(RUSSIAN, "windows-1251");
        let got = decode(&got, Some("text/html; charset=utf-8"), true);
        assert_eq!(
            (got.text.as_ref(), got.encoding.name()),
            (RUSSIAN, "windows-1251")
        );
        assert_eq!(got.instead_of, Some(UTF_8));
    }

    #[test]
    fn damage_is_counted_not_taken_for_another_encoding() {
        let mut bytes = RUSSIAN.as_bytes().to_vec();
        bytes[0] = 0xff;
        let got = decode(&bytes, Some("text/html; charset=utf-8"), true);
        assert_eq!((got.encoding.name(), got.replaced), ("UTF-8", 2));
        let got = decode(&bytes, None, true);
        assert_eq!((got.encoding.name(), got.replaced), ("UTF-8", 2));
    }
}
