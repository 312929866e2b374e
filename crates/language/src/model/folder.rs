//! Reads a spaCy model folder: thinc's weights in MessagePack, and labels in JSON.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rmpv::Value;
use serde::Deserialize;
use smol_str::SmolStr;

use super::ModelError;
use super::tok2vec::WORD_VECTORS;
use super::vectors::Vectors;
use super::weights::{Bundle, Tensor};

/// Reads the parts of the folder that the network needs; the sentence splitter, which the pipeline leaves out, is not read.
pub(crate) fn read(dir: &Path) -> Result<Bundle, ModelError> {
    let mut bundle = Bundle::default();
    let meta: Meta = json(&file(dir, "meta.json")?)?;
    if meta.lang != "en" {
        return Err(ModelError::Unsupported {
            what: format!("the rules of another language, `{}`", meta.lang),
        });
    }
    bundle.header.model = format!("{}_{}-{}", meta.lang, meta.name, meta.version).into();
    let tags: Tags = json(&file(dir, "tagger/cfg")?)?;
    bundle.header.tags = tags.labels;
    bundle.header.parser_moves = moves(&file(dir, "parser/moves")?)?;
    bundle.header.ner_moves = moves(&file(dir, "ner/moves")?)?;

    let mut shared = Nodes::read(&file(dir, "tok2vec/model")?)?;
    encoder(&mut bundle, &mut shared, "tok2vec")?;
    let mut tagger = Nodes::read(&file(dir, "tagger/model")?)?;
    linear(&mut bundle, &mut tagger, "softmax", "tagger")?;
    let mut parser = Nodes::read(&file(dir, "parser/model")?)?;
    scorer(&mut bundle, &mut parser, "parser")?;
    let mut ner = Nodes::read(&file(dir, "ner/model")?)?;
    encoder(&mut bundle, &mut ner, "ner_tok2vec")?;
    scorer(&mut bundle, &mut ner, "ner")?;
    for (part, nodes) in [
        ("tok2vec", &shared),
        ("tagger", &tagger),
        ("parser", &parser),
        ("ner", &ner),
    ] {
        nodes.used_up(part)?;
    }
    if bundle
        .tensors
        .keys()
        .any(|name| name.ends_with(WORD_VECTORS))
    {
        bundle.vectors = Some(Arc::new(Vectors::read(dir)?));
    }
    Ok(bundle)
}

#[derive(Deserialize)]
struct Meta {
    lang: String,
    name: String,
    version: String,
}

#[derive(Deserialize)]
struct Tags {
    labels: Vec<SmolStr>,
}

pub(super) fn file(dir: &Path, name: &str) -> Result<Vec<u8>, ModelError> {
    let path = dir.join(name);
    std::fs::read(&path).map_err(|source| ModelError::Read { path, source })
}

pub(super) fn json<T: for<'a> Deserialize<'a>>(bytes: &[u8]) -> Result<T, ModelError> {
    Ok(serde_json::from_slice(bytes)?)
}

/// The moves in the order of the network's output: by kind, then the most frequent first, the later in the alphabet of equals.
fn moves(bytes: &[u8]) -> Result<Vec<(u8, SmolStr)>, ModelError> {
    let outer = message(bytes)?;
    let text = field(&outer, "moves")
        .and_then(Value::as_str)
        .ok_or_else(|| missing("moves"))?;
    let kinds: BTreeMap<u8, BTreeMap<SmolStr, i64>> = json(text.as_bytes())?;
    let mut moves = Vec::new();
    let mut added = Vec::new();
    for (kind, labels) in kinds {
        let mut labels: Vec<(i64, SmolStr)> = labels
            .into_iter()
            .map(|(label, count)| (count, label))
            .collect();
        labels.sort_unstable_by(|a, b| b.cmp(a));
        for (count, label) in labels {
            // Labels added after training have a negative count and come last, label by label.
            if count < 0 {
                added.push((count, label, kind))
            } else {
                moves.push((kind, label))
            }
        }
    }
    added.sort_by(|a, b| (b.0, &b.1).cmp(&(a.0, &a.1)));
    moves.extend(added.into_iter().map(|(_, label, kind)| (kind, label)));
    Ok(moves)
}

