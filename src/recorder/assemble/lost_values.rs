//! Values that went with a future which was dropped.
//!
//! Three facts make one: the future was dropped at an await at which it had something in hand; the code that had it goes on;
//! and it takes from the same source again, so that nobody meant to be done with it.

use std::collections::HashMap;

use super::Assembly;
use crate::{
    awaits::Await,
    recorder::log::AwaitInfo,
    recording::{InHand, Location, LostValue, Moment, TaskId},
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
}

/// A future that was dropped with a value.
struct Dropped {
    number: u32,
    at: Moment,
    value: InHand,
}

/// More of one task than these are not kept.
const MOST: usize = 20;

impl Assembly<'_> {
    /// A read is dropped that has taken so many bytes.
    pub(super) fn had_taken(&mut self, number: u32, task: Option<usize>, bytes: u64, at: Moment) {
        if let Some(task) = task {
            self.dropped_with(number, task, InHand::Bytes(bytes), at);
        }
    }

    /// An await was dropped before it was ready.
    pub(super) fn dropped_at(&mut self, number: u32, task: usize, at: Moment) {
        let info = self.awaits.info(number);
        let in_hand = self.lost.hands.get(info.at).cloned().unwrap_or_else(|| {
            let value = self.in_hand(number);
            self.lost.hands.insert(self.awaits.info(number).at, value.clone());
            value
        });
        if let Some(value) = in_hand {
            self.dropped_with(number, task, value, at);
        }
    }

    fn in_hand(&mut self, number: u32) -> Option<InHand> {
        let info = self.awaits.info(number);
        let place = info.place();
        if is_send(info.what) {
            return self.sources.is_gone(&place).then_some(InHand::Unsent);
        }
        let line = self.sources.held(&place)?;
        Some(InHand::Taken(Location { line, column: 0, ..place }))
    }

    fn dropped_with(&mut self, number: u32, task: usize, value: InHand, at: Moment) {
        let of_task = self.lost.dropped.entry(task).or_default();
        let is_new = of_task.iter().all(|before| before.number != number);
        if is_new && of_task.len() < MOST && !self.returned {
            of_task.push(Dropped { number, at, value });
        }
    }

    /// A task waits in this await: it may have come again to one that was cut off.
    pub(super) fn come_to(&mut self, number: u32, task: usize) {
        let Some(dropped) = self.lost.dropped.get_mut(&task).map(std::mem::take) else { return };
        let mut left = Vec::new();
        for one in dropped {
            match self.cut_off(&one, number) {
                Some(cut) if self.takes_again(cut) => {
                    let place = |number| self.awaits.info(number).place();
                    let (line, cut_off) = (place(one.number), place(cut));
                    let lost = LostValue { task: TaskId(task), at: one.at, line, cut_off, value: one.value };
                    self.recording.lost_values.push(lost);
                }
                Some(_) => {}
                None => left.push(one),
            }
        }
        self.lost.dropped.insert(task, left);
    }

    /// The await that was cut off with what was dropped, if the code around that has now come to it again in await `now`.
    fn cut_off(&self, dropped: &Dropped, now: u32) -> Option<u32> {
        let again: Vec<u32> = self.awaits.chain(now).collect();
        let is_again = |before: u32| {
            let (old, at) = (self.awaits.info(before), before);
            again.iter().any(|now| {
                let new = self.awaits.info(*now);
                *now != at && new.at == old.at && new.parent == old.parent
            })
        };
        let cut = self.awaits.chain(dropped.number).find(|number| is_again(*number))?;
        // Whoever sends with a deadline gets to know whether it was sent.
        (dropped.value != InHand::Unsent || cut == dropped.number).then_some(cut)
    }

    fn takes_again(&mut self, number: u32) -> bool {
        let AwaitInfo { at, .. } = *self.awaits.info(number);
        let place = self.awaits.info(number).place();
        *self.lost.again.entry(at).or_insert_with(|| self.sources.takes_again(&place))
    }
}

/// True for a future that sends a value over a channel, and nothing more. A signal that carries nothing is no loss.
fn is_send(what: &str) -> bool {
    let of_tokio = what.starts_with("tokio::sync::mpsc::bounded::Sender<") && what.ends_with(">::send::{{closure}}");
    let of_others = what.starts_with("async_channel::Send<") || what.starts_with("flume::async::SendFut<");
    (of_tokio || of_others) && !what.contains("<()>")
}
