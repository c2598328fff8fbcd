//! Recordings with their end left out: what the program did after a check had seen enough is not the program's doing.

use crate::recording::{How, Moment, Outcome, Recording, TaskEnd, Wait};

/// The program as it was when whoever judged it had seen enough, and ended it.
pub(super) fn judged_at(recording: Recording, at: Moment) -> Recording {
    Recording { outcome: Outcome::Judged, ..until(recording, at) }
}

/// Without an end in which the program did nothing more: the function under test had returned, and its check still waited
/// for what may come. A program that still waits for something itself is left as it is.
pub(super) fn without_idle_end(recording: Recording) -> Recording {
    let is_over = |end: Option<Moment>| end.is_some_and(|end| end.step <= recording.ended.step);
    let over = matches!(recording.outcome, Outcome::Returned | Outcome::Judged);
    if !over || own_waits(&recording).any(|wait| !is_over(wait.end.map(|end| end.at))) {
        return recording;
    }
    let tasks = recording.tasks.iter();
    let spawned = tasks.filter(|task| task.is_own() && !task.is_main() && !task.spawned_at.is_of_checks());
    if spawned.clone().any(|task| !is_over(task.end.as_ref().map(|end| end.at))) {
        return recording;
    }
    let waits = own_waits(&recording).flat_map(|wait| [Some(wait.began), wait.end.map(|end| end.at)]).flatten();
    let ends = spawned.filter_map(|task| Some(task.end.as_ref()?.at));
    let spawns = recording.tasks.iter().map(|task| task.spawned);
    let prints = recording.prints.iter().map(|print| print.at);
    let blocks = recording.blocks.iter().map(|block| block.ended);
    let stalls = recording.stalls.iter().filter_map(|stall| stall.ended);
    let panics = recording.panics.iter().map(|panic| panic.at);
    let moments = waits.chain(ends).chain(spawns).chain(prints).chain(blocks).chain(stalls).chain(panics);
    let last = moments.filter(|moment| moment.step <= recording.ended.step).max_by_key(|moment| moment.step);
    let last = last.unwrap_or_default();
    if last.nanos == recording.ended.nanos {
        return recording;
    }
    let ends: Vec<Option<How>> = recording.tasks.iter().map(|task| task.end.as_ref().map(|end| end.how)).collect();
    let mut cut = until(recording, Moment { nanos: last.nanos, step: last.step + 1 });
    // What ended later is not left alive: the main task, tasks of libraries and of the check.
    for (task, how) in cut.tasks.iter_mut().zip(ends).filter(|(task, _)| task.end.is_none()) {
        task.end = how.map(|how| TaskEnd { at: cut.ended, how });
    }
    cut
}

/// The waits in the program's own code.
fn own_waits(recording: &Recording) -> impl Iterator<Item = &Wait> {
    recording.waits.iter().filter(|wait| !wait.lines.is_empty() && !recording.is_of_library(wait.task))
}

/// The recording with everything left out that came at this moment or later.
fn until(mut recording: Recording, at: Moment) -> Recording {
    if at.step >= recording.ended.step {
        return recording;
    }
    let before = |moment: Moment| moment.step < at.step;
    recording.ended = at;
    recording.waits.retain(|wait| before(wait.began));
    for wait in &mut recording.waits {
        wait.end = wait.end.filter(|end| before(end.at));
    }
    recording.polls.retain(|poll| before(poll.began));
    for poll in &mut recording.polls {
        poll.ended = poll.ended.min(at);
    }
    recording.blocks.retain(|block| before(block.began));
    for block in &mut recording.blocks {
        block.ended = block.ended.min(at);
    }
    recording.holds.retain(|hold| before(hold.from));
    for hold in &mut recording.holds {
        hold.until = hold.until.filter(|until| before(*until));
    }
    recording.wakes.retain(|wake| before(wake.at));
    recording.prints.retain(|print| before(print.at));
    recording.panics.retain(|panic| before(panic.at));
    recording.unpolled.retain(|timer| before(timer.at));
    recording.stalls.retain(|stall| stall.ended.is_none_or(before));
    recording.real_time.retain(|stretch| before(stretch.from));
    for stretch in &mut recording.real_time {
        stretch.until = stretch.until.min(at);
    }
    // Nothing is spawned while a program is ended, so every task that is named is there.
    for task in &mut recording.tasks {
        task.end = task.end.take().filter(|end| before(end.at));
    }
    recording
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::sleep;

    use super::*;
    use crate::{
        record,
        recording::{Location, Task, TaskKind},
        runtime::Threads,
    };

    fn line(file: &str) -> Location {
        Location { file: file.into(), line: 1, column: 1 }
    }

    /// Three seconds of the function under test, and two hundred of its check, whose waits have no lines.
    fn three_seconds_and_two_hundred() -> Recording {
        let program = || async {
            sleep(Duration::from_secs(3)).await;
            crate::println!("done");
            sleep(Duration::from_secs(200)).await;
        };
        let mut recording = record::future(Threads::Current, program).recording;
        recording.waits[0].lines = vec![line("exercises/01.rs")];
        recording
    }

    #[test]
    fn what_a_check_waits_for_after_the_function_returned_is_left_out() {
        let whole = three_seconds_and_two_hundred();
        assert_eq!(whole.elapsed(), Duration::from_secs(203));
        let cut = without_idle_end(whole);
        assert_eq!(cut.elapsed(), Duration::from_secs(3));
        assert_eq!((cut.waits.len(), cut.prints.len()), (1, 1));
        assert_eq!(cut.tasks[0].end.as_ref().map(|end| end.how), Some(How::Finished));
        assert_eq!(Recording::read(cut.to_json().as_bytes()).unwrap(), cut);
    }

    #[test]
    fn a_program_that_still_waits_is_left_as_it_is() {
        let mut waiting = three_seconds_and_two_hundred();
        let ended = waiting.ended;
        waiting.waits[0].end = None;
        assert_eq!(without_idle_end(waiting.clone()), waiting);

        // A task of the program that is alive, as opposed to one that its check spawned.
        let mut alive = three_seconds_and_two_hundred();
        alive.tasks.push(Task { spawned_at: line("exercises/01.rs"), end: None, ..spawned(&alive) });
        assert_eq!(without_idle_end(alive.clone()).ended, ended);
        alive.tasks[1].spawned_at = line("tests/checks/01.rs");
        assert_eq!(without_idle_end(alive).elapsed(), Duration::from_secs(3));
    }

    fn spawned(recording: &Recording) -> Task {
        Task { kind: TaskKind::Spawned, name: "task 1".to_string(), ..recording.tasks[0].clone() }
    }

    #[test]
    fn what_comes_after_the_judgement_is_left_out() {
        let whole = three_seconds_and_two_hundred();
        let at = Moment { nanos: 3_000_000_000, step: whole.prints[0].at.step };
        let judged = judged_at(whole, at);
        assert_eq!(judged.outcome, Outcome::Judged);
        assert_eq!(judged.elapsed(), Duration::from_secs(3));
        assert!(judged.prints.is_empty() && judged.tasks[0].end.is_none());
        assert_eq!(Recording::read(judged.to_json().as_bytes()).unwrap(), judged);
    }
}
