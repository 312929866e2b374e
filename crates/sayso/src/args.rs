//! The command line. What stands here is what `--help` teaches.

pub(crate) mod judging;

use std::{ffi::OsString, path::PathBuf, time::Duration};

use clap::{
    Args, Parser, Subcommand, ValueEnum,
    builder::{NonEmptyStringValueParser, OsStringValueParser, TypedValueParser},
};

const LONG: &str = "Reads open-source reporting on defence-industrial cooperation and keeps a ledger of claims: who makes \
or supplies what, for whom, where, when, how sure the speaker was, and on whose say-so. Each claim comes with its sentence, \
and can be walked back to the bytes it was read from.";

const AFTER: &str = "\
Examples:
  sayso read report.html clippings/ https://daily.example/story
      Read a file, a folder and an address into the ledger.
  sayso claims
      Everything claimed so far.
  sayso claims --about Iran --kind transfer --since 2023
      Who sends what to or from Iran, since 2023.
  sayso findings --min-origins 2
      What at least two independent origins stand behind.
  sayso findings --disputed --about drones
      What somebody denies or doubts.
  sayso finding 1f0c9a2b
      Whose word one finding is, who copied it from whom, what that lost.
  sayso entity 'Shahed-136'
      What is reported of one state, company, weapon or place.
  sayso claims --format jsonl | jq -r .certainty
      For programs: one object a line.
  sayso report 3f2a91bc
      One report, its claims marked in the text.
  sayso explain 7c1f0a9e
      Why one claim was read so.
  sayso merge 'PMC Wagner' 'Wagner Group' --why 'Two names of one company'
  sayso reject 7c1f0a9e --why 'The sentence is about another company'
      A person's word, which sayso undo takes back.

Exit codes:
   0  done
   1  nothing matches what was asked for, or several do
   2  the command line does not make sense
   3  the ledger cannot be opened, or there is none yet
  31  the ledger is locked          32  it is read-only
  33  it is damaged                 34  the file is not a ledger
  35  no room is left for it        36  a newer sayso wrote it
   4  a mistake in the codebook, gazetteer or model given
   5  read: some inputs or records were set aside, each with
      a notice; the others were read
   6  an earlier judgement stands in the way of a new one
  70  a defect in sayso
  74  the output cannot be written

Each command has examples of its own: sayso claims --help.";

const READ: &str = "\
Examples:
  sayso read report.html notes.md clippings/
  sayso read https://daily.example/story
  sayso read --max-bytes 20M archive/
  zcat old.jsonl.gz | sayso read -
  sayso --ledger trial.ledger read --codebook my-codebook/ clippings/

Reads HTML, plain text, Markdown, JSON and JSONL, and the pages of WARC files (.warc, .warc.gz). Hidden files of a folder are left out.

Text may begin with lines such as these, then an empty line:
  title: Drones for Serbia
  publisher: The Daily Example
  published: 2023-08-02
  url: https://daily.example/story
  language: en

