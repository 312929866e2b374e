//! Trees: the arc-eager transition system, the lifting of crossing arcs, and the sentences that follow from the heads.

use smol_str::SmolStr;

use super::ModelError;
use super::transition::{Scorer, Table, best};
use super::weights::Bundle;

/// Places a state looks at.
const PLACES: usize = 8;
/// Parts a label of a crossing arc in two: its own label and the label of the head to look for.
const LIFTED: &str = "||";

/// Kinds of move, as numbered in the model.
const KINDS: usize = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Shift,
    Reduce,
    Left,
    Right,
    Break,
}

impl Kind {
    const ALL: [Self; KINDS] = [
        Self::Shift,
        Self::Reduce,
        Self::Left,
        Self::Right,
        Self::Break,
    ];
}

/// The parser with its labels.
#[derive(Debug)]
pub(crate) struct Parser {
    scorer: Scorer,
    /// The moves as stored, to write them again.
    stored: Vec<(u8, SmolStr)>,
    moves: Vec<(Kind, u16)>,
    /// Labels; those a reader sees come first.
    labels: Vec<SmolStr>,
    /// How many a reader sees.
    plain: usize,
    /// For each other label, what it stands for: the label, and that of the head to look for.
    lifted: Vec<(u16, u16)>,
    root: u16,
}

/// The tree over one text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    /// The head of each token; a root's is itself.
    pub(crate) heads: Vec<usize>,
    /// Label of each token, an index into the parser's labels.
    pub(crate) labels: Vec<u16>,
    /// Whether a sentence starts at the token.
    pub(crate) starts: Vec<bool>,
}

impl Parser {
    /// Takes the parser out of a bundle.
    pub(crate) fn load(bundle: &mut Bundle) -> Result<Self, ModelError> {
        let stored = std::mem::take(&mut bundle.header.parser_moves);
        let mut labels: Vec<SmolStr> = Vec::new();
        let mut place = |label: &str| {
            let found = labels
                .iter()
                .position(|known| known == label)
                .unwrap_or_else(|| {
                    labels.push(label.into());
                    labels.len() - 1
                });
            u16::try_from(found).map_err(|_| ModelError::Unsupported {
                what: "more than 65,535 labels".to_owned(),
            })
        };
        let root = place("ROOT")?;
        for (_, label) in &stored {
            let (own, head) = label.split_once(LIFTED).unwrap_or((label, label));
            place(own)?;
            place(head)?;
        }
        let mut lifted = Vec::new();
        let mut moves = Vec::with_capacity(stored.len());
        for (kind, label) in &stored {
            let kind =
                *Kind::ALL
                    .get(usize::from(*kind))
                    .ok_or_else(|| ModelError::Unsupported {
                        what: format!("parser move {kind}-{label}"),
                    })?;
            moves.push((kind, place(label)?));
            if let Some((own, head)) = label.split_once(LIFTED) {
                lifted.push((place(label)?, place(own)?, place(head)?));
            }
        }
        let plain = labels
            .iter()
            .take_while(|label| !label.contains(LIFTED))
            .count();
        // Crossing labels were given their places after all plain ones, one after the other; a label may have two kinds of move.
        lifted.sort_unstable();
        lifted.dedup();
        let lifted = lifted
            .into_iter()
            .map(|(_, own, head)| (own, head))
            .collect();
        let scorer = Scorer::load(bundle, "parser", PLACES, stored.len())?;
        Ok(Self {
            scorer,
            stored,
            moves,
            labels,
            plain,
            lifted,
            root,
        })
    }

    /// Puts the parser into a bundle.
    pub(crate) fn save(&self, bundle: &mut Bundle) {
        bundle.header.parser_moves = self.stored.clone();
        self.scorer.save(bundle, "parser");
    }

    /// The labels a tree can have.
    pub(crate) fn labels(&self) -> &[SmolStr] {
        &self.labels[..self.plain]
    }

    /// What the network that scores moves keeps of the encoder's vectors.
    pub(crate) fn narrow(&self, vectors: &[f32]) -> Vec<f32> {
        self.scorer.narrow(vectors)
    }

