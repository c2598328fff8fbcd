//! What the check files call.
//!
//! A check is a `#[test]` function that calls [`check`] with a sentence that says what is proven. It runs the learner's
//! functions on the virtual clock, and asserts on what was recorded, since output alone proves nothing. Every assertion
//! carries the idea that was missed, in words for a learner.
//!
//! ```
//! use std::time::Duration;
//! use workbook::{check::check, recording::WaitKind};
//!
//! async fn nap() {
//!     tokio::time::sleep(Duration::from_secs(1)).await;
//! }
//!
//! check("two naps at once take one second", |c| {
//!     let run = c.run(|| async { tokio::join!(nap(), nap()) });
//!     run.overlap(run.recording().sleeps(), 2, "The naps must wait together.");
//!     run.takes(Duration::from_secs(1), "Two naps at once take as long as one.");
//! });
//! ```

mod cut;
mod exit;
mod run;
mod runs;
mod snapshot;
mod source;
mod surroundings;
mod threads;
mod verdict;

use std::{
    any::{Any, type_name},
    cell::RefCell,
    future::Future,
    panic::{self, AssertUnwindSafe, Location},
    path::Path,
    rc::Rc,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use crate::{
    diagnosis::{self, Code},
    recording::{Clock, Outcome, Recording, without_ports},
    report::{self, Finding, Line, Status, Verdict},
    runtime::{
        self, Threads, open_files,
        session::{self, Limits},
    },
};
pub use run::{Run, expect, fail, secs};
use runs::{Ran, Runs};
use source::Source;
use verdict::Failed;

/// A report leaves out a recording with more polls than this: nobody can look at it, and it takes seconds to write.
const MOST_POLLS_REPORTED: usize = 10_000;

/// Runs one check and reports what came of it.
///
/// `name` says what is proven, in words a learner reads. The exercise is told by the file of the caller.
///
/// # Panics
/// If the check fails, with the message for the learner; that is how the test harness hears of it.
#[track_caller]
pub fn check<F: FnOnce(&Checks)>(name: &str, body: F) {
    // The harness names its threads after the tests, but not when there is only one: the closure's type tells it always.
    run(name, type_name::<F>(), Location::caller(), Box::new(body));
}

/// The part of [`check`] that is the same for every check, compiled once.
fn run(name: &str, path: &str, caller: &Location<'_>, body: Box<dyn FnOnce(&Checks) + '_>) {
    let exercise = Path::new(caller.file()).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let test = path.split_once("::").map_or(path, |(_, rest)| rest).trim_end_matches("::{{closure}}").to_string();
    let exercise = exercise.unwrap_or_default();
    let source = Source::of(path);
    let about = About { exercise, source, test, name: name.to_string(), line: caller.line() };
    open_files::allow_enough();
    report::append(&Line::Started { test: about.test.clone(), name: about.name.clone(), line: about.line });
    let checks = Checks { about, allowed: RefCell::default(), runs: Rc::default() };
    let result = exit::is_a_failure_during(|| panic::catch_unwind(AssertUnwindSafe(|| body(&checks))));
    let verdict = surroundings::with_excuse(checks.verdict(result.err()));
    let message = verdict.message.clone();
    let passed = verdict.status == Status::Passed;
    report::append(&Line::Ended(Box::new(verdict)));
    if !passed {
        verdict::say(name, &message.unwrap_or_default());
    }
}

/// True once a check of this process had to be ended.
static ONE_WAS_ENDED: AtomicBool = AtomicBool::new(false);

/// No exercise takes more than minutes of its own clock, nor half as many steps.
const LONGEST: Duration = Duration::from_secs(3_600);
const MOST_STEPS: u64 = 100_000;

/// A task that blocks its thread is wrong, however long it takes: nobody needs to wait until it is done. This much is
/// enough to be sure of it.
const LONGEST_BLOCK: Duration = Duration::from_millis(250);

/// An exercise with one endless loop often has several: those after the first are ended sooner.
fn limits() -> Limits {
    let limits = Limits { time: LONGEST, steps: MOST_STEPS, blocked: LONGEST_BLOCK, ..Limits::default() };
    let in_a_hurry = ONE_WAS_ENDED.load(Ordering::Relaxed) || std::env::var_os(report::HURRY).is_some();
    if in_a_hurry { limits.in_a_hurry() } else { limits }
}

fn in_a_runtime<F: Future + 'static>(
    threads: Threads,
    make: impl FnOnce() -> F + 'static,
) -> Box<dyn FnOnce() -> Option<F::Output>> {
    let make = runtime::boxed(make);
    Box::new(move || runtime::block_on(threads, make))
}

