//! Matrix products in single precision.

use pulp::{Arch, Simd, WithSimd};

use super::ModelError;
use super::weights::{Bundle, Tensor};

/// Outputs whose weights lie side by side.
const PANEL: usize = 32;

/// An affine map.
#[derive(Clone, Debug)]
pub(crate) struct Linear {
    /// The weights in panels of [`PANEL`] outputs, input by input; the last panel is filled up with zeros.
    panels: Vec<f32>,
    /// One number for each output.
    pub(crate) bias: Vec<f32>,
    /// Numbers that come in.
    pub(crate) inputs: usize,
}

impl Linear {
    /// Takes weights as one row an output.
    pub(crate) fn new(weights: &[f32], bias: Vec<f32>, inputs: usize) -> Self {
        let mut panels = vec![0.0; bias.len().div_ceil(PANEL) * PANEL * inputs];
        for (output, row) in weights
            .chunks_exact(inputs.max(1))
            .take(bias.len())
            .enumerate()
        {
            let panel = &mut panels[output / PANEL * PANEL * inputs..];
            for (slot, weight) in panel
                .iter_mut()
                .skip(output % PANEL)
                .step_by(PANEL)
                .zip(row)
            {
                *slot = *weight;
            }
        }
        Self {
            panels,
            bias,
            inputs,
        }
    }

    /// The weights as one row an output.
    pub(crate) fn weights(&self) -> Vec<f32> {
        let column = |output: usize| {
            let panel = &self.panels[output / PANEL * PANEL * self.inputs..];
            panel
                .iter()
                .skip(output % PANEL)
                .step_by(PANEL)
                .take(self.inputs)
                .copied()
        };
        (0..self.outputs()).flat_map(column).collect()
    }

    /// Takes the map called `name` out of a bundle, whatever axes its weights were given in beside the last.
    pub(crate) fn load(
        bundle: &mut Bundle,
        name: &str,
        outputs: usize,
        inputs: usize,
    ) -> Result<Self, ModelError> {
        let weights = bundle.take(&format!("{name}.weights"), 2)?;
        let bias = bundle.take(&format!("{name}.bias"), 1)?;
        if weights.shape == [outputs, inputs] && bias.shape == [outputs] {
            Ok(Self::new(&weights.data, bias.data, inputs))
        } else {
            Err(ModelError::Shape {
                name: name.to_owned(),
                shape: weights.shape,
            })
        }
    }

    /// Puts the map into a bundle.
    pub(crate) fn save(&self, bundle: &mut Bundle, name: &str) {
        let weights = Tensor {
            shape: vec![self.outputs(), self.inputs],
            data: self.weights(),
        };
        bundle.tensors.insert(format!("{name}.weights"), weights);
        bundle.tensors.insert(
            format!("{name}.bias"),
            Tensor {
                shape: vec![self.outputs()],
                data: self.bias.clone(),
            },
        );
    }

    /// Numbers that go out.
    pub(crate) fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// Applies the map, bias included, to rows that stand one after the other.
    pub(crate) fn apply(&self, input: &[f32]) -> Vec<f32> {
        let rows = input.len() / self.inputs.max(1);
        let mut out = vec![0.0; rows * self.outputs()];
        dense(input, rows, self.inputs, self, &mut out);
        for row in out.chunks_exact_mut(self.outputs().max(1)) {
            for (value, bias) in row.iter_mut().zip(&self.bias) {
                *value += bias;
            }
        }
        out
    }
}

/// Multiplies `rows` rows of `input`, each `stride` numbers after the one before, by the weights of `map`, without its bias.
///
/// Every number is summed over the inputs in order, one fused step at a time: a batch never changes a result, nor does the
/// width of the processor's vectors.
pub(crate) fn dense(input: &[f32], rows: usize, stride: usize, map: &Linear, out: &mut [f32]) {
    Arch::new().dispatch(Product {
        input,
        rows,
        stride,
        map,
        out,
    });
}

/// A product to be computed with the widest vectors there are.
struct Product<'a> {
    input: &'a [f32],
    rows: usize,
    stride: usize,
    map: &'a Linear,
    out: &'a mut [f32],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        // Vectors a panel, rows at once: as many sums as fit the registers.
        match S::F32_LANES {
            16 => self.run::<S, 2, 8>(simd),
            8 => self.run::<S, 4, 2>(simd),
            4 => self.run::<S, 8, 1>(simd),
            _ => self.run::<S, 32, 1>(simd),
        }
    }
}

