//! The recorder sees every kind of wait, on plain tokio code, at the learner's own line, from its begin to its end.

mod awaits;
mod combinators;
mod holds;
mod intents;
mod io;
mod named;
mod proportion;
mod resources;
mod stalls;
mod tasks;

use std::time::Duration;

use tokio::time::sleep;
use workbook::{
    record::{self, Recorded},
    recording::{Outcome, Recording, WaitKind},
    runtime::Threads,
};

/// Every program here ends, and on a busy machine that may cost more than a limit allows.
fn record<F: Future<Output = ()> + 'static>(make: impl FnOnce() -> F + 'static) -> Recording {
    let Recorded { recording, .. } = record::without_limits(Threads::Current, make);
    assert_eq!(recording.outcome, Outcome::Returned, "{:?}", recording.panics);
    recording
}

async fn seconds(count: u64) {
    sleep(Duration::from_secs(count)).await;
}

/// The only wait of this kind: the line it is at, counted from `first`, and its begin and end in seconds.
#[track_caller]
fn only(recording: &Recording, kind: WaitKind, first: u32) -> (u32, f64, f64) {
    let waits = recording.waits_for(kind.clone());
    assert_eq!(waits.len(), 1, "one wait of kind {kind:?} in {:#?}", recording.waits);
    let line = waits[0].line().expect("a line of the program");
    assert!(line.file.starts_with("tests/recorder/"), "{line}");
    let end = waits[0].end.expect("an end");
    assert!(end.ready, "{waits:?}");
    (line.line - first, waits[0].began.time().as_secs_f64(), end.at.time().as_secs_f64())
}
