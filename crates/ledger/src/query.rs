use std::{ops::ControlFlow, sync::Arc};

use rusqlite::{OptionalExtension, Row, ToSql, params};
use sayso_records::{Capture, Claim, ClaimId, Link, Notice, NoticeCode, Report, ReportId, Sha256};

use crate::{Ledger, LedgerError, Versions, fold, pack::inflate, row::ClaimRow};

/// Of a notice `n` that an input could not be had: it was had since.
pub(crate) const ENDED: &str =
    "EXISTS (SELECT 1 FROM captures c WHERE c.address = n.address AND (c.fetched >= n.at
    OR EXISTS (SELECT 1 FROM passes p WHERE p.capture = c.number AND p.at >= n.at)))";

/// Which claims to give; every field that is set must hold. The default asks for all that stand.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Kinds, any of them. Empty: every kind.
    pub kinds: Vec<String>,
    /// A name (or the beginning of a word of one, or an entity id) that fills a role; folded by [`fold`].
    pub about: Option<String>,
    /// A place, in any of its names, or a country code.
    pub place: Option<String>,
    /// Only what concerns this day (`YYYY-MM-DD`) or later: the time the claim speaks of, else the day of publication.
    pub since: Option<String>,
    /// Only what concerns this day or earlier.
    pub until: Option<String>,
    /// A name in the attribution chain, or the publisher.
    pub source: Option<String>,
    /// One report.
    pub report: Option<ReportId>,
}

/// What claims need to know of their report.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Head {
    pub id: ReportId,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    /// Where the bytes came from.
    pub address: String,
}

impl Head {
    /// Out of seven columns from `first` on: id, title, publisher, published, url, language, address.
    pub(crate) fn at(row: &Row<'_>, first: usize) -> rusqlite::Result<Self> {
        Ok(Self {
            id: ReportId(row.get(first)?),
            title: row.get(first + 1)?,
            publisher: row.get(first + 2)?,
            published: row.get(first + 3)?,
            url: row.get(first + 4)?,
            language: row.get(first + 5)?,
            address: row.get(first + 6)?,
        })
    }

    fn of(report: Report, address: String) -> (Self, String) {
        let head = Self {
            id: report.id,
            title: report.title,
            publisher: report.publisher,
            published: report.published,
            url: report.url,
            language: report.language,
            address,
        };
        (head, report.text)
    }
}

/// A claim out of the store.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// The claim, its quote cut out of the report's text.
    pub claim: Claim,
    /// Its report.
    pub report: Arc<Head>,
    /// What read it.
    pub versions: Arc<Versions>,
    /// The number of the reading; a later reading has a higher one.
    pub reading: i64,
}

/// A report out of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReport {
    /// The report.
    pub report: Report,
    /// Where its bytes came from.
    pub address: String,
    /// When they came, if a clock was passed.
    pub fetched: Option<String>,
    /// What read it.
    pub versions: Versions,
}

/// A notice out of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The notice.
    pub notice: Notice,
    /// When it was kept, if a clock was passed.
    pub at: Option<String>,
}

/// What the beginning of an id leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matched<T> {
    /// Nothing.
    None,
    /// One thing.
    One(T),
    /// Several; their ids, in order, at most ten.
    Many(Vec<String>),
}

/// How much stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Totals {
    pub captures: u64,
    pub reports: u64,
    pub claims: u64,
    pub readings: u64,
}

impl Ledger {
    /// The claims that stand and pass `filter`, in the order their reports were appended, then of the text.
    pub fn claims(&self, filter: &Filter) -> Result<Vec<Stored>, LedgerError> {
        let mut all = Vec::new();
        self.visit(filter, |stored| {
            all.push(stored);
            ControlFlow::Continue(())
        })?;
        Ok(all)
    }

    /// [`Ledger::claims`] one at a time, for ledgers that do not fit in memory; `Break` ends it.
    pub fn visit(
        &self,
        filter: &Filter,
        give: impl FnMut(Stored) -> ControlFlow<()>,
    ) -> Result<(), LedgerError> {
        let kinds = serde_json::to_string(&filter.kinds).unwrap_or_default();
        let words = |name: &Option<String>| name.as_deref().map(|n| fold(n).trim_end().to_owned());
        let names = [
            ("instr(l.about, ?) > 0", words(&filter.about)),
            ("instr(l.places, ?) > 0", words(&filter.place)),
            ("instr(l.says, ?) > 0", words(&filter.source)),
        ];
        // A name without a letter or digit names nothing.
        if names.iter().any(|(_, name)| name.as_deref() == Some("")) {
            return Ok(());
        }
        let mut held: Vec<(&str, &str)> = Vec::new();
        if let Some(report) = &filter.report {
            held.push(("s.id = ?", &report.0));
        }
        if !filter.kinds.is_empty() {
            held.push(("c.kind IN (SELECT value FROM json_each(?))", &kinds));
        }
        if let Some(since) = &filter.since {
            held.push((
                "coalesce(c.last_day, iif(c.first_day IS NULL, NULL, '~')) >= ?",
                since,
            ));
        }
        if let Some(until) = &filter.until {
            held.push((
                "coalesce(c.first_day, iif(c.last_day IS NULL, NULL, '')) <= ?",
                until,
            ));
        }
        held.extend((names.iter()).filter_map(|(sql, name)| Some((*sql, name.as_deref()?))));
        let mut wheres = String::from("1");
        for (at, (sql, _)) in held.iter().enumerate() {
            wheres += " AND ";
            wheres += &sql.replace('?', &format!("?{}", at + 1));
        }
        let values: Vec<&dyn ToSql> = held.iter().map(|(_, value)| value as &dyn ToSql).collect();
        self.visit_where(&wheres, &values, give)
    }

