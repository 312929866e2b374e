#![allow(clippy::unwrap_used)]
use super::*;
use std::sync::LazyLock;

/// Text, and of each token its form, the numbers of norm, prefix, suffix and shape, and whether a space follows; all as Python's
/// spaCy 3.8 gives them.
const CASES: &str = include_str!("../../tests/data/rules-cases.jsonl");

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    Rules::from_bytes(include_bytes!(
        "../../../../models/en_core_web_sm-3.8.0/rules.json.gz"
    ))
    .unwrap()
});

#[derive(serde::Deserialize)]
struct Case {
    text: String,
    tokens: Vec<(String, u64, u64, u64, u64, u64)>,
}

#[test]
fn odd_texts_are_cut_and_numbered_as_spacy_does() {
    for line in CASES.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        // Twice: the second time the words come from the cache.
        for _ in 0..2 {
            let got: Vec<_> = RULES
                .tokenize(&case.text)
                .iter()
                .map(|piece| {
                    let ids = RULES.attributes(&case.text, piece);
                    let word = piece.span.of(&case.text).to_owned();
                    (
                        word,
                        ids.norm,
                        ids.prefix,
                        ids.suffix,
                        ids.shape,
                        u64::from(piece.space_after),
                    )
                })
                .collect();
            assert_eq!(got, case.tokens, "{:?}", case.text);
        }
    }
}

/// Part of speech and lemma of one word with one tag and label.
fn one(word: &str, tag: &str, dep: &str) -> (String, String) {
    let ruled = RULES.tag_pos(&[word], &[SmolStr::new(tag)], &[SmolStr::new(dep)]);
    (
        ruled[0].pos.to_string(),
        RULES.lemma(word, &ruled[0]).to_string(),
    )
}

#[test]
fn rules_set_part_of_speech_and_lemma() {
    let said = |pos: &str, lemma: &str| (pos.to_owned(), lemma.to_owned());
    assert_eq!(one("delivered", "VBD", "ROOT"), said("VERB", "deliver"));
    assert_eq!(one("has", "VBZ", "aux"), said("AUX", "have"));
    assert_eq!(one("has", "VBZ", "ROOT"), said("VERB", "have"));
    assert_eq!(one("that", "IN", "mark"), said("SCONJ", "that"));
    assert_eq!(one("that", "DT", "nsubj"), said("PRON", "that"));
    assert_eq!(one("THEM", "PRP", "dobj"), said("PRON", "they"));
    assert_eq!(one("mice", "NNS", "dobj"), said("NOUN", "mouse"));
    assert_eq!(one("Missiles", "NNPS", "pobj"), said("PROPN", "Missiles"));
    assert_eq!(one("bigger", "JJR", "amod"), said("ADJ", "big"));
    assert_eq!(one("\n\n", "NN", "pobj"), said("SPACE", "\n\n"));
    let words = ["ai", "n't"];
    let ruled = RULES.tag_pos(
        &words,
        &["VBP".into(), "RB".into()],
        &["ROOT".into(), "neg".into()],
    );
    assert_eq!(
        [&ruled[0].lemma, &ruled[1].lemma],
        [&Some("be".into()), &Some("not".into())]
    );
}

#[test]
fn pieces_make_up_the_text() {
    let long = format!("{}{}", "x-".repeat(3_000), "(".repeat(3_000));
    for text in [&long, "", " ", "a\u{301}\u{0} \u{feff}b  ", "\r\n\r\n a"] {
        let mut built = String::new();
        for piece in RULES.tokenize(text) {
            built.push_str(piece.span.of(text));
            built.push_str(if piece.space_after { " " } else { "" });
        }
        assert_eq!(built, text);
    }
}

#[test]
fn broken_rules_are_errors() {
    assert!(matches!(
        Rules::from_bytes(b"no gzip"),
        Err(RulesError::Packed { .. })
    ));
    assert!(matches!(
        Rules::from_folder(Path::new("no/such/folder")),
        Err(RulesError::File { .. })
    ));
}
