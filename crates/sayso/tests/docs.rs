//! Every command and every option of `--help` is told of in `docs/use.md`, and what stands there is there.
#![allow(clippy::unwrap_used)]

use std::{collections::BTreeSet, path::Path, process::Command};

fn help(args: &[&str]) -> String {
    let out = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(args)
        .env("COLUMNS", "100")
        .output()
        .unwrap();
    assert!(out.status.success(), "{args:?}: {out:?}");
    String::from_utf8(out.stdout).unwrap()
}

/// The commands that `--help` lists.
fn commands() -> Vec<String> {
    let all = help(&["--help"]);
    let list = all
        .split("Commands:\n")
        .nth(1)
        .unwrap()
        .split("\n\n")
        .next();
    let names = list
        .unwrap()
        .lines()
        .filter(|line| !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next());
    names
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

/// The `--options` in a text.
fn options(text: &str) -> BTreeSet<String> {
    let is_part = |c: char| c.is_ascii_lowercase() || c == '-';
    let begins = text.match_indices("--").map(|(at, _)| &text[at..]);
    let ends = begins.map(|rest| rest.split(|c| !is_part(c)).next().unwrap_or("").to_owned());
    ends.filter(|option| option.len() > 3 && !option.starts_with("---"))
        .collect()
}

#[test]
fn the_guide_tells_of_every_command_and_option_and_of_no_other() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/use.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let commands = commands();
    assert!(commands.len() > 15, "{commands:?}");
    let mut known = options(&help(&["--help"]));
    for command in &commands {
        assert!(
            guide.contains(&format!("`sayso {command}")),
            "docs/use.md lacks sayso {command}"
        );
        let help = help(&[command, "--help"]);
        assert!(
            help.contains("Examples:"),
            "sayso {command} --help has no examples"
        );
        let of_command = help.split("Options:").nth(1).unwrap_or("");
        let of_command = of_command.split("Examples:").next().unwrap_or("");
        for option in options(of_command) {
            assert!(
                options(&guide).contains(&option),
                "docs/use.md lacks {option} of sayso {command}"
            );
            known.insert(option);
        }
    }
    // Commands of commands.
    for command in ["add", "password", "list", "remove"] {
        for option in options(&help(&["account", command, "--help"])) {
            assert!(
                options(&guide).contains(&option),
                "docs/use.md lacks {option} of sayso account {command}"
            );
            known.insert(option);
        }
    }
    let odd: Vec<String> = options(&guide)
        .into_iter()
        .filter(|it| !known.contains(it))
        .collect();
    assert_eq!(odd, Vec::<String>::new(), "no command has these");
    for word in guide
        .split("`sayso ")
        .skip(1)
        .filter_map(|rest| rest.split([' ', '`']).next())
    {
        assert!(
            word == "COMMAND" || commands.iter().any(|it| it == word),
            "there is no sayso {word}"
        );
    }
}

#[test]
fn help_teaches_findings_and_judgements() {
    let all = help(&["--help"]);
    for command in [
        "read", "claims", "findings", "finding", "entity", "report", "merge", "reject",
    ] {
        assert!(
            all.contains(&format!("\n  sayso {command} ")),
            "no example of {command}"
        );
    }
    for line in all.lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
}
