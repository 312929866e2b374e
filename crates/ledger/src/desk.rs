//! What the desk keeps beside the evidence: accounts, sessions, what was done, saved searches.

use rusqlite::{OptionalExtension, params};

use crate::{Ledger, LedgerError};

/// Somebody who may come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Under which name.
    pub name: String,
    /// `reader`, `analyst` or `admin`.
    pub role: String,
    /// The password's hash, as a PHC string.
    pub hash: String,
    /// When it was made, RFC 3339.
    pub at: String,
}

/// What was done at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Done {
    pub number: i64,
    pub at: String,
    pub who: String,
    pub what: String,
    pub detail: String,
}

/// A search that somebody watches.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Search {
    pub number: i64,
    pub name: String,
    /// The query of the findings page.
    pub asked: String,
    pub who: String,
    pub at: String,
}

impl Ledger {
    fn change(&self, sql: &str, values: impl rusqlite::Params) -> Result<usize, LedgerError> {
        (self.conn.prepare_cached(sql))
            .and_then(|mut run| run.execute(values))
            .map_err(|error| self.sort(error))
    }

    /// Keeps an account, or gives one that is there another role and password, which ends its sessions.
    pub fn keep_account(&self, account: &Account) -> Result<(), LedgerError> {
        let sql = "INSERT INTO accounts (name, role, hash, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (name) DO UPDATE SET role = ?2, hash = ?3";
        self.change(
            sql,
            params![account.name, account.role, account.hash, account.at],
        )?;
        self.change(
            "DELETE FROM sessions WHERE account = ?1",
            params![account.name],
        )?;
        Ok(())
    }

    /// Forgets an account with its sessions. `false`: there is none.
    pub fn forget_account(&self, name: &str) -> Result<bool, LedgerError> {
        self.change("DELETE FROM sessions WHERE account = ?1", params![name])?;
        Ok(self.change("DELETE FROM accounts WHERE name = ?1", params![name])? > 0)
    }

    /// All accounts, by name.
    pub fn accounts(&self) -> Result<Vec<Account>, LedgerError> {
        let sql = "SELECT name, role, hash, at FROM accounts ORDER BY name";
        (self.conn.prepare_cached(sql))
            .and_then(|mut find| find.query_map([], account)?.collect())
            .map_err(|error| self.sort(error))
    }

    /// The account with this name. `None`: there is none.
    pub fn account(&self, name: &str) -> Result<Option<Account>, LedgerError> {
        let sql = "SELECT name, role, hash, at FROM accounts WHERE name = ?1";
        (self.conn.prepare_cached(sql))
            .and_then(|mut find| find.query_row([name], account).optional())
            .map_err(|error| self.sort(error))
    }

    /// Begins a session, known by the digest of what the browser holds; those that are over by `now` are forgotten.
    pub fn begin_session(
        &self,
        token: &[u8],
        account: &str,
        now: &str,
        until: &str,
    ) -> Result<(), LedgerError> {
        self.change("DELETE FROM sessions WHERE until <= ?1", params![now])?;
        let sql = "INSERT INTO sessions (token, account, until) VALUES (?1, ?2, ?3)";
        self.change(sql, params![token, account, until])?;
        Ok(())
    }

    /// Lets a session go on until later.
    pub fn extend_session(&self, token: &[u8], until: &str) -> Result<(), LedgerError> {
        let sql = "UPDATE sessions SET until = ?2 WHERE token = ?1";
        self.change(sql, params![token, until])?;
        Ok(())
    }

    /// Ends a session.
    pub fn end_session(&self, token: &[u8]) -> Result<(), LedgerError> {
        self.change("DELETE FROM sessions WHERE token = ?1", params![token])?;
        Ok(())
    }

    /// Whose session it is at `now`, and until when. `None`: there is none, or it is over.
    pub fn session(
        &self,
        token: &[u8],
        now: &str,
    ) -> Result<Option<(Account, String)>, LedgerError> {
        let sql = "SELECT a.name, a.role, a.hash, a.at, s.until FROM sessions s JOIN accounts a ON a.name = s.account
            WHERE s.token = ?1 AND s.until > ?2";
        (self.conn.prepare_cached(sql))
            .and_then(|mut find| {
                find.query_row(params![token, now], |row| Ok((account(row)?, row.get(4)?)))
                    .optional()
            })
            .map_err(|error| self.sort(error))
    }

    /// Adds a line to what was done.
    pub fn audit(&self, at: &str, who: &str, what: &str, detail: &str) -> Result<(), LedgerError> {
        let sql = "INSERT INTO audit (at, who, what, detail) VALUES (?1, ?2, ?3, ?4)";
        self.change(sql, params![at, who, what, detail])?;
        Ok(())
    }

    /// What was done, last first: at most `limit` before the line `before`.
    pub fn audited(&self, limit: usize, before: Option<i64>) -> Result<Vec<Done>, LedgerError> {
        let sql = "SELECT number, at, who, what, detail FROM audit WHERE number < ?2 ORDER BY number DESC LIMIT ?1";
        (self.conn.prepare_cached(sql))
            .and_then(|mut find| {
                find.query_map(params![limit as i64, before.unwrap_or(i64::MAX)], |row| {
                    Ok(Done {
                        number: row.get(0)?,
                        at: row.get(1)?,
                        who: row.get(2)?,
                        what: row.get(3)?,
                        detail: row.get(4)?,
                    })
                })?
                .collect()
            })
            .map_err(|error| self.sort(error))
    }

    /// Saves a search. Gives its number.
    pub fn save_search(
        &self,
        name: &str,
        asked: &str,
        who: &str,
        at: &str,
    ) -> Result<i64, LedgerError> {
        let sql = "INSERT INTO searches (name, asked, who, at) VALUES (?1, ?2, ?3, ?4)";
        self.change(sql, params![name, asked, who, at])?;
        Ok(self.conn.last_insert_rowid())
    }

    /// Forgets a saved search. `false`: there is none.
    pub fn forget_search(&self, number: i64) -> Result<bool, LedgerError> {
        Ok(self.change("DELETE FROM searches WHERE number = ?1", params![number])? > 0)
    }

    /// Saved searches, first saved first.
    pub fn searches(&self) -> Result<Vec<Search>, LedgerError> {
        let sql = "SELECT number, name, asked, who, at FROM searches ORDER BY number";
        (self.conn.prepare_cached(sql))
            .and_then(|mut find| {
                find.query_map([], |row| {
                    Ok(Search {
                        number: row.get(0)?,
                        name: row.get(1)?,
                        asked: row.get(2)?,
                        who: row.get(3)?,
                        at: row.get(4)?,
                    })
                })?
                .collect()
            })
            .map_err(|error| self.sort(error))
    }
}

fn account(row: &rusqlite::Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account {
        name: row.get(0)?,
        role: row.get(1)?,
        hash: row.get(2)?,
        at: row.get(3)?,
    })
}
