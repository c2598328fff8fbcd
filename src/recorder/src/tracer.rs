//! The subscriber: tokio's spans and events in, log entries out.
//!
//! It is a plain `Subscriber` with span ids of its own that are never used twice. A registry reuses them, and a late
//! event about a task that is gone would then be put down to another.
//!
//! What tokio reports, and the traps in it (tokio 1.54):
//! * `runtime.spawn`: a task. Its span is entered for each poll, and once more when its future is dropped.
//! * `runtime.resource`, and in it `runtime.resource.async_op` and `runtime.resource.async_op.poll`: a timer, lock or
//!   channel, an operation on it, the polls of that. Operations nest (a `Mutex` locks through a `Semaphore`); the
//!   outermost is the one a learner wrote.
//! * event `runtime::resource::poll_op`: what a poll of an operation came to. `is_ready=true` also fires once for the
//!   task's budget, so only the last one before the span is left counts.
//! * events `runtime::resource::state_update` and `runtime::resource::async_op::state_update`: a timer was set, a lock taken
//!   or given back, permits asked for, handed over or given back.
//! * event `tokio::task::waker`: a waker was cloned, woken or dropped. Its `task.id` is the id of the task's span.

use std::cell::Cell;

use tracing::{
    Event, Metadata, Subscriber,
    span::{Attributes, Id, Record},
    subscriber::Interest,
};

mod fields;
mod operations;
mod spans;

use crate::{
    entered::{self, current_task, polled_op},
    event::{Registrar, What},
    live,
    log::{Log, Owner, Role, Span, TaskInfo},
    recording::TaskKind,
    stack,
    timekeeper::time,
    waiting, with_log,
};
use fields::{EventFields, WakerOp};
pub use operations::last_timer_ticks;

pub(super) struct Tracer;

/// On the real clock, a wake that comes later than this after a task's end was not its doing.
const JOIN_NANOS: u64 = 20_000;

thread_local! {
    /// What the next `runtime.spawn` on this thread is, where the workbook itself makes it.
    static ANNOUNCED: Cell<Option<Announced>> = const { Cell::new(None) };
    /// True while the workbook sets up something of its own.
    static UNSEEN: Cell<bool> = const { Cell::new(false) };
    /// The task this thread polled last, if it has seen nothing else since.
    static LAST_EXITED: Cell<Option<u32>> = const { Cell::new(None) };
    /// The task that was ready in its last poll, and whose future this thread drops.
    static IS_DONE: Cell<Option<u32>> = const { Cell::new(None) };
    /// The task whose end this thread saw last, and when: whoever waits for it is woken outside every span.
    static JUST_ENDED: Cell<Option<(u32, u64)>> = const { Cell::new(None) };
}

/// What the workbook itself is about to spawn.
#[derive(Clone, Copy)]
pub enum Announced {
    /// A `block_on` that is the workbook's own and not part of the program.
    Runtime,
    /// The program's main task.
    Main,
}

/// Says what the next task made on this thread is.
pub fn announce(next: Announced) {
    ANNOUNCED.set(Some(next));
}

/// Runs `setup` so that what it spawns leaves no trace in the recording.
pub fn unseen<T>(setup: impl FnOnce() -> T) -> T {
    let before = UNSEEN.replace(true);
    let result = setup();
    UNSEEN.set(before);
    result
}

/// Forgets which task ended last: from here on something else is going on.
pub fn turn_begins() {
    JUST_ENDED.set(None);
}

