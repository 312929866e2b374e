//! Paths and addresses in, captures out. The only crate with a socket.
//!
//! # What is collected?
//! Files; folders with all below them, in order of name; `-`, the standard input; addresses that start with `http://` or
//! `https://`; each page of a WARC file. [`plan`] says first what there is, so that a progress bar knows its end; [`Collector::capture`] gets one of them.
//!
//! # How polite is it?
//! It gives its name, asks for robots.txt and keeps to it, waits between two requests to one host, and takes no more bytes and no
//! more time than it is allowed.
//!
//! # Where does it not go?
//! To addresses of the machine itself and of its own network, unless [`Options::allow_private`]. This is checked for the very
//! addresses that are connected to, after a name is resolved, and again for each redirect: a name that resolves to a public
//! address first and to a private one later gains nothing. Proxies set in the environment are not used, for they would resolve
//! names out of sight.

mod address;
mod fetch;
mod file;
mod plan;
mod robots;
mod warc;

use std::{path::PathBuf, time::Duration};

use sayso_records::{Capture, Notice};

pub use address::is_public;
pub use plan::plan;
pub use warc::Record;

/// A file of many records (`.jsonl`, `.ndjson`) may be this many times as large as any other.
pub const RECORDS_FACTOR: u64 = 40;

/// How captures are got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The largest capture, in bytes; a file of records may have [`RECORDS_FACTOR`] times as many.
    pub max_bytes: u64,
    /// For one request, from the name's resolution to the last byte.
    pub timeout: Duration,
    /// Whether private, loopback and other addresses that are not public may be fetched.
    pub allow_private: bool,
    /// What it calls itself. The word before `/` is the name that robots.txt knows it by.
    pub user_agent: String,
    /// The least time between two requests to one host; robots.txt may ask for more.
    pub delay: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_bytes: 5 << 20,
            timeout: Duration::from_secs(30),
            allow_private: false,
            user_agent: concat!("sayso/", env!("CARGO_PKG_VERSION")).to_owned(),
            delay: Duration::from_secs(1),
        }
    }
}

/// Something that can be captured.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Found {
    /// A file, by its path.
    File(PathBuf),
    /// An `http` or `https` address.
    Address(String),
    /// The standard input.
    Stdin,
    /// A page in a WARC file.
    Record(Record),
}

impl Found {
    /// As a notice or a capture calls it: the path, the address, or `-`.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Address(address) => address.clone(),
            Self::Stdin => "-".to_owned(),
            Self::Record(record) => record.name(),
        }
    }
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name())
    }
}

/// Gets captures, and remembers each host's robots.txt and when it was last asked.
pub struct Collector {
    options: Options,
    web: fetch::Web,
}

impl Collector {
    /// A collector that has asked nothing yet.
    pub fn new(options: Options) -> Self {
        let web = fetch::Web::new(&options);
        Self { options, web }
    }

    /// The bytes of `found`, or why there are none. `clock` gives the time of receipt, RFC 3339 in UTC. Waits where the host
    /// was asked a moment ago.
    pub fn capture(&self, found: &Found, clock: &dyn Fn() -> String) -> Result<Capture, Notice> {
        match found {
            Found::File(path) => file::file(path, &self.options, clock),
            Found::Stdin => file::stdin(std::io::stdin().lock(), &self.options, clock),
            Found::Address(address) => self.web.fetch(address, &self.options, clock),
            Found::Record(record) => warc::capture(record, &self.options, clock),
        }
    }
}

/// Gets one capture with a collector of its own; for several addresses keep a [`Collector`].
pub fn capture(
    found: &Found,
    options: &Options,
    clock: &dyn Fn() -> String,
) -> Result<Capture, Notice> {
    Collector::new(options.clone()).capture(found, clock)
}
