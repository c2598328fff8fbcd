//! What a new span stands for.

use std::cell::Cell;

use tracing::{Id, span::Attributes};

use super::{
    Announced,
    fields::{Source, SpanFields},
};
use crate::{
    entered::{self, current_task},
    log::{Log, Owner, Resource, ResourceInfo, Role, TaskInfo, TimerInfo},
    recording::TaskKind,
};

/// The role of a span that is made. `announced` is what the workbook itself is about to spawn.
pub(super) fn role_of(
    log: &mut Log,
    attributes: &Attributes<'_>,
    announced: &'static std::thread::LocalKey<Cell<Option<Announced>>>,
) -> Role {
    let parent =
        attributes.parent().map(Id::into_u64).or_else(|| attributes.is_contextual().then(entered::innermost).flatten());
    let parent = parent.and_then(|parent| log.role(parent));
    match attributes.metadata().name() {
        "runtime.spawn" => task(log, attributes, announced.take()),
        "runtime.resource" => resource(log, attributes),
        "runtime.resource.async_op" => match parent {
            Some(Role::Resource(owner)) => {
                if let Some(lock) = owner.lock()
                    && let source = Source::of(attributes)
                    && source.of_lock
                {
                    log.pending.asked(current_task(), lock, source.owned);
                }
                Role::Op(owner)
            }
            Some(Role::Ignored) => Role::Ignored,
            _ => Role::Op(Owner::unknown()),
        },
        "runtime.resource.async_op.poll" => match parent {
            Some(Role::Op(owner)) => Role::OpPoll { owner, waiting: false, ready: false },
            _ => Role::Ignored,
        },
        _ => Role::Ignored,
    }
}

fn task(log: &mut Log, attributes: &Attributes<'_>, announced: Option<Announced>) -> Role {
    let fields = SpanFields::of(attributes, &mut log.places.files);
    let (named, id, mut kind, name) = (fields.named, fields.task, fields.kind, fields.name);
    let wakers_known = kind != TaskKind::Main;
    match announced {
        Some(Announced::Runtime) => return Role::Runtime,
        Some(Announced::Main) => kind = TaskKind::Main,
        None => {}
    }
    let mut spawned_at = named.place(&mut log.places);
    if is_by_proxy(log.places.file(spawned_at)) {
        let stack = log.stacks.capture();
        let called_from = log.stacks.resolve_one(stack).innermost();
        spawned_at = called_from.map_or(spawned_at, |place| log.places.number_of(&place));
    }
    let is_programs = kind == TaskKind::Main || log.places.is_learners(spawned_at);
    let spawned_by = current_task();
    let name = name.into();
    log.tasks.push(TaskInfo { kind, is_programs, name, spawned_at, spawned_by, id, wakers_known, has_begun: false });
    Role::Task(log.tasks.len() as u32 - 1)
}

/// True where tokio names a place of its own, or of the standard library, as that which spawned a task: `tokio::spawn` was
/// handed to somebody as a function, as in `.map(tokio::spawn)`, or a `JoinSet` was collected.
fn is_by_proxy(file: &str) -> bool {
    file.contains("/library/core/") || (file.contains("/tokio-1.") && file.contains("/src/task/"))
}

/// A resource of the program's own gets a number, unless it is a timer, of which there are too many. One inside another
/// (a `Mutex` has a semaphore) has the other's: it has no parent, but is made inside the other's span. The channel on which a
/// runtime that is dropped hears of the ends of its threads is ignored: whether it has to wait for them is up to the machine.
fn resource(log: &mut Log, attributes: &Attributes<'_>) -> Role {
    let fields = SpanFields::of(attributes, &mut log.places.files);
    let (named, kind) = (fields.named, fields.resource);
    let is_of = |file| log.places.files.shown(file).ends_with("/src/runtime/blocking/shutdown.rs");
    if named.file.is_some_and(is_of) {
        return Role::Ignored;
    }
    let number = match (kind, entered::role()) {
        (Resource::Sleep | Resource::Interval | Resource::Unknown, _) => None,
        (_, Some(Role::Resource(owner))) => owner.number,
        _ if named.file.is_none() => None,
        _ => {
            let made_at = named.place(&mut log.places);
            let made_at = log.places.location(made_at);
            log.resources.push(ResourceInfo { kind, made_at, requested: 1 });
            Some(log.resources.len() as u32 - 1)
        }
    };
    let timer = (kind == Resource::Sleep).then(|| {
        let of_program = named.file.is_some_and(|file| log.places.files.is_learners(file));
        let unpolled = of_program.then(|| named.place(&mut log.places));
        log.timers.insert(TimerInfo { unpolled, set: None }) as u32
    });
    Role::Resource(Owner { kind, timer, number })
}
