//! Place names and where they are, on GeoVirus (Gritta et al. 2018: Wikinews on disease) and TR-News (Kamalloo & Rafiei 2018: local and
//! world news, GPL-3, measured and nothing else).
//!
//! The text of each article is read as a report is: `Claimant::places` tags, `sayso_resolve::locate` places. A tagged name meets a gold one
//! that it shares a character with, each one of the other side. Of those that meet, the share put within 161 km (100 miles) of the gold's
//! point is the figure; what the program leaves without a point counts as wrong, and what it is unsure of by its first reading. Beside it:
//! what is the same place by its GeoNames id, too (TR-News gives ids; the point of a state is a convention, and Canada's differ by a thousand
//! kilometres), every tagged name put to its bearer of most people, all gold names given as strings, no text read, and end to end the
//! share of all gold names that are found and near. Adjectives ("Turkish") name no place here; TR-News marks them, so tagging is measured
//! with and without those.

use std::{collections::BTreeMap, ops::Range, path::Path};

use sayso_claim::Claimant;
use sayso_gazetteer::{Gazetteer, Place, PlaceKind, Placing, Via};
use sayso_records::{Entity, EntityType, PlaceRef, Precision, Span};
use sayso_resolve::locate;

use crate::{
    Error, Measured, Tools,
    tables::{Counts, precision_recall, scores, share},
};

const NEAR_KM: f64 = 161.0;

/// A set: its file, the element of a name and the child with the words, what is published for it.
const SETS: [(&str, &str, &str, &str); 2] = [
    (
        "GeoVirus",
        "location",
        "name",
        "CamCoder, trained on Wikipedia, gold names given: .82",
    ),
    ("TR-News", "toponym", "phrase", "none by this rule"),
];

struct Article {
    text: String,
    gold: Vec<Gold>,
}

/// A gold name: bytes of the text, its point in degrees (`None`: the set has none for it) and its GeoNames id where the set gives one.
struct Gold {
    span: Range<usize>,
    at: Option<(f64, f64)>,
    geonames: Option<u32>,
}

/// Both sets.
pub(crate) fn measure(tools: &Tools, folder: &Path) -> Result<Measured, Error> {
    let mut out = Measured::default();
    let claimant = Claimant::new(&tools.codebook, &tools.gazetteer);
    for (set, element, words, published) in SETS {
        let articles = articles(&folder.join(format!("{set}.xml")), element, words)?;
        let mut tagging: BTreeMap<String, Counts> = BTreeMap::new();
        // Half of the articles are kept unseen: their mistakes are counted and never listed.
        let mut read = [Tally::default(), Tally::default()];
        let (mut given, mut points) = (Tally::default(), [0, 0]);
        for (nth, article) in articles.iter().enumerate() {
            let half = nth % 2;
            points[half] += article.gold.iter().filter(|gold| gold.at.is_some()).count();
            let text = &article.text;
            let places = claimant.places(text, &tools.analyser);
            let placings = locate(text, &places, &tools.gazetteer);
            let spans: Vec<Range<usize>> = places.iter().map(|place| place.span.range()).collect();
            for (how, exact, adjectives) in [
                ("exact", true, true),
                ("overlap", false, true),
                ("exact, no adjectives", true, false),
                ("overlap, no adjectives", false, false),
            ] {
                let gold: Vec<Range<usize>> = article
                    .gold
                    .iter()
                    .map(|gold| gold.span.clone())
                    .filter(|span| adjectives || !adjective(&tools.gazetteer, &text[span.clone()]))
                    .collect();
                let pairs = pairs(
                    &spans,
                    &gold,
                    |a, b| if exact { a == b } else { meets(a, b) },
                );
                let entry = tagging.entry(how.to_owned()).or_default();
                entry[0] += pairs.len();
                entry[1] += spans.len() - pairs.len();
                entry[2] += gold.len() - pairs.len();
            }
            let gold: Vec<Range<usize>> = article.gold.iter().map(|g| g.span.clone()).collect();
            for (ours, theirs) in pairs(&spans, &gold, meets) {
                let (Some(place), Some(placing), Some(gold)) = (
                    places.get(ours),
                    placings.get(ours),
                    article.gold.get(theirs),
                ) else {
                    continue;
                };
                read[half].add(tools, nth, &place.text, placing, gold);
            }
            let strings: Vec<PlaceRef> = article
                .gold
                .iter()
                .map(|gold| string(&tools.gazetteer, &text[gold.span.clone()]))
                .collect();
            // The text itself is not shown: only what its names say.
            let names: Vec<&str> = strings.iter().map(|place| place.text.as_str()).collect();
            let placings = locate(&names.join("\n"), &strings, &tools.gazetteer);
            for ((place, placing), gold) in strings.iter().zip(&placings).zip(&article.gold) {
                given.add(tools, nth, &place.text, placing, gold);
            }
        }
        out.tables
            .push_str(&precision_recall(&format!("{set} tagging"), &tagging));
        let [seen, unseen] = read;
        let all = seen.and(&unseen);
        out.tables.push_str(&format!(
            "{set} placing: published for this set: {published}\n{HEAD}{}{}{}{}",
            all.row("names read"),
            seen.row("  seen articles"),
            unseen.row("  unseen articles"),
            given.row("gold names given")
        ));
        let counts = |how: &str| tagging.get(how).copied().unwrap_or_default();
        out.figure(format!("{set} within 161 km"), all.near());
        out.figure(format!("{set} within 161 km, unseen"), unseen.near());
        out.figure(
            format!("{set} within 161 km or the same place"),
            share(all.same, all.all),
        );
        out.figure(
            format!("{set} within 161 km or the same place, unseen"),
            share(unseen.same, unseen.all),
        );
        out.figure(
            format!("{set} within 161 km over most people"),
            all.near() - share(all.populous, all.all),
        );
        out.figure(
            format!("{set} right of sure"),
            share(all.sure_near, all.sure),
        );
        out.figure(format!("{set} gold names given"), given.near());
        out.figure(
            format!("{set} found and within 161 km"),
            share(all.near, points[0] + points[1]),
        );
        out.figure(
            format!("{set} found and within 161 km, unseen"),
            share(unseen.near, points[1]),
        );
        out.figure(
            format!("{set} tagging overlap F1"),
            scores(counts("overlap, no adjectives"))[2],
        );
        out.worst
            .extend(seen.wrong.iter().map(|line| format!("{set}\t{line}")));
    }
    Ok(out)
}