JSONL is one report a line: {\"text\": \"...\", \"title\": \"...\", \"published\": \"2023-08-02\"}.
Its fields are text (or html), title, byline, publisher, published, url, language.

What was read before with the same codebook, model and gazetteer is not read again; a newer codebook is a new reading, and the \
older one stays in the ledger. A run that is cut short, even by a kill, is taken up where it stopped by the same command.";

const BACKUP: &str = "\
Examples:
  sayso backup /media/disk/sayso-2026-11-27.ledger
  sayso --ledger /media/disk/sayso-2026-11-27.ledger findings

The copy is what the ledger holds at this moment: captures, claims, judgements, accounts. It is checked, packed tight, and has its name only when \
it is whole. To go back to it, name it with --ledger, or put it in the ledger's place while nothing runs.";

const CLAIMS: &str = "\
Examples:
  sayso claims --about Iran --kind transfer,financing --since 2023
  sayso claims --place Belarus --until 2023-06
  sayso claims --source 'Institute for the Study of War'
  sayso claims --report 3f2a91bc --format csv > claims.csv
  sayso claims --format jsonl | jq -r .certainty

Names are found without regard to case, accents or script, by the beginning of a word: --about ir finds Iran, Iranian and \
Iraq. Options narrow each other down; --kind takes several, parted by commas or given again.";

const FINDINGS: &str = "\
Examples:
  sayso findings --about Iran --place Belarus
  sayso findings --min-origins 2
  sayso findings --disputed --since 2023
  sayso findings --report 3f2a91bc --format csv > findings.csv
  sayso findings --format jsonl | jq '{id, publishers, origins_established}'

A finding is what several claims state together: the same kind, parties, things and place. Publishers that repeat one another are one \
origin; what is not known to be independent is shown as unknown and adds nothing.";

const FINDING: &str = "\
Examples:
  sayso findings        (under each line stands the finding's id)
  sayso finding 1f0c9a2b

Shows who stands behind a finding: its origins as a tree, with the words by which each report shows where it has it from; who denies or doubts \
it; what was lost from copy to copy; and why it is graded as it is.";

const ENTITY: &str = "\
Examples:
  sayso entity Iran
  sayso entity 'Shahed-136'
  sayso entity geonames:627907        (the ids stand in `sayso claims --format jsonl`)

What it is reported to make, supply, receive, sign, suffer, finding by finding with the number of independent origins, and whom it is named with. \
A name that can mean several things is answered with their ids, one that is not known with what is spelled or sounds like it. Who is in no list goes by \
a name (name:...). At the end stands what may be the same, and why: `sayso merge` joins it, `sayso differ` holds it apart.";

const SOURCES: &str = "\
Examples:
  sayso sources
  sayso sources --format csv > sources.csv

Publishers and named sources: how many reports each published, how many findings begin with it, and how many it repeats that begin with somebody \
else. Reliability is what a person graded (A reliable to F not known); it is F until then, and does not enter the credibility of findings.";

const REPORT: &str = "\
Examples:
  sayso claims        (the line under a title shows the report's id)
  sayso report 3f2a91bc
  sayso report 3f2a91bc | less

[1] after a sentence is the number of its claim in the list below the text.";

const EXPLAIN: &str = "\
Examples:
  sayso claims        (before each sentence stands its claim's id)
  sayso explain 7c1f0a9e

Shows which words filled each field, by which rule of the codebook, and the sentence's tree as the model sees it.";

const NOTICES: &str = "\
Examples:
  sayso notices
  sayso notices | grep too-large

A notice ends when its input has been read.";

const EXPORT: &str = "\
Examples:
  sayso export --format csv > findings.csv
  sayso export --format stix --about Iran -o iran.stix.json
  sayso export --format parquet -o findings.parquet
  sayso export --format sipri --since 2022 -o transfers.csv
  sayso export --format markdown --finding 14dc99ae,24e504ed -o assessment.md

ftm is FollowTheMoney (entities as JSON lines), stix a STIX 2.1 bundle, sipri a table in the order of SIPRI's trade registers, markdown an assessment with \
footnotes and words of likelihood. docs/exports.md tells what each cannot carry, and where that went.";

const MCP: &str = "\
Examples:
  sayso mcp
  sayso mcp --http 127.0.0.1:7297

A client that speaks the protocol starts it by itself, for instance with
  {\"mcpServers\": {\"sayso\": {\"command\": \"sayso\", \"args\": [\"mcp\"]}}}

Its tools are search_findings, get_finding, get_report, get_entity and read_text. They change nothing, and every answer carries quotes with their addresses.";

const ACCOUNT: &str = "\
Examples:
  sayso account add ann --role analyst
  sayso account list
  printf '%s\\n' \"$PASSWORD\" | sayso account add bo --password-stdin
  sayso account remove ann

A desk that others reach wants accounts: reader looks, analyst judges too, admin sees what was done. Passwords have at least 12 letters; what is kept of one is \
its argon2id hash.";

const SERVE: &str = "\
Examples:
  sayso serve
  sayso serve --listen 127.0.0.1:8080 --as Ann
  sayso serve --host desk.example.org --behind-tls

Opens pages over the ledger: findings with their origins and what copying lost, reports with their claims marked, what is known of whom, facilities on a map, \
transfers, sources, and a queue to judge. Every page is data as well: put .json or .csv after its address. The desk is reached from this machine alone. For \
others it wants accounts (sayso account), and a proxy on this machine that speaks TLS.";

const MODELS: &str = "\
Examples:
  sayso models
  sayso models --model ~/en_core_web_md-3.8.0";

const CODEBOOK: &str = "\
Examples:
  sayso codebook | less
  sayso codebook --codebook my-codebook/ > reference.md

With --codebook this also checks a folder: a mistake is named by file, line and column.";

/// Who says who makes or supplies what.
#[derive(Debug, Parser)]
#[command(name = "sayso", version, long_about = LONG, after_long_help = AFTER, after_help = "`sayso --help` shows examples and exit codes.", max_term_width = 110)]
pub(crate) struct Cli {
    /// The ledger: one file, made where there is none [default: sayso.ledger in the user's data folder]
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "SAYSO_LEDGER",
        hide_env_values = true,
        // An empty variable is as good as none.
        value_parser = OsStringValueParser::new().map(PathBuf::from)
    )]
    pub(crate) ledger: Option<PathBuf>,

    /// A folder of TOML files with outlets of yours, in the shape of sources/, beside those that come with sayso
    #[arg(
        long,
        global = true,
        value_name = "FOLDER",
        env = "SAYSO_SOURCES",
        hide_env_values = true,
        value_parser = OsStringValueParser::new().map(PathBuf::from)
    )]
    pub(crate) sources: Option<PathBuf>,

    /// Colours: on a terminal unless NO_COLOR is set, or as said
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub(crate) color: Colour,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read files, folders and addresses into the ledger
    Read(Read),
    /// Show what is claimed, on whose say-so, with the sentences
    Claims(Claims),
    /// Show what is stated by how many independent origins
    Findings(Findings),
    /// Show one finding: origins, denials, what copying lost, grade
    #[command(after_help = FINDING)]
    Finding {
        /// The finding's id, or enough of its beginning
        #[arg(value_parser = NonEmptyStringValueParser::new())]
        id: String,
    },
    /// Show what is reported of one entity: what it makes, supplies, receives, with whom
    #[command(after_help = ENTITY)]
    Entity {
        /// A name, or an id such as Q794 or geonames:627907
        #[arg(value_parser = NonEmptyStringValueParser::new())]
        name: String,
    },
    /// Show who publishes and who is made to say it: what begins with whom, and what each repeats
    Sources(Sources),
    /// Show one report with its claims marked
    #[command(after_help = REPORT)]
    Report {
        /// The report's id, or enough of its beginning
        #[arg(value_parser = NonEmptyStringValueParser::new())]
        id: String,
    },
    /// Show why a claim was read so: words, rules, tree
    Explain(Explain),
    /// Show what could not be read, or was read with doubt
    #[command(after_help = NOTICES)]
    Notices,
    #[command(flatten)]
    Judge(judging::Judging),
    /// Open a desk in the browser: look, judge, export
    Serve(Serve),
    /// Write findings in other people's formats
    Export(Export),
    /// Say who may use a desk that others reach
    Account(Account),
    /// Write a copy of the ledger, whoever writes into it meanwhile
    #[command(after_help = BACKUP)]
    Backup {
        /// A file that is not there yet
        #[arg(value_name = "FILE")]
        to: PathBuf,
    },
    /// Answer language models over the Model Context Protocol
    Mcp(Mcp),
    /// Show the language models there are
    #[command(after_help = MODELS)]
    Models(Model),
    /// Print the codebook's reference: what counts, and what does not
    #[command(after_help = CODEBOOK)]
    Codebook(Book),
}

#[derive(Debug, Args)]
#[command(after_help = EXPORT)]
pub(crate) struct Export {
    /// ftm, stix, geojson, graphml, csv, parquet, sipri or markdown
    #[arg(long, value_name = "FORMAT", default_value = "csv")]
    pub(crate) format: String,
    /// Where to write; standard output unless told
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// These findings, by id, and no others
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(crate) finding: Vec<String>,
    /// A kind of the codebook: production, transfer, agreement, ...
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub(crate) kind: Vec<String>,
    /// A name, or an entity's id, in any role
    #[arg(long, value_name = "NAME")]
    pub(crate) about: Option<String>,
    /// A place, or a country's two letters
    #[arg(long, value_name = "PLACE")]
    pub(crate) place: Option<String>,
    /// From this day, month or year on
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    pub(crate) since: Option<String>,
    /// Until this day, month or year
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub(crate) until: Option<String>,
    /// An origin, a relay or a publisher
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// At least so many established origins
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) min_origins: usize,
    /// Only what somebody denies or doubts
    #[arg(long)]
    pub(crate) disputed: bool,
}

