//! The order of the data, known here alone: plan, capture, read, claim, resolve, ledger.
//!
//! Many threads read, one writes. Reports reach the ledger in the order of the inputs whatever the number of threads, and
//! nobody runs further ahead of the writer than a window, so that memory does not grow with the number of inputs.

mod doubts;
pub mod findings;
mod finish;
mod order;

use std::{
    collections::HashSet,
    ffi::OsString,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{Arc, Mutex},
};

use sayso_claim::Claimant;
use sayso_codebook::Codebook;
use sayso_collect::{Collector, Found};
use sayso_gazetteer::Gazetteer;
use sayso_language::Analyser;
use sayso_ledger::{Ledger, LedgerError, Packed, Reading, Versions};
use sayso_records::{Claim, Notice, NoticeCode, Report, Sha256};

use order::{Board, Task};

/// What reading needs, loaded.
pub struct Tools {
    /// The network and the disk.
    pub collector: Collector,
    /// How much of a page is looked at.
    pub limits: sayso_read::Limits,
    /// The language model.
    pub analyser: Box<dyn Analyser>,
    /// What counts.
    pub codebook: Codebook,
    /// Who and where.
    pub gazetteer: Gazetteer,
}

impl Tools {
    /// The versions a reading made with these tools carries.
    pub fn versions(&self) -> Versions {
        Versions {
            codebook: self.codebook.version().to_owned(),
            model: self.analyser.version().to_owned(),
            gazetteer: self.gazetteer.version().to_owned(),
            reader: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// Who is told how far it is.
pub trait Watch {
    /// So many inputs were found.
    fn planned(&mut self, inputs: usize);
    /// One more input is done; the sums so far.
    fn input(&mut self, sums: &Sums);
    /// A notice, as it is kept.
    fn notice(&mut self, notice: &Notice);
}

/// What a run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Inputs found in the paths and addresses given.
    pub inputs: usize,
    /// Inputs whose bytes were read with these versions before.
    pub known: usize,
    /// Inputs that gave no report.
    pub set_aside: usize,
    /// Records that gave none, in inputs that gave others.
    pub records: usize,
    /// Reports added to the ledger.
    pub reports: usize,
    /// Claims added to the ledger.
    pub claims: usize,
    /// Notices added to the ledger.
    pub notices: usize,
}

/// What a worker hands to the writer about one part of one input.
enum Made {
    /// A reading to append.
    Reading(Box<Reading>),
    /// The input's bytes were not to be had.
    Refused(Notice),
    /// The bytes are known already.
    Known(Sha256),
    /// The ledger could not be asked.
    Broken(LedgerError),
}

/// The parts of a capture that are still to be read.
struct Part {
    capture: Arc<Packed>,
    report: Report,
    /// Notices about the capture as a whole, with its first part.
    notices: Vec<Notice>,
    last: bool,
}

/// Reads `inputs` into `ledger` with `threads` workers; `clock` gives the time as RFC 3339 in UTC.
pub fn run(
    tools: &Tools,
    ledger: &mut Ledger,
    inputs: &[OsString],
    threads: usize,
    clock: &(dyn Fn() -> String + Sync),
    watch: &mut dyn Watch,
) -> Result<Sums, LedgerError> {
    let (mut found, notices) = sayso_collect::plan(inputs);
    found.retain(|it| {
        let named = (inputs.iter()).any(|input| Some(Path::new(input)) == path_of(it));
        named || !is_own(it, ledger.path())
    });
    let mut sums = Sums {
        inputs: found.len(),
        set_aside: (notices.iter())
            .filter(|notice| notice.code != NoticeCode::Loop)
            .count(),
        ..Sums::default()
    };
    watch.planned(found.len());
    notices.iter().for_each(|notice| watch.notice(notice));
    sums.notices += ledger.note(&notices, Some(&clock()))?;

    let threads = threads.clamp(1, found.len().max(1));
    let claimant = Claimant::new(&tools.codebook, &tools.gazetteer);
    let board = Board::new(found.len(), threads * 4);
    let worker = Worker {
        tools,
        claimant: &claimant,
        versions: Arc::new(tools.versions()),
        begun: Mutex::default(),
        clock,
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (board, worker, found) = (&board, &worker, &found);
            let path = ledger.path();
            let reader = Ledger::look(path);
            scope.spawn(move || {
                // Whatever ends this thread, the writer must not wait for it.
                let _guard = board.leave_on_panic();
                match reader {
                    Ok(reader) => worker.work(board, found, &reader),
                    Err(error) => board.give(0, 0, 1, Made::Broken(error)),
                }
            });
        }
        let done = board.in_order(|made, of_input| -> Result<(), LedgerError> {
            match made {
                Made::Broken(error) => return Err(error),
                Made::Known(sha256) => {
                    sums.known += 1;
                    ledger.had_again(sha256, Some(&clock()))?;
                }
                Made::Refused(notice) => {
                    watch.notice(&notice);
                    sums.set_aside += 1;
                    sums.notices += ledger.note(&[notice], Some(&clock()))?;
                }
                Made::Reading(reading) => {
                    reading
                        .notices
                        .iter()
                        .for_each(|notice| watch.notice(notice));
                    let added = ledger.append(&reading)?;
                    let lost = reading.notices.iter().filter(|notice| is_loss(notice.code));
                    match &reading.report {
                        Some(_) => sums.records += lost.count(),
                        None => sums.set_aside += 1,
                    }
                    sums.reports += usize::from(added.report);
                    sums.claims += added.claims;
                    sums.notices += added.notices;
                }
            }
            if of_input.is_last {
                watch.input(&sums);
            }
            Ok(())
        });
        board.stop();
        done
    })?;
    Ok(sums)
}

