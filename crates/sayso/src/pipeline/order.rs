//! Work handed out to many and taken back in order. Inputs have an index; an input may turn out to have several parts.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

/// Something for a worker to do.
pub(super) enum Task<P> {
    /// Open input number `0`.
    Open(usize),
    /// Part number `part` of the `of` parts of input `index`.
    Part {
        index: usize,
        part: usize,
        of: usize,
        what: P,
    },
}

/// Where a result stands.
pub(super) struct Place {
    /// Whether it is the last of its input.
    pub(super) is_last: bool,
}

/// What is to be done and what is done.
pub(super) struct Board<P, M> {
    state: Mutex<State<P, M>>,
    changed: Condvar,
    inputs: usize,
    window: usize,
}

struct State<P, M> {
    /// The next input nobody has opened.
    next: usize,
    /// Inputs being opened: they may yet add parts.
    opening: usize,
    /// Parts nobody has taken.
    parts: VecDeque<Task<P>>,
    /// Results by input and part, with the number of parts.
    done: BTreeMap<(usize, usize), (usize, M)>,
    /// Inputs the writer is through with.
    written: usize,
    stopped: bool,
}

impl<P, M> Board<P, M> {
    /// `inputs` inputs, of which at most `window` are open or waiting to be written at a time.
    pub(super) fn new(inputs: usize, window: usize) -> Self {
        Self {
            state: Mutex::new(State {
                next: 0,
                opening: 0,
                parts: VecDeque::new(),
                done: BTreeMap::new(),
                written: 0,
                stopped: false,
            }),
            changed: Condvar::new(),
            inputs,
            window: window.max(1),
        }
    }

    /// The state is plain data: a thread that panicked while it held the lock left nothing half done.
    fn lock(&self) -> MutexGuard<'_, State<P, M>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State<P, M>>) -> MutexGuard<'a, State<P, M>> {
        self.changed
            .wait(state)
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The next thing to do, parts of open inputs first; waits where there is nothing yet. `None`: all is handed out.
    pub(super) fn take(&self) -> Option<Task<P>> {
        let mut state = self.lock();
        loop {
            if state.stopped {
                return None;
            }
            if let Some(part) = state.parts.pop_front() {
                return Some(part);
            }
            if state.next < self.inputs {
                if state.next < state.written + self.window {
                    let index = state.next;
                    state.next += 1;
                    state.opening += 1;
                    return Some(Task::Open(index));
                }
            } else if state.opening == 0 {
                return None;
            }
            state = self.wait(state);
        }
    }

    /// Leaves the parts from number 1 on of input `index` to whoever is free.
    pub(super) fn add(&self, index: usize, of: usize, parts: impl Iterator<Item = P>) {
        let mut state = self.lock();
        let tasks = parts.enumerate().map(|(nth, what)| Task::Part {
            index,
            part: nth + 1,
            of,
            what,
        });
        state.parts.extend(tasks);
        drop(state);
        self.changed.notify_all();
    }

    /// Hands in the result of part `part` of the `of` parts of input `index`. Part 0 closes the opening of the input.
    pub(super) fn give(&self, index: usize, part: usize, of: usize, made: M) {
        let mut state = self.lock();
        if part == 0 {
            state.opening = state.opening.saturating_sub(1);
        }
        state.done.insert((index, part), (of, made));
        drop(state);
        self.changed.notify_all();
    }

    /// Takes the results in order as they come in, until all inputs are through, `write` fails, or a worker is lost.
    pub(super) fn in_order<E>(
        &self,
        mut write: impl FnMut(M, Place) -> Result<(), E>,
    ) -> Result<(), E> {
        let (mut index, mut part) = (0, 0);
        while index < self.inputs {
            let mut state = self.lock();
            let (of, made) = loop {
                if let Some(done) = state.done.remove(&(index, part)) {
                    break done;
                }
                if state.stopped {
                    return Ok(());
                }
                state = self.wait(state);
            };
            drop(state);
            part += 1;
            let is_last = part >= of;
            write(made, Place { is_last })?;
            if is_last {
                (index, part) = (index + 1, 0);
                self.lock().written = index;
                self.changed.notify_all();
            }
        }
        Ok(())
    }

    /// Hands out nothing more.
    pub(super) fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }

    /// Stops everything when the thread that holds this unwinds.
    pub(super) fn leave_on_panic(&self) -> LeaveOnPanic<'_, P, M> {
        LeaveOnPanic(self)
    }
}

pub(super) struct LeaveOnPanic<'a, P, M>(&'a Board<P, M>);

impl<P, M> Drop for LeaveOnPanic<'_, P, M> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Input `n` has `n % 4` parts more than one; the results must come out as if one thread had done it all.
    fn check(inputs: usize, threads: usize, window: usize) {
        let board: Board<(usize, usize), (usize, usize)> = Board::new(inputs, window);
        let mut got = Vec::new();
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    while let Some(task) = board.take() {
                        match task {
                            Task::Open(index) => {
                                let of = index % 4 + 1;
                                board.add(index, of, (1..of).map(|part| (index, part)));
                                std::thread::yield_now();
                                board.give(index, 0, of, (index, 0));
                            }
                            Task::Part {
                                index,
                                part,
                                of,
                                what,
                            } => board.give(index, part, of, what),
                        }
                    }
                });
            }
            let done: Result<(), ()> = board.in_order(|made, _| {
                got.push(made);
                Ok(())
            });
            assert_eq!(done, Ok(()));
        });
        let want: Vec<_> = (0..inputs)
            .flat_map(|index| (0..index % 4 + 1).map(move |part| (index, part)))
            .collect();
        assert_eq!(
            got, want,
            "{inputs} inputs, {threads} threads, window {window}"
        );
    }

    #[test]
    fn results_come_in_order() {
        for (inputs, threads, window) in [
            (0, 1, 1),
            (1, 1, 1),
            (7, 1, 1),
            (50, 4, 1),
            (200, 3, 8),
            (200, 8, 32),
        ] {
            check(inputs, threads, window);
        }
    }

    #[test]
    fn a_failing_writer_stops_the_workers() {
        let board: Board<(), usize> = Board::new(1000, 4);
        let opened = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while let Some(Task::Open(index)) = board.take() {
                    opened.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    board.give(index, 0, 1, index);
                }
            });
            let failed = board.in_order(|made, _| if made == 3 { Err("full") } else { Ok(()) });
            board.stop();
            assert_eq!(failed, Err("full"));
        });
        assert!(opened.into_inner() < 20, "the window holds");
    }
}
