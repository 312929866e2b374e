//! Findings as narrow rows in memory: filtered, counted and sorted without a look at the file.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::OnceLock,
};

use sayso_ledger::{FindingFilter, Ledger, LedgerError, ShelfRow, Totals};
use smol_str::SmolStr;

use crate::register::Register;

/// A day as `20230801`; 0: not known.
pub type Day = u32;

/// What a finding is sorted, counted and filtered by.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Row {
    pub number: i64,
    pub id: SmolStr,
    pub kind: SmolStr,
    pub established: u32,
    pub unknown: u32,
    pub publishers: u32,
    pub denied: u32,
    pub doubted: u32,
    pub grade: u8,
    pub status: Option<SmolStr>,
    pub first_day: Day,
    pub last_day: Day,
    pub last_seen: Day,
    /// Numbers of the first and the last claim that was read of it.
    pub begun: i64,
    pub latest: i64,
}

/// One term of a finding: the row, its role, and what fills it, by place in [`Terms::things`].
pub type TermRow = (u32, SmolStr, u32);

/// What findings are of.
#[derive(Debug, Default)]
pub struct Terms {
    /// Key and name of each thing.
    pub things: Vec<(SmolStr, String)>,
    /// In the order of the rows.
    pub rows: Vec<TermRow>,
    /// Which of `rows` are of which key.
    by_key: HashMap<SmolStr, Vec<u32>>,
}

impl Terms {
    /// Places of rows that have a key in some role, with that role, in the order of the shelf.
    pub fn with(&self, key: &str) -> impl Iterator<Item = (u32, &str)> {
        let these = self.by_key.get(key).map_or(&[][..], Vec::as_slice);
        these.iter().map(|at| {
            let (row, role, _) = &self.rows[*at as usize];
            (*row, role.as_str())
        })
    }

    /// Whether some finding is of a key.
    pub fn knows(&self, key: &str) -> bool {
        self.by_key.contains_key(key)
    }

    /// What a thing is called by its key. `None`: no finding is of it.
    pub fn name(&self, key: &str) -> Option<&str> {
        let at = *self.by_key.get(key)?.first()?;
        let (_, _, thing) = &self.rows[at as usize];
        Some(self.things[*thing as usize].1.as_str())
    }

    /// The terms of one row.
    pub fn of(&self, row: usize) -> impl Iterator<Item = (&str, &SmolStr, &str)> {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let from = self.rows.partition_point(|(at, ..)| *at < row);
        let these = self.rows[from..]
            .iter()
            .take_while(move |(at, ..)| *at == row);
        these.map(|(_, role, thing)| {
            let (key, name) = &self.things[*thing as usize];
            (role.as_str(), key, name.as_str())
        })
    }
}

/// All findings, most origins first, then most publishers, then by id.
#[derive(Debug, Default)]
pub struct Shelf {
    /// The rows.
    pub rows: Vec<Row>,
    by_number: HashMap<i64, u32>,
    terms: OnceLock<Terms>,
    register: OnceLock<Register>,
    recent: OnceLock<Vec<u32>>,
    totals: OnceLock<Totals>,
}

/// In which order findings are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Most established origins first.
    #[default]
    Origins,
    /// Last read of first.
    Recent,
    /// Most denials and doubts first.
    Disputed,
}

fn day(text: Option<&str>) -> Day {
    let digits = text.and_then(|text| text.get(..10)).unwrap_or("");
    digits.replace('-', "").parse().unwrap_or(0)
}

/// `2023-08-01`; empty: not known.
pub fn day_words(day: Day) -> String {
    match day {
        0 => String::new(),
        _ => format!(
            "{:04}-{:02}-{:02}",
            day / 10_000,
            day / 100 % 100,
            day % 100
        ),
    }
}

impl Shelf {
    /// Fetched from the file.
    pub fn of(ledger: &Ledger) -> Result<Self, LedgerError> {
        let mut rows = Vec::new();
        let mut known: HashSet<SmolStr> = HashSet::new();
        ledger.shelf(|row| rows.push(Row::of(row, &mut known)))?;
        let by_number = (rows.iter().enumerate())
            .map(|(at, row)| (row.number, u32::try_from(at).unwrap_or(u32::MAX)))
            .collect();
        Ok(Self {
            totals: OnceLock::new(),
            rows,
            by_number,
            terms: OnceLock::new(),
            register: OnceLock::new(),
            recent: OnceLock::new(),
        })
    }

    /// Places of all rows, last read of first.
    pub fn recent(&self) -> &[u32] {
        self.recent.get_or_init(|| {
            let mut all: Vec<u32> =
                (0..u32::try_from(self.rows.len()).unwrap_or(u32::MAX)).collect();
            self.sort(&mut all, Order::Recent);
            all
        })
    }

    /// The place of the finding with this number.
    pub fn place(&self, number: i64) -> Option<usize> {
        self.by_number.get(&number).map(|at| *at as usize)
    }

