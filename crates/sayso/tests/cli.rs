//! The program from outside: what it prints, and what it ends with, on good and bad input.
#![allow(clippy::unwrap_used)]

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
        command
            .current_dir(self.folder.path())
            .env("SAYSO_LEDGER", self.path("a.ledger"))
            .env_remove("NO_COLOR")
            .env("COLUMNS", "100")
            .args(args);
        command
    }

    fn run(&self, args: &[&str]) -> Ran {
        Ran::from(self.command(args).output().unwrap())
    }
}

#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ran {
    /// Ended with `code`, and said each of `said` on standard error, one line each.
    #[track_caller]
    fn ends(&self, code: i32, said: &[&str]) -> &Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        for words in said {
            let lines = self.err.lines().filter(|line| line.contains(words)).count();
            assert_eq!(lines, 1, "{words}: {self:#?}");
        }
        self
    }
}

const REPORT: &str = "title: Drones for Serbia\npublisher: The Daily Example\npublished: 2023-08-02\n\nIran delivered drones to \
    Serbia in May 2022. The president said nothing of it on Tuesday, and the ministry of defence could not be reached for \
    comment by this newspaper.\n";

#[test]
fn good_input_beside_every_bad_one() {
    let place = Place::new();
    place.file("in/good.txt", REPORT);
    place.file("in/empty.txt", "");
    place.file(
        "in/binary.txt",
        [0u8, 159, 146, 150, 0, 1, 2, 255, 254, 0, 7, 0].repeat(50),
    );
    place.file("in/cut.html", "<html><body><p>Iran deliv");
    let big = fs::File::create(place.path("in/big.html")).unwrap();
    big.set_len(200 << 20).unwrap();
    let ran = place.run(&["read", "in", "missing.txt"]);
    ran.ends(
        5,
        &[
            "in/empty.txt: ",
            "in/binary.txt: ",
            "in/big.html: ",
            "missing.txt: ",
        ],
    );
    assert!(
        ran.out.starts_with("1 report, ") || ran.out.starts_with("2 reports, "),
        "{ran:?}"
    );
    assert!(
        ran.err.lines().all(|line| line.starts_with("sayso: ")),
        "{ran:?}"
    );
    let notices = place.run(&["notices"]);
    notices.ends(0, &[]);
    for (name, code) in [
        ("empty.txt", "empty"),
        ("binary.txt", "not-text"),
        ("big.html", "too-large"),
        ("missing.txt", "unreadable"),
    ] {
        let line = notices.out.lines().find(|line| line.contains(name));
        assert!(
            line.is_some_and(|line| line.starts_with(code)),
            "{name}: {notices:?}"
        );
    }
}

#[test]
fn a_report_is_read_once() {
    let place = Place::new();
    place.file("a.txt", REPORT);
    place.run(&["read", "a.txt"]).ends(0, &[]);
    let again = place.run(&["read", "a.txt"]);
    assert!(
        again.ends(0, &[]).out.contains("0 reports, 0 claims"),
        "{again:?}"
    );
    assert!(again.out.contains("1 input read before"), "{again:?}");
    // The same bytes under another name are the same capture.
    place.file("b/copy.txt", REPORT);
    let copy = place.run(&["read", "b"]);
    assert!(
        copy.ends(0, &[]).out.contains("1 input read before"),
        "{copy:?}"
    );
}

#[test]
fn what_is_wrong_is_said_again_and_under_each_name() {
    let place = Place::new();
    place.file("in/a.txt", "");
    place.file("in/b.txt", "");
    place.file("in/good.txt", REPORT);
    for sums in [
        "1 report, 1 claim, 2 notices",
        "0 reports, 0 claims, 0 notices",
    ] {
        let ran = place.run(&["read", "in"]);
        ran.ends(5, &["in/a.txt: ", "in/b.txt: "]);
        assert!(ran.out.starts_with(sums), "{ran:?}");
        assert!(ran.out.ends_with("2 inputs set aside\n"), "{ran:?}");
    }
    assert_eq!(place.run(&["notices"]).out.lines().count(), 4);
}

