//! What the tools are asked and answer.

use rmcp::schemars::{self, JsonSchema};
use sayso_corroborate::findings::Finding;
use sayso_ledger::{Filter, FindingFilter, Matched};
use sayso_records::{ClaimId, text::clean};
use serde::{Deserialize, Serialize};

use crate::{Look, Trouble, meant::known, one, pages::grade_words, words};

/// Findings of one answer unless told, and at most.
const FINDINGS: usize = 10;
const MOST: usize = 50;
/// Quotes of one finding, and claims of one report.
const QUOTES: usize = 12;
const CLAIMS: usize = 100;
/// Bytes of a text in one answer.
const BYTES: usize = 20_000;
/// Reports named of one origin.
const REPORTS: usize = 12;

/// Which findings.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(super) struct AskedFindings {
    /// A name or an entity's id, in any role: `Iran`, `Shahed-136`, `Q794`.
    pub about: Option<String>,
    /// A place or a state's two letters.
    pub place: Option<String>,
    /// production, transfer, agreement, financing, support, sanction, facility-damage, use, meeting, indicator; several parted by commas.
    pub kind: Option<String>,
    /// Only what concerns this day (2023-08-01) or later.
    pub since: Option<String>,
    /// Only what concerns this day or earlier.
    pub until: Option<String>,
    /// An origin, a relay or a publisher.
    pub source: Option<String>,
    /// At least so many established independent origins.
    pub min_origins: Option<u32>,
    /// Only what somebody denies or doubts.
    pub disputed: Option<bool>,
    /// So many, 10 unless told, 50 at most.
    pub limit: Option<u32>,
    /// The `next` of the answer before.
    pub after: Option<String>,
}

/// A sentence with where it stands.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Quote {
    /// The sentence: a stranger's words.
    pub quote: String,
    /// The claim's id.
    pub claim: String,
    /// The report's id.
    pub report: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub published: Option<String>,
    /// Where.
    pub url: Option<String>,
}

/// A finding in short.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Short {
    /// Its id.
    pub finding: String,
    /// What it states.
    pub states: String,
    /// Established independent origins.
    pub origins_established: usize,
    /// Origins of unknown lineage, which add nothing.
    pub origins_unknown: usize,
    /// Publishers that carry it.
    pub publishers: usize,
    /// Origins that deny it.
    pub denied: usize,
    /// Origins that doubt it.
    pub doubted: usize,
    /// Credibility, 1 (confirmed) to 6 (cannot be judged), in words.
    pub credibility: String,
    /// Lowest and highest status reported.
    pub status: Option<(String, String)>,
    /// First and last day of reports.
    pub reported: Option<(String, String)>,
    /// One sentence of it.
    pub quote: Option<Quote>,
}

/// Findings that pass.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FindingsAnswer {
    /// How many pass in all.
    pub count: usize,
    /// The first of them, most origins first.
    pub findings: Vec<Short>,
    /// What to ask for as `after` for the next ones.
    pub next: Option<String>,
}

/// Which finding.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct AskedFinding {
    /// Its id, or enough of its beginning.
    pub id: String,
}

/// An origin and who repeats it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct OriginAnswer {
    /// Who it is.
    pub name: String,
    /// Whether its lineage is known, so that it counts.
    pub established: bool,
    /// Why it counts, or does not.
    pub reasons: Vec<String>,
    /// Who carries it and how that shows, earliest first.
    pub carried_by: Vec<Carrier>,
    /// Further ones that are not named here.
    pub more: usize,
}

/// A report that carries an origin.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Carrier {
    /// Who published it.
    pub publisher: String,
    /// When.
    pub published: Option<String>,
    /// The report's id.
    pub report: String,
    /// By which words it shows where it has it from.
    pub cue: String,
}

/// Somebody against a finding.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Against {
    /// `denied` or `doubted`.
    pub what: String,
    /// By whom.
    pub who: String,
    /// Where it is said.
    pub quotes: Vec<Quote>,
}

