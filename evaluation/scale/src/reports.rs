//! The reports, one after the other: what `sayso read` would hand to the ledger.

use std::{collections::VecDeque, sync::Arc};

use sayso_gazetteer::Gazetteer;
use sayso_ledger::{Packed, Reading, Versions};
use sayso_records::{Capture, Claim, Link, Report, ReportId};

use crate::{
    Error,
    random::Random,
    telling::{Line, Said, slots},
    world::{Shape, Thing, World},
};

/// Reports that come out on one day.
const A_DAY: usize = 100;
/// Originals that a new report may be a copy of.
const RECENT: usize = 400;
/// Of a hundred reports, copies.
const COPIES: usize = 33;

/// A report before it is written.
#[derive(Clone, Debug)]
struct Draft {
    publisher: String,
    url: String,
    lines: Vec<Line>,
    /// What the report says it has things from.
    credit: Option<String>,
    link: Option<String>,
    /// Words that stand for others.
    other: Vec<(String, String)>,
}

/// Reports without end, the same ones in every run.
pub struct Reports {
    world: World,
    random: Random,
    recent: VecDeque<Draft>,
    versions: Arc<Versions>,
    made: usize,
    begin: jiff::civil::Date,
}

impl Reports {
    /// `seed` decides them all.
    ///
    /// # Errors
    /// When `world.toml` names what there is not.
    pub fn new(seed: u64, gazetteer: &Gazetteer) -> Result<Self, Error> {
        Ok(Self {
            world: World::new(gazetteer)?,
            random: Random::new(seed),
            recent: VecDeque::new(),
            versions: Arc::new(Versions {
                codebook: "scale".to_owned(),
                model: "none".to_owned(),
                gazetteer: gazetteer.version().to_owned(),
                reader: env!("CARGO_PKG_VERSION").to_owned(),
            }),
            made: 0,
            begin: jiff::civil::date(2021, 1, 1),
        })
    }

    /// The day, `before` days earlier, on which the next report comes out.
    fn day(&self, before: usize) -> String {
        let days =
            i64::try_from(self.made / A_DAY).unwrap_or(0) - i64::try_from(before).unwrap_or(0);
        let span = jiff::Span::new().try_days(days).unwrap_or_default();
        self.begin
            .checked_add(span)
            .unwrap_or(self.begin)
            .to_string()
    }

    fn draft(&mut self) -> Draft {
        match self.recent.len() > 10 && self.random.chance(COPIES) {
            true => self.copy(),
            false => {
                let draft = self.original();
                if self.recent.len() == RECENT {
                    self.recent.pop_front();
                }
                self.recent.push_back(draft.clone());
                draft
            }
        }
    }

    fn head(&mut self) -> Draft {
        let publisher = self.world.publisher(&mut self.random);
        let host = publisher.to_lowercase().replace(' ', "-");
        Draft {
            url: format!("https://{host}.example/{}/{}", self.day(0), self.made),
            publisher,
            lines: Vec::new(),
            credit: None,
            link: None,
            other: Vec::new(),
        }
    }

    fn original(&mut self) -> Draft {
        let mut draft = self.head();
        // One voice tells most of it.
        let voice = (self.random.chance(70)).then(|| self.world.voice(&mut self.random));
        let lead = self.shape(false);
        let lead = self.said(&lead, voice.as_ref(), None);
        draft.lines.push(Line::Said(Box::new(lead.clone())));
        for _ in 0..1 + self.random.under(3) {
            let padding = self.padding();
            draft.lines.push(Line::Words(padding));
            let vague = self.random.chance(50);
            let shape = self.shape(vague);
            // Half of what follows is about those of the lead.
            let of = self.random.chance(50).then_some(&lead);
            let own = self.random.chance(60);
            let said = self.said(&shape, voice.as_ref().filter(|_| own), of);
            draft.lines.push(Line::Said(Box::new(said)));
        }
        if self.random.chance(6) {
            let at = self.random.under(self.world.file.denials.len());
            let shape = self.world.file.denials[at].clone();
            let who = self.world.voice(&mut self.random);
            let mut said = self.said(&shape, Some(&who), Some(&lead));
            said.denied = true;
            draft.lines.push(Line::Said(Box::new(said)));
        }
        for _ in 0..2 + self.random.under(6) {
            let padding = self.padding();
            draft.lines.push(Line::Words(padding));
        }
        draft
    }

    /// A copy of a recent report, the newest more often: the same text, a part of it, or other words.
    fn copy(&mut self) -> Draft {
        let of = self.recent.len() - 1 - self.random.zipf(self.recent.len());
        let of = self.recent[of].clone();
        let mut draft = Draft {
            lines: of.lines.clone(),
            ..self.head()
        };
        match self.random.under(3) {
            0 => {}
            1 => {
                let keep = draft.lines.len() / 2 + self.random.under(draft.lines.len() / 2);
                draft.lines.truncate(keep.max(2));
            }
            _ => {
                let synonyms = self.world.file.synonyms.clone();
                draft.other = synonyms
                    .into_iter()
                    .filter(|_| self.random.chance(60))
                    .collect();
                for line in &mut draft.lines {
                    match line {
                        Line::Said(said) if self.random.chance(15) => said.source = None,
                        Line::Said(_) => {}
                        Line::Words(words) => {
                            let mut kept: Vec<&str> = words.split(' ').collect();
                            kept.retain(|_| !self.random.chance(8));
                            *words = kept.join(" ");
                        }
                    }
                }
            }
        }
        if self.random.chance(60) {
            let at = self.random.under(self.world.file.credits.len());
            draft.credit = Some(self.world.file.credits[at].replace("{}", &of.publisher));
        }
        draft.link = self.random.chance(25).then_some(of.url);
        draft
    }

