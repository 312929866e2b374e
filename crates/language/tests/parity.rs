//! The bundled model says what Python's spaCy 3.8 says, token for token.

#![allow(clippy::unwrap_used)]

use std::sync::LazyLock;

use sayso_language::{Analyser, Spacy, native};
use serde::Deserialize;

/// Written by `training/spacy_cases.py`.
const CASES: &str = include_str!("data/spacy-cases.jsonl");

static SPACY: LazyLock<Spacy> = LazyLock::new(|| Spacy::bundled().unwrap());

/// Start and end in code points, tag, part of speech, lemma, head, label, B/I/O, type of the name, sentence start.
type Said = (
    usize,
    usize,
    String,
    String,
    String,
    usize,
    String,
    String,
    String,
    bool,
);

#[derive(Deserialize)]
struct Case {
    text: String,
    tokens: Vec<Said>,
}

fn cases() -> Vec<Case> {
    CASES
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn said(text: &str, doc: &native::Doc) -> Vec<Said> {
    let points = |byte: u32| text[..byte as usize].chars().count();
    let iob = |code: u8| ["", "I", "O", "B"][usize::from(code)].to_owned();
    let tokens = doc.tokens.iter().map(|token| {
        (
            points(token.span.start),
            points(token.span.end),
            token.tag.to_string(),
            token.pos.as_str().to_owned(),
            token.lemma.to_string(),
            token.head,
            token.dep.to_string(),
            iob(token.ent_iob),
            token.ent_type.to_string(),
            token.sent_start,
        )
    });
    tokens.collect()
}

#[test]
fn every_token_is_as_spacy_has_it() {
    let cases = cases();
    assert!(cases.len() >= 100);
    let texts: Vec<&str> = cases.iter().map(|case| case.text.as_str()).collect();
    for (case, doc) in cases.iter().zip(SPACY.pipe(&texts)) {
        assert_eq!(said(&case.text, &doc), case.tokens, "{:?}", case.text);
    }
}

#[test]
fn a_text_is_read_the_same_whatever_stands_beside_it() {
    let cases = cases();
    let texts: Vec<&str> = cases.iter().map(|case| case.text.as_str()).collect();
    for (text, doc) in texts.iter().zip(SPACY.pipe(&texts)) {
        assert_eq!(SPACY.pipe(&[text]), [doc], "{text:?}");
    }
}

#[test]
fn texts_without_words_give_no_sentences() {
    assert_eq!(SPACY.analyse(&["", " ", "\r\n\t"]), vec![Vec::new(); 3]);
    assert_eq!(SPACY.pipe(&[]), []);
}

#[test]
fn it_says_what_it_is() {
    assert_eq!(
        (SPACY.language(), SPACY.version()),
        ("en", "en_core_web_sm-3.8.0")
    );
    assert!(Spacy::open("no/such/model".as_ref()).is_err());
}
