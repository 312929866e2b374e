//! What the shapes alone cannot say: every name that a file uses must be defined.

use std::collections::BTreeMap;

use crate::{Class, CodebookError, Cue, Embedding, Kind, clause::Clause, file::position};

const FORMS: &[&str] = &[
    "past",
    "perfect",
    "present",
    "progressive",
    "future",
    "infinitive",
    "modal",
    "noun",
    "participle",
    "default",
];

/// Grammatical functions that a path may name, prepositions aside.
pub const FUNCTIONS: &[&str] = &[
    "self", "subject", "object", "iobject", "poss", "demonym", "compound", "beside", "governor",
    "verb", "exchange", "clause", "carried", "client", "owner", "context",
];

/// Prepositions that a path may name.
pub const PREPOSITIONS: &[&str] = &[
    "with",
    "to",
    "from",
    "for",
    "in",
    "into",
    "on",
    "of",
    "at",
    "by",
    "about",
    "over",
    "against",
    "between",
    "among",
    "through",
    "via",
    "across",
    "toward",
    "towards",
    "regarding",
    "within",
    "including",
    "using",
    "under",
    "as",
    "near",
    "onto",
    "upon",
    "around",
    "off",
    "behind",
    "above",
    "below",
    "past",
    "despite",
    "before",
    "after",
    "out",
    "aboard",
    "outside",
    "inside",
    "without",
    "worth",
];

/// What a cue of attribution may take as content, words before a noun aside.
pub const CONTENTS: &[&str] = &[
    "clause",
    "infinitive",
    "gerund",
    "object",
    "small",
    "object-as",
    "object-for",
    "told-to",
    "subject",
    "passive-subject",
    "quote",
    "unowned",
    "deed",
    "stimulus",
    "inside",
    "earned",
];

/// Checks that the classes of cues name contents that there are.
pub(crate) fn cues(cues: &[Cue], file: &str, text: &str) -> Result<(), CodebookError> {
    let named = cues.iter().flat_map(|c| &c.content);
    let known = |c: &str| CONTENTS.contains(&c) || PREPOSITIONS.contains(&c);
    let Some(unknown) = named.into_iter().find(|c| !known(c)) else {
        return Ok(());
    };
    let (line, column) = position(text, text.find(&format!("\"{unknown}\"")).unwrap_or(0));
    Err(CodebookError::Wrong {
        file: file.to_owned(),
        line,
        column,
        message: format!(
            "{unknown:?} is no content of a cue; use one of {} or a preposition",
            CONTENTS.join(", ")
        ),
    })
}

/// What may stand under a word with a signature, prepositions aside.
pub const COMPLEMENTS: &[&str] = &[
    "to", "that", "whether", "ing", "object", "subject", "noun", "compound",
];

/// Checks that every class of signatures has words and names complements that there are.
pub(crate) fn signatures(
    embedding: &Embedding,
    file: &str,
    text: &str,
) -> Result<(), CodebookError> {
    let wrong = |word: &str, message: String| {
        let (line, column) = position(text, text.find(&format!("\"{word}\"")).unwrap_or(0));
        Err(CodebookError::Wrong {
            file: file.to_owned(),
            line,
            column,
            message,
        })
    };
    for signed in &embedding.signatures {
        if signed.verbs.is_empty() && signed.nouns.is_empty() && signed.adjectives.is_empty() {
            return wrong(
                &signed.class,
                format!("the signatures {:?} have no words", signed.class),
            );
        }
        let known = |c: &str| COMPLEMENTS.contains(&c) || PREPOSITIONS.contains(&c);
        if let Some(unknown) = signed.with.iter().find(|c| !known(c)) {
            return wrong(
                unknown,
                format!(
                    "{unknown:?} is nothing that stands under a word; use one of {} or a preposition",
                    COMPLEMENTS.join(", ")
                ),
            );
        }
    }
    Ok(())
}

