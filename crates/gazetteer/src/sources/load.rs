//! Loads `sources/*.toml`, checks them, and answers from them.

use std::{collections::HashMap, path::Path};

use sayso_records::Sha256;
use toml::Spanned;

use super::{
    Cue, CueSort, Outlet, OutletKind, Who,
    address::{Tracking, host},
    cue::{Cues, hits},
    data::{self, Source},
    file::{CueRow, Row, Table},
    spell::Spellings,
};
use crate::{
    checks::{format, id},
    error::GazetteerError,
    file::File,
    fold::{fold, slug},
};

/// The outlet number that stands for a report's publisher, listed or not.
const PUBLISHER: usize = usize::MAX;

/// All that is known of where reports come from. Cheap to share between threads by reference.
pub struct Sources {
    outlets: Vec<Outlet>,
    spellings: Spellings,
    by_id: HashMap<String, usize>,
    by_domain: HashMap<String, usize>,
    cues: Cues,
    tracking: Tracking,
    version: String,
}

impl std::fmt::Debug for Sources {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sources")
            .field("outlets", &self.outlets.len())
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

impl Sources {
    /// What is built into the program.
    ///
    /// # Errors
    /// Only if the data it was built with is mistaken; the tests load it, so a release does not.
    pub fn bundled() -> Result<Self, GazetteerError> {
        Self::load(data::bundled())
    }

    /// What a folder of the shape of `sources/` says, instead of what is built in. A folder with no `[[cue]]` is read with the cues
    /// built in.
    ///
    /// # Errors
    /// A folder without a `*.toml`, a file that cannot be read, or a mistake with its line and column; nothing ever loads as empty.
    pub fn open(dir: &Path) -> Result<Self, GazetteerError> {
        Self::load(data::read(dir)?)
    }

    /// What is built in and what a folder adds. An outlet of the folder takes the place of a built-in one with its id.
    ///
    /// # Errors
    /// As [`Sources::open`]; a name or domain that an outlet with another id has already is a mistake, too.
    pub fn beside(dir: &Path) -> Result<Self, GazetteerError> {
        let mut files = data::bundled();
        files.extend(data::read(dir)?);
        Self::load(files)
    }

    /// Digest of the data, 16 hexadecimal digits: two of one version answer alike.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Every outlet, in the order of the files.
    pub fn outlets(&self) -> &[Outlet] {
        &self.outlets
    }

    /// The outlet with this name, whatever its case, accents, and a "The" in front. `None`: not listed.
    pub fn outlet(&self, name: &str) -> Option<&Outlet> {
        let folded = fold(name);
        let found = self
            .spellings
            .get(&folded)
            .or_else(|| self.spellings.get(folded.strip_prefix("the ")?))
            .or_else(|| self.spellings.get(&format!("the {folded}")))
            .or_else(|| self.domain(&name.trim().to_ascii_lowercase()))?;
        self.outlets.get(found)
    }

    /// The outlet with this id. `None`: not listed.
    pub fn by_id(&self, id: &str) -> Option<&Outlet> {
        self.outlets.get(*self.by_id.get(id)?)
    }

    /// The outlet that publishes under this host ("www.example.com"), by the longest listed domain the host ends in. `None`: not listed.
    pub fn host(&self, host: &str) -> Option<&Outlet> {
        self.outlets.get(self.domain(&host.to_ascii_lowercase())?)
    }

    /// The outlet that printed a report: by its name, else by its address (`https://host/path`). `None`: neither is listed.
    pub fn publisher(&self, name: Option<&str>, address: Option<&str>) -> Option<&Outlet> {
        name.and_then(|name| self.outlet(name))
            .or_else(|| self.host(&host(address?)?))
    }

    /// One spelling of an address, so that two of the same page are equal: without scheme, `www.` or `m.`, default port, fragment, a slash at the end, query
    /// fields that only count readers. `None`: it is no web address, or leads to a front page.
    pub fn page(&self, address: &str) -> Option<String> {
        self.tracking.page(address)
    }

