//! Counts by family, and their table.

use std::{collections::BTreeMap, fmt::Write as _};

use sayso_corroborate::erosion::What;

use super::{Case, FAITHFUL, verdict::Verdict};
use crate::{Error, Measured, tables::share};

/// Counts of a family.
#[derive(Default)]
pub(super) struct Row {
    pub(super) cases: usize,
    not_support: usize,
    erosion: usize,
    different: usize,
    lost: usize,
    unread: usize,
    named: usize,
    /// What would count it as support: that the text is a copy, and that the propositions are one.
    pub(super) copies: usize,
    same: usize,
    /// Of faithful copies: support with no change that strengthens or alters.
    kept: usize,
}

impl Row {
    /// Counts a case; gives back what is wrong with it, if anything.
    pub(super) fn add(
        &mut self,
        case: &Case,
        verdicts: &[Verdict],
        wanted: &[What],
    ) -> Option<&'static str> {
        self.cases += 1;
        if verdicts.is_empty() {
            self.unread += 1;
            return Some("no claim read in the origin");
        }
        let any = |is: fn(&Verdict) -> bool| verdicts.iter().any(is);
        let support = any(|v| v.support);
        let moved = verdicts
            .iter()
            .flat_map(|v| &v.changes)
            .any(|c| c.strengthens() || c.alters());
        if case.family == FAITHFUL {
            let kept = verdicts.iter().all(|v| v.support) && !moved;
            self.kept += usize::from(kept);
            return (!kept).then_some(if moved {
                "a change is shown"
            } else {
                "not support"
            });
        }
        let named = |v: &Verdict| v.changes.iter().any(|c| wanted.contains(&c.what));
        let called = !support && verdicts.iter().all(named);
        // A copy that is only surer is support still.
        if case.wording {
            self.named += usize::from(verdicts.iter().all(named));
            self.lost += usize::from(any(|v| v.lost));
            return (!verdicts.iter().all(named)).then_some("not shown");
        }
        self.not_support += usize::from(!support);
        self.erosion += usize::from(any(|v| v.erosion));
        self.different += usize::from(any(|v| v.different));
        self.lost += usize::from(any(|v| v.lost));
        self.named += usize::from(called);
        self.same += usize::from(any(|v| v.same));
        match (support, called) {
            (true, _) => Some("SUPPORT"),
            (false, true) => None,
            (false, false) if any(|v| v.lost) => Some("shown as lost"),
            (false, false) => Some("shown as something else"),
        }
    }
}

/// The table of a set; `name` stands before its figures.
pub(super) fn table(
    out: &mut Measured,
    name: &str,
    rows: &BTreeMap<&str, Row>,
    wording: &[&str],
) -> Result<(), Error> {
    let t = &mut out.tables;
    writeln!(
        t,
        "{name:<12}{:>4}{:>13}{:>9}{:>11}{:>6}{:>16}{:>9}",
        "n", "not support", "erosion", "different", "lost", "called by name", "unread"
    )?;
    let distorts = |family: &&str| *family != FAITHFUL && !wording.contains(family);
    for (family, r) in rows.iter().filter(|(f, _)| distorts(f)) {
        writeln!(
            t,
            "  {family:<10}{:>4}{:>13}{:>9}{:>11}{:>6}{:>16}{:>9}",
            r.cases, r.not_support, r.erosion, r.different, r.lost, r.named, r.unread
        )?;
    }
    for (family, r) in rows.iter().filter(|(f, _)| wording.contains(f)) {
        writeln!(
            t,
            "  {family:<10}{:>4}{:>13}{:>9}{:>11}{:>6}{:>16}{:>9}",
            r.cases, "", "", "", r.lost, r.named, r.unread
        )?;
    }
    let sum = |which: &dyn Fn(&&str) -> bool, of: fn(&Row) -> usize| -> usize {
        let rows = rows.iter().filter(|(f, _)| which(f));
        rows.map(|(_, r)| of(r)).sum()
    };
    let all = |of: fn(&Row) -> usize| sum(&distorts, of);
    let (of, not_support, named) = (all(|r| r.cases), all(|r| r.not_support), all(|r| r.named));
    writeln!(
        t,
        "{not_support} of {of} distorted copies are not counted as support; {named} are shown as what they are"
    )?;
    writeln!(
        t,
        "beside it: {} are support if a copied text is, {} if equal propositions are",
        all(|r| r.copies),
        all(|r| r.same)
    )?;
    let kept = rows.get(FAITHFUL).map_or((0, 0), |r| (r.kept, r.cases));
    writeln!(
        t,
        "{} of {} faithful copies are support with no change that says more or something else",
        kept.0, kept.1
    )?;
    out.figure(
        format!("{name}: distorted copies that are not support"),
        share(not_support, of),
    );
    out.figure(
        format!("{name}: distorted copies shown as what they are"),
        share(named, of),
    );
    if !wording.is_empty() {
        let of = |count: fn(&Row) -> usize| sum(&|f| wording.contains(f), count);
        let shown = share(of(|r| r.named), of(|r| r.cases));
        out.figure(
            format!("{name}: hedges, sources, dates and bounds shown"),
            shown,
        );
    }
    out.figure(
        format!("{name}: faithful copies that are support"),
        share(kept.0, kept.1),
    );
    Ok(())
}
