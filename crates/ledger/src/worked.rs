//! What is worked out from the claims, kept beside them: rows and keys that the ledger does not understand, and may lose.

use std::{cmp::Reverse, collections::BTreeMap};

use rusqlite::{
    Connection, OptionalExtension, ToSql, Transaction, TransactionBehavior, params,
    params_from_iter, types::Value,
};
use sayso_records::{Claim, Report, Sha256};

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
    pub publishers: usize,
    pub disputed: bool,
    /// Names by which it is looked up, one text each; they are folded here.
    pub about: Vec<String>,
    pub places: Vec<String>,
    pub says: Vec<String>,
    /// JSON, as the caller likes.
    pub body: String,
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

/// A kind as one word of the index: what is asked for may be anything.
fn kind_word(kind: &str) -> String {
    let kept = kind.chars().filter(char::is_ascii_alphanumeric);
    format!("kind{}", kept.collect::<String>())
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

/// One unit of work on what is worked out: all of it is kept, or nothing.
#[derive(Debug)]
pub struct Work<'l> {
    step: Transaction<'l>,
}

impl Ledger {
    /// Claims of narrower propositions that one counts.
    pub const MOST_HEEDED: usize = 100;

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

    /// The text of a report, as it stands, with its headline. `None`: no such report.
    pub fn text_of(&self, report: &str) -> Result<Option<(Option<String>, String)>, LedgerError> {
        let sql = "SELECT r.title, r.text FROM reports r JOIN standing s ON s.report = r.number WHERE s.id = ?1";
        (self.conn.prepare_cached(sql))
            .and_then(|mut find| {
                find.query_row([report], |row| Ok((row.get(0)?, row.get(1)?)))
                    .optional()
            })
            .map_err(|error| self.sort(error))
    }

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

    /// Propositions whose findings are to be made again, at most `limit`: number and body.
    pub fn dirty(&self, limit: usize) -> Result<Vec<(i64, String)>, LedgerError> {
        let sql = "SELECT number, body FROM propositions WHERE dirty LIMIT ?1";
        self.pairs(sql, &[&(limit as i64)])
    }

    /// How many propositions wait to be made again.
    pub fn waiting(&self) -> Result<usize, LedgerError> {
        let sql = "SELECT count(*) FROM propositions WHERE dirty";
        let n: i64 = self
            .conn
            .query_row(sql, [], |row| row.get(0))
            .map_err(|error| self.sort(error))?;
        Ok(usize::try_from(n).unwrap_or(0))
    }

    /// Numbers of the propositions narrower, or wider, than `proposition`.
    pub fn narrower(&self, proposition: i64) -> Result<Vec<i64>, LedgerError> {
        self.numbers(
            "SELECT narrower FROM entails WHERE wider = ?1 ORDER BY narrower",
            &[&proposition],
        )
    }

    /// See [`Ledger::narrower`].
    pub fn wider(&self, proposition: i64) -> Result<Vec<i64>, LedgerError> {
        self.numbers(
            "SELECT wider FROM entails WHERE narrower = ?1 ORDER BY wider",
            &[&proposition],
        )
    }

    /// Numbers of the claims that state `proposition`: those that affirm it, or those against it. Not all of them need stand
    /// ([`Ledger::standing_claim`]).
    pub fn stating(&self, proposition: i64, against: bool) -> Result<Vec<i64>, LedgerError> {
        let sql = "SELECT claim FROM stated WHERE proposition = ?1 AND against = ?2 ORDER BY claim";
        self.numbers(sql, &[&proposition, &against])
    }

    /// Of the claims that affirm something narrower than `proposition`, the numbers of those that it counts: the first [`Ledger::MOST_HEEDED`] in the
    /// order of publication.
    pub fn heeded(&self, proposition: i64) -> Result<Vec<i64>, LedgerError> {
        let sql = "SELECT claim FROM heeded WHERE wider = ?1 ORDER BY at, lot, claim";
        self.numbers(sql, &[&proposition])
    }