    /// A reader of one report's words, who knows which name is the report's own publisher.
    pub fn reader(&self, publisher: Option<&str>, address: Option<&str>) -> Reader<'_> {
        let mut own = Spellings::default();
        let name = publisher.map_or("", str::trim);
        for name in [name, name.strip_prefix("The ").unwrap_or(name)] {
            if fold(name).chars().count() > 1 {
                own.add(name, PUBLISHER);
            }
        }
        Reader {
            sources: self,
            publisher: self.publisher(publisher, address),
            own,
        }
    }

    fn domain(&self, host: &str) -> Option<usize> {
        let mut rest = host.trim_end_matches('.');
        loop {
            if let Some(&outlet) = self.by_domain.get(rest) {
                return Some(outlet);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    fn load(mut files: Vec<Source>) -> Result<Self, GazetteerError> {
        let mut digest = Vec::new();
        let mut sources = Loading::default();
        let mut cues: Vec<(usize, Vec<CueRow>)> = Vec::new();
        let mut tracking = Tracking::default();
        for (n, (path, text)) in files.iter().enumerate() {
            digest.extend_from_slice(&Sha256::of(text.as_bytes()).0);
            let file = File { path, text };
            let table: Table = file.parse()?;
            format(&file, &table.format)?;
            sources.file(&file, n, table.outlet)?;
            tracking.add(&file, &table.tracking)?;
            if !table.cue.is_empty() {
                cues.push((n, table.cue));
            }
        }
        if cues.is_empty() {
            files.push(("sources/credits.toml".to_owned(), data::CREDITS.to_owned()));
            if let Some((path, text)) = files.last() {
                let file = File { path, text };
                let table: Table = file.parse()?;
                tracking.add(&file, &table.tracking)?;
                cues.push((files.len() - 1, table.cue));
            }
        }
        let shown: Vec<File<'_>> = files
            .iter()
            .map(|(path, text)| File { path, text })
            .collect();
        let cues: Vec<(&File<'_>, Vec<CueRow>)> = cues
            .into_iter()
            .filter_map(|(n, rows)| Some((shown.get(n)?, rows)))
            .collect();
        let cues = Cues::new(&cues)?;
        let (outlets, spellings, by_id, by_domain) = sources.index(&shown)?;
        Ok(Self {
            outlets,
            spellings,
            by_id,
            by_domain,
            cues,
            tracking,
            version: Sha256::of(&digest).to_string()[..16].to_owned(),
        })
    }
}

/// Reads the words of one report; made by [`Sources::reader`].
pub struct Reader<'s> {
    sources: &'s Sources,
    /// The report's publisher. `None`: not listed.
    pub publisher: Option<&'s Outlet>,
    own: Spellings,
}

impl<'s> Reader<'s> {
    /// What it was made by.
    pub fn sources(&self) -> &'s Sources {
        self.sources
    }

    /// The cues of these sorts in a paragraph or a piece of one, in order; costs the square of its length at worst, so cut long ones.
    pub fn cues(&self, text: &str, sorts: &[CueSort]) -> Vec<Cue<'s>> {
        let hits = hits(text, &self.sources.spellings, &self.own);
        let named = |at: usize| {
            let hit = hits.get(hits.binary_search_by_key(&at, |hit| hit.start).ok()?)?;
            if hit.outlet == PUBLISHER {
                return Some(Who::Publisher);
            }
            let outlet = self.sources.outlets.get(hit.outlet)?;
            let own = self.publisher.is_some_and(|own| own.id == outlet.id);
            Some(if own {
                Who::Publisher
            } else {
                Who::Outlet(outlet)
            })
        };
        self.sources.cues.find(text, sorts, &hits, &named)
    }
}

#[derive(Default)]
struct Loading {
    /// File number, place of the name in it, and the outlet.
    rows: Vec<(usize, Places, Outlet)>,
    by_id: HashMap<String, usize>,
}

/// Where in its file an outlet's names and domains stand.
struct Places {
    names: Vec<usize>,
    domains: Vec<usize>,
}

type Indexed = (
    Vec<Outlet>,
    Spellings,
    HashMap<String, usize>,
    HashMap<String, usize>,
);

impl Loading {
    fn file(&mut self, file: &File<'_>, n: usize, rows: Vec<Row>) -> Result<(), GazetteerError> {
        for row in rows {
            let at = row.name.span().start;
            let (places, outlet) = read(file, row)?;
            match self.by_id.get(&outlet.id).copied() {
                Some(known) if self.rows[known].0 == n => {
                    let message = format!("`{}` stands twice", outlet.id);
                    return Err(file.mistake(at, message));
                }
                Some(known) => self.rows[known] = (n, places, outlet),
                None => {
                    self.by_id.insert(outlet.id.clone(), self.rows.len());
                    self.rows.push((n, places, outlet));
                }
            }
        }
        Ok(())
    }

