//! The rule data of a model: from spaCy's own folder, and the one compact file it is kept in.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::RulesError;
use super::lemma::LemmaData;
use super::ruler::RuleData;
use super::tokenizer::TokenizerData;

/// Longest the unpacked file may be, in bytes; a longer one is refused.
const LONGEST: u64 = 64 << 20;

/// Everything of a model that is no network.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct RulesData {
    pub(crate) tokenizer: TokenizerData,
    /// Norms by the number of the word.
    pub(crate) norms: BTreeMap<u64, String>,
    pub(crate) ruler: Vec<RuleData>,
    pub(crate) lemmas: LemmaData,
}

/// The tables of `vocab/lookups.bin`; those that are not named are passed over.
#[derive(Deserialize)]
struct Lookups {
    #[serde(default)]
    lexeme_norm: BTreeMap<u64, String>,
}

impl RulesData {
    /// Reads a model folder as spaCy writes it.
    pub(crate) fn from_folder(folder: &Path) -> Result<Self, RulesError> {
        let norms: Lookups = packed(&folder.join("vocab/lookups.bin"))?;
        Ok(Self {
            tokenizer: packed(&folder.join("tokenizer"))?,
            norms: norms.lexeme_norm,
            ruler: packed(&folder.join("attribute_ruler/patterns"))?,
            lemmas: packed(&folder.join("lemmatizer/lookups/lookups.bin"))?,
        })
    }

    /// Reads `rules.json.gz`.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, RulesError> {
        let mut text = Vec::new();
        let read = GzDecoder::new(bytes).take(LONGEST).read_to_end(&mut text);
        read.map_err(|error| RulesError::Packed {
            message: error.to_string(),
        })?;
        serde_json::from_slice(&text).map_err(|error| RulesError::Packed {
            message: error.to_string(),
        })
    }

    /// Writes `rules.json.gz`; the same rules always give the same bytes.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, RulesError> {
        let text = serde_json::to_vec(self).map_err(|error| RulesError::Packed {
            message: error.to_string(),
        })?;
        let mut out = GzEncoder::new(Vec::new(), Compression::best());
        let done = out.write_all(&text).and_then(|()| out.finish());
        done.map_err(|error| RulesError::Packed {
            message: error.to_string(),
        })
    }
}

fn packed<T: DeserializeOwned>(path: &Path) -> Result<T, RulesError> {
    let fail = |message: String| RulesError::File {
        path: path.to_owned(),
        message,
    };
    let bytes = std::fs::read(path).map_err(|error| fail(error.to_string()))?;
    rmp_serde::from_slice(&bytes).map_err(|error| fail(error.to_string()))
}
