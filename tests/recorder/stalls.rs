//! Polls that hold on to their thread: what they do, and at which line.

use std::{
    sync::{Arc, Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

use workbook::{
    recording::{Doing, Recording},
    runtime::Threads,
};

use super::{record, seconds};

const LONG: Duration = Duration::from_millis(300);

/// What the only stall was doing, and the line after `first` it was at.
#[track_caller]
fn only_stall(recording: &Recording, first: u32) -> (Doing, u32) {
    let [stall] = &recording.stalls[..] else { panic!("one stall in {:#?}", recording.stalls) };
    let line = stall.lines.last().unwrap_or_else(|| panic!("a line in {stall:?}"));
    assert_eq!(&*line.file, "tests/recorder/stalls.rs");
    (stall.doing, line.line - first)
}

#[test]
fn a_sleep_of_the_thread() {
    let first = line!();
    let recording = record(|| async {
        thread::sleep(LONG);
    });
    assert_eq!(only_stall(&recording, first), (Doing::Sleeping, 2));
}

#[test]
fn a_computation() {
    let first = line!();
    let recording = record(|| async {
        let began = Instant::now();
        let mut sum = 0_u64;
        while began.elapsed() < LONG * 3 {
            sum = sum.wrapping_mul(31).wrapping_add(7);
        }
        assert_ne!(sum, 1);
    });
    let (doing, line) = only_stall(&recording, first);
    assert_eq!(doing, Doing::Working);
    assert!((4..=6).contains(&line), "{line}");
}

#[test]
fn a_channel_of_the_standard_library() {
    let first = line!();
    let recording = record(|| async {
        let (tx, rx) = mpsc::channel();
        let sender = thread::spawn(move || {
            thread::sleep(LONG);
            tx.send(1)
        });
        rx.recv().unwrap();
        sender.join().unwrap().unwrap();
    });
    assert_eq!(only_stall(&recording, first), (Doing::Receiving, 7));
}

#[test]
fn a_lock_of_the_standard_library() {
    let first = line!();
    let recording = record(|| async {
        let shared = Arc::new(Mutex::new(0));
        let (locked, is_locked) = mpsc::channel();
        let theirs = Arc::clone(&shared);
        let other = thread::spawn(move || {
            let _guard = theirs.lock().unwrap();
            locked.send(()).unwrap();
            thread::sleep(LONG);
        });
        is_locked.recv().unwrap();
        *shared.lock().unwrap() += 1;
        other.join().unwrap();
    });
    assert_eq!(only_stall(&recording, first), (Doing::Locking, 11));
}

#[test]
fn a_lock_of_another_library() {
    let first = line!();
    let recording = record(|| async {
        let shared = Arc::new(parking_lot::Mutex::new(0));
        let (locked, is_locked) = mpsc::channel();
        let theirs = Arc::clone(&shared);
        let other = thread::spawn(move || {
            let _guard = theirs.lock();
            locked.send(()).unwrap();
            thread::sleep(LONG);
        });
        is_locked.recv().unwrap();
        *shared.lock() += 1;
        other.join().unwrap();
    });
    assert_eq!(only_stall(&recording, first), (Doing::Locking, 11));
}

#[test]
#[cfg(unix)]
fn a_thread_that_is_asleep_waits_whatever_it_is_in() {
    use std::io::{Read, Write};

    let first = line!();
    let recording = record(|| async {
        let (mut reader, mut writer) = std::io::pipe().unwrap();
        let other = thread::spawn(move || {
            thread::sleep(LONG);
            writer.write_all(b"late").unwrap();
        });
        reader.read_exact(&mut [0; 4]).unwrap();
        other.join().unwrap();
    });
    assert_eq!(only_stall(&recording, first), (Doing::Waiting, 7));
}

#[test]
fn the_end_of_a_thread() {
    let first = line!();
    let recording = record(|| async {
        let other = thread::spawn(|| thread::sleep(LONG));
        other.join().unwrap();
    });
    assert_eq!(only_stall(&recording, first), (Doing::Waiting, 3));
}

#[test]
fn short_polls_however_many_hold_nobody_up() {
    let recording = record(|| async {
        for _ in 0..20_000 {
            tokio::task::yield_now().await;
        }
        seconds(1).await;
    });
    assert_eq!(recording.stalls, []);
}

#[test]
fn what_the_recorder_itself_does_in_a_poll_is_not_counted() {
    let recording = record(|| async {
        let naps: Vec<_> = (0..3_000).map(|_| seconds(1)).collect();
        futures::future::join_all(naps).await;
    });
    assert_eq!(recording.stalls, []);
}

#[test]
fn what_tokio_does_for_many_spawns_is_not_the_programs_work() {
    let recording = record(|| async {
        let naps: Vec<_> = (0..20_000).map(|_| tokio::spawn(tokio::time::sleep(Duration::from_secs(1)))).collect();
        for nap in naps {
            nap.await.unwrap();
        }
    });
    assert_eq!(recording.stalls, []);
}

#[test]
fn what_blocks_in_place_hands_its_tasks_to_another_thread() {
    let recording = workbook::record::future(Threads::Workers(2), || async {
        let sleeping = (0..4).map(|_| tokio::spawn(async { tokio::task::block_in_place(|| thread::sleep(LONG)) }));
        for task in sleeping.collect::<Vec<_>>() {
            task.await.unwrap();
        }
    });
    assert_eq!(recording.recording.stalls, []);
}

#[test]
fn a_closure_on_the_blocking_pool_may_block() {
    let recording = record(|| async {
        tokio::task::spawn_blocking(|| thread::sleep(LONG)).await.unwrap();
    });
    assert_eq!(recording.stalls, []);
}
