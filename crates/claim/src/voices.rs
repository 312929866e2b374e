//! Who speaks in each sentence of a paragraph: its own attributions, and speakers that other sentences name.

use sayso_records::{Attribution, Byte, Sentence, Span};

use crate::{
    attribution::{Found, Spoken},
    frame::Beyond,
};

/// The voices of one paragraph.
pub(crate) struct Voices {
    spoken: Spoken,
    /// Who each attribution's source is, once known.
    who: Vec<Vec<Attribution>>,
    /// Attributions whose content leaves their sentence, or may go on in the next paragraph, with the bytes from their first to
    /// their last word.
    far: Vec<(usize, Span<Byte>)>,
    /// Whoever spoke at the end of the paragraph before.
    before: Vec<Attribution>,
}

impl Voices {
    /// `before` is what [`Voices::last`] gave for the paragraph before; empty where there is none.
    pub(crate) fn new(
        mut spoken: Spoken,
        sentences: &[Sentence],
        before: Vec<Attribution>,
    ) -> Self {
        // The last speaker's index is that in the order before they are sorted by sentence.
        let last = spoken
            .last
            .map(|n| (spoken.found[n].sentence, spoken.found[n].cue_token));
        spoken.found.sort_by_key(|f| (f.sentence, f.cue_token));
        spoken.last = spoken
            .found
            .iter()
            .position(|f| last == Some((f.sentence, f.cue_token)));
        let far = spoken.found.iter().enumerate().filter_map(|(k, f)| {
            let whole = f.content.iter().copied().reduce(Span::cover)?;
            let own = sentences.get(f.sentence)?.span;
            (spoken.last == Some(k) || !own.contains(whole)).then_some((k, whole))
        });
        Self {
            far: far.collect(),
            who: vec![Vec::new(); spoken.found.len()],
            spoken,
            before,
        }
    }

    /// The attributions of sentence `n`.
    pub(crate) fn of(&self, n: usize) -> &[Found] {
        let found = &self.spoken.found;
        let first = found.partition_point(|f| f.sentence < n);
        let end = found.partition_point(|f| f.sentence <= n);
        &found[first..end]
    }

    /// The quotations that reach into sentence `n` at `span` from others. `who` names the source at a token of a sentence, with a
    /// cue; it is asked as the text has been read so far.
    pub(crate) fn beyond(
        &mut self,
        n: usize,
        span: Span<Byte>,
        who: &mut dyn FnMut(usize, usize, usize) -> Vec<Attribution>,
    ) -> Vec<Beyond> {
        let mut out = Vec::new();
        if let Some(opening) = self.spoken.opening
            && opening.overlaps(span)
            && !self.before.is_empty()
        {
            out.push(Beyond {
                content: vec![opening],
                sources: self.before.clone(),
            });
        }
        for &(k, whole) in &self.far {
            let found = &self.spoken.found[k];
            let Some((source, _)) = found.source else {
                continue;
            };
            let here = found.sentence == n;
            let into = !here
                && whole.overlaps(span)
                && found
                    .content
                    .iter()
                    .any(|c| c.overlaps(span) && found.says(*c));
            if (into || here) && self.who[k].is_empty() {
                self.who[k] = who(found.sentence, source, found.cue_token);
            }
            if into && !self.who[k].is_empty() {
                out.push(Beyond {
                    content: found.content.clone(),
                    sources: self.who[k].clone(),
                });
            }
        }
        out
    }

    /// Whoever speaks at the end of the paragraph, or spoke before one that is all quotation.
    pub(crate) fn last(mut self) -> Vec<Attribution> {
        match self.spoken.last {
            Some(n) => self.who.swap_remove(n),
            None if self.spoken.opening.is_some() => self.before,
            None => Vec::new(),
        }
    }
}
