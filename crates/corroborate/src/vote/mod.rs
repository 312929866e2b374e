//! Which value to believe where sources disagree: a number, a date, a list of names.
//!
//! Counting heads believes whoever is copied most. Here a source weighs by how often it is right, and only by what it did not copy; copying
//! shows in shared values that are false and rare, because the truth is shared by everybody who looked, and common slips by many. Which
//! values are true, how right the sources are and who copies depend on one another and are found in turns. After Dong, Berti-Equille and
//! Srivastava, "Integrating conflicting data: the role of source dependence" (VLDB 2009).
//!
//! # What is not here?
//! Several true values of one object, and truth that changes: a value is asked for at one time.

mod dependence;
#[cfg(test)]
mod tests;

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

pub use dependence::Dependence;
use dependence::Dependences;

/// That a source gives an object a value, all three in their normal form: values are the same only if they are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Statement<'a> {
    /// Who says it.
    pub source: &'a str,
    /// Of what: one place in one proposition.
    pub object: &'a str,
    /// The value.
    pub value: &'a str,
}

/// What is assumed before anything is seen.
#[derive(Debug, Clone, Copy)]
pub struct Assumed {
    /// How likely it is that one of two sources copies from the other, 0..1.
    pub dependence: f64,
    /// How much of its values a source that copies takes over, 0..1.
    pub copied: f64,
    /// How many false values an object may be given.
    pub false_values: f64,
    /// How often a source is right, 0..1.
    pub accuracy: f64,
    /// How many statements' worth that is: a source of few statements is judged mostly by it.
    pub accuracy_weight: f64,
    /// How much of the weight of a value counts for one that is like it, 0..1.
    pub likeness: f64,
    /// Whether copying is looked for at all.
    pub copying: bool,
}

impl Default for Assumed {
    /// As in the paper, but for the prior of a source's accuracy, which the paper leaves to the first round.
    fn default() -> Self {
        Self {
            dependence: 0.2,
            copied: 0.8,
            false_values: 100.0,
            accuracy: 0.8,
            accuracy_weight: 2.0,
            likeness: 0.5,
            copying: true,
        }
    }
}

/// What a source counts for a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    /// The source.
    pub source: String,
    /// Its weight, were it independent.
    pub weight: f64,
    /// How much of it is its own, 0..=1: less the likelier it copied from one that was counted before it.
    pub own: f64,
    /// The one it most likely copied from. `None`: nobody in particular.
    pub after: Option<String>,
}

/// A value and what speaks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The value.
    pub value: String,
    /// How likely it is the true one, 0..=1.
    pub probability: f64,
    /// Sum of the voices, with what like values lend.
    pub weight: f64,
    /// Who says it, in the order in which they were counted.
    pub voices: Vec<Voice>,
}

impl Weighed {
    /// The reasons in words: every voice with its weight.
    pub fn reasons(&self) -> Vec<String> {
        let voice = |v: &Voice| match &v.after {
            Some(after) if v.own < 0.95 => format!(
                "{}: {:.1}, of which {:.0} % its own (values in common with {after})",
                v.source,
                v.weight * v.own,
                v.own * 100.0
            ),
            _ => format!("{}: {:.1}", v.source, v.weight),
        };
        self.voices.iter().map(voice).collect()
    }
}

/// What came out.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// For each object its values, the likeliest first.
    pub objects: BTreeMap<String, Vec<Weighed>>,
    /// How often each source is right, 0..=1, by what is believed of its statements.
    pub accuracy: BTreeMap<String, f64>,
    /// Pairs of sources of which one probably copies from the other, likeliest first.
    pub dependences: Vec<Dependence>,
    /// Rounds until nothing changed.
    pub rounds: usize,
}

/// Rounds at most; the paper's sets needed fewer than ten.
const MAX_ROUNDS: usize = 25;

/// A round that moves no source's accuracy by more is the last.
const SETTLED: f64 = 0.002;

