//! Reports as they are compared: lineages, the keys of their sketches, kinship, spellings.

use std::{cmp::Reverse, collections::BTreeMap};

use rusqlite::{OptionalExtension, params};
use sayso_records::{Claim, Report, ReportId};

use super::{Done, Work};
use crate::{Ledger, LedgerError, row::ClaimRow};

/// A reading that is to be worked in.
#[derive(Clone, Debug)]
pub struct Unworked {
    /// Its number.
    pub reading: i64,
    /// The report it read.
    pub report: Report,
    /// Its claims with their numbers, in the order of the text.
    pub claims: Vec<(i64, Claim)>,
    /// When it was read.
    pub at: Option<String>,
}

/// One report's kinship with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KinRow {
    /// Number of the other's lineage.
    pub other: i64,
    /// Under which it is kept what they are to each other ([`Ledger::kinship`]).
    pub number: i64,
    /// Whether something was lost or changed between them.
    pub lost: bool,
    /// Whether the other is the second of the two.
    pub other_is_second: bool,
}

/// Who published a report.
#[derive(Clone, Copy, Debug)]
pub struct Publisher<'p> {
    /// An entity's id, or `name:<folded words>`.
    pub key: &'p str,
    /// What a reader calls it.
    pub name: &'p str,
    /// What sort of house it is. `None`: not listed.
    pub kind: Option<&'p str>,
    /// Who owns it. `None`: not known.
    pub owner: Option<&'p str>,
}

/// How many of those that share keys are wanted.
#[derive(Clone, Copy, Debug)]
pub struct Sharing {
    /// Reports that may have a key: what more have says nothing about any two of them.
    pub most: usize,
    /// In all.
    pub wanted: usize,
    /// No more than so many in all where the last of them share a single key.
    pub alone: usize,
}

/// A spelling of a place, the number of reports that spell it so, and whether the gazetteer knows it.
pub type Spelling = (String, u64, bool);

impl Ledger {
    /// Numbers of at most `limit` standing readings that are not worked in yet, oldest first.
    pub fn unworked(&self, limit: usize) -> Result<Vec<i64>, LedgerError> {
        let sql = "SELECT a.reading FROM waiting a WHERE a.reading NOT IN (SELECT reading FROM worked)
            AND EXISTS (SELECT 1 FROM standing s WHERE s.number = a.reading) ORDER BY a.reading LIMIT ?1";
        self.numbers(sql, &[&(limit as i64)])
    }

