//! A report's words without a model: enough to look names up.

use sayso_gazetteer::{Gazetteer, Match};

/// The words of a text with the byte each starts at, cut about as the tokenizer cuts them: at white space and hyphens between letters,
/// punctuation alone, "'s" alone; "U.S." and "Su-35" stay whole.
pub(crate) fn words(text: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut from = None;
    let mut before = ' ';
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let after = rest.peek().map_or(' ', |(_, c)| *c);
        let inner = c.is_alphanumeric()
            || c == '&' && before.is_alphanumeric()
            || matches!(c, '\'' | '’')
                && before.is_alphanumeric()
                && after.is_alphanumeric()
                && !possessive(text, at)
            || c == '-'
                && (before.is_numeric() || after.is_numeric())
                && before.is_alphanumeric()
                && after.is_alphanumeric()
            || c == '.' && before.is_uppercase() && (after.is_uppercase() || short(text, from, at))
            || c == '.' && before.is_numeric() && after.is_numeric();
        match (inner, from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                out.extend(text.get(start..at).map(|word| (start, word)));
                from = None;
            }
            _ => {}
        }
        if !inner && !c.is_whitespace() {
            if possessive(text, at) {
                from = Some(at);
            } else {
                out.extend(text.get(at..at + c.len_utf8()).map(|word| (at, word)));
            }
        }
        before = c;
    }
    if let Some(start) = from {
        out.extend(text.get(start..).map(|word| (start, word)));
    }
    out
}

/// Whether "'s" that ends a word stands at `at`.
fn possessive(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or("");
    let rest = rest.strip_prefix('\'').or_else(|| rest.strip_prefix('’'));
    rest.and_then(|rest| rest.strip_prefix('s'))
        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Whether the word from `from` is an abbreviation in progress, whose last point belongs to it ("U.S.").
fn short(text: &str, from: Option<usize>, at: usize) -> bool {
    from.and_then(|from| text.get(from..at))
        .is_some_and(|word| word.contains('.'))
}

/// Every known name of a text, longest first at each place, not overlapping, with the byte it starts at.
pub(crate) fn known<'g>(text: &str, gazetteer: &'g Gazetteer) -> Vec<(usize, Match<'g>)> {
    let words = words(text);
    let plain: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while let (Some((start, word)), Some(ahead)) = (words.get(at), plain.get(at..)) {
        let found = word
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == 't')
            .then(|| gazetteer.longest(ahead.get(..12).unwrap_or(ahead)))
            .flatten();
        match found {
            Some(found) => {
                at += found.words.max(1);
                out.push((*start, found));
            }
            None => at += 1,
        }
    }
    out
}

/// The known thing that the whole of `text` names, its article and possessive aside. `None`: it names none, or says more.
pub(crate) fn whole<'g>(text: &str, gazetteer: &'g Gazetteer) -> Option<Match<'g>> {
    let words = words(text);
    let mut plain: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
    if plain
        .last()
        .is_some_and(|word| matches!(*word, "'s" | "’s"))
    {
        plain.pop();
    }
    let all = plain.len();
    let found = gazetteer.longest(&plain).filter(|found| found.words == all);
    found.or_else(|| {
        let rest = plain.get(1..)?;
        let article = plain.first()?.eq_ignore_ascii_case("the");
        let found = gazetteer.longest(rest).filter(|_| article)?;
        (found.words == rest.len()).then_some(found)
    })
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_cut_as_the_tokenizer_cuts_them() {
        for (text, cut) in [
            (
                "Iran's Su-35s, the U.S. said.",
                "Iran 's Su-35s , the U.S. said .",
            ),
            ("al-Assad (ISW)", "al - Assad ( ISW )"),
            ("about 47.5 percent.", "about 47.5 percent ."),
            ("N’Djamena and L&T", "N’Djamena and L&T"),
            ("the US. Then", "the US . Then"),
            ("", ""),
        ] {
            let words: Vec<&str> = words(text).into_iter().map(|(_, word)| word).collect();
            assert_eq!(words.join(" "), cut);
        }
    }
}
