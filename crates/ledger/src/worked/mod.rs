//! What is worked out from the claims, kept beside them: rows and keys that the ledger does not understand, and may lose.

mod findings;
mod propositions;
mod reports;

use rusqlite::{OptionalExtension, ToSql, Transaction, TransactionBehavior};

use crate::{Ledger, LedgerError};

pub use findings::{FindingFilter, FindingRow};
pub use reports::{KinRow, Publisher, Sharing, Spelling, Unworked};

/// One unit of work on what is worked out: all of it is kept, or nothing.
#[derive(Debug)]
pub struct Work<'l> {
    step: Transaction<'l>,
}

pub(crate) type Done<T> = Result<T, LedgerError>;

impl Ledger {
    /// Runs `look` while the file stays as it is: what others write meanwhile is not seen, and no look-up has to ask for the file anew.
    pub fn still<T, E: From<LedgerError>>(
        &self,
        look: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let held = self.conn.unchecked_transaction();
        let _held = held.map_err(|error| E::from(self.sort(error)))?;
        look()
    }

    /// Runs `work` in one transaction.
    pub fn work<T, E: From<LedgerError>>(
        &mut self,
        work: impl FnOnce(&Work<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let path = self.path.clone();
        let sort = |error| E::from(LedgerError::from_sqlite(&path, error));
        let step = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(sort)?;
        let work_step = Work { step };
        let done = work(&work_step)?;
        work_step.step.commit().map_err(sort)?;
        Ok(done)
    }

    /// What the worked-out rows were made by. `None`: there are none.
    pub fn made_by(&self) -> Result<Option<String>, LedgerError> {
        let sql = "SELECT by FROM made WHERE what = 'findings'";
        self.conn
            .query_row(sql, [], |row| row.get(0))
            .optional()
            .map_err(|error| self.sort(error))
    }

    /// What was remembered of `what` (see [`Work::remember`]). `None`: nothing.
    pub fn remembered(&self, what: &str) -> Result<Option<String>, LedgerError> {
        let sql = "SELECT by FROM made WHERE what = ?1";
        self.conn
            .query_row(sql, [what], |row| row.get(0))
            .optional()
            .map_err(|error| self.sort(error))
    }

    fn numbers(&self, sql: &str, values: &[&dyn ToSql]) -> Result<Vec<i64>, LedgerError> {
        (self.conn.prepare_cached(sql))
            .and_then(|mut find| find.query_map(values, |row| row.get(0))?.collect())
            .map_err(|error| self.sort(error))
    }

    fn pairs(&self, sql: &str, values: &[&dyn ToSql]) -> Result<Vec<(i64, String)>, LedgerError> {
        (self.conn.prepare_cached(sql))
            .and_then(|mut find| {
                find.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?
                    .collect()
            })
            .map_err(|error| self.sort(error))
    }
}

impl Work<'_> {
    fn sort(&self, error: rusqlite::Error) -> LedgerError {
        let path = self
            .step
            .path()
            .map(std::path::PathBuf::from)
            .unwrap_or_default();
        LedgerError::from_sqlite(&path, error)
    }

    pub(crate) fn run(&self, sql: &str, values: &[&dyn ToSql]) -> Done<usize> {
        (self.step.prepare_cached(sql))
            .and_then(|mut run| run.execute(values))
            .map_err(|error| self.sort(error))
    }

    fn numbers(&self, sql: &str, values: &[&dyn ToSql]) -> Done<Vec<i64>> {
        (self.step.prepare_cached(sql))
            .and_then(|mut find| find.query_map(values, |row| row.get(0))?.collect())
            .map_err(|error| self.sort(error))
    }

    /// Throws everything worked out away; it will be made by `by`.
    pub fn begin_again(&self, by: &str) -> Done<()> {
        self.run(
            "INSERT OR IGNORE INTO waiting SELECT number FROM readings",
            &[],
        )?;
        for table in [
            "worked",
            "lineages",
            "sketch_keys",
            "kin",
            "spellings",
            "spelled",
            "placed",
            "propositions",
            "terms",
            "entails",
            "stated",
            "heeded",
            "superseded",
            "findings",
            "names",
            "finding_bodies",
            "finding_words",
            "finding_terms",
            "finding_sources",
            "sources",
            "made",
        ] {
            self.run(&format!("DELETE FROM {table}"), &[])?;
        }
        self.run(
            "INSERT INTO made (what, by) VALUES ('findings', ?1)",
            &[&by],
        )?;
        Ok(())
    }

    /// Remembers what the worked-out rows were made by, beside [`Work::begin_again`].
    pub fn remember(&self, what: &str, by: &str) -> Done<()> {
        self.run(
            "INSERT OR REPLACE INTO made (what, by) VALUES (?1, ?2)",
            &[&what, &by],
        )?;
        Ok(())
    }
}