    /// A reading with its report and claims.
    pub fn reading(&self, number: i64) -> Result<Unworked, LedgerError> {
        let sql = "SELECT report, at FROM readings WHERE number = ?1";
        let (report, at): (i64, Option<String>) = (self.conn.prepare_cached(sql))
            .and_then(|mut find| find.query_row([number], |row| Ok((row.get(0)?, row.get(1)?))))
            .map_err(|error| self.sort(error))?;
        let (report, _, _) = self.report_row(report)?;
        let sql = "SELECT number, id, kind, body FROM claims WHERE reading = ?1 ORDER BY number";
        let rows: Vec<(i64, String, String, String)> = (self.conn.prepare_cached(sql))
            .and_then(|mut find| {
                find.query_map([number], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                })?
                .collect()
            })
            .map_err(|error| self.sort(error))?;
        let mut claims = Vec::new();
        for (number, id, kind, body) in rows {
            let body: ClaimRow = serde_json::from_str(&body)
                .map_err(|error| self.damaged(format!("claim {id}: {error}")))?;
            claims.push((
                number,
                body.claim(id, kind, report.id.clone(), &report.text),
            ));
        }
        Ok(Unworked {
            reading: number,
            report,
            claims,
            at,
        })
    }

    /// The kept lineage of a report, with its number. `None`: it is not worked in.
    pub fn lineage(&self, report: &str) -> Result<Option<(i64, String)>, LedgerError> {
        let sql = "SELECT number, body FROM lineages WHERE report = ?1";
        (self.conn.prepare_cached(sql))
            .and_then(|mut find| {
                find.query_row([report], |row| Ok((row.get(0)?, row.get(1)?)))
                    .optional()
            })
            .map_err(|error| self.sort(error))
    }

    /// The report of the lineage with this number.
    pub fn report_of(&self, lineage: i64) -> Result<String, LedgerError> {
        let sql = "SELECT report FROM lineages WHERE number = ?1";
        (self.conn.prepare_cached(sql))
            .and_then(|mut find| find.query_row([lineage], |row| row.get(0)))
            .map_err(|error| self.sort(error))
    }

    /// Every kept lineage, in the order they were worked in.
    pub fn lineages(&self, mut give: impl FnMut(&str)) -> Result<(), LedgerError> {
        let sort = |error| self.sort(error);
        let mut find = self
            .conn
            .prepare("SELECT body FROM lineages ORDER BY number")
            .map_err(sort)?;
        let mut rows = find.query([]).map_err(sort)?;
        while let Some(row) = rows.next().map_err(sort)? {
            give(row.get_ref(0).map_err(sort)?.as_str().unwrap_or(""));
        }
        Ok(())
    }

    /// What the report with this lineage is kin to.
    pub fn kin(&self, lineage: i64) -> Result<Vec<KinRow>, LedgerError> {
        let sql = "SELECT b, number, lost, 1 FROM kin WHERE a = ?1 UNION ALL SELECT a, number, lost, 0 FROM kin WHERE b = ?1";
        (self.conn.prepare_cached(sql))
            .and_then(|mut find| {
                find.query_map([lineage], |row| {
                    Ok(KinRow {
                        other: row.get(0)?,
                        number: row.get(1)?,
                        lost: row.get(2)?,
                        other_is_second: row.get(3)?,
                    })
                })?
                .collect()
            })
            .map_err(|error| self.sort(error))
    }

    /// The kept kinship with this number.
    pub fn kinship(&self, number: i64) -> Result<String, LedgerError> {
        (self
            .conn
            .prepare_cached("SELECT body FROM kin WHERE number = ?1"))
        .and_then(|mut find| find.query_row([number], |row| row.get(0)))
        .map_err(|error| self.sort(error))
    }

    /// How many reports spell `place` so, how many name it, and whether the gazetteer knows the spelling.
    pub fn spelled(&self, place: &str, spelling: &str) -> Result<(u64, u64, bool), LedgerError> {
        let one = "SELECT s.reports, s.known, p.reports FROM spelled s JOIN placed p ON p.place = s.place WHERE s.place = ?1 AND s.spelling = ?2";
        let found: Option<(i64, bool, i64)> = (self.conn.prepare_cached(one))
            .and_then(|mut find| {
                find.query_row([place, spelling], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })
                .optional()
            })
            .map_err(|error| self.sort(error))?;
        let (so, known, all) = found.unwrap_or((0, true, 0));
        Ok((so.unsigned_abs(), all.unsigned_abs(), known))
    }

    /// Whether anything was read into the ledger that claims something.
    pub fn has_claims(&self) -> Result<bool, LedgerError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM claims c WHERE EXISTS (SELECT 1 FROM standing s WHERE s.number = c.reading))";
        self.conn
            .query_row(sql, [], |row| row.get(0))
            .map_err(|error| self.sort(error))
    }
}

