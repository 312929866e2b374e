//! The planted reports: stories, the accounts they begin with, and what other outlets made of them.

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;

use super::{
    reword::{Reworder, Words, capital, paragraphs, small},
    stories::{ours, public, stories},
};
use crate::{Error, evaluation, random::Random};

const SEED: u64 = 4_2023;
/// When the first story breaks: 1 March 2025.
const FIRST: jiff::Timestamp = jiff::Timestamp::constant(1_740_787_200, 0);

/// How a planted report came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Made {
    /// By somebody who asked for themselves: an origin.
    Account,
    /// Printed as it was.
    Verbatim,
    /// Printed as it was under another headline.
    HeadlineChanged,
    /// Cut.
    Trimmed,
    /// Told again in partly other words.
    Reworded,
    /// Its first sentence told again, with credit and a link, among sentences of its own.
    Citing,
}

/// A planted report, with what is true of it.
#[derive(Debug, Clone)]
pub struct Planted {
    /// Which story it tells.
    pub story: usize,
    /// Which origin it goes back to, numbered over all stories.
    pub origin: usize,
    /// Whom its account has the story's fact from, where the set says so: accounts with the same are one origin of it.
    pub source: Option<String>,
    /// A story that its own looks like and is not.
    pub unlike: Option<usize>,
    /// How it came about.
    pub made: Made,
    /// The report it was made from, by number. `None`: an account.
    pub from: Option<usize>,
    /// The outlet.
    pub publisher: String,
    /// Its address.
    pub address: String,
    /// RFC 3339.
    pub published: String,
    /// Its headline.
    pub title: String,
    /// Its text; begins with the headline.
    pub text: String,
    /// Addresses it links to.
    pub links: Vec<String>,
    /// Outlets it names as where it has things from.
    pub cites: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Accounts {
    account: Vec<Second>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Second {
    of: String,
    title: String,
    text: String,
}

/// What somebody wrote who asked for themselves.
#[derive(Clone, Default)]
pub(super) struct Account {
    pub(super) title: String,
    pub(super) text: String,
    /// As in `Planted`.
    pub(super) source: Option<String>,
}

/// All planted reports, the same in every run. `re3d`: the public set's folder; `None` leaves its stories out.
pub fn make(re3d: Option<&Path>) -> Result<Vec<Planted>, Error> {
    let folder = evaluation().join("planted");
    let words: Words = read(&folder.join("rewording.toml"))?;
    let accounts: Accounts = read(&folder.join("accounts.toml"))?;
    let reworder = Reworder::new(words)?;
    let mut bases = ours()?;
    if let Some(re3d) = re3d {
        bases.extend(public(re3d)?);
    }
    let mut random = Random::new(SEED);
    let (mut out, mut hours) = (Vec::new(), Vec::new());
    let mut used = vec![false; accounts.account.len()];
    let before = bases.len();
    let mut tell = |number, unlike, breaks, accounts: &[Account]| {
        Story {
            number,
            unlike,
            breaks,
            made: &mut out,
            hours: &mut hours,
            reworder: &reworder,
            random: &mut random,
        }
        .tell(accounts);
    };
    for (story, (title, text)) in bases.into_iter().enumerate() {
        let account = |title, text| Account {
            title,
            text,
            source: None,
        };
        let mut all = vec![account(title, text)];
        for (i, second) in accounts.account.iter().enumerate() {
            if all[0].text.starts_with(&second.of) {
                used[i] = true;
                all.push(account(second.title.clone(), second.text.clone()));
            }
        }
        tell(story, None, None, &all);
    }
    for (story, told) in stories(&folder)?.into_iter().enumerate() {
        let hours = (told.breaks.as_second() - FIRST.as_second()) / 3600;
        let unlike = told.unlike.map(|other| before + other);
        tell(before + story, unlike, Some(hours), &told.accounts);
    }
    // A second account whose story is not there would silently make the set easier; without re3d some are not.
    let lost = accounts.account.iter().zip(used).find(|(_, used)| !used);
    match lost {
        Some((account, _)) if re3d.is_some() => {
            Err(format!("accounts.toml: no report begins with {:?}", account.of).into())
        }
        _ => Ok(out),
    }
}

pub(super) fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Error> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?)
}

struct Story<'a> {
    number: usize,
    unlike: Option<usize>,
    /// Hours after `FIRST` at which it breaks. `None`: a day after the story before.
    breaks: Option<i64>,
    made: &'a mut Vec<Planted>,
    /// Hours after `FIRST` at which each came out.
    hours: &'a mut Vec<i64>,
    reworder: &'a Reworder,
    random: &'a mut Random,
}