const HEAD: &str = "                       names  within 161 km  same place  most people   sure  right of sure | not known  other meant  none there  another point\n";

/// What was put where.
#[derive(Default)]
struct Tally {
    all: usize,
    near: usize,
    /// Near, or the same place by its GeoNames id.
    same: usize,
    sure: usize,
    sure_near: usize,
    /// Near by the bearer of most people.
    populous: usize,
    causes: [usize; 4],
    wrong: Vec<String>,
}

impl Tally {
    fn add(&mut self, tools: &Tools, article: usize, words: &str, placing: &Placing, gold: &Gold) {
        let Some(at) = gold.at else { return };
        let near = |place: &&Place| kilometres(at, (place.lat, place.lon)) <= NEAR_KM;
        let (best, sure) = match placing {
            Placing::One(place) => (Some(place), true),
            Placing::Unsure(places) => (places.first(), false),
            Placing::None => (None, false),
        };
        let right = best.as_ref().is_some_and(near);
        let bearers = tools.gazetteer.called(words);
        self.all += 1;
        self.near += usize::from(right);
        let same =
            best.is_some_and(|place| place.geonames.is_some() && place.geonames == gold.geonames);
        self.same += usize::from(right || same);
        self.sure += usize::from(sure);
        self.sure_near += usize::from(sure && right);
        self.populous += usize::from(bearers.first().as_ref().is_some_and(near));
        if right {
            return;
        }
        let (cause, why) = match best {
            None => (0, "not known"),
            Some(best) if matches!(best.kind, PlaceKind::State | PlaceKind::World) => {
                (3, "another point")
            }
            Some(_) if bearers.iter().any(|place| near(&place)) => (1, "other meant"),
            Some(_) => (2, "none there"),
        };
        self.causes[cause] += 1;
        let said = best.map_or_else(String::new, |place| {
            format!(
                "{} {} {:?} {:.2},{:.2}",
                place.name, place.country, place.kind, place.lat, place.lon
            )
        });
        self.wrong.push(format!(
            "{article}\t{why}\t{words}\t{:.2},{:.2}\t{said}\t{}",
            at.0,
            at.1,
            if sure { "sure" } else { "unsure" }
        ));
    }

    /// Both together, without their mistakes.
    fn and(&self, other: &Self) -> Self {
        Self {
            all: self.all + other.all,
            near: self.near + other.near,
            same: self.same + other.same,
            sure: self.sure + other.sure,
            sure_near: self.sure_near + other.sure_near,
            populous: self.populous + other.populous,
            causes: std::array::from_fn(|nth| self.causes[nth] + other.causes[nth]),
            wrong: Vec::new(),
        }
    }

    fn near(&self) -> f64 {
        share(self.near, self.all)
    }

