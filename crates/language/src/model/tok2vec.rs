//! The encoder: from attribute ids to one vector a token, by hashed tables and four window layers.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::matrix::{Linear, dense};
use super::vectors::Vectors;
use super::weights::{Bundle, Tensor};
use super::{Input, ModelError};

/// Width of every vector between the layers.
pub(crate) const WIDTH: usize = 96;
/// Ends the name of the weights that bring word vectors to [`WIDTH`].
pub(crate) const WORD_VECTORS: &str = ".word_vectors";
/// Alternatives each unit of a layer takes the largest of.
const PIECES: usize = 3;
/// Empty rows before, between and after the texts of a batch: as many as there are window layers, so no text sees another.
///
/// The rows are not held at zero: each layer computes them too, and the edge of a text looks at them, as in training.
const PAD: usize = 4;
/// Rows computed at once; keeps a layer's scratch inside the processor's second cache.
const BLOCK: usize = 256;
/// Distinct tokens whose first layer is remembered; about 400 bytes each.
const REMEMBERED: usize = 32_768;

/// A layer that takes the largest of three affine maps and normalises it.
#[derive(Debug)]
struct Maxout {
    /// Weights as three planes of [`WIDTH`] rows, so that the largest is taken of whole vectors.
    affine: Linear,
    gain: Vec<f32>,
    offset: Vec<f32>,
}

impl Maxout {
    fn load(bundle: &mut Bundle, name: &str, inputs: usize) -> Result<Self, ModelError> {
        let layer = Self {
            affine: Linear::load(bundle, name, PIECES * WIDTH, inputs)?,
            gain: bundle.take(&format!("{name}.gain"), 1)?.data,
            offset: bundle.take(&format!("{name}.offset"), 1)?.data,
        };
        if layer.gain.len() == WIDTH && layer.offset.len() == WIDTH {
            Ok(layer)
        } else {
            Err(ModelError::Shape {
                name: name.to_owned(),
                shape: vec![layer.gain.len(), layer.offset.len()],
            })
        }
    }

    fn save(&self, bundle: &mut Bundle, name: &str) {
        self.affine.save(bundle, name);
        for (part, data) in [("gain", &self.gain), ("offset", &self.offset)] {
            let tensor = Tensor {
                shape: vec![WIDTH],
                data: data.clone(),
            };
            bundle.tensors.insert(format!("{name}.{part}"), tensor);
        }
    }

    /// Turns the affine result of one row into the layer's output.
    fn finish(&self, row: &[f32], out: &mut [f32; WIDTH]) {
        let (pieces, _) = row.as_chunks::<WIDTH>();
        let (biases, _) = self.affine.bias.as_chunks::<WIDTH>();
        let ([first, second, third], [b1, b2, b3]) = (pieces, biases) else {
            return;
        };
        for i in 0..WIDTH {
            out[i] = (first[i] + b1[i])
                .max(second[i] + b2[i])
                .max(third[i] + b3[i]);
        }
        let mean = sum(out, |x| x) / WIDTH as f32;
        let variance = sum(out, |x| (x - mean) * (x - mean)) / WIDTH as f32 + 1e-8;
        let scale = 1.0 / variance.sqrt();
        for (value, (gain, offset)) in out.iter_mut().zip(self.gain.iter().zip(&self.offset)) {
            *value = (*value - mean) * scale * gain + offset;
        }
    }
}

/// Sums in eight lanes, which the compiler turns into vector instructions; always in the same order.
fn sum(row: &[f32; WIDTH], of: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0f32; 8];
    for chunk in row.as_chunks::<8>().0 {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane += of(value);
        }
    }
    lanes.iter().sum()
}

/// An attribute of a token that has an embedding table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attribute {
    Norm,
    Prefix,
    Suffix,
    Shape,
    Spacy,
    IsSpace,
}

impl Attribute {
    const ALL: [(&str, Self); 6] = [
        ("NORM", Self::Norm),
        ("PREFIX", Self::Prefix),
        ("SUFFIX", Self::Suffix),
        ("SHAPE", Self::Shape),
        ("SPACY", Self::Spacy),
        ("IS_SPACE", Self::IsSpace),
    ];

    fn of(self, token: &Input) -> u64 {
        match self {
            Self::Norm => token.norm,
            Self::Prefix => token.prefix,
            Self::Suffix => token.suffix,
            Self::Shape => token.shape,
            Self::Spacy => u64::from(token.spacy),
            Self::IsSpace => u64::from(token.is_space),
        }
    }
}

/// A table of vectors reached by hashing.
#[derive(Debug)]
struct Table {
    attribute: Attribute,
    seed: u32,
    rows: usize,
    data: Vec<f32>,
}

impl Table {
    /// Writes the sum of the four rows an id hashes to.
    fn embed(&self, id: u64, out: &mut [f32]) {
        out.fill(0.0);
        for key in hash(id, self.seed) {
            let row = key as usize % self.rows;
            for (out, value) in out.iter_mut().zip(&self.data[row * WIDTH..]) {
                *out += value;
            }
        }
    }
}

