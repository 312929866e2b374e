//! Findings as they are kept and looked up.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{params, params_from_iter, types::Value};
use sayso_records::Sha256;

use super::{Done, Work};
use crate::{Ledger, LedgerError};

/// A finding to keep.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct FindingRow {
    pub id: String,
    pub kind: String,
    pub first_day: Option<String>,
    pub last_day: Option<String>,
    pub last_seen: Option<String>,
    pub established: usize,
    pub unknown: usize,
    pub publishers: usize,
    pub denied: usize,
    pub doubted: usize,
    pub grade: u8,
    /// The highest on the kind's ladder.
    pub status: Option<String>,
    /// Numbers of the first and the last claim that was read of it.
    pub begun: i64,
    pub latest: i64,
    /// Role, key and name of what it is of, and what is given in return (`exchange`).
    pub terms: Vec<(String, String, String)>,
    /// Key and name of who begins it (`true`) or repeats it.
    pub sources: Vec<(String, String, bool)>,
    /// Names by which it is looked up, one text each; they are folded here.
    pub about: Vec<String>,
    pub places: Vec<String>,
    pub says: Vec<String>,
    /// JSON, as the caller likes.
    pub body: String,
}

/// Which findings to give; every field that is set must hold.
#[derive(Clone, Debug, Default)]
pub struct FindingFilter {
    /// Kinds, any of them. Empty: every kind.
    pub kinds: Vec<String>,
    /// A name, or an entity's id, in any role.
    pub about: Option<String>,
    /// A place or a country's code.
    pub place: Option<String>,
    /// Only what concerns this day or later.
    pub since: Option<String>,
    /// Only what concerns this day or earlier.
    pub until: Option<String>,
    /// An origin, a relay or a publisher.
    pub source: Option<String>,
    /// At least so many established origins.
    pub origins: usize,
    /// Only what somebody denies or doubts.
    pub disputed: bool,
    /// Only what this report says or speaks against.
    pub report: Option<String>,
}

/// A word between names, so that no look-up runs from one into the next.
const APART: &str = " zq ";

/// More matches than this are not fetched and put in order: the order is gone through until enough match.
const FEW: usize = 4_000;

/// What a filter asks of the words of findings and of their rows.
struct Asked {
    words: Option<String>,
    wheres: String,
    values: Vec<Value>,
}

/// A kind as one word of the index: what is asked for may be anything.
fn kind_word(kind: &str) -> String {
    let kept = kind.chars().filter(char::is_ascii_alphanumeric);
    format!("kind{}", kept.collect::<String>())
}

impl FindingFilter {
    /// `None`: nothing can pass, as a name without a letter or digit names nothing.
    fn asked(&self) -> Option<Asked> {
        let mut words: Vec<String> = Vec::new();
        if self.disputed {
            words.push("marks:disputed".to_owned());
        }
        if !self.kinds.is_empty() {
            let kinds = self
                .kinds
                .iter()
                .map(|kind| format!("marks:\"{}\"", kind_word(kind)));
            words.push(format!("({})", kinds.collect::<Vec<_>>().join(" OR ")));
        }
        for (column, name) in [
            ("about", &self.about),
            ("places", &self.place),
            ("says", &self.source),
        ] {
            if let Some(name) = name {
                let name = crate::fold(name);
                if name.trim().is_empty() {
                    return None;
                }
                // The beginning of a word of the name, and whole words before it.
                words.push(format!("{column}:\"{}\"*", name.trim()));
            }
        }
        let mut asked = Asked {
            words: (!words.is_empty()).then(|| words.join(" AND ")),
            wheres: "1".to_owned(),
            values: Vec::new(),
        };
        if let Some(report) = &self.report {
            // What its claims state, and what follows from that; of these, the findings that name it.
            let stated =
                "SELECT t.proposition FROM readings r JOIN claims c ON c.reading = r.number
                JOIN stated t ON t.claim = c.number WHERE r.id = ?";
            asked.hold(
                &format!(
                    "(proposition IN ({stated}) OR proposition IN (SELECT wider FROM entails WHERE narrower IN ({stated}))
                        OR proposition IN (SELECT narrower FROM entails WHERE wider IN ({stated})))
                        AND instr((SELECT body FROM finding_bodies WHERE finding = findings.number), ?) > 0"
                ),
                report.clone().into(),
            );
        }
        if self.origins > 0 {
            let origins = i64::try_from(self.origins).unwrap_or(i64::MAX);
            asked.hold("established >= ?", origins.into());
        }
        for (sql, day) in [
            ("last_day >= ?", &self.since),
            ("first_day <= ?", &self.until),
        ] {
            if let Some(day) = day {
                asked.hold(sql, day.clone().into());
            }
        }
        Some(asked)
    }
}