#[test]
fn a_notice_ends_when_the_input_is_back() {
    let place = Place::new();
    let path = place.file("a.txt", REPORT);
    place.run(&["read", "a.txt"]).ends(0, &[]);
    // Times are kept to the second.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    fs::rename(&path, place.path("b.txt")).unwrap();
    place
        .run(&["read", "a.txt"])
        .ends(5, &["a.txt: there is no such file"]);
    assert!(place.run(&["notices"]).ends(0, &[]).out.contains("a.txt"));
    fs::rename(place.path("b.txt"), &path).unwrap();
    place.run(&["read", "a.txt"]).ends(0, &[]);
    place.run(&["notices"]).ends(1, &["no notices"]);
}

#[test]
fn records_set_aside_are_counted() {
    let place = Place::new();
    let good =
        "{\"text\": \"Iran delivered drones to Serbia.\", \"url\": \"https://x.example/a\"}\n";
    place.file("a.jsonl", format!("{good}{{\"text\": \n{good}not JSON\n"));
    let ran = place.run(&["read", "a.jsonl"]);
    ran.ends(5, &["a.jsonl:2: ", "a.jsonl:4: "]);
    assert!(ran.out.starts_with("2 reports, "), "{ran:?}");
    assert!(ran.out.ends_with("; 2 records set aside\n"), "{ran:?}");
}

#[test]
fn a_text_in_another_language_is_named_by_its_path() {
    let place = Place::new();
    let text = "Иран поставил беспилотники России в мае 2022 года. Президент ничего не сказал об этом во вторник.";
    place.file("a.txt", format!("url: https://x.example/a\n\n{text}\n"));
    place
        .run(&["read", "a.txt"])
        .ends(0, &["a.txt: the text is in another language (ru)"]);
}

#[test]
fn a_ledger_in_the_folder_is_no_report() {
    let place = Place::new();
    place.file("good.txt", REPORT);
    for sums in ["1 report, 1 claim", "0 reports, 0 claims"] {
        let ran = place.run(&["read", "."]);
        assert!(ran.ends(0, &[]).out.starts_with(sums), "{ran:?}");
        assert_eq!(ran.err, "");
    }
    // One that is named is meant, and so is another's.
    fs::copy(place.path("a.ledger"), place.path("b.ledger")).unwrap();
    place
        .run(&["read", "a.ledger", "."])
        .ends(5, &["a.ledger: it is", "b.ledger: it is"]);
}

#[cfg(unix)]
#[test]
fn pipes_and_odd_names_stop_nothing() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let place = Place::new();
    let odd = OsStr::from_bytes(b"caf\xe9\n\x1b[31m.txt");
    place.file("good.txt", REPORT.replace("Serbia", "Cuba"));
    fs::write(place.folder.path().join(odd), REPORT).unwrap();
    let made = Command::new("mkfifo").arg(place.path("pipe")).status();
    assert!(made.unwrap().success());
    let mut read = place.command(&["read", "--timeout", "100ms", "pipe", "good.txt"]);
    let ran = Ran::from(read.arg(odd).arg("").output().unwrap());
    ran.ends(
        5,
        &["pipe: nothing has come", "\"\": there is no such file"],
    );
    assert!(
        ran.out.starts_with("2 reports, 2 claims, 2 notices"),
        "{ran:?}"
    );
    let pipe = place.path("pipe");
    let pipe = pipe.to_str().unwrap();
    for args in [&["claims"][..], &["read", "good.txt"]] {
        place
            .run(&[&["--ledger", pipe], args].concat())
            .ends(34, &["is not a sayso ledger"]);
    }
}

