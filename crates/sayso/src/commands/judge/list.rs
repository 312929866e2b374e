use std::io::{self, Write};

use sayso_resolve::judged::Standing;

use super::tell::Labels;
use crate::{
    Session,
    exit::{Ended, NotThere},
    show::{Tone, clean, wrap},
};

/// All judgements, newest first; what does not fit together is said on standard error.
pub(super) fn run(
    session: &Session,
    standing: &Standing,
    labels: &Labels<'_>,
    out: &mut dyn Write,
) -> anyhow::Result<Ended> {
    let paint = session.screen.paint;
    let width = session.screen.width.clamp(40, 120) - 2;
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
        let lines = [
            (said, Some(labels.act(&judgement.act))),
            (Tone::Plain, why),
            (Tone::Against, gone),
        ];
        for (tone, text) in lines {
            let text = clean(&text.unwrap_or_default());
            for line in wrap(&text, width) {
                writeln!(out, "  {}", paint.tone(tone, text.get(line).unwrap_or("")))?;
            }
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
        false => Err(NotThere("nothing was judged yet".to_owned()).into()),
    }
}
