//! Timers, channels and locks.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{Barrier, Mutex, Notify, RwLock, Semaphore, broadcast, mpsc, oneshot, watch},
    time::{Instant, interval_at, sleep, timeout},
};
use workbook::recording::WaitKind;

use super::{only, record, seconds};

#[test]
fn a_sleep() {
    let first = line!();
    let recording = record(|| async {
        sleep(Duration::from_secs(2)).await;
    });
    assert_eq!(only(&recording, WaitKind::Sleep, first), (2, 0.0, 2.0));
    assert_eq!(recording.waits[0].asked_nanos, Some(2_000_000_000));
}

#[test]
fn an_interval() {
    let first = line!();
    let recording = record(|| async {
        let mut ticks = interval_at(Instant::now() + Duration::from_secs(3), Duration::from_secs(1));
        ticks.tick().await;
    });
    assert_eq!(only(&recording, WaitKind::Interval, first), (3, 0.0, 3.0));
    assert!(recording.sleeps().is_empty());
}

#[test]
fn a_timeout_and_what_it_cuts_short() {
    let first = line!();
    let recording = record(|| async {
        let _ = timeout(Duration::from_secs(1), seconds(5)).await;
    });
    assert_eq!(only(&recording, WaitKind::Timeout, first), (2, 0.0, 1.0));
    let cut = recording.sleeps()[0];
    assert_eq!(cut.end.map(|end| (end.at.nanos, end.ready)), Some((1_000_000_000, false)));
}

#[test]
fn both_ends_of_an_mpsc_channel() {
    let first = line!();
    let recording = record(|| async {
        let (tx, mut rx) = mpsc::channel(1);
        let sender = tokio::spawn(async move {
            seconds(1).await;
            tx.send(1).await.unwrap();
            seconds(1).await;
            tx.send(2).await.unwrap();
        });
        rx.recv().await.unwrap();
        seconds(3).await;
        rx.recv().await.unwrap();
        sender.await.unwrap();
    });
    assert_eq!(only(&recording, WaitKind::MpscRecv, first), (9, 0.0, 1.0));
    // The first value was taken before the second was sent: there was room.
    assert_eq!(recording.waits_for(WaitKind::MpscSend).len(), 0, "{:#?}", recording.waits);
}

#[test]
fn room_in_an_mpsc_channel() {
    let first = line!();
    let recording = record(|| async {
        let (tx, mut rx) = mpsc::channel(1);
        let sender = tokio::spawn(async move {
            tx.send(1).await.unwrap();
            tx.send(2).await.unwrap();
        });
        seconds(3).await;
        rx.recv().await.unwrap();
        rx.recv().await.unwrap();
        sender.await.unwrap();
    });
    assert_eq!(only(&recording, WaitKind::MpscSend, first), (5, 0.0, 3.0));
}

#[test]
fn a_oneshot() {
    let first = line!();
    let recording = record(|| async {
        let (tx, rx) = oneshot::channel();
        tokio::spawn(async move {
            seconds(1).await;
            tx.send(()).unwrap();
        });
        rx.await.unwrap();
    });
    assert_eq!(only(&recording, WaitKind::Oneshot, first), (7, 0.0, 1.0));
}

#[test]
fn a_watch() {
    let first = line!();
    let recording = record(|| async {
        let (tx, mut rx) = watch::channel(0);
        tokio::spawn(async move {
            seconds(1).await;
            tx.send(1).unwrap();
        });
        rx.changed().await.unwrap();
    });
    assert_eq!(only(&recording, WaitKind::Watch, first), (7, 0.0, 1.0));
}

#[test]
fn a_broadcast() {
    let first = line!();
    let recording = record(|| async {
        let (tx, mut rx) = broadcast::channel(4);
        tokio::spawn(async move {
            seconds(1).await;
            tx.send(1).unwrap();
        });
        rx.recv().await.unwrap();
    });
    assert_eq!(only(&recording, WaitKind::Broadcast, first), (7, 0.0, 1.0));
}

#[test]
fn a_notify() {
    let first = line!();
    let recording = record(|| async {
        let notify = Arc::new(Notify::new());
        let notifier = notify.clone();
        tokio::spawn(async move {
            seconds(1).await;
            notifier.notify_one();
        });
        notify.notified().await;
    });
    assert_eq!(only(&recording, WaitKind::Notify, first), (8, 0.0, 1.0));
}

#[test]
fn a_mutex() {
    let first = line!();
    let recording = record(|| async {
        let mutex = Arc::new(Mutex::new(()));
        let guard = mutex.clone().lock_owned().await;
        let other = tokio::spawn(async move {
            let _guard = mutex.lock().await;
        });
        seconds(1).await;
        drop(guard);
        other.await.unwrap();
    });
    assert_eq!(only(&recording, WaitKind::Mutex, first), (5, 0.0, 1.0));
}

#[test]
fn a_rwlock() {
    let first = line!();
    let recording = record(|| async {
        let lock = Arc::new(RwLock::new(()));
        let guard = lock.clone().write_owned().await;
        let other = tokio::spawn(async move {
            let _guard = lock.read().await;
        });
        seconds(1).await;
        drop(guard);
        other.await.unwrap();
    });
    assert_eq!(only(&recording, WaitKind::RwLock, first), (5, 0.0, 1.0));
}

#[test]
fn a_semaphore() {
    let first = line!();
    let recording = record(|| async {
        let semaphore = Arc::new(Semaphore::new(0));
        let other = semaphore.clone();
        let task = tokio::spawn(async move {
            let _permit = other.acquire().await.unwrap();
        });
        seconds(1).await;
        semaphore.add_permits(1);
        task.await.unwrap();
    });
    assert_eq!(only(&recording, WaitKind::Semaphore, first), (5, 0.0, 1.0));
}

#[test]
fn a_barrier() {
    let first = line!();
    let recording = record(|| async {
        let barrier = Arc::new(Barrier::new(2));
        let other = barrier.clone();
        let task = tokio::spawn(async move {
            other.wait().await;
        });
        seconds(1).await;
        barrier.wait().await;
        task.await.unwrap();
    });
    assert_eq!(only(&recording, WaitKind::Barrier, first), (5, 0.0, 1.0));
}

#[test]
fn how_a_runtime_that_is_dropped_waits_for_its_threads_leaves_no_trace() {
    let recording = workbook::record::function(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {});
    })
    .recording;
    assert_eq!(recording.resources, []);
    assert_eq!(recording.waits, []);
}
