//! A ledger that grows, and what it costs.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use nix::sys::resource::{UsageWho, getrusage};
use sayso::pipeline::findings::{Corroborator, Made};
use sayso_codebook::Codebook;
use sayso_corroborate::findings::Finding;
use sayso_gazetteer::{Gazetteer, sources::Sources};
use sayso_ledger::{FindingFilter, Ledger, Matched, Reading};

use crate::{Error, Reports};

/// Reports that one `sayso read` adds while the ledger is filled.
const AT_ONCE: usize = 1_000;
/// Rows that `sayso findings` shows unless told.
const ROWS: usize = 50;

/// A ledger that is being filled.
pub struct Scale {
    gazetteer: &'static Gazetteer,
    outlets: &'static Sources,
    codebook: &'static Codebook,
    reports: Reports,
    ledger: Ledger,
    held: usize,
}

/// What it cost to add some reports.
#[derive(Clone, Debug, Default)]
pub struct Cost {
    /// Time of each: stored and worked in, in order of size.
    pub each: Vec<Duration>,
    /// All of it together.
    pub all: Duration,
    /// What was done.
    pub made: Made,
}

/// How large a ledger is.
#[derive(Clone, Copy, Debug, Default)]
#[allow(missing_docs)]
pub struct Size {
    pub reports: u64,
    pub claims: u64,
    pub findings: usize,
    pub bytes: u64,
}

/// A question and how long its answers took, in order of size.
#[derive(Clone, Debug)]
pub struct Asked {
    /// As on the command line.
    pub question: String,
    /// Findings that match.
    pub found: usize,
    /// In this process: the look-up alone, with what is shown read.
    pub here: Vec<Duration>,
    /// The whole program. Empty: it was not to be had.
    pub program: Vec<Duration>,
}

/// The time in the middle, and that which all but one in twenty keep under.
pub fn middle_and_most(times: &[Duration]) -> (Duration, Duration) {
    let at = |part: usize| times.get(times.len() * part / 100).copied();
    (at(50).unwrap_or_default(), at(95).unwrap_or_default())
}

impl Scale {
    /// The ledger at `path`: a new one, or one that an earlier run with the same seed began.
    ///
    /// # Errors
    /// When it cannot be opened, or holds something else.
    pub fn at(path: &Path, seed: u64) -> Result<Self, Error> {
        // Both live as long as the program.
        let gazetteer: &'static Gazetteer = Box::leak(Box::new(Gazetteer::bundled()?));
        let codebook: &'static Codebook = Box::leak(Box::new(Codebook::bundled()?));
        let ledger = Ledger::open(path)?;
        let held = usize::try_from(ledger.totals()?.reports)?;
        let mut reports = Reports::new(seed, gazetteer)?;
        if let Some(last) = held.checked_sub(1).and_then(|before| reports.nth(before)) {
            let is_there = last.report.iter().all(|it| {
                let found = ledger.report(&it.id.0);
                matches!(found, Ok(Matched::One(_)))
            });
            if !is_there {
                let path = path.display();
                return Err(format!(
                    "{path} holds other reports than are made here: name a file that is not there"
                )
                .into());
            }
        }
        Ok(Self {
            gazetteer,
            outlets: Box::leak(Box::new(Sources::bundled()?)),
            codebook,
            reports,
            ledger,
            held,
        })
    }

    /// Reports in it.
    pub fn held(&self) -> usize {
        self.held
    }

    fn corroborate(&mut self) -> Result<Made, Error> {
        let corroborator =
            Corroborator::new(self.codebook, self.gazetteer, self.outlets, &self.ledger)?;
        Ok(corroborator.catch_up(&mut self.ledger, &mut |_, _| {})?)
    }