/// Four table rows for an id: MurmurHash3 of its eight bytes, 128 bits wide.
fn hash(id: u64, seed: u32) -> [u32; 4] {
    fn mix(mut h: u64) -> u64 {
        h ^= h >> 33;
        h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
        h ^= h >> 33;
        h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        h ^ (h >> 33)
    }
    let mut h1 = id
        .wrapping_mul(0x87c3_7b91_1142_53d5)
        .rotate_left(31)
        .wrapping_mul(0x4cf5_ad43_2745_937f);
    h1 ^= u64::from(seed) ^ 8;
    let mut h2 = u64::from(seed) ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    (h1, h2) = (mix(h1), mix(h2));
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

/// First-layer vectors already computed; emptied when full.
#[derive(Debug, Default)]
struct Memory {
    places: HashMap<Input, usize>,
    vectors: Vec<[f32; WIDTH]>,
}

/// The encoder of one part of the pipeline.
#[derive(Debug)]
pub(crate) struct Encoder {
    tables: Vec<Table>,
    /// Word vectors and their way to [`WIDTH`], in models that have them.
    words: Option<(Arc<Vectors>, Linear)>,
    mix: Maxout,
    layers: Vec<Maxout>,
    memory: RwLock<Memory>,
}

impl Encoder {
    /// Takes the encoder called `name` out of a bundle.
    pub(crate) fn load(bundle: &mut Bundle, name: &str) -> Result<Self, ModelError> {
        let missing = || ModelError::Missing {
            name: format!("{name} tables"),
        };
        let mut tables = Vec::new();
        for (index, (attribute, seed)) in bundle
            .header
            .tables
            .remove(name)
            .ok_or_else(missing)?
            .into_iter()
            .enumerate()
        {
            let known = Attribute::ALL.iter().find(|(known, _)| *known == attribute);
            let (_, attribute) = *known.ok_or_else(|| ModelError::Unsupported {
                what: format!("attribute {attribute}"),
            })?;
            let tensor = bundle.take(&format!("{name}.table{index}"), 2)?;
            if tensor.shape[1] != WIDTH {
                return Err(ModelError::Shape {
                    name: format!("{name}.table{index}"),
                    shape: tensor.shape,
                });
            }
            tables.push(Table {
                attribute,
                seed,
                rows: tensor.shape[0],
                data: tensor.data,
            });
        }
        let projection = format!("{name}{WORD_VECTORS}");
        let words = match bundle.vectors.clone() {
            Some(vectors) if bundle.tensors.contains_key(&projection) => {
                let weights = bundle.take(&projection, 2)?;
                if weights.shape != [WIDTH, vectors.width()] {
                    return Err(ModelError::Shape {
                        name: projection,
                        shape: weights.shape,
                    });
                }
                let width = vectors.width();
                let linear = Linear::new(&weights.data, vec![0.0; WIDTH], width);
                Some((vectors, linear))
            }
            _ => None,
        };
        let columns = tables.len() + usize::from(words.is_some());
        let mix = Maxout::load(bundle, &format!("{name}.mix"), columns * WIDTH)?;
        let mut layers = Vec::new();
        for index in 0..PAD {
            layers.push(Maxout::load(
                bundle,
                &format!("{name}.window{index}"),
                3 * WIDTH,
            )?);
        }
        Ok(Self {
            tables,
            words,
            mix,
            layers,
            memory: RwLock::default(),
        })
    }

    /// Puts the encoder into a bundle.
    pub(crate) fn save(&self, bundle: &mut Bundle, name: &str) {
        let mut seeds = Vec::new();
        for (index, table) in self.tables.iter().enumerate() {
            let label = Attribute::ALL
                .iter()
                .find(|(_, known)| *known == table.attribute)
                .map_or("", |(label, _)| label);
            seeds.push((label.into(), table.seed));
            let tensor = Tensor {
                shape: vec![table.rows, WIDTH],
                data: table.data.clone(),
            };
            bundle
                .tensors
                .insert(format!("{name}.table{index}"), tensor);
        }
        bundle.header.tables.insert(name.into(), seeds);
        self.mix.save(bundle, &format!("{name}.mix"));
        for (index, layer) in self.layers.iter().enumerate() {
            layer.save(bundle, &format!("{name}.window{index}"));
        }
    }

    /// Hands over what [`Encoder::encode`] gives in order, in parts of at most `most` tokens where there is one text alone: a
    /// token sees as far as there are window layers, so that parts that overlap by this much leave no trace.
    pub(crate) fn encode_in_parts(
        &self,
        docs: &[&[Input]],
        most: usize,
        mut each: impl FnMut(&[f32]),
    ) {
        let (&[doc], 1..) = (docs, most) else {
            return each(&self.encode(docs));
        };
        for start in (0..doc.len()).step_by(most) {
            let end = doc.len().min(start + most);
            let from = start.saturating_sub(PAD);
            let part = self.encode(&[&doc[from..doc.len().min(end + PAD)]]);
            each(&part[(start - from) * WIDTH..(end - from) * WIDTH]);
        }
    }

    /// One vector for each token of all texts, one after the other without gaps; [`WIDTH`] numbers each.
    pub(crate) fn encode(&self, docs: &[&[Input]]) -> Vec<f32> {
        let tokens: usize = docs.iter().map(|doc| doc.len()).sum();
        let rows = tokens + PAD * (docs.len() + 1);
        // One more row at each end, never written to: the window of the outermost pad rows.
        let mut from = vec![[0.0f32; WIDTH]; rows + 2];
        self.embed(docs, &mut from);
        let mut to = from.clone();
        let mut scratch = vec![0.0f32; BLOCK.min(rows) * PIECES * WIDTH];
        for layer in &self.layers {
            for start in (0..rows).step_by(BLOCK) {
                let count = BLOCK.min(rows - start);
                let scratch = &mut scratch[..count * PIECES * WIDTH];
                // The window of a row is the three rows around it, which lie side by side: a matrix whose rows overlap.
                dense(
                    from[start..start + count + 2].as_flattened(),
                    count,
                    WIDTH,
                    &layer.affine,
                    scratch,
                );
                for (offset, row) in scratch.chunks_exact(PIECES * WIDTH).enumerate() {
                    let here = start + offset + 1;
                    layer.finish(row, &mut to[here]);
                    for (value, before) in to[here].iter_mut().zip(&from[here]) {
                        *value += before;
                    }
                }
            }
            std::mem::swap(&mut from, &mut to);
        }
        let mut out = Vec::with_capacity(tokens * WIDTH);
        let mut row = 1 + PAD;
        for doc in docs {
            out.extend_from_slice(from[row..row + doc.len()].as_flattened());
            row += doc.len() + PAD;
        }
        out
    }

    /// Fills the rows of the tokens with the first layer.
    fn embed(&self, docs: &[&[Input]], out: &mut [[f32; WIDTH]]) {
        let mut unknown: Vec<&Input> = Vec::new();
        let mut waiting: Vec<(usize, usize)> = Vec::new();
        {
            let memory = self.memory.read().unwrap_or_else(PoisonError::into_inner);
            let mut seen: HashMap<&Input, usize> = HashMap::new();
            let mut row = 1;
            for doc in docs {
                row += PAD;
                for token in *doc {
                    if let Some(&place) = memory.places.get(token) {
                        out[row] = memory.vectors[place];
                    } else {
                        let place = *seen.entry(token).or_insert_with(|| {
                            unknown.push(token);
                            unknown.len() - 1
                        });
                        waiting.push((row, place));
                    }
                    row += 1;
                }
            }
        }
        if unknown.is_empty() {
            return;
        }
        let vectors = self.first_layer(&unknown);
        for (row, place) in waiting {
            out[row] = vectors[place];
        }
        let mut memory = self.memory.write().unwrap_or_else(PoisonError::into_inner);
        if memory.vectors.len() + vectors.len() > REMEMBERED {
            *memory = Memory::default();
        }
        for (token, vector) in unknown.into_iter().zip(vectors).take(REMEMBERED) {
            let place = memory.vectors.len();
            memory.vectors.push(vector);
            memory.places.insert(token.clone(), place);
        }
    }

    /// Tables and mixing layer of some tokens.
    fn first_layer(&self, tokens: &[&Input]) -> Vec<[f32; WIDTH]> {
        let inputs = self.mix.affine.inputs;
        let mut vectors = vec![[0.0; WIDTH]; tokens.len()];
        for (tokens, vectors) in tokens.chunks(BLOCK).zip(vectors.chunks_mut(BLOCK)) {
            let mut embedded = vec![0.0; tokens.len() * inputs];
            for (token, row) in tokens.iter().zip(embedded.chunks_exact_mut(inputs)) {
                for (table, part) in self.tables.iter().zip(row.chunks_exact_mut(WIDTH)) {
                    table.embed(table.attribute.of(token), part);
                }
            }
            if let Some((vectors, map)) = &self.words {
                // A word without a vector has zeros, and they stay zeros.
                let mut given = vec![0.0; tokens.len() * vectors.width()];
                for (token, row) in tokens.iter().zip(given.chunks_exact_mut(vectors.width())) {
                    if let Some(vector) = vectors.get(token.vector) {
                        row.copy_from_slice(vector);
                    }
                }
                let made = map.apply(&given);
                for (row, made) in embedded
                    .chunks_exact_mut(inputs)
                    .zip(made.chunks_exact(WIDTH))
                {
                    row[inputs - WIDTH..].copy_from_slice(made);
                }
            }
            let mut scratch = vec![0.0; tokens.len() * PIECES * WIDTH];
            dense(
                &embedded,
                tokens.len(),
                inputs,
                &self.mix.affine,
                &mut scratch,
            );
            for (row, vector) in scratch.chunks_exact(PIECES * WIDTH).zip(vectors) {
                self.mix.finish(row, vector);
            }
        }
        vectors
    }
}
