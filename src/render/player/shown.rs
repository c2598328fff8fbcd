//! What of a recording is shown, and under which number.

use super::schema::{PlayerBlock, PlayerPrint, PlayerTask, PlayerWait};
use crate::recording::{Location, Recording, Task, TaskId, Wait, without_ports};

/// The part of a recording that a reader should see.
pub(super) struct Shown<'a> {
    pub(super) recording: &'a Recording,
    /// The number of each task of the recording among those that are shown.
    numbers: Vec<Option<usize>>,
}

impl<'a> Shown<'a> {
    pub(super) fn of(recording: &'a Recording) -> Self {
        let mut count = 0..;
        let numbers = recording.tasks.iter().map(|task| (!task.is_of_library()).then(|| count.next()).flatten());
        Self { recording, numbers: numbers.collect() }
    }

    /// The number of a task, if it is shown.
    pub(super) fn number(&self, task: TaskId) -> Option<usize> {
        self.numbers[task.0]
    }

    pub(super) fn each_task(&self) -> impl Iterator<Item = &'a Task> {
        self.recording.tasks.iter().filter(|task| !task.is_of_library())
    }

    /// The waits that are shown, each with the number of its task.
    pub(super) fn each_wait(&self) -> impl Iterator<Item = (usize, &'a Wait)> {
        let with_task = |wait: &'a Wait| Some((self.number(wait.task)?, wait));
        self.recording.waits.iter().filter(|wait| !wait.lines.is_empty()).filter_map(with_task)
    }

    pub(super) fn tasks(&self) -> Vec<PlayerTask> {
        let task = |task: &Task| PlayerTask {
            name: task.name.clone(),
            kind: task.kind,
            spawned_at: known(&task.spawned_at),
            spawned_by: task.spawned_by.and_then(|by| self.number(by)),
        };
        self.each_task().map(task).collect()
    }

    pub(super) fn waits(&self) -> Vec<PlayerWait> {
        let wait = |(task, wait): (usize, &Wait)| PlayerWait {
            task,
            kind: wait.kind.to_string(),
            lines: wait.lines.clone(),
            asked_nanos: wait.asked_nanos,
        };
        self.each_wait().map(wait).collect()
    }

    pub(super) fn prints(&self) -> Vec<PlayerPrint> {
        let prints = self.recording.prints.iter().map(|print| PlayerPrint {
            task: print.task.and_then(|task| self.number(task)),
            text: without_ports(&anstream::adapter::strip_str(&print.text).to_string()),
            line: print.line.clone(),
        });
        prints.collect()
    }

    pub(super) fn blocks(&self) -> Vec<PlayerBlock> {
        let blocks = self
            .recording
            .blocks
            .iter()
            .map(|block| PlayerBlock { task: block.task.and_then(|task| self.number(task)), line: block.line.clone() });
        blocks.collect()
    }
}

/// A place, unless it is that of the main task, which has none.
fn known(location: &Location) -> Option<Location> {
    (!location.file.is_empty()).then(|| location.clone())
}
