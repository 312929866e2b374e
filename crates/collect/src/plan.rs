//! What the inputs are, before any of them is read.

use std::{
    collections::HashSet,
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

use sayso_records::{Notice, NoticeCode};

use crate::{Found, warc};

/// What there is to capture behind `inputs`, in their order: a folder gives every file below it, sorted by name, hidden ones
/// (names that start with a dot) left out. What cannot be looked into is told in the notices, and the rest is found.
pub fn plan(inputs: &[impl AsRef<OsStr>]) -> (Vec<Found>, Vec<Notice>) {
    let mut plan = Plan::default();
    for input in inputs {
        plan.input(input.as_ref());
    }
    (plan.found, plan.notices)
}

#[derive(Default)]
struct Plan {
    found: Vec<Found>,
    notices: Vec<Notice>,
}

impl Plan {
    fn input(&mut self, input: &OsStr) {
        if input == "-" {
            return self.found.push(Found::Stdin);
        }
        // A name that is no UTF-8 may be a file's, and is no address.
        let text = input.to_str().unwrap_or_default();
        if let Some((scheme, rest)) = text.split_once("://") {
            let scheme = scheme.to_ascii_lowercase();
            let is_scheme = !scheme.is_empty()
                && scheme
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
            match scheme.as_str() {
                "http" | "https" => return self.found.push(Found::Address(text.to_owned())),
                "file" if rest.starts_with('/') => return self.path(Path::new(rest)),
                _ if is_scheme && !Path::new(input).exists() => {
                    let message = format!(
                        "addresses of the form {scheme}:// are not read; give http:// or https://, or a file"
                    );
                    return self
                        .notices
                        .push(Notice::new(NoticeCode::Forbidden, text, message));
                }
                _ => {}
            }
        }
        self.path(Path::new(input));
    }

    fn path(&mut self, path: &Path) {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.folder(path),
            // A pipe or a device that is named is meant: `sayso read <(command)`.
            Ok(_) => self.file(path.to_owned()),
            Err(error) => self.unreadable(path, &error),
        }
    }

    /// A file is one input, and each page of a WARC file is one.
    fn file(&mut self, path: PathBuf) {
        if !warc::is_warc(&path) || !path.is_file() {
            return self.found.push(Found::File(path));
        }
        let (pages, told) = warc::pages(&path);
        self.found.extend(pages.into_iter().map(Found::Record));
        self.notices.extend(told);
    }

    fn unreadable(&mut self, path: &Path, error: &io::Error) {
        let linked = fs::symlink_metadata(path).is_ok_and(|it| it.is_symlink());
        let message = match error.kind() {
            io::ErrorKind::NotFound if linked => "the link leads to nothing".to_owned(),
            _ => why(error),
        };
        let name = match path.as_os_str().is_empty() {
            true => "\"\"".to_owned(),
            false => path.display().to_string(),
        };
        self.notices
            .push(Notice::new(NoticeCode::Unreadable, name, message));
    }

    /// Goes down without recursion: folders may be nested deeper than any stack.
    fn folder(&mut self, root: &Path) {
        let mut seen: HashSet<PathBuf> = HashSet::new();
        let mut todo = vec![root.to_owned()];
        while let Some(path) = todo.pop() {
            let metadata = match fs::metadata(&path) {
                Ok(metadata) => metadata,
                Err(error) => {
                    self.unreadable(&path, &error);
                    continue;
                }
            };
            if metadata.is_file() {
                self.file(path);
                continue;
            }
            if !metadata.is_dir() {
                let message =
                    "it is no regular file (a pipe, a socket or a device); it was left out";
                self.notices.push(Notice::new(
                    NoticeCode::Unreadable,
                    path.display().to_string(),
                    message,
                ));
                continue;
            }
            if self.enters(&path, &mut seen) {
                self.list(&path, &mut todo);
            }
        }
    }

    /// Whether a folder is new. One that leads back to a folder above it is told.
    fn enters(&mut self, path: &Path, seen: &mut HashSet<PathBuf>) -> bool {
        let real = match fs::canonicalize(path) {
            Ok(real) => real,
            Err(error) => {
                self.unreadable(path, &error);
                return false;
            }
        };
        let above = path
            .parent()
            .and_then(|parent| fs::canonicalize(parent).ok());
        let linked = fs::symlink_metadata(path).is_ok_and(|it| it.is_symlink());
        if linked && seen.contains(&real) && above.is_some_and(|above| above.starts_with(&real)) {
            let message = format!(
                "the link leads back to {}, which is read already",
                real.display()
            );
            self.notices.push(Notice::new(
                NoticeCode::Loop,
                path.display().to_string(),
                message,
            ));
            return false;
        }
        seen.insert(real)
    }

    fn list(&mut self, path: &Path, todo: &mut Vec<PathBuf>) {
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(path, &error),
        };
        let mut inside = Vec::new();
        for entry in entries {
            match entry {
                Ok(entry) if entry.file_name().as_encoded_bytes().starts_with(b".") => {}
                Ok(entry) => inside.push(entry.path()),
                Err(error) => self.unreadable(path, &error),
            }
        }
        // Last in, first out.
        inside.sort_by(|a, b| b.cmp(a));
        todo.append(&mut inside);
    }
}

/// An error of the system as a sentence for the reader.
pub(crate) fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read: permission denied".to_owned(),
        _ => format!("it cannot be read: {}", plain(error)),
    }
}

/// What the system says, without the number it goes by.
pub(crate) fn plain(error: &io::Error) -> String {
    let words = error.to_string();
    (words.split_once(" (os error"))
        .map_or(words.as_str(), |(words, _)| words)
        .to_owned()
}