    /// Prepares the tokens of a batch.
    pub(crate) fn table(&self, narrow: Vec<f32>) -> Table<'_> {
        self.scorer.table(narrow)
    }

    /// Parses the text whose tokens start at `offset` in the batch; `space` tells the white-space tokens.
    pub(crate) fn parse(
        &self,
        table: &mut Table<'_>,
        offset: usize,
        length: usize,
        space: impl Fn(usize) -> bool,
    ) -> Tree {
        let mut state = State::new(length);
        let mut scores = vec![0.0; self.scorer.len()];
        while !state.is_final() {
            let looked_at = state
                .looked_at()
                .map(|token| token.map(|token| token + offset));
            table.score(looked_at, &mut scores);
            let allowed = state.allowed();
            let Some(index) = best(&scores, |index| allowed[self.moves[index].0 as usize]) else {
                break;
            };
            let (kind, label) = self.moves[index];
            state.apply(kind, label);
        }
        let heads = state
            .heads
            .iter()
            .enumerate()
            .map(|(token, head)| head.unwrap_or(token))
            .collect();
        let mut tree = Tree {
            heads,
            labels: state.labels,
            starts: Vec::new(),
        };
        for token in 0..length {
            if tree.heads[token] == token {
                tree.labels[token] = self.root;
            }
        }
        let edges = Edges::of(&tree.heads);
        self.lift(&mut tree, &edges, space);
        let edges = Edges::of(&tree.heads);
        tree.starts = vec![false; length];
        for token in 0..length {
            if tree.heads[token] == token {
                tree.starts[edges.left[token]] = true;
            }
        }
        tree
    }

    /// Gives tokens with the label of a crossing arc the head that label names: the first token with it below the head they
    /// were given, level by level from left to right.
    fn lift(&self, tree: &mut Tree, edges: &Edges, space: impl Fn(usize) -> bool) {
        for token in 0..tree.heads.len() {
            let Some(place) = usize::from(tree.labels[token]).checked_sub(self.plain) else {
                continue;
            };
            let Some(&(own, wanted)) = self.lifted.get(place) else {
                continue;
            };
            let mut level = vec![tree.heads[token]];
            let mut found = None;
            // A tree is no deeper than its tokens; a bound all the same, as heads change underneath.
            for _ in 0..=tree.heads.len() {
                let mut next = Vec::new();
                for &above in &level {
                    let children = (edges.left[above]..=edges.right[above]).filter(|&child| {
                        child != above
                            && tree.heads[child] == above
                            && child != token
                            && !space(child)
                    });
                    next.extend(children);
                }
                found = next
                    .iter()
                    .copied()
                    .find(|&child| tree.labels[child] == wanted);
                if found.is_some() || next.is_empty() {
                    break;
                }
                level = next;
            }
            if let Some(head) = found {
                tree.heads[token] = head;
            }
            tree.labels[token] = own;
        }
    }
}

/// Leftmost and rightmost token below each token.
struct Edges {
    left: Vec<usize>,
    right: Vec<usize>,
}

impl Edges {
    /// Passes over the heads until every one lies within its sentence, at most twelve times, as crossing arcs need more than one.
    fn of(heads: &[usize]) -> Self {
        let mut edges = Self {
            left: (0..heads.len()).collect(),
            right: (0..heads.len()).collect(),
        };
        for _ in 0..12 {
            for child in (0..heads.len()).chain((0..heads.len()).rev()) {
                let head = heads[child];
                edges.left[head] = edges.left[head].min(edges.left[child]);
                edges.right[head] = edges.right[head].max(edges.right[child]);
            }
            if edges.settled(heads) {
                break;
            }
        }
        edges
    }

    /// Whether every head lies within the sentence of its child.
    fn settled(&self, heads: &[usize]) -> bool {
        let mut starts = vec![false; heads.len()];
        for (token, &head) in heads.iter().enumerate() {
            if head == token {
                starts[self.left[token]] = true;
            }
        }
        let mut start = 0;
        for token in 0..heads.len() {
            if (token > 0 && starts[token]) || token + 1 == heads.len() {
                // The last token of a sentence may point at the first of the next, as in the original.
                if heads[start..token]
                    .iter()
                    .any(|&head| head < start || head > token)
                {
                    return false;
                }
                start = token;
            }
        }
        true
    }
}

