//! Narrow rows of all findings, for a reader that holds them in memory and counts over them.

use rusqlite::params;

use crate::{Ledger, LedgerError};

/// What a finding is sorted, counted and filtered by.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct ShelfRow {
    pub number: i64,
    pub id: String,
    pub kind: String,
    pub established: u32,
    pub unknown: u32,
    pub publishers: u32,
    pub denied: u32,
    pub doubted: u32,
    pub grade: u8,
    pub status: Option<String>,
    pub first_day: Option<String>,
    pub last_day: Option<String>,
    pub last_seen: Option<String>,
    /// Numbers of the first and the last claim that was read of it.
    pub begun: i64,
    pub latest: i64,
}

/// A publisher or named source, with how often it begins and repeats findings.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct SourceRow {
    pub key: String,
    pub name: String,
    pub kind: Option<String>,
    pub owner: Option<String>,
    pub reports: u64,
    pub originates: u64,
    pub repeats: u64,
}

impl Ledger {
    /// Changes whenever somebody else has written to the file since this was opened.
    pub fn version(&self) -> Result<i64, LedgerError> {
        self.conn
            .query_row("PRAGMA data_version", [], |row| row.get(0))
            .map_err(|error| self.sort(error))
    }

    /// Every finding, most origins first, then most publishers, then by id.
    pub fn shelf(&self, mut give: impl FnMut(ShelfRow)) -> Result<(), LedgerError> {
        let sort = |error| self.sort(error);
        let sql = "SELECT number, id, kind, established, unknown, publishers, denied, doubted, grade, status, first_day, last_day, last_seen, begun, latest
            FROM findings ORDER BY established DESC, publishers DESC, id";
        let mut find = self.conn.prepare_cached(sql).map_err(sort)?;
        let mut rows = find.query([]).map_err(sort)?;
        while let Some(row) = rows.next().map_err(sort)? {
            let read = || -> rusqlite::Result<ShelfRow> {
                Ok(ShelfRow {
                    number: row.get(0)?,
                    id: row.get(1)?,
                    kind: row.get(2)?,
                    established: row.get(3)?,
                    unknown: row.get(4)?,
                    publishers: row.get(5)?,
                    denied: row.get(6)?,
                    doubted: row.get(7)?,
                    grade: row.get(8)?,
                    status: row.get(9)?,
                    first_day: row.get(10)?,
                    last_day: row.get(11)?,
                    last_seen: row.get(12)?,
                    begun: row.get(13)?,
                    latest: row.get(14)?,
                })
            };
            give(read().map_err(sort)?);
        }
        Ok(())
    }

    /// What every finding is of: its number, role, key, name.
    pub fn shelf_terms(
        &self,
        mut give: impl FnMut(i64, &str, &str, &str),
    ) -> Result<(), LedgerError> {
        let sort = |error| self.sort(error);
        let sql = "SELECT finding, role, key, name FROM finding_terms";
        let mut find = self.conn.prepare_cached(sql).map_err(sort)?;
        let mut rows = find.query([]).map_err(sort)?;
        while let Some(row) = rows.next().map_err(sort)? {
            let text = |at| row.get_ref(at).map(|it| it.as_str().unwrap_or(""));
            let (role, key, name) = (
                text(1).map_err(sort)?,
                text(2).map_err(sort)?,
                text(3).map_err(sort)?,
            );
            give(row.get(0).map_err(sort)?, role, key, name);
        }
        Ok(())
    }

    /// The body of the finding with this number. `None`: it is gone.
    pub fn finding_body(&self, number: i64) -> Result<Option<String>, LedgerError> {
        use rusqlite::OptionalExtension;
        let sql = "SELECT body FROM finding_bodies WHERE finding = ?1";
        (self.conn.prepare_cached(sql))
            .and_then(|mut find| find.query_row([number], |row| row.get(0)).optional())
            .map_err(|error| self.sort(error))
    }

    /// The status that a claim gives, as it was read last. `None`: it gives none, or there is no such claim.
    pub fn status_of(&self, claim: &str) -> Result<Option<String>, LedgerError> {
        use rusqlite::OptionalExtension;
        let sql = "SELECT json_extract(body, '$.st') FROM claims WHERE id = ?1 ORDER BY number DESC LIMIT 1";
        let found: Option<Option<String>> = (self.conn.prepare_cached(sql))
            .and_then(|mut find| find.query_row([claim], |row| row.get(0)).optional())
            .map_err(|error| self.sort(error))?;
        Ok(found.flatten())
    }

    /// Publishers and named sources, those that begin most findings first, then by reports and name: at most `limit` after that with the key `after`.
    pub fn sources(
        &self,
        limit: usize,
        after: Option<&str>,
    ) -> Result<Vec<SourceRow>, LedgerError> {
        let sql = "SELECT key, name, kind, owner, reports, originates, repeats FROM sources s
            WHERE (reports > 0 OR originates > 0 OR repeats > 0) AND (?2 IS NULL OR EXISTS (SELECT 1 FROM sources l WHERE l.key = ?2
                AND (s.originates, s.reports) <= (l.originates, l.reports)
                AND ((s.originates, s.reports) < (l.originates, l.reports) OR (s.name, s.key) > (l.name, l.key))))
            ORDER BY originates DESC, reports DESC, name, key LIMIT ?1";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        (self.conn.prepare_cached(sql))
            .and_then(|mut find| find.query_map(params![limit, after], source)?.collect())
            .map_err(|error| self.sort(error))
    }
}

pub(crate) fn source(row: &rusqlite::Row<'_>) -> rusqlite::Result<SourceRow> {
    let count = |at| row.get::<_, i64>(at).map(|n| n.max(0).unsigned_abs());
    Ok(SourceRow {
        key: row.get(0)?,
        name: row.get(1)?,
        kind: row.get(2)?,
        owner: row.get(3)?,
        reports: count(4)?,
        originates: count(5)?,
        repeats: count(6)?,
    })
}
