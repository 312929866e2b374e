//! The network of a spaCy pipeline: tags, trees and names from the attribute ids of tokens.
//!
//! Rewritten from spaCy 3.8 and thinc 8.3 (MIT licence): hashed embeddings and a window encoder shared by tagger and
//! parser, a second encoder for names, and greedy transition systems over both.

mod folder;
mod matrix;
mod ner;
mod parser;
mod tok2vec;
mod transition;
mod vectors;
mod weights;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use smol_str::SmolStr;
use thiserror::Error;

use matrix::Linear;
use tok2vec::{Encoder, WIDTH};
use vectors::Vectors;
use weights::Bundle;

/// Words computed together; bounds the memory of a batch to some 20 MB. A longer text is computed alone and in parts, and takes
/// some 600 bytes a word more.
pub(crate) const BATCH: usize = 2_000;

/// Why a model cannot be used.
#[derive(Debug, Error)]
pub enum ModelError {
    /// A file of the model folder cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        source: std::io::Error,
    },
    /// A part is not there, or is of an unknown type.
    #[error("the model has no readable {name}")]
    Missing {
        /// Name of the part.
        name: String,
    },
    /// An array has not the size this code was written for.
    #[error("{name} has the unexpected shape {shape:?}")]
    Shape {
        /// Name of the array.
        name: String,
        /// Its axes.
        shape: Vec<usize>,
    },
    /// The model has something this code does not do.
    #[error("the model needs {what}, which is not supported")]
    Unsupported {
        /// What it needs.
        what: String,
    },
    /// Broken MessagePack.
    #[error("broken MessagePack: {0}")]
    MessagePack(#[from] rmpv::decode::Error),
    /// Broken JSON.
    #[error("broken JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Broken weight file.
    #[error("broken weight file: {0}")]
    Weights(#[from] safetensors::SafeTensorError),
}

/// Packs the network of a spaCy model folder, the one with `config.cfg`, into one file of at most 15 MB.
pub fn pack(folder: &Path) -> Result<Vec<u8>, ModelError> {
    Network::from_folder(folder)?.to_bytes()
}

/// One token as the network sees it: ids are spaCy's 64-bit attribute values, hashes of strings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Input {
    /// Normal form.
    pub(crate) norm: u64,
    /// First character.
    pub(crate) prefix: u64,
    /// Last three characters.
    pub(crate) suffix: u64,
    /// Shape, as `Xxxx` or `dd`.
    pub(crate) shape: u64,
    /// Followed by a space.
    pub(crate) spacy: bool,
    /// White space itself.
    pub(crate) is_space: bool,
    /// Its word vector, as [`Network::vector`] says; 0 for none.
    pub(crate) vector: u32,
}

/// What the network says of one token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Guess {
    /// Index into [`Network::tags`].
    pub(crate) tag: u16,
    /// Index of the head in the text; a root's head is itself.
    pub(crate) head: usize,
    /// Index into [`Network::deps`].
    pub(crate) dep: u16,
    /// spaCy's code: 1 inside a name, 2 outside, 3 its first token.
    pub(crate) ent_iob: u8,
    /// Index into [`Network::ent_types`]; 0, the empty type, outside.
    pub(crate) ent_type: u16,
    /// Whether a sentence starts here.
    pub(crate) sent_start: bool,
}

/// The trained network.
#[derive(Debug)]
pub(crate) struct Network {
    model: SmolStr,
    tags: Vec<SmolStr>,
    shared: Encoder,
    tagger: Linear,
    parser: parser::Parser,
    names: Encoder,
    ner: ner::Recogniser,
    vectors: Option<Arc<Vectors>>,
}

impl Network {
    /// Reads a spaCy model folder, the one with `config.cfg`.
    pub(crate) fn from_folder(dir: &Path) -> Result<Self, ModelError> {
        Self::load(folder::read(dir)?)
    }