fn message(mut bytes: &[u8]) -> Result<Value, ModelError> {
    Ok(rmpv::decode::read_value(&mut bytes)?)
}

fn missing(name: &str) -> ModelError {
    ModelError::Missing {
        name: name.to_owned(),
    }
}

/// A field of a map, whose keys may be text or bytes.
fn field<'a>(map: &'a Value, name: &str) -> Option<&'a Value> {
    let entries = map.as_map()?;
    entries
        .iter()
        .find(|(key, _)| {
            key.as_str() == Some(name)
                || matches!(key, Value::Binary(bytes) if bytes == name.as_bytes())
        })
        .map(|(_, value)| value)
}

/// One layer with its arrays.
struct Node {
    name: String,
    seed: Option<u32>,
    columns: Vec<SmolStr>,
    params: BTreeMap<String, Tensor>,
}

/// The layers of one part, in the order thinc walks them.
struct Nodes {
    nodes: Vec<Node>,
}

impl Nodes {
    fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let outer = message(bytes)?;
        let list = |name: &str| {
            field(&outer, name)
                .and_then(Value::as_array)
                .ok_or_else(|| missing(name))
        };
        let mut nodes = Vec::new();
        for ((node, attributes), params) in list("nodes")?
            .iter()
            .zip(list("attrs")?)
            .zip(list("params")?)
        {
            let name = field(node, "name")
                .and_then(Value::as_str)
                .ok_or_else(|| missing("name"))?
                .to_owned();
            // Attributes are MessagePack within MessagePack.
            let attribute = |name: &str| match field(attributes, name) {
                Some(Value::Binary(bytes)) => message(bytes).ok(),
                _ => None,
            };
            let seed = attribute("seed")
                .and_then(|value| value.as_u64())
                .and_then(|seed| u32::try_from(seed).ok());
            let columns = attribute("columns").and_then(|value| {
                Some(
                    value
                        .as_array()?
                        .iter()
                        .filter_map(Value::as_str)
                        .map(SmolStr::from)
                        .collect(),
                )
            });
            let mut arrays = BTreeMap::new();
            for (key, value) in params.as_map().into_iter().flatten() {
                if let (Some(key), false) = (key.as_str(), value.is_nil()) {
                    arrays.insert(
                        key.to_owned(),
                        array(value).ok_or_else(|| missing(&format!("{name}.{key}")))?,
                    );
                }
            }
            nodes.push(Node {
                name,
                seed,
                columns: columns.unwrap_or_default(),
                params: arrays,
            });
        }
        Ok(Self { nodes })
    }

    /// Takes the next layer of a name.
    fn take(&mut self, name: &str) -> Result<Node, ModelError> {
        let place = self
            .nodes
            .iter()
            .position(|node| node.name == name)
            .ok_or_else(|| missing(name))?;
        Ok(self.nodes.remove(place))
    }

    /// Says of a part with a layer that nobody took that it is of another shape, rather than to run it without the layer.
    fn used_up(&self, part: &str) -> Result<(), ModelError> {
        match self.nodes.iter().find(|node| !node.params.is_empty()) {
            None => Ok(()),
            Some(node) => Err(ModelError::Unsupported {
                what: format!("a further layer {} in {part}", node.name),
            }),
        }
    }
}

impl Node {
    fn param(&mut self, name: &str) -> Result<Tensor, ModelError> {
        self.params
            .remove(name)
            .ok_or_else(|| missing(&format!("{}.{name}", self.name)))
    }
}

/// A NumPy array as srsly packs it.
fn array(value: &Value) -> Option<Tensor> {
    if field(value, "type")?.as_str()? != "<f4" {
        return None;
    }
    let shape: Option<Vec<usize>> = field(value, "shape")?
        .as_array()?
        .iter()
        .map(|axis| usize::try_from(axis.as_u64()?).ok())
        .collect();
    let (bytes, _) = field(value, "data")?.as_slice()?.as_chunks();
    Tensor::new(
        shape?,
        bytes
            .iter()
            .map(|bytes| f32::from_le_bytes(*bytes))
            .collect(),
    )
}

