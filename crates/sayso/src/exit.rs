//! What the program ends with. The numbers are promised in `--help`.

use std::process::ExitCode;

use sayso_ledger::LedgerError;

/// How a command ended that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// All done.
    Done,
    /// Nothing matched what was asked for.
    Nothing,
    /// Some inputs were set aside; the others were read.
    SetAside,
}

impl From<Ended> for ExitCode {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::Done => Self::SUCCESS,
            Ended::Nothing => Self::from(1),
            Ended::SetAside => Self::from(5),
        }
    }
}

/// A failure that is no ledger's: what was asked for does not make sense.
#[derive(Debug)]
pub(crate) struct Usage(pub(crate) String);

impl std::fmt::Display for Usage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for Usage {}

/// What was named is not there, or more than one thing may be meant.
#[derive(Debug)]
pub(crate) struct NotThere(pub(crate) String);

impl std::fmt::Display for NotThere {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for NotThere {}

/// A judgement in the ledger stands in the way of another.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) String);

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for Refused {}

/// A codebook, gazetteer or model that cannot be used.
#[derive(Debug)]
pub(crate) struct Material(pub(crate) String);

impl std::fmt::Display for Material {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for Material {}

/// The exit code of a failure.
pub(crate) fn code(error: &anyhow::Error) -> u8 {
    if error.is::<NotThere>() {
        return 1;
    }
    if error.is::<Usage>() {
        return 2;
    }
    if error.is::<Refused>() {
        return 6;
    }
    if error.is::<Material>() {
        return 4;
    }
    if is_output(error) {
        return 74;
    }
    match error.downcast_ref::<LedgerError>() {
        Some(LedgerError::Missing(_) | LedgerError::Open { .. }) => 3,
        Some(LedgerError::Disk { .. } | LedgerError::Defect { .. }) => 3,
        Some(LedgerError::Locked(_)) => 31,
        Some(LedgerError::ReadOnly(_)) => 32,
        Some(LedgerError::Damaged { .. }) => 33,
        Some(LedgerError::NotALedger { .. }) => 34,
        Some(LedgerError::Full(_)) => 35,
        Some(LedgerError::Newer { .. }) => 36,
        None => 70,
    }
}

/// Whether our output could not be written: nothing else here fails with an error of the system that is not sorted.
pub(crate) fn is_output(error: &anyhow::Error) -> bool {
    error.is::<std::io::Error>()
}

/// Whether the reader of our output went away: no failure of ours.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
