//! Named arrays of numbers, and the compact file they are kept in.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::ModelError;
use super::vectors::Vectors;

/// A dense row-major array.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tensor {
    /// Length of each axis, slowest first.
    pub(crate) shape: Vec<usize>,
    /// The numbers.
    pub(crate) data: Vec<f32>,
}

impl Tensor {
    /// Builds an array; `None` when the shape and the count of numbers differ.
    pub(crate) fn new(shape: Vec<usize>, data: Vec<f32>) -> Option<Self> {
        let size = shape
            .iter()
            .try_fold(1usize, |size, &axis| size.checked_mul(axis))?;
        (size == data.len()).then_some(Self { shape, data })
    }
}

/// What the arrays do not say: labels, and how each embedding table is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    /// Name and version of the model.
    pub(crate) model: SmolStr,
    /// Labels of the tagger, in the order of its output.
    pub(crate) tags: Vec<SmolStr>,
    /// The parser's moves in the order of its output: kind and label.
    pub(crate) parser_moves: Vec<(u8, SmolStr)>,
    /// The recogniser's moves in the order of its output: kind and type.
    pub(crate) ner_moves: Vec<(u8, SmolStr)>,
    /// For each encoder, the attribute and hash seed of each table.
    pub(crate) tables: BTreeMap<SmolStr, Vec<(SmolStr, u32)>>,
}

/// A model on its way from or to a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Bundle {
    /// Labels and seeds.
    pub(crate) header: Header,
    /// The arrays by name.
    pub(crate) tensors: BTreeMap<String, Tensor>,
    /// Word vectors; only a model folder can hold them.
    pub(crate) vectors: Option<Arc<Vectors>>,
}

/// Key of the header among the file's metadata. It is the only one, so that the same model always gives the same bytes.
const HEADER: &str = "header";

impl Bundle {
    /// Takes one array out, checking its number of axes.
    pub(crate) fn take(&mut self, name: &str, axes: usize) -> Result<Tensor, ModelError> {
        let tensor = self
            .tensors
            .remove(name)
            .ok_or_else(|| ModelError::Missing {
                name: name.to_owned(),
            })?;
        if tensor.shape.len() == axes && tensor.shape.iter().all(|&axis| axis > 0) {
            Ok(tensor)
        } else {
            Err(ModelError::Shape {
                name: name.to_owned(),
                shape: tensor.shape,
            })
        }
    }

    /// Reads the compact file.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let (_, metadata) = SafeTensors::read_metadata(bytes)?;
        let header = metadata
            .metadata()
            .as_ref()
            .and_then(|entries| entries.get(HEADER))
            .ok_or_else(|| ModelError::Missing {
                name: HEADER.to_owned(),
            })?;
        let header = serde_json::from_str(header)?;
        let file = SafeTensors::deserialize(bytes)?;
        let mut tensors = BTreeMap::new();
        for (name, view) in file.iter() {
            let data = match view.dtype() {
                Dtype::F32 => view
                    .data()
                    .as_chunks()
                    .0
                    .iter()
                    .map(|bytes| f32::from_le_bytes(*bytes))
                    .collect(),
                _ => Vec::new(),
            };
            let tensor =
                Tensor::new(view.shape().to_vec(), data).ok_or_else(|| ModelError::Shape {
                    name: name.to_owned(),
                    shape: view.shape().to_vec(),
                })?;
            tensors.insert(name.to_owned(), tensor);
        }
        Ok(Self {
            header,
            tensors,
            vectors: None,
        })
    }

    /// Writes the compact file.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, ModelError> {
        let bytes: Vec<(&String, &Tensor, Vec<u8>)> = self
            .tensors
            .iter()
            .map(|(name, tensor)| {
                (
                    name,
                    tensor,
                    tensor
                        .data
                        .iter()
                        .flat_map(|number| number.to_le_bytes())
                        .collect(),
                )
            })
            .collect();
        let mut views = Vec::with_capacity(bytes.len());
        for (name, tensor, data) in &bytes {
            views.push((
                name.as_str(),
                TensorView::new(Dtype::F32, tensor.shape.clone(), data)?,
            ));
        }
        let metadata = HashMap::from([(HEADER.to_owned(), serde_json::to_string(&self.header)?)]);
        Ok(safetensors::serialize(views, Some(metadata))?)
    }
}
