//! A copy of a ledger that others may be writing into.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use crate::{Ledger, LedgerError};

impl Ledger {
    /// Writes all that the ledger holds at this moment into a new file, packed tight, while others go on reading and writing; gives its bytes. The file
    /// has its name only once it is whole, checked and on the disk.
    ///
    /// # Errors
    /// There is no room or right to write it, or what was written is not whole.
    pub fn back_up(&self, to: &Path) -> Result<u64, LedgerError> {
        let part = PathBuf::from(format!("{}.part", to.display()));
        let disk = |error: std::io::Error| LedgerError::Disk {
            path: to.to_owned(),
            cause: error.to_string(),
        };
        // Of a copy that was cut short.
        if part.exists() {
            fs::remove_file(&part).map_err(disk)?;
        }
        let made = self.written(to, &part);
        if made.is_err() {
            let _ = fs::remove_file(&part);
        }
        made?;
        File::open(&part)
            .and_then(|file| file.sync_all())
            .map_err(disk)?;
        fs::rename(&part, to).map_err(disk)?;
        Ok(fs::metadata(to).map_err(disk)?.len())
    }

    fn written(&self, to: &Path, part: &Path) -> Result<(), LedgerError> {
        let wrong = |error| LedgerError::from_sqlite(to, error);
        let name = part.to_string_lossy();
        self.conn
            .execute("VACUUM INTO ?1", [&*name])
            .map_err(wrong)?;
        let copy = rusqlite::Connection::open(part).map_err(wrong)?;
        let said: String = copy
            .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
            .map_err(wrong)?;
        match said.as_str() {
            "ok" => Ok(()),
            cause => Err(LedgerError::Damaged {
                path: to.to_owned(),
                cause: cause.to_owned(),
            }),
        }
    }
}