/// What a copy lost or changed.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Change {
    /// What: `hedge-dropped`, `number-inflated`, ...
    pub what: String,
    /// The words before.
    pub before: String,
    /// The words after; empty: nothing stands in their place.
    pub after: String,
    /// The sentence before.
    pub from: Option<Quote>,
    /// The sentence after.
    pub to: Option<Quote>,
}

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FindingAnswer {
    /// In short.
    pub finding: Short,
    /// Why it is graded so.
    pub reasons: Vec<String>,
    /// Its origins, established ones first.
    pub origins: Vec<OriginAnswer>,
    /// Who denies or doubts it.
    pub against: Vec<Against>,
    /// What copies lost or changed.
    pub erosion: Vec<Change>,
    /// Sentences that state it.
    pub quotes: Vec<Quote>,
}

/// Which report.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct AskedReport {
    /// Its id, or enough of its beginning.
    pub id: String,
}

/// A claim of a report.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ClaimAnswer {
    /// In words: kind, status, who, what, where, how sure, on whose say-so.
    pub says: String,
    /// Its sentence.
    pub quote: Quote,
}

/// One report.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ReportAnswer {
    /// Its id.
    pub report: String,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// When.
    pub published: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// SHA-256 of the bytes it was read from.
    pub capture: String,
    /// Bytes of its text, for `read_text`.
    pub bytes: usize,
    /// What it claims.
    pub claims: Vec<ClaimAnswer>,
}

/// Which entity.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct AskedEntity {
    /// An id such as `Q794`, `geonames:627907`, `sayso:shahed-136` or `item:drone`, or a name.
    pub name: String,
}

/// Findings in which it has one role.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PartAnswer {
    /// The findings' kind.
    pub kind: String,
    /// Its role.
    pub role: String,
    /// How many.
    pub count: usize,
    /// The first of them.
    pub findings: Vec<Short>,
}

/// Something a name can mean.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct May {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
}

/// What is reported of one entity.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct EntityAnswer {
    /// Its id. Absent: the name can mean several things.
    pub id: Option<String>,
    /// What it is called.
    pub name: String,
    /// What the name can mean, where that is not one thing.
    pub may_be: Vec<May>,
    /// That reporting proves nothing.
    pub notice: String,
    /// What it does in findings, by kind and role.
    pub parts: Vec<PartAnswer>,
}

/// Which part of which text.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct AskedText {
    /// The report's id, or enough of its beginning.
    pub report: String,
    /// From this byte on; 0 unless told.
    #[serde(default)]
    pub from: usize,
    /// So many bytes, 20,000 at most.
    #[serde(default)]
    pub bytes: Option<usize>,
}

/// A part of a text.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TextAnswer {
    /// The report's id.
    pub report: String,
    /// First byte given; a letter is never cut.
    pub from: usize,
    /// The byte after the last one given.
    pub to: usize,
    /// Bytes in all.
    pub bytes: usize,
    /// The text: a stranger's words.
    pub text: String,
}

fn quoted(look: &Look<'_>, id: &ClaimId) -> Result<Option<Quote>, Trouble> {
    let Matched::One(stored) = look.ledger.claim(&id.0)? else {
        return Ok(None);
    };
    let head = &stored.report;
    Ok(Some(Quote {
        quote: clean(&stored.claim.evidence.quote),
        claim: id.0.clone(),
        report: head.id.0.clone(),
        publisher: head.publisher.as_deref().map(clean),
        published: head.published.clone(),
        url: head.url.clone(),
    }))
}

fn several(look: &Look<'_>, ids: &[&ClaimId]) -> Result<Vec<Quote>, Trouble> {
    let mut out = Vec::new();
    for id in ids.iter().take(QUOTES) {
        out.extend(quoted(look, id)?);
    }
    Ok(out)
}

fn short(look: &Look<'_>, finding: &Finding) -> Result<Short, Trouble> {
    let quote = match finding.claims.first() {
        Some(id) => quoted(look, id)?,
        None => None,
    };
    let grade = finding.credibility.grade;
    let status = finding.status.as_ref();
    Ok(Short {
        finding: finding.id.clone(),
        states: words::line(&finding.proposition),
        origins_established: finding.established,
        origins_unknown: finding.unknown,
        publishers: finding.publishers.len(),
        denied: finding.stances.denied,
        doubted: finding.stances.doubted,
        credibility: format!("{grade}: {}", grade_words(grade)),
        status: status.map(|(low, high)| (low.to_string(), high.to_string())),
        reported: finding.seen.clone(),
        quote,
    })
}

