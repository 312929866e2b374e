//! Distorted copies of short reports: whether one is counted as support of what it distorts, and whether it is shown what became of it.
//! Faithful copies stand beside them, which must stay support. `evaluation/distortion` holds both.

mod faithful;
mod table;
mod verdict;

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use sayso_claim::{Claimant, expected};
use sayso_codebook::Example;
use sayso_corroborate::{
    copies::{Reading, Relation, relation},
    erosion::What,
};
use sayso_records::{Claim, Report};
use serde::Deserialize;

use crate::{Error, Measured, Tools};

/// The family whose copies are no distortions.
const FAITHFUL: &str = "faithful";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Set {
    /// Family -> what erosion should call it.
    family: BTreeMap<String, Vec<What>>,
    /// The same of families that leave the proposition as it is.
    #[serde(default)]
    wording: BTreeMap<String, Vec<What>>,
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    family: String,
    /// The kind of the claim that is distorted.
    kind: String,
    /// A piece of its sentence in the origin.
    claim: String,
    published: String,
    origin: String,
    copy: String,
    /// Whether its family is one of [`Set::wording`].
    #[serde(skip)]
    wording: bool,
}

/// Every set of the folder, or one file.
pub(crate) fn measure(tools: &Tools, path: &Path) -> Result<Measured, Error> {
    let mut files = vec![path.to_path_buf()];
    if path.is_dir() {
        files = std::fs::read_dir(path)?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_, std::io::Error>>()?;
        files.retain(|f| f.extension().is_some_and(|e| e == "toml"));
        files.sort();
    }
    let claimant = Claimant::new(&tools.codebook, &tools.gazetteer);
    let mut out = Measured::default();
    for file in &files {
        one(tools, &claimant, file, &mut out)?;
    }
    // Right ones last: what is wrong is looked at first.
    out.worst.sort_by_key(|case| case.contains(" right\n"));
    if path.is_dir() {
        faithful::measure(tools, &claimant, &mut out)?;
    }
    Ok(out)
}

fn one(
    tools: &Tools,
    claimant: &Claimant<'_>,
    file: &Path,
    out: &mut Measured,
) -> Result<(), Error> {
    let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let mut set: Set = toml::from_str(&text).map_err(|e| format!("{}: {e}", file.display()))?;
    for case in &mut set.case {
        case.wording = set.wording.contains_key(&case.family);
    }
    let mut rows: BTreeMap<&str, table::Row> = BTreeMap::new();
    let mut wrong = String::new();
    for case in &set.case {
        let families = set.family.get(&case.family);
        let wanted = families
            .or_else(|| set.wording.get(&case.family))
            .ok_or_else(|| format!("{}: {:?} is of no known family", file.display(), case.name))?;
        let of = read(tools, claimant, &case.origin, &case.published);
        let now = read(tools, claimant, &case.copy, &case.published);
        let known = relation(
            (&Reading::of(None, &case.origin), None),
            (&Reading::of(None, &case.copy), None),
        );
        let copied = known.as_ref().is_some_and(|r| r.sort.is_copy());
        let relation = known.unwrap_or_else(Relation::unrelated);
        let verdicts = verdict::verdicts(tools, case, &of, &now, &relation);
        let row = rows.entry(case.family.as_str()).or_default();
        row.copies += usize::from(copied);
        let problem = row.add(case, &verdicts, wanted);
        if let Some(problem) = problem {
            writeln!(wrong, "  {}, {}: {problem}", case.family, case.name)?;
        }
        let shown = problem.unwrap_or("right");
        out.worst
            .push(verdict::told(case, shown, &of, &now, &verdicts));
    }
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let wording: Vec<&str> = set.wording.keys().map(String::as_str).collect();
    table::table(out, &name, &rows, &wording)?;
    if !wrong.is_empty() {
        write!(out.tables, "wrong, or not called what it is\n{wrong}")?;
    }
    Ok(())
}

/// A text as the whole program reads it.
fn read(tools: &Tools, claimant: &Claimant<'_>, text: &str, published: &str) -> Vec<Claim> {
    let report: Report = expected::report(&Example {
        text: text.to_owned(),
        published: Some(published.to_owned()),
        claim: Vec::new(),
        note: None,
    });
    let mut claims = claimant.claims(&report, &tools.analyser);
    sayso_resolve::resolve(&report, &mut claims, &tools.gazetteer);
    claims
}