#[derive(Debug, Args)]
#[command(after_help = SERVE)]
pub(crate) struct Serve {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7296")]
    pub(crate) listen: std::net::SocketAddr,
    /// Under whose name what is judged at the desk is kept [default: the name of the user]
    #[arg(long = "as", value_name = "NAME")]
    pub(crate) who: Option<String>,
    /// Have people sign in, also on this machine alone; always so with an address, a name or a proxy by which others come
    #[arg(long)]
    pub(crate) accounts: bool,
    /// Another name under which the desk is reached, such as desk.example.org
    #[arg(long, value_name = "NAME")]
    pub(crate) host: Vec<String>,
    /// A proxy in front speaks TLS with the reader: cookies go no other way
    #[arg(long)]
    pub(crate) behind_tls: bool,
}

#[derive(Debug, Args)]
#[command(after_help = MCP)]
pub(crate) struct Mcp {
    /// Answer over HTTP at this loopback address, under /mcp, instead of standard input and output
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) http: Option<std::net::SocketAddr>,
}

/// Who may use a desk that others reach.
#[derive(Debug, Args)]
#[command(after_help = ACCOUNT)]
pub(crate) struct Account {
    #[command(subcommand)]
    pub(crate) what: Accounting,
}

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub(crate) enum Accounting {
    /// Make an account; its password is asked for
    Add {
        /// Its name
        name: String,
        /// reader looks, analyst judges too, admin sees what was done
        #[arg(long, value_name = "ROLE", default_value = "reader")]
        role: String,
        /// Take the password from the first line of standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// Give an account another password, which ends its sessions
    Password {
        /// Its name
        name: String,
        /// Take the password from the first line of standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// Show all accounts
    List,
    /// Remove an account, which ends its sessions
    Remove {
        /// Its name
        name: String,
    },
}

/// Which language model.
#[derive(Clone, Debug, Args)]
pub(crate) struct Model {
    /// A spaCy 3 pipeline folder to read with, instead of the model that comes with sayso
    #[arg(long, value_name = "FOLDER")]
    pub(crate) model: Option<PathBuf>,
}

/// Which codebook.
#[derive(Clone, Debug, Args)]
pub(crate) struct Book {
    /// A codebook folder, instead of the one that comes with sayso
    #[arg(long, value_name = "FOLDER")]
    pub(crate) codebook: Option<PathBuf>,
}

/// What a reading needs.
#[derive(Clone, Debug, Args)]
pub(crate) struct Material {
    #[command(flatten)]
    pub(crate) model: Model,
    #[command(flatten)]
    pub(crate) book: Book,
    /// A gazetteer folder, instead of the one that comes with sayso
    #[arg(long, value_name = "FOLDER")]
    pub(crate) gazetteer: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = READ)]
pub(crate) struct Read {
    /// Files, folders (with all that is in them), http(s) addresses, or - for standard input
    #[arg(required = true, value_name = "PATH|URL")]
    pub(crate) inputs: Vec<OsString>,
    #[command(flatten)]
    pub(crate) material: Material,
    /// Threads to read with [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Largest input to read: bytes, or with k, M or G
    #[arg(long, value_name = "SIZE", default_value = "5M", value_parser = size)]
    pub(crate) max_bytes: u64,
    /// Longest time an address may take, or a pipe give nothing: seconds, or with ms, s or m
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = time)]
    pub(crate) timeout: Duration,
    /// Fetch from private and loopback addresses too
    #[arg(long)]
    pub(crate) allow_private: bool,
}

