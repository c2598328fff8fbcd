//! How many wait at each moment: what a picture shows in place of a thousand lanes.

use super::axis::Axis;

/// A count that changes from place to place.
pub(super) struct Crowd {
    /// From each of these places on there are so many, until the next.
    changes: Vec<(u64, usize)>,
}

impl Crowd {
    /// Counts how many of the stretches lie over each other. Two that only touch do not.
    pub(super) fn new(stretches: impl Iterator<Item = (u64, u64)>) -> Self {
        let mut edges: Vec<(u64, isize)> = stretches.flat_map(|(from, to)| [(from, 1), (to, -1)]).collect();
        edges.sort_unstable();
        let mut changes: Vec<(u64, usize)> = Vec::new();
        let mut now = 0_isize;
        for (place, change) in edges {
            now += change;
            match changes.last_mut() {
                Some(last) if last.0 == place => last.1 = now.unsigned_abs(),
                _ => changes.push((place, now.unsigned_abs())),
            }
        }
        Self { changes }
    }

    /// The most there were at once.
    pub(super) fn most(&self) -> usize {
        self.changes.iter().map(|(_, count)| *count).max().unwrap_or(0)
    }

    /// The most there were in each of so many equal parts of the axis.
    pub(super) fn sampled(&self, axis: &Axis, parts: usize) -> Vec<usize> {
        let part = |place: u64| (u128::from(place.min(axis.end())) * parts as u128 / u128::from(axis.end())) as usize;
        let mut most = vec![0; parts];
        for (nth, (from, count)) in self.changes.iter().enumerate() {
            let until = self.changes.get(nth + 1).map_or(axis.end(), |(until, _)| *until);
            // What ends where a part begins takes no room in it.
            let last = part(until.saturating_sub(1).max(*from)).min(parts - 1);
            for sample in &mut most[part(*from).min(parts - 1)..=last] {
                *sample = (*sample).max(*count);
            }
        }
        most
    }
}