    fn visit_where(
        &self,
        condition: &str,
        values: &[&dyn ToSql],
        mut give: impl FnMut(Stored) -> ControlFlow<()>,
    ) -> Result<(), LedgerError> {
        let sort = |error| self.sort(error);
        // SQLite takes the tables of a CROSS JOIN in the order written. One report leads straight to its claims; otherwise
        // the claims are gone through in their order, so that nothing is sorted and the first row comes at once.
        let from = match condition.contains("s.id =") {
            true => "standing s CROSS JOIN claims c ON c.reading = s.number",
            false => "claims c CROSS JOIN standing s ON s.number = c.reading",
        };
        let sql = format!(
            "SELECT c.id, c.kind, c.body, s.number, s.report, s.versions FROM {from}
                JOIN lookups l ON l.claim = c.number WHERE {condition} ORDER BY c.number"
        );
        let mut find = self.conn.prepare_cached(&sql).map_err(sort)?;
        let mut rows = find.query(values).map_err(sort)?;
        // Claims of one report follow each other: its text is fetched once.
        let mut last: Option<(i64, Arc<Head>, String, Arc<Versions>)> = None;
        while let Some(row) = rows.next().map_err(sort)? {
            let reading: i64 = row.get(3).map_err(sort)?;
            if last.as_ref().is_none_or(|(number, ..)| *number != reading) {
                let (report, address, _) = self.report_row(row.get(4).map_err(sort)?)?;
                let (head, text) = Head::of(report, address);
                let versions = self.versions_row(row.get(5).map_err(sort)?)?;
                last = Some((reading, Arc::new(head), text, Arc::new(versions)));
            }
            let Some((_, head, text, versions)) = &last else {
                continue;
            };
            let id: String = row.get(0).map_err(sort)?;
            let body: ClaimRow =
                serde_json::from_str(row.get_ref(2).map_err(sort)?.as_str().unwrap_or(""))
                    .map_err(|error| self.damaged(format!("claim {id}: {error}")))?;
            let kind = row.get(1).map_err(sort)?;
            let stored = Stored {
                claim: body.claim(id, kind, head.id.clone(), text),
                report: head.clone(),
                versions: versions.clone(),
                reading,
            };
            if give(stored).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// The report whose id begins with `prefix`, as it stands.
    pub fn report(&self, prefix: &str) -> Result<Matched<StoredReport>, LedgerError> {
        let sql = "SELECT DISTINCT id FROM standing WHERE id >= ?1 AND id < ?1 || 'g' ORDER BY id LIMIT 11";
        let id = match self.one_of(sql, prefix)? {
            Matched::One(id) => id,
            Matched::None => return Ok(Matched::None),
            Matched::Many(ids) => return Ok(Matched::Many(ids)),
        };
        let (number, versions): (i64, i64) = self
            .conn
            .query_row(
                "SELECT report, versions FROM standing WHERE id = ?1",
                [&id],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .map_err(|error| self.sort(error))?;
        let (report, address, fetched) = self.report_row(number)?;
        Ok(Matched::One(StoredReport {
            report,
            address,
            fetched,
            versions: self.versions_row(versions)?,
        }))
    }

    /// The other standing reports with the address `url`, oldest first by publication, then in the order they came.
    pub fn editions(&self, url: &str, id: &ReportId) -> Result<Vec<StoredReport>, LedgerError> {
        let sql =
            "SELECT r.number, s.versions FROM reports r JOIN standing s ON s.report = r.number
            WHERE r.url = ?1 AND r.id <> ?2 ORDER BY r.published, r.number LIMIT 20";
        let rows: Vec<(i64, i64)> = (self.conn.prepare(sql))
            .and_then(|mut find| {
                find.query_map([url, &id.0], |row| Ok((row.get(0)?, row.get(1)?)))?
                    .collect()
            })
            .map_err(|error| self.sort(error))?;
        rows.into_iter()
            .map(|(number, versions)| {
                let (report, address, fetched) = self.report_row(number)?;
                let versions = self.versions_row(versions)?;
                Ok(StoredReport {
                    report,
                    address,
                    fetched,
                    versions,
                })
            })
            .collect()
    }

    /// What claims need to know of the report with this id, as it stands. `None`: there is none.
    pub fn head(&self, id: &str) -> Result<Option<Head>, LedgerError> {
        let sql = "SELECT r.id, r.title, r.publisher, r.published, r.url, r.language, a.address
            FROM standing s JOIN reports r ON r.number = s.report JOIN captures a ON a.number = r.capture WHERE s.id = ?1";
        (self.conn.prepare_cached(sql))
            .and_then(|mut find| find.query_row([id], |row| Head::at(row, 0)).optional())
            .map_err(|error| self.sort(error))
    }

    /// The claim whose id begins with `prefix`, as it stands.
    pub fn claim(&self, prefix: &str) -> Result<Matched<Stored>, LedgerError> {
        let sql = "SELECT DISTINCT c.id FROM claims c JOIN standing s ON s.number = c.reading
            WHERE c.id >= ?1 AND c.id < ?1 || 'g' ORDER BY c.id LIMIT 11";
        let id = match self.one_of(sql, prefix)? {
            Matched::One(id) => id,
            Matched::None => return Ok(Matched::None),
            Matched::Many(ids) => return Ok(Matched::Many(ids)),
        };
        let mut found = None;
        self.visit_where("c.id = ?1", &[&id], |stored| {
            found = Some(stored);
            ControlFlow::Break(())
        })?;
        Ok(found.map_or(Matched::None, Matched::One))
    }

    /// The sentence of a claim and the report it stands in, without the rest. `None`: no claim that stands has this id.
    pub fn quote(&self, id: &ClaimId) -> Result<Option<(Head, String)>, LedgerError> {
        // The sentence is cut out of the text here, so that the text is not carried over.
        let sql = "SELECT r.id, r.title, r.publisher, r.published, r.url, r.language, a.address,
                substr(CAST(r.text AS BLOB), 1 + (c.body ->> '$.e[0]'), (c.body ->> '$.e[1]') - (c.body ->> '$.e[0]'))
            FROM claims c CROSS JOIN standing s ON s.number = c.reading JOIN reports r ON r.number = s.report
            JOIN captures a ON a.number = r.capture WHERE c.id = ?1 ORDER BY c.number LIMIT 1";
        self.conn
            .prepare_cached(sql)
            .and_then(|mut find| {
                find.query_row([&id.0], |row| {
                    let quote: Vec<u8> = row.get(7)?;
                    Ok((
                        Head::at(row, 0)?,
                        String::from_utf8_lossy(&quote).into_owned(),
                    ))
                })
                .optional()
            })
            .map_err(|error| self.sort(error))
    }

    pub(crate) fn one_of(&self, sql: &str, prefix: &str) -> Result<Matched<String>, LedgerError> {
        let prefix = prefix.trim().to_ascii_lowercase();
        let hex = |c: char| c.is_ascii_hexdigit() || c == '-' || c.is_ascii_digit();
        if prefix.is_empty() || !prefix.chars().all(hex) {
            return Ok(Matched::None);
        }
        let mut ids: Vec<String> = self
            .conn
            .prepare_cached(sql)
            .and_then(|mut find| find.query_map([&prefix], |row| row.get(0))?.collect())
            .map_err(|error| self.sort(error))?;
        if let Some(at) = ids.iter().position(|id| *id == prefix) {
            return Ok(Matched::One(ids.swap_remove(at)));
        }
        // A finding, and later occasions of what it states, whose ids begin with its own.
        if let Some((first, later)) = ids.split_first()
            && later.iter().all(|id| {
                id.strip_prefix(first.as_str())
                    .is_some_and(|rest| rest.starts_with('-'))
            })
        {
            return Ok(Matched::One(ids.swap_remove(0)));
        }
        ids.truncate(10);
        Ok(match ids.len() {
            0 => Matched::None,
            _ => Matched::Many(ids),
        })
    }

    /// The kinds of the claims there are, by name.
    pub fn kinds(&self) -> Result<Vec<String>, LedgerError> {
        self.conn
            .prepare("SELECT DISTINCT kind FROM claims ORDER BY kind")
            .and_then(|mut find| find.query_map([], |row| row.get(0))?.collect())
            .map_err(|error| self.sort(error))
    }

    /// The notices that stand, oldest first: those of the last full pass over each capture, and those of inputs that have
    /// not been had since.
    pub fn notices(&self) -> Result<Vec<Kept>, LedgerError> {
        let sql = format!("SELECT n.code, n.address, n.message, n.at FROM notices n WHERE CASE
            WHEN n.capture IS NULL THEN NOT {ENDED}
            ELSE n.versions = coalesce((
                SELECT p.versions FROM passes p WHERE p.capture = n.capture ORDER BY p.number DESC LIMIT 1), n.versions)
            END ORDER BY n.number");
        let read = |row: &Row<'_>| -> rusqlite::Result<(String, String, String, Option<String>)> {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        };
        let rows: Vec<_> = self
            .conn
            .prepare(&sql)
            .and_then(|mut find| find.query_map([], read)?.collect())
            .map_err(|error| self.sort(error))?;
        rows.into_iter()
            .map(|(code, address, message, at)| {
                let code = serde_json::from_value::<NoticeCode>(code.into())
                    .map_err(|error| self.damaged(format!("a notice: {error}")))?;
                Ok(Kept {
                    notice: Notice::new(code, address, message),
                    at,
                })
            })
            .collect()
    }

    /// The bytes a report was read from, unpacked and checked against their digest. `None`: no such capture.
    pub fn capture(&self, sha256: Sha256) -> Result<Option<Capture>, LedgerError> {
        let sql = "SELECT address, fetched, headers, length, body FROM captures WHERE sha256 = ?1";
        type Columns = (String, Option<String>, String, i64, Vec<u8>);
        let found: Option<Columns> = self
            .conn
            .query_row(sql, [&sha256.0[..]], |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                ))
            })
            .optional()
            .map_err(|error| self.sort(error))?;
        let Some((address, fetched, headers, length, body)) = found else {
            return Ok(None);
        };
        let bytes = inflate(&body, usize::try_from(length).unwrap_or(0))
            .filter(|bytes| Sha256::of(bytes) == sha256)
            .ok_or_else(|| self.damaged(format!("capture {sha256} is not what it was")))?;
        let headers = serde_json::from_str(&headers)
            .map_err(|error| self.damaged(format!("capture {sha256}: {error}")))?;
        Ok(Some(Capture {
            address,
            fetched,
            headers,
            bytes,
        }))
    }

    /// How much stands; `readings` counts those superseded too.
    pub fn totals(&self) -> Result<Totals, LedgerError> {
        let count = |sql: &str| -> Result<u64, LedgerError> {
            self.conn
                .query_row(sql, [], |row| row.get::<_, i64>(0))
                .map(|n| u64::try_from(n).unwrap_or(0))
                .map_err(|error| self.sort(error))
        };
        Ok(Totals {
            captures: count("SELECT count(*) FROM captures")?,
            reports: count("SELECT count(*) FROM standing")?,
            claims: count(
                "SELECT count(*) FROM claims WHERE reading IN (SELECT number FROM standing)",
            )?,
            readings: count("SELECT count(*) FROM readings")?,
        })
    }

    pub(crate) fn report_row(
        &self,
        number: i64,
    ) -> Result<(Report, String, Option<String>), LedgerError> {
        let sql = "SELECT r.id, c.sha256, r.title, r.byline, r.publisher, r.published, r.url, r.language, r.text, r.links,
            c.address, c.fetched FROM reports r JOIN captures c ON c.number = r.capture WHERE r.number = ?1";
        let (mut report, links, address, fetched) = self
            .conn
            .prepare_cached(sql)
            .and_then(|mut find| {
                find.query_row(params![number], |row| {
                    let report = Report {
                        id: ReportId(row.get(0)?),
                        capture: Sha256(row.get(1)?),
                        title: row.get(2)?,
                        byline: row.get(3)?,
                        publisher: row.get(4)?,
                        published: row.get(5)?,
                        url: row.get(6)?,
                        language: row.get(7)?,
                        text: row.get(8)?,
                        links: Vec::new(),
                    };
                    Ok((report, row.get::<_, String>(9)?, row.get(10)?, row.get(11)?))
                })
            })
            .map_err(|error| self.sort(error))?;
        let links: Vec<(String, String)> = serde_json::from_str(&links)
            .map_err(|error| self.damaged(format!("report {}: {error}", report.id)))?;
        report.links = (links.into_iter())
            .map(|(href, text)| Link { href, text })
            .collect();
        Ok((report, address, fetched))
    }

    fn versions_row(&self, number: i64) -> Result<Versions, LedgerError> {
        let sql = "SELECT codebook, model, gazetteer, reader FROM versions WHERE number = ?1";
        self.conn
            .prepare_cached(sql)
            .and_then(|mut find| {
                find.query_row([number], |row| {
                    Ok(Versions {
                        codebook: row.get(0)?,
                        model: row.get(1)?,
                        gazetteer: row.get(2)?,
                        reader: row.get(3)?,
                    })
                })
            })
            .map_err(|error| self.sort(error))
    }
}