#[test]
fn the_order_does_not_hang_on_the_threads() {
    let place = Place::new();
    for n in 0..40 {
        place.file(
            &format!("in/{n:02}.txt"),
            REPORT.replace("Serbia", ["Serbia", "Cuba"][n % 2]) + &n.to_string(),
        );
    }
    let mut seen = Vec::new();
    for threads in ["1", "4"] {
        let ledger = place.path(threads);
        let ledger = ledger.to_str().unwrap();
        place
            .run(&["--ledger", ledger, "read", "in", "--threads", threads])
            .ends(0, &[]);
        let claims = place.run(&["--ledger", ledger, "claims", "--format", "jsonl"]);
        seen.push(claims.out);
    }
    assert!(seen[0].lines().count() >= 40, "{}", seen[0]);
    assert_eq!(seen[0], seen[1]);
}

#[test]
fn nothing_found_is_said_and_told() {
    let place = Place::new();
    place.run(&["claims"]).ends(3, &["there is no ledger at"]);
    place.file("a.txt", REPORT);
    place.run(&["read", "a.txt"]).ends(0, &[]);
    let none = place.run(&["claims", "--about", "Atlantis"]);
    assert_eq!(none.ends(1, &["no claim matches"]).out, "");
    place
        .run(&["claims", "--kind", "transfer,Banana"])
        .ends(0, &[]);
    place
        .run(&["claims", "--kind", "banana"])
        .ends(1, &["none of the kind \"banana\", only transfer"]);
    place
        .run(&["claims", "--since", "2024", "--until", "2023-05"])
        .ends(2, &["--since 2024-01-01 is later than --until 2023-05-31"]);
    place
        .run(&["report", "00000000"])
        .ends(1, &["no report whose id begins with 00000000"]);
    place
        .run(&["explain", "00000000"])
        .ends(1, &["no claim whose id begins with 00000000"]);
}

#[test]
fn a_place_is_found_by_its_other_names() {
    let place = Place::new();
    place.file(
        "a.txt",
        "Iran is building a drone factory in Homiel, Belarus.\n",
    );
    place.run(&["read", "a.txt"]).ends(0, &[]);
    for name in ["Homiel", "gomel", "Гомель", "Belarus"] {
        let found = place.run(&["claims", "--place", name]);
        assert!(
            found.ends(0, &[]).out.contains("1 claim in"),
            "{name}: {found:?}"
        );
    }
    for name in ["Minsk", "Nowhere at all", "''"] {
        place
            .run(&["claims", "--place", name])
            .ends(1, &["no claim matches"]);
    }
}

#[test]
fn usage_is_checked() {
    let place = Place::new();
    for args in [
        &["read"][..],
        &["claims", "--since", "yesterday"],
        &["claims", "--format", "xml"],
        &["read", "x", "--max-bytes", "lots"],
        &["read", "x", "--threads", "0"],
        &["sing"],
    ] {
        assert_eq!(place.run(args).code, Some(2), "{args:?}");
    }
    for args in [["report", ""], ["explain", ""]] {
        place.run(&args).ends(2, &["a value is required"]);
    }
    for command in [
        "read", "claims", "report", "explain", "notices", "models", "codebook",
    ] {
        let help = place.run(&[command, "--help"]);
        let example = format!("\n  sayso {command}");
        assert!(help.ends(0, &[]).out.contains(&example), "{help:?}");
    }
    let help = place.run(&["--help"]);
    help.ends(0, &[]);
    for words in [
        "Examples:",
        "Exit codes:",
        "sayso claims --about Iran",
        "SAYSO_LEDGER",
    ] {
        assert!(help.out.contains(words), "{words}");
    }
    assert!(
        help.out.lines().all(|line| line.chars().count() <= 100),
        "{}",
        help.out
    );
}

