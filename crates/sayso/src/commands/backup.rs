use std::{io::Write, path::Path};

use sayso_ledger::Ledger;

use crate::{
    Session,
    exit::{Ended, Refused},
    show::{Tone, text},
};

pub(crate) fn run(session: &Session, to: &Path, out: &mut dyn Write) -> anyhow::Result<Ended> {
    // Looking fails where there is none; opening would make one.
    Ledger::look(&session.ledger)?;
    if to.symlink_metadata().is_ok() {
        let said = format!("{} is there already: nothing is written over", to.display());
        return Err(Refused(said).into());
    }
    let bytes = Ledger::open(&session.ledger)?.back_up(to)?;
    let said = format!(
        "{} holds all of {}: {}.{} MB, checked",
        to.display(),
        session.ledger.display(),
        bytes / 1_000_000,
        bytes / 100_000 % 10
    );
    text(out, session.screen, Tone::Plain, "", &said)?;
    Ok(Ended::Done)
}
