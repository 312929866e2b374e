use std::io::Write;

use super::material;
use crate::{
    Session,
    args::Model,
    exit::Ended,
    show::{Tone, clean},
};

pub(crate) fn run(session: &Session, model: &Model, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let analyser = material::analyser(model)?;
    let from = match &model.model {
        Some(folder) => clean(&folder.display().to_string()),
        None => "comes with sayso".to_owned(),
    };
    let paint = session.screen.paint;
    writeln!(
        out,
        "{}  {}  {}",
        paint.tone(Tone::Strong, clean(analyser.version())),
        analyser.language(),
        paint.tone(Tone::Quiet, from),
    )?;
    Ok(Ended::Done)
}
