//! Recording a program outside a check: for tests, pictures and whoever wants to see what the runtime did.

use std::future::Future;

use crate::{
    recording::{Clock, Recording},
    runtime::{
        self, Threads,
        session::{self, Limits},
    },
};

/// What came of a program that was recorded.
#[derive(Debug)]
pub struct Recorded<T> {
    /// What it returned; nothing if it panicked or was given up, which [`Recording::outcome`] tells.
    pub output: Option<T>,
    /// What it did.
    pub recording: Recording,
}

/// Runs the future that `make` returns and records it: on one thread and the virtual clock, or on several threads and the
/// real one.
///
/// A program that never lets go of its thread cannot be given up: after some seconds the process ends, with a sentence on
/// standard error.
///
/// ```
/// use std::time::Duration;
/// use workbook::{record, recording::WaitKind, runtime::Threads};
///
/// let run = record::future(Threads::Current, || tokio::time::sleep(Duration::from_secs(86_400)));
/// assert_eq!(run.recording.elapsed(), Duration::from_secs(86_400));
/// assert_eq!(run.recording.waits[0].kind, WaitKind::Sleep);
/// ```
pub fn future<F>(threads: Threads, make: impl FnOnce() -> F + 'static) -> Recorded<F::Output>
where
    F: Future + 'static,
    F::Output: 'static,
{
    record_future(Limits::default(), threads, make)
}

/// Does the same with a program as big as you like: nothing is too long for it, neither its steps nor its time.
///
/// ```
/// use workbook::{record, runtime::Threads};
///
/// let run = record::without_limits(Threads::Current, || async {
///     let tasks = (0..1000).map(|number| tokio::spawn(async move { number })).collect::<Vec<_>>();
///     futures::future::join_all(tasks).await.len()
/// });
/// assert_eq!(run.output, Some(1000));
/// ```
pub fn without_limits<F>(threads: Threads, make: impl FnOnce() -> F + 'static) -> Recorded<F::Output>
where
    F: Future + 'static,
    F::Output: 'static,
{
    record_future(Limits::none(), threads, make)
}

/// Does the same with a program that may never end: after so many steps (things that the recorder sees) it is given up, and
/// [`Recording::outcome`] says so.
///
/// ```
/// use std::time::Duration;
/// use workbook::{record, recording::Outcome, runtime::Threads};
///
/// let run = record::at_most(100, Threads::Current, || async {
///     loop {
///         tokio::time::sleep(Duration::from_secs(1)).await;
///     }
/// });
/// assert!(matches!(run.recording.outcome, Outcome::Runaway(_)));
/// ```
pub fn at_most<F>(steps: u64, threads: Threads, make: impl FnOnce() -> F + 'static) -> Recorded<F::Output>
where
    F: Future + 'static,
    F::Output: 'static,
{
    record_future(Limits { steps, ..Limits::default() }, threads, make)
}

fn record_future<F>(limits: Limits, threads: Threads, make: impl FnOnce() -> F + 'static) -> Recorded<F::Output>
where
    F: Future + 'static,
    F::Output: 'static,
{
    let clock = if threads == Threads::Current { Clock::Virtual } else { Clock::Real };
    let make = runtime::boxed(make);
    record(clock, limits, Box::new(move || runtime::block_on(threads, make)))
}

/// Runs a function that is not async and records it, on the virtual clock.
pub fn function<T>(program: impl FnOnce() -> T) -> Recorded<T> {
    record(Clock::Virtual, Limits::default(), Box::new(|| Some(program())))
}

fn record<T>(clock: Clock, limits: Limits, program: Box<dyn FnOnce() -> Option<T> + '_>) -> Recorded<T> {
    let abandon = Box::new(|recording: Recording| eprintln!("the program was ended: {:?}", recording.outcome));
    let (result, recording) = session::record(clock, limits, true, abandon, program);
    Recorded { output: result.unwrap_or(None), recording }
}
