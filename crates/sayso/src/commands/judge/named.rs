//! Which entity a person means by what they write: an id, or a name that the gazetteer or the ledger's claims know.

use std::{collections::BTreeMap, ops::ControlFlow};

use sayso_desk::{
    labels::Labels,
    likely::{Bearer, likely},
    meant::known,
};
use sayso_gazetteer::Gazetteer;
use sayso_ledger::{Filter, Ledger, Stored};
use sayso_records::{Entity, EntityKey, EntityType};
use sayso_resolve::{compare::Verdict, judged::name_key};

use crate::{
    exit::{NotThere, Usage},
    show::table::count,
};

/// Claims looked through for one name; what a name means shows in far fewer.
const ENOUGH: usize = 20_000;
/// Candidates shown.
const SHOWN: usize = 12;
/// Guesses shown.
const MEANT: usize = 5;

/// Something a name can mean.
#[derive(Debug)]
struct Candidate {
    name: String,
    /// What sort of thing it is.
    kind: &'static str,
    claims: usize,
}

/// Where names are looked up, and where what they mean is kept for telling.
pub(super) struct Named<'n, 'g> {
    pub(super) ledger: &'n Ledger,
    pub(super) gazetteer: &'g Gazetteer,
    pub(super) labels: &'n mut Labels<'g>,
}

impl Named<'_, '_> {
    /// The one entity meant by `text`.
    ///
    /// # Errors
    /// It means none, or several: these are listed with their ids.
    pub(super) fn entity(&mut self, text: &str) -> anyhow::Result<EntityKey> {
        let text = text.trim();
        if let Some(name) = text.strip_prefix("name:") {
            return self.name(name);
        }
        if let Some(key) = EntityKey::parse(text) {
            return self.listed(key);
        }
        let name = key_of(text)?;
        let mut found = self.claimed(&name)?;
        // A name of a thing stands before the bare name that some claims leave open.
        let open = found.remove(&name);
        if found.is_empty() {
            found = known(self.gazetteer, text)
                .into_iter()
                .map(|(key, it)| {
                    let candidate = Candidate {
                        name: it.name,
                        kind: it.kind.as_str(),
                        claims: 0,
                    };
                    (key, candidate)
                })
                .collect();
        }
        if let (true, Some(candidate)) = (found.is_empty(), open) {
            found.insert(name, candidate);
        }
        let mut all = found.into_iter();
        match (all.next(), all.len()) {
            (None, _) => Err(NotThere(self.unknown(text)?).into()),
            (Some((key, candidate)), 0) => {
                self.labels.add(&key, &candidate.name);
                Ok(key)
            }
            (Some(first), more) => {
                let mut said = format!("{text} can mean several things; write the id of one:");
                for (key, it) in std::iter::once(first).chain(all).take(SHOWN) {
                    said += &format!("\n  {key:<18} {}, {}", it.name, it.kind);
                    if it.claims > 0 {
                        said += &format!(", in {}", count(it.claims, "claim"));
                    }
                }
                if more >= SHOWN {
                    said += &format!("\n  and {} more", more + 1 - SHOWN);
                }
                Err(NotThere(said).into())
            }
        }
    }

    /// That nothing is called `text`, and what could have been meant.
    fn unknown(&self, text: &str) -> anyhow::Result<String> {
        let mut said = format!(
            "neither the gazetteer nor a claim in the ledger knows {text}; a name that reports may use some day is written name:{text}"
        );
        let asked = Bearer {
            name: text,
            sort: None,
            listed: false,
        };
        let found = likely(self.ledger, self.gazetteer, &asked, Verdict::DIFFERENT)?;
        for (nth, it) in found.iter().take(MEANT).enumerate() {
            if nth == 0 {
                said += "\ndid you mean one of these?";
            }
            said += &format!(
                "\n  {:<18} {}, {} ({:.2}: {})",
                it.key,
                it.name,
                it.sort.as_str(),
                it.share,
                it.why
            );
        }
        Ok(said)
    }

