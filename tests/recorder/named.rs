//! What an await is for, and who ended it: which channel, set or `Notify`, and where it was made.

use std::{sync::Arc, time::Duration};

use futures::{SinkExt, StreamExt, future::join_all};
use tokio::{
    runtime::Builder,
    sync::{Notify, broadcast, mpsc, watch},
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;
use workbook::{
    awaits::{Fresh, Maker, Stays, tracked},
    diagnosis::{self, Code},
    record::{function, future},
    recording::{Recording, WaitKind},
    runtime::Threads,
};

use super::record;

/// Of each wait of this kind, in the order in which they began, the line where what it is for was made, from `first` on.
fn made_at(recording: &Recording, kind: WaitKind, first: u32) -> Vec<Option<u32>> {
    let resource = |wait: &workbook::recording::Wait| wait.resource.map(|of| &recording.resources[of.0]);
    let waits = recording.waits_for(kind);
    waits.into_iter().map(|wait| resource(wait).map(|of| of.made_at.line - first)).collect()
}

#[tracked]
async fn receives(mut rx: mpsc::Receiver<u8>) {
    while rx.recv().await.is_some() {}
}

async fn pause() {
    sleep(Duration::from_millis(10)).await;
}

#[test]
#[tracked]
fn a_channel_is_known_by_its_ends_wherever_they_are_moved() {
    let first = line!();
    let recording = record(|| async {
        let (one, rx) = mpsc::channel(1);
        let (two, other) = mpsc::channel(1);
        // The other way round than they were made.
        let both = [receives(other), receives(rx)];
        tokio::spawn(async move {
            pause().await;
            one.send(1).await.unwrap();
            one.send(2).await.unwrap();
            two.send(3).await.unwrap();
        });
        join_all(both).await;
    });
    let receive = made_at(&recording, WaitKind::MpscRecv, first);
    assert_eq!(receive[..2], [Some(3), Some(2)]);
    assert!(receive.iter().all(Option::is_some), "{receive:?}");
    // The second value waits for room.
    assert_eq!(made_at(&recording, WaitKind::MpscSend, first), [Some(2)]);
    let of: Vec<_> = recording.waits_for(WaitKind::MpscRecv).iter().map(|wait| wait.resource).collect();
    assert_ne!(of[0], of[1]);
}

#[test]
#[tracked]
fn channels_of_every_kind_are_known() {
    let first = line!();
    let recording = record(|| async {
        let (tx, mut unbounded) = mpsc::unbounded_channel::<u8>();
        let (level, mut levels) = watch::channel(0);
        let (all, mut heard) = broadcast::channel::<u8>(4);
        let (mut sink, mut stream) = futures::channel::mpsc::channel::<u8>(1);
        let stop = CancellationToken::new();
        let stops = stop.clone();
        tokio::spawn(async move {
            for round in 0..5 {
                pause().await;
                match round {
                    0 => tx.send(1).unwrap(),
                    1 => level.send(1).unwrap(),
                    2 => drop(all.send(1).unwrap()),
                    3 => sink.send(1).await.unwrap(),
                    _ => stops.cancel(),
                }
            }
        });
        unbounded.recv().await.unwrap();
        levels.changed().await.unwrap();
        heard.recv().await.unwrap();
        stream.next().await.unwrap();
        stop.cancelled().await;
    });
    assert_eq!(made_at(&recording, WaitKind::MpscRecv, first), [Some(2), Some(5)]);
    assert_eq!(made_at(&recording, WaitKind::Watch, first), [Some(3)]);
    assert_eq!(made_at(&recording, WaitKind::Broadcast, first), [Some(4)]);
    assert_eq!(made_at(&recording, WaitKind::Notify, first), [Some(6)]);
}

#[test]
#[tracked]
fn a_receiver_is_known_though_it_has_received_and_been_cloned() {
    let first = line!();
    let recording = record(|| async {
        let (level, levels) = watch::channel(0);
        let mut levels = levels.clone();
        tokio::spawn(async move {
            for number in 1..=3 {
                pause().await;
                level.send(number).unwrap();
            }
        });
        while levels.changed().await.is_ok() {}
    });
    // Three changes, and the end.
    assert_eq!(made_at(&recording, WaitKind::Watch, first), [Some(2); 3]);
}

#[test]
#[tracked]
fn a_deadline_and_an_arm_of_a_select_are_for_what_they_are_around() {
    let first = line!();
    let recording = record(|| async {
        let (_tx, mut rx) = mpsc::channel::<u8>(1);
        let (_level, mut levels) = watch::channel(0);
        let _ = timeout(Duration::from_millis(10), rx.recv()).await;
        tokio::select! {
            _ = rx.recv() => {}
            _ = levels.changed() => {}
            () = pause() => {}
        }
    });
    assert_eq!(made_at(&recording, WaitKind::MpscRecv, first), [Some(2), Some(2)]);
    assert_eq!(made_at(&recording, WaitKind::Watch, first), [Some(3)]);
    // The timer of the deadline is for no channel.
    assert_eq!(made_at(&recording, WaitKind::Timeout, first), [None]);
}

#[tracked]
async fn empties(mut set: JoinSet<()>) {
    while set.join_next().await.is_some() {}
}

#[test]
#[tracked]
fn a_set_is_known_after_it_was_moved_and_with_tasks_in_it() {
    let first = line!();
    let recording = record(|| async {
        let mut set = JoinSet::new();
        set.spawn(pause());
        set.spawn(async {
            pause().await;
            pause().await;
        });
        empties(set).await;
    });
    assert_eq!(made_at(&recording, WaitKind::JoinSet, first), [Some(2), Some(2)]);
}

struct Shared {
    changed: Notify,
    closed: Notify,
}

impl Shared {
    fn new() -> Self {
        Self { changed: Notify::new(), closed: Notify::new() }
    }
}

#[tracked]
async fn hears(notify: Arc<Notify>) {
    notify.notified().await;
}

#[test]
#[tracked]
fn a_notify_is_known_by_where_it_stays() {
    let first = line!();
    let recording = record(|| async {
        let notify = Arc::new(Notify::new());
        let shared = Arc::new(Shared { changed: Notify::new(), closed: Notify::new() });
        let local = Notify::new();
        let (theirs, also_theirs) = (notify.clone(), shared.clone());
        tokio::spawn(async move {
            pause().await;
            theirs.notify_one();
            pause().await;
            also_theirs.closed.notify_one();
            pause().await;
            also_theirs.changed.notify_one();
        });
        hears(notify).await;
        shared.closed.notified().await;
        shared.changed.notified().await;
        tokio::join!(local.notified(), async {
            pause().await;
            local.notify_one();
        });
    });
    assert_eq!(made_at(&recording, WaitKind::Notify, first), [Some(2), Some(3), Some(3), Some(4)]);
    let of: Vec<_> = recording.waits_for(WaitKind::Notify).iter().map(|wait| wait.resource).collect();
    assert_ne!(of[1], of[2]);
}

#[test]
#[tracked]
fn what_is_not_known_stays_unsaid() {
    let recording = record(|| async {
        // Made in a function, and moved out of it.
        let shared = Arc::new(Shared::new());
        let set: JoinSet<()> = [pause()].into_iter().collect();
        let (_one, mut a) = mpsc::channel::<u8>(1);
        let (_two, mut b) = mpsc::channel::<u8>(1);
        tokio::select! {
            _ = shared.changed.notified() => {}
            _ = shared.closed.notified() => {}
            () = empties(set) => {}
        }
        // Either of two.
        let either =
            timeout(Duration::from_millis(10), futures::future::select(Box::pin(a.recv()), Box::pin(b.recv())));
        assert!(either.await.is_err());
    });
    assert!(recording.waits.iter().all(|wait| wait.resource.is_none()), "{:#?}", recording.waits);
}

/// The names of those who woke the main task.
fn wakers(recording: &Recording) -> Vec<Option<&str>> {
    let of_main = recording.wakes.iter().filter(|wake| recording.tasks[wake.task.0].is_main());
    of_main.map(|wake| wake.by.map(|by| recording.tasks[by.0].name.as_str())).collect()
}

#[test]
#[tracked]
fn who_wakes_the_future_of_a_block_on_is_known() {
    let recording = function(|| {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (tx, mut rx) = mpsc::channel::<u8>(1);
            tokio::spawn(async move {
                pause().await;
                tx.send(1).await.unwrap();
                pause().await;
            });
            rx.recv().await.unwrap();
            rx.recv().await;
        });
    })
    .recording;
    assert_eq!(wakers(&recording), [Some("task 1"), Some("task 1")]);
    assert_eq!(recording.waits_for(WaitKind::MpscRecv).len(), 2);
}

