//! One sentence with its times and quantities, and which of them belong to a claim.

use sayso_codebook::Kind;
use sayso_records::{Bound, Quantity, Span, TimeRef, Upos};
use smol_str::SmolStr;

use crate::{
    context::Context,
    draft::Draft,
    frame::{Fill, Frame},
    tree::Tree,
};

/// What the parts of one sentence need to know.
pub(crate) struct Here<'a> {
    pub(crate) frame: &'a Frame<'a>,
    /// Byte of the report where the paragraph starts.
    pub(crate) offset: usize,
    /// Byte of the paragraph where the sentence starts.
    pub(crate) base: usize,
    pub(crate) times: Vec<TimeRef>,
    pub(crate) quantities: Vec<Quantity>,
}

impl Here<'_> {
    pub(crate) fn span(&self, first: usize, last: usize) -> Span<sayso_records::Byte> {
        self.frame.phrases.tree.span(first, last).shift(self.offset)
    }

    /// The first token inside a span of the sentence's text.
    pub(crate) fn token_at(&self, span: Span<sayso_records::Byte>) -> Option<usize> {
        let tree = self.frame.phrases.tree;
        let shifted = span.shift(self.base);
        (0..tree.len()).find(|&i| tree.token(i).span.overlaps(shifted) && tree.upos(i) != Upos::Adp)
    }

    /// Whether a span of the sentence's text lies in the phrase of `token`.
    pub(crate) fn inside(&self, span: Span<sayso_records::Byte>, token: usize) -> bool {
        let tree = self.frame.phrases.tree;
        let shifted = span.shift(self.base);
        (0..tree.len()).any(|i| {
            tree.token(i).span.overlaps(shifted)
                && matches!(tree.upos(i), Upos::Num | Upos::Sym | Upos::Noun)
                && (i == token
                    || tree.head(i) == Some(token) && tree.rel(i) != "conj"
                    || tree.head(i).is_some_and(|h| {
                        tree.head(h) == Some(token)
                            && tree.rel(h) != "conj"
                            && matches!(tree.rel(i), "nummod" | "compound" | "advmod" | "amod")
                    }))
        })
    }

    /// The noun that counts, where a number stands on it and not on what is counted ("16,000 containers of munitions").
    pub(crate) fn counted(&self, span: Span<sayso_records::Byte>, token: usize) -> Option<String> {
        let tree = self.frame.phrases.tree;
        let shifted = span.shift(self.base);
        (0..tree.len())
            .filter(|&i| tree.upos(i) == Upos::Num && tree.token(i).span.overlaps(shifted))
            .filter_map(|i| tree.head(i))
            .find(|&head| {
                head != token
                    && tree.upos(head) == Upos::Noun
                    && tree.head(token) == Some(head)
                    && self
                        .frame
                        .phrases
                        .lexicon
                        .strong("container", tree.lemma(head))
            })
            .map(|head| tree.lemma(head).to_owned())
    }

    pub(crate) fn time(&self, draft: &Draft, context: &Context) -> Option<TimeRef> {
        let tree = self.frame.phrases.tree;
        let found = self.times.iter().find(|t| {
            let Some(mut at) = self.token_at(t.span) else {
                return false;
            };
            // climb out of the expression to the predicate it modifies
            for _ in 0..tree.len() {
                if at == draft.trigger
                    || (context.linked.contains(&at) && !self.frame.lookup.reporting_verb(tree, at))
                {
                    return true;
                }
                let verb =
                    tree.upos(at) == Upos::Verb && !matches!(tree.rel(at), "amod" | "compound");
                // "Deliveries are due to begin in 2027"
                let begins = tree.rel(at) == "xcomp" && self.frame.lookup.light(tree.lemma(at))
                    // "shipped containers carrying munitions since July"
                    || tree.rel(at) == "acl"
                        && self.frame.phrases.lexicon.strong("carrying", tree.lemma(at));
                if verb && !begins {
                    // light verb over a noun trigger, or what became of it ("talks were put off until October")
                    let over = self.frame.governor(draft.trigger) == Some(at);
                    let became = tree.rel(draft.trigger).starts_with("nsubj")
                        && tree.head(draft.trigger) == Some(at);
                    return over && self.frame.lookup.light(tree.lemma(at)) || became;
                }
                if tree.rel(draft.trigger).starts_with("nsubj")
                    && tree.upos(draft.trigger) == Upos::Noun
                    && tree.head(draft.trigger) == Some(at)
                {
                    return true;
                }
                match tree.head(at) {
                    Some(head) => at = head,
                    None => return false,
                }
            }
            false
        })?;
        Some(TimeRef {
            span: found.span.shift(self.base + self.offset),
            ..found.clone()
        })
    }

    /// The quantity that a token tells, of this unit.
    pub(crate) fn number(&self, token: usize, unit: Option<String>) -> Vec<Quantity> {
        let tree = self.frame.phrases.tree;
        let span = tree.token(token).span;
        let known = self
            .quantities
            .iter()
            .find(|q| q.span.shift(self.base).overlaps(span));
        let text = tree.word(token);
        let value = || text.replace(',', "").parse::<f64>().ok();
        let plain = || {
            Some(Quantity {
                text: text.to_owned(),
                span: span.shift(self.offset),
                value: value()?,
                upper: None,
                unit: None,
                bound: Bound::Exact,
            })
        };
        known
            .map(|q| Quantity {
                span: q.span.shift(self.base + self.offset),
                ..q.clone()
            })
            .or_else(plain)
            .map(|q| Quantity { unit, ..q })
            .into_iter()
            .collect()
    }

    pub(crate) fn quantities(
        &self,
        kind: &Kind,
        draft: &Draft,
        roles: &[(SmolStr, Vec<Fill>)],
    ) -> Vec<Quantity> {
        let tree = self.frame.phrases.tree;
        let mut out = Vec::new();
        for q in &self.quantities {
            let filler = roles
                .iter()
                .filter(|(role, _)| !matches!(role.as_str(), "exchange"))
                .flat_map(|(_, fills)| fills)
                .find(|f| {
                    self.inside(q.span, f.token)
                        || tree.head(f.token).is_some_and(|h| {
                            // "dozens of tanks": the number stands on the noun that counts
                            tree.case(f.token) == "of"
                                && tree.rel(f.token) != "conj"
                                && self.inside(q.span, h)
                                && h != draft.trigger
                        })
                });
            let shifted = Quantity {
                span: q.span.shift(self.base + self.offset),
                ..q.clone()
            };
            let money = q
                .unit
                .as_deref()
                .is_some_and(|u| u.len() == 3 && u.chars().all(|c| c.is_ascii_uppercase()));
            let percent = q.unit.as_deref() == Some("percent");
            match filler {
                Some(_) if money || percent => out.push(shifted),
                Some(f) => out.push(Quantity {
                    unit: Some(
                        self.counted(q.span, f.token)
                            .unwrap_or_else(|| self.frame.phrases.called(f.token)),
                    ),
                    ..shifted
                }),
                // What a contract is worth is no quantity of what passes under it.
                None if money && kind.roles.iter().any(|r| r.name == "amount")
                    || rate(&q.text) && kind.roles.iter().any(|r| r.name == "capacity") =>
                {
                    let near = self.token_at(q.span).is_some_and(|t| {
                        // "makes boats and will produce 5,000 drones a month": another verb's thing
                        let other =
                            tree.clause(t)
                                .filter(|&c| c != draft.trigger)
                                .is_some_and(|c| {
                                    tree.all(c, &["obj"]).into_iter().any(|o| {
                                        self.frame.phrases.in_class(o, "arms")
                                            && !draft.tokens().any(|f| f == o)
                                    })
                                });
                        let near = tree.under(t, draft.trigger)
                            || draft.tokens().any(|f| tree.under(t, f));
                        near && (money || !other)
                    });
                    if near {
                        out.push(shifted);
                    }
                }
                None => {}
            }
        }
        out
    }
}