    /// The claim with this number, with its sentence where `quoted`. `None`: it stands no longer.
    pub fn standing_claim(&self, number: i64, quoted: bool) -> Result<Option<Claim>, LedgerError> {
        let sql = "SELECT c.id, c.kind, c.body, r.id, r.report FROM claims c JOIN readings r ON r.number = c.reading
            WHERE c.number = ?1 AND EXISTS (SELECT 1 FROM standing s WHERE s.number = r.number)";
        let row: Option<(String, String, String, String, i64)> = (self.conn.prepare_cached(sql))
            .and_then(|mut find| {
                find.query_row([number], |row| {
                    Ok((
                        row.get(0)?,
                        row.get(1)?,
                        row.get(2)?,
                        row.get(3)?,
                        row.get(4)?,
                    ))
                })
                .optional()
            })
            .map_err(|error| self.sort(error))?;
        let Some((id, kind, body, report, text)) = row else {
            return Ok(None);
        };
        let body: ClaimRow = serde_json::from_str(&body)
            .map_err(|error| self.damaged(format!("claim {id}: {error}")))?;
        let text = match quoted {
            true => self.report_row(text)?.0.text,
            false => String::new(),
        };
        Ok(Some(body.claim(
            id,
            kind,
            sayso_records::ReportId(report),
            &text,
        )))
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

    /// Whether anything was read into the ledger that claims something.
    pub fn has_claims(&self) -> Result<bool, LedgerError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM claims c WHERE EXISTS (SELECT 1 FROM standing s WHERE s.number = c.reading))";
        self.conn
            .query_row(sql, [], |row| row.get(0))
            .map_err(|error| self.sort(error))
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

