//! Static word vectors, as the medium and large models have beside their hashed tables.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use super::ModelError;
use super::folder::{file, json};
use super::weights::Tensor;

/// spaCy's number for the spelling of a word; the only attribute vectors are looked up by here.
const ORTH: u64 = 65;

/// One vector for each of many words; words may share one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Vectors {
    /// Row by the number of the word.
    rows: HashMap<u64, u32, foldhash::fast::FixedState>,
    /// The vectors, one a row.
    table: Tensor,
}

#[derive(Deserialize)]
struct Settings {
    #[serde(default = "default_mode")]
    mode: String,
    #[serde(default)]
    attr: Option<u64>,
}

fn default_mode() -> String {
    "default".to_owned()
}

impl Vectors {
    /// Reads them from a spaCy model folder.
    pub(crate) fn read(dir: &Path) -> Result<Self, ModelError> {
        let settings: Settings = json(&file(dir, "vocab/vectors.cfg")?)?;
        let unsupported = |what: String| Err(ModelError::Unsupported { what });
        if settings.mode != "default" {
            return unsupported(format!("word vectors of the kind {}", settings.mode));
        }
        if settings.attr.is_some_and(|attr| attr != ORTH) {
            return unsupported("word vectors that do not go by spelling".to_owned());
        }
        let broken = |name: &str| ModelError::Missing {
            name: name.to_owned(),
        };
        let table = npy(&file(dir, "vocab/vectors")?).ok_or_else(|| broken("vocab/vectors"))?;
        // A row of -1 stands for a word without a vector.
        let known: HashMap<u64, i64> = rmp_serde::from_slice(&file(dir, "vocab/key2row")?)
            .map_err(|_| broken("vocab/key2row"))?;
        let mut rows = HashMap::with_capacity_and_hasher(known.len(), Default::default());
        for (word, row) in known {
            if row < 0 {
                continue;
            }
            let row = u32::try_from(row)
                .ok()
                .filter(|&row| (row as usize) < table.shape[0])
                .ok_or_else(|| broken("vocab/key2row"))?;
            rows.insert(word, row);
        }
        Ok(Self { rows, table })
    }

    /// Numbers a vector has.
    pub(crate) fn width(&self) -> usize {
        self.table.shape.get(1).copied().unwrap_or(0)
    }

    /// The row of a word counted from 1; 0 for a word without a vector.
    pub(crate) fn row(&self, orth: u64) -> u32 {
        self.rows.get(&orth).map_or(0, |row| row + 1)
    }

    /// The vector of a row as [`Vectors::row`] counts.
    pub(crate) fn get(&self, row: u32) -> Option<&[f32]> {
        let start = (row as usize).checked_sub(1)? * self.width();
        self.table.data.get(start..start + self.width())
    }
}

/// A NumPy file of a matrix of single precision, in rows; `None` for anything else.
fn npy(bytes: &[u8]) -> Option<Tensor> {
    let rest = bytes.strip_prefix(b"\x93NUMPY")?;
    let (&[version, _], rest) = rest.split_first_chunk()?;
    let (length, rest) = if version == 1 {
        let (length, rest) = rest.split_first_chunk()?;
        (usize::from(u16::from_le_bytes(*length)), rest)
    } else {
        let (length, rest) = rest.split_first_chunk()?;
        (usize::try_from(u32::from_le_bytes(*length)).ok()?, rest)
    };
    let (header, data) = rest.split_at_checked(length)?;
    let header = std::str::from_utf8(header).ok()?;
    let value = |key: &str| header.split_once(key).map(|(_, value)| value.trim_start());
    if !value("'descr':")?.starts_with("'<f4'") || !value("'fortran_order':")?.starts_with("False")
    {
        return None;
    }
    let (axes, _) = value("'shape':")?.strip_prefix('(')?.split_once(')')?;
    let shape: Vec<usize> = axes
        .split(',')
        .map(str::trim)
        .filter(|axis| !axis.is_empty())
        .map(|axis| axis.parse().ok())
        .collect::<Option<_>>()?;
    let (numbers, []) = data.as_chunks() else {
        return None;
    };
    let data = numbers.iter().map(|bytes| f32::from_le_bytes(*bytes));
    Tensor::new(shape, data.collect()).filter(|tensor| tensor.shape.len() == 2)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn file_of(header: &str, numbers: &[f32]) -> Vec<u8> {
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend(u16::try_from(header.len()).unwrap().to_le_bytes());
        bytes.extend(header.as_bytes());
        numbers.iter().for_each(|n| bytes.extend(n.to_le_bytes()));
        bytes
    }

    const HEADER: &str = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n";

    #[test]
    fn a_numpy_file_is_read_whole_or_not_at_all() {
        let numbers = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        let good = file_of(HEADER, &numbers);
        let read = npy(&good).unwrap();
        assert_eq!((read.shape, read.data), (vec![2, 3], numbers.to_vec()));
        for cut in 0..good.len() {
            assert_eq!(npy(&good[..cut]), None, "cut at {cut}");
        }
        for (from, to) in [
            ("<f4", "<f8"),
            ("False", "True"),
            ("(2, 3)", "(3, 3)"),
            ("(2, 3)", "(6,)"),
        ] {
            assert_eq!(npy(&file_of(&HEADER.replace(from, to), &numbers)), None);
        }
    }

    #[test]
    fn words_are_found_by_number_and_others_have_no_vector() {
        let vectors = Vectors {
            rows: HashMap::from_iter([(7, 1)]),
            table: Tensor::new(vec![2, 2], vec![1.0, 2.0, 3.0, 4.0]).unwrap(),
        };
        assert_eq!(vectors.get(vectors.row(7)), Some([3.0, 4.0].as_slice()));
        assert_eq!(vectors.get(vectors.row(8)), None);
    }
}