/// "talks over 14 fighters": a preposition of the phrase is no bound of the number.
pub(crate) fn unbound(quantity: &mut Quantity, tree: &Tree<'_>, base: usize) {
    let start = quantity.span.start + u32::try_from(base).unwrap_or(0);
    let Some(first) = (0..tree.len()).find(|&i| tree.token(i).span.start == start) else {
        return;
    };
    if tree.rel(first) != "case" || first + 1 >= tree.len() {
        return;
    }
    let next = tree.token(first + 1).span.start;
    if next < quantity.span.end + u32::try_from(base).unwrap_or(0) {
        let cut = next - start;
        quantity.span.start += cut;
        quantity.text = quantity
            .text
            .get(cut as usize..)
            .unwrap_or_default()
            .to_owned();
        quantity.bound = Bound::Exact;
    }
}

/// "120 Bayraktar TB2s a year", "10,000 of them each month": a quantity goes on to the stretch of time that the words behind it name.
pub(crate) fn paced(quantity: &mut Quantity, text: &str) {
    if rate(&quantity.text) {
        return;
    }
    let end = quantity.span.end as usize;
    let Some(behind) = text.get(end..) else {
        return;
    };
    let mut words = behind.split_inclusive(' ').peekable();
    let mut at = end;
    for _ in 0..PACE_WORDS {
        let Some(word) = words.next() else { return };
        let bare = word.trim_end();
        let each = matches!(bare, "a" | "per" | "each" | "every");
        let unit = words
            .peek()
            .map_or("", |w| w.trim_matches(|c: char| !c.is_alphabetic()));
        let closed = if each && rate(&format!("1 a {unit}")) {
            at + word.len() + words.peek().map_or(0, |w| w.find(unit).unwrap_or(0)) + unit.len()
        } else if let Some(adverb) = ["daily", "weekly", "monthly", "annually", "yearly"]
            .iter()
            .find(|a| bare.trim_matches(|c: char| !c.is_alphabetic()) == **a)
        {
            at + adverb.len()
        } else {
            if bare.ends_with([',', ';', ':', '.']) || matches!(bare, "and" | "or" | "but" | "to") {
                return;
            }
            at += word.len();
            continue;
        };
        let Some(whole) = text.get(quantity.span.start as usize..closed) else {
            return;
        };
        quantity.text = whole.to_owned();
        quantity.span.end = u32::try_from(closed).unwrap_or(quantity.span.end);
        return;
    }
}

/// How many words may stand between a number and its stretch of time.
const PACE_WORDS: usize = 5;

/// Whether a quantity is so many in a stretch of time ("120 shells a month").
pub(crate) fn rate(words: &str) -> bool {
    let mut tail = words.rsplit(' ');
    matches!(
        tail.next(),
        Some("day" | "week" | "month" | "year" | "quarter")
    ) && matches!(tail.next(), Some("a" | "per" | "each" | "every"))
        || ["annually", "yearly", "monthly", "weekly", "daily"]
            .iter()
            .any(|adverb| words.ends_with(adverb))
}
