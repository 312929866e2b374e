//! Claims on the project's own annotated sentences and reports: precision, recall and F1 by kind and by role, right fields by
//! field, and how many fillers marked as inferred are right.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use sayso_claim::{Claimant, expected};
use sayso_codebook::{Codebook, Example};
use sayso_gazetteer::Gazetteer;
use sayso_language::Analyser;

use crate::{
    Error, Measured, Tools,
    tables::{Counts, precision_recall, scores, share},
};

/// Scores every file of the folder, or one file.
pub(crate) fn measure(tools: &Tools, path: &Path) -> Result<Measured, Error> {
    let mut files = Vec::new();
    walk(path, &mut files)?;
    files.sort();
    let claimant = Claimant::new(&tools.codebook, &tools.gazetteer);
    let mut kinds: BTreeMap<String, Counts> = BTreeMap::new();
    let mut roles: BTreeMap<String, Counts> = BTreeMap::new();
    let mut fields: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    let mut by_file = String::new();
    let mut implied = [0; 2];
    let mut causes: BTreeMap<String, usize> = BTreeMap::new();
    let (mut exact, mut silent, mut examples) = (0, [0; 2], 0);
    let mut out = Measured::default();
    for file in &files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let mut of_file = [0; 3];
        for example in Codebook::examples_of(file)? {
            let example = &known_by(example, &tools.gazetteer);
            let claims = claimant.claims(&expected::report(example), &tools.analyser);
            let compared = expected::compare(example, &claims);
            examples += 1;
            exact += usize::from(compared.exact());
            if example.claim.is_empty() {
                silent[0] += usize::from(claims.is_empty());
                silent[1] += 1;
            }
            let found = compared.found.iter().map(|kind| (kind, 0));
            let extra = compared.extra.iter().map(|(kind, _)| (kind, 1));
            let missed = compared.missed.iter().map(|(kind, _)| (kind, 2));
            for (kind, which) in found.chain(extra).chain(missed) {
                kinds.entry(kind.clone()).or_default()[which] += 1;
                of_file[which] += 1;
            }
            for (role, counts) in &compared.roles {
                let sum = roles.entry(role.clone()).or_default();
                for (sum, count) in sum.iter_mut().zip(counts) {
                    *sum += count;
                }
            }
            for (field, right) in &compared.fields {
                let count = fields.entry(field).or_default();
                count[0] += usize::from(*right);
                count[1] += 1;
            }
            for why in &compared.why_missed {
                *causes.entry(why.clone()).or_default() += 1;
            }
            implied[0] += compared.implied[0];
            implied[1] += compared.implied[1];
            if !compared.exact() {
                out.worst
                    .push(case(&name, example, &compared, &claims, tools, &claimant));
            }
        }
        let [precision, recall, f1] = scores(of_file);
        by_file.push_str(&format!(
            "  {name:<44}{precision:>8.3}{recall:>8.3}{f1:>8.3}\n"
        ));
    }
    let all = sum(kinds.values());
    let [precision, recall, f1] = scores(all);
    let right: usize = fields.values().map(|[right, _]| right).sum();
    let of: usize = fields.values().map(|[_, of]| of).sum();
    out.figure("claims precision", precision);
    out.figure("claims recall", recall);
    out.figure("claims F1", f1);
    out.figure("fields", share(right, of));
    out.figure("inferred fillers", share(implied[0], implied[1]));
    out.figure(
        "nothing read where there is none",
        share(silent[0], silent[1]),
    );
    let t = &mut out.tables;
    t.push_str(&format!(
        "{examples} texts, {exact} read exactly; {} of {} inferred fillers right\n",
        implied[0], implied[1]
    ));
    t.push_str(&format!(
        "{:<46}{:>8}{:>8}{:>8}\n{by_file}",
        "file", "P", "R", "F1"
    ));
    t.push_str(&precision_recall("kind", &kinds));
    t.push_str(&precision_recall("role", &roles));
    let mut causes: Vec<(String, usize)> = causes.into_iter().collect();
    causes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    t.push_str("why missed\n");
    for (why, count) in causes.iter().take(16) {
        t.push_str(&format!("  {count:>4}  {why}\n"));
    }
    t.push_str("field                 right     of  share\n");
    for (field, [right, of]) in &fields {
        let share = share(*right, *of);
        t.push_str(&format!("  {field:<18}{right:>7}{of:>7}{share:>7.3}\n"));
    }
    Ok(out)
}

/// The example with the house name of each body beside the one that the annotation gives it ("JNIM"): a filler that a pronoun
/// stands for has no other name to be compared by.
fn known_by(mut example: Example, gazetteer: &Gazetteer) -> Example {
    for text in example
        .claim
        .iter_mut()
        .flat_map(|c| c.roles.values_mut())
        .flatten()
    {
        let names: Vec<String> = expected::Key::new(text)
            .names
            .iter()
            .filter_map(|name| {
                let words: Vec<&str> = name.split_whitespace().collect();
                let known = gazetteer.longest(&words)?;
                let other = known.words == words.len() && known.entity.name != *name;
                other.then(|| known.entity.name.to_string())
            })
            .collect();
        for name in names {
            text.insert_str(0, &format!("{name} | "));
        }
    }
    example
}

fn sum<'a>(rows: impl Iterator<Item = &'a Counts>) -> Counts {
    rows.fold([0; 3], |[a, b, c], [x, y, z]| [a + x, b + y, c + z])
}

/// A text that was not read exactly: what is missing, extra and wrong, and its tree.
fn case(
    file: &str,
    example: &Example,
    compared: &expected::Comparison,
    claims: &[sayso_records::Claim],
    tools: &Tools,
    claimant: &Claimant<'_>,
) -> String {
    let mut out = format!("{file}: {}\n", example.text);
    for (_, line) in &compared.missed {
        out.push_str(&format!("    missing       {line}\n"));
    }
    for (_, line) in &compared.extra {
        out.push_str(&format!("    not expected  {line}\n"));
    }
    for line in &compared.wrong {
        out.push_str(&format!("    field         {line}\n"));
    }
    for line in &compared.wrong_implied {
        out.push_str(&format!("    implied       {line}\n"));
    }
    for claim in claims {
        out.push_str(&format!("    read          {}\n", expected::line(claim)));
        for reason in claim.explanation.iter().filter(|_| tools.trees) {
            let (field, rule) = (&reason.field, &reason.rule);
            out.push_str(&format!(
                "    by            {field}: {rule} {}\n",
                reason.words
            ));
        }
    }
    if tools.trees {
        for line in claimant.tried(&expected::report(example), &tools.analyser) {
            out.push_str(&format!("    tried         {line}\n"));
        }
        for sentence in tools.analyser.analyse(&[&example.text]).iter().flatten() {
            out.push_str(&claimant.draw(&example.text, sentence));
        }
    }
    out
}

fn walk(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    if path.is_file() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    for entry in std::fs::read_dir(path).map_err(|e| format!("{}: {e}", path.display()))? {
        let path = entry?.path();
        if path.is_dir() || path.extension().is_some_and(|e| e == "toml") {
            walk(&path, files)?;
        }
    }
    Ok(())
}
