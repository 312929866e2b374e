//! How names are cut into words, so that they meet the tokenizer's words whatever it does with hyphens.

/// One word as it is compared: typographic apostrophes are plain.
pub(crate) fn plain(word: &str) -> std::borrow::Cow<'_, str> {
    if !word.is_ascii() && word.contains(['’', 'ʼ']) {
        word.replace(['’', 'ʼ'], "'").into()
    } else {
        word.into()
    }
}

/// Whether a token is only glue between the words of a name.
pub(crate) fn is_hyphen(word: &str) -> bool {
    matches!(word, "-" | "–" | "‑")
}

/// The words of a name as the tokenizer would give them, hyphens between letters left out: "Port-au-Prince" is
/// `Port au Prince`, "Su-35" one word, "St. John's" `St. John 's`, "Storm Shadow/SCALP" `Storm Shadow / SCALP`.
pub(crate) fn split(name: &str) -> Vec<String> {
    let mut out = Vec::new();
    for chunk in plain(name).split_whitespace() {
        let mut word = String::new();
        let mut push = |word: &mut String| {
            if !word.is_empty() {
                out.push(std::mem::take(word));
            }
        };
        let (body, possessive) = chunk
            .strip_suffix("'s")
            .map_or((chunk, false), |body| (body, true));
        let letters: Vec<char> = body.chars().collect();
        for (at, &c) in letters.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| letters.get(at));
            let after = letters.get(at + 1);
            let between_letters = before.is_some_and(|c| c.is_alphabetic())
                && after.is_some_and(|c| c.is_alphabetic());
            match c {
                '-' if between_letters => push(&mut word),
                '/' if before.is_some_and(|c| c.is_alphanumeric())
                    && after.is_some_and(|c| c.is_alphabetic()) =>
                {
                    push(&mut word);
                    push(&mut String::from("/"));
                }
                ',' if after.is_none() => {
                    push(&mut word);
                    push(&mut String::from(","));
                }
                c => word.push(c),
            }
        }
        push(&mut word);
        if possessive {
            push(&mut String::from("'s"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn words_are_cut_as_the_tokenizer_cuts_them() {
        for (name, words) in [
            ("Port-au-Prince", "Port au Prince"),
            ("Su-35", "Su-35"),
            ("St. John's", "St. John 's"),
            ("Côte d’Ivoire", "Côte d'Ivoire"),
            ("Storm Shadow/SCALP", "Storm Shadow / SCALP"),
            ("U.S.", "U.S."),
            ("IRIS-T SLM", "IRIS T SLM"),
        ] {
            assert_eq!(split(name).join(" "), words, "{name}");
        }
    }
}