/// Weighs the values of every object. `like`: how like two different values are, 0..=1 (0 for a set without near values). Statements may
/// come in any order; of several values that one source gives one object, each counts.
pub fn weigh(
    statements: &[Statement<'_>],
    assumed: &Assumed,
    like: impl Fn(&str, &str) -> f64,
) -> Outcome {
    let said = Said::of(statements);
    let mut state = State {
        accuracy: vec![assumed.accuracy; said.sources.len()],
        belief: said.heads(),
        dependences: Dependences::default(),
    };
    let likeness = said.likeness(&like);
    let mut rounds = 0;
    let mut before = Vec::new();
    while rounds < MAX_ROUNDS {
        rounds += 1;
        if assumed.copying {
            state.dependences = Dependences::of(&said, &state.accuracy, &state.belief, assumed);
        }
        for (object, alike) in likeness.iter().enumerate() {
            let weights = said.weights(object, &state, assumed, alike);
            state.belief[object] = believed(&weights, assumed.false_values);
        }
        let accuracy = said.accuracy(&state.belief, assumed);
        let moved = accuracy.iter().zip(&state.accuracy);
        let settled = moved.map(|(x, y)| (x - y).abs()).fold(0.0, f64::max) < SETTLED;
        state.accuracy = accuracy;
        let choice: Vec<usize> = state.belief.iter().map(|b| best(b)).collect();
        if settled && choice == before {
            break;
        }
        before = choice;
    }
    said.outcome(&state, assumed, &likeness, rounds)
}

struct State {
    accuracy: Vec<f64>,
    /// For each object, how likely each of its values is.
    belief: Vec<Vec<f64>>,
    dependences: Dependences,
}

/// Statements by number.
struct Said<'a> {
    sources: Vec<&'a str>,
    objects: Vec<Object<'a>>,
}

struct Object<'a> {
    name: &'a str,
    values: Vec<&'a str>,
    /// For each value the sources that give it, rising.
    givers: Vec<Vec<usize>>,
}

impl<'a> Said<'a> {
    fn of(statements: &[Statement<'a>]) -> Self {
        let sources: BTreeSet<&str> = statements.iter().map(|s| s.source).collect();
        let sources: Vec<&str> = sources.into_iter().collect();
        let mut by_object: BTreeMap<&str, BTreeMap<&str, BTreeSet<usize>>> = BTreeMap::new();
        for s in statements {
            if let Ok(source) = sources.binary_search(&s.source) {
                let values = by_object.entry(s.object).or_default();
                values.entry(s.value).or_default().insert(source);
            }
        }
        let objects = by_object
            .into_iter()
            .map(|(name, values)| {
                let (values, givers) = values
                    .into_iter()
                    .map(|(v, g)| (v, g.into_iter().collect()))
                    .unzip();
                Object {
                    name,
                    values,
                    givers,
                }
            })
            .collect();
        Self { sources, objects }
    }

    /// Belief before anything is known: the share of heads.
    #[allow(clippy::cast_precision_loss)]
    fn heads(&self) -> Vec<Vec<f64>> {
        let of = |o: &Object<'_>| {
            let all: usize = o.givers.iter().map(Vec::len).sum();
            let share = |g: &Vec<usize>| g.len() as f64 / all.max(1) as f64;
            o.givers.iter().map(share).collect()
        };
        self.objects.iter().map(of).collect()
    }

