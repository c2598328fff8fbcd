//! What is wrong with a run, whatever was asked for: functions from a [`Recording`] to findings, one file for each code.
//!
//! A diagnosis that is not sure keeps silent: a false alarm costs a learner more than a fault that only the check sees.

mod blocked_thread;
mod busy_loop;
mod code;
mod lost_task;
mod lost_value;
mod lost_waker;
mod missed_messages;
mod needless_sequence;
mod never_polled;
mod page;
mod runaway;
mod starved_task;
mod stuck;
mod tick_burst;
mod unpolled_future;
mod unseen_failure;
mod whereabouts;
mod words;

use crate::{
    recording::{Indexed, Location, Recording, Task, TaskId, Wait},
    report::{Finding, Place},
};
pub(crate) use busy_loop::spins;
pub use code::{Code, UnknownCode};
pub use page::{Page, for_readers};
pub(crate) use stuck::{deadlock, waits_for_itself};
pub use whereabouts::{held_up, whereabouts};

/// More places than these are not shown.
const MOST_PLACES: usize = 8;

/// Everything that is wrong with a run, as far as the run alone tells.
///
/// That is every code but [`Code::W09`]: only a check knows which waits do not need each other.
pub fn all(recording: &Recording) -> Vec<(Code, Finding)> {
    let diagnoses: [(Code, Diagnosis); 13] = [
        // What may be the cause of others comes first: a task that has panicked is one that all others may wait for.
        (Code::W04, unseen_failure::find),
        (Code::W05, lost_waker::find),
        (Code::W01, stuck::find),
        (Code::W02, blocked_thread::find),
        (Code::W06, busy_loop::find),
        (Code::W07, runaway::find),
        (Code::W03, lost_task::find),
        (Code::W08, never_polled::find),
        (Code::W10, missed_messages::find),
        (Code::W11, tick_burst::find),
        (Code::W12, unpolled_future::find),
        (Code::W13, starved_task::find),
        (Code::W14, lost_value::find),
    ];
    let recording = &Indexed::of(recording);
    let found =
        diagnoses.into_iter().flat_map(|(code, find)| find(recording).into_iter().map(move |found| (code, found)));
    found.map(|(code, found)| (code, found.into_finding(code))).collect()
}

/// The finding that these waits, which do not need each other, came one after another; nothing if any two overlap.
pub fn needless_sequence(recording: &Recording, independent: &[&Wait]) -> Option<Finding> {
    needless_sequence::find(recording, independent).map(|found| found.into_finding(Code::W09))
}

/// Looks for all faults of one code.
type Diagnosis = fn(&Indexed) -> Vec<Found>;

/// A finding that does not know its code yet.
struct Found {
    message: String,
    explanation: String,
    help: String,
    places: Vec<Place>,
}

impl Found {
    /// What happened; why, and why it matters; what to try.
    fn new(message: impl Into<String>, explanation: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), explanation: explanation.into(), help: help.into(), places: Vec::new() }
    }

    /// Adds a place, if it is known and lies in the program. The first one added is the one to blame.
    fn at(mut self, line: Option<&Location>, label: impl Into<String>) -> Self {
        let known = line.filter(|line| !line.file.is_empty() && !line.is_outside());
        if let Some(line) = known
            && self.places.len() < MOST_PLACES
            && !self.places.iter().any(|place| *place.file == *line.file && place.line == line.line)
        {
            self.places.push(Place { file: line.file.to_string(), line: line.line, label: label.into() });
        }
        self
    }

    /// Adds the lines that spawned these tasks.
    fn spawned(self, recording: &Recording, tasks: &[TaskId]) -> Self {
        let mut lines: Vec<(&Location, Vec<TaskId>)> = Vec::new();
        for id in tasks {
            let line = &recording.tasks[id.0].spawned_at;
            match lines.iter_mut().find(|(other, _)| *other == line) {
                Some((_, tasks)) => tasks.push(*id),
                None => lines.push((line, vec![*id])),
            }
        }
        lines.into_iter().fold(self, |found, (line, tasks)| {
            let is = words::verb(&tasks, "is", "are");
            found.at(Some(line), format!("{} {is} spawned here", words::names(recording, &tasks)))
        })
    }

    fn into_finding(self, code: Code) -> Finding {
        let Self { message, explanation, help, places } = self;
        let (file, line) = places.first().map(|place| (place.file.clone(), place.line)).unwrap_or_default();
        Finding { code: code.to_string(), message, explanation, help, file, line, places }
    }
}

/// The program's own tasks, with their ids; without the closures on the blocking pool.
fn own_tasks(recording: &Recording) -> impl Iterator<Item = (TaskId, &Task)> {
    let tasks = recording.tasks.iter().enumerate().map(|(number, task)| (TaskId(number), task));
    tasks.filter(|(_, task)| task.is_own())
}

/// The same without those that a check spawned: what becomes of them is the check's doing, whatever they run.
fn tasks_of_the_program(recording: &Recording) -> impl Iterator<Item = (TaskId, &Task)> {
    own_tasks(recording).filter(|(_, task)| !task.spawned_at.is_of_checks())
}

/// The last place in the program where something was seen of a task: a wait or a print.
fn last_seen<'a>(recording: &Indexed<'a>, task: TaskId) -> Option<&'a Location> {
    let waits = recording.waits_of(task).filter_map(|wait| Some((wait.began.step, wait.line()?)));
    let prints = recording.prints_of(task).map(|print| (print.at.step, &print.line));
    waits.chain(prints).max_by_key(|(step, _)| *step).map(|(_, line)| line)
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use super::*;
    use crate::{record, runtime::Threads};

    /// The codes found in a program whose tasks were spawned in this file.
    fn found<F: Future<Output = ()> + 'static>(program: fn() -> F, spawned_in: &str) -> Vec<Code> {
        let mut recording = record::future(Threads::Current, program).recording;
        for task in &mut recording.tasks[1..] {
            task.spawned_at.file = spawned_in.into();
            // Of a file of the library nothing is read.
            task.intent.detached = true;
        }
        all(&recording).into_iter().map(|(code, _)| code).collect()
    }

    async fn leaves_one_and_lets_one_panic() {
        tokio::spawn(pending::<()>());
        tokio::spawn(async { panic!("on purpose") });
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }

    async fn leaves_a_local_set_alone() {
        let local = tokio::task::LocalSet::new();
        local.spawn_local(pending::<()>());
    }

    #[test]
    fn what_becomes_of_a_checks_own_tasks_is_not_the_programs_doing() {
        assert_eq!(found(leaves_one_and_lets_one_panic, "exercises/01.rs"), [Code::W04, Code::W03]);
        assert_eq!(found(leaves_one_and_lets_one_panic, "tests/checks/01.rs"), []);
        assert_eq!(found(leaves_a_local_set_alone, "exercises/01.rs"), [Code::W08]);
        assert_eq!(found(leaves_a_local_set_alone, "tests/checks/01.rs"), []);
    }
}