#[derive(Debug, Args)]
#[command(after_help = CLAIMS)]
pub(crate) struct Claims {
    /// Table for people, jsonl for programs, csv for spreadsheets
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    /// A kind of the codebook: production, transfer, agreement, ...
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub(crate) kind: Vec<String>,
    /// A name, or an entity's id, in any role
    #[arg(long, value_name = "NAME")]
    pub(crate) about: Option<String>,
    /// A place, or a country's two letters
    #[arg(long, value_name = "PLACE")]
    pub(crate) place: Option<String>,
    /// From this day, month or year on: when it is said to happen, else when it was published
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    pub(crate) since: Option<String>,
    /// Until this day, month or year
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub(crate) until: Option<String>,
    /// Who is made to say it, or the publisher
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// One report: its id, or enough of its beginning
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) report: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = FINDINGS)]
pub(crate) struct Findings {
    /// Table for people, jsonl for programs, csv for spreadsheets
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    /// A kind of the codebook: production, transfer, agreement, ...
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub(crate) kind: Vec<String>,
    /// A name, or an entity's id, in any role
    #[arg(long, value_name = "NAME")]
    pub(crate) about: Option<String>,
    /// A place, or what it lies in
    #[arg(long, value_name = "PLACE")]
    pub(crate) place: Option<String>,
    /// From this day, month or year on: the occasion, else when it was reported
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    pub(crate) since: Option<String>,
    /// Until this day, month or year
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub(crate) until: Option<String>,
    /// An origin, a publisher, or who denies it
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// What one report says or speaks against: its id, or enough of its beginning
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) report: Option<String>,
    /// At least so many established independent origins
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) min_origins: usize,
    /// Only what somebody denies or doubts
    #[arg(long)]
    pub(crate) disputed: bool,
    /// At most so many; a table shows 50 unless told
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
}