/// The claims of one report, resolved and with their final ids, and what there is to say about them.
pub fn claims_of(
    report: &Report,
    claimant: &Claimant<'_>,
    analyser: &dyn Analyser,
    gazetteer: &Gazetteer,
) -> (Vec<Claim>, Vec<Notice>) {
    let mut claims = claimant.claims(report, analyser);
    let notices = sayso_resolve::resolve(report, &mut claims, gazetteer);
    finish::finish(&mut claims);
    (claims, notices)
}

/// What the workers share.
struct Worker<'a> {
    tools: &'a Tools,
    claimant: &'a Claimant<'a>,
    versions: Arc<Versions>,
    /// Captures begun in this run: the same bytes under two names are read once.
    begun: Mutex<HashSet<Sha256>>,
    clock: &'a (dyn Fn() -> String + Sync),
}

impl Worker<'_> {
    fn work(&self, board: &Board<Part, Made>, found: &[Found], ledger: &Ledger) {
        while let Some(task) = board.take() {
            match task {
                Task::Open(index) => {
                    if let Some(found) = found.get(index) {
                        self.open(board, index, found, ledger);
                    }
                }
                Task::Part {
                    index,
                    part,
                    of,
                    what,
                } => {
                    board.give(index, part, of, self.read(what, ledger));
                }
            }
        }
    }

    /// Captures an input and reads its reports out of it; the first is read on, the others are left to whoever is free.
    fn open(&self, board: &Board<Part, Made>, index: usize, found: &Found, ledger: &Ledger) {
        let address = found.to_string();
        let captured = guarded(&address, || {
            (self.tools.collector).capture(found, &|| (self.clock)())
        });
        let capture = match captured {
            Ok(Ok(capture)) => capture,
            Ok(Err(notice)) | Err(notice) => return board.give(index, 0, 1, Made::Refused(notice)),
        };
        let sha256 = capture.sha256();
        let first = (self.begun.lock()).map_or(true, |mut begun| begun.insert(sha256));
        match ledger.knows(sha256, &self.versions) {
            Err(error) => return board.give(index, 0, 1, Made::Broken(error)),
            Ok(true) => return board.give(index, 0, 1, Made::Known(sha256)),
            Ok(false) => {}
        }
        let read = guarded(&address, || sayso_read::read(&capture, &self.tools.limits));
        let packed = Arc::new(Packed::new(&capture, sha256));
        drop(capture);
        let (reports, notices) = match read {
            Ok(read) => (read.reports, read.notices),
            Err(notice) => (Vec::new(), vec![notice]),
        };
        let of = reports.len();
        if of == 0 {
            let nothing = self.reading(packed, None, notices, true);
            return board.give(index, 0, 1, nothing);
        }
        if !first {
            return board.give(index, 0, 1, Made::Known(sha256));
        }
        let mut notices = notices;
        let mut parts = (reports.into_iter().enumerate()).map(|(part, report)| Part {
            capture: packed.clone(),
            report,
            notices: std::mem::take(&mut notices),
            last: part + 1 == of,
        });
        let first = parts.next();
        board.add(index, of, parts);
        if let Some(first) = first {
            board.give(index, 0, of, self.read(first, ledger));
        }
    }

    /// One report: its claims, unless they were found by an earlier run that was cut short.
    fn read(&self, part: Part, ledger: &Ledger) -> Made {
        let Part {
            capture,
            report,
            mut notices,
            last,
        } = part;
        notices.extend(doubts::ahead(&report, capture.address(), &(self.clock)()));
        notices.extend(doubts::too_long(&report, capture.address()));
        let mut claims = Vec::new();
        match ledger.has_read(&report.id, &self.versions) {
            Err(error) => return Made::Broken(error),
            Ok(true) => {}
            Ok(false) => {
                let address = capture.address().to_owned();
                let reads = self.tools.analyser.language();
                if let Some(notice) = doubts::other_language(&report, &address, reads) {
                    notices.push(notice);
                } else {
                    let made = guarded(&address, || {
                        let (analyser, gazetteer) = (&*self.tools.analyser, &self.tools.gazetteer);
                        claims_of(&report, self.claimant, analyser, gazetteer)
                    });
                    match made {
                        Ok((found, more)) => {
                            claims = found;
                            notices.extend(more);
                        }
                        Err(notice) => notices.push(notice),
                    }
                }
            }
        }
        let mut made = self.reading(capture, Some(report), notices, last);
        if let Made::Reading(reading) = &mut made {
            reading.claims = claims;
        }
        made
    }

    fn reading(
        &self,
        capture: Arc<Packed>,
        report: Option<Report>,
        notices: Vec<Notice>,
        last: bool,
    ) -> Made {
        Made::Reading(Box::new(Reading {
            capture,
            versions: self.versions.clone(),
            report,
            claims: Vec::new(),
            notices,
            at: Some((self.clock)()),
            last,
        }))
    }
}

