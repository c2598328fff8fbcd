//! Several waits of one task: which strand of it waits where, and when each goes on.

use std::time::Duration;

use futures::{StreamExt, stream::FuturesUnordered};
use tokio::{
    sync::{Notify, mpsc},
    time::sleep,
};
use workbook::recording::WaitKind;

use super::{only, record, seconds};

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
fn a_librarys_future_that_is_spawned_as_it_is() {
    let first = line!();
    let recording = record(|| async {
        tokio::spawn(sleep(Duration::from_secs(1))).await.unwrap();
    });
    assert_eq!(only(&recording, WaitKind::Sleep, first), (2, 0.0, 1.0));
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
fn a_task_that_gives_way() {
    let first = line!();
    let recording = record(|| async {
        tokio::task::yield_now().await;
    });
    assert_eq!(only(&recording, WaitKind::Yield, first), (2, 0.0, 0.0));
}
