//! The waits of awaits that have an identity.

use std::collections::HashSet;

use rustc_hash::FxHashMap;

use super::Assembly;
use crate::{
    awaits::Await,
    event::Whence,
    kind,
    log::{self, AwaitInfo},
    made,
    places::Places,
    recording::{Location, Moment, Resource, ResourceId, TaskId, Wait, WaitEnd, WaitKind},
};

/// The awaits of a recording that is being put together.
pub(super) struct Awaits<'a> {
    infos: &'a [AwaitInfo],
    places: &'a Places,
    /// Those in the source that wait by what is awaited within them.
    nests: &'a HashSet<&'static Await>,
    /// Those that were polled and have not ended.
    open: FxHashMap<u32, Open>,
    /// What a future of this type waits for.
    kinds: FxHashMap<&'static str, WaitKind>,
}

/// An await that has not ended.
#[derive(Default)]
struct Open {
    /// The task that waits; none as long as the await has not been found pending.
    task: Option<usize>,
    /// True once something within it has registered the task's waker by itself.
    registered: bool,
    /// The operations that tokio instruments and that have been found pending within it.
    ops: Vec<u64>,
    /// Its wait and the poll that it began in; none if it waits for nothing but such operations.
    wait: Option<(usize, usize)>,
}

impl<'a> Awaits<'a> {
    pub(super) fn new(infos: &'a [AwaitInfo], places: &'a Places, nests: &'a HashSet<&'static Await>) -> Self {
        Self { infos, places, nests, open: FxHashMap::default(), kinds: FxHashMap::default() }
    }

    pub(super) fn info(&self, number: u32) -> &'a AwaitInfo {
        &self.infos[number as usize]
    }

    /// Where it stands.
    pub(super) fn place(&self, number: u32) -> Location {
        self.places.location(self.info(number).place)
    }

    /// An await and those that it is a part of, the innermost first.
    pub(super) fn chain(&self, number: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(number), |number| self.info(*number).parent)
    }

    /// The lines that lead to an await, the outermost first; the last is its own.
    pub(super) fn lines(&self, number: u32) -> Vec<Location> {
        let mut lines: Vec<Location> = self.chain(number).map(|number| self.place(number)).collect();
        lines.reverse();
        lines
    }

    /// True if an await and all around it are of async functions and blocks: nothing else is polled where they are.
    pub(super) fn is_plain(&self, number: u32) -> bool {
        self.chain(number).all(|number| self.info(number).what.ends_with("::{{closure}}"))
    }

    /// What a wait of this kind within an await is for.
    pub(super) fn resource(&self, number: u32, wait: &WaitKind, resources: &[Resource]) -> Option<ResourceId> {
        let resource = self.infos[number as usize].resource? as usize;
        made::may_be_for(wait, &resources[resource].kind).then_some(ResourceId(resource))
    }

    /// What an await waits for, told by the type of its future.
    fn kind(&mut self, number: u32) -> WaitKind {
        let what = self.infos[number as usize].what;
        self.kinds.entry(what).or_insert_with(|| kind::of_type(what)).clone()
    }

    /// True if the await only passes on that something within it waits. One that has seen nothing pending within it in a poll
    /// is no exception: a `FuturesUnordered` polls only those of its futures that were woken.
    fn passes_on(&mut self, number: u32) -> bool {
        self.kind(number) == WaitKind::Other && self.nests.contains(self.infos[number as usize].at)
    }

    /// What an operation on such a resource within an await is for; none if it is of no interest, as in the innards of
    /// an HTTP client.
    pub(super) fn kind_of_op(&mut self, number: u32, op: u64, resource: log::Resource) -> Option<WaitKind> {
        let around = self.kind(number);
        let open = self.open.entry(number).or_default();
        open.ops.push(op);
        if kind::is_whole(&around) {
            return None;
        }
        let deadline = kind::has_deadline(self.infos[number as usize].what);
        // A timeout polls what it is put around before its own timer.
        if resource == log::Resource::Sleep && deadline && !(around == WaitKind::Sleep && open.ops.len() == 1) {
            return Some(WaitKind::Timeout);
        }
        Some(kind::of_resource(resource, &around))
    }
}

