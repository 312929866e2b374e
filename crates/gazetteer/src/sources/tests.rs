use super::{CueSort, OutletKind, Sources, Who, data};

fn bundled() -> Sources {
    Sources::bundled().unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_file_of_the_folder_is_built_in() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../sources");
    let read = data::read(std::path::Path::new(folder)).unwrap_or_default();
    let name = |(path, text): &(String, String)| {
        (path.rsplit('/').next().unwrap_or("").to_owned(), text.len())
    };
    let here: Vec<_> = read.iter().map(name).collect();
    let built: Vec<_> = data::bundled().iter().map(name).collect();
    assert_eq!(here, built);
}

#[test]
fn outlets_are_known_by_name_and_address() {
    let sources = bundled();
    for (name, address, id) in [
        (Some("the new york times"), None, "New York Times"),
        (
            None,
            Some("https://www.nytimes.com/2023/08/02/x"),
            "New York Times",
        ),
        (Some("AFP"), None, "Agence France-Presse"),
        (
            None,
            Some("https://edition.afp.com:8080/x"),
            "Agence France-Presse",
        ),
        (Some("TASS"), Some("https://nowhere.example/"), "TASS"),
    ] {
        let found = sources
            .publisher(name, address)
            .map(|outlet| outlet.name.as_str());
        assert_eq!(found, Some(id), "{name:?} {address:?}");
    }
    for (name, address) in [
        (Some("The Daily Example"), None),
        (None, Some("https://notreuters.com/x")),
        (None, Some("https://reuters.com.example/x")),
        (None, Some("https://reuters.com@evil.example/x")),
        (None, Some("javascript:reuters.com")),
        (None, None),
    ] {
        assert_eq!(
            sources.publisher(name, address),
            None,
            "{name:?} {address:?}"
        );
    }
    let kinds: std::collections::BTreeSet<OutletKind> =
        sources.outlets().iter().map(|outlet| outlet.kind).collect();
    assert_eq!(kinds.len(), 9, "every kind is in use");
}

#[test]
fn one_page_has_one_spelling() {
    let sources = bundled();
    let page = |address: &str| sources.page(address);
    let one = page("https://www.daily.example/2023/story/");
    assert_eq!(one.as_deref(), Some("daily.example/2023/story"));
    for other in [
        "http://daily.example/2023/story#part",
        "https://m.daily.example/2023/story?utm_source=x&fbclid=1",
        "https://DAILY.example:443/2023/story/amp/",
    ] {
        assert_eq!(page(other), one, "{other}");
    }
    assert_eq!(
        page("https://daily.example/?b=2&id=1&utm_id=9"),
        page("https://daily.example?id=1&b=2")
    );
    assert_ne!(
        page("https://daily.example/?id=1"),
        page("https://daily.example/?id=2")
    );
    let long = format!("https://daily.example/{}", "x".repeat(1 << 20));
    for none in [
        "",
        "story.html",
        "mailto:a@daily.example",
        "https://daily.example/",
        "data:text/html,x",
        "https://",
        &long,
    ] {
        assert_eq!(page(none), None);
    }
}

#[test]
fn cues_name_whom_they_credit() {
    let sources = bundled();
    let reader = sources.reader(Some("The Daily Example"), None);
    let found = |text: &str, sort: CueSort| {
        let cues = reader.cues(text, &[sort]);
        let who = cues.iter().flat_map(|cue| cue.who.clone());
        let names = who.map(|who| match who {
            Who::Publisher => "itself".to_owned(),
            Who::Outlet(outlet) => outlet.name.clone(),
            Who::Named(name) => format!("<{name}>"),
        });
        names.collect::<Vec<_>>()
    };
    assert_eq!(
        found(
            "KYIV, Aug 2 (Reuters) – Iran is building",
            CueSort::Dateline
        ),
        ["Reuters"]
    );
    assert_eq!(
        found(
            "a plant, he told the Daily Example on Monday",
            CueSort::Citing
        ),
        ["itself"]
    );
    assert_eq!(
        found("he told AFP and Reuters", CueSort::Citing),
        ["Agence France-Presse", "Reuters"]
    );
    assert_eq!(
        found(
            "Originally published by The Lowland Courier",
            CueSort::Republished
        ),
        ["<Lowland Courier>"]
    );
    assert!(found("It is time to act, the globe said", CueSort::Citing).is_empty());
    let quoted = reader.cues(
        "\"It was published by Reuters,\" he said",
        &[CueSort::Citing],
    );
    assert!(quoted.iter().all(|cue| cue.quoted));
}

#[test]
fn mistakes_say_where() {
    let load = |text: &str| {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        std::fs::write(folder.path().join("mine.toml"), text)
            .unwrap_or_else(|error| panic!("{error}"));
        match Sources::beside(folder.path()) {
            Ok(_) => String::new(),
            Err(error) => error.to_string(),
        }
    };
    let good = "format = 1\noutlet = [{ name = \"Plain Feed\", domains = [\"plain.example\"], kind = \"aggregator\" }]\n";
    assert_eq!(load(good), "");
    for (text, words) in [
        ("format = 2\n", "format"),
        (
            "format = 1\noutlet = [{ name = \"X Y\", kind = \"blog\" }]\n",
            "mine.toml:2",
        ),
        (
            "format = 1\noutlet = [{ name = \"X Y\", kind = \"ngo\", domains = [\"www.x.example\"] }]\n",
            "without `www.`",
        ),
        (
            "format = 1\noutlet = [{ name = \"Daily\", also = [\"Reuters\"], kind = \"ngo\" }]\n",
            "Reuters's already",
        ),
        (
            "format = 1\n[[cue]]\nsort = \"citing\"\nwords = 'per {outlet}'\nyes = [\"as {Agency}\"]\n",
            "gives",
        ),
        (
            "format = 1\n[[cue]]\nsort = \"citing\"\nwords = 'per ('\nyes = [\"per\"]\n",
            "mine.toml:4",
        ),
        ("format = 1\ntracking = [\"Utm\"]\n", "lower case"),
    ] {
        let said = load(text);
        assert!(said.contains(words), "{text:?} gave {said:?}");
    }
}

#[test]
fn hostile_texts_are_read_in_time() {
    let sources = bundled();
    let reader = sources.reader(Some("\u{202e}\u{0}"), Some("https://[::1"));
    let all = [
        CueSort::Byline,
        CueSort::Dateline,
        CueSort::CreditLine,
        CueSort::Republished,
        CueSort::Citing,
        CueSort::Own,
    ];
    for piece in [
        "Reuters, ",
        "(",
        "\u{e000}",
        "citing ",
        "told AFP/",
        "a\u{301}",
    ] {
        let text = piece.repeat(2_000 / piece.len());
        let _ = reader.cues(&text, &all);
    }
}