impl Work<'_> {
    /// Keeps a report's lineage and sketch. Gives its number; an earlier one of the same report is replaced.
    pub fn keep_lineage(
        &self,
        report: &str,
        body: &str,
        sketch: &[u8],
        publisher: Option<&Publisher<'_>>,
    ) -> Done<i64> {
        let sql = "SELECT publisher FROM lineages WHERE report = ?1";
        let old: Option<Option<String>> = (self.step.prepare_cached(sql))
            .and_then(|mut find| find.query_row([report], |row| row.get(0)).optional())
            .map_err(|error| self.sort(error))?;
        if let Some(old) = old.flatten() {
            let sql = "UPDATE sources SET reports = reports - 1 WHERE key = ?1";
            self.run(sql, &[&old])?;
        }
        if let Some(new) = publisher {
            let sql = "INSERT INTO sources (key, name, kind, owner, reports) VALUES (?1, ?2, ?3, ?4, 1)
                ON CONFLICT (key) DO UPDATE SET reports = reports + 1, kind = coalesce(?3, kind), owner = coalesce(?4, owner)";
            self.run(sql, &[&new.key, &new.name, &new.kind, &new.owner])?;
        }
        let sql = "INSERT INTO lineages (report, body, sketch, publisher) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (report) DO UPDATE SET body = ?2, sketch = ?3, publisher = ?4 RETURNING number";
        let key = publisher.map(|publisher| publisher.key);
        (self.step.prepare_cached(sql))
            .and_then(|mut keep| {
                keep.query_row(params![report, body, sketch, key], |row| row.get(0))
            })
            .map_err(|error| self.sort(error))
    }

    /// Keeps the keys of a lineage's sketch.
    pub fn keep_keys(&self, lineage: i64, keys: &[u64]) -> Done<()> {
        let sql = "INSERT OR IGNORE INTO sketch_keys (key, lineage) VALUES (?1, ?2)";
        for key in keys {
            self.run(sql, &[&key.cast_signed(), &lineage])?;
        }
        Ok(())
    }

    /// Lineages that share keys with these, by number, with how many keys they share: most first, then by the id of the report, at most `wanted`
    /// (`alone` of those that share a single key). `own` is left out, and so is a key that more than `most` reports have.
    pub fn sharing(&self, keys: &[u64], own: i64, limits: Sharing) -> Done<Vec<(i64, String)>> {
        let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
        let sql = "SELECT lineage FROM sketch_keys WHERE key = ?1 LIMIT ?2";
        for key in keys {
            let most = (limits.most + 1) as i64;
            let held = self.numbers(sql, &[&key.cast_signed(), &most])?;
            if held.len() <= limits.most {
                held.into_iter()
                    .for_each(|number| *shared.entry(number).or_default() += 1);
            }
        }
        shared.remove(&own);
        let mut by_share: BTreeMap<Reverse<usize>, Vec<i64>> = BTreeMap::new();
        for (number, n) in shared {
            by_share.entry(Reverse(n)).or_default().push(number);
        }
        let mut out = Vec::new();
        let sql = "SELECT report FROM lineages WHERE number = ?1";
        for (Reverse(n), numbers) in by_share {
            let wanted = match n {
                1 => limits.wanted.min(out.len().max(limits.alone)),
                _ => limits.wanted,
            };
            let left = wanted.saturating_sub(out.len());
            if left == 0 {
                break;
            }
            let mut these = Vec::new();
            for number in numbers {
                let report: String = (self.step.prepare_cached(sql))
                    .and_then(|mut find| find.query_row([number], |row| row.get(0)))
                    .map_err(|error| self.sort(error))?;
                these.push((number, report));
            }
            these.sort_by(|a, b| a.1.cmp(&b.1));
            out.extend(these.into_iter().take(left));
        }
        Ok(out)
    }

    /// The kept lineage with this number.
    pub fn lineage(&self, number: i64) -> Done<Option<String>> {
        (self
            .step
            .prepare_cached("SELECT body FROM lineages WHERE number = ?1"))
        .and_then(|mut find| find.query_row([number], |row| row.get(0)).optional())
        .map_err(|error| self.sort(error))
    }

    /// The claims of a report, as it stands, in the order of the text.
    pub fn claims_of(&self, report: &str) -> Done<Vec<Claim>> {
        let sql = "SELECT c.id, c.kind, c.body, r.text FROM standing s JOIN reports r ON r.number = s.report JOIN claims c ON c.reading = s.number
            WHERE s.id = ?1 ORDER BY c.number";
        let rows: Vec<(String, String, String, String)> = (self.step.prepare_cached(sql))
            .and_then(|mut find| {
                find.query_map([report], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                })?
                .collect()
            })
            .map_err(|error| self.sort(error))?;
        let mut out = Vec::new();
        for (id, kind, body, text) in rows {
            // A row that cannot be read is told of where it is asked for; here it only cannot be compared.
            if let Ok(body) = serde_json::from_str::<ClaimRow>(&body) {
                out.push(body.claim(id, kind, ReportId(report.to_owned()), &text));
            }
        }
        Ok(out)
    }

    /// The text of a report, as it stands, with its headline.
    pub fn text_of(&self, report: &str) -> Done<Option<(Option<String>, String)>> {
        let sql = "SELECT r.title, r.text FROM reports r JOIN readings s ON s.report = r.number WHERE s.id = ?1 ORDER BY s.number DESC LIMIT 1";
        (self.step.prepare_cached(sql))
            .and_then(|mut find| {
                find.query_row([report], |row| Ok((row.get(0)?, row.get(1)?)))
                    .optional()
            })
            .map_err(|error| self.sort(error))
    }

    /// Keeps what two reports are to each other, by the numbers of their lineages, that with the smaller report id first. `lost`: something was lost or
    /// changed between them.
    pub fn keep_kin(&self, a: i64, b: i64, lost: bool, body: &str) -> Done<()> {
        self.run("DELETE FROM kin WHERE a = ?1 AND b = ?2", &[&a, &b])?;
        self.run(
            "INSERT INTO kin (a, b, lost, body) VALUES (?1, ?2, ?3, ?4)",
            &[&a, &b, &lost, &body],
        )?;
        Ok(())
    }

    /// Keeps how a report spells a place. Gives whether that is new.
    pub fn keep_spelling(
        &self,
        place: &str,
        spelling: &str,
        report: &str,
        known: bool,
    ) -> Done<bool> {
        let one = "SELECT EXISTS (SELECT 1 FROM spellings WHERE place = ?1 AND report = ?2)";
        let named: bool = (self.step.prepare_cached(one))
            .and_then(|mut find| find.query_row([place, report], |row| row.get(0)))
            .map_err(|error| self.sort(error))?;
        let sql = "INSERT OR IGNORE INTO spellings (place, report, spelling) VALUES (?1, ?2, ?3)";
        if self.run(sql, &[&place, &report, &spelling])? == 0 {
            return Ok(false);
        }
        let sql = "INSERT INTO spelled (place, spelling, reports, known) VALUES (?1, ?2, 1, ?3)
            ON CONFLICT (place, spelling) DO UPDATE SET reports = reports + 1, known = max(known, ?3)";
        self.run(sql, &[&place, &spelling, &known])?;
        if !named {
            let sql = "INSERT INTO placed (place, reports) VALUES (?1, 1) ON CONFLICT (place) DO UPDATE SET reports = reports + 1";
            self.run(sql, &[&place])?;
        }
        Ok(true)
    }

    /// How many reports spell a place how, with whether the gazetteer knows the spelling; and how many name it.
    pub fn spellings(&self, place: &str) -> Done<(Vec<Spelling>, u64)> {
        let sql = "SELECT spelling, reports, known FROM spelled WHERE place = ?1 ORDER BY spelling";
        let read = |row: &rusqlite::Row<'_>| {
            Ok((
                row.get(0)?,
                row.get::<_, i64>(1)?.unsigned_abs(),
                row.get(2)?,
            ))
        };
        let each = (self.step.prepare_cached(sql))
            .and_then(|mut find| find.query_map([place], read)?.collect())
            .map_err(|error| self.sort(error))?;
        let all = self.numbers("SELECT reports FROM placed WHERE place = ?1", &[&place])?;
        Ok((each, all.first().copied().unwrap_or(0).unsigned_abs()))
    }
}
