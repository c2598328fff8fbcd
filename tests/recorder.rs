//! The recorder sees every kind of wait, on plain tokio code, at the learner's own line, from its begin to its end.

use std::{sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{Barrier, Mutex, Notify, RwLock, Semaphore, broadcast, mpsc, oneshot, watch},
    task::JoinSet,
    time::{Instant, interval_at, sleep, timeout},
};
use workbook::{
    record::{self, Recorded},
    recording::{How, Outcome, Recording, WaitKind},
    runtime::Threads,
};

fn record<F: Future<Output = ()> + 'static>(make: impl FnOnce() -> F + 'static) -> Recording {
    let Recorded { recording, .. } = record::future(Threads::Current, make);
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
    assert_eq!(line.file, "tests/recorder.rs");
    let end = waits[0].end.expect("an end");
    assert!(end.ready, "{waits:?}");
    (line.line - first, waits[0].began.time().as_secs_f64(), end.at.time().as_secs_f64())
}

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
fn a_join_handle() {
    let first = line!();
    let recording = record(|| async {
        let task = tokio::spawn(seconds(2));
        task.await.unwrap();
    });
    assert_eq!(only(&recording, WaitKind::Join, first), (3, 0.0, 2.0));
    let spawned = &recording.tasks[1];
    assert_eq!((spawned.name.as_str(), spawned.spawned_at.line - first), ("task 1", 2));
    assert_eq!(spawned.end.as_ref().map(|end| (end.how, end.at.nanos)), Some((How::Finished, 2_000_000_000)));
    // The timer woke the task, and its end woke whoever waited for it.
    let wakes: Vec<_> = recording.wakes.iter().map(|wake| (wake.task.0, wake.by.map(|by| by.0))).collect();
    assert_eq!(wakes, [(1, None), (0, Some(1))]);
}

#[test]
fn a_join_set() {
    let first = line!();
    let recording = record(|| async {
        let mut set = JoinSet::new();
        set.spawn(seconds(1));
        set.join_next().await.unwrap().unwrap();
    });
    assert_eq!(only(&recording, WaitKind::JoinSet, first), (4, 0.0, 1.0));
}

#[test]
fn sockets() {
    let first = line!();
    let recording = record(|| async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let client = tokio::spawn(async move {
            seconds(1).await;
            let mut stream = TcpStream::connect(address).await.unwrap();
            seconds(1).await;
            stream.write_all(b"hello").await.unwrap();
            seconds(1).await;
        });
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).await.unwrap();
        client.await.unwrap();
    });
    let lines: Vec<_> = recording
        .waits_for(WaitKind::Socket)
        .iter()
        .filter(|wait| wait.task.0 == 0)
        .map(|wait| {
            (wait.line().unwrap().line - first, wait.began.time().as_secs(), wait.end.unwrap().at.time().as_secs())
        })
        .collect();
    assert_eq!(lines, [(11, 0, 1), (13, 1, 2), (13, 2, 3)]);
    assert_eq!(recording.elapsed(), Duration::from_secs(3));
}

#[test]
fn a_file() {
    let first = line!();
    let path = std::env::temp_dir().join(format!("workbook-{}.txt", std::process::id()));
    let file = path.clone();
    let recording = record(|| async move {
        tokio::fs::write(&file, "hello").await.unwrap();
    });
    std::fs::remove_file(path).unwrap();
    assert_eq!(only(&recording, WaitKind::File, first), (4, 0.0, 0.0));
}

#[test]
fn the_arms_of_a_join() {
    let first = line!();
    let recording = record(|| async {
        let (tx, mut rx) = mpsc::channel::<()>(1);
        let notify = Notify::new();
        tokio::join!(
            async {
                rx.recv().await;
            },
            async {
                seconds(1).await;
                notify.notified().await;
            },
            async {
                seconds(2).await;
                notify.notify_one();
                seconds(1).await;
                drop(tx);
            },
        );
    });
    assert_eq!(only(&recording, WaitKind::MpscRecv, first), (6, 0.0, 3.0));
    assert_eq!(only(&recording, WaitKind::Notify, first), (10, 1.0, 2.0));
    let lines: Vec<_> = recording.waits_for(WaitKind::MpscRecv)[0].lines.iter().map(|line| line.line - first).collect();
    assert_eq!(lines, [4, 6]);
}

#[test]
fn the_arms_of_a_select() {
    let first = line!();
    let recording = record(|| async {
        let (_tx, mut rx) = mpsc::channel::<()>(1);
        let waits_long = async {
            rx.recv().await;
        };
        tokio::select! {
            () = waits_long => {}
            () = seconds(1) => {}
        }
        seconds(1).await;
    });
    let lost = recording.waits_for(WaitKind::MpscRecv);
    let end = lost[0].end.unwrap();
    assert_eq!((lost[0].line().unwrap().line - first, end.at.time().as_secs(), end.ready), (4, 1, false));
    assert_eq!(recording.elapsed(), Duration::from_secs(2));
}

#[test]
fn prints_with_their_task_and_time() {
    let recording = record(|| async {
        workbook::print!("a ");
        tokio::spawn(async {
            seconds(1).await;
            workbook::println!("b\nc");
        })
        .await
        .unwrap();
    });
    let lines: Vec<_> =
        recording.lines().into_iter().map(|line| (line.at.time().as_secs(), line.task.unwrap().0, line.text)).collect();
    assert_eq!(lines, [(0, 0, "a b".to_string()), (1, 1, "c".to_string())]);
}

#[test]
fn how_tasks_end() {
    let recording = record(|| async {
        let finished = tokio::spawn(async {});
        let panicked = tokio::spawn(async { panic!("no") });
        let aborted = tokio::spawn(seconds(9));
        seconds(1).await;
        aborted.abort();
        let _ = (finished.await, panicked.await, aborted.await);
        tokio::spawn(seconds(9));
    });
    let ends: Vec<_> = recording.tasks[1..].iter().map(|task| task.end.as_ref().map(|end| end.how)).collect();
    assert_eq!(ends, [Some(How::Finished), Some(How::Panicked), Some(How::Dropped), None]);
    assert_eq!(recording.alive_at_return().len(), 1);
    assert_eq!(recording.panics[0].message, "no");
}