    fn row(&self, name: &str) -> String {
        let [unknown, other, none, point] = self.causes;
        format!(
            "  {name:<20}{:>6}{:>15.3}{:>12.3}{:>13.3}{:>7.3}{:>15.3} |{unknown:>10}{other:>13}{none:>12}{point:>15}\n",
            self.all,
            self.near(),
            share(self.same, self.all),
            share(self.populous, self.all),
            share(self.sure, self.all),
            share(self.sure_near, self.sure),
        )
    }
}

/// A name as a string: a state or region by any of its names is that, the rest has only its words.
fn string(gazetteer: &Gazetteer, words: &str) -> PlaceRef {
    let known = whole(gazetteer, words).filter(|(_, via)| *via != Via::Capital);
    let entity = known.and_then(|(entity, _)| entity);
    PlaceRef {
        text: words.to_owned(),
        span: Span::new(0, words.len()),
        within: Vec::new(),
        name: entity
            .as_ref()
            .map_or_else(|| words.to_owned(), |entity| entity.name.clone()),
        entity,
        country: None,
        point: None,
        precision: Precision::Unresolved,
    }
}

/// The state or region that the whole of `words` names, `None` where it names something else, and by which of its names.
fn whole(gazetteer: &Gazetteer, words: &str) -> Option<(Option<Entity>, Via)> {
    let words: Vec<&str> = words.split(' ').collect();
    let found = gazetteer
        .longest(&words)
        .filter(|found| found.words == words.len())?;
    let wide = matches!(found.entity.kind, EntityType::State | EntityType::Region);
    Some((wide.then(|| found.entity.entity()), found.via))
}

fn adjective(gazetteer: &Gazetteer, words: &str) -> bool {
    whole(gazetteer, words).is_some_and(|(_, via)| matches!(via, Via::Demonym | Via::DemonymPeople))
}

/// Each of `ours` with the first of `theirs` that it meets and none before it took.
fn pairs(
    ours: &[Range<usize>],
    theirs: &[Range<usize>],
    meets: impl Fn(&Range<usize>, &Range<usize>) -> bool,
) -> Vec<(usize, usize)> {
    let mut used = vec![false; theirs.len()];
    let mut out = Vec::new();
    for (n, span) in ours.iter().enumerate() {
        let free = theirs
            .iter()
            .zip(&mut used)
            .enumerate()
            .find(|(_, (their, used))| !**used && meets(span, their));
        if let Some((m, (_, used))) = free {
            *used = true;
            out.push((n, m));
        }
    }
    out
}

fn meets(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The articles of a file. Its positions are off by a few characters here and there, so a name is where it next stands to its own.
fn articles(path: &Path, element: &str, words: &str) -> Result<Vec<Article>, Error> {
    let wrong = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let xml = std::fs::read_to_string(path).map_err(|e| wrong(&e))?;
    let document = roxmltree::Document::parse(&xml).map_err(|e| wrong(&e))?;
    let said = |of: roxmltree::Node<'_, '_>, name: &str| {
        of.descendants()
            .find(|node| node.has_tag_name(name))
            .and_then(|node| node.text().map(str::trim).map(str::to_owned))
    };
    let mut out = Vec::new();
    for article in document.descendants().filter(|n| n.has_tag_name("article")) {
        let text = article
            .children()
            .find(|node| node.has_tag_name("text"))
            .and_then(|node| node.text())
            .unwrap_or("")
            .to_owned();
        let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let mut gold: Vec<Gold> = article
            .descendants()
            .filter(|node| node.has_tag_name(element))
            .filter_map(|node| {
                let name = said(node, words)?;
                let start: usize = said(node, "start")?.parse().ok()?;
                let start = *bytes.get(start).or(bytes.last())?;
                let (at, _) = text
                    .match_indices(&name)
                    .min_by_key(|(at, _)| at.abs_diff(start))?;
                let number = |name: &str| said(node, name)?.parse::<f64>().ok();
                Some(Gold {
                    span: at..at + name.len(),
                    at: number("lat").zip(number("lon")),
                    geonames: node
                        .descendants()
                        .find_map(|node| node.attribute("geonameid")?.parse().ok()),
                })
            })
            .collect();
        gold.sort_by_key(|gold| gold.span.start);
        out.push(Article { text, gold });
    }
    Ok(out)
}

/// Great-circle distance of two points in degrees.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat, lon) = ((b.0 - a.0).to_radians(), (b.1 - a.1).to_radians());
    let h = (lat / 2.0).sin().powi(2)
        + a.0.to_radians().cos() * b.0.to_radians().cos() * (lon / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}
