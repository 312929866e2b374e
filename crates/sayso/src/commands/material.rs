//! Loads what reading needs, and says which file is wrong.

use std::path::Path;

use sayso_codebook::Codebook;
use sayso_gazetteer::{Gazetteer, sources::Sources};
use sayso_language::{Analyser, Spacy};

use crate::{
    Session,
    args::{Book, Material, Model},
    exit,
};

/// A folder that is to stand for what comes with sayso.
fn folder<'a>(path: &'a Path, what: &str) -> Result<&'a Path, exit::Material> {
    if path.is_dir() {
        return Ok(path);
    }
    Err(exit::Material(format!(
        "there is no folder {}: --{what} takes one, and without it the {what} that comes with sayso is used",
        path.display()
    )))
}

fn wrong(error: impl std::fmt::Display) -> exit::Material {
    exit::Material(error.to_string())
}

pub(super) fn codebook(book: &Book) -> Result<Codebook, exit::Material> {
    match &book.codebook {
        Some(path) => Codebook::open(folder(path, "codebook")?),
        None => Codebook::bundled(),
    }
    .map_err(wrong)
}

pub(super) fn gazetteer(material: &Material) -> Result<Gazetteer, exit::Material> {
    match &material.gazetteer {
        Some(path) => Gazetteer::open(folder(path, "gazetteer")?),
        None => Gazetteer::bundled(),
    }
    .map_err(wrong)
}

pub(super) fn sources(session: &Session) -> Result<Sources, exit::Material> {
    match &session.sources {
        Some(path) => Sources::beside(folder(path, "sources")?),
        None => Sources::bundled(),
    }
    .map_err(wrong)
}

pub(super) fn analyser(model: &Model) -> Result<Box<dyn Analyser>, exit::Material> {
    let spacy = match model.model.as_deref() {
        Some(path) => open(folder(path, "model")?),
        None => Spacy::bundled().map_err(wrong),
    }?;
    Ok(Box::new(spacy))
}

fn open(folder: &Path) -> Result<Spacy, exit::Material> {
    let hint = "--model takes a spaCy 3 pipeline folder";
    Spacy::open(folder).map_err(|error| wrong(format!("{error}; {hint}")))
}