impl Story<'_> {
    fn tell(&mut self, accounts: &[Account]) {
        let first = self.made.len();
        let next = self.made.iter().map(|p| p.origin + 1).max().unwrap_or(0);
        let said = quotation(&accounts[0].text);
        for (origin, account) in (next..).zip(accounts) {
            let mut account = account.clone();
            // The same words spoken to two reporters make neither a copy of the other.
            if let (true, Some(said)) = (origin > next && self.random.chance(50), &said) {
                account.text.push_str(&format!(
                    "\n\nAt the end there was a sentence that everybody wrote down: \"{said}\""
                ));
            }
            self.add(Made::Account, None, origin, account);
        }
        let sorts = [
            Made::Verbatim,
            Made::HeadlineChanged,
            Made::Trimmed,
            Made::Reworded,
            Made::Reworded,
            Made::Citing,
        ];
        for _ in 0..4 + self.random.under(5) {
            let made = *self.random.pick(&sorts).unwrap_or(&Made::Verbatim);
            let parents: Vec<usize> = (first..self.made.len())
                .filter(|&i| {
                    self.made[i].made == Made::Account
                        || self.made[i].made != Made::Citing && self.random.chance(25)
                })
                .collect();
            let from = *self.random.pick(&parents).unwrap_or(&first);
            self.copy(made, from);
        }
    }

    fn copy(&mut self, made: Made, from: usize) {
        let parent = self.made[from].clone();
        let body = parent
            .text
            .strip_prefix(&parent.title)
            .unwrap_or(&parent.text)
            .trim()
            .to_owned();
        let other = self
            .random
            .pick(&self.reworder.words.headlines)
            .cloned()
            .unwrap_or_default();
        let (title, text) = match made {
            Made::Account | Made::Verbatim => (parent.title.clone(), body),
            Made::HeadlineChanged => (other, body),
            Made::Trimmed => (parent.title.clone(), self.cut(&body)),
            Made::Reworded => (other, self.reworder.text(&body, self.random)),
            Made::Citing => (other, self.cite(&body, &parent.publisher)),
        };
        let account = Account {
            title,
            text,
            source: parent.source,
        };
        self.add(made, Some(from), parent.origin, account);
        if made == Made::Citing
            && let Some(last) = self.made.last_mut()
        {
            last.links.push(parent.address);
            last.cites.push(parent.publisher);
        }
    }

    /// From a third to two thirds of the sentences, in one stretch: from the top in most cases, as desks cut.
    fn cut(&mut self, body: &str) -> String {
        let all: Vec<(usize, String)> = paragraphs(body)
            .into_iter()
            .enumerate()
            .flat_map(|(i, p)| p.into_iter().map(move |s| (i, s)))
            .collect();
        let percent = 34 + self.random.under(33);
        let mut keep = (all.len() * percent / 100).max(1);
        let words = |s: &[(usize, String)]| {
            s.iter()
                .map(|(_, s)| s.split_whitespace().count())
                .sum::<usize>()
        };
        let mut from = if self.random.chance(70) {
            0
        } else {
            self.random.under(all.len() - keep + 1)
        };
        while words(&all[from..from + keep]) < 20 && keep < all.len() {
            from = from.saturating_sub(1);
            keep = (keep + 1).min(all.len() - from);
        }
        let mut out = String::new();
        for (k, (paragraph, sentence)) in all[from..from + keep].iter().enumerate() {
            if k > 0 {
                out.push_str(if all[from + k - 1].0 == *paragraph {
                    " "
                } else {
                    "\n\n"
                });
            }
            out.push_str(sentence);
        }
        out
    }

    fn cite(&mut self, body: &str, who: &str) -> String {
        let words = &self.reworder.words;
        let lead = paragraphs(body)
            .into_iter()
            .flatten()
            .next()
            .unwrap_or_default();
        let lead = self
            .reworder
            .sentence(lead.trim_end_matches(['.', ':']), self.random);
        let template = self.random.pick(&words.citing).cloned().unwrap_or_default();
        let mut own = words.own.clone();
        self.random.shuffle(&mut own);
        let first = template
            .replace("{who}", who)
            .replace("{lead}", &small(&lead));
        format!(
            "{}.\n\n{}",
            capital(&first),
            own[..3.min(own.len())].join(" ")
        )
    }

    fn add(&mut self, made: Made, from: Option<usize>, origin: usize, account: Account) {
        let Account {
            title,
            mut text,
            source,
        } = account;
        let words = &self.reworder.words;
        // Accounts of one story are by different outlets: an outlet by itself is one origin.
        let by_account = |outlet: &String| {
            let of_story = self.made.iter().filter(|p| p.story == self.number);
            from.is_none() && of_story.clone().any(|p| p.publisher == *outlet)
        };
        let free: Vec<&String> = (words.outlets.iter()).filter(|o| !by_account(o)).collect();
        let outlet = (self.random.pick(&free))
            .map(|outlet| (*outlet).clone())
            .unwrap_or_default();
        if self.random.chance(30) {
            let foot = self.random.pick(&words.feet).cloned().unwrap_or_default();
            text.push_str(&format!("\n\n{}", foot.replace("{who}", &outlet)));
        }
        let host: String = outlet
            .to_lowercase()
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { '-' })
            .collect();
        let number = self.made.len();
        // Stories a day apart; a copy comes out some hours after what it was made from.
        let after = match from {
            None => self.breaks.unwrap_or(24 * whole(self.number)) + whole(self.random.under(20)),
            Some(from) => self.hours[from] + 1 + whole(self.random.under(30)),
        };
        self.hours.push(after);
        self.made.push(Planted {
            story: self.number,
            origin,
            source,
            unlike: self.unlike,
            made,
            from,
            publisher: outlet,
            address: format!("https://{host}.example/{number}"),
            published: (FIRST + jiff::SignedDuration::from_hours(after)).to_string(),
            text: format!("{title}\n{text}"),
            title,
            links: Vec::new(),
            cites: Vec::new(),
        });
    }
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(0)
}

/// The first quotation of some length that one sentence can hold.
fn quotation(text: &str) -> Option<String> {
    let opened = text.split(['"', '“']).skip(1);
    let said = opened.map(|rest| rest.split(['”', '\n']).next().unwrap_or(""));
    let words = |s: &str| s.split_whitespace().count();
    said.filter(|s| (5..=40).contains(&words(s)))
        .map(str::to_owned)
        .next()
}

/// Reports by origin.
pub fn origins(planted: &[Planted]) -> BTreeMap<usize, Vec<usize>> {
    let mut out: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, p) in planted.iter().enumerate() {
        out.entry(p.origin).or_default().push(i);
    }
    out
}