/// Whether what is found is the ledger itself or a log of its own: it may lie in the folder that is read.
fn is_own(found: &Found, ledger: &Path) -> bool {
    let Some(path) = path_of(found) else {
        return false;
    };
    let name = |path: &Path| Some(path.file_name()?.to_string_lossy().into_owned());
    let folder = |path: &Path| {
        std::path::absolute(path)
            .ok()?
            .parent()?
            .canonicalize()
            .ok()
    };
    let of = |path, ledger: String| name(path)?.strip_prefix(&ledger).map(str::to_owned);
    name(ledger)
        .and_then(|name| of(path, name))
        .is_some_and(|rest| ["", "-wal", "-shm"].contains(&rest.as_str()))
        && folder(path) == folder(ledger)
}

fn path_of(found: &Found) -> Option<&Path> {
    match found {
        Found::File(path) => Some(path),
        Found::Record(record) => Some(&record.path),
        Found::Address(_) | Found::Stdin => None,
    }
}

/// Whether a notice says that something was left out, rather than read with doubt.
fn is_loss(code: NoticeCode) -> bool {
    use NoticeCode::*;
    match code {
        Encoding | BadMetadata | Language | Loop | Judgement | TooLong => false,
        Unreadable | TooLarge | TooDeep | TooSlow | NotText | Empty | NoMainText | BadRecord
        | Robots | Forbidden | Fetch | Internal => true,
    }
}

/// Runs a stage so that a defect in it costs one input and not the run.
fn guarded<T>(address: &str, stage: impl FnOnce() -> T) -> Result<T, Notice> {
    catch_unwind(AssertUnwindSafe(stage)).map_err(|panic| {
        let what = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("no message");
        let message = format!(
            "a defect in sayso was caught ({what}): the input was set aside; please report it"
        );
        Notice::new(NoticeCode::Internal, address, message)
    })
}
