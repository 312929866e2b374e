use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use sayso_records::{Claim, Notice, Report, ReportId, Sha256};

use crate::{Ledger, LedgerError, Packed, fold, query::ENDED, row::ClaimRow};

/// What read a report. Two readings with the same versions of the same bytes say the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Versions {
    /// Of the codebook.
    pub codebook: String,
    /// Of the language model.
    pub model: String,
    /// Of the gazetteer.
    pub gazetteer: String,
    /// Of what finds the main text, and of the program as a whole.
    pub reader: String,
}

/// One report as one set of versions reads it, ready to be appended.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The bytes it was read from; shared by the reports of one capture.
    pub capture: Arc<Packed>,
    /// What read it.
    pub versions: Arc<Versions>,
    /// The report. `None`: the capture gave none, and only its notices are kept.
    pub report: Option<Report>,
    /// Its claims, in the order of the text, each with an id of its own.
    pub claims: Vec<Claim>,
    /// What there was to say on the way.
    pub notices: Vec<Notice>,
    /// When, RFC 3339 in UTC. `None`: the caller passed no clock.
    pub at: Option<String>,
    /// Whether this is the last (or only) part of its capture: the capture then counts as read.
    pub last: bool,
}

/// What [`Ledger::append`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appended {
    /// Whether the report was new under these versions. `false`: it was there already and nothing was added for it.
    pub report: bool,
    /// Claims added.
    pub claims: usize,
    /// Notices added.
    pub notices: usize,
}

impl Ledger {
    /// Whether every report of this capture has been read with these versions, and that reading stands. A capture that gave no
    /// report is never known: what is wrong with it is told each time, and under each of its names.
    pub fn knows(&self, capture: Sha256, versions: &Versions) -> Result<bool, LedgerError> {
        let sql = "SELECT p.versions = v.number FROM passes p JOIN captures c ON c.number = p.capture, versions v
            WHERE c.sha256 = ?1 AND EXISTS (SELECT 1 FROM readings r WHERE r.capture = c.number) AND v.codebook = ?2 AND v.model = ?3 AND v.gazetteer = ?4 AND v.reader = ?5
            ORDER BY p.number DESC LIMIT 1";
        let v = versions;
        self.conn
            .prepare_cached(sql)
            .and_then(|mut find| {
                let key = params![&capture.0[..], v.codebook, v.model, v.gazetteer, v.reader];
                find.query_row(key, |row| row.get(0)).optional()
            })
            .map(Option::unwrap_or_default)
            .map_err(|error| self.sort(error))
    }

    /// Whether this report has been read with these versions, whatever stands: its claims need not be found again.
    pub fn has_read(&self, report: &ReportId, versions: &Versions) -> Result<bool, LedgerError> {
        let sql =
            "SELECT 1 FROM readings r JOIN versions v ON v.number = r.versions WHERE r.id = ?1
            AND v.codebook = ?2 AND v.model = ?3 AND v.gazetteer = ?4 AND v.reader = ?5";
        let v = versions;
        self.conn
            .prepare_cached(sql)
            .and_then(|mut find| {
                find.exists(params![
                    report.0,
                    v.codebook,
                    v.model,
                    v.gazetteer,
                    v.reader
                ])
            })
            .map_err(|error| self.sort(error))
    }

    /// Adds one report with its capture, claims and notices, all or nothing. What is there already is not added again, so
    /// a run that was cut short can simply be repeated.
    pub fn append(&mut self, reading: &Reading) -> Result<Appended, LedgerError> {
        let path = self.path.clone();
        let add = |conn: &mut Connection| -> rusqlite::Result<Appended> {
            let step = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = add_reading(&step, reading)?;
            step.commit()?;
            Ok(done)
        };
        add(&mut self.conn).map_err(|error| LedgerError::from_sqlite(&path, error))
    }

    /// Ends the notices that an input could not be had, now that it was had again and its bytes are known: another pass over
    /// them is kept. Adds nothing where there is no such notice.
    pub fn had_again(&mut self, capture: Sha256, at: Option<&str>) -> Result<(), LedgerError> {
        let later = format!(
            "FROM captures c1 JOIN notices n ON n.address = c1.address AND n.capture IS NULL
            WHERE c1.sha256 = ?1 AND n.at <= ?2 AND NOT {ENDED} LIMIT 1"
        );
        let add = format!(
            "INSERT INTO passes (capture, versions, at) SELECT c1.number,
            (SELECT p.versions FROM passes p WHERE p.capture = c1.number ORDER BY p.number DESC LIMIT 1), ?2 {later}"
        );
        let key = params![&capture.0[..], at];
        // Asked first, so that nobody who writes is waited for in vain.
        (self.conn)
            .prepare_cached(&format!("SELECT 1 {later}"))
            .and_then(|mut find| find.exists(key))
            .and_then(|any| match any {
                true => self.conn.execute(&add, key).map(|_| ()),
                false => Ok(()),
            })
            .map_err(|error| self.sort(error))
    }