#[test]
fn ledgers_in_trouble_have_codes_of_their_own() {
    let place = Place::new();
    place.file("a.txt", REPORT);
    let with = |name: &str, args: &[&str]| {
        let ledger = place.path(name);
        place.run(&[&["--ledger", ledger.to_str().unwrap()], args].concat())
    };
    with("good", &["read", "a.txt"]).ends(0, &[]);

    place.file(
        "text",
        "This is a note about drones, and not a ledger. ".repeat(9),
    );
    with("text", &["read", "a.txt"]).ends(34, &["is not a sayso ledger"]);
    with("text", &["claims"]).ends(34, &["is not a sayso ledger"]);

    let mut bytes = fs::read(place.path("good")).unwrap();
    bytes[4096..].fill(0x5a);
    place.file("damaged", &bytes);
    with("damaged", &["claims"]).ends(33, &["is damaged"]);
    with("damaged", &["read", "a.txt"]).ends(33, &["is damaged"]);

    fs::copy(place.path("good"), place.path("newer")).unwrap();
    let newer = rusqlite::Connection::open(place.path("newer")).unwrap();
    newer.pragma_update(None, "user_version", 1000).unwrap();
    drop(newer);
    with("newer", &["claims"]).ends(36, &["written by a newer sayso"]);

    let locker = rusqlite::Connection::open(place.path("good")).unwrap();
    locker.execute_batch("BEGIN IMMEDIATE").unwrap();
    place.file("b.txt", REPORT.replace("Serbia", "Cuba"));
    with("good", &["read", "b.txt"]).ends(31, &["is locked by another program"]);
    with("good", &["notices"]).ends(1, &["no notices"]);
    drop(locker);
    with("good", &["read", "b.txt"]).ends(0, &[]);

    with("a.txt/ledger", &["read", "a.txt"]).ends(3, &["cannot open the ledger"]);
}

/// Runs the program as somebody without rights where the tests run as root, to whom every file is writable.
#[cfg(unix)]
fn without_rights(mut command: Command) -> Ran {
    use std::os::unix::{fs::MetadataExt, process::CommandExt};
    let root = fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0);
    if root {
        command.uid(65534).gid(65534);
    }
    Ran::from(command.output().unwrap())
}

#[cfg(unix)]
#[test]
fn rights_are_respected() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let allow =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    // The program itself must be within reach of whoever runs it.
    let program = place.path("sayso");
    fs::copy(env!("CARGO_BIN_EXE_sayso"), &program).unwrap();
    allow(&program, 0o755);
    allow(place.folder.path(), 0o755);
    place.file("in/a.txt", REPORT);
    place.file("in/b.txt", REPORT);
    let run = |ledger: &str, args: &[&str]| {
        let mut command = Command::new(&program);
        command
            .current_dir(place.folder.path())
            .arg("--ledger")
            .arg(place.path(ledger))
            .args(args);
        without_rights(command)
    };

    // A ledger that may be read and not written: looking goes on.
    place
        .run(&["--ledger", "kept/x.ledger", "read", "in/a.txt"])
        .ends(0, &[]);
    allow(&place.path("kept"), 0o555);
    allow(&place.path("kept/x.ledger"), 0o444);
    place.file("in/c.txt", REPORT.replace("Serbia", "Cuba"));
    run("kept/x.ledger", &["read", "in/c.txt"]).ends(32, &["cannot be written"]);
    assert_eq!(run("kept/x.ledger", &["report", "0"]).code, Some(1));
    assert_eq!(run("kept/none.ledger", &["read", "in/c.txt"]).code, Some(3));
    allow(&place.path("kept"), 0o755);

    // A file that may not be read: the others are.
    fs::create_dir(place.path("open")).unwrap();
    allow(&place.path("open"), 0o777);
    allow(&place.path("in/b.txt"), 0o000);
    let ran = run("open/y.ledger", &["read", "in"]);
    ran.ends(5, &["in/b.txt: "]);
    assert!(ran.out.starts_with("2 reports, "), "{ran:?}");
}

