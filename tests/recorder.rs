//! The recorder sees every kind of wait, on plain tokio code, at the learner's own line, from its begin to its end.

use std::{sync::Arc, time::Duration};

use futures::{StreamExt, stream::FuturesUnordered};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, UdpSocket},
    sync::{Barrier, Mutex, Notify, RwLock, Semaphore, broadcast, mpsc, oneshot, watch},
    task::JoinSet,
    time::{Instant, interval_at, sleep, timeout},
};
use workbook::{
    record::{self, Recorded},
    recording::{How, Outcome, Recording, TaskKind, WaitKind},
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

#[test]
fn a_librarys_future_that_is_spawned_as_it_is() {
    let first = line!();
    let recording = record(|| async {
        tokio::spawn(sleep(Duration::from_secs(1))).await.unwrap();
    });
    assert_eq!(only(&recording, WaitKind::Sleep, first), (2, 0.0, 1.0));
}

#[test]
fn futures_that_are_polled_by_a_collection_of_them() {
    let first = line!();
    let recording = record(|| async {
        let mut naps: FuturesUnordered<_> = (1..=40).map(seconds).collect();
        while naps.next().await.is_some() {}
    });
    assert_eq!(recording.peak(recording.sleeps()), 40);
    let lines: Vec<_> = recording.sleeps()[0].lines.iter().map(|line| line.line).collect();
    assert_eq!((lines[0] - first, lines.len()), (3, 2));
    let ends: Vec<_> = recording.sleeps().iter().map(|wait| wait.end.unwrap().at.time().as_secs()).collect();
    assert_eq!(ends, (1..=40).collect::<Vec<_>>());
}

#[test]
fn waits_in_a_loop_at_one_line_are_several() {
    let recording = record(|| async {
        let (tx, mut rx) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            for _ in 0..3 {
                seconds(1).await;
                tx.send(()).unwrap();
            }
        });
        while rx.recv().await.is_some() {}
    });
    let waits = recording.waits_for(WaitKind::MpscRecv);
    let times: Vec<_> =
        waits.iter().map(|wait| (wait.began.time().as_secs(), wait.end.unwrap().at.time().as_secs())).collect();
    assert_eq!(times, [(0, 1), (1, 2), (2, 3)]);
}

#[test]
fn a_wait_that_is_woken_for_nothing_is_one() {
    let first = line!();
    let recording = record(|| async {
        let (tx, mut rx) = mpsc::channel::<()>(1);
        let ticks = async {
            for _ in 0..3 {
                seconds(1).await;
            }
            drop(tx);
        };
        tokio::join!(rx.recv(), ticks);
    });
    assert_eq!(only(&recording, WaitKind::MpscRecv, first), (9, 0.0, 3.0));
    assert_eq!(recording.sleeps().len(), 3);
}

#[test]
fn a_closure_on_the_blocking_pool() {
    let first = line!();
    let recording = record(|| async {
        tokio::task::spawn_blocking(|| workbook::thread::sleep(Duration::from_secs(2))).await.unwrap();
    });
    assert_eq!(only(&recording, WaitKind::Join, first), (2, 0.0, 2.0));
    assert_eq!(recording.tasks[1].kind, TaskKind::Blocking);
    let block = &recording.blocks[0];
    assert_eq!((block.task.unwrap().0, block.line.line - first, block.ended.nanos), (1, 2, 2_000_000_000));
}

#[test]
fn a_file_that_is_read_bit_by_bit() {
    let first = line!();
    let recording = record(|| async {
        let mut file = tokio::fs::File::open("Cargo.toml").await.unwrap();
        file.read_exact(&mut [0; 8]).await.unwrap();
    });
    let lines: Vec<_> =
        recording.waits_for(WaitKind::File).iter().map(|wait| wait.line().unwrap().line - first).collect();
    assert_eq!(lines, [2, 3]);
}

#[test]
fn datagrams() {
    let first = line!();
    let recording = record(|| async {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        tokio::spawn(async move {
            seconds(1).await;
            UdpSocket::bind("127.0.0.1:0").await.unwrap().send_to(b"hello", address).await.unwrap();
        });
        socket.recv_from(&mut [0; 5]).await.unwrap();
    });
    let wait = *recording.waits_for(WaitKind::Socket).iter().find(|wait| wait.task.0 == 0).unwrap();
    let times = (wait.began.time().as_secs(), wait.end.unwrap().at.time().as_secs());
    assert_eq!((wait.line().unwrap().line - first, times), (8, (0, 1)));
}

#[test]
fn a_task_that_gives_way() {
    let first = line!();
    let recording = record(|| async {
        tokio::task::yield_now().await;
    });
    assert_eq!(only(&recording, WaitKind::Yield, first), (2, 0.0, 0.0));
}

#[test]
fn a_hand_written_future() {
    let first = line!();
    let recording = record(|| async {
        let mut nap = Box::pin(sleep(Duration::from_secs(1)));
        let mut polls = 0;
        std::future::poll_fn(move |context| {
            polls += 1;
            assert!(polls <= 2);
            nap.as_mut().poll(context)
        })
        .await;
    });
    let wait = recording.sleeps()[0];
    assert_eq!(wait.lines.iter().map(|line| line.line - first).collect::<Vec<_>>(), [9, 7]);
}

#[test]
fn a_recording_survives_being_written_and_read() {
    let recording = record(|| async {
        tokio::spawn(seconds(1)).await.unwrap();
        workbook::println!("done");
    });
    let text = serde_json::to_string(&recording).unwrap();
    assert_eq!(serde_json::from_str::<Recording>(&text).unwrap(), recording);
}

#[test]
fn the_same_program_gives_the_same_recording() {
    let program = || async {
        let (tx, mut rx) = mpsc::channel(1);
        for number in 0..5 {
            let tx = tx.clone();
            tokio::spawn(async move {
                seconds(number % 3).await;
                tx.send(number).await.unwrap();
            });
        }
        drop(tx);
        while rx.recv().await.is_some() {}
    };
    assert_eq!(record(program), record(program));
}