    /// Keeps notices about inputs of which no byte was had. One that the ledger's last word on its address repeats is not
    /// added again while it stands. Gives the number added.
    pub fn note(&mut self, notices: &[Notice], at: Option<&str>) -> Result<usize, LedgerError> {
        let path = self.path.clone();
        let add = |conn: &mut Connection| -> rusqlite::Result<usize> {
            let step = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut added = 0;
            for notice in notices {
                let last: Option<(String, String)> = step
                    .prepare_cached(&format!(
                        "SELECT code, message FROM notices n WHERE address = ?1 AND capture IS NULL AND NOT {ENDED}
                        ORDER BY number DESC LIMIT 1"
                    ))?
                    .query_row([&notice.address], |row| Ok((row.get(0)?, row.get(1)?)))
                    .optional()?;
                if last.is_some_and(|(code, message)| {
                    code == notice.code.as_str() && message == notice.message
                }) {
                    continue;
                }
                add_notice(&step, None, notice, at)?;
                added += 1;
            }
            step.commit()?;
            Ok(added)
        };
        add(&mut self.conn).map_err(|error| LedgerError::from_sqlite(&path, error))
    }
}

fn add_reading(step: &Transaction<'_>, reading: &Reading) -> rusqlite::Result<Appended> {
    let at = reading.at.as_deref();
    let capture = capture_number(step, &reading.capture)?;
    let versions = versions_number(step, &reading.versions)?;
    let mut done = Appended::default();
    if let Some(report) = &reading.report
        && !step
            .prepare_cached("SELECT 1 FROM readings WHERE id = ?1 AND versions = ?2")?
            .exists(params![report.id.0, versions])?
    {
        let number = report_number(step, capture, report)?;
        step.prepare_cached(
            "INSERT INTO readings (id, report, capture, versions, at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![report.id.0, number, capture, versions, at])?;
        let row = step.last_insert_rowid();
        for claim in &reading.claims {
            add_claim(step, row, report, claim)?;
        }
        done.report = true;
        done.claims = reading.claims.len();
    }
    for notice in &reading.notices {
        let known = step
            .prepare_cached(
                "SELECT 1 FROM notices WHERE capture = ?1 AND versions = ?2 AND code = ?3 AND address = ?4 AND message = ?5",
            )?
            .exists(params![capture, versions, notice.code.as_str(), notice.address, notice.message])?;
        if !known {
            add_notice(step, Some((capture, versions)), notice, at)?;
            done.notices += 1;
        }
    }
    if reading.last {
        let stands: Option<i64> = step
            .prepare_cached(
                "SELECT versions FROM passes WHERE capture = ?1 ORDER BY number DESC LIMIT 1",
            )?
            .query_row([capture], |row| row.get(0))
            .optional()?;
        if stands != Some(versions) {
            step.prepare_cached("INSERT INTO passes (capture, versions, at) VALUES (?1, ?2, ?3)")?
                .execute(params![capture, versions, at])?;
        }
    }
    Ok(done)
}

fn capture_number(step: &Transaction<'_>, packed: &Packed) -> rusqlite::Result<i64> {
    let known = step
        .prepare_cached("SELECT number FROM captures WHERE sha256 = ?1")?
        .query_row([&packed.sha256.0[..]], |row| row.get(0))
        .optional()?;
    if let Some(number) = known {
        return Ok(number);
    }
    let headers = serde_json::to_string(&packed.headers).unwrap_or_else(|_| "[]".to_owned());
    step.prepare_cached(
        "INSERT INTO captures (sha256, address, fetched, headers, length, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        &packed.sha256.0[..],
        packed.address,
        packed.fetched,
        headers,
        i64::try_from(packed.length).unwrap_or(i64::MAX),
        packed.body
    ])?;
    Ok(step.last_insert_rowid())
}

