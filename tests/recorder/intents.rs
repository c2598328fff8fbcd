//! What the source says of the spawn of a task that did not come to an end by itself.

#![expect(clippy::let_underscore_future, reason = "a handle that is bound to nothing is one of the cases")]

use std::time::Duration;

use tokio::{
    runtime::Handle,
    task::{JoinHandle, JoinSet, spawn_local},
    time::sleep,
};
use tokio_util::task::TaskTracker;
use workbook::recording::Intent;

use super::record;

async fn long() {
    sleep(Duration::from_secs(3600)).await;
}

async fn for_ever() {
    loop {
        sleep(Duration::from_secs(3600)).await;
        if Handle::try_current().is_err() {
            continue;
        }
        for number in 0..3 {
            if number == 1 {
                break;
            }
        }
        tokio::spawn(async {
            loop {
                sleep(Duration::from_secs(3600)).await;
                if Handle::try_current().is_ok() {
                    return;
                }
            }
        });
    }
}

async fn until_something_happens(limit: usize) {
    loop {
        for number in 0.. {
            sleep(Duration::from_secs(3600)).await;
            if number > limit {
                return;
            }
        }
    }
}

/// The intents of the tasks that a program spawns, in their order.
fn intents<F: Future<Output = ()> + 'static>(program: fn() -> F) -> Vec<Intent> {
    let recording = record(program);
    recording.tasks.iter().filter(|task| !task.is_main()).map(|task| task.intent).collect()
}

const NONE: Intent = Intent { detached: false, endless: false, cancelled: false };
const DETACHED: Intent = Intent { detached: true, ..NONE };

#[test]
fn a_handle_that_is_thrown_away_at_once_is_told_from_one_that_is_kept() {
    let kept = intents(|| async {
        let one = tokio::spawn(long());
        let mut all = vec![tokio::spawn(long())];
        all.push(tokio::spawn(long()));
        let start = || tokio::spawn(long());
        all.push(start());
        let last: JoinHandle<()> = { tokio::spawn(long()) };
        let mut set = JoinSet::new();
        set.spawn(long());
        tokio::task::yield_now().await;
        drop((one, last));
        std::mem::forget(set);
    });
    assert_eq!(kept, vec![NONE; 6]);
    let thrown_away = intents(|| async {
        tokio::spawn(long());
        let _ = tokio::task::spawn(long());
        _ = spawn_local(long());
        Handle::current().spawn(long());
        if Handle::try_current().is_ok() {
            tokio::spawn(async move {
                long().await;
            });
        }
        tokio::select! {
            () = sleep(Duration::from_millis(1)) => { tokio::spawn(long()); }
            () = long() => {}
        }
        TaskTracker::new().spawn(long());
    });
    assert_eq!(thrown_away, vec![DETACHED; 7]);
}

#[test]
fn a_loop_that_nothing_but_an_error_ends_is_endless() {
    let endless = intents(|| async {
        let named = tokio::spawn(for_ever());
        let inside = tokio::spawn(async move {
            loop {
                long().await;
            }
        });
        let until = tokio::spawn(until_something_happens(5));
        let broken = tokio::spawn(async move {
            loop {
                sleep(Duration::from_secs(3600)).await;
                if Handle::try_current().is_ok() {
                    break;
                }
            }
        });
        drop((named, inside, until, broken));
    });
    assert_eq!(endless.iter().map(|intent| intent.endless).collect::<Vec<_>>(), [true, true, false, false]);
}

#[test]
fn a_set_that_is_dropped_or_shut_down_by_name_is_cancelled() {
    let cancelled = intents(|| async {
        let (mut dropped, mut emptied, mut left) = (JoinSet::new(), JoinSet::new(), JoinSet::new());
        dropped.spawn(long());
        emptied.spawn(long());
        left.spawn(long());
        drop(dropped);
        emptied.abort_all();
    });
    assert_eq!(cancelled.iter().map(|intent| intent.cancelled).collect::<Vec<_>>(), [true, true, false]);
}