#[derive(Debug, Args)]
#[command(after_help = SOURCES)]
pub(crate) struct Sources {
    /// Table for people, jsonl for programs, csv for spreadsheets
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    /// Only those with this in their name
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = EXPLAIN)]
pub(crate) struct Explain {
    /// The claim's id, or enough of its beginning
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    pub(crate) claim: String,
    #[command(flatten)]
    pub(crate) model: Model,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Jsonl,
    Csv,
}

/// `5000`, `64k`, `5M`, `1G`, in powers of 1024.
fn size(text: &str) -> Result<u64, String> {
    let wrong = || "give a number of bytes, such as 500000, 64k, 5M or 1G".to_owned();
    let (digits, shift) = match text
        .trim_end_matches(['b', 'B'])
        .split_at_checked(text.trim_end_matches(['b', 'B']).len().saturating_sub(1))
    {
        Some((digits, "k" | "K")) => (digits, 10),
        Some((digits, "m" | "M")) => (digits, 20),
        Some((digits, "g" | "G")) => (digits, 30),
        _ => (text, 0),
    };
    let number: u64 = digits.trim().parse().map_err(|_| wrong())?;
    number
        .checked_mul(1 << shift)
        .filter(|bytes| *bytes > 0)
        .ok_or_else(wrong)
}

/// `30`, `30s`, `500ms`, `2m`; more than nothing and at most a day.
fn time(text: &str) -> Result<Duration, String> {
    let units = [("ms", 1), ("s", 1000), ("m", 60_000), ("", 1000)];
    units
        .iter()
        .find_map(|(unit, ms)| Some((text.strip_suffix(unit)?.trim().parse::<u64>().ok()?, ms)))
        .and_then(|(number, ms)| number.checked_mul(*ms))
        .filter(|ms| (1..=86_400_000).contains(ms))
        .map(Duration::from_millis)
        .ok_or_else(|| "give a time, such as 30s, 500ms or 2m, at most a day".to_owned())
}

/// The first day of a day, month or year.
fn first_day(text: &str) -> Result<String, String> {
    Ok(days(text)?.0)
}

/// The last day of a day, month or year.
fn last_day(text: &str) -> Result<String, String> {
    Ok(days(text)?.1)
}

fn days(text: &str) -> Result<(String, String), String> {
    let wrong = |_| "give a date as 2023, 2023-08 or 2023-08-02".to_owned();
    let day = |full: String| -> Result<jiff::civil::Date, String> { full.parse().map_err(wrong) };
    let digits = text.chars().all(|c| c.is_ascii_digit() || c == '-');
    let (first, last) = match text.len() {
        4 if digits => (day(format!("{text}-01-01"))?, day(format!("{text}-12-31"))?),
        7 if digits => {
            let first = day(format!("{text}-01"))?;
            (first, first.last_of_month())
        }
        10 if digits => (day(text.to_owned())?, day(text.to_owned())?),
        _ => return Err("give a date as 2023, 2023-08 or 2023-08-02".to_owned()),
    };
    Ok((first.to_string(), last.to_string()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    #[test]
    fn values_are_read_as_people_write_them() {
        assert_eq!(size("5M").unwrap(), 5 << 20);
        assert_eq!(size("64kB").unwrap(), 64 << 10);
        assert_eq!(size("1000").unwrap(), 1000);
        for wrong in ["", "M", "-1", "0", "1.5M", "99999999999G", "é"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
        assert_eq!(time("500ms").unwrap().as_millis(), 500);
        assert_eq!(time("2m").unwrap().as_secs(), 120);
        assert_eq!(time("7").unwrap().as_secs(), 7);
        for wrong in ["", "s", "-1", "0", "2 days", "99999999999999999999", "2d"] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(days("2024").unwrap(), pair("2024-01-01", "2024-12-31"));
        assert_eq!(days("2024-02").unwrap(), pair("2024-02-01", "2024-02-29"));
        assert_eq!(
            days("2024-02-03").unwrap(),
            pair("2024-02-03", "2024-02-03")
        );
        for wrong in [
            "",
            "20",
            "2024-13",
            "2023-02-29",
            "yesterday",
            "02-03-2024",
            "20240203T",
        ] {
            assert!(days(wrong).is_err(), "{wrong}");
        }
    }
}