/// Turns units of pieces into planes of units: `[.., units, pieces, inner]` becomes `[.. * pieces * units, inner]`.
fn planes(
    tensor: &Tensor,
    units: usize,
    pieces: usize,
    inner: usize,
) -> Result<Vec<f32>, ModelError> {
    let group = units * pieces * inner;
    if group == 0 || !tensor.data.len().is_multiple_of(group) {
        return Err(ModelError::Shape {
            name: "pieces".to_owned(),
            shape: tensor.shape.clone(),
        });
    }
    let mut data = Vec::with_capacity(tensor.data.len());
    for group in tensor.data.chunks_exact(group) {
        for piece in 0..pieces {
            data.extend(
                group
                    .chunks_exact(inner)
                    .skip(piece)
                    .step_by(pieces)
                    .flatten(),
            );
        }
    }
    Ok(data)
}

fn put(bundle: &mut Bundle, name: String, columns: Option<usize>, data: Vec<f32>) {
    let shape = columns.map_or_else(
        || vec![data.len()],
        |columns| vec![data.len() / columns.max(1), columns],
    );
    bundle.tensors.insert(name, Tensor { shape, data });
}

fn encoder(bundle: &mut Bundle, nodes: &mut Nodes, name: &str) -> Result<(), ModelError> {
    let columns = nodes.take("extract_features")?.columns;
    let mut tables = Vec::new();
    for (index, column) in columns.into_iter().enumerate() {
        let mut table = nodes.take("hashembed")?;
        tables.push((column, table.seed.ok_or_else(|| missing("seed"))?));
        bundle
            .tensors
            .insert(format!("{name}.table{index}"), table.param("E")?);
    }
    bundle.header.tables.insert(name.into(), tables);
    if let Ok(mut projection) = nodes.take("static_vectors") {
        bundle
            .tensors
            .insert(format!("{name}{WORD_VECTORS}"), projection.param("W")?);
    }
    let layers = std::iter::once(format!("{name}.mix"))
        .chain((0..4).map(|index| format!("{name}.window{index}")));
    for layer in layers {
        let mut maxout = nodes.take("maxout")?;
        let (weights, bias) = (maxout.param("W")?, maxout.param("b")?);
        let &[units, pieces, inputs] = weights.shape.as_slice() else {
            return Err(ModelError::Shape {
                name: layer,
                shape: weights.shape,
            });
        };
        put(
            bundle,
            format!("{layer}.weights"),
            Some(inputs),
            planes(&weights, units, pieces, inputs)?,
        );
        put(
            bundle,
            format!("{layer}.bias"),
            None,
            planes(&bias, units, pieces, 1)?,
        );
        let mut norm = nodes.take("layernorm")?;
        bundle
            .tensors
            .insert(format!("{layer}.gain"), norm.param("G")?);
        bundle
            .tensors
            .insert(format!("{layer}.offset"), norm.param("b")?);
    }
    Ok(())
}

fn linear(
    bundle: &mut Bundle,
    nodes: &mut Nodes,
    from: &str,
    name: &str,
) -> Result<(), ModelError> {
    let mut node = nodes.take(from)?;
    bundle
        .tensors
        .insert(format!("{name}.weights"), node.param("W")?);
    bundle
        .tensors
        .insert(format!("{name}.bias"), node.param("b")?);
    Ok(())
}

fn scorer(bundle: &mut Bundle, nodes: &mut Nodes, name: &str) -> Result<(), ModelError> {
    let mut lower = nodes.take("precomputable_affine")?;
    let (weights, bias, pad) = (lower.param("W")?, lower.param("b")?, lower.param("pad")?);
    let &[_, units, pieces, inputs] = weights.shape.as_slice() else {
        return Err(ModelError::Shape {
            name: format!("{name}.places"),
            shape: weights.shape,
        });
    };
    put(
        bundle,
        format!("{name}.places"),
        Some(inputs),
        planes(&weights, units, pieces, inputs)?,
    );
    put(
        bundle,
        format!("{name}.bias"),
        None,
        planes(&bias, units, pieces, 1)?,
    );
    put(
        bundle,
        format!("{name}.empty"),
        Some(units * pieces),
        planes(&pad, units, pieces, 1)?,
    );
    // The upper layer comes before the one inside the encoder.
    linear(bundle, nodes, "linear", &format!("{name}.moves"))?;
    linear(bundle, nodes, "linear", &format!("{name}.narrow"))
}
