//! Stacks that are seen again: to tell one from the others needs no unwinding.
//!
//! A stack is known by its return addresses and by where each of them lies. Where all of these words are found again at the
//! same distances, the same functions have been called from the same places: the innermost is the one that asks, and from
//! the instruction to which a function returns follows how big its frame is, and so where the next return address lies.
#![expect(unsafe_code, reason = "the thread's own stack is read")]

use rustc_hash::FxHashMap;

/// Stacks of one depth are compared one after another; more than so many are not kept.
const MOST_OF_A_DEPTH: usize = 8;

/// The stacks that would be known again, by their depth: the distance from the innermost function's frame to the end.
#[derive(Default)]
pub(super) struct Again {
    by_depth: FxHashMap<usize, Vec<Known>>,
}

struct Known {
    number: u32,
    /// The return addresses, each with its distance from the innermost function's frame.
    returns: Box<[(usize, usize)]>,
}

impl Again {
    /// The number of the stack of the calling thread, if it has been seen before: it leads to a frame at `here`, and is looked
    /// at up to `depth` bytes from there.
    pub(super) fn find(&self, here: usize, depth: usize) -> Option<u32> {
        let known = self.by_depth.get(&depth)?;
        known.iter().find(|known| known.is_at(here)).map(|known| known.number)
    }

    /// Remembers a stack: what was found at each frame, the innermost first, is where the stack stood and the address to which
    /// the function called from there returns.
    pub(super) fn remember(&mut self, here: usize, depth: usize, frames: Vec<(usize, usize)>, number: u32) {
        // The frames further in are those of whoever walked the stack, and always the same.
        let outer = frames.into_iter().filter(|(stood_at, _)| *stood_at > here);
        let returns = outer.map(|(stood_at, address)| (stood_at - WORD - here, address)).collect();
        let known = Known { number, returns };
        // Where a processor keeps return addresses elsewhere, they are not found again here, and nothing is kept.
        let of_depth = self.by_depth.entry(depth).or_default();
        if of_depth.len() < MOST_OF_A_DEPTH && !known.returns.is_empty() && known.is_at(here) {
            of_depth.push(known);
        }
    }
}

#[cfg(test)]
impl Again {
    /// How many stacks would be known again.
    pub(super) fn known(&self) -> usize {
        self.by_depth.values().map(Vec::len).sum()
    }
}

/// The size of an address.
const WORD: usize = size_of::<usize>();

impl Known {
    /// True if its return addresses lie at these distances from `here`, which is on the calling thread's stack.
    fn is_at(&self, here: usize) -> bool {
        self.returns.iter().all(|(distance, address)| {
            let place = (here + distance) as *const usize;
            // SAFETY: the innermost of them is that of the function that asks. Each further one is read only if those before it
            // are the same: then the same functions have been called from the same places, and it lies in the frame of the
            // last of them, which has not returned.
            place.is_aligned() && unsafe { place.read_volatile() } == *address
        })
    }
}
