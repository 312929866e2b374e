//! Loads what reading needs, and says which file is wrong.

use std::path::Path;

use sayso_codebook::Codebook;
use sayso_gazetteer::Gazetteer;
use sayso_language::{Analyser, Spacy};

use crate::{
    args::{Book, Material, Model},
    exit,
};

fn wrong(error: impl std::fmt::Display) -> exit::Material {
    exit::Material(error.to_string())
}

pub(super) fn codebook(book: &Book) -> Result<Codebook, exit::Material> {
    match &book.codebook {
        Some(folder) => Codebook::open(folder),
        None => Codebook::bundled(),
    }
    .map_err(wrong)
}

pub(super) fn gazetteer(material: &Material) -> Result<Gazetteer, exit::Material> {
    match &material.gazetteer {
        Some(folder) => Gazetteer::open(folder),
        None => Gazetteer::bundled(),
    }
    .map_err(wrong)
}

pub(super) fn analyser(model: &Model) -> Result<Box<dyn Analyser>, exit::Material> {
    let spacy = match model.model.as_deref() {
        Some(folder) => open(folder),
        None => Spacy::bundled().map_err(wrong),
    }?;
    Ok(Box::new(spacy))
}

fn open(folder: &Path) -> Result<Spacy, exit::Material> {
    Spacy::open(folder).map_err(wrong)
}
