//! The network that scores the moves of a transition system.

use super::ModelError;
use super::matrix::Linear;
use super::tok2vec::WIDTH;
use super::weights::{Bundle, Tensor};

/// Width of the hidden layer.
const HIDDEN: usize = 64;
/// Alternatives each hidden unit takes the larger of.
const PIECES: usize = 2;
/// Hidden numbers before the larger is taken: two planes of [`HIDDEN`].
const UNMAXED: usize = PIECES * HIDDEN;

/// Scores moves from the vectors of the tokens a state looks at.
#[derive(Debug)]
pub(crate) struct Scorer {
    /// From the encoder's vectors to the hidden width.
    narrow: Linear,
    /// What each token gives to the hidden layer from each place a state looks at: a plane of [`UNMAXED`] a place.
    places: Linear,
    /// What an empty place gives; a row a place.
    empty: Vec<[f32; UNMAXED]>,
    /// Bias of the hidden layer.
    bias: [f32; UNMAXED],
    /// From the hidden layer to the moves.
    moves: Linear,
    /// The weights of `moves` by hidden unit, so that a state's scores are sums of whole rows.
    columns: Vec<f32>,
}

/// Tokens whose rows a table holds at once; they pass by as the states move on, so that memory does not grow with a text.
const WINDOW: usize = 1_024;

/// What the tokens of a batch give to the hidden layer from every place.
#[derive(Debug)]
pub(crate) struct Table<'a> {
    scorer: &'a Scorer,
    /// Every token's vector at the hidden width.
    narrow: Vec<f32>,
    /// Rows of [`UNMAXED`]: token by token, place by place, of at most [`WINDOW`] tokens.
    rows: Vec<f32>,
    /// The token of the first row.
    first: usize,
    /// The rows of a token that has passed, which a state on a very long sentence may still look at.
    passed: Vec<f32>,
}

impl Scorer {
    /// Takes the scorer called `name`, with `places` places and `moves` moves, out of a bundle.
    pub(crate) fn load(
        bundle: &mut Bundle,
        name: &str,
        places: usize,
        moves: usize,
    ) -> Result<Self, ModelError> {
        let shape = |part: &str, tensor: &Tensor| ModelError::Shape {
            name: format!("{name}.{part}"),
            shape: tensor.shape.clone(),
        };
        let empty = bundle.take(&format!("{name}.empty"), 2)?;
        if empty.shape != [places, UNMAXED] {
            return Err(shape("empty", &empty));
        }
        let bias = bundle.take(&format!("{name}.bias"), 1)?;
        let lower = bundle.take(&format!("{name}.places"), 2)?;
        if lower.shape != [places * UNMAXED, HIDDEN] {
            return Err(shape("places", &lower));
        }
        let upper = Linear::load(bundle, &format!("{name}.moves"), moves, HIDDEN)?;
        let weights = upper.weights();
        let columns = (0..HIDDEN)
            .flat_map(|unit| weights.iter().skip(unit).step_by(HIDDEN))
            .copied()
            .collect();
        Ok(Self {
            narrow: Linear::load(bundle, &format!("{name}.narrow"), HIDDEN, WIDTH)?,
            places: Linear::new(&lower.data, vec![0.0; places * UNMAXED], HIDDEN),
            empty: empty.data.as_chunks().0.to_vec(),
            bias: bias
                .data
                .as_slice()
                .try_into()
                .map_err(|_| shape("bias", &bias))?,
            moves: upper,
            columns,
        })
    }

    /// Puts the scorer into a bundle.
    pub(crate) fn save(&self, bundle: &mut Bundle, name: &str) {
        self.narrow.save(bundle, &format!("{name}.narrow"));
        self.moves.save(bundle, &format!("{name}.moves"));
        let places = self.empty.len();
        for (part, shape, data) in [
            (
                "places",
                vec![places * UNMAXED, HIDDEN],
                self.places.weights(),
            ),
            (
                "empty",
                vec![places, UNMAXED],
                self.empty.as_flattened().to_vec(),
            ),
            ("bias", vec![UNMAXED], self.bias.to_vec()),
        ] {
            bundle
                .tensors
                .insert(format!("{name}.{part}"), Tensor { shape, data });
        }
    }

