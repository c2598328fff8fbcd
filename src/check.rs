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

mod run;
mod snapshot;
mod threads;
mod verdict;

use std::{
    any::{Any, type_name},
    cell::{Cell, RefCell},
    future::Future,
    panic::{self, AssertUnwindSafe, Location},
    path::Path,
    rc::Rc,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use crate::{
    diagnosis::{self, Code},
    recording::{Clock, Outcome, Recording},
    report::{self, Finding, Line, Status, Verdict},
    runtime::{
        self, Threads,
        session::{self, Limits},
    },
};
pub use run::{Run, expect, fail, secs};
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
    let about = About { exercise: exercise.unwrap_or_default(), test, name: name.to_string(), line: caller.line() };
    report::append(&Line::Started { test: about.test.clone(), name: about.name.clone(), line: about.line });
    let checks = Checks {
        about: Rc::new(about),
        allowed: RefCell::default(),
        findings: RefCell::default(),
        last: RefCell::default(),
        blocked: Cell::new(false),
        thread_left: Cell::new(false),
    };
    let result = verdict::without_noise(|| panic::catch_unwind(AssertUnwindSafe(|| body(&checks))));
    let verdict = checks.verdict(result.err());
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
    if in_a_hurry { limits.divided_by(4) } else { limits }
}

fn in_a_runtime<F: Future + 'static>(
    threads: Threads,
    make: impl FnOnce() -> F + 'static,
) -> Box<dyn FnOnce() -> Option<F::Output>> {
    let make = runtime::boxed(make);
    Box::new(move || runtime::block_on(threads, make))
}

/// What a check is about.
struct About {
    exercise: String,
    test: String,
    name: String,
    line: u32,
}

impl About {
    fn verdict(&self, status: Status, message: Option<String>) -> Verdict {
        let (test, name, line) = (self.test.clone(), self.name.clone(), self.line);
        let message = message.map(|message| verdict::shortened(&message));
        Verdict { test, name, line, status, message, findings: Vec::new(), recording: None }
    }
}

/// Handed to a check: runs the learner's functions.
pub struct Checks {
    about: Rc<About>,
    allowed: RefCell<Vec<Code>>,
    findings: RefCell<Vec<Finding>>,
    last: RefCell<Option<Recording>>,
    blocked: Cell<bool>,
    thread_left: Cell<bool>,
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
        let (result, recording) = self.record(Clock::Virtual, in_a_runtime(Threads::Current, make));
        self.end_if_pointless(&recording);
        let result = match result {
            // A check may well judge inside of what it runs.
            Err(panic) if panic.is::<Failed>() => panic::resume_unwind(panic),
            other => other.map_err(|panic| verdict::text_of(&*panic)).transpose(),
        };
        match result {
            Some(result) => Run::new(self.about.exercise.clone(), result, recording),
            None => self.give_up(recording),
        }
    }

    fn record<T>(
        &self,
        clock: Clock,
        program: Box<dyn FnOnce() -> Option<T> + '_>,
    ) -> (Result<Option<T>, Box<dyn Any + Send>>, Recording) {
        let (test, name, line, exercise) =
            (self.about.test.clone(), self.about.name.clone(), self.about.line, self.about.exercise.clone());
        let abandon = Box::new(move |recording: Recording| {
            let about = About { exercise, test, name, line };
            let verdict = verdict::of_abandoned(&about, recording);
            verdict::print(&about.name, verdict.message.as_deref().unwrap_or_default());
            report::append(&Line::Ended(Box::new(verdict)));
        });
        let before = threads::now();
        let (result, recording) = session::record(clock, limits(), false, abandon, program);
        if matches!(recording.outcome, Outcome::Runaway(_) | Outcome::Held(_)) {
            ONE_WAS_ENDED.store(true, Ordering::Relaxed);
        }
        if recording.outcome == Outcome::Returned && threads::left_since(&before) {
            self.thread_left.set(true);
        }
        let found = diagnosis::all(&recording).into_iter().filter(|(code, _)| !self.allowed.borrow().contains(code));
        for (code, finding) in found {
            self.blocked.set(self.blocked.get() || code == Code::W02);
            self.findings.borrow_mut().push(finding);
        }
        *self.last.borrow_mut() = Some(recording.clone());
        (result, recording)
    }

    fn whole<T>(&self, (result, recording): (Result<Option<T>, Box<dyn Any + Send>>, Recording)) -> Run<T> {
        self.end_if_pointless(&recording);
        match result {
            Ok(Some(output)) => Run::new(self.about.exercise.clone(), output, recording),
            Ok(None) => self.give_up(recording),
            // A check may well judge inside of what it runs.
            Err(panic) if panic.is::<Failed>() => panic::resume_unwind(panic),
            Err(panic) => Failed::raise(Status::Failed, verdict::of_panic(&recording, &verdict::text_of(&*panic))),
        }
    }

    /// What is not written, or blocks the thread, is judged no further: everything else that is wrong comes of it.
    fn end_if_pointless(&self, recording: &Recording) {
        if let Some(todo) = verdict::unwritten(recording) {
            Failed::raise(Status::Unwritten, todo);
        }
        if self.blocked.get() && recording.outcome == Outcome::Returned {
            run::fail("Your code blocks the thread: while it does, nobody else can run.");
        }
    }

    fn give_up(&self, recording: Recording) -> ! {
        let status = if recording.outcome == Outcome::Stuck { Status::Failed } else { Status::Timeout };
        Failed::raise(status, verdict::of_outcome(&recording.outcome))
    }

    /// What came of the check: passed, if nothing was raised and nothing found.
    fn verdict(self, raised: Option<Box<dyn Any + Send>>) -> Verdict {
        let mut findings = self.findings.take();
        let (status, message) = match raised.map(verdict::Failed::from_payload) {
            Some(Failed { status, message, finding }) => {
                findings.extend(finding);
                (status, Some(message))
            }
            None if self.thread_left.get() => (Status::Failed, Some(threads::LEFT.to_string())),
            None => match findings.first() {
                Some(finding) => (Status::Failed, Some(finding.message.clone())),
                None => (Status::Passed, None),
            },
        };
        let recording = self.last.take().filter(|recording| recording.polls.len() <= MOST_POLLS_REPORTED);
        Verdict { findings, recording, ..self.about.verdict(status, message) }
    }
}
