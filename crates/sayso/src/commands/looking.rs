//! The desk's questions for commands that change nothing.

use std::sync::Arc;

use sayso_codebook::Codebook;
use sayso_desk::{Desk, Keeper, Kept, Trouble};
use sayso_gazetteer::Gazetteer;
use sayso_records::Act;

use super::judge;
use crate::{Session, exit::Material};

/// A desk over the session's ledger at which nobody judges.
pub(super) fn desk(session: &Session) -> anyhow::Result<Desk> {
    let gazetteer = Gazetteer::bundled().map_err(|error| Material(error.to_string()))?;
    let codebook = Codebook::bundled().map_err(|error| Material(error.to_string()))?;
    let (gazetteer, codebook) = (Arc::new(gazetteer), Arc::new(codebook));
    Ok(Desk::open(
        &session.ledger,
        gazetteer,
        codebook,
        Box::new(Nobody),
    )?)
}

/// Whoever exports judges nothing.
struct Nobody;

impl Keeper for Nobody {
    fn judge(&self, _act: Act, _who: &str, _why: &str) -> Result<Kept, Trouble> {
        Err(Trouble::Forbidden("nothing is judged here".to_owned()))
    }

    fn now(&self) -> String {
        judge::now()
    }
}