/// Checks one kind against the classes; `file` and `text` are for the message.
pub(crate) fn kind(
    kind: &Kind,
    classes: &BTreeMap<String, Class>,
    file: &str,
    text: &str,
) -> Result<(), CodebookError> {
    let wrong = |word: &str, message: String| {
        let (line, column) = position(
            text,
            text.find(&format!("\"{word}\""))
                .or_else(|| text.find(word))
                .unwrap_or(0),
        );
        Err(CodebookError::Wrong {
            file: file.to_owned(),
            line,
            column,
            message,
        })
    };
    let role = |name: &str| kind.roles.iter().any(|role| role.name == name);
    let class =
        |name: &str| matches!(name, "actor" | "place" | "any") || classes.contains_key(name);
    for defined in &kind.roles {
        for filler in &defined.filler {
            if !class(filler) {
                return wrong(
                    filler,
                    format!(
                        "role {:?} takes the class {filler:?}, which no file under lexicon/ defines",
                        defined.name
                    ),
                );
            }
        }
    }
    if let Some(name) = kind
        .distribute
        .iter()
        .find(|name| !role(name) && *name != "place")
    {
        return wrong(
            name,
            format!(
                "{name:?} is to be distributed but is no role of {:?}",
                kind.kind
            ),
        );
    }
    if let Some(name) =
        (kind.finding.iter().flat_map(|finding| &finding.roles)).find(|name| !role(name))
    {
        return wrong(
            name,
            format!(
                "findings are to have {name:?} in common, which is no role of {:?}",
                kind.kind
            ),
        );
    }
    for says in &kind.says {
        let clause = match Clause::parse(&says.clause) {
            Ok(clause) => clause,
            Err(what) => return wrong(&says.clause, format!("a clause cannot be read: {what}")),
        };
        let strange = clause.roles().into_iter();
        if let Some(name) = strange
            .into_iter()
            .find(|name| *name != "place" && !role(name))
        {
            return wrong(
                &says.clause,
                format!(
                    "a clause names {name:?}, which is no role of {:?}",
                    kind.kind
                ),
            );
        }
    }
    let told = kind.says.iter().flat_map(|says| &says.status);
    let statuses = kind.stages.values().chain(kind.status.values()).chain(told);
    let patterned = kind.patterns.iter().flat_map(|p| p.status.values());
    if let Some(status) = statuses.chain(patterned).find(|s| !kind.ladder.contains(s)) {
        return wrong(
            status,
            format!(
                "the status {status:?} is not on the ladder of {:?}",
                kind.kind
            ),
        );
    }
    let step_known = |step: &str| match step.split_at_checked(1) {
        Some(("~" | "^" | "=", name)) => classes.contains_key(name),
        _ => FUNCTIONS.contains(&step) || PREPOSITIONS.contains(&step),
    };
    let path_known = |path: &str| {
        let steps = match path.strip_prefix('@') {
            Some(rest) => rest
                .split_once('>')
                .filter(|(from, _)| role(from))
                .map(|(_, steps)| steps),
            None => Some(path),
        };
        steps.is_some_and(|steps| steps.split(['>', '+']).all(step_known))
    };
    if let Some(unknown) = kind.paths.keys().find(|r| !role(r)) {
        return wrong(
            unknown,
            format!(
                "paths are given for {unknown:?}, which is no role of {:?}",
                kind.kind
            ),
        );
    }
    if let Some(unknown) = kind.paths.values().flatten().find(|p| !path_known(p)) {
        return wrong(
            unknown,
            format!(
                "{unknown:?} is no path of grammatical functions; they are {}, a preposition, or ~, ^ or = and a class",
                FUNCTIONS.join(", ")
            ),
        );
    }
    for pattern in &kind.patterns {
        let name = &pattern.name;
        if pattern.verbs.is_empty() && pattern.nouns.is_empty() {
            return wrong(
                name,
                format!("the pattern {name:?} has neither verbs nor nouns, so nothing triggers it"),
            );
        }
        let used = pattern
            .roles
            .keys()
            .chain(pattern.filler.keys())
            .chain(pattern.give.keys());
        let required = pattern.require.iter().flat_map(|r| r.split('|'));
        if let Some(unknown) = used
            .map(String::as_str)
            .chain(required)
            .find(|r| !role(r) && *r != "place")
        {
            return wrong(
                unknown,
                format!(
                    "the pattern {name:?} uses {unknown:?}, which is no role of {:?}",
                    kind.kind
                ),
            );
        }
        if let Some(unknown) = pattern
            .filler
            .values()
            .chain(pattern.needs.values())
            .flatten()
            .find(|c| !class(c))
        {
            return wrong(
                unknown,
                format!(
                    "the pattern {name:?} asks for the class {unknown:?}, which no file under lexicon/ defines"
                ),
            );
        }
        if let Some(unknown) = pattern
            .roles
            .values()
            .flatten()
            .chain(pattern.needs.keys())
            .find(|path| !path_known(path))
        {
            return wrong(
                unknown,
                format!(
                    "the pattern {name:?} takes a filler from {unknown:?}, which is no path of grammatical functions; they are {}, a preposition, or ~, ^ or = and a class",
                    FUNCTIONS.join(", ")
                ),
            );
        }
        let forms = pattern.status.keys().chain(kind.status.keys());
        if let Some(form) = forms.into_iter().find(|f| !FORMS.contains(&f.as_str())) {
            return wrong(
                form,
                format!(
                    "{form:?} is no grammatical form; use one of {}",
                    FORMS.join(", ")
                ),
            );
        }
    }
    Ok(())
}
