//! A recording with an index: what is about one task, or about one resource, without a look at all the rest.

use std::{cell::OnceCell, ops::Deref};

use super::{Hold, Moment, Poll, Print, Recording, ResourceId, Task, TaskId, Wait, Wake};

/// A [`Recording`] of which one task or resource after another can be looked at in a time that grows with what is about
/// it, and not with the whole recording. Each index is made when it is first asked for.
pub struct Indexed<'a> {
    recording: &'a Recording,
    waits_of: OnceCell<Groups>,
    polls_of: OnceCell<Groups>,
    wakes_of: OnceCell<Groups>,
    wakes_by: OnceCell<Groups>,
    prints_of: OnceCell<Groups>,
    spawned_by: OnceCell<Groups>,
    waits_on: OnceCell<Groups>,
    holds_of: OnceCell<Groups>,
}

impl<'a> Indexed<'a> {
    /// Of this recording; nothing is read yet.
    pub fn of(recording: &'a Recording) -> Self {
        let [waits_of, polls_of, wakes_of, wakes_by, prints_of, spawned_by, waits_on, holds_of] = Default::default();
        Self { recording, waits_of, polls_of, wakes_of, wakes_by, prints_of, spawned_by, waits_on, holds_of }
    }

    /// All of it.
    pub fn all(&self) -> &'a Recording {
        self.recording
    }

    /// The waits of a task, in the order they began.
    pub fn waits_of(&self, task: TaskId) -> impl DoubleEndedIterator<Item = &'a Wait> + Clone {
        grouped(&self.waits_of, &self.recording.waits, |wait| Some(wait.task.0), task.0)
    }

    /// The waits of a task that were still going on when the program ended; those in the innards of a library are left out.
    pub fn open_waits(&self, task: TaskId) -> impl Iterator<Item = &'a Wait> {
        self.waits_of(task).filter(|wait| wait.end.is_none() && !wait.lines.is_empty())
    }

    /// The polls of a task, in order.
    pub fn polls_of(&self, task: TaskId) -> impl DoubleEndedIterator<Item = &'a Poll> + Clone {
        grouped(&self.polls_of, &self.recording.polls, |poll| Some(poll.task.0), task.0)
    }

    /// The wakes of a task, in order.
    pub fn wakes_of(&self, task: TaskId) -> impl DoubleEndedIterator<Item = &'a Wake> + Clone {
        grouped(&self.wakes_of, &self.recording.wakes, |wake| Some(wake.task.0), task.0)
    }

    /// The wakes of a task from a moment until before another, in order.
    pub fn wakes_between(
        &self,
        task: TaskId,
        from: Moment,
        until: Moment,
    ) -> impl DoubleEndedIterator<Item = &'a Wake> + Clone {
        let wakes = &self.recording.wakes;
        let of_task = places(&self.wakes_of, wakes, |wake| Some(wake.task.0), task.0);
        let before = |moment: Moment| of_task.partition_point(|place| wakes[*place].at < moment);
        of_task.get(before(from)..before(until)).unwrap_or_default().iter().map(|place| &wakes[*place])
    }

    /// The wakes that a task caused, in order.
    pub fn wakes_by(&self, task: TaskId) -> impl DoubleEndedIterator<Item = &'a Wake> + Clone {
        grouped(&self.wakes_by, &self.recording.wakes, |wake| Some(wake.by?.0), task.0)
    }

    /// What a task printed, in order.
    pub fn prints_of(&self, task: TaskId) -> impl DoubleEndedIterator<Item = &'a Print> + Clone {
        grouped(&self.prints_of, &self.recording.prints, |print| Some(print.task?.0), task.0)
    }

    /// The tasks that a task spawned, in order.
    pub fn spawned_by(&self, task: TaskId) -> impl DoubleEndedIterator<Item = TaskId> + Clone {
        let by = |task: &Task| Some(task.spawned_by?.0);
        places(&self.spawned_by, &self.recording.tasks, by, task.0).iter().map(|place| TaskId(*place))
    }

    /// The waits for a resource, in the order they began.
    pub fn waits_on(&self, resource: ResourceId) -> impl DoubleEndedIterator<Item = &'a Wait> + Clone {
        grouped(&self.waits_on, &self.recording.waits, |wait| Some(wait.resource?.0), resource.0)
    }

    /// The guards and permits of a resource, in the order they were got.
    pub fn holds_of(&self, resource: ResourceId) -> impl DoubleEndedIterator<Item = &'a Hold> + Clone {
        grouped(&self.holds_of, &self.recording.holds, |hold| Some(hold.resource.0), resource.0)
    }
}

/// What belongs to one group, by an index that is made here unless there is one.
fn grouped<'i, 'a, T>(
    index: &'i OnceCell<Groups>,
    all: &'a [T],
    group_of: fn(&T) -> Option<usize>,
    group: usize,
) -> impl DoubleEndedIterator<Item = &'a T> + Clone + use<'i, 'a, T> {
    places(index, all, group_of, group).iter().map(|place| &all[*place])
}

/// The same, as the places of that.
fn places<'i, T>(
    index: &'i OnceCell<Groups>,
    all: &[T],
    group_of: fn(&T) -> Option<usize>,
    group: usize,
) -> &'i [usize] {
    index.get_or_init(|| Groups::of(all.iter().map(group_of))).get(group)
}

impl Deref for Indexed<'_> {
    type Target = Recording;

    fn deref(&self) -> &Recording {
        self.recording
    }
}

/// The places of a list, those of each group together and in order.
struct Groups {
    /// Where each group begins in `places`, and where the last one ends.
    begins: Vec<usize>,
    places: Vec<usize>,
}

impl Groups {
    /// Of a list, by the group that each of its places belongs to.
    fn of(groups: impl Iterator<Item = Option<usize>> + Clone) -> Self {
        let mut begins = Vec::new();
        for group in groups.clone().flatten() {
            // First how many there are in the group before.
            if begins.len() < group + 2 {
                begins.resize(group + 2, 0);
            }
            begins[group + 1] += 1;
        }
        let mut sum = 0;
        for begin in &mut begins {
            sum += *begin;
            *begin = sum;
        }
        let mut next = begins.clone();
        let mut places = vec![0; sum];
        for (place, group) in groups.enumerate().filter_map(|(place, group)| Some((place, group?))) {
            places[next[group]] = place;
            next[group] += 1;
        }
        Self { begins, places }
    }

    fn get(&self, group: usize) -> &[usize] {
        match self.begins.get(group..group + 2) {
            Some(&[begin, end]) => &self.places[begin..end],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_group_has_its_places_in_order_and_no_others() {
        let groups = Groups::of([Some(2), None, Some(0), Some(2), Some(4), Some(2)].into_iter());
        let all: Vec<&[usize]> = (0..6).map(|group| groups.get(group)).collect();
        assert_eq!(all, [&[2][..], &[], &[0, 3, 5], &[], &[4], &[]]);
        assert!(Groups::of(std::iter::empty()).get(0).is_empty());
    }
}
