//! A thread with a stack of its own and a clock over it, for code that hostile input may make deep, slow or wrong.

use std::{
    any::Any,
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

/// What the threads are called: a panic hook can tell by it that a panic is caught and told as a notice.
pub const WORKER_NAME: &str = "sayso-read";

/// Why there is no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    TooSlow,
    /// The panic's message.
    Panicked(String),
    /// No thread could be started.
    NoThread(String),
}

type Job = Box<dyn FnOnce() + Send>;

struct Worker {
    jobs: Sender<Job>,
    stack: usize,
}

thread_local! {
    /// One worker for each calling thread, started at the first job and ended with its caller: a thread a page would cost
    /// more than many a page.
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
}

/// Runs `job` on the calling thread's worker. When the time is up the worker is left to itself and the next job gets a new
/// one: a thread cannot be ended from outside, so what a job may use up is bounded before it is given (see `depth`).
pub(crate) fn guarded<T: Send + 'static>(
    stack: usize,
    timeout: Duration,
    job: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Fault> {
    let (answer, answered) = mpsc::sync_channel(1);
    let job: Job = Box::new(move || {
        let result = catch_unwind(AssertUnwindSafe(job));
        // The caller may have gone.
        let _ = answer.send(result);
    });
    submit(stack, job)?;
    match answered.recv_timeout(timeout) {
        Ok(Ok(result)) => Ok(result),
        Ok(Err(panic)) => Err(Fault::Panicked(message(panic.as_ref()))),
        Err(error) => {
            WORKER.with_borrow_mut(|worker| *worker = None);
            Err(match error {
                RecvTimeoutError::Timeout => Fault::TooSlow,
                RecvTimeoutError::Disconnected => Fault::Panicked("the worker ended".to_owned()),
            })
        }
    }
}

fn submit(stack: usize, job: Job) -> Result<(), Fault> {
    WORKER.with_borrow_mut(|worker| {
        let mut job = job;
        if let Some(running) = worker.as_ref().filter(|running| running.stack == stack) {
            match running.jobs.send(job) {
                Ok(()) => return Ok(()),
                Err(mpsc::SendError(back)) => job = back,
            }
        }
        let (jobs, queue) = mpsc::channel::<Job>();
        let started = thread::Builder::new()
            .name(WORKER_NAME.to_owned())
            .stack_size(stack)
            .spawn(move || queue.into_iter().for_each(|job| job()));
        if let Err(error) = started {
            return Err(Fault::NoThread(error.to_string()));
        }
        let sent = jobs
            .send(job)
            .map_err(|_| Fault::NoThread("it ended at once".to_owned()));
        *worker = Some(Worker { jobs, stack });
        sent
    })
}

fn message(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const STACK: usize = 1 << 20;
    const LONG: Duration = Duration::from_secs(10);

    #[test]
    fn one_worker_does_many_jobs() {
        let id = || guarded(STACK, LONG, || thread::current().id());
        let first = id();
        assert!(first.is_ok());
        assert_eq!(first, id());
    }

    #[test]
    fn a_panic_is_told_and_the_worker_lives_on() {
        let before = guarded(STACK, LONG, || thread::current().id());
        let told = guarded(STACK, LONG, move || {
            assert!(before.is_err(), "a defect, for the test");
        });
        assert_eq!(
            told,
            Err(Fault::Panicked("a defect, for the test".to_owned()))
        );
        assert_eq!(guarded(STACK, LONG, || 7), Ok(7));
    }

    #[test]
    fn a_slow_job_is_left_behind() {
        let (end, wait) = mpsc::channel::<()>();
        let slow = guarded(STACK, Duration::from_millis(20), move || {
            wait.recv().is_err()
        });
        assert_eq!(slow, Err(Fault::TooSlow));
        assert_eq!(guarded(STACK, LONG, || 7), Ok(7));
        drop(end);
    }
}