    /// Fills the ledger to `reports`, some at a time as `sayso read` does; `told` hears how many there are.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn fill(&mut self, reports: usize, told: &mut dyn FnMut(usize)) -> Result<Cost, Error> {
        let mut cost = Cost::default();
        while self.held < reports {
            let these: Vec<Reading> = self
                .reports
                .by_ref()
                .take(AT_ONCE.min(reports - self.held))
                .collect();
            let begun = Instant::now();
            for reading in &these {
                self.ledger.append(reading)?;
            }
            let made = self.corroborate()?;
            cost.all += begun.elapsed();
            sum(&mut cost.made, made);
            self.held += these.len();
            told(self.held);
        }
        Ok(cost)
    }

    /// Adds `reports` one by one, each as a `sayso read` of its own.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn add(&mut self, reports: usize) -> Result<Cost, Error> {
        let mut cost = Cost::default();
        for _ in 0..reports {
            let Some(reading) = self.reports.next() else {
                break;
            };
            let begun = Instant::now();
            self.ledger.append(&reading)?;
            let made = self.corroborate()?;
            cost.each.push(begun.elapsed());
            sum(&mut cost.made, made);
            self.held += 1;
        }
        cost.all = cost.each.iter().sum();
        cost.each.sort_unstable();
        Ok(cost)
    }

    /// How large it is.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn size(&self) -> Result<Size, Error> {
        let totals = self.ledger.totals()?;
        let length = |end: &str| {
            let path = format!("{}{end}", self.ledger.path().display());
            std::fs::metadata(path).map_or(0, |it| it.len())
        };
        Ok(Size {
            reports: totals.reports,
            claims: totals.claims,
            findings: self.ledger.count_findings(&FindingFilter::default())?,
            bytes: length("") + length("-wal"),
        })
    }

    /// Asks each question `times` times.
    ///
    /// # Errors
    /// When the ledger cannot be read, or the program fails.
    pub fn ask(&self, times: usize) -> Result<Vec<Asked>, Error> {
        let program = program();
        let mut out = Vec::new();
        for (question, filter) in questions() {
            let mut asked = Asked {
                question: question.join(" "),
                found: 0,
                here: Vec::new(),
                program: Vec::new(),
            };
            for _ in 0..times {
                let ledger = Ledger::look(self.ledger.path())?;
                let begun = Instant::now();
                let mut wrong = None;
                ledger.findings(&filter, ROWS, |body| {
                    wrong = serde_json::from_str::<Finding>(&body).err();
                    wrong.is_none()
                })?;
                if let Some(error) = wrong {
                    return Err(error.into());
                }
                asked.found = ledger.count_findings(&filter)?;
                asked.here.push(begun.elapsed());
                if let Some(program) = &program {
                    let begun = Instant::now();
                    let mut command = Command::new(program);
                    command
                        .arg("--ledger")
                        .arg(self.ledger.path())
                        .arg("findings");
                    let ended = command
                        .args(&question)
                        .stdout(Stdio::null())
                        .stderr(Stdio::null())
                        .status()?;
                    asked.program.push(begun.elapsed());
                    // 1: nothing matches.
                    if !matches!(ended.code(), Some(0 | 1)) {
                        return Err(format!(
                            "{} findings {}: {ended}",
                            program.display(),
                            question.join(" ")
                        )
                        .into());
                    }
                }
            }
            asked.here.sort_unstable();
            asked.program.sort_unstable();
            out.push(asked);
        }
        Ok(out)
    }
}

fn sum(to: &mut Made, one: Made) {
    to.reports += one.reports;
    to.propositions += one.propositions;
}

/// Most memory held by this process, and by any program it ran: bytes. `None`: the system does not say.
pub fn peak() -> Option<(u64, u64)> {
    let of = |who| {
        let kilobytes = getrusage(who).ok()?.max_rss();
        Some(u64::try_from(kilobytes).ok()? * 1024)
    };
    Some((of(UsageWho::RUSAGE_SELF)?, of(UsageWho::RUSAGE_CHILDREN)?))
}

/// The `sayso` that was built beside this program. `None`: there is none.
fn program() -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?;
    let mut folders = own.ancestors().skip(1).take(2);
    folders.find_map(|folder| {
        let program = folder.join(format!("sayso{}", std::env::consts::EXE_SUFFIX));
        program.is_file().then_some(program)
    })
}

/// What is asked, as on the command line and as the program asks the ledger.
fn questions() -> Vec<(Vec<&'static str>, FindingFilter)> {
    let any = FindingFilter::default;
    let some = |text: &str| Some(text.to_owned());
    vec![
        (vec![], any()),
        (
            vec!["--kind", "production"],
            FindingFilter {
                kinds: vec!["production".to_owned()],
                ..any()
            },
        ),
        (
            vec!["--about", "Russia"],
            FindingFilter {
                about: some("Russia"),
                ..any()
            },
        ),
        (
            vec!["--about", "Mohajer-6"],
            FindingFilter {
                about: some("Mohajer-6"),
                ..any()
            },
        ),
        (
            vec!["--about", "nobody at all"],
            FindingFilter {
                about: some("nobody at all"),
                ..any()
            },
        ),
        (
            vec!["--place", "Belarus"],
            FindingFilter {
                place: some("Belarus"),
                ..any()
            },
        ),
        (
            vec!["--min-origins", "2"],
            FindingFilter {
                origins: 2,
                ..any()
            },
        ),
        (
            vec!["--disputed"],
            FindingFilter {
                disputed: true,
                ..any()
            },
        ),
        (
            vec!["--source", "Reuters"],
            FindingFilter {
                source: some("Reuters"),
                ..any()
            },
        ),
        (
            vec![
                "--kind",
                "transfer",
                "--about",
                "Iran",
                "--min-origins",
                "3",
            ],
            FindingFilter {
                kinds: vec!["transfer".to_owned()],
                about: some("Iran"),
                origins: 3,
                ..any()
            },
        ),
    ]
}
