//! Which wait of a task goes on which lane.

use std::{cmp::Reverse, collections::BinaryHeap};

/// A stretch of steps.
pub(super) struct Stretch {
    pub(super) from: u64,
    /// `u64::MAX` if it never ended.
    pub(super) to: u64,
}

/// The number of the lane of each stretch, in as few lanes as keep them from overlapping. They are sorted by their begin.
///
/// A wait goes on where the one that ended last left off: that one is most often what it had to wait for. Where nothing
/// is going on, it goes on the first lane.
pub(super) fn allot(stretches: &[Stretch]) -> Vec<usize> {
    let mut busy: BinaryHeap<Reverse<(u64, usize)>> = BinaryHeap::new();
    let mut free: Vec<usize> = Vec::new();
    let mut untouched = 0;
    let lane_of = |stretch: &Stretch| {
        while let Some(&Reverse((end, lane))) = busy.peek()
            && end <= stretch.from
        {
            busy.pop();
            free.push(lane);
        }
        if busy.is_empty() {
            free.clear();
            untouched = 0;
        }
        let lane = free.pop().unwrap_or_else(|| {
            untouched += 1;
            untouched - 1
        });
        busy.push(Reverse((stretch.to, lane)));
        lane
    };
    stretches.iter().map(lane_of).collect()
}

#[cfg(test)]
mod tests {
    use super::{Stretch, allot};

    fn lanes(stretches: &[(u64, u64)]) -> Vec<usize> {
        let stretches: Vec<Stretch> = stretches.iter().map(|(from, to)| Stretch { from: *from, to: *to }).collect();
        allot(&stretches)
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
}
