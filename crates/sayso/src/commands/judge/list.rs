use std::io::{self, Write};

use sayso_desk::labels::Labels;
use sayso_ledger::Ledger;
use sayso_resolve::judged::Standing;

use super::tell;
use crate::{
    Session,
    commands::claims::nothing,
    exit::Ended,
    show::{Tone, clean, text},
};

/// All judgements, newest first; what does not fit together is said on standard error.
pub(super) fn run(
    session: &Session,
    ledger: &Ledger,
    standing: &Standing,
    labels: &Labels<'_>,
    out: &mut dyn Write,
) -> anyhow::Result<Ended> {
    let paint = session.screen.paint;
    let mut any = false;
    for (judgement, fate) in standing.judgements().rev() {
        any = true;
        let gone = labels.fate(fate);
        let when = judgement
            .at
            .get(..16)
            .unwrap_or(&judgement.at)
            .replace('T', " ");
        writeln!(
            out,
            "{} {} {}",
            paint.tone(Tone::Kind, clean(&judgement.id.0)),
            paint.tone(Tone::Quiet, clean(&when)),
            clean(&judgement.who),
        )?;
        let said = if gone.is_some() {
            Tone::Quiet
        } else {
            Tone::Strong
        };
        let why = (!judgement.why.is_empty()).then(|| format!("“{}”", judgement.why));
        text(
            out,
            session.screen,
            said,
            "  ",
            &clean(&labels.act(&judgement.act)),
        )?;
        for line in tell::about(ledger, &judgement.act)? {
            text(out, session.screen, Tone::Quiet, "    ", &clean(&line))?;
        }
        for (tone, words) in [(Tone::Plain, why), (Tone::Against, gone)] {
            let words = clean(&words.unwrap_or_default());
            text(out, session.screen, tone, "  ", &words)?;
        }
    }
    for notice in standing.notices() {
        let _ = writeln!(
            io::stderr(),
            "sayso: judgement {}: {}",
            clean(&notice.address),
            clean(&notice.message)
        );
    }
    match any {
        true => Ok(Ended::Done),
        false => nothing("nothing was judged yet: sayso --help names the commands that judge"),
    }
}
