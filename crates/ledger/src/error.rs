use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// What can go wrong at the ledger. Each message is one sentence that names the file and the way out.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// There is no file yet, and the caller only wanted to look.
    #[error("there is no ledger at {} yet: `sayso read` makes one, or name another with --ledger", .0.display())]
    Missing(PathBuf),
    /// The file or its folder cannot be opened or made.
    #[error("cannot open the ledger {}: {cause}; check the path and its rights, or name another with --ledger", .path.display())]
    Open {
        /// The ledger.
        path: PathBuf,
        /// What the system says.
        cause: String,
    },
    /// Another process has been writing for longer than the busy time.
    #[error("the ledger {} is locked by another program: wait until it is done, or name another with --ledger", .0.display())]
    Locked(PathBuf),
    /// The file or its folder may not be written.
    #[error("the ledger {} cannot be written: make the file and its folder writable, or name another with --ledger", .0.display())]
    ReadOnly(PathBuf),
    /// SQLite finds the file damaged, or a row does not hold what it should.
    #[error("the ledger {} is damaged ({cause}): restore a copy, save what can be saved with `sqlite3 {} .recover`, or read again into another with --ledger", .path.display(), .path.display())]
    Damaged {
        /// The ledger.
        path: PathBuf,
        /// What was found.
        cause: String,
    },
    /// The file is something else.
    #[error("{} is not a sayso ledger ({is}): it was left as it is; name another with --ledger", .path.display())]
    NotALedger {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        is: &'static str,
    },
    /// No room left on the disk, or over a quota.
    #[error("no room left for the ledger {}: what was read so far is kept; free some space and run the same command again", .0.display())]
    Full(PathBuf),
    /// Written by a newer sayso.
    #[error("the ledger {} was written by a newer sayso (schema {found}, this one knows {known}): update sayso, or name another with --ledger", .path.display())]
    Newer {
        /// The ledger.
        path: PathBuf,
        /// The schema in the file.
        found: i64,
        /// The newest schema this program knows.
        known: i64,
    },
    /// The disk failed in some other way.
    #[error("the disk failed under the ledger {}: {cause}; check the disk, then run the same command again", .path.display())]
    Disk {
        /// The ledger.
        path: PathBuf,
        /// What SQLite says.
        cause: String,
    },
    /// A defect in sayso: a statement that does not fit the schema.
    #[error("sayso made a mistake with the ledger {}: {cause}; please report it", .path.display())]
    Defect {
        /// The ledger.
        path: PathBuf,
        /// What SQLite says.
        cause: String,
    },
}

impl LedgerError {
    /// Sorts what SQLite says of `path`.
    pub(crate) fn from_sqlite(path: &Path, error: rusqlite::Error) -> Self {
        let path = path.to_owned();
        let rusqlite::Error::SqliteFailure(failure, message) = &error else {
            return match error {
                // A column that does not hold its type: the schema is STRICT, so the file is not what it was.
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::Utf8Error(..) => Self::Damaged {
                    path,
                    cause: error.to_string(),
                },
                _ => Self::Defect {
                    path,
                    cause: error.to_string(),
                },
            };
        };
        let cause = message.clone().unwrap_or_else(|| failure.to_string());
        match failure.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Locked(path),
            ErrorCode::ReadOnly => Self::ReadOnly(path),
            ErrorCode::DatabaseCorrupt => Self::Damaged { path, cause },
            ErrorCode::NotADatabase => Self::NotALedger {
                path,
                is: "not an SQLite file",
            },
            ErrorCode::DiskFull => Self::Full(path),
            ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Self::Open { path, cause },
            ErrorCode::SystemIoFailure | ErrorCode::FileLockingProtocolFailed => {
                Self::Disk { path, cause }
            }
            _ => Self::Defect { path, cause },
        }
    }
}