impl Subscriber for Tracer {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if self.enabled(metadata) { Interest::always() } else { Interest::never() }
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        if metadata.is_span() {
            metadata.name().starts_with("runtime.")
        } else {
            matches!(
                metadata.target(),
                "tokio::task::waker"
                    | "runtime::resource::poll_op"
                    | "runtime::resource::state_update"
                    | "runtime::resource::async_op::state_update"
            )
        }
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        // A span that is not known is passed over wherever it turns up.
        if UNSEEN.get() {
            return Id::from_u64(live::unknown());
        }
        LAST_EXITED.set(None);
        let id = with_log(|log| {
            let id = log.spans.next();
            let role = spans::role_of(log, attributes, &ANNOUNCED);
            log.spans.insert(id, Span { references: 1, role });
            if let Role::Task(task) = role {
                let stack = log.spawned_from(task);
                log.push(What::Spawned { task, stack });
            }
            id
        });
        Id::from_u64(id.unwrap_or_else(live::unknown))
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let _ = LAST_EXITED.try_with(|last| last.set(None));
        match event.metadata().target() {
            "tokio::task::waker" => waker_event(&EventFields::of(event)),
            "runtime::resource::poll_op" => operations::polled(event),
            _ => operations::changed(event),
        }
    }

    fn enter(&self, id: &Id) {
        let id = id.into_u64();
        let last = LAST_EXITED.take();
        let (role, kind) = with_log(|log| {
            let role = log.role(id).unwrap_or(Role::Ignored);
            if let Role::Task(task) = role {
                let kind = log.tasks[task as usize].kind;
                if kind != TaskKind::Blocking {
                    poll_begins(log, task, last);
                }
                return (role, Some(kind));
            }
            // One that waits was polled before.
            if let Role::OpPoll { owner: Owner { timer: Some(timer), .. }, waiting: false, .. } = role
                && let Some(timer) = log.timers.get_mut(timer as usize)
            {
                timer.unpolled = None;
            }
            (role, None)
        })
        .unwrap_or((Role::Ignored, None));
        if let (Role::Task(task), Some(TaskKind::Blocking)) = (role, kind) {
            time().closure_begins();
            with_log(|log| poll_begins(log, task, last));
        }
        entered::push(id, role);
        if matches!(role, Role::Task(_)) {
            JUST_ENDED.set(None);
        }
        let enters_runtime = matches!(role, Role::Runtime) || kind == Some(TaskKind::Main);
        // The first poll of a `block_on` is the first moment inside its runtime: its clock can be taken over now.
        if enters_runtime {
            time().runtime_entered(matches!(role, Role::Runtime));
        }
    }

    fn exit(&self, id: &Id) {
        let id = id.into_u64();
        entered::remove(id);
        with_log(|log| match log.role(id) {
            Some(Role::Task(task)) => {
                let kind = log.tasks[task as usize].kind;
                time().poll_ends(kind == TaskKind::Blocking);
                if kind == TaskKind::Main {
                    time().block_on_waits(task, true);
                }
                waiting::task_ends();
                log.polling_ends(task);
                log.push(What::PollEnded { task, panicking: std::thread::panicking() });
                let _ = LAST_EXITED.try_with(|last| last.set(Some(task)));
            }
            Some(Role::OpPoll { owner, waiting, ready: true }) => {
                if waiting {
                    log.pending.waits_no_more(id, owner);
                    log.push(What::OpReady { op: id });
                }
                operations::ready(log, owner);
                log.set_role(id, Role::OpPoll { owner, waiting: false, ready: false });
            }
            _ => {}
        });
    }

    fn clone_span(&self, id: &Id) -> Id {
        with_log(|log| {
            if let Some(span) = log.spans.get_mut(id.into_u64()) {
                span.references += 1;
            }
        });
        id.clone()
    }

    fn try_close(&self, id: Id) -> bool {
        let id = id.into_u64();
        with_log(|log| {
            let Some(span) = log.spans.get_mut(id) else { return false };
            span.references -= 1;
            if span.references > 0 {
                return false;
            }
            match log.spans.remove(id).map(|span| span.role) {
                Some(Role::Task(task)) => {
                    let is_done = IS_DONE.try_with(Cell::take).is_ok_and(|done| done == Some(task));
                    let stack = if is_done { None } else { log.dropped_from(task) };
                    log.push(What::Ended { task, stack });
                    time().block_on_waits(task, false);
                    let _ = JUST_ENDED.try_with(|ended| ended.set(Some((task, time().now_nanos()))));
                }
                Some(Role::OpPoll { owner, waiting: true, .. }) => {
                    log.pending.waits_no_more(id, owner);
                    log.push(What::OpDropped { op: id });
                }
                Some(Role::Resource(Owner { timer: Some(timer), .. })) => operations::timer_dropped(log, timer),
                _ => {}
            }
            true
        })
        .unwrap_or(false)
    }
}

/// This thread begins to poll `task`; `last` is the one it polled last, if it has seen nothing else since.
fn poll_begins(log: &mut Log, task: u32, last: Option<u32>) {
    stack::poll_begins();
    let TaskInfo { kind, wakers_known, .. } = log.tasks[task as usize];
    waiting::task_begins((!wakers_known).then_some(task));
    log.polling_begins(task);
    let straight_on = last == Some(task);
    log.push(What::PollBegan { task, straight_on });
    IS_DONE.set(straight_on.then_some(task));
    time().poll_begins(kind == TaskKind::Blocking);
    if kind == TaskKind::Main {
        time().block_on_waits(task, false);
    }
}

fn waker_event(fields: &EventFields) {
    with_log(|log| {
        let Some(Role::Task(task)) = fields.task.and_then(|id| log.role(id)) else { return };
        match fields.op {
            WakerOp::Clone => {
                let by = match polled_op() {
                    _ if current_task() != Some(task) => Registrar::Elsewhere,
                    Some((op, _)) => Registrar::Op { op },
                    None => Registrar::Poll { whence: waiting::whence(log) },
                };
                log.push(What::Cloned { task, by });
            }
            WakerOp::Wake | WakerOp::WakeByRef => {
                push_wake(log, task, fields.op == WakerOp::Wake);
            }
            WakerOp::Drop => log.push(What::WakerDropped { task }),
            WakerOp::None => {}
        }
    });
}

/// A waker of a `block_on` was woken, which tokio does not report. `consumed` if it is used up by that.
pub(super) fn woken(task: u32, consumed: bool) {
    with_log(|log| push_wake(log, task, consumed));
}

fn push_wake(log: &mut Log, task: u32, consumed: bool) {
    let by = current_task();
    let guess = JUST_ENDED.get().filter(|(_, at)| by.is_none() && time().now_nanos() - at < JOIN_NANOS);
    let guess = guess.map(|(ended, _)| ended);
    log.push(What::Woken { task, by, guess, consumed });
}
