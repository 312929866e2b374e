/// Why gazetteer data could not be loaded. Each names the file, and the line and column where one is meant (both from 1).
#[derive(Debug, thiserror::Error)]
pub enum GazetteerError {
    /// The file could not be read at all.
    #[error("{path}: cannot be read: {cause}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The file is not TOML of the expected shape.
    #[error("{path}:{line}:{column}: {message}")]
    Syntax {
        /// The file.
        path: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong, on one line.
        message: String,
    },
    /// The file is well formed but says something that cannot be: a name given twice, an example that fails.
    #[error("{path}:{line}:{column}: {message}")]
    Mistake {
        /// The file.
        path: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong and how to mend it.
        message: String,
    },
    /// The file of places is damaged or of another version.
    #[error("{path}: {message}; build it again with `cargo xtask geonames`")]
    Places {
        /// The file.
        path: String,
        /// What is wrong.
        message: String,
    },
}

/// Line and column (both from 1, columns in characters) of byte `at` of `text`.
pub(crate) fn position(text: &str, at: usize) -> (usize, usize) {
    let head = text
        .get(..at)
        .unwrap_or_else(|| text.get(..0).unwrap_or(""));
    let line = head.matches('\n').count() + 1;
    let column = head.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}