fn versions_number(step: &Transaction<'_>, v: &Versions) -> rusqlite::Result<i64> {
    let key = params![v.codebook, v.model, v.gazetteer, v.reader];
    let known = step
        .prepare_cached(
            "SELECT number FROM versions WHERE codebook = ?1 AND model = ?2 AND gazetteer = ?3 AND reader = ?4",
        )?
        .query_row(key, |row| row.get(0))
        .optional()?;
    if let Some(number) = known {
        return Ok(number);
    }
    step.prepare_cached(
        "INSERT INTO versions (codebook, model, gazetteer, reader) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(key)?;
    Ok(step.last_insert_rowid())
}

fn report_number(step: &Transaction<'_>, capture: i64, report: &Report) -> rusqlite::Result<i64> {
    let links: Vec<(&str, &str)> = (report.links.iter())
        .map(|link| (link.href.as_str(), link.text.as_str()))
        .collect();
    let links = serde_json::to_string(&links).unwrap_or_else(|_| "[]".to_owned());
    let fields = [
        &report.title,
        &report.byline,
        &report.publisher,
        &report.published,
        &report.url,
        &report.language,
    ];
    let digest = Sha256::of(format!("{fields:?}\n{links}\n{}", report.text).as_bytes());
    let known = step
        .prepare_cached("SELECT number FROM reports WHERE id = ?1 AND digest = ?2")?
        .query_row(params![report.id.0, &digest.0[..]], |row| row.get(0))
        .optional()?;
    if let Some(number) = known {
        return Ok(number);
    }
    let [title, byline, publisher, published, url, language] = fields;
    step.prepare_cached(
        "INSERT INTO reports (id, digest, capture, title, byline, publisher, published, url, language, text, links)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        report.id.0,
        &digest.0[..],
        capture,
        title,
        byline,
        publisher,
        published,
        url,
        language,
        report.text,
        links
    ])?;
    Ok(step.last_insert_rowid())
}

fn add_claim(
    step: &Transaction<'_>,
    reading: i64,
    report: &Report,
    claim: &Claim,
) -> rusqlite::Result<()> {
    let body = serde_json::to_string(&ClaimRow::from(claim))
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    let (first, last) = days(report, claim);
    step.prepare_cached(
        "INSERT INTO claims (reading, id, kind, first_day, last_day, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![reading, claim.id.0, claim.kind.as_str(), first, last, body])?;
    let number = step.last_insert_rowid();
    let (about, places, says) = lookups(report, claim);
    step.prepare_cached(
        "INSERT INTO lookups (claim, about, places, says) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![number, about, places, says])?;
    step.prepare_cached("INSERT INTO claim_words (rowid, quote) VALUES (?1, ?2)")?
        .execute(params![number, claim.evidence.quote])?;
    Ok(())
}

/// The days a claim is looked up by: those it speaks of, else the day its report was published.
fn days(report: &Report, claim: &Claim) -> (Option<String>, Option<String>) {
    let said = claim.time.as_ref().and_then(|time| time.interval.clone());
    if let Some(days) = said.filter(|days| days.start.is_some() || days.end.is_some()) {
        return (days.start, days.end);
    }
    let day = (report.published.as_deref()).and_then(|at| at.get(..10).map(str::to_owned));
    (day.clone(), day)
}

fn lookups(report: &Report, claim: &Claim) -> (String, String, String) {
    let [mut about, mut places, mut says] = [const { String::new() }; 3];
    for filler in claim.roles.iter().flat_map(|(_, fillers)| fillers) {
        about += &fold(&filler.text);
        about += &fold(&filler.name);
        if let Some(entity) = &filler.entity {
            about += &fold(&entity.name);
            about += &fold(&entity.id);
        }
    }
    for place in &claim.place {
        places += &fold(&place.text);
        places += &fold(&place.name);
        for wider in &place.within {
            places += &fold(wider);
        }
        if let Some(entity) = &place.entity {
            places += &fold(&entity.name);
            places += &fold(&entity.id);
        }
        if let Some(country) = &place.country {
            places += &fold(country);
        }
    }
    for source in &claim.sources {
        says += &fold(&source.text);
        says += &fold(&source.name);
        if let Some(entity) = &source.entity {
            says += &fold(&entity.name);
            says += &fold(&entity.id);
        }
    }
    if let Some(publisher) = &report.publisher {
        says += &fold(publisher);
    }
    (about, places, says)
}

fn add_notice(
    step: &Transaction<'_>,
    of: Option<(i64, i64)>,
    notice: &Notice,
    at: Option<&str>,
) -> rusqlite::Result<()> {
    step.prepare_cached(
        "INSERT INTO notices (capture, versions, code, address, message, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        of.map(|(capture, _)| capture),
        of.map(|(_, versions)| versions),
        notice.code.as_str(),
        notice.address,
        notice.message,
        at
    ])?;
    Ok(())
}
