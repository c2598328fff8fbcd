//! When waits begin and end.

use super::{Assembly, Life, Op, Open};
use crate::{
    event::{Event, Registrar, What, Whence},
    kind,
    log::Resource,
    recording::{Moment, ResourceId, TaskId, Wait, WaitEnd, WaitKind, Wake},
    stack::Stack,
    workspace::is_learners,
};

impl Assembly<'_> {
    pub(super) fn op_began(
        &mut self,
        op: u64,
        task: usize,
        (kind, resource): (Resource, Option<u32>),
        whence: Whence,
        at: Moment,
    ) {
        let Op { registered, asked_nanos, .. } = *self.ops.of(op);
        let kind = match whence {
            Whence::Stack(stack) => kind::of_resource(kind, &self.stacks[stack as usize].kind),
            Whence::Await(number) => match self.awaits.kind_of_op(number, op, kind) {
                Some(kind) => kind,
                None => return,
            },
        };
        self.lives[task].ops += i64::from(registered);
        if let Whence::Stack(stack) = whence {
            self.went_on(task, stack, at);
        }
        let wait = self.begin(task, kind, whence, at);
        if let Some(wait) = &mut self.waits[wait] {
            (wait.asked_nanos, wait.resource) =
                (asked_nanos, resource.map(|number| ResourceId(number as usize)).or(wait.resource));
        }
        self.ops.of(op).wait = Some((wait, task));
    }

    pub(super) fn begin(&mut self, task: usize, kind: WaitKind, whence: Whence, at: Moment) -> usize {
        let (mut lines, alone) = match whence {
            Whence::Await(number) => (self.awaits.lines(number), self.awaits.is_plain(number)),
            Whence::Stack(stack) => (self.stacks[stack as usize].lines(), self.stacks[stack as usize].is_plain),
        };
        // A library's future that was spawned as it is has no line of the program on its stack but the one of the spawn.
        let spawned_at = &self.recording.tasks[task].spawned_at;
        if lines.is_empty() && is_learners(&spawned_at.file) {
            lines.push(spawned_at.clone());
        }
        let resource = match whence {
            Whence::Await(number) => self.awaits.resource(number, &kind, &self.recording.resources),
            Whence::Stack(_) => None,
        };
        self.wait_places.push(whence);
        self.waits.push(Some(Wait {
            task: TaskId(task),
            kind,
            lines,
            began: at,
            end: None,
            asked_nanos: None,
            resource,
            alone,
            granted: None,
        }));
        self.waits.len() - 1
    }

    /// Ends a wait that began in an earlier poll; takes back one that began in this.
    pub(super) fn end(&mut self, gone: &Open, poll: usize, ready: bool, at: Moment) {
        if gone.poll == poll {
            self.waits[gone.wait] = None;
        } else if let Some(wait) = &mut self.waits[gone.wait] {
            wait.end = Some(WaitEnd { at, ready });
        }
    }

    pub(super) fn registered(&mut self, task: usize, by: Registrar, at: Moment, events: &[Event]) {
        match by {
            Registrar::Elsewhere => {}
            Registrar::Op { op } => {
                // The waker may be registered before the operation is found not ready, or after.
                let op = self.ops.of(op);
                if op.wait.is_some() && !op.registered {
                    self.lives[task].ops += 1;
                }
                op.registered = true;
            }
            Registrar::Poll { whence: Whence::Await(number) } => self.registered_within(number, task, at),
            Registrar::Poll { whence: Whence::Stack(stack) } => {
                // Some resources register anew at every poll and drop the old registration: the same wait goes on.
                let next = events.get(at.step as usize + 1);
                let replaces = next
                    .is_some_and(|next| matches!(next.what, What::WakerDropped { task: of } if of as usize == task));
                let life = &mut self.lives[task];
                match life.open.iter_mut().find(|open| open.stack == stack) {
                    Some(open) if replaces => open.last_seen = life.polls,
                    _ => self.wait_began(task, stack, at),
                }
            }
        }
        self.lives[task].registrations += 1;
    }

    fn wait_began(&mut self, task: usize, number: u32, at: Moment) {
        self.went_on(task, number, at);
        let wait = self.begin(task, self.stacks[number as usize].kind.clone(), Whence::Stack(number), at);
        let poll = self.lives[task].polls;
        self.lives[task].open.push(Open {
            wait,
            stack: number,
            poll,
            last_seen: poll,
            woken: false,
            woken_in_place: false,
        });
    }

    /// Ends the waits that code which waits at this stack now must have gone on from.
    fn went_on(&mut self, task: usize, number: u32, at: Moment) {
        let life = &mut self.lives[task];
        let (poll, consumed) = (life.polls, life.surplus() > 0);
        let now = &self.stacks[number as usize];
        let from = |open: &mut Open| {
            (open.stack == number && open.poll < poll) || parted_in_one_body(&self.stacks[open.stack as usize], now)
        };
        let gone: Vec<Open> = life.open.extract_if(.., from).collect();
        for gone in gone {
            self.end(&gone, poll, gone.woken_in_place || (consumed && gone.woken), at);
        }
    }

    /// True if the task waits somewhere that is not just further on from `here`: another arm of a join, for instance.
    pub(super) fn waits_beside(&self, task: usize, here: &Stack) -> bool {
        let lines = here.lines();
        self.waits.iter().zip(&self.wait_places).any(|(wait, whence)| {
            let Some(wait) = wait.as_ref().filter(|wait| wait.task == TaskId(task) && wait.end.is_none()) else {
                return false;
            };
            match whence {
                // It says when it ends, so it still waits; but what holds the thread may be the very future it awaits.
                Whence::Await(_) => wait.line().is_some_and(|line| lines.iter().all(|other| other.line != line.line)),
                Whence::Stack(stack) => {
                    !wait.lines.is_empty() && !parted_in_one_body(here, &self.stacks[*stack as usize])
                }
            }
        })
    }

    /// True if a wake that came right after the end of another task may come from that end, and not from a timer that
    /// was due at the same moment. A `JoinHandle` leaves the waker where it is. A `JoinSet` uses it up, as timers do; but a
    /// task that waits for nothing but timers and locks waits for no set.
    pub(super) fn may_join(&self, task: usize, consumed: bool) -> bool {
        let life = &self.lives[task];
        !consumed || !life.open.is_empty() || life.set_awaits > 0
    }

    pub(super) fn woken(&mut self, task: usize, by: Option<usize>, consumed: bool, at: Moment) {
        self.recording.wakes.push(Wake { task: TaskId(task), by: by.map(TaskId), at });
        let life = &mut self.lives[task];
        // Where wakers are not known, nobody saw them registered.
        life.registrations -= i64::from(consumed && life.wakers_known);
        for open in &mut life.open {
            open.woken = true;
            open.woken_in_place |= !consumed;
        }
    }

    pub(super) fn op_granted(&mut self, op: u64, at: Moment) {
        let wait = self.ops.get_mut(op).and_then(|op| op.wait);
        if let Some(wait) = wait.and_then(|(wait, _)| self.waits[wait].as_mut()) {
            wait.granted = Some(at);
        }
    }

    pub(super) fn op_ended(&mut self, op: u64, ready: bool, at: Moment) {
        let Some(op) = self.ops.remove(op) else { return };
        if let Some((wait, task)) = op.wait {
            if let Some(wait) = &mut self.waits[wait] {
                wait.end = Some(WaitEnd { at, ready });
            }
            self.lives[task].ops -= i64::from(op.registered);
        }
    }
}

impl Life {
    /// How many more waits are open than registrations are left.
    pub(super) fn surplus(&self) -> i64 {
        self.open.len() as i64 + self.ops - self.registrations
    }
}

/// True if code that waited at `before` and now waits at `now` is the same strand of code further on: the stacks part
/// within one function body, at another line. Arms of a `join!` part in different bodies.
fn parted_in_one_body(before: &Stack, now: &Stack) -> bool {
    let parted = before.frames.iter().zip(&now.frames).find(|(before, now)| before != now);
    parted.is_some_and(|(before, now)| before.function == now.function)
}
