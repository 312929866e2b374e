//! Files, folders and what is wrong with them.
#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use sayso_collect::{Found, Options, capture, plan};
use sayso_records::NoticeCode;

fn clock() -> String {
    "2023-08-02T09:00:00Z".to_owned()
}

fn planned(inputs: &[&Path]) -> (Vec<String>, Vec<(NoticeCode, String)>) {
    let inputs: Vec<String> = inputs.iter().map(|it| it.display().to_string()).collect();
    let (found, notices) = plan(&inputs);
    let name = |path: &str| {
        Path::new(path)
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    (
        found.iter().map(|it| name(&it.name())).collect(),
        notices
            .into_iter()
            .map(|it| (it.code, name(&it.address)))
            .collect(),
    )
}

#[test]
fn folders_are_walked_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("b/deep")).unwrap();
    fs::create_dir_all(root.join(".hidden")).unwrap();
    for path in [
        "c.txt",
        "b/deep/2.txt",
        "b/1.txt",
        "a.txt",
        ".hidden/x.txt",
        ".dot",
    ] {
        fs::write(root.join(path), "x").unwrap();
    }
    assert_eq!(planned(&[root]).0, ["a.txt", "1.txt", "2.txt", "c.txt"]);
}

#[test]
fn inputs_keep_their_order() {
    let (found, notices) = plan(&[
        "-",
        "https://x.example/a",
        "ftp://x.example/a",
        "missing.txt",
    ]);
    assert_eq!(
        found,
        [Found::Stdin, Found::Address("https://x.example/a".into())]
    );
    let codes: Vec<_> = notices.iter().map(|it| it.code).collect();
    assert_eq!(codes, [NoticeCode::Forbidden, NoticeCode::Unreadable]);
}

#[cfg(unix)]
#[test]
fn loops_of_links_end() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("a/b")).unwrap();
    fs::write(root.join("a/b/1.txt"), "x").unwrap();
    symlink(root, root.join("a/b/up")).unwrap();
    symlink(root.join("a/b/self"), root.join("a/b/self")).unwrap();
    symlink(root.join("nowhere"), root.join("broken")).unwrap();
    symlink(root.join("a"), root.join("z")).unwrap();
    let (found, notices) = planned(&[root]);
    // `z` is the same folder as `a` once more: nothing new in it.
    assert_eq!(found, ["1.txt"]);
    assert_eq!(
        notices,
        [
            (NoticeCode::Unreadable, "self".to_owned()),
            (NoticeCode::Loop, "up".to_owned()),
            (NoticeCode::Unreadable, "broken".to_owned()),
        ]
    );
    // A link to a folder that is given by itself is followed.
    assert_eq!(planned(&[&root.join("z")]).0, ["1.txt"]);
}

#[test]
fn a_file_too_large_is_refused_unread() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.html");
    // Sparse: the size is there, the bytes are not.
    fs::File::create(&path)
        .unwrap()
        .set_len(200_000_000)
        .unwrap();
    let told = capture(&Found::File(path.clone()), &Options::default(), &clock).unwrap_err();
    assert_eq!(told.code, NoticeCode::TooLarge);
    assert_eq!(
        told.message,
        "it has 200.0 MB, more than the 5.2 MB that are read; --max-bytes takes more"
    );
    let records = path.with_extension("jsonl");
    fs::write(&records, vec![b' '; 6_000_000]).unwrap();
    assert_eq!(
        capture(&Found::File(records), &Options::default(), &clock)
            .unwrap()
            .bytes
            .len(),
        6_000_000
    );
}

#[test]
fn a_file_becomes_a_capture() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, b"\xff\x00text").unwrap();
    let got = capture(&Found::File(path.clone()), &Options::default(), &clock).unwrap();
    assert_eq!(
        (got.bytes.as_slice(), got.address),
        (b"\xff\x00text".as_slice(), path.display().to_string())
    );
    assert_eq!(got.fetched.as_deref(), Some("2023-08-02T09:00:00Z"));
    let told = capture(
        &Found::File(folder.path().to_owned()),
        &Options::default(),
        &clock,
    )
    .unwrap_err();
    assert_eq!(told.code, NoticeCode::Unreadable);
}

#[cfg(unix)]
#[test]
fn what_never_begins_or_never_ends_is_left() {
    use std::{os::unix::net::UnixListener, process::Command, time::Duration};
    let folder = tempfile::tempdir().unwrap();
    let (pipe, socket) = (folder.path().join("pipe"), folder.path().join("socket"));
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let _listener = UnixListener::bind(&socket).unwrap();
    let options = Options {
        timeout: Duration::from_millis(100),
        max_bytes: 1000,
        ..Options::default()
    };
    let get = |path: &Path| capture(&Found::File(path.to_owned()), &options, &clock);
    for (path, code, words) in [
        (pipe.as_path(), NoticeCode::TooSlow, "--timeout"),
        (&socket, NoticeCode::Unreadable, "a socket"),
        (Path::new("/dev/zero"), NoticeCode::TooLarge, "--max-bytes"),
    ] {
        let told = get(path).unwrap_err();
        assert_eq!(told.code, code, "{}", told.message);
        assert!(told.message.contains(words), "{}", told.message);
    }
    assert_eq!(get(Path::new("/dev/null")).unwrap().bytes, b"");
    // A pipe with somebody at its other end is read; another one, for the reader left behind still waits at the first.
    let pipe = folder.path().join("other");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let write = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::write(pipe, "some words")
    });
    assert_eq!(get(&pipe).unwrap().bytes, b"some words");
    write.join().unwrap().unwrap();
}

#[cfg(unix)]
#[test]
fn names_of_any_bytes_are_found() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(OsStr::from_bytes(b"caf\xe9.txt"));
    fs::write(&path, "x").unwrap();
    let (found, notices) = plan(&[path.as_os_str(), OsStr::new("")]);
    assert_eq!(found, [Found::File(path.clone())]);
    assert_eq!(notices[0].address, "\"\"");
    assert_eq!(
        capture(&found[0], &Options::default(), &clock)
            .unwrap()
            .bytes,
        b"x"
    );
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_told_as_one() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("link")).unwrap();
    let (_, notices) = plan(&[folder.path()]);
    assert_eq!(notices[0].message, "the link leads to nothing");
}
