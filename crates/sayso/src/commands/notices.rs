use std::io::Write;

use sayso_ledger::Ledger;

use super::claims::nothing;
use crate::{
    Session,
    exit::Ended,
    show::{Tone, clean, wrap},
};

pub(crate) fn run(session: &Session, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let notices = Ledger::look(&session.ledger)?.notices()?;
    if notices.is_empty() {
        return nothing("no notices");
    }
    let paint = session.screen.paint;
    let width = session.screen.width.clamp(40, 120);
    for kept in notices {
        let code = kept.notice.code.as_str();
        let day = kept.at.as_deref().and_then(|at| at.get(..10)).unwrap_or("");
        writeln!(
            out,
            "{} {} {}",
            paint.tone(Tone::Unsure, format_args!("{code:<12}")),
            paint.tone(Tone::Strong, clean(&kept.notice.address)),
            paint.tone(Tone::Quiet, day),
        )?;
        let message = clean(&kept.notice.message);
        for line in wrap(&message, width - 13) {
            writeln!(out, "{:13}{}", "", message.get(line).unwrap_or(""))?;
        }
    }
    Ok(Ended::Done)
}