/// What a check is about.
#[derive(Clone)]
struct About {
    exercise: String,
    source: Source,
    test: String,
    name: String,
    line: u32,
}

impl About {
    fn verdict(&self, status: Status, message: Option<String>) -> Verdict {
        let (test, name, line) = (self.test.clone(), self.name.clone(), self.line);
        // A port is the operating system's choice, and another one in each run.
        let message = message.map(|message| verdict::shortened(&without_ports(&message)));
        Verdict { test, name, line, status, message, findings: Vec::new(), recording: None }
    }
}

/// Handed to a check: runs the learner's functions.
pub struct Checks {
    about: About,
    allowed: RefCell<Vec<Code>>,
    runs: Rc<Runs>,
}

impl Checks {
    /// Says that what this code stands for is no fault in this check.
    pub fn allow(&self, code: Code) -> &Self {
        self.allowed.borrow_mut().push(code);
        self
    }

    /// Runs the future that `make` returns, on the virtual clock.
    ///
    /// `make` itself runs inside too, so that what an async function does before its first await is seen.
    ///
    /// # Panics
    /// Ends the check if the future panics, is stuck or never ends, or blocks its thread.
    pub fn run<F>(&self, make: impl FnOnce() -> F + 'static) -> Run<F::Output>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        self.whole(self.record(Clock::Virtual, in_a_runtime(Threads::Current, make)))
    }

    /// Runs it on a runtime with several worker threads, on the real clock.
    ///
    /// # Panics
    /// As [`run`](Self::run).
    pub fn run_on_threads<F>(&self, workers: usize, make: impl FnOnce() -> F + 'static) -> Run<F::Output>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        self.whole(self.record(Clock::Real, in_a_runtime(Threads::Workers(workers), make)))
    }

    /// Runs a function that is not async. A runtime that it builds runs on the virtual clock too, if it has one thread.
    ///
    /// # Panics
    /// As [`run`](Self::run).
    pub fn run_sync<T>(&self, program: impl FnOnce() -> T) -> Run<T> {
        self.whole(self.record(Clock::Virtual, Box::new(|| Some(program()))))
    }

    /// Runs a future that may well panic: the panic is then the result.
    ///
    /// # Panics
    /// Ends the check if the future is stuck, never ends, or is not written yet.
    pub fn attempt<F>(&self, make: impl FnOnce() -> F + 'static) -> Run<Result<F::Output, String>>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        let Recorded { result, run } = self.record(Clock::Virtual, in_a_runtime(Threads::Current, make));
        match result {
            Ok(Some(output)) => run.with(Ok(output)),
            Ok(None) => self.give_up(run.recording()),
            Err(panic) => run.with(Err(verdict::text_of(&*panic))),
        }
    }

