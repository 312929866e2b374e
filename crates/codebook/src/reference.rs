//! The codebook reference, written from the files themselves.

use std::fmt::Write as _;

use crate::{Codebook, Kind};

pub(crate) fn markdown(codebook: &Codebook) -> String {
    let mut out = format!("# Codebook {}\n", codebook.version());
    for kind in &codebook.kinds {
        one(&mut out, kind);
        let examples: Vec<_> = codebook
            .examples
            .iter()
            .filter(|(file, e)| {
                *file == format!("{}.toml", kind.kind)
                    && e.claim.iter().any(|c| c.kind == kind.kind)
            })
            .take(3)
            .collect();
        if !examples.is_empty() {
            out.push_str("\nExamples:\n\n");
        }
        for (_, example) in examples {
            let _ = writeln!(out, "> {}", example.text);
            for claim in &example.claim {
                let roles: Vec<String> = claim
                    .roles
                    .iter()
                    .map(|(role, fillers)| format!("{role}: {}", fillers.join(", ")))
                    .collect();
                let _ = writeln!(out, ">\n> -> **{}** {}", claim.kind, roles.join("; "));
            }
            out.push('\n');
        }
    }
    out
}

fn one(out: &mut String, kind: &Kind) {
    let _ = writeln!(
        out,
        "\n## {}\n\n{}\n\nNot this: {}\n",
        kind.kind, kind.meaning, kind.boundary
    );
    if let Some(finding) = &kind.finding {
        let days = finding
            .days
            .map_or_else(String::new, |days| format!(", within {days} days"));
        let _ = writeln!(
            out,
            "One finding: the same {} and place{days}.\n",
            finding.roles.join(", ")
        );
    }
    if !kind.ladder.is_empty() {
        let _ = writeln!(out, "Status, in order: {}.\n", kind.ladder.join(", "));
    }
    for says in &kind.says {
        let at = match says.status.is_empty() {
            true => "else".to_owned(),
            false => says.status.join(", "),
        };
        let _ = writeln!(out, "- {at}: `{}`", says.clause);
    }
    if !kind.says.is_empty() {
        out.push('\n');
    }
    out.push_str("| role | takes |\n|---|---|\n");
    for role in &kind.roles {
        let _ = writeln!(out, "| {} | {} |", role.name, role.filler.join(", "));
    }
    out.push_str("\n| pattern | verbs | nouns | needs |\n|---|---|---|---|\n");
    for p in &kind.patterns {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} |",
            p.name,
            p.verbs.join(", "),
            p.nouns.join(", "),
            p.require.join(", ")
        );
    }
}
