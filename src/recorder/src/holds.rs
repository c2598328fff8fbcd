//! Which task holds which guard or permit.

use crate::recording::{Hold, Location, Moment, ResourceId, TaskId};

/// The guards and permits of a recording that is being put together.
#[derive(Default)]
pub(super) struct Holds {
    holds: Vec<Hold>,
    /// Those not given back, by their place in `holds`, with the permits that are left of each.
    open: Vec<(usize, u64)>,
}

impl Holds {
    /// `count` permits, or the one guard of a lock.
    pub(super) fn acquired(
        &mut self,
        resource: usize,
        task: Option<usize>,
        count: u64,
        line: Option<Location>,
        from: Moment,
        movable: bool,
    ) {
        self.open.push((self.holds.len(), count));
        let (resource, task) = (ResourceId(resource), task.map(TaskId));
        self.holds.push(Hold { resource, task, line, from, until: None, movable });
    }

    /// Tokio does not say whose permits are given back. They are those of the task that gives them back, the oldest first;
    /// if it has none, it was handed somebody else's.
    pub(super) fn released(&mut self, resource: usize, task: Option<usize>, mut count: u64, at: Moment) {
        for own in [true, false] {
            let holds = &mut self.holds;
            self.open.retain_mut(|(hold, left)| {
                let hold = &mut holds[*hold];
                let is_it = hold.resource.0 == resource && (!own || hold.task.map(|task| task.0) == task);
                if !is_it || count == 0 {
                    return true;
                }
                let given_back = count.min(*left);
                (count, *left) = (count - given_back, *left - given_back);
                if *left == 0 {
                    hold.until = Some(at);
                }
                *left > 0
            });
        }
    }

    pub(super) fn into_list(self) -> Vec<Hold> {
        self.holds
    }
}