    /// The key of a bare name, whatever it means and whether or not it was met yet.
    pub(super) fn name(&mut self, name: &str) -> anyhow::Result<EntityKey> {
        Ok(key_of(name.trim().strip_prefix("name:").unwrap_or(name))?)
    }

    /// An id, if anything has it.
    fn listed(&mut self, key: EntityKey) -> anyhow::Result<EntityKey> {
        if self.gazetteer.by_id(key.as_str()).is_some() {
            return Ok(key);
        }
        let mut name = None;
        self.visit(key.as_str(), |entity, _, _, _| {
            if let Some(entity) = entity.filter(|entity| entity.id == key.as_str()) {
                name = Some(entity.name.clone());
            }
        })?;
        match name {
            Some(name) => self.labels.add(&key, &name),
            None => {
                return Err(NotThere(format!(
                    "nothing has the id {key}: neither the gazetteer nor a claim in the ledger knows it"
                ))
                .into());
            }
        }
        Ok(key)
    }

    /// What the ledger's claims mean by a name; the name itself where they leave it open.
    fn claimed(&self, name: &EntityKey) -> anyhow::Result<BTreeMap<EntityKey, Candidate>> {
        let mut found: BTreeMap<EntityKey, Candidate> = BTreeMap::new();
        let words = name.as_str().trim_start_matches("name:");
        self.visit(words, |entity, text, called, kind| {
            let own = [text, called].map(name_key);
            let houses = entity.and_then(|entity| name_key(&entity.name));
            if !own
                .iter()
                .chain([&houses])
                .any(|key| key.as_ref() == Some(name))
            {
                return;
            }
            let key = match entity {
                Some(entity) => EntityKey::parse(&entity.id),
                None => Some(name.clone()),
            };
            let Some(key) = key else { return };
            let candidate = found.entry(key).or_insert_with(|| Candidate {
                name: entity.map_or(called, |entity| &entity.name).to_owned(),
                kind: kind.as_str(),
                claims: 0,
            });
            candidate.claims += 1;
        })?;
        Ok(found)
    }

    /// Every filler, place, source and publisher of claims that hold `words` in one of their names: entity, words, name, sort.
    fn visit(
        &self,
        words: &str,
        mut see: impl FnMut(Option<&Entity>, &str, &str, EntityType),
    ) -> anyhow::Result<()> {
        let words = Some(words.to_owned());
        let about = Filter {
            about: words.clone(),
            ..Filter::default()
        };
        let place = Filter {
            place: words.clone(),
            ..Filter::default()
        };
        let source = Filter {
            source: words,
            ..Filter::default()
        };
        let mut left = ENOUGH;
        let mut each = |filter: &Filter, see: &mut dyn FnMut(&Stored)| {
            self.ledger.visit(filter, |stored| {
                see(&stored);
                left = left.saturating_sub(1);
                match left {
                    0 => ControlFlow::Break(()),
                    _ => ControlFlow::Continue(()),
                }
            })
        };
        each(&about, &mut |stored| {
            let fillers = stored.claim.roles.iter().flat_map(|(_, fillers)| fillers);
            for it in fillers.filter(|it| it.claim.is_none()) {
                see(it.entity.as_ref(), &it.text, &it.name, it.kind);
            }
        })?;
        each(&place, &mut |stored| {
            for it in &stored.claim.place {
                see(it.entity.as_ref(), &it.text, &it.name, EntityType::Place);
            }
        })?;
        each(&source, &mut |stored| {
            for it in stored.claim.sources.iter().filter(|it| !it.unnamed) {
                see(it.entity.as_ref(), &it.text, &it.name, it.kind);
            }
            if let Some(publisher) = &stored.report.publisher {
                see(None, publisher, publisher, EntityType::Organisation);
            }
        })?;
        Ok(())
    }
}

fn key_of(name: &str) -> Result<EntityKey, Usage> {
    name_key(name).ok_or_else(|| {
        Usage(format!(
            "\"{name}\" is no name: it has no letter or digit, or is too long"
        ))
    })
}
