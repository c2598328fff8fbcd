//! What can still come from outside is known: nobody is called stuck, and no deadline fires, while somebody can act; and
//! once nobody can, that is known at once. No test here depends on how long anything takes: deadlines are an hour.

#![cfg(target_os = "linux")]

mod blocking;
mod children;
mod sockets;
mod threads;

use std::time::{Duration, Instant};

use workbook::{
    record::{self, Recorded},
    recording::{Outcome, Outside, Recording},
    runtime::Threads,
};

const HOUR: Duration = Duration::from_secs(3_600);

/// Records a program that ends, however long its outside takes, and gives what it returned.
fn returns<F>(make: impl FnOnce() -> F + 'static) -> (F::Output, Recording)
where
    F: Future + 'static,
    F::Output: 'static,
{
    let began = Instant::now();
    let Recorded { output, recording } = record::without_limits(Threads::Current, make);
    let output = output.unwrap_or_else(|| panic!("it was given up: {:?} {:?}", recording.outcome, recording.panics));
    let at_real_pace: Duration = recording.real_time.iter().map(|some| some.until.time() - some.from.time()).sum();
    assert_eq!(Recording::read(recording.to_json().as_bytes()).unwrap(), recording);
    assert!(at_real_pace <= began.elapsed(), "faster than its real pace");
    (output, recording)
}

/// Records a program that nobody can make go on.
fn is_stuck<F>(make: impl FnOnce() -> F + 'static)
where
    F: Future + 'static,
    F::Output: 'static,
{
    let Recorded { recording, .. } = record::without_limits(Threads::Current, make);
    assert_eq!(recording.outcome, Outcome::Stuck);
}

/// Who was waited for, each once.
fn awaited(recording: &Recording) -> Vec<Outside> {
    let mut awaited: Vec<_> = recording.real_time.iter().flat_map(|some| some.waited_for.clone()).collect();
    awaited.sort_unstable();
    awaited.dedup();
    awaited
}
