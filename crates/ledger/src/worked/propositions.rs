//! What is stated, which of two states more, and which claims a proposition counts.

use rusqlite::{Connection, OptionalExtension, ToSql};
use sayso_records::{Claim, ReportId};

use super::{Done, Work};
use crate::{Ledger, LedgerError, row::ClaimRow};

fn proposition(conn: &Connection, id: &str) -> rusqlite::Result<Option<i64>> {
    (conn.prepare_cached("SELECT number FROM propositions WHERE id = ?1"))?
        .query_row([id], |row| row.get(0))
        .optional()
}

impl Ledger {
    /// Claims of narrower propositions that one counts.
    pub const MOST_HEEDED: usize = 100;

    /// Propositions whose findings are to be made again, at most `limit`: number and body.
    pub fn dirty(&self, limit: usize) -> Result<Vec<(i64, String)>, LedgerError> {
        let sql = "SELECT number, body FROM propositions WHERE dirty LIMIT ?1";
        self.pairs(sql, &[&(limit as i64)])
    }

    /// How many propositions wait to be made again.
    pub fn waiting(&self) -> Result<usize, LedgerError> {
        let sql = "SELECT count(*) FROM propositions WHERE dirty";
        let n: i64 = self
            .conn
            .query_row(sql, [], |row| row.get(0))
            .map_err(|error| self.sort(error))?;
        Ok(usize::try_from(n).unwrap_or(0))
    }

    /// Numbers of the propositions narrower, or wider, than `proposition`.
    pub fn narrower(&self, proposition: i64) -> Result<Vec<i64>, LedgerError> {
        self.numbers(
            "SELECT narrower FROM entails WHERE wider = ?1 ORDER BY narrower",
            &[&proposition],
        )
    }

    /// See [`Ledger::narrower`].
    pub fn wider(&self, proposition: i64) -> Result<Vec<i64>, LedgerError> {
        self.numbers(
            "SELECT wider FROM entails WHERE narrower = ?1 ORDER BY wider",
            &[&proposition],
        )
    }

    /// Numbers of the claims that state `proposition`: those that affirm it, or those against it. Not all of them need stand
    /// ([`Ledger::standing_claim`]).
    pub fn stating(&self, proposition: i64, against: bool) -> Result<Vec<i64>, LedgerError> {
        let sql = "SELECT claim FROM stated WHERE proposition = ?1 AND against = ?2 ORDER BY claim";
        self.numbers(sql, &[&proposition, &against])
    }

    /// Of the claims that affirm something narrower than `proposition`, the numbers of those that it counts: the first [`Ledger::MOST_HEEDED`] in the
    /// order of publication.
    pub fn heeded(&self, proposition: i64) -> Result<Vec<i64>, LedgerError> {
        let sql = "SELECT claim FROM heeded WHERE wider = ?1 ORDER BY at, lot, claim";
        self.numbers(sql, &[&proposition])
    }

    /// The claim with this number, with its sentence where `quoted`. `None`: it stands no longer.
    pub fn standing_claim(&self, number: i64, quoted: bool) -> Result<Option<Claim>, LedgerError> {
        let sql = "SELECT c.id, c.kind, c.body, r.id, r.report FROM claims c JOIN readings r ON r.number = c.reading
            WHERE c.number = ?1 AND EXISTS (SELECT 1 FROM standing s WHERE s.number = r.number)";
        let row: Option<(String, String, String, String, i64)> = (self.conn.prepare_cached(sql))
            .and_then(|mut find| {
                find.query_row([number], |row| {
                    Ok((
                        row.get(0)?,
                        row.get(1)?,
                        row.get(2)?,
                        row.get(3)?,
                        row.get(4)?,
                    ))
                })
                .optional()
            })
            .map_err(|error| self.sort(error))?;
        let Some((id, kind, body, report, text)) = row else {
            return Ok(None);
        };
        let body: ClaimRow = serde_json::from_str(&body)
            .map_err(|error| self.damaged(format!("claim {id}: {error}")))?;
        let text = match quoted {
            true => self.report_row(text)?.0.text,
            false => String::new(),
        };
        Ok(Some(body.claim(id, kind, ReportId(report), &text)))
    }

