//! A kind's proposition as a clause: `{producer|somebody} {makes/make} {product|arms}[ in {place}]`.
//!
//! `{role}` is who or what fills a role, several joined by "and"; `{role|words}` is the words where nobody does. `{one/more}` is the one where the first role of
//! the clause has one filler, the other where it has several. `[...]` is left out where none of its roles is filled.

/// A piece of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Role { name: String, or: Option<String> },
    Number { one: String, more: String },
    Maybe(Vec<Piece>),
}

/// A clause with gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause(Vec<Piece>);

impl Clause {
    /// Reads one.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut rest = text;
        let pieces = pieces(&mut rest, false)?;
        Ok(Self(pieces))
    }

    /// The roles it names, in order.
    pub fn roles(&self) -> Vec<&str> {
        fn collect<'p>(pieces: &'p [Piece], out: &mut Vec<&'p str>) {
            for piece in pieces {
                match piece {
                    Piece::Role { name, .. } => out.push(name),
                    Piece::Maybe(inner) => collect(inner, out),
                    Piece::Text(_) | Piece::Number { .. } => {}
                }
            }
        }
        let mut out = Vec::new();
        collect(&self.0, &mut out);
        out
    }

    /// With the fillers of each role in its gaps. `None`: a role without which it says nothing has none.
    pub fn filled(&self, fillers: &dyn Fn(&str) -> Vec<String>) -> Option<String> {
        let first = self.roles().first().map_or(0, |role| fillers(role).len());
        let mut out = String::new();
        fill(&self.0, first > 1, fillers, &mut out)?;
        Some(out)
    }
}

fn fill(
    pieces: &[Piece],
    several: bool,
    fillers: &dyn Fn(&str) -> Vec<String>,
    out: &mut String,
) -> Option<()> {
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Number { one, more } => out.push_str(if several { more } else { one }),
            Piece::Role { name, or } => match (fillers(name), or) {
                (names, _) if !names.is_empty() => out.push_str(&names.join(" and ")),
                (_, Some(words)) => out.push_str(words),
                (_, None) => return None,
            },
            Piece::Maybe(inner) => {
                let mut part = String::new();
                if fill(inner, several, fillers, &mut part).is_some() {
                    out.push_str(&part);
                }
            }
        }
    }
    Some(())
}

fn pieces(rest: &mut &str, within: bool) -> Result<Vec<Piece>, String> {
    let mut out = Vec::new();
    while let Some(at) = rest.find(['{', '[', ']', '}']) {
        let (text, from) = rest.split_at(at);
        if !text.is_empty() {
            out.push(Piece::Text(text.to_owned()));
        }
        *rest = &from[1..];
        match &from[..1] {
            "{" => {
                let (gap, after) = rest
                    .split_once('}')
                    .ok_or_else(|| "a gap that begins with { does not end with }".to_owned())?;
                *rest = after;
                out.push(match (gap.split_once('/'), gap.split_once('|')) {
                    (Some((one, more)), _) => Piece::Number {
                        one: one.to_owned(),
                        more: more.to_owned(),
                    },
                    (_, Some((name, words))) => Piece::Role {
                        name: name.to_owned(),
                        or: Some(words.to_owned()),
                    },
                    _ => Piece::Role {
                        name: gap.to_owned(),
                        or: None,
                    },
                });
            }
            "[" if !within => out.push(Piece::Maybe(pieces(rest, true)?)),
            "]" if within => return Ok(out),
            other => return Err(format!("there is a {other} too many")),
        }
    }
    if within {
        return Err("a part that begins with [ does not end with ]".to_owned());
    }
    if !rest.is_empty() {
        out.push(Piece::Text(std::mem::take(rest).to_owned()));
    }
    Ok(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled() {
        let clause = Clause::parse("{who|somebody} {makes/make} {what}[ in {place}][ with {help}]");
        let clause = clause.unwrap();
        assert_eq!(clause.roles(), ["who", "what", "place", "help"]);
        let with = |all: &[(&str, &[&str])]| {
            clause.filled(&|role| {
                let found = all.iter().find(|(name, _)| *name == role);
                let names = found.map_or(&[][..], |(_, names)| names);
                names.iter().map(|name| (*name).to_owned()).collect()
            })
        };
        let drones: (&str, &[&str]) = ("what", &["drones"]);
        assert_eq!(
            with(&[("who", &["Iran"]), drones, ("place", &["Minsk"])]).unwrap(),
            "Iran makes drones in Minsk"
        );
        assert_eq!(
            with(&[("who", &["Iran", "Russia"]), drones]).unwrap(),
            "Iran and Russia make drones"
        );
        assert_eq!(with(&[drones]).unwrap(), "somebody makes drones");
        assert_eq!(with(&[("who", &["Iran"])]), None);
        for bad in ["{who", "who}", "[who", "who]", "[a [b]]"] {
            assert!(Clause::parse(bad).is_err(), "{bad}");
        }
    }
}
