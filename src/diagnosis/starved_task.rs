//! W13: a task waited for a lock, and others took it again and again.

use std::collections::{BTreeMap, HashSet};

use super::{Found, words};
use crate::recording::{Hold, Indexed, Location, Moment, Recording, ResourceId, TaskId, Wait, WaitKind, duration_text};

/// So often has a task to give up its place in a queue, or to be woken for nothing. Less is bad luck.
const TIMES: usize = 6;

/// A finding for each line that asks for the lock in vain.
pub(super) fn find(recording: &Indexed) -> Vec<Found> {
    let mut lines = HashSet::new();
    let all = places_lost(recording).into_iter().chain(woken_in_vain(recording));
    all.filter(|found| found.places.first().is_some_and(|place| lines.insert((place.file.clone(), place.line))))
        .collect()
}

fn is_for_a_lock(wait: &Wait) -> bool {
    let is_lock = matches!(wait.kind, WaitKind::Mutex | WaitKind::RwLock | WaitKind::Semaphore);
    is_lock && wait.line().is_some_and(|line| !line.is_of_checks())
}

/// Tasks that asked for a lock and dropped the wait before their turn came, many times, while others who asked later got it.
fn places_lost(recording: &Indexed) -> Vec<Found> {
    let mut queues: BTreeMap<(ResourceId, TaskId, &Location), Vec<&Wait>> = BTreeMap::new();
    let dropped = |wait: &&Wait| wait.granted.is_none() && wait.end.is_some_and(|end| !end.ready);
    for wait in recording.waits.iter().filter(|wait| is_for_a_lock(wait)).filter(dropped) {
        if let Some((lock, line)) = wait.resource.zip(wait.line()) {
            queues.entry((lock, wait.task, line)).or_default().push(wait);
        }
    }
    let mut found = Vec::new();
    for ((lock, task, _), tries) in queues.into_iter().filter(|(_, tries)| tries.len() >= TIMES) {
        let own = recording.holds_of(lock).filter(|hold| hold.task == Some(task));
        let own: Vec<Moment> = own.map(|hold| hold.from).collect();
        // With a success the task has what it wanted, and begins anew.
        let gone_on = |at: &Wait| own.partition_point(|from| *from < at.began);
        let in_a_row = tries.chunk_by(|before, next| gone_on(before) == gone_on(next));
        let lost = in_a_row.filter(|tries| tries.len() >= TIMES).find_map(|tries| {
            let others = overtakers(recording, lock, tries);
            (others.len() >= TIMES).then(|| of_places(recording, tries, &others))
        });
        found.extend(lost);
    }
    found
}

/// What others held of the lock while a task tried for it, and had begun to wait for after its first try.
fn overtakers<'a>(recording: &Indexed<'a>, lock: ResourceId, tries: &[&Wait]) -> Vec<&'a Hold> {
    let Some((first, last)) = tries.first().zip(tries.last().and_then(|last| last.end)) else { return Vec::new() };
    let later = recording.waits_on(lock).rev().take_while(|wait| wait.began > first.began);
    let served = later.filter_map(|wait| Some((wait.task, wait.end.filter(|end| end.ready)?.at.nanos)));
    let served: HashSet<(TaskId, u64)> = served.filter(|(task, _)| *task != first.task).collect();
    let holds = recording.holds_of(lock).filter(|hold| hold.from < last.at);
    holds.filter(|hold| hold.task.is_some_and(|task| served.contains(&(task, hold.from.nanos)))).collect()
}

fn of_places(recording: &Recording, tries: &[&Wait], others: &[&Hold]) -> Found {
    let (first, name) = (tries[0], &recording.tasks[tries[0].task.0].name);
    let (lock, times) = (words::waits_for(&first.kind), tries.len());
    let holders: Vec<TaskId> = others.iter().filter_map(|hold| hold.task).collect();
    let who = words::names(recording, &holders);
    let since = duration_text(first.began.time());
    let found = Found::new(
        format!("{name} asked for {lock} {times} times since {since}, and gave up its place in the queue each time"),
        format!(
            "tokio's locks serve those who wait in the order in which they asked. A wait that is dropped, by a deadline or by \
             another arm of a select!, loses its place, and the next try begins at the end. {who} asked later and got it {} \
             times meanwhile.",
            others.len()
        ),
        "make the future of the lock once, before the loop, and await it by &mut, so that it keeps its place; or wait without a \
         deadline",
    );
    let found = found.at(first.line(), format!("{name} asked here {times} times in vain"));
    others.iter().fold(found, |found, hold| found.at(hold.line.as_ref(), format!("{who} got it here meanwhile")))
}

/// Waits for a lock that is not fair: its task was woken many times because the lock was free, and each time it was taken.
fn woken_in_vain(recording: &Indexed) -> Vec<Found> {
    let unfair = recording.waits.iter().filter(|wait| is_for_a_lock(wait) && wait.resource.is_none());
    let starved = unfair.filter_map(|wait| {
        let end = wait.end.map_or(recording.ended, |end| end.at);
        let wakes = recording.wakes_between(wait.task, wait.began, end);
        let wakers: Vec<TaskId> = wakes.filter_map(|wake| wake.by).filter(|by| *by != wait.task).collect();
        (wakers.len() > TIMES && !waits_beside(recording, wait)).then(|| of_wakes(recording, wait, &wakers))
    });
    starved.collect()
}

/// True if the task waited for something else at the same time, which may be what it was woken for.
fn waits_beside(recording: &Indexed, wait: &Wait) -> bool {
    let end = wait.end.map_or(recording.ended, |end| end.at);
    recording
        .waits_of(wait.task)
        .any(|other| other.began != wait.began && other.began < end && other.end.is_none_or(|end| end.at > wait.began))
}

fn of_wakes(recording: &Recording, wait: &Wait, wakers: &[TaskId]) -> Found {
    let name = &recording.tasks[wait.task.0].name;
    let (who, lock) = (words::names(recording, wakers), words::waits_for(&wait.kind));
    let lasted = duration_text(wait.duration(recording.ended));
    Found::new(
        format!("{name} was woken {} times in {lasted} because {lock} was free, and found it taken each time", wakers.len()),
        format!(
            "This lock is not fair: who asks while it is free gets it, and those who wait are only told to try again. {who} let \
             go of it and took it again in the same turn, so {name} always came too late."
        ),
        "use tokio::sync::Mutex, which hands itself to whoever waits longest; or let the other task await something else \
         (yield_now) between two turns with the lock",
    )
    .at(wait.line(), format!("{name} waits here for {lasted}"))
    .spawned(recording, wakers)
}