impl Asked {
    fn hold(&mut self, sql: &str, value: Value) {
        self.values.push(value);
        self.wheres += " AND ";
        self.wheres += &sql.replace('?', &format!("?{}", self.values.len()));
    }

    fn with_words(mut self) -> Self {
        if let Some(words) = self.words.take() {
            self.hold(
                "number IN (SELECT rowid FROM finding_words WHERE finding_words MATCH ?)",
                words.into(),
            );
        }
        self
    }
}

impl Ledger {
    /// Bodies of at most `limit` findings that pass `filter`, most origins first, then most publishers, then by id; `give` takes one after the other
    /// until it says no.
    pub fn findings(
        &self,
        filter: &FindingFilter,
        limit: usize,
        mut give: impl FnMut(String) -> bool,
    ) -> Result<(), LedgerError> {
        let Some(asked) = filter.asked() else {
            return Ok(());
        };
        // Few are fetched and put in order; of many the order is gone through.
        let way = match &asked.words {
            Some(words) if self.matching(words, FEW + 1)? <= FEW => "NOT INDEXED",
            _ => "INDEXED BY findings_in_order",
        };
        let mut asked = asked.with_words();
        asked
            .values
            .push(i64::try_from(limit).unwrap_or(i64::MAX).into());
        let sql = format!(
            "SELECT b.body FROM (SELECT number, established, publishers, id FROM findings {way} WHERE {}
                ORDER BY established DESC, publishers DESC, id LIMIT ?{}) f
            JOIN finding_bodies b ON b.finding = f.number ORDER BY f.established DESC, f.publishers DESC, f.id",
            asked.wheres,
            asked.values.len()
        );
        let sort = |error| self.sort(error);
        let mut find = self.conn.prepare(&sql).map_err(sort)?;
        let mut rows = find.query(params_from_iter(asked.values)).map_err(sort)?;
        while let Some(row) = rows.next().map_err(sort)? {
            if !give(row.get(0).map_err(sort)?) {
                break;
            }
        }
        Ok(())
    }

    /// Numbers of the findings that pass `filter`, in no order.
    pub fn finding_numbers(&self, filter: &FindingFilter) -> Result<Vec<i64>, LedgerError> {
        let Some(asked) = filter.asked() else {
            return Ok(Vec::new());
        };
        // The index of words knows the numbers: no row is looked at.
        if let (Some(words), true) = (&asked.words, asked.values.is_empty()) {
            let sql = "SELECT rowid FROM finding_words WHERE finding_words MATCH ?1";
            return (self.conn.prepare_cached(sql))
                .and_then(|mut find| find.query_map([words], |row| row.get(0))?.collect())
                .map_err(|error| self.sort(error));
        }
        let asked = asked.with_words();
        let sql = format!(
            "SELECT number FROM findings NOT INDEXED WHERE {}",
            asked.wheres
        );
        (self.conn.prepare(&sql))
            .and_then(|mut find| {
                find.query_map(params_from_iter(asked.values), |row| row.get(0))?
                    .collect()
            })
            .map_err(|error| self.sort(error))
    }

    /// How many findings have `words`; counted up to `most`.
    fn matching(&self, words: &str, most: usize) -> Result<usize, LedgerError> {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM finding_words WHERE finding_words MATCH ?1 LIMIT ?2)";
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let n: i64 = (self
            .conn
            .query_row(sql, params![words, most], |row| row.get(0)))
        .map_err(|error| self.sort(error))?;
        Ok(usize::try_from(n).unwrap_or(0))
    }

    /// How many findings pass `filter`.
    pub fn count_findings(&self, filter: &FindingFilter) -> Result<usize, LedgerError> {
        let Some(asked) = filter.asked() else {
            return Ok(0);
        };
        if let (Some(words), true) = (&asked.words, asked.values.is_empty()) {
            return self.matching(words, usize::MAX);
        }
        let way = match &asked.words {
            Some(words) if self.matching(words, FEW + 1)? <= FEW => "NOT INDEXED",
            _ => "INDEXED BY findings_in_order",
        };
        let asked = asked.with_words();
        let sql = format!("SELECT count(*) FROM findings {way} WHERE {}", asked.wheres);
        let n: i64 = self
            .conn
            .query_row(&sql, params_from_iter(asked.values), |row| row.get(0))
            .map_err(|error| self.sort(error))?;
        Ok(usize::try_from(n).unwrap_or(0))
    }

    /// The finding whose id begins with `prefix`: its body.
    pub fn finding(&self, prefix: &str) -> Result<crate::Matched<String>, LedgerError> {
        let sql = "SELECT id FROM findings WHERE id >= ?1 AND id < ?1 || 'g' ORDER BY id LIMIT 11";
        Ok(match self.one_of(sql, prefix)? {
            crate::Matched::One(id) => {
                let sql = "SELECT b.body FROM findings f JOIN finding_bodies b ON b.finding = f.number WHERE f.id = ?1";
                let body = self.conn.query_row(sql, [id], |row| row.get(0));
                crate::Matched::One(body.map_err(|error| self.sort(error))?)
            }
            crate::Matched::None => crate::Matched::None,
            crate::Matched::Many(ids) => crate::Matched::Many(ids),
        })
    }

    /// Bodies of the findings of `proposition`, by id.
    pub fn findings_of(&self, proposition: i64) -> Result<Vec<String>, LedgerError> {
        let sql = "SELECT b.body FROM findings f JOIN finding_bodies b ON b.finding = f.number WHERE f.proposition = ?1 ORDER BY f.id";
        (self.conn.prepare_cached(sql))
            .and_then(|mut find| find.query_map([proposition], |row| row.get(0))?.collect())
            .map_err(|error| self.sort(error))
    }

    /// Bodies of the findings with a proposition that has one of `terms` (see [`Work::add_proposition`]) as its own.
    pub fn findings_with(&self, terms: &[i64]) -> Result<Vec<String>, LedgerError> {
        let terms = serde_json::to_string(terms).unwrap_or_default();
        let sql = "SELECT b.body FROM (SELECT DISTINCT f.number, f.established, f.publishers, f.id FROM terms t JOIN findings f ON f.proposition = t.proposition
                WHERE t.own AND t.term IN (SELECT value FROM json_each(?1))) f
            JOIN finding_bodies b ON b.finding = f.number ORDER BY f.established DESC, f.publishers DESC, f.id";
        (self.conn.prepare(sql))
            .and_then(|mut find| find.query_map([terms], |row| row.get(0))?.collect())
            .map_err(|error| self.sort(error))
    }
}

