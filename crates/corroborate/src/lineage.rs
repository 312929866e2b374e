//! Where a report has things from: what is kept of each, so that ties between claims can be found without its text.

use std::collections::BTreeMap;

use sayso_codebook::{Codebook, Kind};
use sayso_gazetteer::{Gazetteer, sources::Sources};
use sayso_records::{Claim, ClaimId, Report, ReportId};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::{
    copies::{First, Relation, Sort},
    credits::{Credited, credited, house},
    erosion::{What, counterparts, erosion_between},
    propositions::{Named, Naming},
};

/// A way by which a report says that it has things from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// Whom it credits. `None`: only an address is given.
    pub who: Option<Named>,
    /// The address it links to, in one spelling. `None`: no link.
    pub address: Option<String>,
    /// How: `byline`, `dateline`, `credit-line`, `republished`, `citing`, `link`.
    pub how: SmolStr,
    /// The bytes of the report's text that the credit speaks for. `None`: the whole report.
    pub span: Option<(u32, u32)>,
    /// The words that show it.
    pub cue: String,
}

/// A report, as far as it matters where it has things from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lineage {
    /// Which report.
    pub report: ReportId,
    /// Its headline.
    pub title: Option<String>,
    /// Its address in one spelling. `None`: it has none.
    pub address: Option<String>,
    /// Who published it. `None`: nobody is named.
    pub publisher: Option<Named>,
    /// What sort of house that is, as `sources/` writes it. `None`: not listed.
    pub kind: Option<SmolStr>,
    /// The owner or desk that the publisher shares with others. `None`: not known.
    pub owner: Option<String>,
    /// Why what it says without a source is its own to say ("a think tank publishes what it found", "told The Daily Example"). `None`:
    /// nothing shows it.
    pub firsthand: Option<String>,
    /// RFC 3339 or a date. `None`: not given, or later than it was read.
    pub published: Option<String>,
    /// What it credits.
    pub credits: Vec<Credit>,
}

impl Lineage {
    /// What it is sorted by: day of publication, undated ones last, then its id.
    pub fn order(&self) -> (bool, &str, &ReportId) {
        (
            self.published.is_none(),
            self.published.as_deref().unwrap_or(""),
            &self.report,
        )
    }
}

/// What the texts of two reports have to do with each other, as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kin {
    /// What one is to the other.
    pub sort: Sort,
    /// Which came out first. `None`: not known.
    pub first: Option<First>,
    /// Sentences that say the same: bytes of the first and of the second text.
    pub pairs: Vec<((u32, u32), (u32, u32))>,
    /// Why, for a reader.
    pub reason: String,
    /// Claims of the earlier one with those of the later that stand for them. Empty as well where it is not known which is earlier.
    pub stand_for: Vec<(ClaimId, ClaimId)>,
    /// What the later one lost or changed of them.
    pub eroded: Vec<Eroded>,
}

/// What one claim of a copy lost or changed of the claim it stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Eroded {
    /// The claim as its origin, or the copy before, has it.
    pub from: ClaimId,
    /// As the copy has it.
    pub to: ClaimId,
    /// What.
    pub what: What,
    /// The words before.
    pub before: String,
    /// The words after. Empty: nothing stands in their place.
    pub after: String,
}

impl Eroded {
    /// What is no longer the same from one claim to the other.
    pub fn between(from: &Claim, to: &Claim, kind: &Kind, naming: &Naming<'_>) -> Vec<Self> {
        let changes = erosion_between(from, to, kind, naming).into_iter();
        let eroded = changes.map(|change| Self {
            from: from.id.clone(),
            to: to.id.clone(),
            what: change.what,
            before: change.before,
            after: change.after,
        });
        eroded.collect()
    }
}

impl Eroded {
    /// A copy of what somebody says in his own voice that no longer says whose voice it is: neither in the sentence nor by any credit.
    fn unsaid(
        (from, of_from): (&Claim, &Lineage),
        (to, of_to): (&Claim, &Lineage),
    ) -> Option<Self> {
        let publisher = of_from.publisher.as_ref()?;
        let key = |who: &Named| who.key == publisher.key;
        let is_own = of_from.firsthand.is_some() && from.sources.is_empty();
        let is_said = !to.sources.is_empty()
            || of_to.publisher.as_ref().is_some_and(key)
            || of_to
                .credits
                .iter()
                .any(|credit| credit.who.as_ref().is_some_and(key))
            || of_to.address == of_from.address;
        (is_own && !is_said).then(|| Self {
            from: from.id.clone(),
            to: to.id.clone(),
            what: What::AttributionDropped,
            before: publisher.name.clone(),
            after: String::new(),
        })
    }
}

