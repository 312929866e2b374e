//! The nouns every stage shares, one name each (see ARCHITECTURE.md). Plain data: no I/O, no clock, no randomness.
//!
//! The way of the data is `Capture -> Report -> Sentence -> Claim`; what goes wrong on the way is a [`Notice`], kept beside it.

mod capture;
mod claim;
mod judgement;
mod mention;
mod notice;
mod report;
mod sentence;
mod span;
pub mod text;
mod time;

pub use capture::{Capture, Sha256};
pub use claim::{
    Attribution, Bound, Certainty, Claim, ClaimId, Evidence, Field, Polarity, Quantity, Reason,
};
pub use judgement::{
    Act, ActWords, Correction, Credibility, EntityKey, FindingId, Judgement, JudgementError,
    JudgementId, MAX_WHO, MAX_WHY, Pair, Reliability, Stated, is_finding_id, is_id,
};
pub use mention::{Entity, EntityType, Filler, PlaceRef, Precision};
pub use notice::{Notice, NoticeCode};
pub use report::{Link, Report, ReportId, paragraphs};
pub use sentence::{Name, Sentence, Token, Upos};
pub use span::{Byte, Span, TokenIndex};
pub use time::{Date, Granularity, Interval, TimeRef};
