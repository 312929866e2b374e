//! How a claim is put into a sentence, and where its parts then stand.

use sayso_records::{
    Attribution, Bound, Byte, Certainty, Claim, ClaimId, Evidence, Filler, Granularity, Interval,
    PlaceRef, Polarity, Quantity, Reason, ReportId, Span, TimeRef,
};
use smol_str::SmolStr;

use crate::world::{Shape, Thing};

/// What is claimed, before it is put into words.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) shape: Shape,
    pub(crate) denied: bool,
    /// In the order of the sentence; a role that is named twice stands twice.
    pub(crate) roles: Vec<(SmolStr, Thing)>,
    pub(crate) place: Option<PlaceRef>,
    /// The words and the day.
    pub(crate) time: Option<(String, String)>,
    pub(crate) quantity: Option<(u32, String)>,
    pub(crate) source: Option<Thing>,
    pub(crate) cue: String,
}

/// A line of a report.
#[derive(Clone, Debug)]
pub(crate) enum Line {
    /// A sentence with a claim.
    Said(Box<Said>),
    /// Any other.
    Words(String),
}

/// What a sentence's slots became: role or field, and where.
type Slots = Vec<(String, Span<Byte>)>;

/// The slots of a text, `[` and `]` left out.
pub(crate) fn slots(text: &str) -> Vec<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
        .collect()
}

impl Said {
    fn value(&self, slot: &str, nth: usize) -> Option<String> {
        match slot {
            "place" => self.place.as_ref().map(|place| place.text.clone()),
            "time" => self.time.as_ref().map(|(words, _)| words.clone()),
            "quantity" => self.quantity.as_ref().map(|(n, _)| n.to_string()),
            "source" => self.source.as_ref().map(|source| source.text.clone()),
            "cue" => self.source.as_ref().map(|_| self.cue.clone()),
            role => self
                .roles
                .iter()
                .filter(|(name, _)| name == role)
                .nth(nth)
                .map(|(_, thing)| thing.text.clone()),
        }
    }

    /// Writes the sentence at the end of `text`. `other`: words that stand for others.
    fn write(&self, text: &mut String, other: &[(String, String)]) -> (Span<Byte>, Slots) {
        let start = text.len();
        let mut slots = Slots::new();
        let mut rest = self.shape.text.as_str();
        while !rest.is_empty() {
            let (clause, after) = match rest.strip_prefix('[') {
                Some(inner) => {
                    let (clause, after) = inner.split_once(']').unwrap_or((inner, ""));
                    let whole = self::slots(clause)
                        .iter()
                        .all(|slot| self.value(slot, 0).is_some());
                    (if whole { clause } else { "" }, after)
                }
                None => rest.split_at(rest.find('[').unwrap_or(rest.len())),
            };
            self.clause(clause, text, &mut slots, other);
            rest = after;
        }
        (Span::new(start, text.len()), slots)
    }

    fn clause(
        &self,
        mut clause: &str,
        text: &mut String,
        slots: &mut Slots,
        other: &[(String, String)],
    ) {
        while !clause.is_empty() {
            let words = &clause[..clause.find('{').unwrap_or(clause.len())];
            text.push_str(&reworded(words, other));
            clause = &clause[words.len()..];
            if let Some((slot, after)) = clause.strip_prefix('{').and_then(|it| it.split_once('}'))
            {
                let nth = slots.iter().filter(|(name, _)| name == slot).count();
                let at = text.len();
                text.push_str(&self.value(slot, nth).unwrap_or_default());
                slots.push((slot.to_owned(), Span::new(at, text.len())));
                clause = after;
            }
        }
    }

    /// Writes the sentence, and gives its claim.
    pub(crate) fn claim(
        &self,
        report: &ReportId,
        text: &mut String,
        other: &[(String, String)],
    ) -> Claim {
        let (sentence, slots) = self.write(text, other);
        let span = |slot: &str, nth: usize| {
            let mut found = slots.iter().filter(|(name, _)| name == slot);
            found.nth(nth).map_or(sentence, |(_, span)| *span)
        };
        let mut roles: Vec<(SmolStr, Vec<Filler>)> = Vec::new();
        for (role, thing) in &self.roles {
            let nth = roles
                .iter()
                .find(|(name, _)| name == role)
                .map_or(0, |(_, fillers)| fillers.len());
            let filler = Filler {
                text: thing.text.clone(),
                span: span(role, nth),
                name: thing.name.clone(),
                entity: thing.entity.clone(),
                kind: thing.kind,
                implied: false,
                claim: None,
            };
            match roles.iter_mut().find(|(name, _)| name == role) {
                Some((_, fillers)) => fillers.push(filler),
                None => roles.push((role.clone(), vec![filler])),
            }
        }
        let reason = |field: &str| Reason {
            field: field.into(),
            rule: format!("kinds/{}.toml#made {field}", self.shape.kind),
            words: String::new(),
        };
        let mut explanation = vec![reason("kind")];
        explanation.extend(
            self.roles
                .iter()
                .map(|(role, _)| reason(&format!("roles.{role}"))),
        );
        explanation.extend(self.shape.status.as_ref().map(|_| reason("status")));
        explanation.extend(self.source.as_ref().map(|_| reason("sources")));
        let mut claim = Claim {
            id: ClaimId(String::new()),
            report: report.clone(),
            kind: self.shape.kind.clone(),
            roles,
            place: self
                .place
                .iter()
                .map(|place| PlaceRef {
                    span: span("place", 0),
                    ..place.clone()
                })
                .collect(),
            time: self.time.as_ref().map(|(words, day)| TimeRef {
                text: words.clone(),
                span: span("time", 0),
                interval: Some(Interval {
                    start: Some(day.clone()),
                    end: Some(day.clone()),
                }),
                granularity: Granularity::Day,
            }),
            quantity: self
                .quantity
                .iter()
                .map(|(n, unit)| Quantity {
                    text: n.to_string(),
                    span: span("quantity", 0),
                    value: f64::from(*n),
                    upper: None,
                    unit: Some(unit.clone()),
                    bound: Bound::Exact,
                })
                .collect(),
            status: self.shape.status.clone(),
            polarity: match self.denied {
                true => Polarity::Denied,
                false => Polarity::Affirmed,
            },
            certainty: match self.cue.as_str() {
                "claimed" => Certainty::Claimed,
                _ => Certainty::Stated,
            },
            sources: self
                .source
                .iter()
                .map(|source| Attribution {
                    text: source.text.clone(),
                    span: span("source", 0),
                    name: source.name.clone(),
                    entity: source.entity.clone(),
                    kind: source.kind,
                    unnamed: false,
                    cue: self.cue.clone(),
                })
                .collect(),
            evidence: Evidence {
                span: sentence,
                quote: sentence.of(text).to_owned(),
            },
            explanation,
        };
        claim.id = claim.identify();
        claim
    }
}

/// `words` with each whole word replaced that another stands for.
pub(crate) fn reworded(words: &str, other: &[(String, String)]) -> String {
    let mut out = words.to_owned();
    for (from, to) in other {
        out = out.replace(&format!(" {from} "), &format!(" {to} "));
    }
    out
}