    fn shape(&mut self, vague: bool) -> Shape {
        let shapes = &self.world.file.sentence;
        let of = |shape: &&Shape| shape.vague == vague;
        let all: usize = shapes.iter().filter(of).map(|shape| shape.weight).sum();
        let mut lot = self.random.under(all);
        let shape = shapes.iter().filter(of).find(|shape| {
            let is_it = lot < shape.weight;
            lot = lot.saturating_sub(shape.weight);
            is_it
        });
        shape.unwrap_or(&shapes[0]).clone()
    }

    /// Something of this shape, said by `voice`; what `of` says of the same roles is said again.
    fn said(&mut self, shape: &Shape, voice: Option<&Thing>, of: Option<&Said>) -> Said {
        let random = &mut self.random;
        let mut roles: Vec<(smol_str::SmolStr, Thing)> = Vec::new();
        let fields = ["place", "time", "quantity", "source", "cue"];
        for role in slots(&shape.text)
            .into_iter()
            .filter(|slot| !fields.contains(slot))
        {
            let same = of.and_then(|of| of.roles.iter().find(|(name, _)| name == role));
            let mut thing = same.map_or_else(
                || self.world.filler(role, random),
                |(_, thing)| thing.clone(),
            );
            while roles.iter().any(|(_, other)| other.name == thing.name) {
                thing = self.world.filler(role, random);
            }
            roles.push((role.into(), thing));
        }
        let place = random.chance(50).then(|| {
            let town = self.world.town(random);
            let other = random.chance(4) && town.spelled.len() > 1;
            let text = match other {
                true => &town.spelled[1 + random.under(town.spelled.len() - 1)],
                false => &town.spelled[0],
            };
            sayso_records::PlaceRef {
                text: text.clone(),
                ..town.at.clone()
            }
        });
        let before = random.under(20);
        let (timed, cue) = (random.chance(40), random.zipf(self.world.file.cues.len()));
        let quantity = random.chance(30).then(|| {
            let unit = random.zipf(self.world.file.units.len());
            let n = [10, 20, 50, 100, 200, 400][random.under(6)];
            (n, self.world.file.units[unit].clone())
        });
        let day = self.day(before);
        Said {
            denied: false,
            roles,
            place,
            time: timed.then(|| (format!("on {day}"), day)),
            quantity,
            source: voice.cloned(),
            cue: self.world.file.cues[cue].clone(),
            shape: shape.clone(),
        }
    }

    fn padding(&mut self) -> String {
        let file = &self.world.file;
        let mut out = file.padding[self.random.under(file.padding.len())].clone();
        for (slot, words) in [
            ("{noun}", &file.nouns),
            ("{verb}", &file.verbs),
            ("{month}", &file.months),
        ] {
            while out.contains(slot) {
                out = out.replacen(slot, &words[self.random.under(words.len())], 1);
            }
        }
        out
    }

    fn write(&mut self, draft: &Draft) -> Reading {
        let dated = !self.random.chance(4);
        // The id has to be known before the text is: by the address, which is unique.
        let mut report = Report {
            id: ReportId(
                sayso_records::Sha256::of(draft.url.as_bytes()).to_string()[..16].to_owned(),
            ),
            capture: sayso_records::Sha256::of(&[]),
            title: None,
            byline: None,
            publisher: Some(draft.publisher.clone()),
            published: dated.then(|| self.day(0)),
            url: Some(draft.url.clone()),
            language: Some("en".to_owned()),
            text: String::new(),
            links: Vec::new(),
        };
        let mut claims: Vec<Claim> = Vec::new();
        let mut text = String::new();
        for line in &draft.lines {
            match line {
                Line::Said(said) => {
                    let claim = said.claim(&report.id, &mut text, &draft.other);
                    if claims.iter().all(|other| other.id != claim.id) {
                        claims.push(claim);
                    }
                }
                Line::Words(words) => text += words,
            }
            text += "\n\n";
        }
        text += draft.credit.as_deref().unwrap_or("");
        report.links.extend(draft.link.iter().map(|href| Link {
            href: href.clone(),
            text: "report".to_owned(),
        }));
        let fetched = format!("{}T12:00:00Z", self.day(0));
        let capture = Capture {
            address: draft.url.clone(),
            fetched: Some(fetched.clone()),
            headers: vec![("content-type".to_owned(), "text/plain".to_owned())],
            bytes: format!("{}\n{}\n\n{text}", draft.url, draft.publisher).into_bytes(),
        };
        let sha256 = capture.sha256();
        report.capture = sha256;
        report.text = text;
        self.made += 1;
        Reading {
            capture: Arc::new(Packed::new(&capture, sha256)),
            versions: self.versions.clone(),
            report: Some(report),
            claims,
            notices: Vec::new(),
            at: Some(fetched),
            last: true,
        }
    }
}

impl Iterator for Reports {
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        let draft = self.draft();
        Some(self.write(&draft))
    }
}
