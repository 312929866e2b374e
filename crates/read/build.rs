//! Reads `furniture.toml` so that a mistake in it stops the build with file, line and column, and writes its rules as a table.

use std::{env, fmt::Write as _, fs, path::Path, process::ExitCode};

const FILE: &str = "furniture.toml";

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    line: Vec<Rule>,
    tail: Vec<Rule>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    name: toml::Spanned<String>,
    pattern: toml::Spanned<String>,
    must: Option<toml::Spanned<String>>,
    longest: Option<usize>,
    go: Vec<String>,
    stay: Vec<String>,
}

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed={FILE}");
    println!("cargo::rerun-if-changed=build.rs");
    match table() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn table() -> Result<(), String> {
    let text = fs::read_to_string(FILE).map_err(|error| format!("{FILE}: {error}"))?;
    let rules: Rules = toml::from_str(&text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        format!("{}: {}", place(&text, at), error.message())
    })?;
    let whole = |pattern: &str| format!("(?i)^(?:{pattern})$");
    let mut out = String::from("const RULES: &[Rule] = &[\n");
    for (tail, rule) in
        (rules.line.iter().map(|it| (false, it))).chain(rules.tail.iter().map(|it| (true, it)))
    {
        check(&text, &rule.pattern, &whole(rule.pattern.get_ref()))?;
        if let Some(must) = &rule.must {
            check(&text, must, must.get_ref())?;
        }
        if rule.go.is_empty() || rule.stay.is_empty() {
            let at = place(&text, rule.name.span().start);
            return Err(format!(
                "{at}: rule {:?} needs examples that go and that stay",
                rule.name.get_ref()
            ));
        }
        let must = rule.must.as_ref().map(|it| format!("(?i){}", it.get_ref()));
        writeln!(
            out,
            "    Rule {{ name: {:?}, tail: {tail}, longest: {}, pattern: {:?}, must: {must:?} }},",
            rule.name.get_ref(),
            rule.longest.unwrap_or(160),
            whole(rule.pattern.get_ref()),
        )
        .map_err(|error| error.to_string())?;
    }
    out.push_str("];\n");
    let all = rules
        .line
        .iter()
        .chain(&rules.tail)
        .map(|rule| whole(rule.pattern.get_ref()));
    regex::RegexSet::new(all)
        .map_err(|error| format!("crates/read/{FILE}: the patterns together: {error}"))?;
    let folder = env::var("OUT_DIR").map_err(|error| error.to_string())?;
    fs::write(Path::new(&folder).join("furniture.rs"), out).map_err(|error| error.to_string())
}

fn check(text: &str, found: &toml::Spanned<String>, pattern: &str) -> Result<(), String> {
    regex::Regex::new(pattern)
        .map(|_| ())
        .map_err(|error| format!("{}: {error}", place(text, found.span().start)))
}

/// `file:line:column` of a byte offset.
fn place(text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    format!("crates/read/{FILE}:{line}:{column}")
}
