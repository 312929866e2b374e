//! What a claim states, and words in reports and claims.

use rusqlite::{OptionalExtension, params};

use crate::{Ledger, LedgerError};

/// A report or claim in which words were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// By which the next ones are asked for.
    pub number: i64,
    /// The report's id.
    pub report: String,
    /// Its headline, publisher and day.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub published: Option<String>,
    /// The claim's id. `None`: the words are in the report's text.
    pub claim: Option<String>,
    /// The words around, those that were asked for between the signs 0x01 and 0x02.
    pub snippet: String,
}

impl Ledger {
    /// Ids of the findings that a claim is of: of the proposition it states.
    pub fn findings_of_claim(&self, claim: &str) -> Result<Vec<String>, LedgerError> {
        let sql = "SELECT DISTINCT f.id FROM claims c JOIN stated t ON t.claim = c.number JOIN findings f ON f.proposition = t.proposition
            WHERE c.id = ?1 ORDER BY f.id LIMIT 20";
        (self.conn.prepare_cached(sql))
            .and_then(|mut find| find.query_map([claim], |row| row.get(0))?.collect())
            .map_err(|error| self.sort(error))
    }

    /// Standing reports whose text or headline has the words of `matching` (FTS5), last read first: at most `limit` before the number `before`.
    pub fn search_reports(
        &self,
        matching: &str,
        limit: usize,
        before: Option<i64>,
    ) -> Result<Vec<Hit>, LedgerError> {
        let sql = "SELECT w.rowid, r.id, r.title, r.publisher, r.published, NULL, snippet(report_words, 1, char(1), char(2), ' … ', 32)
            FROM report_words w JOIN reports r ON r.number = w.rowid
            WHERE report_words MATCH ?1 AND w.rowid < ?3 AND EXISTS (SELECT 1 FROM standing s WHERE s.report = w.rowid)
            ORDER BY w.rowid DESC LIMIT ?2";
        self.hits(sql, matching, limit, before)
    }

    /// Standing claims whose sentence has the words of `matching` (FTS5), last read first; the sentence is given whole and unmarked.
    pub fn search_claims(
        &self,
        matching: &str,
        limit: usize,
        before: Option<i64>,
    ) -> Result<Vec<Hit>, LedgerError> {
        let sql = "SELECT w.rowid, r.id, r.title, r.publisher, r.published, c.id,
                CAST(substr(CAST(r.text AS BLOB), json_extract(c.body, '$.e[0]') + 1, json_extract(c.body, '$.e[1]') - json_extract(c.body, '$.e[0]')) AS TEXT)
            FROM claim_words w JOIN claims c ON c.number = w.rowid JOIN readings n ON n.number = c.reading JOIN reports r ON r.number = n.report
            WHERE claim_words MATCH ?1 AND w.rowid < ?3 AND EXISTS (SELECT 1 FROM standing s WHERE s.number = n.number)
            ORDER BY w.rowid DESC LIMIT ?2";
        self.hits(sql, matching, limit, before)
    }

    fn hits(
        &self,
        sql: &str,
        matching: &str,
        limit: usize,
        before: Option<i64>,
    ) -> Result<Vec<Hit>, LedgerError> {
        let values = params![matching, limit as i64, before.unwrap_or(i64::MAX)];
        (self.conn.prepare_cached(sql))
            .and_then(|mut find| {
                find.query_map(values, |row| {
                    Ok(Hit {
                        number: row.get(0)?,
                        report: row.get(1)?,
                        title: row.get(2)?,
                        publisher: row.get(3)?,
                        published: row.get(4)?,
                        claim: row.get(5)?,
                        snippet: row.get(6)?,
                    })
                })?
                .collect()
            })
            .map_err(|error| self.sort(error))
    }

    /// How often a source publishes, begins and repeats, by its key. `None`: nobody knows it.
    pub fn source(&self, key: &str) -> Result<Option<crate::SourceRow>, LedgerError> {
        let sql = "SELECT key, name, kind, owner, reports, originates, repeats FROM sources WHERE key = ?1";
        (self.conn.prepare_cached(sql))
            .and_then(|mut find| find.query_row([key], crate::shelf::source).optional())
            .map_err(|error| self.sort(error))
    }
}