    /// For each object, the pairs of its values that are like each other.
    fn likeness(&self, like: &impl Fn(&str, &str) -> f64) -> Vec<Vec<(usize, usize, f64)>> {
        /// Values of one object that are compared with each other: a hostile object has thousands.
        const MAX_VALUES: usize = 64;
        let of = |o: &Object<'_>| {
            let values = &o.values[..o.values.len().min(MAX_VALUES)];
            let mut out = Vec::new();
            for (i, a) in values.iter().enumerate() {
                for (j, b) in values.iter().enumerate().filter(|(j, _)| *j != i) {
                    let alike = like(a, b).clamp(0.0, 1.0);
                    if alike > 0.0 {
                        out.push((i, j, alike));
                    }
                }
            }
            out
        };
        self.objects.iter().map(of).collect()
    }

    fn weights(
        &self,
        object: usize,
        state: &State,
        assumed: &Assumed,
        likeness: &[(usize, usize, f64)],
    ) -> Vec<f64> {
        let givers = &self.objects[object].givers;
        let own: Vec<f64> = givers
            .iter()
            .map(|g| {
                let voices = voices(g, state, assumed);
                voices.iter().map(|v| v.weight * v.own).sum()
            })
            .collect();
        let mut out = own.clone();
        for (to, from, alike) in likeness {
            out[*to] += assumed.likeness * alike * own[*from];
        }
        out
    }

    /// How right each source is, by belief, drawn towards what is assumed where it says little.
    #[allow(clippy::cast_precision_loss)]
    fn accuracy(&self, belief: &[Vec<f64>], assumed: &Assumed) -> Vec<f64> {
        let mut sums = vec![(0.0, 0.0); self.sources.len()];
        for (object, believed) in self.objects.iter().zip(belief) {
            for (givers, p) in object.givers.iter().zip(believed) {
                for &source in givers {
                    sums[source].0 += p;
                    sums[source].1 += 1.0;
                }
            }
        }
        let prior = assumed.accuracy * assumed.accuracy_weight;
        sums.into_iter()
            .map(|(sum, n)| ((sum + prior) / (n + assumed.accuracy_weight)).clamp(0.01, 0.99))
            .collect()
    }

    fn outcome(
        &self,
        state: &State,
        assumed: &Assumed,
        likeness: &[Vec<(usize, usize, f64)>],
        rounds: usize,
    ) -> Outcome {
        let mut objects = BTreeMap::new();
        for (i, object) in self.objects.iter().enumerate() {
            let weights = self.weights(i, state, assumed, &likeness[i]);
            let mut values: Vec<Weighed> = (0..object.values.len())
                .map(|v| Weighed {
                    value: object.values[v].to_owned(),
                    probability: state.belief[i][v],
                    weight: weights[v],
                    voices: voices(&object.givers[v], state, assumed)
                        .into_iter()
                        .map(|voice| Voice {
                            source: self.sources[voice.source].to_owned(),
                            weight: voice.weight,
                            own: voice.own,
                            after: voice.after.map(|s| self.sources[s].to_owned()),
                        })
                        .collect(),
                })
                .collect();
            values.sort_by(|x, y| y.weight.total_cmp(&x.weight).then(x.value.cmp(&y.value)));
            objects.insert(object.name.to_owned(), values);
        }
        let named = self.sources.iter().zip(&state.accuracy);
        Outcome {
            objects,
            accuracy: named.map(|(s, a)| ((*s).to_owned(), *a)).collect(),
            dependences: state.dependences.named(&self.sources),
            rounds,
        }
    }
}

struct Counted {
    source: usize,
    weight: f64,
    own: f64,
    after: Option<usize>,
}

/// The voices for one value: the most often right first, each counted for what it is unlikely to have from those before.
fn voices(givers: &[usize], state: &State, assumed: &Assumed) -> Vec<Counted> {
    let mut order = givers.to_vec();
    order.sort_by(|a, b| {
        let by_accuracy = state.accuracy[*b].total_cmp(&state.accuracy[*a]);
        by_accuracy.then(a.cmp(b))
    });
    let mut out: Vec<Counted> = Vec::with_capacity(order.len());
    for source in order {
        let accuracy = state.accuracy[source];
        let weight = (assumed.false_values * accuracy / (1.0 - accuracy))
            .ln()
            .max(0.0);
        let (mut own, mut after, mut most) = (1.0, None, 0.0);
        for before in &out {
            let p = state.dependences.between(source, before.source);
            own *= 1.0 - assumed.copied * p;
            if p > most {
                (most, after) = (p, Some(before.source));
            }
        }
        out.push(Counted {
            source,
            weight,
            own,
            after,
        });
    }
    out
}

/// How likely each value is, given the weights and that the truth may be a value nobody gave.
#[allow(clippy::cast_precision_loss)]
fn believed(weights: &[f64], false_values: f64) -> Vec<f64> {
    let top = weights.iter().copied().fold(0.0, f64::max);
    let unsaid = (false_values + 1.0 - weights.len() as f64).max(0.0) * (-top).exp();
    let sum: f64 = unsaid + weights.iter().map(|w| (w - top).exp()).sum::<f64>();
    weights.iter().map(|w| (w - top).exp() / sum).collect()
}

/// The likeliest, the first of several.
fn best(belief: &[f64]) -> usize {
    let mut at = 0;
    for (i, p) in belief.iter().enumerate() {
        if p.total_cmp(&belief[at]) == Ordering::Greater {
            at = i;
        }
    }
    at
}
