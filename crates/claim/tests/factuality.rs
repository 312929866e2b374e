//! What the words over a predicate, and on it, make of it.

use sayso_claim::{Claimant, Commitment};
use sayso_codebook::{Codebook, Openness, Sign};
use sayso_gazetteer::Gazetteer;
use sayso_language::{Analyser, Spacy};

/// The commitment to the first `word` of each sentence.
fn read(cases: &[(&str, &str)]) -> Vec<Commitment> {
    let codebook = Codebook::bundled().expect("codebook");
    let gazetteer = Gazetteer::bundled().expect("gazetteer");
    let analyser = Spacy::bundled().expect("model");
    let claimant = Claimant::new(&codebook, &gazetteer);
    cases
        .iter()
        .map(|(text, word)| {
            let analysed = analyser.analyse(&[text]);
            let sentence = &analysed[0][0];
            let at = sentence
                .tokens
                .iter()
                .position(|t| t.span.of(text) == *word)
                .expect("the word is there");
            claimant.commitments(text, sentence).swap_remove(at)
        })
        .collect()
}

fn check(sign: Sign, cases: &[(&str, &str)]) {
    for (commitment, (text, word)) in read(cases).iter().zip(cases) {
        assert_eq!(commitment.sign, sign, "{word} in: {text}");
    }
}

#[test]
fn what_is_so() {
    check(
        Sign::Plus,
        &[
            ("Oman managed to sell the ferry.", "sell"),
            ("Oman did not fail to sell the ferry.", "sell"),
            ("The clerk was forced to open the vault.", "open"),
            (
                "The envoy did not know that Oman had sold the ferry.",
                "sold",
            ),
            ("The baker did not hesitate to close the shop.", "close"),
            ("Oman said it had sold the ferry.", "sold"),
            ("The crew was able to reach the shore.", "reach"),
            (
                "The mayor praised the firm for closing the mine.",
                "closing",
            ),
        ],
    );
}

#[test]
fn what_is_not_so() {
    check(
        Sign::Minus,
        &[
            ("Oman did not sell the ferry.", "sell"),
            ("Oman failed to sell the ferry.", "sell"),
            ("Oman refused to sell the ferry.", "sell"),
            (
                "The storm prevented the crew from reaching the shore.",
                "reaching",
            ),
            ("The crew could not reach the shore.", "reach"),
            ("Oman would have sold the ferry.", "sold"),
            ("Oman left without paying the crew.", "paying"),
            ("Oman had planned to sell the ferry, but kept it.", "sell"),
            ("They died in a failed attempt to reach the shore.", "reach"),
        ],
    );
}

#[test]
fn what_is_left_open() {
    let cases = [
        ("Oman will sell the ferry.", "sell", Openness::Future),
        ("Oman is going to sell the ferry.", "sell", Openness::Future),
        ("Oman plans to sell the ferry.", "sell", Openness::Planned),
        ("Oman agreed to sell the ferry.", "sell", Openness::Agreed),
        (
            "Oman is considering selling the ferry.",
            "selling",
            Openness::Considered,
        ),
        ("Oman may sell the ferry.", "sell", Openness::Possible),
        (
            "If Oman sells the ferry, the crew will leave.",
            "sells",
            Openness::Conditional,
        ),
        (
            "Oman did not refuse to sell the ferry.",
            "sell",
            Openness::Left,
        ),
        (
            "The union urged Oman to sell the ferry.",
            "sell",
            Openness::Requested,
        ),
    ];
    let words: Vec<(&str, &str)> = cases.iter().map(|(text, word, _)| (*text, *word)).collect();
    for (commitment, (text, word, open)) in read(&words).iter().zip(&cases) {
        assert_eq!(commitment.sign, Sign::Open, "{word} in: {text}");
        assert_eq!(commitment.open, Some(*open), "{word} in: {text}");
    }
}

#[test]
fn a_denial_is_not_believed_and_still_denies() {
    let denied = &read(&[("Oman denied that it had sold the ferry.", "sold")])[0];
    assert_eq!((denied.sign, denied.denied), (Sign::Open, true));
    let unsaid = &read(&[("Oman did not say that it had sold the ferry.", "sold")])[0];
    assert_eq!((unsaid.sign, unsaid.denied), (Sign::Open, false));
}
