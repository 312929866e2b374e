use serde::{Deserialize, Serialize};

/// Why something was left out or read with doubt. Codes are stable; people filter by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeCode {
    /// The file or address could not be read at all.
    Unreadable,
    /// Larger than the size limit.
    TooLarge,
    /// Nested deeper than the depth limit.
    TooDeep,
    /// Took longer than the time limit.
    TooSlow,
    /// A paragraph too long to be prose: kept, and not read for claims.
    TooLong,
    /// The bytes are not text of a known form.
    NotText,
    /// No text at all.
    Empty,
    /// No main text could be found in the page.
    NoMainText,
    /// Some bytes did not fit the encoding and were replaced.
    Encoding,
    /// One record of many (a JSONL line) could not be read.
    BadRecord,
    /// A head line or date could not be understood; the report was read without it.
    BadMetadata,
    /// The text is not in a language sayso reads.
    Language,
    /// The site's robots.txt forbids it.
    Robots,
    /// The address is private or not allowed.
    Forbidden,
    /// The request failed.
    Fetch,
    /// A folder loops back to itself; followed once.
    Loop,
    /// Two judgements contradict each other, or one is about another that is not there.
    Judgement,
    /// A defect in sayso itself, caught; the input was set aside.
    Internal,
}

impl NoticeCode {
    /// As printed (`too-large`).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::TooLarge => "too-large",
            Self::TooDeep => "too-deep",
            Self::TooSlow => "too-slow",
            Self::TooLong => "too-long",
            Self::NotText => "not-text",
            Self::Empty => "empty",
            Self::NoMainText => "no-main-text",
            Self::Encoding => "encoding",
            Self::BadRecord => "bad-record",
            Self::BadMetadata => "bad-metadata",
            Self::Language => "language",
            Self::Robots => "robots",
            Self::Forbidden => "forbidden",
            Self::Fetch => "fetch",
            Self::Loop => "loop",
            Self::Judgement => "judgement",
            Self::Internal => "internal",
        }
    }
}

/// What a stage has to say about one input that is not a report or a claim.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Notice {
    /// Which kind.
    pub code: NoticeCode,
    /// The path or address concerned, with `:line` where one line is meant.
    pub address: String,
    /// One sentence for the reader: what happened and what to do.
    pub message: String,
}

impl Notice {
    /// A notice about `address`.
    pub fn new(code: NoticeCode, address: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code,
            address: address.into(),
            message: message.into(),
        }
    }
}