impl Assembly<'_> {
    /// Something within an await has registered the task's waker.
    pub(super) fn registered_within(&mut self, number: u32, task: usize, at: Moment) {
        let open = self.awaits.open.entry(number).or_default();
        open.registered = true;
        if open.task.is_some() && open.wait.is_none() {
            self.await_waits(number, task, at);
        }
    }

    /// An await was found pending.
    pub(super) fn await_began(&mut self, number: u32, task: usize, at: Moment) {
        self.come_to(number, task);
        let whole = kind::is_whole(&self.awaits.kind(number));
        let open = self.awaits.open.entry(number).or_default();
        open.task = Some(task);
        if whole || open.registered || open.ops.is_empty() {
            self.await_waits(number, task, at);
        }
    }

    /// A pending await was handed to another task: that one waits from now on, and no more the one that had it.
    pub(super) fn await_moved(&mut self, number: u32, task: usize, at: Moment) {
        let Some(open) = self.awaits.open.get_mut(&number) else { return };
        open.task = Some(task);
        let (ops, own) = (open.ops.clone(), open.wait);
        for op in ops {
            if let Some((wait, of)) = self.ops.get_mut(op).and_then(|op| op.wait.as_mut()) {
                *wait = move_wait(&mut self.waits, &mut self.wait_places, *wait, task, at);
                *of = task;
            }
        }
        if let Some((wait, _)) = own {
            let before = self.waits[wait].as_ref().filter(|wait| may_be_set(&wait.kind)).map(|wait| wait.task.0);
            if let Some(before) = before {
                self.lives[before].set_awaits -= 1;
                self.lives[task].set_awaits += 1;
            }
            let wait = move_wait(&mut self.waits, &mut self.wait_places, wait, task, at);
            let poll = self.lives[task].polls;
            self.awaits.open.entry(number).or_default().wait = Some((wait, poll));
        }
    }

    fn await_waits(&mut self, number: u32, task: usize, at: Moment) {
        if self.awaits.passes_on(number) {
            return;
        }
        let kind = self.awaits.kind(number);
        let life = &mut self.lives[task];
        life.set_awaits += usize::from(may_be_set(&kind));
        let poll = life.polls;
        let wait = self.begin(task, kind, Whence::Await(number), at);
        self.awaits.open.entry(number).or_default().wait = Some((wait, poll));
    }

    /// An await is over. What it began to wait for in the same poll was no wait.
    pub(super) fn await_ended(&mut self, number: u32, ready: bool, within: Option<u32>, at: Moment) {
        let Some(Open { task: Some(task), wait, .. }) = self.awaits.open.remove(&number) else { return };
        if !ready {
            self.dropped_at((number, within), task, at);
        }
        let Some((wait, poll)) = wait else { return };
        let life = &mut self.lives[task];
        life.set_awaits -= usize::from(self.waits[wait].as_ref().is_some_and(|wait| may_be_set(&wait.kind)));
        if life.polls == poll {
            self.waits[wait] = None;
        } else if let Some(wait) = &mut self.waits[wait] {
            wait.end = Some(WaitEnd { at, ready });
        }
    }

    /// The recording is at its end. A task that waits in several places, as the arms of a `join!` or a `select!` do, waits in
    /// none of them alone.
    pub(super) fn awaits_beside_others(&mut self) {
        let mut open: FxHashMap<TaskId, usize> = FxHashMap::default();
        for wait in self.waits.iter().flatten().filter(|wait| wait.end.is_none()) {
            *open.entry(wait.task).or_default() += 1;
        }
        for (wait, whence) in self.waits.iter_mut().zip(&self.wait_places) {
            if let (Some(wait), Whence::Await(_)) = (wait, whence) {
                wait.alone &= wait.end.is_some() || open.get(&wait.task) == Some(&1);
            }
        }
    }

    /// The recording is at its end. Tasks that are over wait for nothing any more, even if they have forgotten a future.
    pub(super) fn awaits_of_ended_tasks(&mut self) {
        for Open { task, wait, .. } in self.awaits.open.values() {
            let end = task.and_then(|task| self.recording.tasks[task].end.as_ref());
            if let Some((end, wait)) = end.zip(wait.and_then(|(wait, _)| self.waits[wait].as_mut())) {
                wait.end = Some(WaitEnd { at: end.at, ready: false });
            }
        }
    }
}

/// True for a wait that may be for the end of any of several tasks.
fn may_be_set(kind: &WaitKind) -> bool {
    matches!(kind, WaitKind::JoinSet | WaitKind::Tracker | WaitKind::Other)
}

/// Ends a wait and begins the same one in another task.
fn move_wait(waits: &mut Vec<Option<Wait>>, places: &mut Vec<Whence>, wait: usize, task: usize, at: Moment) -> usize {
    let before = waits[wait].as_mut();
    let moved = before.map(|before| {
        let moved = Wait { task: TaskId(task), began: at, ..before.clone() };
        before.end = Some(WaitEnd { at, ready: false });
        moved
    });
    places.push(places[wait]);
    waits.push(moved);
    waits.len() - 1
}
