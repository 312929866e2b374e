//! What was read last.

use rusqlite::params;

use crate::{Head, Ledger, LedgerError};

/// A report with how much it claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latest {
    /// The number of its reading; a later one has a higher one.
    pub reading: i64,
    /// The report.
    pub head: Head,
    /// When it was read. `None`: not kept.
    pub at: Option<String>,
    /// Claims in it.
    pub claims: u64,
}

/// What every list of reports fetches.
const FIELDS: &str =
    "s.number, r.id, r.title, r.publisher, r.published, r.url, r.language, c.address, s.at,
    (SELECT count(*) FROM claims k WHERE k.reading = s.number)";

impl Ledger {
    /// Reports as they stand, last read first: at most `limit` before the reading `before`.
    pub fn latest(&self, limit: usize, before: Option<i64>) -> Result<Vec<Latest>, LedgerError> {
        let sql = format!(
            "SELECT {FIELDS} FROM standing s JOIN reports r ON r.number = s.report JOIN captures c ON c.number = r.capture
            WHERE s.number < ?2 ORDER BY s.number DESC LIMIT ?1"
        );
        self.reports_by(&sql, params![limit as i64, before.unwrap_or(i64::MAX)])
    }

    /// Reports of one publisher, by its key, last worked in first.
    pub fn latest_of(&self, publisher: &str, limit: usize) -> Result<Vec<Latest>, LedgerError> {
        let sql = format!(
            "SELECT {FIELDS} FROM (SELECT report FROM lineages WHERE publisher = ?1 ORDER BY number DESC LIMIT ?2) l
            JOIN standing s ON s.id = l.report JOIN reports r ON r.number = s.report JOIN captures c ON c.number = r.capture"
        );
        self.reports_by(&sql, params![publisher, limit as i64])
    }

    fn reports_by(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<Latest>, LedgerError> {
        (self.conn.prepare_cached(sql))
            .and_then(|mut find| {
                find.query_map(values, |row| {
                    Ok(Latest {
                        reading: row.get(0)?,
                        head: Head::at(row, 1)?,
                        at: row.get(8)?,
                        claims: row.get::<_, i64>(9)?.unsigned_abs(),
                    })
                })?
                .collect()
            })
            .map_err(|error| self.sort(error))
    }
}