    /// The encoder's vectors at the hidden width.
    pub(crate) fn narrow(&self, vectors: &[f32]) -> Vec<f32> {
        self.narrow.apply(vectors)
    }

    /// Prepares the tokens of a batch, whose narrowed vectors stand one after the other.
    pub(crate) fn table(&self, narrow: Vec<f32>) -> Table<'_> {
        let head = narrow.len().min(WINDOW * HIDDEN);
        Table {
            scorer: self,
            rows: self.places.apply(&narrow[..head]),
            narrow,
            first: 0,
            passed: Vec::new(),
        }
    }

    /// How many moves there are.
    pub(crate) fn len(&self) -> usize {
        self.moves.outputs()
    }
}

impl Table<'_> {
    /// Moves the window on until it holds the token.
    fn reach(&mut self, token: usize) {
        let wide = self.scorer.places.outputs();
        loop {
            let end = self.first + self.rows.len() / wide;
            let rest = self.narrow.get(end * HIDDEN..).unwrap_or_default();
            if token < end || rest.is_empty() {
                return;
            }
            let step = WINDOW / 2;
            let next = self
                .scorer
                .places
                .apply(&rest[..rest.len().min(step * HIDDEN)]);
            self.rows.drain(..step * wide);
            self.rows.extend(next);
            self.first += step;
        }
    }

    /// Writes the scores of a state; `looked_at` names the token in each place, counted through the batch.
    pub(crate) fn score<const PLACES: usize>(
        &mut self,
        looked_at: [Option<usize>; PLACES],
        scores: &mut [f32],
    ) {
        let mut hidden = [0.0f32; UNMAXED];
        if let Some(&last) = looked_at.iter().flatten().max() {
            self.reach(last);
        }
        for (place, (token, empty)) in looked_at.into_iter().zip(&self.scorer.empty).enumerate() {
            let row = token.and_then(|token| {
                let rows = match token.checked_sub(self.first) {
                    Some(token) => self.rows.get(token * PLACES * UNMAXED..),
                    None => {
                        let narrow = self.narrow.get(token * HIDDEN..(token + 1) * HIDDEN)?;
                        self.passed = self.scorer.places.apply(narrow);
                        Some(self.passed.as_slice())
                    }
                };
                rows?.get(place * UNMAXED..)?.first_chunk()
            });
            let row: &[f32; UNMAXED] = row.unwrap_or(empty);
            for (sum, value) in hidden.iter_mut().zip(row) {
                *sum += value;
            }
        }
        let (first, second) = hidden.split_at(HIDDEN);
        let (bias_first, bias_second) = self.scorer.bias.split_at(HIDDEN);
        scores.fill(0.0);
        for unit in 0..HIDDEN {
            let value = (first[unit] + bias_first[unit]).max(second[unit] + bias_second[unit]);
            let column = &self.scorer.columns[unit * scores.len()..];
            for (score, weight) in scores.iter_mut().zip(column) {
                *score += value * weight;
            }
        }
        for (score, bias) in scores.iter_mut().zip(&self.scorer.moves.bias) {
            *score += bias;
        }
    }
}

/// The best of the allowed moves, the earlier of equals; `None` when none is allowed.
pub(crate) fn best(scores: &[f32], allowed: impl Fn(usize) -> bool) -> Option<usize> {
    let mut best: Option<(usize, f32)> = None;
    for (index, &score) in scores.iter().enumerate() {
        if best.is_none_or(|(_, highest)| score > highest) && allowed(index) {
            best = Some((index, score));
        }
    }
    best.map(|(index, _)| index)
}
