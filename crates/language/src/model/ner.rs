//! Names: the transition system that opens, continues and closes them from left to right.

use smol_str::SmolStr;

use super::ModelError;
use super::transition::{Scorer, Table, best};
use super::weights::Bundle;

/// Places a state looks at: the next token, the first of the open name, and the last read of it.
const PLACES: usize = 3;

/// Kinds of move, as numbered in the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Begin,
    In,
    Last,
    Unit,
    Out,
}

impl Kind {
    const ALL: [Self; 5] = [Self::Begin, Self::In, Self::Last, Self::Unit, Self::Out];
}

/// spaCy's code for a token inside a name.
pub(crate) const INSIDE: u8 = 1;
/// spaCy's code for a token outside of names.
pub(crate) const OUTSIDE: u8 = 2;
/// spaCy's code for the first token of a name.
pub(crate) const FIRST: u8 = 3;

/// The recogniser with its types.
#[derive(Debug)]
pub(crate) struct Recogniser {
    scorer: Scorer,
    /// The moves as stored, to write them again.
    stored: Vec<(u8, SmolStr)>,
    moves: Vec<(Kind, u16)>,
    types: Vec<SmolStr>,
}

impl Recogniser {
    /// Takes the recogniser out of a bundle.
    pub(crate) fn load(bundle: &mut Bundle) -> Result<Self, ModelError> {
        let stored = std::mem::take(&mut bundle.header.ner_moves);
        let mut types = vec![SmolStr::default()];
        let mut moves = Vec::with_capacity(stored.len());
        for (kind, label) in &stored {
            let unsupported = || ModelError::Unsupported {
                what: format!("name move {kind}-{label}"),
            };
            let known = usize::from(*kind)
                .checked_sub(1)
                .and_then(|place| Kind::ALL.get(place));
            let place = types
                .iter()
                .position(|known| known == label)
                .unwrap_or_else(|| {
                    types.push(label.clone());
                    types.len() - 1
                });
            moves.push((
                *known.ok_or_else(unsupported)?,
                u16::try_from(place).map_err(|_| unsupported())?,
            ));
        }
        let scorer = Scorer::load(bundle, "ner", PLACES, stored.len())?;
        Ok(Self {
            scorer,
            stored,
            moves,
            types,
        })
    }

    /// Puts the recogniser into a bundle.
    pub(crate) fn save(&self, bundle: &mut Bundle) {
        bundle.header.ner_moves = self.stored.clone();
        self.scorer.save(bundle, "ner");
    }

    /// How many moves there are.
    #[cfg(test)]
    pub(crate) fn moves(&self) -> usize {
        self.moves.len()
    }

    /// The types a name can have; the first, empty, is that of tokens outside.
    pub(crate) fn types(&self) -> &[SmolStr] {
        &self.types
    }

    /// What the network that scores moves keeps of the encoder's vectors.
    pub(crate) fn narrow(&self, vectors: &[f32]) -> Vec<f32> {
        self.scorer.narrow(vectors)
    }

    /// Prepares the tokens of a batch.
    pub(crate) fn table(&self, narrow: Vec<f32>) -> Table<'_> {
        self.scorer.table(narrow)
    }

    /// Code and type of each token of the text that starts at `offset` in the batch.
    ///
    /// No name begins at a white-space token (`space`) or crosses into a new sentence (`starts`).
    pub(crate) fn recognise(
        &self,
        table: &mut Table<'_>,
        offset: usize,
        starts: &[bool],
        space: impl Fn(usize) -> bool,
    ) -> Vec<(u8, u16)> {
        let length = starts.len();
        let mut names = Vec::with_capacity(length);
        let mut open: Option<(usize, u16)> = None;
        let mut scores = vec![0.0; self.scorer.len()];
        for token in 0..length {
            let looked_at = [
                Some(token),
                open.map(|(first, _)| first),
                open.and_then(|_| token.checked_sub(1)),
            ];
            table.score(
                looked_at.map(|token| token.map(|token| token + offset)),
                &mut scores,
            );
            let may_go_on = starts.get(token + 1).is_some_and(|&start| !start);
            let space = space(token);
            let chosen = best(&scores, |index| {
                let (kind, label) = self.moves[index];
                match (kind, open) {
                    (Kind::Begin, None) => label != 0 && may_go_on && !space,
                    (Kind::Unit, None) => label != 0 && !space,
                    (Kind::Out, None) => true,
                    (Kind::In, Some((_, own))) => label == own && may_go_on,
                    (Kind::Last, Some((_, own))) => label == own,
                    _ => false,
                }
            });
            let (kind, label) = chosen.map_or((Kind::Out, 0), |index| self.moves[index]);
            open = match kind {
                Kind::Begin => Some((token, label)),
                Kind::In => open,
                Kind::Last | Kind::Unit | Kind::Out => None,
            };
            names.push(match kind {
                Kind::Begin | Kind::Unit => (FIRST, label),
                Kind::In | Kind::Last => (INSIDE, label),
                Kind::Out => (OUTSIDE, 0),
            });
        }
        names
    }
}
