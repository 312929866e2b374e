/// `text` in lower-case ASCII words with one space between and around them, so that names can be looked up without regard to
/// case, accents, hyphens or script: `Homyel'` and `Гомель` become ` homyel ` and ` gomel `. A text with no letter or digit
/// becomes one space.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(' ');
    for c in any_ascii::any_ascii(text).chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c != '\'' && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn scripts_accents_and_hyphens_fold_away() {
        for (text, folded) in [
            ("Homyel'", " homyel "),
            ("Гомель", " gomel "),
            ("Su-35 fighter  jets", " su 35 fighter jets "),
            ("São José", " sao jose "),
            ("—", " "),
            ("", " "),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }
}
