//! What becomes of the operations on resources: polled, ready, and what that does to the resource.

use std::cell::Cell;

use tracing::Event;

use super::fields::{Change, EventFields};
use crate::{
    entered::{self, current_task, polled_op},
    event::What,
    log::{Log, Owner, Resource, Role},
    timekeeper::time,
    waiting, with_log,
};

thread_local! {
    static LAST_TIMER_TICKS: Cell<Option<u64>> = const { Cell::new(None) };
}

/// In how many of its runtime's ticks (milliseconds) the timer that this thread set last is due.
pub fn last_timer_ticks() -> Option<u64> {
    LAST_TIMER_TICKS.take()
}

/// An operation was polled.
pub(super) fn polled(event: &Event<'_>) {
    let Some((outermost, innermost)) = polled_op() else { return };
    let fields = EventFields::of(event);
    with_log(|log| {
        let Some(Role::OpPoll { owner, waiting, .. }) = log.role(outermost) else { return };
        // An operation inside another says nothing about the outer one, except that it is not ready.
        if outermost != innermost && fields.is_ready {
            return;
        }
        let waits_now = current_task().filter(|_| !fields.is_ready && !waiting);
        log.set_role(
            outermost,
            Role::OpPoll { owner, waiting: waiting || waits_now.is_some(), ready: fields.is_ready },
        );
        if let Some(task) = waits_now {
            let whence = waiting::whence(log);
            let inner = entered::find(|role| matches!(role, Role::Op(_)));
            log.pending.waits(outermost, task, owner, inner);
            log.push(What::OpPending { op: outermost, task, kind: owner.kind, resource: owner.number, whence });
        }
    });
}

/// An operation's last poll found it ready: if it was for permits, the task has them now. Locks say so by themselves.
pub(super) fn ready(log: &mut Log, owner: Owner) {
    if let Some(number) = owner.number.filter(|_| owner.kind == Resource::Semaphore) {
        let count = log.resources[number as usize].requested;
        acquired(log, number, count);
    }
}

/// The state of a resource or of an operation has changed.
pub(super) fn changed(event: &Event<'_>) {
    let role = entered::role();
    // Of what has no number nothing is written down, unless it is a timer.
    if let Some(Role::Resource(owner) | Role::Op(owner)) = role
        && owner.number.is_none()
        && owner.kind != Resource::Sleep
    {
        return;
    }
    let fields = &EventFields::of(event);
    if let Some(ticks) = fields.duration {
        return timer_set(ticks);
    }
    with_log(|log| {
        let Some(role) = role else { return };
        let (Role::Resource(Owner { number: Some(number), .. }) | Role::Op(Owner { number: Some(number), .. })) = role
        else {
            return;
        };
        match (log.resources[number as usize].kind, role) {
            (Resource::Mutex, Role::Resource(_)) => lock_changed(log, number, fields.locked),
            (Resource::RwLock, Role::Resource(_)) => {
                lock_changed(log, number, fields.write_locked);
                match fields.change {
                    Change::Add if fields.readers > 0 => acquired(log, number, 1),
                    Change::Subtract if fields.readers > 0 => released(log, number, 1),
                    _ => {}
                }
            }
            (Resource::Semaphore, Role::Resource(_)) if fields.change == Change::Add && fields.permits > 0 => {
                released(log, number, fields.permits);
            }
            (Resource::Semaphore, Role::Op(_)) => operation_changed(log, number, fields),
            (Resource::Mutex | Resource::RwLock, Role::Op(_)) => lock_granted(log, number, fields),
            _ => {}
        }
    });
}

fn lock_changed(log: &mut Log, number: u32, locked: Option<bool>) {
    match locked {
        Some(true) => acquired(log, number, 1),
        Some(false) => released(log, number, 1),
        None => {}
    }
}

/// An acquisition has said how many permits it wants, or was handed some. It is handed them by whoever gives them back,
/// unless it is being polled itself.
fn operation_changed(log: &mut Log, number: u32, fields: &EventFields) {
    if let Some(requested) = fields.permits_requested {
        log.resources[number as usize].requested = requested;
    }
    let being_polled = entered::find(|role| matches!(role, Role::OpPoll { owner, .. } if owner.number == Some(number)));
    if fields.change == Change::Add && fields.permits_obtained > 0 && being_polled.is_none() {
        released(log, number, fields.permits_obtained);
    }
}

/// An operation on a lock is handed it by whoever gives it back, unless it is being polled itself.
fn lock_granted(log: &mut Log, number: u32, fields: &EventFields) {
    let being_polled = entered::find(|role| matches!(role, Role::OpPoll { owner, .. } if owner.number == Some(number)));
    if fields.change == Change::Add && fields.permits_obtained > 0 && being_polled.is_none() {
        let op = entered::innermost().and_then(|inner| log.pending.granted(inner));
        if let Some(op) = op {
            log.push(What::OpGranted { op });
        }
    }
}

fn acquired(log: &mut Log, resource: u32, count: u64) {
    let (whence, task) = (waiting::whence(log), current_task());
    let movable = log.pending.acquired(task, resource);
    log.push(What::Acquired { resource, task, count, whence, movable });
}

fn released(log: &mut Log, resource: u32, count: u64) {
    log.pending.released(current_task(), resource);
    log.push(What::Released { resource, task: current_task(), count });
}

fn timer_set(ticks: u64) {
    LAST_TIMER_TICKS.set(Some(ticks));
    with_log(|log| {
        if let Some(timer) = entered::timer().and_then(|timer| log.timers.get_mut(timer as usize)) {
            timer.set = time().timer_set(timer.set.take(), ticks);
        }
        if let Some((op, _)) = polled_op() {
            log.push(What::OpAsked { op, nanos: ticks.saturating_mul(1_000_000) });
        }
    });
}

/// A timer is gone; if nobody ever polled it, that is worth a note.
pub(super) fn timer_dropped(log: &mut Log, timer: u32) {
    let Some(timer) = log.timers.try_remove(timer as usize) else { return };
    if let Some(set) = timer.set {
        time().timer_gone(set);
    }
    if let Some(made_at) = timer.unpolled {
        let stack = log.stacks.capture();
        log.push(What::Unpolled { task: current_task(), made_at, stack });
    }
}
