//! Names that no entity is known for, so that what was met can be found by how it sounds.

use std::collections::BTreeSet;

use sayso_records::EntityType;

use crate::{Ledger, LedgerError, Work, worked::Done};

/// Names of one block that are looked at; a block of more says little about any two of them.
const MOST: i64 = 500;

/// A name that was met.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Met {
    /// `name:<folded words>`.
    pub key: String,
    /// As a claim has it.
    pub name: String,
    /// What the claim took its bearer for.
    pub sort: EntityType,
}

impl Work<'_> {
    /// Keeps a name under each of `blocks`, once.
    pub fn keep_name(&self, blocks: &[String], met: &Met) -> Done<()> {
        let sql = "INSERT OR IGNORE INTO names (block, key, name, sort) VALUES (?1, ?2, ?3, ?4)";
        for block in blocks {
            self.run(sql, &[block, &met.key, &met.name, &met.sort.as_str()])?;
        }
        Ok(())
    }
}

impl Ledger {
    /// Names kept under any of `blocks`, each once, by key. Of a block with more than 500 the first of these. A name that only an older reading
    /// of a report has stays until all is worked out anew.
    pub fn names_under(&self, blocks: &[String]) -> Result<Vec<Met>, LedgerError> {
        let sql =
            "SELECT key, name, sort FROM names WHERE block = ?1 ORDER BY key, name, sort LIMIT ?2";
        let mut all = BTreeSet::new();
        for block in blocks {
            let rows: Vec<(String, String, String)> = (self.conn.prepare_cached(sql))
                .and_then(|mut find| {
                    find.query_map(rusqlite::params![block, MOST], |row| {
                        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                    })?
                    .collect()
                })
                .map_err(|error| self.sort(error))?;
            for (key, name, sort) in rows {
                let sort = sort_of(&sort);
                all.insert(Met { key, name, sort });
            }
        }
        Ok(all.into_iter().collect())
    }

    /// Every name with each block that it is kept under: all of one block in a row, by key.
    pub fn each_name(&self, mut give: impl FnMut(&str, Met)) -> Result<(), LedgerError> {
        let sort = |error| self.sort(error);
        let sql = "SELECT block, key, name, sort FROM names ORDER BY block, key, name, sort";
        let mut find = self.conn.prepare_cached(sql).map_err(sort)?;
        let mut rows = find.query([]).map_err(sort)?;
        while let Some(row) = rows.next().map_err(sort)? {
            let read = || -> rusqlite::Result<(String, Met)> {
                let met = Met {
                    key: row.get(1)?,
                    name: row.get(2)?,
                    sort: sort_of(row.get_ref(3)?.as_str()?),
                };
                Ok((row.get(0)?, met))
            };
            let (block, met) = read().map_err(sort)?;
            give(&block, met);
        }
        Ok(())
    }

    /// Changes whenever names may have been added: what findings were made by, and the last reading that was worked in.
    pub fn names_version(&self) -> Result<(Option<String>, i64), LedgerError> {
        let sql = "SELECT coalesce(max(reading), 0) FROM worked";
        let last = self.conn.query_row(sql, [], |row| row.get(0));
        Ok((self.made_by()?, last.map_err(|error| self.sort(error))?))
    }
}

fn sort_of(text: &str) -> EntityType {
    let sorts = [
        EntityType::State,
        EntityType::Region,
        EntityType::Organisation,
        EntityType::Person,
        EntityType::Place,
        EntityType::Facility,
        EntityType::System,
        EntityType::Other,
    ];
    let found = sorts.into_iter().find(|it| it.as_str() == text);
    found.unwrap_or(EntityType::Other)
}
