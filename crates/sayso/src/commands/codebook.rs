use std::io::Write;

use super::material;
use crate::{args::Book, exit::Ended};

pub(crate) fn run(book: &Book, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let codebook = material::codebook(book)?;
    out.write_all(codebook.reference().as_bytes())?;
    Ok(Ended::Done)
}
