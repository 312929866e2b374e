//! English as spaCy's small model reads it.

use std::path::Path;

use sayso_records::{Sentence, Upos};
use smol_str::SmolStr;
use thiserror::Error;

use crate::Analyser;
use crate::model::{BATCH, Guess, Input, Network};
use crate::native::{Doc, Token};
use crate::rules::{Piece, Rules, RulesError};
use crate::ud;

/// Why a model cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SpacyError {
    /// Its tokenizer, ruler or lemmatizer.
    #[error(transparent)]
    Rules(#[from] RulesError),
    /// Its network.
    #[error("network: {message}")]
    Network {
        /// What is wrong with it.
        message: String,
    },
}

/// The pipeline `en_core_web_sm`: tokens, tags, lemmas, trees, sentences and names, token for token as spaCy 3.8 gives them.
#[derive(Debug)]
pub struct Spacy {
    rules: Rules,
    network: Network,
    version: SmolStr,
}

impl Spacy {
    /// The model that is part of this program: `en_core_web_sm-3.8.0`. Takes some tenths of a second; make one and share it.
    ///
    /// # Errors
    /// None in a program that was built whole.
    pub fn bundled() -> Result<Self, SpacyError> {
        const RULES: &[u8] = include_bytes!("../../../models/en_core_web_sm-3.8.0/rules.json.gz");
        const NETWORK: &[u8] =
            include_bytes!("../../../models/en_core_web_sm-3.8.0/network.safetensors");
        let network = Network::from_bytes(NETWORK).map_err(network_error)?;
        // The re-uploaded package it was packed from says its own name; the model in it is the makers'.
        Ok(Self {
            version: "en_core_web_sm-3.8.0".into(),
            ..Self::new(Rules::from_bytes(RULES)?, network)
        })
    }

    /// A model folder as spaCy writes it, the one with `config.cfg`.
    ///
    /// # Errors
    /// A file that is missing, broken, or asks for something this reader does not do.
    pub fn open(folder: &Path) -> Result<Self, SpacyError> {
        Ok(Self::new(
            Rules::from_folder(folder)?,
            Network::from_folder(folder).map_err(network_error)?,
        ))
    }

    fn new(rules: Rules, network: Network) -> Self {
        Self {
            version: SmolStr::new(network.model()),
            rules,
            network,
        }
    }

    /// What spaCy's pipeline says of each text, in order, with its own labels.
    pub fn pipe(&self, texts: &[&str]) -> Vec<Doc> {
        let mut docs = Vec::with_capacity(texts.len());
        let mut waiting: Vec<Vec<Piece>> = Vec::new();
        let mut words = 0;
        for text in texts {
            let pieces = self.rules.tokenize(text);
            words += pieces.len();
            if words > BATCH {
                self.batch(texts, &mut waiting, &mut docs);
                words = pieces.len();
            }
            waiting.push(pieces);
        }
        self.batch(texts, &mut waiting, &mut docs);
        docs
    }

    /// Adds the texts that wait, those after the ones already done.
    fn batch(&self, texts: &[&str], waiting: &mut Vec<Vec<Piece>>, docs: &mut Vec<Doc>) {
        let pieces = std::mem::take(waiting);
        let texts = texts.get(docs.len()..).unwrap_or_default();
        let inputs: Vec<Vec<Input>> = texts
            .iter()
            .zip(&pieces)
            .map(|(text, pieces)| self.inputs(text, pieces))
            .collect();
        let guesses = self.network.predict(&inputs);
        let parts = texts.iter().zip(pieces).zip(guesses);
        docs.extend(parts.map(|((text, pieces), guesses)| self.doc(text, &pieces, &guesses)));
    }

    fn inputs(&self, text: &str, pieces: &[Piece]) -> Vec<Input> {
        let input = |piece: &Piece| {
            let ids = self.rules.attributes(text, piece);
            Input {
                norm: ids.norm,
                prefix: ids.prefix,
                suffix: ids.suffix,
                shape: ids.shape,
                spacy: piece.space_after,
                is_space: ids.is_space,
                vector: self.network.vector(ids.orth),
            }
        };
        pieces.iter().map(input).collect()
    }

    /// Joins what the network guessed with what the rules make of it.
    fn doc(&self, text: &str, pieces: &[Piece], guesses: &[Guess]) -> Doc {
        let label =
            |labels: &[SmolStr], at: u16| labels.get(usize::from(at)).cloned().unwrap_or_default();
        let words: Vec<&str> = pieces.iter().map(|piece| piece.span.of(text)).collect();
        let tags: Vec<SmolStr> = guesses
            .iter()
            .map(|guess| label(self.network.tags(), guess.tag))
            .collect();
        let deps: Vec<SmolStr> = guesses
            .iter()
            .map(|guess| label(self.network.deps(), guess.dep))
            .collect();
        let ruled = self.rules.tag_pos(&words, &tags, &deps);
        let tokens = pieces.iter().zip(guesses).zip(ruled).zip(words).map(
            |(((piece, guess), ruled), word)| Token {
                span: piece.span,
                pos: Upos::parse(&ruled.pos),
                lemma: self.rules.lemma(word, &ruled),
                tag: ruled.tag,
                head: guess.head,
                dep: ruled.dep,
                ent_iob: guess.ent_iob,
                ent_type: label(self.network.ent_types(), guess.ent_type),
                sent_start: guess.sent_start,
            },
        );
        Doc {
            tokens: tokens.collect(),
        }
    }
}

fn network_error(error: impl std::fmt::Display) -> SpacyError {
    SpacyError::Network {
        message: error.to_string(),
    }
}

impl Analyser for Spacy {
    fn language(&self) -> &str {
        "en"
    }

    fn version(&self) -> &str {
        &self.version
    }

    fn analyse(&self, texts: &[&str]) -> Vec<Vec<Sentence>> {
        texts
            .iter()
            .zip(self.pipe(texts))
            .map(|(text, doc)| ud::convert(text, &doc))
            .collect()
    }
}