    /// Records a program. What is not written, or blocks the thread, is judged no further: everything else that is wrong
    /// comes of it. And a check may well judge inside of what it runs.
    fn record<T>(&self, clock: Clock, program: Box<dyn FnOnce() -> Option<T> + '_>) -> Recorded<T> {
        let about = self.about.clone();
        let abandon = Box::new(move |recording: Recording| {
            exit::is_ours();
            let verdict = surroundings::with_excuse(verdict::of_abandoned(&about, recording));
            verdict::print(&about.name, verdict.message.as_deref().unwrap_or_default());
            report::append(&Line::Ended(Box::new(verdict)));
        });
        let before = threads::now();
        let (result, mut recording) = session::record(clock, limits(), false, abandon, program);
        if matches!(recording.outcome, Outcome::Runaway(_) | Outcome::Held(_)) {
            ONE_WAS_ENDED.store(true, Ordering::Relaxed);
        }
        let judgement = result.as_ref().err().and_then(|panic| panic.downcast_ref::<Failed>());
        if let Some(at) = judgement.and_then(|failed| failed.at) {
            recording = cut::judged_at(recording, at);
        }
        let thread_left = recording.outcome == Outcome::Returned && threads::left_since(&before);
        let mut found = diagnosis::all(&recording);
        found.retain(|(code, _)| !self.allowed.borrow().contains(code));
        let blocked = found.iter().any(|(code, _)| *code == Code::W02);
        let findings = found.into_iter().map(|(_, finding)| finding).collect();
        let recording = Rc::new(recording);
        let subject = self.runs.add(Ran { recording: recording.clone(), findings, thread_left });
        if let Some(todo) = verdict::unwritten(&recording) {
            Failed::raise(Status::Unwritten, todo);
        }
        match result {
            Err(panic) if panic.is::<Failed>() => panic::resume_unwind(panic),
            Ok(_) if blocked && recording.outcome == Outcome::Returned => {
                run::fail("Your code blocks the thread: while it does, nobody else can run.")
            }
            result => Recorded { result, run: Run::new(self.about.clone(), (), recording, subject) },
        }
    }

    fn whole<T>(&self, Recorded { result, run }: Recorded<T>) -> Run<T> {
        match result {
            Ok(Some(output)) => run.with(output),
            Ok(None) => self.give_up(run.recording()),
            Err(panic) => Failed::raise(Status::Failed, verdict::of_panic(run.recording(), &verdict::text_of(&*panic))),
        }
    }

    fn give_up(&self, recording: &Recording) -> ! {
        let stuck = matches!(recording.outcome, Outcome::Stuck | Outcome::Deadlocked);
        let status = if stuck { Status::Failed } else { Status::Timeout };
        Failed::raise(status, verdict::of_outcome(&recording.outcome))
    }

    /// What came of the check: passed, if nothing was raised and nothing found.
    fn verdict(self, raised: Option<Box<dyn Any + Send>>) -> Verdict {
        let raised = raised.map(Failed::from_payload);
        let (status, message, ran) = if let Some(Failed { status, message, .. }) = &raised {
            (*status, Some(message.clone()), self.runs.asked())
        } else if let Some(ran) = self.runs.first(|ran| ran.thread_left) {
            (Status::Failed, Some(threads::LEFT.to_string()), Some(ran))
        } else if let Some(ran) = self.runs.first(|ran| !ran.findings.is_empty()) {
            (Status::Failed, Some(ran.findings[0].message.clone()), Some(ran))
        } else {
            (Status::Passed, None, self.runs.last())
        };
        let (recording, mut findings) = ran.map(|ran| (ran.recording, ran.findings)).unzip();
        let mut findings: Vec<Finding> = findings.take().unwrap_or_default();
        findings.extend(raised.and_then(|failed| failed.finding));
        let recording = recording.map(Rc::unwrap_or_clone).map(|recording| match status {
            Status::Passed => recording,
            _ => cut::without_idle_end(recording),
        });
        let recording = recording.filter(|recording| recording.polls.len() <= MOST_POLLS_REPORTED);
        Verdict { findings, recording, ..self.about.verdict(status, message) }
    }
}

/// A run whose result is not judged yet.
struct Recorded<T> {
    /// What it returned; nothing if it was given up; or what it panicked with.
    result: Result<Option<T>, Box<dyn Any + Send>>,
    run: Run<()>,
}
