//! The data files, as built into the program or as read from a folder.

use std::{borrow::Cow, path::Path};

use crate::error::GazetteerError;

/// The bytes of every data file.
pub(crate) struct Data {
    pub(crate) states: (String, Cow<'static, str>),
    pub(crate) regions: (String, Cow<'static, str>),
    pub(crate) bodies: (String, Cow<'static, str>),
    pub(crate) systems: (String, Cow<'static, str>),
    pub(crate) items: (String, Cow<'static, str>),
    pub(crate) places_fst: (String, Cow<'static, [u8]>),
    pub(crate) places_bin: (String, Cow<'static, [u8]>),
}

macro_rules! at {
    ($name:literal) => {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../gazetteer/", $name)
    };
}
macro_rules! text {
    ($name:literal) => {
        (
            concat!("gazetteer/", $name).to_owned(),
            Cow::Borrowed(include_str!(at!($name))),
        )
    };
}
macro_rules! bytes {
    ($name:literal) => {
        (
            concat!("gazetteer/", $name).to_owned(),
            Cow::Borrowed(include_bytes!(at!($name)).as_slice()),
        )
    };
}

impl Data {
    /// As built into the program.
    pub(crate) fn bundled() -> Self {
        Self {
            states: text!("states.toml"),
            regions: text!("regions.toml"),
            bodies: text!("bodies.toml"),
            systems: text!("systems.toml"),
            items: text!("items.toml"),
            places_fst: bytes!("places.fst"),
            places_bin: bytes!("places.bin"),
        }
    }

    /// As they lie in `dir`.
    pub(crate) fn read(dir: &Path) -> Result<Self, GazetteerError> {
        let text = |name: &str| -> Result<(String, Cow<'static, str>), GazetteerError> {
            let (path, bytes) = file(dir, name)?;
            match String::from_utf8(bytes) {
                Ok(text) => Ok((path, text.into())),
                Err(error) => {
                    let good = error.utf8_error().valid_up_to();
                    let head = String::from_utf8_lossy(error.as_bytes().get(..good).unwrap_or(&[]))
                        .into_owned();
                    let (line, column) = crate::error::position(&head, good);
                    Err(GazetteerError::Syntax {
                        path,
                        line,
                        column,
                        message: "not UTF-8".to_owned(),
                    })
                }
            }
        };
        let bytes = |name: &str| file(dir, name).map(|(path, bytes)| (path, bytes.into()));
        Ok(Self {
            states: text("states.toml")?,
            regions: text("regions.toml")?,
            bodies: text("bodies.toml")?,
            systems: text("systems.toml")?,
            items: text("items.toml")?,
            places_fst: bytes("places.fst")?,
            places_bin: bytes("places.bin")?,
        })
    }
}

fn file(dir: &Path, name: &str) -> Result<(String, Vec<u8>), GazetteerError> {
    let path = dir.join(name);
    let shown = path.display().to_string();
    match std::fs::read(&path) {
        Ok(bytes) => Ok((shown, bytes)),
        Err(cause) => Err(GazetteerError::Unreadable { path: shown, cause }),
    }
}
