//! Which wait of a task goes on which lane.

use std::{cmp::Reverse, collections::BinaryHeap};

/// A stretch of steps.
pub(super) struct Stretch {
    pub(super) from: u64,
    /// `u64::MAX` if it never ended.
    pub(super) to: u64,
    /// Stretches of one place in the program have the same number here.
    pub(super) place: u64,
}

/// So many lanes are looked at for one that was at the same place before.
const NEAR: usize = 8;

/// The number of the lane of each stretch, in as few lanes as keep them from overlapping. They are sorted by their begin.
///
/// A wait goes where one of the same place in the program was before, so that the arms of a `select!` in a loop keep their
/// lanes. If there is none, it goes on where the one that ended last left off: that one is most often what it had to wait
/// for. Where nothing is going on, it goes on the first lane.
pub(super) fn allot(stretches: &[Stretch]) -> Vec<usize> {
    let mut busy: BinaryHeap<Reverse<(u64, usize)>> = BinaryHeap::new();
    let mut lanes = Lanes::default();
    let lane_of = |stretch: &Stretch| {
        while let Some(&Reverse((end, lane))) = busy.peek()
            && end <= stretch.from
        {
            busy.pop();
            lanes.free.push(lane);
        }
        if busy.is_empty() {
            lanes.free.clear();
            lanes.untouched = 0;
        }
        let lane = lanes.take(stretch.place);
        busy.push(Reverse((stretch.to, lane)));
        lane
    };
    stretches.iter().map(lane_of).collect()
}

/// Which lanes are free.
#[derive(Default)]
struct Lanes {
    /// The place of the last stretch on each lane.
    places: Vec<u64>,
    /// Lanes that were busy since something has been going on, in the order they were freed.
    free: Vec<usize>,
    /// From this one on they were not.
    untouched: usize,
}

impl Lanes {
    fn take(&mut self, place: u64) -> usize {
        let near = self.free.len().saturating_sub(NEAR);
        let freed = (near..self.free.len()).rev().find(|at| self.places[self.free[*at]] == place);
        let mut untouched = (self.untouched..self.places.len()).take(NEAR);
        let lane = if let Some(at) = freed {
            self.free.remove(at)
        } else if let Some(lane) = untouched.find(|lane| self.places[*lane] == place) {
            self.free.extend((self.untouched..lane).rev());
            self.untouched = lane + 1;
            lane
        } else if let Some(lane) = self.free.pop() {
            lane
        } else {
            self.untouched += 1;
            self.untouched - 1
        };
        if lane == self.places.len() {
            self.places.push(place);
        }
        self.places[lane] = place;
        lane
    }
}

#[cfg(test)]
mod tests {
    use super::{Stretch, allot};

    /// Each of a place of its own.
    fn lanes(stretches: &[(u64, u64)]) -> Vec<usize> {
        let stretches = (0..).zip(stretches).map(|(place, (from, to))| Stretch { from: *from, to: *to, place });
        allot(&stretches.collect::<Vec<_>>())
    }

    #[test]
    fn waits_one_after_another_share_a_lane() {
        assert_eq!(lanes(&[(0, 1), (2, 3), (3, 4)]), [0, 0, 0]);
    }

    #[test]
    fn a_chain_stays_on_its_lane() {
        assert_eq!(lanes(&[(0, 10), (1, 20), (2, 30), (21, 40), (31, 50)]), [0, 1, 2, 1, 2]);
    }

    #[test]
    fn what_comes_when_all_is_done_begins_on_the_first_lane() {
        assert_eq!(lanes(&[(0, 10), (1, 11), (2, 12), (13, 20), (14, u64::MAX)]), [0, 1, 2, 0, 1]);
    }

    #[test]
    fn arms_of_a_loop_keep_their_lanes_in_whatever_order_they_are_polled() {
        let arms = [(0, 10, 7), (1, 11, 8), (12, 20, 8), (13, 21, 7)];
        let stretches = arms.map(|(from, to, place)| Stretch { from, to, place });
        assert_eq!(allot(&stretches), [0, 1, 1, 0]);
    }
}