/// A half-built tree.
struct State {
    length: usize,
    stack: Vec<usize>,
    /// Tokens put back before the buffer, the next last.
    put_back: Vec<usize>,
    next: usize,
    heads: Vec<Option<usize>>,
    labels: Vec<u16>,
    /// Tokens put back once may not be shifted again.
    fixed: Vec<bool>,
    starts: Vec<bool>,
    /// The child attached last on each side.
    last_left: Vec<Option<usize>>,
    last_right: Vec<Option<usize>>,
    /// The child attached before this one to the same head on the same side.
    before: Vec<Option<usize>>,
}

impl State {
    fn new(length: usize) -> Self {
        let mut starts = vec![false; length];
        if let Some(first) = starts.first_mut() {
            *first = true;
        }
        Self {
            length,
            stack: Vec::with_capacity(length),
            put_back: Vec::new(),
            next: 0,
            heads: vec![None; length],
            labels: vec![0; length],
            fixed: vec![false; length],
            starts,
            last_left: vec![None; length],
            last_right: vec![None; length],
            before: vec![None; length],
        }
    }

    /// The token `depth` below the top of the stack.
    fn s(&self, depth: usize) -> Option<usize> {
        self.stack
            .len()
            .checked_sub(depth + 1)
            .map(|place| self.stack[place])
    }

    /// The token `ahead` of the next.
    fn b(&self, ahead: usize) -> Option<usize> {
        match self.put_back.len().checked_sub(ahead + 1) {
            Some(place) => Some(self.put_back[place]),
            None => {
                Some(self.next + ahead - self.put_back.len()).filter(|&token| token < self.length)
            }
        }
    }

    fn left(&self) -> usize {
        self.length - self.next + self.put_back.len()
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.left() == 0
    }

    fn looked_at(&self) -> [Option<usize>; PLACES] {
        let (b0, s0) = (self.b(0), self.s(0));
        [
            b0,
            self.b(1),
            s0,
            self.s(1),
            self.s(2),
            b0.and_then(|token| self.last_left[token]),
            s0.and_then(|token| self.last_left[token]),
            s0.and_then(|token| self.last_right[token]),
        ]
    }

    /// Which kinds of move the state allows.
    fn allowed(&self) -> [bool; KINDS] {
        let starts = |token: Option<usize>| token.is_some_and(|token| self.starts[token]);
        let (b0, b1) = (self.b(0), self.b(1));
        let empty = self.stack.is_empty();
        let arc = !empty && b0.is_some() && !starts(b0);
        let shift = empty
            || (self.left() >= 2 && !starts(b0) && b0.is_some_and(|token| !self.fixed[token]));
        let cut = b0
            .zip(b1)
            .is_some_and(|(b0, b1)| b1 == b0 + 1 && !self.starts[b1]);
        [shift, !empty, arc, arc, cut]
    }

    fn apply(&mut self, kind: Kind, label: u16) {
        let (b0, s0) = (self.b(0), self.s(0));
        match (kind, b0, s0) {
            (Kind::Shift, ..) => self.push(),
            (Kind::Reduce, _, Some(top)) => {
                self.stack.pop();
                if self.heads[top].is_none() && !self.stack.is_empty() {
                    self.fixed[top] = true;
                    self.put_back.push(top);
                }
            }
            (Kind::Left, Some(head), Some(child)) => {
                self.attach(head, child, label);
                self.fixed[head] = false;
                self.stack.pop();
            }
            (Kind::Right, Some(child), Some(head)) => {
                self.attach(head, child, label);
                self.push();
            }
            (Kind::Break, ..) => {
                if let Some(token) = self.b(1) {
                    self.starts[token] = true;
                }
            }
            // Not allowed in such a state.
            _ => {}
        }
    }

    /// Moves the next token to the stack; past the end there is none, and the state ends.
    fn push(&mut self) {
        if let Some(token) = self.put_back.pop() {
            self.stack.push(token);
        } else if self.next < self.length {
            self.stack.push(self.next);
            self.next += 1;
        }
    }

    fn attach(&mut self, head: usize, child: usize, label: u16) {
        // A head is only replaced while its child was the last attached to it.
        if let Some(old) = self.heads[child] {
            let last = if old > child {
                &mut self.last_left[old]
            } else {
                &mut self.last_right[old]
            };
            *last = self.before[child];
        }
        let last = if head > child {
            &mut self.last_left[head]
        } else {
            &mut self.last_right[head]
        };
        self.before[child] = last.replace(child);
        self.heads[child] = Some(head);
        self.labels[child] = label;
    }
}
