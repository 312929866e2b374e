//! The data files, as built into the program or as read from a folder.

use std::path::Path;

use crate::error::{GazetteerError, position};

/// A file's path as shown in errors, and its text.
pub(super) type Source = (String, String);

/// The file of the words that credit; a folder that holds no cues of its own is read with these.
pub(super) const CREDITS: &str = include_str!("../../../../sources/credits.toml");

macro_rules! files {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../../../sources/", $name)))),*]
    };
}

/// Every file of `sources/`; a test holds the list to the folder.
pub(super) const FILES: &[(&str, &str)] = files![
    "aggregators.toml" "credits.toml" "government.toml" "news.toml" "state-media.toml" "think-tanks.toml" "trade.toml" "wires.toml"
];

pub(super) fn bundled() -> Vec<Source> {
    FILES
        .iter()
        .map(|(name, text)| (format!("sources/{name}"), (*text).to_owned()))
        .collect()
}

/// Every `*.toml` of `dir` in the order of the names.
pub(super) fn read(dir: &Path) -> Result<Vec<Source>, GazetteerError> {
    let unreadable = |path: &Path, cause| GazetteerError::Unreadable {
        path: path.display().to_string(),
        cause,
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(|cause| unreadable(dir, cause))? {
        let path = entry.map_err(|cause| unreadable(dir, cause))?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        let cause = std::io::Error::new(std::io::ErrorKind::NotFound, "no *.toml in it");
        return Err(unreadable(dir, cause));
    }
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let bytes = std::fs::read(&path).map_err(|cause| unreadable(&path, cause))?;
        let shown = path.display().to_string();
        match String::from_utf8(bytes) {
            Ok(text) => files.push((shown, text)),
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let head = String::from_utf8_lossy(error.as_bytes().get(..good).unwrap_or(&[]));
                let (line, column) = position(&head, good);
                return Err(GazetteerError::Syntax {
                    path: shown,
                    line,
                    column,
                    message: "not UTF-8".to_owned(),
                });
            }
        }
    }
    Ok(files)
}
