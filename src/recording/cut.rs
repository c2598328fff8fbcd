//! Recordings with their end left out: what the program did after a check had seen enough is not the program's doing.

use super::{How, Moment, Outcome, Recording, Task, TaskEnd, Wait};

impl Recording {
    /// The program as it was when whoever judged it had seen enough, and ended it.
    pub(crate) fn judged_at(self, at: Moment) -> Self {
        Self { outcome: Outcome::Judged, ..self.until(at) }
    }

    /// Without an end in which the program did nothing more: the function under test had returned, and its check still waited
    /// for what may come. A program that still waits for something itself is left as it is.
    pub(crate) fn without_idle_end(self) -> Self {
        let over = matches!(self.outcome, Outcome::Returned | Outcome::Judged);
        if !over || self.own_waits().any(|wait| !self.is_over(wait.end.map(|end| end.at))) {
            return self;
        }
        let is_spawned = |task: &&Task| task.is_own() && !task.is_main() && !task.spawned_at.is_of_checks();
        if self.tasks.iter().filter(is_spawned).any(|task| !self.is_over(task.end.as_ref().map(|end| end.at))) {
            return self;
        }
        let waits = self.own_waits().flat_map(|wait| [Some(wait.began), wait.end.map(|end| end.at)]).flatten();
        let ends = self.tasks.iter().filter(is_spawned).filter_map(|task| Some(task.end.as_ref()?.at));
        let spawns = self.tasks.iter().map(|task| task.spawned);
        let prints = self.prints.iter().map(|print| print.at);
        let blocks = self.blocks.iter().map(|block| block.ended);
        let stalls = self.stalls.iter().filter_map(|stall| stall.ended);
        let panics = self.panics.iter().map(|panic| panic.at);
        let moments = waits.chain(ends).chain(spawns).chain(prints).chain(blocks).chain(stalls).chain(panics);
        let last = moments.filter(|moment| moment.step <= self.ended.step).max_by_key(|moment| moment.step);
        let last = last.unwrap_or_default();
        if last.nanos == self.ended.nanos {
            return self;
        }
        let ends: Vec<Option<How>> = self.tasks.iter().map(|task| task.end.as_ref().map(|end| end.how)).collect();
        let mut cut = self.until(Moment { nanos: last.nanos, step: last.step + 1 });
        // What ended later is not left alive: the main task, tasks of libraries and of the check.
        for (task, how) in cut.tasks.iter_mut().zip(ends).filter(|(task, _)| task.end.is_none()) {
            task.end = how.map(|how| TaskEnd { at: cut.ended, how });
        }
        cut
    }

    fn is_over(&self, end: Option<Moment>) -> bool {
        end.is_some_and(|end| end.step <= self.ended.step)
    }

    /// The waits in the program's own code.
    fn own_waits(&self) -> impl Iterator<Item = &Wait> {
        self.waits.iter().filter(|wait| !wait.lines.is_empty() && !self.is_of_library(wait.task))
    }

    /// The recording with everything left out that came at this moment or later.
    fn until(mut self, at: Moment) -> Self {
        if at.step >= self.ended.step {
            return self;
        }
        let before = |moment: Moment| moment.step < at.step;
        self.ended = at;
        self.waits.retain(|wait| before(wait.began));
        for wait in &mut self.waits {
            wait.end = wait.end.filter(|end| before(end.at));
        }
        self.polls.retain(|poll| before(poll.began));
        for poll in &mut self.polls {
            poll.ended = poll.ended.min(at);
        }
        self.blocks.retain(|block| before(block.began));
        for block in &mut self.blocks {
            block.ended = block.ended.min(at);
        }
        self.holds.retain(|hold| before(hold.from));
        for hold in &mut self.holds {
            hold.until = hold.until.filter(|until| before(*until));
        }
        self.wakes.retain(|wake| before(wake.at));
        self.prints.retain(|print| before(print.at));
        self.panics.retain(|panic| before(panic.at));
        self.unpolled.retain(|timer| before(timer.at));
        self.stalls.retain(|stall| stall.ended.is_none_or(before));
        self.real_time.retain(|stretch| before(stretch.from));
        for stretch in &mut self.real_time {
            stretch.until = stretch.until.min(at);
        }
        // Nothing is spawned while a program is ended, so every task that is named is there.
        for task in &mut self.tasks {
            task.end = task.end.take().filter(|end| before(end.at));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::sleep;

    use super::*;
    use crate::{record, recording::Location, runtime::Threads};

    fn line(file: &str) -> Location {
        Location { file: file.to_string(), line: 1, column: 1 }
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
        let cut = whole.without_idle_end();
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
        assert_eq!(waiting.clone().without_idle_end(), waiting);

        // A task of the program that is alive, as opposed to one that its check spawned.
        let mut alive = three_seconds_and_two_hundred();
        alive.tasks.push(Task { spawned_at: line("exercises/01.rs"), end: None, ..spawned(&alive) });
        assert_eq!(alive.clone().without_idle_end().ended, ended);
        alive.tasks[1].spawned_at = line("tests/checks/01.rs");
        assert_eq!(alive.without_idle_end().elapsed(), Duration::from_secs(3));
    }

    fn spawned(recording: &Recording) -> Task {
        Task { kind: crate::recording::TaskKind::Spawned, name: "task 1".to_string(), ..recording.tasks[0].clone() }
    }

    #[test]
    fn what_comes_after_the_judgement_is_left_out() {
        let whole = three_seconds_and_two_hundred();
        let at = Moment { nanos: 3_000_000_000, step: whole.prints[0].at.step };
        let judged = whole.judged_at(at);
        assert_eq!(judged.outcome, Outcome::Judged);
        assert_eq!(judged.elapsed(), Duration::from_secs(3));
        assert!(judged.prints.is_empty() && judged.tasks[0].end.is_none());
        assert_eq!(Recording::read(judged.to_json().as_bytes()).unwrap(), judged);
    }
}