    /// Reads the compact file written by [`Network::to_bytes`].
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::load(Bundle::from_bytes(bytes)?)
    }

    /// Writes the compact file, which holds no word vectors: safetensors with little-endian single precision; the same network gives the same bytes.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, ModelError> {
        if self.vectors.is_some() {
            return Err(ModelError::Unsupported {
                what: "word vectors in the packed file; give the folder itself".to_owned(),
            });
        }
        let mut bundle = Bundle::default();
        bundle.header.model = self.model.clone();
        bundle.header.tags = self.tags.clone();
        self.shared.save(&mut bundle, "tok2vec");
        self.tagger.save(&mut bundle, "tagger");
        self.parser.save(&mut bundle);
        self.names.save(&mut bundle, "ner_tok2vec");
        self.ner.save(&mut bundle);
        bundle.to_bytes()
    }

    fn load(mut bundle: Bundle) -> Result<Self, ModelError> {
        let tags = std::mem::take(&mut bundle.header.tags);
        if tags.is_empty() || u16::try_from(tags.len()).is_err() {
            return Err(ModelError::Missing {
                name: "tags".to_owned(),
            });
        }
        Ok(Self {
            model: bundle.header.model.clone(),
            vectors: bundle.vectors.clone(),
            shared: Encoder::load(&mut bundle, "tok2vec")?,
            tagger: Linear::load(&mut bundle, "tagger", tags.len(), WIDTH)?,
            parser: parser::Parser::load(&mut bundle)?,
            names: Encoder::load(&mut bundle, "ner_tok2vec")?,
            ner: ner::Recogniser::load(&mut bundle)?,
            tags,
        })
    }

    /// Name and version of the model, as `en_core_web_sm-3.8.0`.
    pub(crate) fn model(&self) -> &str {
        &self.model
    }

    /// Where the vector of a word stands, found by the number of its spelling; 0 for none, as always in a model without them.
    pub(crate) fn vector(&self, orth: u64) -> u32 {
        self.vectors.as_ref().map_or(0, |vectors| vectors.row(orth))
    }

    /// Labels of the tagger.
    pub(crate) fn tags(&self) -> &[SmolStr] {
        &self.tags
    }

    /// Labels of the parser.
    pub(crate) fn deps(&self) -> &[SmolStr] {
        self.parser.labels()
    }

    /// Types of names; the first, empty, is that of tokens outside.
    pub(crate) fn ent_types(&self) -> &[SmolStr] {
        self.ner.types()
    }

    /// What the network says of each token of each text, in order; a text's result never depends on what stands beside it.
    pub(crate) fn predict(&self, docs: &[Vec<Input>]) -> Vec<Vec<Guess>> {
        let mut guesses = Vec::with_capacity(docs.len());
        let mut rest = docs;
        while !rest.is_empty() {
            let mut words = 0;
            let fits = |doc: &&Vec<Input>| {
                words += doc.len();
                words <= BATCH
            };
            let count = rest.iter().take_while(fits).count().max(1);
            let (batch, after) = rest.split_at(count);
            let batch: Vec<&[Input]> = batch.iter().map(Vec::as_slice).collect();
            self.predict_batch(&batch, &mut guesses);
            rest = after;
        }
        guesses
    }

    fn predict_batch(&self, docs: &[&[Input]], guesses: &mut Vec<Vec<Guess>>) {
        let (mut tags, mut parses, mut names) = (Vec::new(), Vec::new(), Vec::new());
        self.shared.encode_in_parts(docs, BATCH, |vectors| {
            let scores = self.tagger.apply(vectors);
            let rows = scores.chunks_exact(self.tags.len());
            tags.extend(
                rows.map(|row| transition::best(row, |_| true).map_or(0, |tag| tag as u16)),
            );
            parses.extend(self.parser.narrow(vectors));
        });
        self.names.encode_in_parts(docs, BATCH, |vectors| {
            names.extend(self.ner.narrow(vectors));
        });
        let mut parses = self.parser.table(parses);
        let mut names = self.ner.table(names);
        let mut offset = 0;
        for doc in docs {
            let space = |token: usize| doc[token].is_space;
            let tree = self.parser.parse(&mut parses, offset, doc.len(), space);
            let ents = self.ner.recognise(&mut names, offset, &tree.starts, space);
            let rows = tags[offset..]
                .iter()
                .zip(&tree.heads)
                .zip(&tree.labels)
                .zip(ents)
                .zip(&tree.starts);
            let row = |((((&tag, &head), &dep), (ent_iob, ent_type)), &sent_start)| Guess {
                tag,
                head,
                dep,
                ent_iob,
                ent_type,
                sent_start,
            };
            guesses.push(rows.map(row).collect());
            offset += doc.len();
        }
    }
}

#[cfg(test)]
mod tests;
