//! What can go wrong at the desk, in two voices: a code for programs and a sentence for the reader.

use axum::http::StatusCode;
use sayso_ledger::LedgerError;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// Nothing has that id or name.
    #[error("{0}")]
    NotThere(String),
    /// What was asked makes no sense.
    #[error("{0}")]
    Asked(String),
    /// Who asks may not.
    #[error("{0}")]
    Forbidden(String),
    /// Who asks has to say who it is first.
    #[error("sign in first")]
    Unknown,
    /// Who asks has to wait first.
    #[error("{0}")]
    TooMany(String),
    /// The address is asked in a way that it does not answer to.
    #[error("this address does not answer to {0}")]
    Method(String),
    /// A question that panicked.
    #[error("a defect in sayso: what it printed on its own machine tells more")]
    Defect,
    /// A judgement that another one stands in the way of.
    #[error("{0}")]
    Refused(String),
    /// The ledger cannot be read or written.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// What the ledger keeps cannot be understood.
    #[error("what the ledger keeps of it cannot be read: {0}")]
    Damaged(#[from] serde_json::Error),
    /// What was read could not be written down in the form that was asked for.
    #[error("cannot write it down: {0}")]
    Output(#[from] std::io::Error),
}

impl Trouble {
    /// Stable, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotThere(_) => "not-there",
            Self::Asked(_) => "asked-wrong",
            Self::Forbidden(_) => "forbidden",
            Self::Unknown => "sign-in",
            Self::TooMany(_) => "too-many",
            Self::Method(_) => "method",
            Self::Defect => "defect",
            Self::Refused(_) => "refused",
            Self::Ledger(_) => "ledger",
            Self::Damaged(_) => "damaged",
            Self::Output(_) => "output",
        }
    }

    /// The answer's status.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotThere(_) => StatusCode::NOT_FOUND,
            Self::Asked(_) => StatusCode::BAD_REQUEST,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Unknown => StatusCode::UNAUTHORIZED,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::Refused(_) => StatusCode::CONFLICT,
            Self::Ledger(LedgerError::Locked(_)) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Defect | Self::Ledger(_) | Self::Damaged(_) | Self::Output(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }
}