    /// The number of the proposition with this id. `None`: nobody stated it.
    pub fn proposition(&self, id: &str) -> Result<Option<i64>, LedgerError> {
        proposition(&self.conn, id).map_err(|error| self.sort(error))
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

fn proposition(conn: &Connection, id: &str) -> rusqlite::Result<Option<i64>> {
    (conn.prepare_cached("SELECT number FROM propositions WHERE id = ?1"))?
        .query_row([id], |row| row.get(0))
        .optional()
}

pub(crate) type Done<T> = Result<T, LedgerError>;

/// A spelling of a place, the number of reports that spell it so, and whether the gazetteer knows it.
pub type Spelling = (String, u64, bool);

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

    /// Forgets what the claims of a reading state, before they are filed again.
    pub fn unstate(&self, reading: i64) -> Done<()> {
        let these = "SELECT number FROM claims WHERE reading = ?1";
        let wider = self.heeding(these, reading)?;
        self.run(
            &format!("DELETE FROM stated WHERE claim IN ({these})"),
            &[&reading],
        )?;
        wider
            .into_iter()
            .try_for_each(|wider| self.heed_again(wider))
    }

    /// Propositions that count one of some narrower claims.
    fn heeding(&self, claims: &str, of: i64) -> Done<Vec<i64>> {
        let sql =
            format!("SELECT DISTINCT wider FROM heeded WHERE claim IN ({claims}) ORDER BY wider");
        self.numbers(&sql, &[&of])
    }

    /// Chooses anew which narrower claims `wider` counts.
    fn heed_again(&self, wider: i64) -> Done<()> {
        self.run("DELETE FROM heeded WHERE wider = ?1", &[&wider])?;
        let sql = "INSERT INTO heeded (wider, at, lot, claim) SELECT ?1, t.at, t.lot, t.claim FROM entails e
            JOIN stated t ON t.proposition = e.narrower AND t.against = 0 WHERE e.wider = ?1
            AND NOT EXISTS (SELECT 1 FROM superseded o WHERE o.claim = t.claim) ORDER BY t.at, t.lot, t.claim LIMIT ?2";
        let n = self.run(sql, &[&wider, &(Ledger::MOST_HEEDED as i64)])?;
        self.run(
            "UPDATE propositions SET heeded = ?2, dirty = 1 WHERE number = ?1",
            &[&wider, &(n as i64)],
        )?;
        Ok(())
    }

    /// Forgets every proposition with one of `terms`, its own or wider, and has the readings worked in again of which a claim states one.
    pub fn reopen_with(&self, terms: &[i64]) -> Done<()> {
        let terms = serde_json::to_string(terms).unwrap_or_default();
        let with = "SELECT proposition FROM terms WHERE term IN (SELECT value FROM json_each(?1))";
        self.run(
            "CREATE TEMP TABLE IF NOT EXISTS reopened (number INTEGER PRIMARY KEY)",
            &[],
        )?;
        self.run("DELETE FROM temp.reopened", &[])?;
        self.run(
            &format!("INSERT OR IGNORE INTO temp.reopened {with}"),
            &[&terms],
        )?;
        let these = "(SELECT number FROM temp.reopened)";
        let heeding = "SELECT DISTINCT wider FROM heeded WHERE claim IN (SELECT claim FROM stated WHERE proposition IN these) AND wider NOT IN these";
        let heeding = self.numbers(&heeding.replace("these", these), &[])?;
        for sql in [
            "UPDATE propositions SET dirty = 1 WHERE number IN (SELECT wider FROM entails WHERE narrower IN these)",
            "UPDATE propositions SET dirty = 1 WHERE number IN (SELECT narrower FROM entails WHERE wider IN these)",
            "INSERT OR IGNORE INTO waiting SELECT c.reading FROM stated t JOIN claims c ON c.number = t.claim WHERE t.proposition IN these",
            "DELETE FROM worked WHERE reading IN (SELECT c.reading FROM stated t JOIN claims c ON c.number = t.claim WHERE t.proposition IN these)",
            "DELETE FROM stated WHERE proposition IN these",
            "DELETE FROM finding_bodies WHERE finding IN (SELECT number FROM findings WHERE proposition IN these)",
            "DELETE FROM finding_words WHERE rowid IN (SELECT number FROM findings WHERE proposition IN these)",
            "DELETE FROM findings WHERE proposition IN these",
            "DELETE FROM heeded WHERE wider IN these",
            "DELETE FROM heeded WHERE claim IN (SELECT claim FROM stated WHERE proposition IN these)",
            "DELETE FROM entails WHERE wider IN these",
            "DELETE FROM entails WHERE narrower IN these",
            "DELETE FROM terms WHERE proposition IN these",
            "DELETE FROM propositions WHERE number IN these",
        ] {
            self.run(&sql.replace("these", these), &[])?;
        }
        heeding
            .into_iter()
            .try_for_each(|wider| self.heed_again(wider))
    }

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

    /// Marks what a claim states as to be made again, with all that is wider and narrower.
    pub fn soil_claim(&self, claim: &str) -> Done<()> {
        let of = "SELECT t.proposition FROM claims c JOIN stated t ON t.claim = c.number WHERE c.id = ?1";
        let sql = format!(
            "UPDATE propositions SET dirty = 1 WHERE number IN ({of}) OR number IN (SELECT wider FROM entails WHERE narrower IN ({of}))
                OR number IN (SELECT narrower FROM entails WHERE wider IN ({of}))"
        );
        self.run(&sql, &[&claim])?;
        Ok(())
    }

    /// Marks a reading as worked in, and what earlier readings of the same report state as to be made again.
    pub fn worked(&self, reading: i64) -> Done<()> {
        self.run(
            "INSERT OR IGNORE INTO worked (reading) VALUES (?1)",
            &[&reading],
        )?;
        self.run("DELETE FROM waiting WHERE reading = ?1", &[&reading])?;
        let sql = "UPDATE propositions SET dirty = 1 WHERE number IN (
            SELECT t.proposition FROM readings n JOIN readings o ON o.id = n.id AND o.number <> n.number
            JOIN claims c ON c.reading = o.number JOIN stated t ON t.claim = c.number WHERE n.number = ?1)";
        self.run(sql, &[&reading])?;
        let older =
            "SELECT c.number FROM readings n JOIN readings o ON o.id = n.id AND o.number < n.number
            JOIN claims c ON c.reading = o.number WHERE n.number = ?1";
        let sql = format!("INSERT OR IGNORE INTO superseded (claim) {older}");
        if self.run(&sql, &[&reading])? > 0 {
            for wider in self.heeding(older, reading)? {
                self.heed_again(wider)?;
            }
        }
        Ok(())
    }

