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
                let sort = sorts.into_iter().find(|it| it.as_str() == sort);
                let sort = sort.unwrap_or(EntityType::Other);
                all.insert(Met { key, name, sort });
            }
        }
        Ok(all.into_iter().collect())
    }
}
