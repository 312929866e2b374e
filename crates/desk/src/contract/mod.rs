//! The contract of `sayso claims --format jsonl`: one object a line, keys in the order written here, absent means not said.
//! Consumers rely on it. A key may be added at the end of its object; anything else is another version of the contract.
//!
//! Three keys are here that a plain claim never shows: `claim` in a role that points to another claim (a barter's other half,
//! what a stance is about), `upper` in a quantity that is a range, and `judged` where a person accepted or rejected the claim.

mod claim;
mod finding;

use std::{borrow::Cow, io};

use sayso_corroborate::findings::Finding;
use sayso_ledger::Stored;
use sayso_records::text::is_hostile;
use serde::{Serialize, Serializer};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, schema::Schema},
};

use crate::Verdict;

/// Writes one claim as one line.
///
/// # Errors
/// When it cannot be written.
pub fn write(
    out: &mut dyn io::Write,
    stored: &Stored,
    verdict: Option<Verdict<'_>>,
) -> io::Result<()> {
    let mut json = serde_json::Serializer::with_formatter(&mut *out, Safe);
    claim::Line::of(stored, verdict).serialize(&mut json)?;
    out.write_all(b"\n")
}

/// Escapes what JSON allows but a terminal would obey: the second set of control characters, DEL, and marks that turn the
/// direction of writing. The value read back is the same.
struct Safe;

impl serde_json::ser::Formatter for Safe {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_hostile) {
            let (plain, from) = rest.split_at(at);
            writer.write_all(plain.as_bytes())?;
            let mut chars = from.chars();
            if let Some(c) = chars.next() {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
            rest = chars.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

/// A claim as the contract gives it, wherever it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimObject(pub Stored);

/// A finding as the contract gives it, wherever it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingObject(pub Finding);

impl Serialize for ClaimObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        claim::Line::of(&self.0, None).serialize(serializer)
    }
}

impl Serialize for FindingObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        finding::Line::from(&self.0).serialize(serializer)
    }
}

/// The description of each is that of its line.
macro_rules! described_as {
    ($object:ty, $line:ty) => {
        impl PartialSchema for $object {
            fn schema() -> RefOr<Schema> {
                <$line>::schema()
            }
        }
        impl ToSchema for $object {
            fn name() -> Cow<'static, str> {
                <$line>::name()
            }
            fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
                <$line>::schemas(schemas);
            }
        }
    };
}
described_as!(ClaimObject, claim::Line<'_>);
described_as!(FindingObject, finding::Line<'_>);

/// Writes one finding as one line.
///
/// # Errors
/// When it cannot be written.
pub fn finding(out: &mut dyn io::Write, finding: &Finding) -> io::Result<()> {
    let line = finding::Line::from(finding);
    line.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, Safe))?;
    out.write_all(b"\n")
}

/// Anything as JSON in which nothing stands that a terminal would obey.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn safe<T: Serialize>(value: &T) -> Result<String, serde_json::Error> {
    let mut out = Vec::new();
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut out, Safe))?;
    out.push(b'\n');
    Ok(String::from_utf8_lossy(&out).into_owned())
}
