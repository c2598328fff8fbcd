//! A task that blocks its thread in a `block_on` for what it keeps itself. `block_in_place` allows the `block_on`, but who
//! polls the task's own futures meanwhile?

use crate::{
    diagnosis::{Found, words},
    recording::{Hold, Outcome, Recording, Stall, Wait},
};

/// The poll that does not end, what it waits for, and what of the task's own keeps it from that.
pub(in crate::diagnosis) struct OwnLock<'a> {
    stall: &'a Stall,
    wait: &'a Wait,
    keeps: Keeps<'a>,
}

enum Keeps<'a> {
    /// A future whose turn has come, and that is not polled.
    Turn(&'a Wait),
    Guard(&'a Hold),
}

/// All of them, in a program that is stuck.
pub(in crate::diagnosis) fn all(recording: &Recording) -> impl Iterator<Item = OwnLock<'_>> {
    let stalls = recording.stalls.iter().filter(|stall| recording.outcome == Outcome::Stuck && stall.ended.is_none());
    stalls.filter_map(|stall| {
        let is_inside = |wait: &&Wait| recording.tasks[wait.task.0].spawned_by == Some(stall.task);
        let blocked =
            recording.waits.iter().filter(|wait| wait.end.is_none() && recording.tasks[wait.task.0].is_main());
        blocked.filter(is_inside).find_map(|wait| Some(OwnLock { stall, wait, keeps: keeps(recording, stall, wait)? }))
    })
}

fn keeps<'a>(recording: &'a Recording, stall: &Stall, wait: &Wait) -> Option<Keeps<'a>> {
    wait.resource?;
    let has_turn = |other: &&Wait| other.granted.is_some() && other.end.is_none() && other.resource == wait.resource;
    let turn = recording.waits.iter().filter(|other| other.task == stall.task).find(has_turn);
    let holds = |hold: &&Hold| hold.until.is_none() && Some(hold.resource) == wait.resource;
    let guard = recording.holds.iter().filter(|hold| hold.task == Some(stall.task)).find(holds);
    turn.map(Keeps::Turn).or(guard.map(Keeps::Guard))
}

impl OwnLock<'_> {
    pub(super) fn found(&self, recording: &Recording) -> Found {
        let task = &recording.tasks[self.stall.task.0];
        let (name, what) = (&task.name, words::waits_for(&self.wait.kind));
        let found = Found::new(
            format!("stuck: {name} blocks its thread for {what} that only {name} itself can let go of"),
            format!(
                "block_on blocks the thread until its future is ready. With block_in_place other tasks go on meanwhile, on \
                 another thread, but {name} is not polled, and none of its futures goes on."
            ),
            "await it instead of blocking, and drop the guard, or the future that waits for the same lock, before that",
        );
        let found = found.at(self.stall.lines.last(), format!("the thread waits here for {what}"));
        let found = match self.keeps {
            Keeps::Turn(turn) => found.at(turn.line(), "it went to the future that waits here, and nobody polls that"),
            Keeps::Guard(hold) => found.at(hold.line.as_ref(), format!("{name} got it here and holds it")),
        };
        found.at(Some(&task.spawned_at), format!("{name} is spawned here"))
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        diagnosis::{self, Code},
        record,
        recording::{
            Doing, Location, Moment, Outcome, Poll, Resource, ResourceId, Stall, Task, TaskId, TaskKind, Wait, WaitKind,
        },
        runtime::Threads,
    };

    fn line(line: u32) -> Location {
        Location { file: "a.rs".into(), line, column: 1 }
    }

    fn at(step: u64) -> Moment {
        Moment { nanos: step, step }
    }

    /// In its own process a thread that is blocked for ever can be ended, and here it cannot.
    #[test]
    fn a_thread_that_is_blocked_for_a_lock_that_went_to_a_future_of_its_task_is_told_as_that() {
        let mut recording = record::future(Threads::Current, || async {}).recording;
        (recording.outcome, recording.ended) = (Outcome::Stuck, at(900));
        let main = Task { end: None, ..recording.tasks[0].clone() };
        let task = Task { name: "task 1".into(), kind: TaskKind::Spawned, spawned_at: line(1), ..main.clone() };
        let task = Task { wakers_kept: Some(0), ..task };
        let block_on = Task { name: "main 2".into(), spawned_by: Some(TaskId(1)), ..main };
        recording.tasks.extend([task, block_on]);
        recording.resources = vec![Resource { kind: WaitKind::Mutex, made_at: line(2) }];
        let turn = Wait {
            task: TaskId(1),
            kind: WaitKind::Mutex,
            lines: vec![line(3)],
            began: at(800),
            end: None,
            asked_nanos: None,
            resource: Some(ResourceId(0)),
            alone: false,
            granted: Some(at(830)),
        };
        let blocked = Wait { task: TaskId(2), lines: Vec::new(), began: at(820), granted: None, ..turn.clone() };
        recording.waits = vec![turn, blocked];
        recording.polls.push(Poll { task: TaskId(1), began: at(810), ended: at(810) });
        recording.stalls.push(Stall {
            task: TaskId(1),
            began: at(810),
            ended: None,
            real_millis: 300,
            doing: Doing::Waiting,
            lines: vec![line(4)],
            holds_up_arms: true,
        });
        let found = diagnosis::all(&recording);
        let [(Code::W02, found)] = &found[..] else { panic!("{found:#?}") };
        assert_eq!(found.message, "stuck: task 1 blocks its thread for a Mutex that only task 1 itself can let go of");
        assert_eq!(found.places.iter().map(|place| place.line).collect::<Vec<_>>(), [4, 3, 1]);
    }
}
