//! What is said of a program with many tasks takes a time in proportion to what they did, whatever is wrong with it.

use std::{sync::Arc, time::Duration};

use cpu_time::ThreadTime;
use tokio::{
    sync::{Mutex, Notify, RwLock, mpsc},
    task::{JoinSet, LocalSet},
    time::{sleep, timeout},
};
use workbook::{
    diagnosis::{self, Code},
    record,
    recording::Outcome,
    runtime::Threads,
};

/// How many tasks there are, and how many times more in the second run.
const TASKS: usize = 500;
const TIMES: u32 = 16;
/// Were each task compared with each other one, it would take `TIMES * TIMES` times as long. More memory makes each step
/// longer, too, but not by as much as this.
const AT_MOST: u32 = TIMES * 5 / 2;

/// The program recorded and judged with this many tasks: the code that comes first, and the processor time.
fn judged<F: Future<Output = ()> + 'static>(program: fn(usize) -> F, tasks: usize) -> (Option<Code>, Duration) {
    let begun = ThreadTime::now();
    let recording = record::without_limits(Threads::Current, move || program(tasks)).recording;
    let found = diagnosis::all(&recording);
    (found.first().map(|(code, _)| *code), begun.elapsed())
}

#[track_caller]
fn in_proportion<F: Future<Output = ()> + 'static>(program: fn(usize) -> F, code: Option<Code>) {
    // The first run of a process reads the debug info.
    judged(program, 1);
    let (few, many) = (judged(program, TASKS), judged(program, TASKS * TIMES as usize));
    assert_eq!((few.0, many.0), (code, code));
    assert!(many.1 < few.1 * AT_MOST, "{TASKS} tasks took {:?}, and {TIMES} times as many {:?}", few.1, many.1);
}

async fn all_wait_for_their_channels(tasks: usize) {
    let channels: Vec<_> = (0..tasks).map(|_| mpsc::channel::<u8>(1)).collect();
    let (senders, receivers): (Vec<_>, Vec<_>) = channels.into_iter().unzip();
    let spawned = receivers.into_iter().map(|mut receiver| tokio::spawn(async move { receiver.recv().await }));
    for task in spawned.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    drop(senders);
}

async fn all_wait_for_one_notify(tasks: usize) {
    let notify = Arc::new(Notify::new());
    let mut set = JoinSet::new();
    (0..tasks).for_each(|_| {
        let notify = notify.clone();
        set.spawn(async move { notify.notified().await });
    });
    set.join_all().await;
}

async fn all_wait_for_a_lock_that_is_kept(tasks: usize) {
    let lock = Arc::new(Mutex::new(()));
    let kept = lock.clone().lock_owned().await;
    let spawned: Vec<_> = (0..tasks)
        .map(|_| {
            let lock = lock.clone();
            tokio::spawn(async move { drop(lock.lock().await) })
        })
        .collect();
    for task in spawned {
        task.await.unwrap();
    }
    drop(kept);
}

async fn a_row_of_locks_that_ends_where_it_began(tasks: usize) {
    let locks: Vec<_> = (0..tasks).map(|_| Arc::new(Mutex::new(()))).collect();
    let spawned: Vec<_> = (0..tasks)
        .map(|number| {
            let (own, next) = (locks[number].clone(), locks[(number + 1) % tasks].clone());
            tokio::spawn(async move {
                let own = own.lock().await;
                sleep(Duration::from_secs(1)).await;
                let next = next.lock().await;
                drop((own, next));
            })
        })
        .collect();
    for task in spawned {
        task.await.unwrap();
    }
}

async fn a_set_that_goes_with_its_tasks(tasks: usize) {
    let mut set = JoinSet::new();
    for _ in 0..tasks {
        set.spawn(async { sleep(Duration::from_secs(10)).await });
    }
    sleep(Duration::from_secs(1)).await;
}

async fn tasks_that_are_left(tasks: usize) {
    for _ in 0..tasks {
        tokio::spawn(async { sleep(Duration::from_secs(10)).await });
    }
    sleep(Duration::from_secs(1)).await;
}

async fn tasks_of_a_set_that_nobody_runs(tasks: usize) {
    let local = LocalSet::new();
    for _ in 0..tasks {
        local.spawn_local(async { sleep(Duration::from_secs(1)).await });
    }
}

async fn tasks_that_panic(tasks: usize) {
    for _ in 0..tasks {
        tokio::spawn(async { panic!("on purpose") });
    }
    sleep(Duration::from_secs(1)).await;
}

async fn readers_and_writers(tasks: usize) {
    let lock = Arc::new(RwLock::new(0));
    let mut set = JoinSet::new();
    for number in 0..tasks {
        let lock = lock.clone();
        set.spawn(async move {
            if number % 10 == 0 {
                *lock.write().await += number;
            } else {
                let read = lock.read().await;
                sleep(Duration::from_millis(1)).await;
                drop(read);
            }
        });
    }
    set.join_all().await;
}

async fn deadlines_in_a_queue(tasks: usize) {
    let lock = Arc::new(Mutex::new(()));
    let mut set = JoinSet::new();
    for _ in 0..tasks {
        let lock = lock.clone();
        set.spawn(async move {
            if let Ok(guard) = timeout(Duration::from_millis(20), lock.lock()).await {
                sleep(Duration::from_millis(1)).await;
                drop(guard);
            }
        });
    }
    set.join_all().await;
}

#[test]
fn of_stuck_programs() {
    in_proportion(all_wait_for_their_channels, Some(Code::W01));
    in_proportion(all_wait_for_one_notify, Some(Code::W01));
    in_proportion(all_wait_for_a_lock_that_is_kept, Some(Code::W01));
    in_proportion(a_row_of_locks_that_ends_where_it_began, Some(Code::W01));
}

#[test]
fn of_tasks_that_are_lost() {
    in_proportion(a_set_that_goes_with_its_tasks, Some(Code::W03));
    in_proportion(tasks_that_are_left, Some(Code::W03));
    in_proportion(tasks_of_a_set_that_nobody_runs, Some(Code::W08));
    in_proportion(tasks_that_panic, Some(Code::W04));
}

#[test]
fn of_programs_with_nothing_wrong() {
    in_proportion(readers_and_writers, None);
    in_proportion(deadlines_in_a_queue, None);
    let recording = record::without_limits(Threads::Current, || readers_and_writers(TASKS)).recording;
    assert_eq!(recording.outcome, Outcome::Returned);
}
