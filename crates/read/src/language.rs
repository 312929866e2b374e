//! Which language a text is in.

use whatlang::{Lang, Script};

/// Less than this many characters tell no language.
const LEAST: usize = 60;
/// More than this many bytes tell nothing new.
const ENOUGH: usize = 4096;

/// ISO 639-1 code of the text's language. Detection goes before what is declared where it is sure: templates declare English
/// over texts in every language. Where it is not sure and nothing is declared, it is believed when it says English or knows the
/// language by its letters: a few English sentences full of foreign names are taken for anything. `None`: neither is of use.
pub(crate) fn language(text: &str, declared: Option<&str>) -> Option<String> {
    let declared = declared.and_then(code);
    let mut end = text.len().min(ENOUGH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text.get(..end).unwrap_or("");
    if head.chars().count() < LEAST {
        return declared;
    }
    match whatlang::detect(head) {
        Some(found)
            if found.is_reliable()
                || declared.is_none()
                    && (found.lang() == Lang::Eng || found.script() != Script::Latin) =>
        {
            iso_639_1(found.lang()).map(str::to_owned).or(declared)
        }
        _ => declared,
    }
}

/// The ISO 639-1 code in a declaration such as `en-GB`, `EN_us` or `eng`.
pub(crate) fn code(declared: &str) -> Option<String> {
    let first = declared
        .trim()
        .split(['-', '_', ',', ' '])
        .next()?
        .to_ascii_lowercase();
    match first.len() {
        2 if first.bytes().all(|byte| byte.is_ascii_lowercase()) => Some(first),
        3 => Lang::from_code(&first)
            .and_then(iso_639_1)
            .map(str::to_owned),
        _ => None,
    }
}

fn iso_639_1(lang: Lang) -> Option<&'static str> {
    const PAIRS: &str = "afr:af aka:ak amh:am ara:ar aze:az bel:be ben:bn bul:bg cat:ca ces:cs cmn:zh cym:cy dan:da deu:de ell:el \
        eng:en epo:eo est:et fin:fi fra:fr guj:gu heb:he hin:hi hrv:hr hun:hu hye:hy ind:id ita:it jav:jv jpn:ja kan:kn kat:ka \
        khm:km kor:ko lat:la lav:lv lit:lt mal:ml mar:mr mkd:mk mya:my nep:ne nld:nl nob:nb ori:or pan:pa pes:fa pol:pl por:pt \
        ron:ro rus:ru sin:si slk:sk slv:sl sna:sn spa:es srp:sr swe:sv tam:ta tel:te tgl:tl tha:th tuk:tk tur:tr ukr:uk urd:ur \
        uzb:uz vie:vi yid:yi zul:zu";
    PAIRS.split_whitespace().find_map(|pair| {
        pair.strip_prefix(lang.code())
            .and_then(|rest| rest.strip_prefix(':'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detected_before_declared() {
        let russian = "Иран строит в Белоруссии завод по производству беспилотников, сообщает институт изучения войны.";
        assert_eq!(language(russian, Some("en-US")).as_deref(), Some("ru"));
        assert_eq!(language("Too short", Some("en-GB")).as_deref(), Some("en"));
        assert_eq!(language("Too short", None), None);
        // Taken for Lithuanian and Italian.
        for english in [
            "Last year's arms fair drew some 50,000 visitors to Abu Dhabi.",
            "Iran delivered drones to Mali in May 2022. Russia delivered jets to Iran.",
        ] {
            let found = language(english, None);
            assert!(found.is_none_or(|code| code == "en"), "{english}");
        }
        let polish = "Polska zamówiła w Korei Południowej czołgi K2, haubice K9 i samoloty FA-50, powiedział minister \
            obrony w Warszawie. Pierwsze z nich mają zostać dostarczone jeszcze w tym roku.";
        assert_eq!(language(polish, None).as_deref(), Some("pl"));
        assert_eq!(language(polish, Some("en")).as_deref(), Some("pl"));
        assert_eq!(code("eng").as_deref(), Some("en"));
        assert_eq!(code("x-default"), None);
    }

    #[test]
    fn every_language_has_its_code() {
        for lang in Lang::all() {
            assert!(iso_639_1(*lang).is_some(), "{}", lang.code());
        }
    }
}