#[test]
fn a_mistake_in_the_codebook_names_its_place() {
    let place = Place::new();
    place.file("a.txt", REPORT);
    place.file(
        "book/kinds/transfer.toml",
        "kind = \"transfer\"\nmeaning = [unfinished\n",
    );
    let ran = place.run(&["read", "a.txt", "--codebook", "book"]);
    ran.ends(4, &["book/kinds/transfer.toml:2:"]);
    assert!(!place.path("a.ledger").exists(), "nothing was begun");
    for what in ["--model", "--codebook", "--gazetteer"] {
        place
            .run(&["read", "a.txt", what, "nowhere"])
            .ends(4, &["there is no folder nowhere"]);
    }
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let place = Place::new();
    let mut child = place
        .command(&["codebook"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Take a little, then go.
    let mut some = [0; 10];
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut some).unwrap();
    drop(out);
    Ran::from(child.wait_with_output().unwrap()).ends(0, &[]);
}

#[test]
fn a_closed_pipe_is_no_failure_in_any_form() {
    let place = Place::new();
    place.file("a.txt", REPORT);
    place.run(&["read", "a.txt"]).ends(0, &[]);
    for form in ["table", "jsonl", "csv"] {
        let mut child = place
            .command(&["claims", "--format", form])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let ran = Ran::from(child.wait_with_output().unwrap());
        assert_eq!(ran.ends(0, &[]).err, "", "{form}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_told() {
    let place = Place::new();
    place.file("a.txt", REPORT);
    place.run(&["read", "a.txt"]).ends(0, &[]);
    for args in [
        &["claims"][..],
        &["claims", "--format", "csv"],
        &["codebook"],
    ] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let ran = Ran::from(place.command(args).stdout(full).output().unwrap());
        ran.ends(74, &["cannot write the output: No space left on device"]);
        assert!(!ran.err.contains("os error"), "{ran:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_empty_variable_is_as_good_as_none() {
    let place = Place::new();
    place.file("a.txt", REPORT);
    let mut read = place.command(&["read", "a.txt"]);
    read.env("SAYSO_LEDGER", "")
        .env("XDG_DATA_HOME", place.path("data"));
    Ran::from(read.output().unwrap()).ends(0, &[]);
    assert!(place.path("data/sayso/sayso.ledger").exists());
}

#[test]
fn colours_only_where_asked_for() {
    let place = Place::new();
    place.file("a.txt", REPORT);
    place.run(&["read", "a.txt"]).ends(0, &[]);
    let plain = place.run(&["claims"]);
    assert!(!plain.ends(0, &[]).out.contains('\x1b'), "{plain:?}");
    let coloured = place.run(&["claims", "--color", "always"]);
    assert!(coloured.out.contains("\x1b["), "{coloured:?}");
}

#[test]
fn hostile_text_does_not_reach_the_terminal() {
    let place = Place::new();
    place.file(
        "a.txt",
        REPORT
            .replace("Drones", "\x1b[2J\x1b]0;owned\x07Drones\u{202e}")
            .replace("drones to", "\x1b[31mdrones\u{9b}0m to"),
    );
    place.run(&["read", "a.txt"]);
    let id = place.run(&["claims", "--format", "jsonl"]).out;
    let id = id.split('"').nth(3).unwrap_or("0").to_owned();
    let report = place.run(&["claims", "--format", "jsonl"]).out;
    let report = report
        .split("\"report\":{\"id\":\"")
        .nth(1)
        .unwrap_or("0")
        .get(..16)
        .unwrap_or("0")
        .to_owned();
    for args in [
        &["claims"][..],
        &["claims", "--format", "jsonl"],
        &["claims", "--format", "csv"],
        &["report", &report],
        &["explain", &id],
        &["notices"],
    ] {
        let ran = place.run(args);
        let obeyed = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(
            !ran.out.contains(obeyed) && !ran.err.contains(obeyed),
            "{args:?}: {ran:?}"
        );
    }
}