    /// The number of the proposition with this id. `None`: nobody stated it.
    pub fn proposition(&self, id: &str) -> Result<Option<i64>, LedgerError> {
        proposition(&self.conn, id).map_err(|error| self.sort(error))
    }
}

impl Work<'_> {
    /// Forgets what the claims of a reading state, before they are filed again.
    pub fn unstate(&self, reading: i64) -> Done<()> {
        let these = "SELECT number FROM claims WHERE reading = ?1";
        let wider = self.heeding(these, reading)?;
        self.run(
            &format!("DELETE FROM stated WHERE claim IN ({these})"),
            &[&reading],
        )?;
        wider
            .into_iter()
            .try_for_each(|wider| self.heed_again(wider))
    }

    /// Propositions that count one of some narrower claims.
    fn heeding(&self, claims: &str, of: i64) -> Done<Vec<i64>> {
        let sql =
            format!("SELECT DISTINCT wider FROM heeded WHERE claim IN ({claims}) ORDER BY wider");
        self.numbers(&sql, &[&of])
    }

    /// Chooses anew which narrower claims `wider` counts.
    fn heed_again(&self, wider: i64) -> Done<()> {
        self.run("DELETE FROM heeded WHERE wider = ?1", &[&wider])?;
        let sql = "INSERT INTO heeded (wider, at, lot, claim) SELECT ?1, t.at, t.lot, t.claim FROM entails e
            JOIN stated t ON t.proposition = e.narrower AND t.against = 0 WHERE e.wider = ?1
            AND NOT EXISTS (SELECT 1 FROM superseded o WHERE o.claim = t.claim) ORDER BY t.at, t.lot, t.claim LIMIT ?2";
        let n = self.run(sql, &[&wider, &(Ledger::MOST_HEEDED as i64)])?;
        self.run(
            "UPDATE propositions SET heeded = ?2, dirty = 1 WHERE number = ?1",
            &[&wider, &(n as i64)],
        )?;
        Ok(())
    }

    /// Forgets every proposition with one of `terms`, its own or wider, and has the readings worked in again of which a claim states one.
    pub fn reopen_with(&self, terms: &[i64]) -> Done<()> {
        let terms = serde_json::to_string(terms).unwrap_or_default();
        let with = "SELECT proposition FROM terms WHERE term IN (SELECT value FROM json_each(?1))";
        self.run(
            "CREATE TEMP TABLE IF NOT EXISTS reopened (number INTEGER PRIMARY KEY)",
            &[],
        )?;
        self.run("DELETE FROM temp.reopened", &[])?;
        self.run(
            &format!("INSERT OR IGNORE INTO temp.reopened {with}"),
            &[&terms],
        )?;
        let these = "(SELECT number FROM temp.reopened)";
        let heeding = "SELECT DISTINCT wider FROM heeded WHERE claim IN (SELECT claim FROM stated WHERE proposition IN these) AND wider NOT IN these";
        let heeding = self.numbers(&heeding.replace("these", these), &[])?;
        for sql in [
            "UPDATE propositions SET dirty = 1 WHERE number IN (SELECT wider FROM entails WHERE narrower IN these)",
            "UPDATE propositions SET dirty = 1 WHERE number IN (SELECT narrower FROM entails WHERE wider IN these)",
            "INSERT OR IGNORE INTO waiting SELECT c.reading FROM stated t JOIN claims c ON c.number = t.claim WHERE t.proposition IN these",
            "DELETE FROM worked WHERE reading IN (SELECT c.reading FROM stated t JOIN claims c ON c.number = t.claim WHERE t.proposition IN these)",
            "DELETE FROM stated WHERE proposition IN these",
            "DELETE FROM finding_terms WHERE finding IN (SELECT number FROM findings WHERE proposition IN these)",
            "UPDATE sources SET originates = originates - (SELECT count(*) FROM finding_sources s JOIN findings f ON f.number = s.finding
                    WHERE s.key = sources.key AND s.begins AND f.proposition IN these),
                repeats = repeats - (SELECT count(*) FROM finding_sources s JOIN findings f ON f.number = s.finding
                    WHERE s.key = sources.key AND NOT s.begins AND f.proposition IN these)
                WHERE key IN (SELECT s.key FROM finding_sources s JOIN findings f ON f.number = s.finding WHERE f.proposition IN these)",
            "DELETE FROM finding_sources WHERE finding IN (SELECT number FROM findings WHERE proposition IN these)",
            "DELETE FROM finding_bodies WHERE finding IN (SELECT number FROM findings WHERE proposition IN these)",
            "DELETE FROM finding_words WHERE rowid IN (SELECT number FROM findings WHERE proposition IN these)",
            "DELETE FROM findings WHERE proposition IN these",
            "DELETE FROM heeded WHERE wider IN these",
            "DELETE FROM heeded WHERE claim IN (SELECT claim FROM stated WHERE proposition IN these)",
            "DELETE FROM entails WHERE wider IN these",
            "DELETE FROM entails WHERE narrower IN these",
            "DELETE FROM terms WHERE proposition IN these",
            "DELETE FROM propositions WHERE number IN these",
        ] {
            self.run(&sql.replace("these", these), &[])?;
        }
        heeding
            .into_iter()
            .try_for_each(|wider| self.heed_again(wider))
    }

    /// Marks what a claim states as to be made again, with all that is wider and narrower.
    pub fn soil_claim(&self, claim: &str) -> Done<()> {
        let of = "SELECT t.proposition FROM claims c JOIN stated t ON t.claim = c.number WHERE c.id = ?1";
        let sql = format!(
            "UPDATE propositions SET dirty = 1 WHERE number IN ({of}) OR number IN (SELECT wider FROM entails WHERE narrower IN ({of}))
                OR number IN (SELECT narrower FROM entails WHERE wider IN ({of}))"
        );
        self.run(&sql, &[&claim])?;
        Ok(())
    }

    /// Marks what a claim states as to be made again, and its reading as to be worked in again: it may state something else.
    pub fn reopen_claim(&self, claim: &str) -> Done<()> {
        self.soil_claim(claim)?;
        let of = "SELECT c.reading FROM claims c JOIN standing s ON s.number = c.reading WHERE c.id = ?1";
        self.run(&format!("INSERT OR IGNORE INTO waiting {of}"), &[&claim])?;
        self.run(
            &format!("DELETE FROM worked WHERE reading IN ({of})"),
            &[&claim],
        )?;
        Ok(())
    }

    /// Marks a reading as worked in, and what earlier readings of the same report state as to be made again.
    pub fn worked(&self, reading: i64) -> Done<()> {
        self.run(
            "INSERT OR IGNORE INTO worked (reading) VALUES (?1)",
            &[&reading],
        )?;
        self.run("DELETE FROM waiting WHERE reading = ?1", &[&reading])?;
        let sql = "UPDATE propositions SET dirty = 1 WHERE number IN (
            SELECT t.proposition FROM readings n JOIN readings o ON o.id = n.id AND o.number <> n.number
            JOIN claims c ON c.reading = o.number JOIN stated t ON t.claim = c.number WHERE n.number = ?1)";
        self.run(sql, &[&reading])?;
        let older =
            "SELECT c.number FROM readings n JOIN readings o ON o.id = n.id AND o.number < n.number
            JOIN claims c ON c.reading = o.number WHERE n.number = ?1";
        let sql = format!("INSERT OR IGNORE INTO superseded (claim) {older}");
        if self.run(&sql, &[&reading])? > 0 {
            for wider in self.heeding(older, reading)? {
                self.heed_again(wider)?;
            }
        }
        Ok(())
    }

    /// Marks the findings of every proposition that has `term` as its own as to be made again.
    pub fn soil_with(&self, term: i64) -> Done<()> {
        self.run("UPDATE propositions SET dirty = 1 WHERE number IN (SELECT proposition FROM terms WHERE term = ?1 AND own)", &[&term])?;
        Ok(())
    }

    /// The number of the proposition with this id. `None`: nobody stated it so far.
    pub fn proposition(&self, id: &str) -> Done<Option<i64>> {
        proposition(&self.step, id).map_err(|error| self.sort(error))
    }

    /// The body of a proposition.
    pub fn proposition_body(&self, number: i64) -> Done<String> {
        (self
            .step
            .prepare_cached("SELECT body FROM propositions WHERE number = ?1"))
        .and_then(|mut find| find.query_row([number], |row| row.get(0)))
        .map_err(|error| self.sort(error))
    }

    /// Gives a proposition another body; its id stays.
    pub fn rename(&self, number: i64, body: &str) -> Done<()> {
        self.run(
            "UPDATE propositions SET body = ?2, dirty = 1 WHERE number = ?1",
            &[&number, &body],
        )?;
        Ok(())
    }

    /// Keeps a new proposition.
    pub fn add_proposition(&self, id: &str, body: &str) -> Done<i64> {
        self.run(
            "INSERT INTO propositions (id, body, dirty) VALUES (?1, ?2, 1)",
            &[&id, &body],
        )?;
        Ok(self.step.last_insert_rowid())
    }

    /// Links a proposition with all that are wider and narrower: by hashes of its terms and of all they lie within, each with whether it is its own,
    /// and by the ids of all that could be wider. `old`: the terms it was linked by before, which is
    /// forgotten; none for a new one.
    pub fn link(
        &self,
        number: i64,
        terms: &[(i64, bool)],
        wider: &[String],
        old: &[(i64, bool)],
    ) -> Done<()> {
        let is_wider = "SELECT wider FROM entails WHERE narrower = ?1";
        let mut changed = Vec::new();
        if !old.is_empty() {
            changed = self.numbers(is_wider, &[&number])?;
            self.run(
                "DELETE FROM entails WHERE wider = ?1 OR narrower = ?1",
                &[&number],
            )?;
        }
        for (term, _) in old {
            self.run(
                "DELETE FROM terms WHERE term = ?1 AND proposition = ?2",
                &[term, &number],
            )?;
        }
        for id in wider {
            if let Some(wider) = self.proposition(id)? {
                self.run(
                    "INSERT OR IGNORE INTO entails (wider, narrower) VALUES (?1, ?2)",
                    &[&wider, &number],
                )?;
            }
        }
        // Narrower ones have all its own terms among theirs: looked for where the fewest have one.
        let own: Vec<i64> = terms
            .iter()
            .filter(|(_, own)| *own)
            .map(|(term, _)| *term)
            .collect();
        let mut rarest: Option<(i64, i64)> = None;
        for term in &own {
            let held = "SELECT count(*) FROM (SELECT 1 FROM terms WHERE term = ?1 LIMIT 20000)";
            let held = self.numbers(held, &[term])?.first().copied().unwrap_or(0);
            if rarest.is_none_or(|(n, _)| held < n) {
                rarest = Some((held, *term));
            }
        }
        if let Some((_, rarest)) = rarest {
            let rest: Vec<i64> = own.iter().copied().filter(|term| *term != rarest).collect();
            let mut sql = String::from(
                "INSERT OR IGNORE INTO entails (wider, narrower) SELECT ?1, t.proposition FROM terms t WHERE t.term = ?2",
            );
            for at in 0..rest.len() {
                sql += &format!(
                    " AND EXISTS (SELECT 1 FROM terms o WHERE o.term = ?{} AND o.proposition = t.proposition)",
                    at + 3
                );
            }
            let mut values: Vec<&dyn ToSql> = vec![&number, &rarest];
            values.extend(rest.iter().map(|term| term as &dyn ToSql));
            if self.run(&sql, &values)? > 0 || !old.is_empty() {
                self.heed_again(number)?;
            }
        }
        if !old.is_empty() {
            // What it states counts to others now, and no longer to some.
            changed.extend(self.numbers(is_wider, &[&number])?);
            changed.sort_unstable();
            changed.dedup();
            changed
                .into_iter()
                .try_for_each(|wider| self.heed_again(wider))?;
        }
        for (term, own) in terms {
            self.run(
                "INSERT OR IGNORE INTO terms (term, proposition, own) VALUES (?1, ?2, ?3)",
                &[term, &number, own],
            )?;
        }
        Ok(())
    }

    /// Files a claim under a proposition, and marks what changes by it: the proposition and all that is wider; by one that is against it, all that is
    /// narrower, too.
    pub fn state(
        &self,
        claim: i64,
        proposition: i64,
        against: bool,
        (at, lot): (Option<&str>, i64),
    ) -> Done<()> {
        let sql = "INSERT OR REPLACE INTO stated (claim, proposition, against, at, lot) VALUES (?1, ?2, ?3, ?4, ?5)";
        let at = at.unwrap_or("~");
        self.run(sql, &[&claim, &proposition, &against, &at, &lot])?;
        self.soil(proposition)?;
        if against {
            let sql = "UPDATE propositions SET dirty = 1 WHERE number IN (SELECT narrower FROM entails WHERE wider = ?1)";
            self.run(sql, &[&proposition])?;
            return Ok(());
        }
        let wider = "SELECT p.number, p.heeded FROM entails e JOIN propositions p ON p.number = e.wider WHERE e.narrower = ?1";
        let wider: Vec<(i64, i64)> = (self.step.prepare_cached(wider))
            .and_then(|mut find| {
                find.query_map([proposition], |row| Ok((row.get(0)?, row.get(1)?)))?
                    .collect()
            })
            .map_err(|error| self.sort(error))?;
        for (wider, heeded) in wider {
            self.heed(wider, heeded, (at, lot, claim))?;
        }
        Ok(())
    }

    /// Lets `wider` count one more narrower claim, if it comes before the last of those it counts or they are not many.
    fn heed(&self, wider: i64, heeded: i64, (at, lot, claim): (&str, i64, i64)) -> Done<()> {
        if heeded >= Ledger::MOST_HEEDED as i64 {
            let last = "SELECT at, lot, claim FROM heeded WHERE wider = ?1 ORDER BY at DESC, lot DESC, claim DESC LIMIT 1";
            let last: (String, i64, i64) = (self.step.prepare_cached(last))
                .and_then(|mut find| {
                    find.query_row([wider], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                })
                .map_err(|error| self.sort(error))?;
            if (last.0.as_str(), last.1, last.2) <= (at, lot, claim) {
                return Ok(());
            }
            let sql = "DELETE FROM heeded WHERE wider = ?1 AND at = ?2 AND lot = ?3 AND claim = ?4";
            self.run(sql, &[&wider, &last.0, &last.1, &last.2])?;
        } else {
            let sql = "UPDATE propositions SET heeded = heeded + 1 WHERE number = ?1";
            self.run(sql, &[&wider])?;
        }
        let sql = "INSERT OR IGNORE INTO heeded (wider, at, lot, claim) VALUES (?1, ?2, ?3, ?4)";
        self.run(sql, &[&wider, &at, &lot, &claim])?;
        self.soil(wider)
    }

    /// Marks a proposition's findings as to be made again.
    pub fn soil(&self, proposition: i64) -> Done<()> {
        self.run(
            "UPDATE propositions SET dirty = 1 WHERE number = ?1",
            &[&proposition],
        )?;
        Ok(())
    }
}
