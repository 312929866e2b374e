use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use rusqlite::{Connection, OpenFlags, TransactionBehavior, config::DbConfig};

use crate::LedgerError;

/// `SAYO`, in the file's header: what tells a ledger from any other SQLite file.
pub const APPLICATION_ID: i64 = 0x5341_594f;

/// One step of the file's shape after the other; the number in the file says how many were taken.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001-first.sql"),
    include_str!("../migrations/0002-judgements.sql"),
    include_str!("../migrations/0003-findings.sql"),
    include_str!("../migrations/0004-kin.sql"),
    include_str!("../migrations/0005-desk.sql"),
];

/// The newest schema this program knows.
pub const SCHEMA: i64 = MIGRATIONS.len() as i64;

/// The store, open. Move it between threads as you like; for reading on several threads open it once on each.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) conn: Connection,
    pub(crate) path: PathBuf,
}

/// How to open a ledger.
#[derive(Clone, Debug)]
pub struct Options {
    /// How long to wait for another program that is writing.
    pub busy: Duration,
    /// Most pages (of 4,096 bytes) the file may grow to, for quotas. `None`: as far as the disk goes.
    pub max_pages: Option<u32>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            busy: Duration::from_secs(5),
            max_pages: None,
        }
    }
}

impl Ledger {
    /// Opens the ledger at `path` to read and append, making it and its folder where there is none, and bringing an older
    /// one up to date.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        Self::open_with(path, &Options::default())
    }

    /// [`Ledger::open`] with limits of the caller's.
    pub fn open_with(path: &Path, options: &Options) -> Result<Self, LedgerError> {
        refuse_other(path)?;
        let cannot = |cause: std::io::Error| LedgerError::Open {
            path: path.to_owned(),
            cause: cause.to_string(),
        };
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            fs::create_dir_all(folder).map_err(cannot)?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(path, flags)
            .map_err(|error| refine_open(path, LedgerError::from_sqlite(path, error)))?;
        let mut ledger = Self {
            conn,
            path: path.to_owned(),
        };
        ledger.prepare(options)?;
        Ok(ledger)
    }

    /// Opens the ledger at `path` to look only; works on a file and folder that may not be written. An absent file is
    /// [`LedgerError::Missing`].
    pub fn look(path: &Path) -> Result<Self, LedgerError> {
        refuse_other(path)?;
        if !path.try_exists().unwrap_or(true) {
            return Err(LedgerError::Missing(path.to_owned()));
        }
        // With the right to write, were it only to tidy the log away when the last program is done; SQLite does without where
        // there is none.
        let able = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let first = Self::look_with(path, &path.to_string_lossy(), able);
        let log = PathBuf::from(format!("{}-wal", path.display()));
        match first {
            // SQLite wants to lay its shared index beside the file even to read it. Where the folder may not be written and no log
            // waits to be folded in, the file alone is whole.
            Err(LedgerError::Open { .. } | LedgerError::ReadOnly(_)) if !log.exists() => {
                let encoded: String = (path.to_string_lossy().chars())
                    .map(|c| match c {
                        '%' => "%25".to_owned(),
                        '?' => "%3f".to_owned(),
                        '#' => "%23".to_owned(),
                        c => c.to_string(),
                    })
                    .collect();
                let name = format!("file:{encoded}?immutable=1");
                let plain = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
                Self::look_with(path, &name, plain | OpenFlags::SQLITE_OPEN_URI)
            }
            other => other,
        }
    }

    fn look_with(path: &Path, name: &str, flags: OpenFlags) -> Result<Self, LedgerError> {
        let sort = |error| LedgerError::from_sqlite(path, error);
        let conn = Connection::open_with_flags(name, flags)
            .map_err(|error| refine_open(path, LedgerError::from_sqlite(path, error)))?;
        conn.busy_timeout(Options::default().busy).map_err(sort)?;
        steady(&conn).map_err(sort)?;
        conn.pragma_update(None, "query_only", true).map_err(sort)?;
        let ledger = Self {
            conn,
            path: path.to_owned(),
        };
        match ledger.schema()? {
            0 => Err(LedgerError::Missing(path.to_owned())),
            SCHEMA => Ok(ledger),
            // An older file is brought up to date first; that needs the right to write.
            _ => Self::open(path),
        }
    }

    /// With room for so many KiB of the file in memory instead of 64 MiB, for a program that keeps several open.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn with_cache(self, kib: u32) -> Result<Self, LedgerError> {
        let set = self.conn.pragma_update(None, "cache_size", -i64::from(kib));
        set.map_err(|error| self.sort(error))?;
        Ok(self)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn sort(&self, error: rusqlite::Error) -> LedgerError {
        LedgerError::from_sqlite(&self.path, error)
    }

    pub(crate) fn damaged(&self, cause: impl Into<String>) -> LedgerError {
        LedgerError::Damaged {
            path: self.path.clone(),
            cause: cause.into(),
        }
    }

    fn pragma(&self, name: &str) -> Result<i64, LedgerError> {
        self.conn
            .pragma_query_value(None, name, |row| row.get(0))
            .map_err(|error| self.sort(error))
    }

    /// The schema in the file, 0 for a file with nothing in it yet; anything that is no ledger is an error.
    fn schema(&self) -> Result<i64, LedgerError> {
        let (id, found) = (self.pragma("application_id")?, self.pragma("user_version")?);
        let tables: i64 = self
            .conn
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .map_err(|error| self.sort(error))?;
        if id == 0 && found == 0 && tables == 0 {
            return Ok(0);
        }
        if id != APPLICATION_ID {
            return Err(LedgerError::NotALedger {
                path: self.path.clone(),
                is: "an SQLite file of another program",
            });
        }
        if found > SCHEMA {
            return Err(LedgerError::Newer {
                path: self.path.clone(),
                found,
                known: SCHEMA,
            });
        }
        Ok(found)
    }

    fn prepare(&mut self, options: &Options) -> Result<(), LedgerError> {
        let path = self.path.clone();
        let sort = |error| LedgerError::from_sqlite(&path, error);
        self.conn.busy_timeout(options.busy).map_err(sort)?;
        steady(&self.conn).map_err(sort)?;
        let found = self.schema()?;
        if self.conn.is_readonly(rusqlite::MAIN_DB).map_err(sort)? {
            return Err(LedgerError::ReadOnly(path));
        }
        self.write_ahead(options.busy)?;
        // The log is folded into the file every 64 MB: each time the disk is waited for.
        // A kill of this process loses nothing with NORMAL; a power cut may lose the last reports, never the file.
        self.conn
            .execute_batch(
                "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 16000",
            )
            .map_err(sort)?;
        if let Some(pages) = options.max_pages {
            self.conn
                .pragma_update(None, "max_page_count", pages)
                .map_err(sort)?;
        }
        if found < SCHEMA {
            self.migrate()?;
        }
        Ok(())
    }

    /// Turns on the write-ahead log, by which readers go on while one writes. SQLite does not wait by itself when two
    /// programs make the same new file, so this does.
    fn write_ahead(&self, busy: Duration) -> Result<(), LedgerError> {
        let until = Instant::now() + busy;
        loop {
            let mode = self
                .conn
                .pragma_update_and_check(None, "journal_mode", "wal", |row| {
                    row.get::<_, String>(0)
                });
            match mode.map_err(|error| self.sort(error)) {
                Ok(_) => return Ok(()),
                Err(LedgerError::Locked(_)) if Instant::now() < until => {
                    thread::sleep(Duration::from_millis(20));
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn migrate(&mut self) -> Result<(), LedgerError> {
        let path = self.path.clone();
        let sort = |error| LedgerError::from_sqlite(&path, error);
        let step = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(sort)?;
        // Read again under the lock: another program may have been quicker.
        let found: i64 = step
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .map_err(sort)?;
        let taken = usize::try_from(found).unwrap_or(0);
        for migration in MIGRATIONS.iter().skip(taken) {
            step.execute_batch(migration).map_err(sort)?;
        }
        step.pragma_update(None, "application_id", APPLICATION_ID)
            .map_err(sort)?;
        step.pragma_update(None, "user_version", SCHEMA)
            .map_err(sort)?;
        step.commit().map_err(sort)
    }
}

/// Statements are planned once and kept: without the guarantee SQLite plans each anew for other values, which costs as much as a look-up. And
/// 64 MB of pages, as 2 MB do not hold the upper levels of the indices of a large ledger.
fn steady(conn: &Connection) -> rusqlite::Result<()> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_prepared_statement_cache_capacity(128);
    conn.pragma_update(None, "cache_size", -65_536)
}

/// What SQLite would wait at, or write into, without a word.
fn refuse_other(path: &Path) -> Result<(), LedgerError> {
    let is = match fs::metadata(path) {
        Ok(it) if it.is_dir() => "a folder",
        Ok(it) if !it.is_file() => "a pipe, a socket or a device",
        _ => return Ok(()),
    };
    Err(LedgerError::NotALedger {
        path: path.to_owned(),
        is,
    })
}

/// SQLite says "unable to open database file" for many things; the system says which.
fn refine_open(path: &Path, error: LedgerError) -> LedgerError {
    match (error, fs::File::open(path)) {
        (LedgerError::Open { path, .. }, Err(cause))
            if cause.kind() != std::io::ErrorKind::NotFound =>
        {
            LedgerError::Open {
                path,
                cause: cause.to_string(),
            }
        }
        (error, _) => error,
    }
}