    /// Keeps a report's lineage and sketch. Gives its number; an earlier one of the same report is replaced.
    pub fn keep_lineage(&self, report: &str, body: &str, sketch: &[u8]) -> Done<i64> {
        let sql = "INSERT INTO lineages (report, body, sketch) VALUES (?1, ?2, ?3) ON CONFLICT (report) DO UPDATE SET body = ?2, sketch = ?3 RETURNING number";
        (self.step.prepare_cached(sql))
            .and_then(|mut keep| keep.query_row(params![report, body, sketch], |row| row.get(0)))
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
                out.push(body.claim(id, kind, sayso_records::ReportId(report.to_owned()), &text));
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

    /// Marks the findings of every proposition that has `term` as its own as to be made again.
    pub fn soil_with(&self, term: i64) -> Done<()> {
        self.run("UPDATE propositions SET dirty = 1 WHERE number IN (SELECT proposition FROM terms WHERE term = ?1 AND own)", &[&term])?;
        Ok(())
    }

    /// The number of the proposition with this id. `None`: nobody stated it so far.
    pub fn proposition(&self, id: &str) -> Done<Option<i64>> {
        proposition(&self.step, id).map_err(|error| self.sort(error))
    }

    /// The body of a proposition.
    pub fn proposition_body(&self, number: i64) -> Done<String> {
        (self
            .step
            .prepare_cached("SELECT body FROM propositions WHERE number = ?1"))
        .and_then(|mut find| find.query_row([number], |row| row.get(0)))
        .map_err(|error| self.sort(error))
    }

    /// Gives a proposition another body; its id stays.
    pub fn rename(&self, number: i64, body: &str) -> Done<()> {
        self.run(
            "UPDATE propositions SET body = ?2, dirty = 1 WHERE number = ?1",
            &[&number, &body],
        )?;
        Ok(())
    }

    /// Keeps a new proposition.
    pub fn add_proposition(&self, id: &str, body: &str) -> Done<i64> {
        self.run(
            "INSERT INTO propositions (id, body, dirty) VALUES (?1, ?2, 1)",
            &[&id, &body],
        )?;
        Ok(self.step.last_insert_rowid())
    }

    /// Links a proposition with all that are wider and narrower: by hashes of its terms and of all they lie within, each with whether it is its own,
    /// and by the ids of all that could be wider. `old`: the terms it was linked by before, which is
    /// forgotten; none for a new one.
    pub fn link(
        &self,
        number: i64,
        terms: &[(i64, bool)],
        wider: &[String],
        old: &[(i64, bool)],
    ) -> Done<()> {
        let is_wider = "SELECT wider FROM entails WHERE narrower = ?1";
        let mut changed = Vec::new();
        if !old.is_empty() {
            changed = self.numbers(is_wider, &[&number])?;
            self.run(
                "DELETE FROM entails WHERE wider = ?1 OR narrower = ?1",
                &[&number],
            )?;
        }
        for (term, _) in old {
            self.run(
                "DELETE FROM terms WHERE term = ?1 AND proposition = ?2",
                &[term, &number],
            )?;
        }
        for id in wider {
            if let Some(wider) = self.proposition(id)? {
                self.run(
                    "INSERT OR IGNORE INTO entails (wider, narrower) VALUES (?1, ?2)",
                    &[&wider, &number],
                )?;
            }
        }
        // Narrower ones have all its own terms among theirs: looked for where the fewest have one.
        let own: Vec<i64> = terms
            .iter()
            .filter(|(_, own)| *own)
            .map(|(term, _)| *term)
            .collect();
        let mut rarest: Option<(i64, i64)> = None;
        for term in &own {
            let held = "SELECT count(*) FROM (SELECT 1 FROM terms WHERE term = ?1 LIMIT 20000)";
            let held = self.numbers(held, &[term])?.first().copied().unwrap_or(0);
            if rarest.is_none_or(|(n, _)| held < n) {
                rarest = Some((held, *term));
            }
        }
        if let Some((_, rarest)) = rarest {
            let rest: Vec<i64> = own.iter().copied().filter(|term| *term != rarest).collect();
            let mut sql = String::from(
                "INSERT OR IGNORE INTO entails (wider, narrower) SELECT ?1, t.proposition FROM terms t WHERE t.term = ?2",
            );
            for at in 0..rest.len() {
                sql += &format!(
                    " AND EXISTS (SELECT 1 FROM terms o WHERE o.term = ?{} AND o.proposition = t.proposition)",
                    at + 3
                );
            }
            let mut values: Vec<&dyn ToSql> = vec![&number, &rarest];
            values.extend(rest.iter().map(|term| term as &dyn ToSql));
            if self.run(&sql, &values)? > 0 || !old.is_empty() {
                self.heed_again(number)?;
            }
        }
        if !old.is_empty() {
            // What it states counts to others now, and no longer to some.
            changed.extend(self.numbers(is_wider, &[&number])?);
            changed.sort_unstable();
            changed.dedup();
            changed
                .into_iter()
                .try_for_each(|wider| self.heed_again(wider))?;
        }
        for (term, own) in terms {
            self.run(
                "INSERT OR IGNORE INTO terms (term, proposition, own) VALUES (?1, ?2, ?3)",
                &[term, &number, own],
            )?;
        }
        Ok(())
    }

    /// Files a claim under a proposition, and marks what changes by it: the proposition and all that is wider; by one that is against it, all that is
    /// narrower, too.
    pub fn state(
        &self,
        claim: i64,
        proposition: i64,
        against: bool,
        (at, lot): (Option<&str>, i64),
    ) -> Done<()> {
        let sql = "INSERT OR REPLACE INTO stated (claim, proposition, against, at, lot) VALUES (?1, ?2, ?3, ?4, ?5)";
        let at = at.unwrap_or("~");
        self.run(sql, &[&claim, &proposition, &against, &at, &lot])?;
        self.soil(proposition)?;
        if against {
            let sql = "UPDATE propositions SET dirty = 1 WHERE number IN (SELECT narrower FROM entails WHERE wider = ?1)";
            self.run(sql, &[&proposition])?;
            return Ok(());
        }
        let wider = "SELECT p.number, p.heeded FROM entails e JOIN propositions p ON p.number = e.wider WHERE e.narrower = ?1";
        let wider: Vec<(i64, i64)> = (self.step.prepare_cached(wider))
            .and_then(|mut find| {
                find.query_map([proposition], |row| Ok((row.get(0)?, row.get(1)?)))?
                    .collect()
            })
            .map_err(|error| self.sort(error))?;
        for (wider, heeded) in wider {
            self.heed(wider, heeded, (at, lot, claim))?;
        }
        Ok(())
    }

    /// Lets `wider` count one more narrower claim, if it comes before the last of those it counts or they are not many.
    fn heed(&self, wider: i64, heeded: i64, (at, lot, claim): (&str, i64, i64)) -> Done<()> {
        if heeded >= Ledger::MOST_HEEDED as i64 {
            let last = "SELECT at, lot, claim FROM heeded WHERE wider = ?1 ORDER BY at DESC, lot DESC, claim DESC LIMIT 1";
            let last: (String, i64, i64) = (self.step.prepare_cached(last))
                .and_then(|mut find| {
                    find.query_row([wider], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                })
                .map_err(|error| self.sort(error))?;
            if (last.0.as_str(), last.1, last.2) <= (at, lot, claim) {
                return Ok(());
            }
            let sql = "DELETE FROM heeded WHERE wider = ?1 AND at = ?2 AND lot = ?3 AND claim = ?4";
            self.run(sql, &[&wider, &last.0, &last.1, &last.2])?;
        } else {
            let sql = "UPDATE propositions SET heeded = heeded + 1 WHERE number = ?1";
            self.run(sql, &[&wider])?;
        }
        let sql = "INSERT OR IGNORE INTO heeded (wider, at, lot, claim) VALUES (?1, ?2, ?3, ?4)";
        self.run(sql, &[&wider, &at, &lot, &claim])?;
        self.soil(wider)
    }

    /// Marks a proposition's findings as to be made again.
    pub fn soil(&self, proposition: i64) -> Done<()> {
        self.run(
            "UPDATE propositions SET dirty = 1 WHERE number = ?1",
            &[&proposition],
        )?;
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
                if row.disputed { "disputed" } else { "" }
            );
            let words = [fold(&row.about), fold(&row.places), fold(&row.says), marks];
            let digest = Sha256::of(words.join("\n").as_bytes());
            let hash = i64::from_le_bytes(std::array::from_fn(|at| digest.0[at]));
            let known = old.remove(&row.id);
            let (established, publishers) = (row.established as i64, row.publishers as i64);
            let sql = "INSERT INTO findings (number, id, proposition, established, publishers, first_day, last_day, last_seen, words)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                ON CONFLICT (number) DO UPDATE SET established = ?4, publishers = ?5, first_day = ?6, last_day = ?7, last_seen = ?8, words = ?9";
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
                ],
            )?;
            let number = number.unwrap_or_else(|| self.step.last_insert_rowid());
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
            for sql in [
                "DELETE FROM finding_words WHERE rowid = ?1",
                "DELETE FROM finding_bodies WHERE finding = ?1",
                "DELETE FROM findings WHERE number = ?1",
            ] {
                self.run(sql, &[&number])?;
            }
        }
        Ok(())
    }
}
