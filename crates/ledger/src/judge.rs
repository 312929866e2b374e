use rusqlite::{Row, TransactionBehavior, params};
use sayso_records::{Act, Judgement, JudgementId};

use crate::{Ledger, LedgerError};

impl Ledger {
    /// Adds a judgement. `false`: the very same one is there already and nothing was added. Whether it makes sense beside the others
    /// is not asked here: a ledger takes what another ledger held.
    pub fn judge(&mut self, judgement: &Judgement) -> Result<bool, LedgerError> {
        let path = self.path.clone();
        let words = judgement.act.words();
        let mut add = || -> rusqlite::Result<bool> {
            let step = self
                .conn
                .transaction_with_behavior(TransactionBehavior::Immediate)?;
            let known = step
                .prepare_cached("SELECT 1 FROM judgements WHERE id = ?1")?
                .exists([&judgement.id.0])?;
            if known {
                return Ok(false);
            }
            step.prepare_cached(
                "INSERT INTO judgements (id, at, who, why, verb, matter, first, second) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                judgement.id.0,
                judgement.at,
                judgement.who,
                judgement.why,
                words.verb,
                words.matter,
                words.first,
                words.second
            ])?;
            step.commit()?;
            Ok(true)
        };
        add().map_err(|error| LedgerError::from_sqlite(&path, error))
    }

    /// Every judgement, undone ones among them, in the order they were added.
    pub fn judgements(&self) -> Result<Vec<Judgement>, LedgerError> {
        let sql =
            "SELECT id, at, who, why, verb, matter, first, second FROM judgements ORDER BY number";
        let rows: Vec<Result<Judgement, String>> = self
            .conn
            .prepare(sql)
            .and_then(|mut find| find.query_map([], judgement)?.collect())
            .map_err(|error| self.sort(error))?;
        rows.into_iter()
            .map(|row| row.map_err(|id| self.damaged(format!("judgement {id} says nothing known"))))
            .collect()
    }
}

/// The judgement of a row, or the id of one whose words are no act.
fn judgement(row: &Row<'_>) -> rusqlite::Result<Result<Judgement, String>> {
    let id: String = row.get(0)?;
    let word = |at: usize| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
    let second: Option<String> = row.get(7)?;
    let Some(act) = Act::from_words(word(4)?, word(5)?, word(6)?, second.as_deref()) else {
        return Ok(Err(id));
    };
    Ok(Ok(Judgement {
        id: JudgementId(id),
        act,
        at: row.get(1)?,
        who: row.get(2)?,
        why: row.get(3)?,
    }))
}