impl Work<'_> {
    /// Marks the findings that somebody says who is called `name`, or has it as key, as to be made again.
    pub fn soil_said_by(&self, name: &str) -> Done<()> {
        let words = crate::fold(name);
        if !words.trim().is_empty() {
            let words = format!("says:\"{}\"", words.trim());
            let sql = "UPDATE propositions SET dirty = 1 WHERE number IN (SELECT f.proposition FROM finding_words w JOIN findings f ON f.number = w.rowid
                WHERE finding_words MATCH ?1)";
            self.run(sql, &[&words])?;
        }
        Ok(())
    }

    /// Puts `rows` in the place of the findings of `proposition`, which then is done.
    pub fn keep_findings(&self, proposition: i64, rows: &[FindingRow]) -> Done<()> {
        self.run(
            "UPDATE propositions SET dirty = 0 WHERE number = ?1",
            &[&proposition],
        )?;
        let sql = "SELECT id, number, words FROM findings WHERE proposition = ?1";
        let mut old: BTreeMap<String, (i64, i64)> = (self.step.prepare_cached(sql))
            .and_then(|mut find| {
                find.query_map([proposition], |row| {
                    Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))
                })?
                .collect()
            })
            .map_err(|error| self.sort(error))?;
        for row in rows {
            let fold = |names: &[String]| {
                let names: Vec<String> = names.iter().map(|name| crate::fold(name)).collect();
                names.join(APART)
            };
            let marks = format!(
                "{} {}",
                kind_word(&row.kind),
                match row.denied + row.doubted {
                    0 => "",
                    _ => "disputed",
                }
            );
            let words = [fold(&row.about), fold(&row.places), fold(&row.says), marks];
            let digest = Sha256::of(words.join("\n").as_bytes());
            let hash = i64::from_le_bytes(std::array::from_fn(|at| digest.0[at]));
            let known = old.remove(&row.id);
            let counts = [
                row.established,
                row.publishers,
                row.unknown,
                row.denied,
                row.doubted,
            ];
            let [established, publishers, unknown, denied, doubted] = counts.map(|n| n as i64);
            let sql = "INSERT INTO findings (number, id, proposition, established, publishers, first_day, last_day, last_seen, words,
                    kind, grade, unknown, denied, doubted, status, begun, latest)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
                ON CONFLICT (number) DO UPDATE SET established = ?4, publishers = ?5, first_day = ?6, last_day = ?7, last_seen = ?8, words = ?9,
                    kind = ?10, grade = ?11, unknown = ?12, denied = ?13, doubted = ?14, status = ?15, begun = ?16, latest = ?17";
            let number = known.map(|(number, _)| number);
            self.run(
                sql,
                &[
                    &number,
                    &row.id,
                    &proposition,
                    &established,
                    &publishers,
                    &row.first_day,
                    &row.last_day,
                    &row.last_seen,
                    &hash,
                    &row.kind,
                    &row.grade,
                    &unknown,
                    &denied,
                    &doubted,
                    &row.status,
                    &row.begun,
                    &row.latest,
                ],
            )?;
            let is_new = number.is_none();
            let number = number.unwrap_or_else(|| self.step.last_insert_rowid());
            // The proposition's own never change; what is given in return may be said later.
            let terms = row.terms.iter();
            let terms = terms.filter(|(role, ..)| is_new || role == "exchange");
            for (role, key, name) in terms {
                let sql = "INSERT OR IGNORE INTO finding_terms (finding, role, key, name) VALUES (?1, ?2, ?3, ?4)";
                self.run(sql, &[&number, role, key, name])?;
            }
            self.keep_sources(number, &row.sources)?;
            self.run(
                "INSERT OR REPLACE INTO finding_bodies (finding, body) VALUES (?1, ?2)",
                &[&number, &row.body],
            )?;
            if known.is_none_or(|(_, old)| old != hash) {
                let sql = "INSERT OR REPLACE INTO finding_words (rowid, about, places, says, marks) VALUES (?1, ?2, ?3, ?4, ?5)";
                let [about, places, says, marks] = &words;
                self.run(sql, &[&number, about, places, says, marks])?;
            }
        }
        for (number, _) in old.into_values() {
            self.keep_sources(number, &[])?;
            for sql in [
                "DELETE FROM finding_terms WHERE finding = ?1",
                "DELETE FROM finding_words WHERE rowid = ?1",
                "DELETE FROM finding_bodies WHERE finding = ?1",
                "DELETE FROM findings WHERE number = ?1",
            ] {
                self.run(sql, &[&number])?;
            }
        }
        Ok(())
    }

    /// Puts `sources` in the place of those that begin or repeat a finding, and counts them anew.
    fn keep_sources(&self, finding: i64, sources: &[(String, String, bool)]) -> Done<()> {
        let sql = "SELECT key, begins FROM finding_sources WHERE finding = ?1";
        let old: BTreeSet<(String, bool)> = (self.step.prepare_cached(sql))
            .and_then(|mut find| {
                find.query_map([finding], |row| Ok((row.get(0)?, row.get(1)?)))?
                    .collect()
            })
            .map_err(|error| self.sort(error))?;
        let new: BTreeMap<(&str, bool), &str> = sources
            .iter()
            .map(|(key, name, begins)| ((key.as_str(), *begins), name.as_str()))
            .collect();
        for (key, begins) in &old {
            if new.contains_key(&(key.as_str(), *begins)) {
                continue;
            }
            let sql = "DELETE FROM finding_sources WHERE finding = ?1 AND key = ?2 AND begins = ?3";
            self.run(sql, &[&finding, key, begins])?;
            let sql = "UPDATE sources SET originates = originates - ?2, repeats = repeats - NOT ?2 WHERE key = ?1";
            self.run(sql, &[key, begins])?;
        }
        for ((key, begins), name) in new {
            if old.contains(&(key.to_owned(), begins)) {
                continue;
            }
            let sql = "INSERT INTO finding_sources (finding, key, begins) VALUES (?1, ?2, ?3)";
            self.run(sql, &[&finding, &key, &begins])?;
            let sql = "INSERT INTO sources (key, name, originates, repeats) VALUES (?1, ?2, ?3, NOT ?3)
                ON CONFLICT (key) DO UPDATE SET originates = originates + ?3, repeats = repeats + NOT ?3";
            self.run(sql, &[&key, &name, &begins])?;
        }
        Ok(())
    }
}
