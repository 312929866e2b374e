//! The dateline that a wire puts before a report's first sentence: "SEOUL, March 4 (Agency) - ".

const LONGEST: usize = 70;
const ENDS: &[&str] = &[" - ", " – ", " — ", " -- ", "— ", "– "];

/// Bytes of `paragraph` that are a dateline; 0 where there is none. A dateline starts with a word in capitals and holds only
/// names, numbers and what stands in brackets.
pub(crate) fn length(paragraph: &str) -> usize {
    let shouted = paragraph.chars().take_while(|c| c.is_uppercase()).count();
    if shouted < 3 {
        return 0;
    }
    let Some((at, end)) = ENDS
        .iter()
        .filter_map(|end| Some((paragraph.find(end)?, *end)))
        .min()
    else {
        return 0;
    };
    let line = &paragraph[..at];
    let mut inside = false;
    let names = line.split_whitespace().all(|word| {
        let bracketed = inside || word.starts_with('(');
        inside = bracketed && !word.ends_with([')', ',']);
        bracketed || word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    });
    if line.chars().count() > LONGEST || !names {
        return 0;
    }
    at + end.len()
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn datelines() {
        for (line, rest) in [
            ("SEOUL, March 4 - ", "A firm said"),
            ("KYIV, Ukraine (AP) — ", "Russia fired"),
            ("WASHINGTON (Example News Agency) -- ", "The army"),
            ("BEIRUT— ", "Jets"),
        ] {
            assert_eq!(length(&format!("{line}{rest}")), line.len(), "{line:?}");
        }
    }

    #[test]
    fn no_datelines() {
        for text in [
            "MBDA won the order - a first for Poland.",
            "The army - which is small - bought tanks.",
            "NATO said on Friday that it would not comment.",
            "US - no.",
            "",
        ] {
            assert_eq!(length(text), 0, "{text:?}");
        }
    }
}
