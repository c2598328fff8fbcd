//! Tasks: who spawned them, who waits for them, how they end, what they print.

use tokio::{sync::mpsc, task::JoinSet};
use tokio_util::task::TaskTracker;
use workbook::recording::{How, Recording, WaitKind};

use super::{only, record, seconds};

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
fn a_task_tracker() {
    let first = line!();
    let recording = record(|| async {
        let tracker = TaskTracker::new();
        tracker.spawn(seconds(1));
        tokio::spawn(tracker.track_future(seconds(2)));
        tracker.close();
        tracker.wait().await;
    });
    assert_eq!(only(&recording, WaitKind::Tracker, first), (6, 0.0, 2.0));
    let in_tracker: Vec<bool> = recording.tasks.iter().map(|task| task.in_tracker).collect();
    assert_eq!(in_tracker, [false, true, false], "of what is spawned by itself the code that spawns does not tell");
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