#[test]
#[tracked]
fn the_task_that_ended_is_known_to_have_woken_who_waits_for_its_set() {
    let recording = record(|| async {
        let mut set = JoinSet::new();
        set.spawn(pause());
        set.spawn(async {
            pause().await;
            pause().await;
        });
        empties(set).await;
    });
    assert_eq!(wakers(&recording), [Some("task 1"), Some("task 2")]);
}

#[test]
#[tracked]
fn a_program_that_is_stuck_is_told_which_channel_it_waits_for() {
    let made_at = line!() + 2;
    let recording = future(Threads::Current, || async {
        let (_tx, rx) = mpsc::channel(1);
        receives(rx).await;
    })
    .recording;
    let found = diagnosis::all(&recording);
    let [(Code::W01, found)] = &found[..] else { panic!("{found:#?}") };
    let place = found.places.iter().find(|place| place.line == made_at);
    assert_eq!(place.map(|place| place.label.as_str()), Some("the channel is made here"));
    let whereabouts = diagnosis::whereabouts(&recording);
    assert!(whereabouts.contains(&format!("the channel was made at {}:{made_at}", file!())), "{whereabouts}");
}

#[test]
#[tracked]
fn what_was_in_a_variable_is_forgotten_at_the_end_of_its_scope() {
    let recording = record(|| async {
        let notify = std::convert::identity(Notify::new());
        {
            // As `let notify = Notify::new();` would be told here.
            let at = &Maker { file: file!(), line: 1, column: 1 };
            (&notify).__made(at, |made| (&&Fresh(made)).subjects());
            let _stays = Stays::here(&notify);
            assert!(timeout(Duration::from_millis(10), notify.notified()).await.is_err());
        }
        assert!(timeout(Duration::from_millis(10), notify.notified()).await.is_err());
    });
    let known: Vec<bool> = recording.waits_for(WaitKind::Notify).iter().map(|wait| wait.resource.is_some()).collect();
    assert_eq!(known, [true, false]);
}
