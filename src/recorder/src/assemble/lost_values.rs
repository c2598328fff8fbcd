//! Values that went with a future which was dropped.
//!
//! Three facts make one: the future was dropped at an await at which it had something in hand; the code that had it goes on;
//! and it takes from the same source again, so that nobody meant to be done with it.

use std::collections::HashMap;

use super::Assembly;
use crate::{
    awaits::Await,
    recording::{InHand, Location, LostValue, Moment, TaskId},
    sources::Sources,
};

/// What is known while the log is read.
#[derive(Default)]
pub(super) struct LostValues {
    /// Those that may be lost, by the tasks.
    dropped: HashMap<usize, Vec<Dropped>>,
    /// What a future has in hand at these awaits.
    hands: HashMap<&'static Await, Option<InHand>>,
    /// Whether the program takes from the same again at these awaits.
    again: HashMap<&'static Await, bool>,
    /// Whether what is awaited there takes from what the code around it was given.
    outside: HashMap<&'static Await, bool>,
}

/// A future that was dropped with a value.
struct Dropped {
    /// The await that it was at, and the outermost that was dropped with it.
    number: u32,
    cut: u32,
    at: Moment,
    value: InHand,
}

/// More of one task than these are not kept.
const MOST: usize = 20;

/// An await that was dropped, and the one whose code did that.
type Drop = (u32, Option<u32>);

impl Assembly<'_> {
    /// A read is dropped that has taken so many bytes.
    pub(super) fn had_taken(&mut self, drop: Drop, task: Option<usize>, bytes: u64, at: Moment) {
        if let Some(task) = task {
            self.dropped_with(drop, task, InHand::Bytes(bytes), at);
        }
    }

    /// An await was dropped before it was ready.
    pub(super) fn dropped_at(&mut self, drop: Drop, task: usize, at: Moment) {
        let info = self.awaits.info(drop.0);
        let look = || in_hand(&mut self.sources, info.what, self.awaits.place(drop.0));
        if let Some(value) = self.lost.hands.entry(info.at).or_insert_with(look).clone() {
            self.dropped_with(drop, task, value, at);
        }
    }

    fn dropped_with(&mut self, (number, within): Drop, task: usize, value: InHand, at: Moment) {
        // What is being polled lives on.
        let cut = self.awaits.chain(number).take_while(|number| Some(*number) != within).last().unwrap_or(number);
        let is_lost = match value {
            InHand::Bytes(_) => true,
            // Whoever sends in a function or with a deadline may look at what came of it.
            InHand::Unsent => cut == number,
            // Otherwise the code that has the value goes on.
            InHand::Taken(_) => cut != number,
        };
        let of_task = self.lost.dropped.entry(task).or_default();
        let is_new = of_task.iter().all(|before| before.number != number);
        if is_lost && is_new && !self.returned {
            if of_task.len() == MOST {
                of_task.remove(0);
            }
            of_task.push(Dropped { number, cut, at, value });
        }
    }

    /// A task waits in this await: it may have come again to one that was cut off.
    pub(super) fn come_to(&mut self, number: u32, task: usize) {
        let Some(dropped) = self.lost.dropped.get_mut(&task).map(std::mem::take) else { return };
        let again: Vec<u32> = self.awaits.chain(number).collect();
        let (came, left): (Vec<_>, Vec<_>) = dropped.into_iter().partition(|one| {
            let old = self.awaits.info(one.cut);
            let news = again.iter().filter(|number| **number != one.cut).map(|number| self.awaits.info(*number));
            news.into_iter().any(|new| new.at == old.at && new.parent == old.parent)
        });
        self.lost.dropped.insert(task, left);
        for one in came {
            if self.takes_again(one.cut) && self.leads_to(&one) {
                let place = |number| self.awaits.place(number);
                let (line, cut_off) = (place(one.number), place(one.cut));
                let lost = LostValue { task: TaskId(task), at: one.at, line, cut_off, value: one.value };
                self.recording.lost_values.push(lost);
            }
        }
    }

    /// True if the dropped future took from what the one that was cut off with it was given.
    fn leads_to(&mut self, dropped: &Dropped) -> bool {
        // What an await has in hand was taken before it.
        let passed = usize::from(matches!(dropped.value, InHand::Taken(_)));
        let between: Vec<u32> = self.awaits.chain(dropped.number).take_while(|number| *number != dropped.cut).collect();
        between.into_iter().skip(passed).all(|number| {
            let (at, place) = (self.awaits.info(number).at, self.awaits.place(number));
            *self.lost.outside.entry(at).or_insert_with(|| self.sources.takes_from_outside(&place))
        })
    }

    fn takes_again(&mut self, number: u32) -> bool {
        let (at, place) = (self.awaits.info(number).at, self.awaits.place(number));
        *self.lost.again.entry(at).or_insert_with(|| self.sources.takes_again(&place))
    }
}

/// What a future of the type `what` has in hand at the await at this place.
fn in_hand(sources: &mut Sources, what: &str, place: Location) -> Option<InHand> {
    if is_send(what) && sources.is_gone(&place) {
        return Some(InHand::Unsent);
    }
    let line = sources.held(&place)?;
    Some(InHand::Taken(Location { line, column: 0, ..place }))
}

/// True for a future that sends a value over a channel, and nothing more. A signal that carries nothing is no loss.
fn is_send(what: &str) -> bool {
    let of_tokio = what.starts_with("tokio::sync::mpsc::bounded::Sender<") && what.ends_with(">::send::{{closure}}");
    let of_others = what.starts_with("async_channel::Send<") || what.starts_with("flume::async::SendFut<");
    (of_tokio || of_others) && !what.contains("<()>")
}
