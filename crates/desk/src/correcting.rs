//! What a field of a claim can be corrected to.

use sayso_codebook::{Codebook, Kind};
use sayso_gazetteer::Gazetteer;
use sayso_records::{Certainty, Correction, EntityKey, Polarity, text::clean};

/// What somebody wants a field to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// This word, or nothing.
    Is(Correction),
    /// Whoever or whatever is called so: to be looked up.
    Named {
        /// The field.
        field: String,
        /// The name or id.
        name: String,
    },
}

/// Why it cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// The claim's kind is in the codebook no longer.
    #[error("the codebook has no kind {0}")]
    Kind(String),
    /// The kind has no such field.
    #[error("a claim of kind {kind} has no {field}: it has {fields}")]
    #[allow(missing_docs)]
    Field {
        kind: String,
        field: String,
        fields: String,
    },
    /// The field has no such word.
    #[error("{field} is one of {words}, not {value}")]
    #[allow(missing_docs)]
    Word {
        field: String,
        value: String,
        words: String,
    },
}

/// The fields of a kind, as people correct them.
pub fn fields(kind: &Kind) -> Vec<&str> {
    let roles = kind.roles.iter().map(|role| role.name.as_str());
    let mut all: Vec<&str> = roles.filter(|role| *role != "place").collect();
    all.push("place");
    if !kind.ladder.is_empty() {
        all.push("status");
    }
    all.extend(["certainty", "polarity"]);
    all
}

/// The words that a field is one of. `None`: it holds a name.
pub fn words<'k>(kind: &'k Kind, field: &str) -> Option<Vec<&'k str>> {
    match field {
        "status" => Some(kind.ladder.iter().map(String::as_str).collect()),
        "certainty" => Some(Certainty::ALL.map(Certainty::as_str).to_vec()),
        "polarity" => Some(Polarity::ALL.map(Polarity::as_str).to_vec()),
        _ => None,
    }
}

/// The sort of thing that `name` is, in a role that things fill: "drone" is no town.
fn thing(kind: &Kind, gazetteer: &Gazetteer, field: &str, name: &str) -> Option<EntityKey> {
    let role = kind.roles.iter().find(|role| role.name == field)?;
    if role.filler.iter().any(|it| it == "actor" || it == "place") {
        return None;
    }
    let sorts = gazetteer.sorts(None, name);
    let first = sorts.first().filter(|sort| sort.key.starts_with("item:"))?;
    EntityKey::parse(&first.key)
}

impl Asked {
    /// What `value` is for a field of a claim of this kind.
    ///
    /// # Errors
    /// [`Unfit`]: there is no such field, or no such word for it.
    pub fn of(
        (codebook, gazetteer): (&Codebook, &Gazetteer),
        kind: &str,
        field: &str,
        value: &str,
    ) -> Result<Self, Unfit> {
        let (field, value) = (field.trim().to_lowercase(), clean(value).trim().to_owned());
        let Some(kind) = codebook.kind(kind) else {
            return Err(Unfit::Kind(kind.to_owned()));
        };
        let known = fields(kind);
        if !known.contains(&field.as_str()) {
            return Err(Unfit::Field {
                kind: kind.kind.to_string(),
                field,
                fields: known.join(", "),
            });
        }
        let is = |words: String, field: String| {
            Self::Is(Correction {
                field,
                key: None,
                words,
            })
        };
        Ok(match words(kind, &field) {
            // Every claim has some certainty and polarity.
            _ if value.is_empty() && !matches!(&*field, "certainty" | "polarity") => {
                is(value, field)
            }
            None => match thing(kind, gazetteer, &field, &value) {
                Some(key) => Self::Is(Correction {
                    field,
                    key: Some(key),
                    words: value,
                }),
                None => Self::Named { field, name: value },
            },
            Some(words) if words.contains(&value.to_lowercase().as_str()) => {
                is(value.to_lowercase(), field)
            }
            Some(words) => {
                return Err(Unfit::Word {
                    field,
                    value,
                    words: words.join(", "),
                });
            }
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_field_takes_what_its_kind_knows() {
        let codebook = Codebook::bundled().unwrap();
        let gazetteer = Gazetteer::bundled().unwrap();
        let of = |field: &str, value: &str| {
            Asked::of((&codebook, &gazetteer), "production", field, value)
        };
        let is = |text: &str| Ok(Asked::Is(Correction::parse(text).unwrap()));
        assert_eq!(of("status", "Planned"), is("status planned"));
        assert_eq!(of("partner", " "), is("partner"));
        assert_eq!(of("product", "UAV"), is("product <item:drone> UAV"));
        assert_eq!(of("polarity", "denied"), is("polarity denied"));
        assert_eq!(
            of("producer", "Iran"),
            Ok(Asked::Named {
                field: "producer".to_owned(),
                name: "Iran".to_owned()
            })
        );
        assert!(matches!(of("status", "delivered"), Err(Unfit::Word { .. })));
        assert!(matches!(of("certainty", ""), Err(Unfit::Word { .. })));
        assert!(matches!(of("recipient", "Iran"), Err(Unfit::Field { .. })));
    }
}
