//! Matrix products in single precision.

use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayView2, ArrayViewMut2, ShapeBuilder};

use super::ModelError;
use super::weights::{Bundle, Tensor};

/// An affine map.
#[derive(Clone, Debug)]
pub(crate) struct Linear {
    /// One row of weights for each output.
    pub(crate) weights: Vec<f32>,
    /// One number for each output.
    pub(crate) bias: Vec<f32>,
    /// Numbers that come in.
    pub(crate) inputs: usize,
}

impl Linear {
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
            Ok(Self {
                weights: weights.data,
                bias: bias.data,
                inputs,
            })
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
            data: self.weights.clone(),
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
/// Every number is summed in the same order whatever the number of rows, so a batch never changes a result.
pub(crate) fn dense(input: &[f32], rows: usize, stride: usize, map: &Linear, out: &mut [f32]) {
    let (inputs, outputs) = (map.inputs, map.outputs());
    if rows == 0 {
        return;
    }
    let left = ArrayView2::from_shape((rows, inputs).strides((stride, 1)), input);
    let right = ArrayView2::from_shape((outputs, inputs), &map.weights);
    let product = ArrayViewMut2::from_shape((rows, outputs), out);
    debug_assert!(
        left.is_ok() && right.is_ok() && product.is_ok(),
        "sizes are fixed when a model is loaded"
    );
    if let (Ok(left), Ok(right), Ok(mut product)) = (left, right, product) {
        general_mat_mul(1.0, &left, &right.t(), 0.0, &mut product);
    }
}