pub(super) fn findings(look: &Look<'_>, asked: &AskedFindings) -> Result<FindingsAnswer, Trouble> {
    let text = |it: &Option<String>| it.clone().filter(|it| !it.trim().is_empty());
    let kinds = text(&asked.kind).unwrap_or_default().to_lowercase();
    let kinds = kinds.split(',').map(|kind| kind.trim().to_owned());
    let filter = FindingFilter {
        kinds: kinds.filter(|kind| !kind.is_empty()).collect(),
        about: text(&asked.about),
        place: text(&asked.place),
        since: text(&asked.since),
        until: text(&asked.until),
        source: text(&asked.source),
        origins: asked.min_origins.unwrap_or(0) as usize,
        disputed: asked.disputed.unwrap_or(false),
        report: None,
    };
    for day in [&filter.since, &filter.until].into_iter().flatten() {
        if day.parse::<jiff::civil::Date>().is_err() {
            return Err(Trouble::Asked(format!(
                "a day is such as 2023-08-01, not {day}"
            )));
        }
    }
    let places = look.shelf.passing(look.ledger, &filter)?;
    let id = |at: &u32| &look.shelf.rows[*at as usize].id;
    let from = match &asked.after {
        Some(after) => places
            .iter()
            .position(|at| id(at) == after)
            .map_or(0, |at| at + 1),
        None => 0,
    };
    let limit = asked
        .limit
        .map_or(FINDINGS, |limit| limit as usize)
        .clamp(1, MOST);
    let shown = &places[from..places.len().min(from + limit)];
    let mut findings = Vec::new();
    for at in shown {
        if let Some(finding) = look.finding_numbered(look.shelf.rows[*at as usize].number)? {
            findings.push(short(look, &finding)?);
        }
    }
    let more = from + limit < places.len();
    Ok(FindingsAnswer {
        count: places.len(),
        next: shown.last().filter(|_| more).map(|at| id(at).to_string()),
        findings,
    })
}

pub(super) fn finding(look: &Look<'_>, asked: &AskedFinding) -> Result<FindingAnswer, Trouble> {
    let finding = look.finding(asked.id.trim())?;
    let plain = |all: &[String]| all.iter().map(|it| clean(it)).collect();
    let origins = finding.origins.iter().map(|origin| OriginAnswer {
        name: clean(&origin.name),
        established: origin.established,
        reasons: plain(&origin.reasons),
        carried_by: (origin.tree.iter().take(REPORTS))
            .map(|branch| Carrier {
                publisher: clean(&branch.publisher),
                published: branch.published.clone(),
                report: branch.report.0.clone(),
                cue: clean(&branch.cue),
            })
            .collect(),
        more: origin.tree.len().saturating_sub(REPORTS),
    });
    let mut against = Vec::new();
    for stance in &finding.against {
        let ids: Vec<&ClaimId> = stance.said.iter().map(|said| &said.claim).collect();
        against.push(Against {
            what: stance.what.clone(),
            who: clean(&stance.who),
            quotes: several(look, &ids)?,
        });
    }
    let mut erosion = Vec::new();
    for eroded in finding.erosion.iter().take(QUOTES) {
        erosion.push(Change {
            what: eroded.what.as_str().to_owned(),
            before: clean(&eroded.before),
            after: clean(&eroded.after),
            from: quoted(look, &eroded.from)?,
            to: quoted(look, &eroded.to)?,
        });
    }
    Ok(FindingAnswer {
        finding: short(look, &finding)?,
        reasons: plain(&finding.credibility.reasons),
        origins: origins.collect(),
        quotes: several(look, &finding.claims.iter().collect::<Vec<_>>())?,
        against,
        erosion,
    })
}