impl Kin {
    /// As it is kept. `a` and `b`: the two reports with their claims.
    pub fn of(
        relation: &Relation,
        (of_a, a): (&Lineage, &[Claim]),
        (of_b, b): (&Lineage, &[Claim]),
        codebook: &Codebook,
        naming: &Naming<'_>,
    ) -> Self {
        let dated = of_a.published.is_some() && of_b.published.is_some();
        let first = if of_a.order() < of_b.order() {
            First::A
        } else {
            First::B
        };
        let earlier = dated.then_some(first);
        let (mut eroded, mut stand_for) = (Vec::new(), Vec::new());
        let pairs = match earlier.filter(|_| relation.sort != Sort::Quoting) {
            Some(_) => counterparts(a, b, relation),
            None => Vec::new(),
        };
        for (in_a, in_b) in pairs {
            let (from, to, of_from, of_to) = match earlier {
                Some(First::B) => (in_b, in_a, of_b, of_a),
                _ => (in_a, in_b, of_a, of_b),
            };
            stand_for.push((from.id.clone(), to.id.clone()));
            if let Some(kind) = codebook.kind(&from.kind) {
                eroded.extend(Eroded::between(from, to, kind, naming));
            }
            eroded.extend(Eroded::unsaid((from, of_from), (to, of_to)));
        }
        Self {
            stand_for,
            eroded,
            first: earlier,
            ..Self::from(relation)
        }
    }
}

impl From<&Relation> for Kin {
    fn from(relation: &Relation) -> Self {
        let narrow = |span: sayso_records::Span<sayso_records::Byte>| <(u32, u32)>::from(span);
        let pairs = relation.pairs.iter().filter(|pair| !pair.quoted);
        Self {
            sort: relation.sort,
            first: relation.first,
            pairs: pairs.map(|pair| (narrow(pair.a), narrow(pair.b))).collect(),
            reason: relation.reasons.join("; "),
            stand_for: Vec::new(),
            eroded: Vec::new(),
        }
    }
}

/// How often places are spelled so: place id and folded spelling to (reports that spell it so, reports that name the place, whether the gazetteer
/// knows the spelling).
pub type Spellings = BTreeMap<(SmolStr, String), Spelled>;

/// How often one spelling of a place is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spelled {
    /// Reports that spell it so.
    pub so: u64,
    /// Reports that name the place at all.
    pub all: u64,
    /// Whether it is one of the place's names in the gazetteer; otherwise it is an error, or somebody's own spelling.
    pub known: bool,
}

impl Spelled {
    /// Whether two reports that spell it so are likely to have it from one another: the gazetteer does not know the spelling and not more than half
    /// of the reports use it, or it does and fewer than one in twenty do.
    pub fn is_rare(self) -> bool {
        match self.known {
            false => self.all >= 3 && self.so * 2 <= self.all,
            true => self.all >= 40 && self.so * 20 <= self.all,
        }
    }
}

fn day(at: &str) -> Option<jiff::civil::Date> {
    at.get(..10)?.parse().ok()
}

/// Whether `published` is a day after that on which the report was read (both ISO 8601), and so not to be believed. One day's grace: publishers are
/// ahead of us in some time zones. `None`: it is not known when it was read.
pub fn is_ahead(published: &str, read: Option<&str>) -> bool {
    let latest = read.and_then(day).and_then(|day| day.tomorrow().ok());
    (day(published).zip(latest)).is_some_and(|(day, latest)| day > latest)
}

impl Lineage {
    /// Where `report` has things from. `read`: when it was read (RFC 3339); a later date of publication is not believed.
    pub fn of(
        report: &Report,
        read: Option<&str>,
        gazetteer: &Gazetteer,
        sources: &Sources,
    ) -> Self {
        let believed = |at: &String| day(at).is_some() && !is_ahead(at, read);
        let reader = sources.reader(report.publisher.as_deref(), report.url.as_deref());
        let Credited { credits, firsthand } = credited(report, &reader, gazetteer);
        let publisher = match (reader.publisher, &report.publisher) {
            (Some(outlet), _) => Some(Named {
                key: outlet.id.as_str().into(),
                name: outlet.name.clone(),
            }),
            (None, Some(name)) => Some(house(name, gazetteer)),
            (None, None) => None,
        };
        let address = report.url.as_deref();
        Self {
            report: report.id.clone(),
            title: report.title.clone(),
            address: address.map(|url| sources.page(url).unwrap_or_else(|| url.to_owned())),
            publisher,
            kind: reader.publisher.map(|outlet| outlet.kind.name().into()),
            owner: reader.publisher.and_then(|outlet| outlet.owner.clone()),
            firsthand,
            published: report.published.clone().filter(believed),
            credits,
        }
    }
}
