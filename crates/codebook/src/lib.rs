//! What counts as a claim: kinds, roles, triggers, status words, reporting verbs, hedges; read from TOML and checked.
//!
//! The files live in `codebook/` and are carried in the binary; [`Codebook::open`] reads another folder instead. A missing
//! or wrong file is an error with file, line and column; it never loads as empty.

mod check;
pub mod clause;
mod file;
mod reference;
mod signature;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

pub use check::{COMPLEMENTS, CONTENTS, FUNCTIONS, PREPOSITIONS};
pub use file::{
    ClaimExpected, Class, Cue, Embedding, Example, Finding, Kind, Pattern, Quantities,
    QuantityExpected, Reporting, Role, Says, TimeExpected, Topic, Word,
};
pub use signature::{Openness, Sign, Signature, Signed};

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// What can be wrong with a codebook. Lines and columns count from 1.
#[derive(Debug, thiserror::Error)]
pub enum CodebookError {
    /// The folder or a file in it cannot be read.
    #[error("cannot read the codebook at {path}: {cause}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// A file of this kind is missing altogether.
    #[error("the codebook at {path} has no {what}; every codebook needs one")]
    Missing {
        /// The folder.
        path: PathBuf,
        /// What is missing.
        what: &'static str,
    },
    /// A file says something that cannot be.
    #[error("{file}:{line}:{column}: {message}")]
    Wrong {
        /// Path inside the codebook folder.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// One sentence.
        message: String,
    },
}

/// A checked codebook.
#[derive(Debug, Clone)]
pub struct Codebook {
    /// Kinds, sorted by name.
    pub kinds: Vec<Kind>,
    /// Word classes by name ("arms", "facility").
    pub classes: BTreeMap<String, Class>,
    /// Words that attribute.
    pub reporting: Reporting,
    /// Words that change what is said under them, by lemma, plus modal verbs and adverbs.
    pub embedding: Embedding,
    /// Number words, bounds, units.
    pub quantities: Quantities,
    /// Verb lemma -> how those of its forms begin that do not begin as the lemma does ("sell": "sold").
    pub irregular: BTreeMap<String, Vec<String>>,
    /// Word for a thing -> words that a text may have used for it before.
    pub generic: BTreeMap<String, Vec<String>>,
    /// Sentences with the claims they must and must not give, with the file each stands in.
    pub examples: Vec<(String, Example)>,
    version: String,
}

impl Codebook {
    /// The codebook this program was built with.
    ///
    /// # Errors
    /// When the bundled files are wrong; the project's tests make sure they are not.
    pub fn bundled() -> Result<Self, CodebookError> {
        let files = FILES
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect();
        file::load(Path::new("codebook"), files)
    }

    /// The codebook in `folder`.
    ///
    /// # Errors
    /// When the folder cannot be read, lacks a file, or a file is wrong.
    pub fn open(folder: &Path) -> Result<Self, CodebookError> {
        let mut files = Vec::new();
        collect(folder, folder, &mut files)?;
        files.sort();
        file::load(folder, files)
    }

    /// The examples of one file of the shape of `codebook/examples/`, wherever it lies.
    ///
    /// # Errors
    /// When the file cannot be read or is wrong.
    pub fn examples_of(file: &Path) -> Result<Vec<Example>, CodebookError> {
        let text = fs::read_to_string(file).map_err(|cause| CodebookError::Unreadable {
            path: file.to_path_buf(),
            cause,
        })?;
        file::examples(&file.display().to_string(), &text)
    }

    /// A digest of every file: 12 hexadecimal digits. Stored with each claim.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The kind called `name`.
    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.kind == name)
    }

    /// The reference, as Markdown: every kind with meaning, boundary, roles, ladder, triggers and examples.
    pub fn reference(&self) -> String {
        reference::markdown(self)
    }
}

fn collect(
    root: &Path,
    folder: &Path,
    files: &mut Vec<(String, String)>,
) -> Result<(), CodebookError> {
    let unreadable = |path: &Path| {
        let path = path.to_path_buf();
        move |cause| CodebookError::Unreadable { path, cause }
    };
    for entry in fs::read_dir(folder).map_err(unreadable(folder))? {
        let path = entry.map_err(unreadable(folder))?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            let text = fs::read_to_string(&path).map_err(unreadable(&path))?;
            let name = path.strip_prefix(root).unwrap_or(&path);
            files.push((name.to_string_lossy().into_owned(), text));
        }
    }
    Ok(())
}