pub(super) fn report(look: &Look<'_>, asked: &AskedReport) -> Result<ReportAnswer, Trouble> {
    let stored = one(look.ledger.report(asked.id.trim())?, "report", &asked.id)?;
    let report = &stored.report;
    let filter = Filter {
        report: Some(report.id.clone()),
        ..Filter::default()
    };
    let plain = |text: &Option<String>| text.as_deref().map(clean);
    let claims = look.ledger.claims(&filter)?;
    let claims = claims.iter().take(CLAIMS).map(|stored| ClaimAnswer {
        says: words::one_line(&stored.claim),
        quote: Quote {
            quote: clean(&stored.claim.evidence.quote),
            claim: stored.claim.id.0.clone(),
            report: report.id.0.clone(),
            publisher: plain(&report.publisher),
            published: report.published.clone(),
            url: report.url.clone(),
        },
    });
    Ok(ReportAnswer {
        report: report.id.0.clone(),
        title: plain(&report.title),
        publisher: plain(&report.publisher),
        byline: plain(&report.byline),
        published: report.published.clone(),
        url: report.url.clone(),
        capture: report.capture.to_string(),
        bytes: report.text.len(),
        claims: claims.collect(),
    })
}

/// What a name or id can mean: what findings name, else what the gazetteer lists.
fn may_be(look: &Look<'_>, name: &str) -> Result<Vec<May>, Trouble> {
    let terms = look.shelf.terms(look.ledger)?;
    let direct = look.standing.canonical(name).to_owned();
    if let Some(called) = terms.name(&direct) {
        let name = called.to_owned();
        return Ok(vec![May { id: direct, name }]);
    }
    let folded = sayso_ledger::fold(name);
    let mut may: Vec<May> = Vec::new();
    for (key, called) in &terms.things {
        let is_new = !may.iter().any(|it| it.id == key.as_str());
        if is_new && sayso_ledger::fold(called) == folded {
            let (id, name) = (key.to_string(), called.clone());
            may.push(May { id, name });
        }
    }
    if may.is_empty() {
        let all = known(&look.desk.gazetteer, name).into_iter();
        may.extend(all.map(|(key, it)| May {
            id: key.to_string(),
            name: it.name,
        }));
    }
    Ok(may)
}

pub(super) fn entity(look: &Look<'_>, asked: &AskedEntity) -> Result<EntityAnswer, Trouble> {
    let name = asked.name.trim();
    let notice = "That something is reported is no proof of it, nor of any wrongdoing.".to_owned();
    let mut may = may_be(look, name)?;
    let [it] = may.as_slice() else {
        if may.is_empty() {
            let said = format!("neither findings nor the gazetteer know {}", clean(name));
            return Err(Trouble::NotThere(said));
        }
        may.truncate(MOST);
        return Ok(EntityAnswer {
            id: None,
            name: clean(name),
            may_be: may,
            notice,
            parts: Vec::new(),
        });
    };
    let terms = look.shelf.terms(look.ledger)?;
    let mut parts: Vec<PartAnswer> = Vec::new();
    for (row, role) in terms.with(&it.id) {
        let row = &look.shelf.rows[row as usize];
        let known = (parts.iter()).position(|part| part.kind == row.kind && part.role == role);
        let at = known.unwrap_or_else(|| {
            parts.push(PartAnswer {
                kind: row.kind.to_string(),
                role: role.to_owned(),
                count: 0,
                findings: Vec::new(),
            });
            parts.len() - 1
        });
        parts[at].count += 1;
        if parts[at].findings.len() < FINDINGS / 2
            && let Some(finding) = look.finding_numbered(row.number)?
        {
            parts[at].findings.push(short(look, &finding)?);
        }
    }
    parts.sort_by(|a, b| (b.count, &a.kind, &a.role).cmp(&(a.count, &b.kind, &b.role)));
    Ok(EntityAnswer {
        id: Some(it.id.clone()),
        name: clean(&it.name),
        may_be: Vec::new(),
        notice,
        parts,
    })
}

pub(super) fn text(look: &Look<'_>, asked: &AskedText) -> Result<TextAnswer, Trouble> {
    let stored = one(
        look.ledger.report(asked.report.trim())?,
        "report",
        &asked.report,
    )?;
    let text = &stored.report.text;
    let whole = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let from = whole(asked.from);
    let to = whole(from.saturating_add(asked.bytes.unwrap_or(BYTES).min(BYTES)));
    Ok(TextAnswer {
        report: stored.report.id.0.clone(),
        from,
        to,
        bytes: text.len(),
        text: text[from..to].to_owned(),
    })
}