    /// Indexes names and domains: one name, one outlet.
    fn index(self, files: &[File<'_>]) -> Result<Indexed, GazetteerError> {
        let mut spellings = Spellings::default();
        let mut by_domain = HashMap::new();
        let already = |file: usize, at: usize, what: &str, other: usize| {
            let other = self
                .rows
                .get(other)
                .map_or("", |(_, _, outlet)| &outlet.name);
            let message = format!("\"{what}\" is {other}'s already; one name, one outlet");
            match files.get(file) {
                Some(file) => file.mistake(at, message),
                None => File { path: "", text: "" }.mistake(at, message),
            }
        };
        for (n, (file, places, outlet)) in self.rows.iter().enumerate() {
            let names = std::iter::once(&outlet.name).chain(&outlet.also);
            for (name, &at) in names.zip(&places.names) {
                if let Some(other) = spellings.add(name, n) {
                    return Err(already(*file, at, name, other));
                }
            }
            for (domain, &at) in outlet.domains.iter().zip(&places.domains) {
                if let Some(other) = by_domain.insert(domain.clone(), n) {
                    return Err(already(*file, at, domain, other));
                }
            }
        }
        let outlets = self.rows.into_iter().map(|(_, _, outlet)| outlet).collect();
        Ok((outlets, spellings, self.by_id, by_domain))
    }
}

fn read(file: &File<'_>, row: Row) -> Result<(Places, Outlet), GazetteerError> {
    if let Some(given) = &row.id {
        id(file, given)?;
    }
    for name in std::iter::once(&row.name).chain(&row.also) {
        if fold(name.get_ref()).is_empty() {
            return Err(file.mistake(name.span().start, "a name needs a letter"));
        }
    }
    for domain in &row.domains {
        let text = domain.get_ref();
        let sign = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-');
        if !text.contains('.') || text.starts_with("www.") || !text.bytes().all(sign) {
            let message = format!(
                "`{text}` is not a domain in lower case without `www.` (`example.com`; \
                 letters outside ASCII as `xn--`)"
            );
            return Err(file.mistake(domain.span().start, message));
        }
    }
    if let Some(country) = &row.country
        && (country.get_ref().len() != 2
            || !country.get_ref().bytes().all(|b| b.is_ascii_uppercase()))
    {
        let message = format!("`{}` is not two capital letters", country.get_ref());
        return Err(file.mistake(country.span().start, message));
    }
    if *row.kind.get_ref() == OutletKind::Aggregator && row.reports_itself {
        let message = "an aggregator does not report itself";
        return Err(file.mistake(row.kind.span().start, message));
    }
    let starts = |texts: &[Spanned<String>]| -> Vec<usize> {
        texts.iter().map(|text| text.span().start).collect()
    };
    let mut names = vec![row.name.span().start];
    names.extend(starts(&row.also));
    let places = Places {
        names,
        domains: starts(&row.domains),
    };
    let plain = |texts: Vec<Spanned<String>>| texts.into_iter().map(Spanned::into_inner).collect();
    let outlet = Outlet {
        id: match row.id {
            Some(id) => id.into_inner(),
            None => format!("sayso:{}", slug(row.name.get_ref())),
        },
        name: row.name.into_inner(),
        also: plain(row.also),
        domains: plain(row.domains),
        owner: row.owner,
        kind: row.kind.into_inner(),
        country: row.country.map(Spanned::into_inner),
        reports_itself: row.reports_itself,
    };
    Ok((places, outlet))
}
