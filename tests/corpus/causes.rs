//! When a fault is found, and which cause is told, beyond its code and line.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use workbook::{
    diagnosis, record,
    recording::{Clock, Outcome, Recording, WaitKind},
    runtime::Threads,
};

use crate::{
    w01_stuck::{
        circle_beside_a_heartbeat, futures_set_aside, local_set_not_run, read_lock_beside_a_server,
        tracker_never_closed, turn_of_a_future_set_aside,
    },
    w11_tick_burst::slow_turn,
    w12_unpolled_future::begun_and_set_aside,
};

fn recorded<F: Future<Output = ()> + 'static>(program: fn() -> F) -> Recording {
    record::future(Threads::Current, program).recording
}

#[track_caller]
fn is_told(recording: &Recording, cause: &str) {
    let messages: Vec<String> = diagnosis::all(recording).into_iter().map(|(_, finding)| finding.message).collect();
    assert!(messages.len() == 1 && messages[0].contains(cause), "{cause} is not in {messages:#?}");
}

#[test]
fn a_deadlock_beside_others_is_found_as_soon_as_time_moves_on() {
    let beside_a_heartbeat = recorded(circle_beside_a_heartbeat::faulty);
    assert_eq!(beside_a_heartbeat.outcome, Outcome::Deadlocked);
    assert_eq!(beside_a_heartbeat.elapsed(), Duration::from_secs(1), "at the next tick");
    let beside_a_server = recorded(read_lock_beside_a_server::faulty);
    assert_eq!((beside_a_server.outcome, beside_a_server.ended.nanos), (Outcome::Deadlocked, 1_000_000_000));
}

#[test]
fn a_lock_that_went_to_a_future_set_aside_is_told_as_that() {
    is_told(&recorded(turn_of_a_future_set_aside::faulty), "a Mutex that went to another future of its own");
}

#[test]
fn a_local_set_that_is_not_run_is_told_as_that() {
    is_told(&recorded(local_set_not_run::faulty), "task 1 never had a turn: its LocalSet is not run");
}

#[test]
fn a_tracker_that_nobody_closes_is_told_as_that() {
    is_told(&recorded(tracker_never_closed::faulty), "main waits for its TaskTracker to be closed and empty");
}

#[test]
fn futures_that_are_not_polled_are_told_as_that() {
    is_told(&recorded(futures_set_aside::faulty), "does not poll a future of its own that could go on");
}

#[test]
fn a_task_that_waited_for_just_the_late_tick_is_not_told_of_a_burst() {
    let mut recording = recorded(slow_turn::faulty);
    is_told(&recording, "came in a burst");
    let late = recording.overdue_ticks[0].clone();
    let is_tick = |wait: &&workbook::recording::Wait| wait.kind == WaitKind::Interval;
    let mut pending = recording.waits.iter().find(is_tick).expect("a wait for a tick").clone();
    pending.began.nanos = late.due_nanos - late.period_nanos - 1;
    pending.end = pending.end.map(|end| workbook::recording::WaitEnd { at: late.after, ..end });
    recording.waits.push(pending);
    assert_eq!(diagnosis::all(&recording).len(), 0, "the machine was late");
}

#[test]
fn where_time_is_real_a_future_is_told_to_be_unpolled_only_if_its_task_had_a_turn() {
    let mut recording = recorded(begun_and_set_aside::faulty);
    recording.clock = Clock::Real;
    is_told(&recording, "was not polled before");
    recording.polls.clear();
    assert_eq!(diagnosis::all(&recording).len(), 0, "the machine was late");
}

/// Both ends of a pipe write more than it has room for, before they read.
async fn both_write_first() {
    async fn talk(mut stream: DuplexStream) {
        stream.write_all(&[0; 64]).await.unwrap();
        stream.read_exact(&mut [0; 64]).await.unwrap();
    }
    let (one, other) = duplex(16);
    let theirs = tokio::spawn(talk(other));
    talk(one).await;
    theirs.await.unwrap();
}

#[test]
fn a_pipe_that_both_ends_write_to_first_is_told_as_that() {
    is_told(&recorded(both_write_first), "wait for the other end of a pipe (tokio::io::duplex)");
}
