//! Compares the network with what spaCy says of the same ids.
#![allow(clippy::unwrap_used)]

use super::*;

/// Ids of one token and what spaCy says of it, as `training/network_cases.py` writes them.
type Ids = [u64; 6];
type Said = (SmolStr, usize, SmolStr, u8, SmolStr, bool);

#[derive(serde::Deserialize)]
struct Case {
    ids: Vec<Ids>,
    said: Vec<Said>,
}

fn network() -> Network {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../models/en_core_web_sm-3.8.0/network.safetensors"
    );
    Network::from_bytes(&std::fs::read(path).unwrap()).unwrap()
}

/// The stored cases, or those of the file that `SAYSO_NETWORK_CASES` names.
fn cases() -> (Vec<Vec<Input>>, Vec<Vec<Said>>) {
    let text = match std::env::var_os("SAYSO_NETWORK_CASES") {
        Some(path) => std::fs::read_to_string(path).unwrap(),
        None => include_str!("../../tests/data/network-cases.jsonl").to_owned(),
    };
    let cases = text
        .lines()
        .map(|line| serde_json::from_str::<Case>(line).unwrap());
    let input = |&[norm, prefix, suffix, shape, spacy, is_space]: &Ids| Input {
        norm,
        prefix,
        suffix,
        shape,
        spacy: spacy == 1,
        is_space: is_space == 1,
        vector: 0,
    };
    cases
        .map(|case| (case.ids.iter().map(input).collect(), case.said))
        .unzip()
}

#[test]
fn says_what_spacy_says() {
    let network = network();
    let (docs, said) = cases();
    let started = std::time::Instant::now();
    let guesses = network.predict(&docs);
    let words: usize = docs.iter().map(Vec::len).sum();
    eprintln!(
        "{words} words, {:.0} a second",
        words as f64 / started.elapsed().as_secs_f64()
    );
    let mut wrong = Vec::new();
    for (text, (guesses, said)) in guesses.iter().zip(&said).enumerate() {
        assert_eq!(guesses.len(), said.len());
        for (token, (guess, said)) in guesses.iter().zip(said).enumerate() {
            let own: Said = (
                network.tags()[usize::from(guess.tag)].clone(),
                guess.head,
                network.deps()[usize::from(guess.dep)].clone(),
                guess.ent_iob,
                network.ent_types()[usize::from(guess.ent_type)].clone(),
                guess.sent_start,
            );
            if own != *said {
                wrong.push(format!("text {text} token {token}: {own:?}, not {said:?}"));
            }
        }
    }
    eprintln!("{} differ", wrong.len());
    // Sums of floats run in another order than spaCy's, so a near tie may fall the other way; none does in the stored cases.
    assert!(
        wrong.len() * 1_000 <= words,
        "{} of {words} words differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_text_gives_the_same_alone_and_in_a_batch() {
    let (docs, _) = cases();
    let together = network().predict(&docs);
    let fresh = network();
    for (doc, guesses) in docs.iter().zip(&together).rev() {
        assert_eq!(fresh.predict(std::slice::from_ref(doc))[0], *guesses);
    }
    let (shared, alone) = (network(), network());
    let batch: Vec<&[Input]> = docs.iter().take(7).map(Vec::as_slice).collect();
    let vectors = shared.shared.encode(&batch);
    let mut offset = 0;
    for doc in batch {
        let own = alone.shared.encode(&[doc]);
        assert_eq!(own, vectors[offset..offset + own.len()], "to the last bit");
        offset += own.len();
    }
}

#[test]
fn the_file_is_written_as_it_was_read() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../models/en_core_web_sm-3.8.0/network.safetensors"
    );
    let bytes = std::fs::read(path).unwrap();
    assert!(bytes.len() <= 15_000_000);
    assert!(network().to_bytes().unwrap() == bytes);
}

#[test]
fn a_text_longer_than_a_batch_gives_the_same_in_parts() {
    let network = network();
    let (docs, _) = cases();
    let mut long = docs.concat();
    while long.len() <= 2 * BATCH + 7 {
        long.extend_from_within(..);
    }
    let whole = network.shared.encode(&[&long]);
    for most in [BATCH, 1_000, 3] {
        let mut parts = Vec::new();
        network
            .shared
            .encode_in_parts(&[&long], most, |part| parts.extend_from_slice(part));
        assert!(parts == whole, "parts of {most}, to the last bit");
    }
    // One sentence of thousands of tokens holds its first ones to the end.
    let guesses = &network.predict(&[long.clone()])[0];
    assert_eq!(guesses.len(), long.len());
}

#[test]
fn rows_that_have_passed_are_made_again_the_same() {
    let network = network();
    let (docs, _) = cases();
    let mut long = docs.concat();
    while long.len() <= 5_000 {
        long.extend_from_within(..);
    }
    let narrow = network.ner.narrow(&network.names.encode(&[&long]));
    let looked_at = [Some(3), None, Some(700)];
    let count = network.ner.moves();
    let (mut early, mut late) = (vec![0.0; count], vec![0.0; count]);
    let mut table = network.ner.table(narrow);
    table.score(looked_at, &mut early);
    table.score([Some(long.len() - 1), None, None], &mut late);
    assert_ne!(early, late);
    table.score(looked_at, &mut late);
    assert_eq!(early, late, "to the last bit");
}

#[test]
fn nothing_gives_nothing() {
    assert!(network().predict(&[]).is_empty());
    assert_eq!(
        network().predict(&[Vec::new(), Vec::new()]),
        [Vec::new(), Vec::new()]
    );
}

#[test]
fn a_broken_file_is_an_error() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../models/en_core_web_sm-3.8.0/network.safetensors"
    );
    let bytes = std::fs::read(path).unwrap();
    for cut in [0, 7, 8, 100, bytes.len() / 2, bytes.len() - 1] {
        assert!(Network::from_bytes(&bytes[..cut]).is_err(), "cut at {cut}");
    }
    let mut renamed = bytes;
    let place = renamed
        .windows(13)
        .position(|part| part == b"tagger.weight")
        .unwrap();
    renamed[place] = b'T';
    let error = Network::from_bytes(&renamed).unwrap_err().to_string();
    assert!(error.contains("tagger.weights"), "{error}");
}