    /// How much there is of everything.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn totals(&self, ledger: &Ledger) -> Result<&Totals, LedgerError> {
        match self.totals.get() {
            Some(totals) => Ok(totals),
            None => {
                let totals = ledger.totals()?;
                Ok(self.totals.get_or_init(|| totals))
            }
        }
    }

    /// What the findings are of; fetched when it is first asked for.
    pub fn terms(&self, ledger: &Ledger) -> Result<&Terms, LedgerError> {
        if let Some(terms) = self.terms.get() {
            return Ok(terms);
        }
        let mut terms = Terms::default();
        let mut things: HashMap<(SmolStr, String), u32> = HashMap::new();
        let mut roles: HashMap<String, SmolStr> = HashMap::new();
        ledger.shelf_terms(|number, role, key, name| {
            // One that was made since belongs to the next shelf.
            let Some(row) = self.by_number.get(&number) else {
                return;
            };
            let role = match roles.get(role) {
                Some(role) => role.clone(),
                None => (roles.entry(role.to_owned()).or_insert(SmolStr::new(role))).clone(),
            };
            let thing = (SmolStr::new(key), name.to_owned());
            let thing = *things.entry(thing).or_insert_with_key(|thing| {
                terms.things.push(thing.clone());
                u32::try_from(terms.things.len() - 1).unwrap_or(u32::MAX)
            });
            terms.rows.push((*row, role, thing));
        })?;
        terms.rows.sort_by_key(|(row, ..)| *row);
        for (at, (_, _, thing)) in terms.rows.iter().enumerate() {
            let key = terms.things[*thing as usize].0.clone();
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            terms.by_key.entry(key).or_default().push(at);
        }
        Ok(self.terms.get_or_init(|| terms))
    }

    /// What was made of the terms; `make` is asked once.
    pub(crate) fn register(&self, make: impl FnOnce() -> Register) -> &Register {
        self.register.get_or_init(make)
    }

    /// Places of the rows that pass, in the order of the shelf. `filter`: what of it only the file knows is asked there.
    pub fn passing(
        &self,
        ledger: &Ledger,
        filter: &FindingFilter,
    ) -> Result<Vec<u32>, LedgerError> {
        let in_file = filter.about.is_some()
            || filter.place.is_some()
            || filter.source.is_some()
            || filter.report.is_some();
        let named: Option<HashSet<u32>> = match in_file {
            false => None,
            true => {
                let names = FindingFilter {
                    about: filter.about.clone(),
                    place: filter.place.clone(),
                    source: filter.source.clone(),
                    report: filter.report.clone(),
                    ..FindingFilter::default()
                };
                let numbers = ledger.finding_numbers(&names)?;
                Some(
                    numbers
                        .iter()
                        .filter_map(|it| self.by_number.get(it).copied())
                        .collect(),
                )
            }
        };
        let (since, until) = (day(filter.since.as_deref()), day(filter.until.as_deref()));
        let passes = |row: &Row| {
            (filter.kinds.is_empty() || filter.kinds.iter().any(|kind| *kind == row.kind))
                && row.established as usize >= filter.origins
                && (!filter.disputed || row.denied + row.doubted > 0)
                && (filter.since.is_none() || row.last_day >= since)
                && (filter.until.is_none() || row.first_day != 0 && row.first_day <= until)
        };
        let all = self.rows.iter().enumerate();
        let all = all.map(|(at, row)| (u32::try_from(at).unwrap_or(u32::MAX), row));
        Ok(all
            .filter(|(at, row)| {
                named.as_ref().is_none_or(|named| named.contains(at)) && passes(row)
            })
            .map(|(at, _)| at)
            .collect())
    }

    /// Puts places of rows in another order; those of one rank stay in the order of the shelf.
    pub fn sort(&self, places: &mut [u32], order: Order) {
        let row = |at: &u32| &self.rows[*at as usize];
        match order {
            Order::Origins => places.sort_unstable(),
            Order::Recent => places.sort_by_key(|at| (std::cmp::Reverse(row(at).latest), *at)),
            Order::Disputed => places.sort_by_key(|at| {
                let row = row(at);
                (std::cmp::Reverse(row.denied + row.doubted), *at)
            }),
        }
    }

    /// How many of some rows have which value, most first, then by value.
    pub fn count<'s>(
        &'s self,
        places: &[u32],
        value: impl Fn(&'s Row) -> Option<&'s str>,
    ) -> Vec<(&'s str, usize)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for at in places {
            if let Some(value) = value(&self.rows[*at as usize]) {
                *counts.entry(value).or_default() += 1;
            }
        }
        let mut out: Vec<(&str, usize)> = counts.into_iter().collect();
        out.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        out
    }
}

impl Row {
    fn of(row: ShelfRow, known: &mut HashSet<SmolStr>) -> Self {
        let mut share = |text: String| match known.get(text.as_str()) {
            Some(known) => known.clone(),
            None => {
                let text = SmolStr::from(text);
                known.insert(text.clone());
                text
            }
        };
        Self {
            number: row.number,
            kind: share(row.kind),
            status: row.status.map(&mut share),
            id: row.id.into(),
            established: row.established,
            unknown: row.unknown,
            publishers: row.publishers,
            denied: row.denied,
            doubted: row.doubted,
            grade: row.grade,
            first_day: day(row.first_day.as_deref()),
            last_day: day(row.last_day.as_deref()),
            last_seen: day(row.last_seen.as_deref()),
            begun: row.begun,
            latest: row.latest,
        }
    }
}
