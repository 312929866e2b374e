//! Mistaken data files are refused with file, line and column; nothing loads as empty.
#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use sayso_gazetteer::Gazetteer;

/// A copy of the bundled folder in which `file` has `from` replaced by `to` (`from` empty: the whole file), and what loading it says.
fn said(file: &str, from: &str, to: &str) -> String {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../gazetteer");
    let dir = tempfile::tempdir().unwrap();
    for name in [
        "states.toml",
        "regions.toml",
        "bodies.toml",
        "systems.toml",
        "items.toml",
        "places.fst",
        "places.bin",
    ] {
        fs::copy(source.join(name), dir.path().join(name)).unwrap();
    }
    let path = dir.path().join(file);
    if from.is_empty() {
        fs::write(&path, to).unwrap();
    } else {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
    }
    let error = Gazetteer::open(dir.path()).unwrap_err().to_string();
    let (_, rest) = error
        .split_once(file)
        .unwrap_or_else(|| panic!("{error} does not name {file}"));
    format!("{file}{rest}")
}

#[test]
fn mistakes_are_shown_in_their_place() {
    for (file, from, to, message) in [
        (
            "states.toml",
            "format = 1",
            "format = 9",
            ":21:10: format 9 is not read, only 1",
        ),
        (
            "states.toml",
            "",
            "format = 1\nstate = [{ iso2 = 7 }]\n",
            ":2:19: invalid type: integer `7`, expected a string",
        ),
        (
            "states.toml",
            "iso2 = \"AD\"",
            "iso2 = \"ad\"",
            "`ad` is not two capital letters",
        ),
        (
            "states.toml",
            "name = \"Andorra\"",
            "nmae = \"Andorra\"",
            "unknown field `nmae`",
        ),
        (
            "states.toml",
            "id = \"Q228\"",
            "id = \"228\"",
            "`228` is not Q<digits>",
        ),
        (
            "items.toml",
            "within = \"drone\"",
            "within = \"dorne\"",
            "no item above is called \"dorne\"",
        ),
        (
            "items.toml",
            "items = [\"weapon\"]",
            "items = [\"drone\"]",
            "\"military equipment\" gives [\"weapon\"]",
        ),
        (
            "regions.toml",
            "country = \"UA\"",
            "country = \"XX\"",
            "`XX` is no state of states.toml",
        ),
        (
            "bodies.toml",
            "name = \"Rheinmetall\"",
            "name = \"Iran\"",
            "\"Iran\" already names Iran; one name, one thing",
        ),
        (
            "bodies.toml",
            "class = \"company\"",
            "class = \"firm\"",
            "`firm` is no class",
        ),
        (
            "bodies.toml",
            "located_in = [\"Yelabuga\"",
            "located_in = [\"Yelabuza\"",
            "[\"Yelabuza\", \"Tatarstan\", \"Russia\"] is no one site or place",
        ),
        (
            "bodies.toml",
            "text = \"the Biden administration\"",
            "text = \"the Biden folks\"",
            "\"the Biden folks\" gives None",
        ),
        (
            "bodies.toml",
            "{Head} administration",
            "{Boss} administration",
            "unknown slot `{Boss}`",
        ),
        (
            "systems.toml",
            "yes = [\"Su-35\"",
            "yes = [\"Sv-35\"",
            "example \"Sv-35\" gives None",
        ),
        (
            "systems.toml",
            "no = [\"Su\"",
            "no = [\"Su-27\"",
            "example \"Su-27\" gives Some",
        ),
        (
            "systems.toml",
            "\"7.62\", ",
            "\"7,62\", ",
            "`7,62` is no calibre in millimetres",
        ),
        (
            "systems.toml",
            "\"12.7\", ",
            "",
            "example \"12.7x108mm\" gives None",
        ),
        (
            "systems.toml",
            "never = [",
            "never = [\"F-16\",",
            "gives None",
        ),
        (
            "systems.toml",
            "number = '\\d{1,3}'",
            "number = '('",
            "unclosed group",
        ),
        ("states.toml", "", "\u{0}", ":1:2:"),
    ] {
        let said = said(file, from, to);
        assert!(said.contains(message), "{file}: {said}\n  lacks {message}");
        let mut parts = said.split(':');
        let numbers = [parts.nth(1), parts.next()].map(|part| part.unwrap_or("").parse::<u32>());
        assert!(
            numbers.iter().all(Result::is_ok),
            "{said} has no line and column"
        );
    }
}

#[test]
fn damaged_places_are_refused() {
    for (file, bytes) in [
        ("places.fst", ""),
        ("places.fst", "nonsense"),
        ("places.bin", ""),
        ("places.bin", "SAYSOPL2 but no more"),
    ] {
        assert!(
            said(file, "", bytes).contains("cargo xtask geonames"),
            "{file} of {bytes:?}"
        );
    }
}

#[test]
fn a_missing_file_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let error = Gazetteer::open(dir.path()).unwrap_err().to_string();
    assert!(error.contains("states.toml: cannot be read"), "{error}");
}
