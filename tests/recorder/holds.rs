//! Locks and permits: who has them, since when, and who gave them back.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{Mutex, RwLock, Semaphore},
    time::sleep,
};
use workbook::{
    record::{Recorded, future},
    recording::{Hold, Recording, WaitKind},
    runtime::Threads,
};

use super::{record, seconds};

/// The task's name, the line after `first` where it got it, and from when to when.
fn held(recording: &Recording, hold: &Hold, first: u32) -> (String, u32, f64, Option<f64>) {
    let task = hold.task.map_or("nobody".to_string(), |task| recording.tasks[task.0].name.clone());
    let line = hold.line.as_ref().map_or(0, |line| line.line - first);
    let time = |nanos: u64| nanos as f64 / 1e9;
    (task, line, time(hold.from.nanos), hold.until.map(|until| time(until.nanos)))
}

fn all_held(recording: &Recording, first: u32) -> Vec<(String, u32, f64, Option<f64>)> {
    recording.holds.iter().map(|hold| held(recording, hold, first)).collect()
}

#[test]
fn a_mutex_goes_from_hand_to_hand() {
    let first = line!();
    let recording = record(|| async {
        let shared = Arc::new(Mutex::new(0));
        let theirs = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            let _guard = theirs.lock().await;
            seconds(1).await;
        });
        seconds(0).await;
        let _guard = shared.lock().await;
        seconds(2).await;
        task.await.unwrap();
    });
    assert_eq!(all_held(&recording, first), [("task 1".into(), 5, 0.0, Some(1.0)), ("main".into(), 9, 1.0, Some(3.0))]);
    let resource = &recording.resources[0];
    assert_eq!((resource.kind.clone(), resource.made_at.line), (WaitKind::Mutex, first + 2));
    let wait = recording.waits_for(WaitKind::Mutex)[0];
    assert_eq!(wait.resource, Some(recording.holds[0].resource));
}

#[test]
fn readers_and_a_writer() {
    let first = line!();
    let recording = record(|| async {
        let shared = RwLock::new(0);
        let reading = shared.read().await;
        let also_reading = shared.read().await;
        seconds(1).await;
        drop(reading);
        seconds(1).await;
        drop(also_reading);
        let _writing = shared.write().await;
    });
    assert_eq!(
        all_held(&recording, first),
        [("main".into(), 3, 0.0, Some(1.0)), ("main".into(), 4, 0.0, Some(2.0)), ("main".into(), 9, 2.0, Some(2.0))]
    );
}

#[test]
fn permits_are_given_back_to_whoever_waits() {
    let first = line!();
    let recording = record(|| async {
        let permits = Arc::new(Semaphore::new(3));
        let theirs = Arc::clone(&permits);
        let task = tokio::spawn(async move {
            let _two = theirs.acquire_many(2).await.unwrap();
            seconds(1).await;
        });
        let one = permits.acquire().await.unwrap();
        sleep(Duration::from_millis(500)).await;
        let _three = permits.acquire_many(2).await.unwrap();
        drop(one);
        task.await.unwrap();
    });
    assert_eq!(
        all_held(&recording, first),
        [("main".into(), 8, 0.0, Some(1.0)), ("task 1".into(), 5, 0.0, Some(1.0)), ("main".into(), 10, 1.0, Some(1.0))]
    );
}

#[test]
fn a_permit_that_is_forgotten_is_never_given_back() {
    let first = line!();
    let Recorded { recording, .. } = future(Threads::Current, || async {
        let permits = Semaphore::new(1);
        permits.acquire().await.unwrap().forget();
        let _ = permits.acquire().await;
    });
    assert_eq!(all_held(&recording, first), [("main".into(), 3, 0.0, None)]);
}

#[test]
#[expect(clippy::let_underscore_future, reason = "it is what is to be seen")]
fn a_timer_that_nobody_awaits() {
    let first = line!();
    let recording = record(|| async {
        let _ = sleep(Duration::from_secs(1));
        drop(sleep(Duration::from_secs(1)));
        tokio::select! {
            biased;
            () = async {} => {}
            () = sleep(Duration::from_secs(1)) => {}
        }
        let _ = tokio::time::timeout(Duration::from_secs(1), async {}).await;
        let deadline = sleep(Duration::from_secs(9));
        tokio::pin!(deadline);
        tokio::select! {
            biased;
            () = async {} => {}
            () = &mut deadline => {}
        }
    });
    let lines: Vec<u32> = recording.unpolled.iter().map(|unpolled| unpolled.line.line - first).collect();
    assert_eq!(lines, [2, 3]);
}

#[test]
fn tasks_of_a_set() {
    let recording = record(|| async {
        let mut set = tokio::task::JoinSet::new();
        set.spawn(seconds(1));
        tokio::spawn(seconds(1));
        set.join_next().await;
    });
    let in_set: Vec<bool> = recording.tasks.iter().map(|task| task.in_set).collect();
    assert_eq!(in_set, [false, true, false]);
}

#[test]
fn wakers_that_somebody_keeps() {
    let Recorded { recording, .. } = future(Threads::Current, || async {
        let (_tx, rx) = tokio::sync::oneshot::channel::<()>();
        tokio::spawn(async {
            let _ = rx.await;
        });
        seconds(1).await;
        std::future::pending::<()>().await;
    });
    let kept: Vec<Option<usize>> = recording.tasks.iter().map(|task| task.wakers_kept).collect();
    assert_eq!(kept, [Some(0), Some(1)]);
}