impl Product<'_> {
    /// All rows, `ROWS` at a time, then the rest one by one.
    #[inline(always)]
    fn run<S: Simd, const VECTORS: usize, const ROWS: usize>(self, simd: S) {
        let (inputs, outputs) = (self.map.inputs, self.map.outputs());
        // A panel stays in the first cache while all rows pass by.
        for (index, panel) in self
            .map
            .panels
            .chunks_exact((inputs * PANEL).max(1))
            .enumerate()
        {
            let place = index * PANEL;
            let mut row = 0;
            while row < self.rows {
                let (Some(input), Some(out)) = (
                    self.input.get(row * self.stride..),
                    self.out.get_mut(row * outputs..),
                ) else {
                    return;
                };
                if row + ROWS <= self.rows {
                    tile::<S, VECTORS, ROWS>(
                        simd,
                        input,
                        self.stride,
                        panel,
                        inputs,
                        out,
                        outputs,
                        place,
                    );
                    row += ROWS;
                } else {
                    tile::<S, VECTORS, 1>(
                        simd,
                        input,
                        self.stride,
                        panel,
                        inputs,
                        out,
                        outputs,
                        place,
                    );
                    row += 1;
                }
            }
        }
    }
}

/// The sums of `ROWS` rows over one panel of weights.
#[inline(always)]
#[allow(clippy::too_many_arguments)]
fn tile<S: Simd, const VECTORS: usize, const ROWS: usize>(
    simd: S,
    input: &[f32],
    stride: usize,
    panel: &[f32],
    inputs: usize,
    out: &mut [f32],
    outputs: usize,
    place: usize,
) {
    let rows: [&[f32]; ROWS] =
        std::array::from_fn(|row| &input[row * stride..row * stride + inputs]);
    let mut sums = [[simd.splat_f32s(0.0); VECTORS]; ROWS];
    for (step, weights) in panel.as_chunks::<PANEL>().0.iter().enumerate().take(inputs) {
        let Some(weights) = S::as_simd_f32s(weights).0.first_chunk::<VECTORS>() else {
            return;
        };
        for (sums, row) in sums.iter_mut().zip(&rows) {
            let value = simd.splat_f32s(row[step]);
            for (sum, &weight) in sums.iter_mut().zip(weights) {
                *sum = simd.mul_add_f32s(value, weight, *sum);
            }
        }
    }
    let width = PANEL.min(outputs - place);
    for (row, sums) in sums.iter().enumerate() {
        let mut whole = [0.0f32; PANEL];
        for (target, sum) in S::as_mut_simd_f32s(&mut whole).0.iter_mut().zip(sums) {
            *target = *sum;
        }
        out[row * outputs + place..][..width].copy_from_slice(&whole[..width]);
    }
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::*;

    #[test]
    fn the_width_of_the_vectors_changes_no_bit() {
        let number = |i: usize| ((i * 7919 + 13) % 1009) as f32 / 500.0 - 1.0;
        let (rows, inputs, outputs) = (19, 288, 50);
        let weights: Vec<f32> = (0..inputs * outputs).map(number).collect();
        let input: Vec<f32> = (0..inputs + (rows - 1) * 96)
            .map(|i| number(i * 31))
            .collect();
        let map = Linear::new(&weights, vec![0.0; outputs], inputs);
        assert_eq!(map.weights(), weights);
        let mut out = vec![0.0; rows * outputs];
        dense(&input, rows, 96, &map, &mut out);
        for (row, out) in out.chunks_exact(outputs).enumerate() {
            for (output, &product) in out.iter().enumerate() {
                let pairs = input[row * 96..]
                    .iter()
                    .zip(&weights[output * inputs..][..inputs]);
                assert_eq!(
                    product,
                    pairs.fold(0.0f32, |sum, (a, b)| a.mul_add(*b, sum))
                );
            }
        }
        if let Some(narrow) = pulp::x86::V3::try_new() {
            let mut other = vec![0.0; rows * outputs];
            Simd::vectorize(
                narrow,
                Product {
                    input: &input,
                    rows,
                    stride: 96,
                    map: &map,
                    out: &mut other,
                },
            );
            assert_eq!(out, other);
        }
    }
}
