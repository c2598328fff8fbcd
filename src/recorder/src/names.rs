//! What tasks are called.

use super::{log::TaskInfo, places::Places};
use crate::recording::{Intent, Location, Moment, Task, TaskId, TaskKind};

/// Gives every task its name: its own, or a number among those the program itself spawned.
pub(super) fn name_tasks(infos: &[TaskInfo], places: &Places) -> Vec<Task> {
    let (mut main, mut spawned, mut blocking, mut library) = (0, 0, 0, 0);
    let number = |what: &str, count: &mut usize| {
        *count += 1;
        format!("{what} {count}")
    };
    let tasks = infos.iter().map(|info| {
        let counted = match info.kind {
            TaskKind::Main => number("main", &mut main).replace("main 1", "main"),
            TaskKind::Blocking => number("blocking", &mut blocking),
            _ if places.is_learners(info.spawned_at) => number("task", &mut spawned),
            _ => number("library task", &mut library),
        };
        Task {
            name: if info.name.is_empty() { counted } else { info.name.to_string() },
            kind: info.kind,
            spawned_at: if info.kind == TaskKind::Main {
                Location::default()
            } else {
                places.location(info.spawned_at)
            },
            spawned_by: info.spawned_by.map(|task| TaskId(task as usize)),
            spawned: Moment::default(),
            end: None,
            went_with: None,
            in_set: false,
            in_tracker: false,
            intent: Intent::default(),
            wakers_kept: None,
        }
    });
    tasks.collect()
}
