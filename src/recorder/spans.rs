//! What a new span stands for.

use std::cell::Cell;

use tracing::{Id, span::Attributes};

use super::{
    entered::{self, current_task},
    fields::Fields,
    listener::Announced,
    log::{Log, Owner, Resource, ResourceInfo, Role},
    stack::is_learners,
};
use crate::recording::TaskKind;

/// The role of the span `id` that has just been made. `announced` is what the workbook itself is about to spawn.
pub(super) fn role_of(
    log: &mut Log,
    id: u64,
    attributes: &Attributes<'_>,
    announced: &'static std::thread::LocalKey<Cell<Option<Announced>>>,
) -> Role {
    let parent =
        attributes.parent().map(Id::into_u64).or_else(|| attributes.is_contextual().then(entered::innermost).flatten());
    let parent = parent.and_then(|parent| log.role(parent));
    match attributes.metadata().name() {
        "runtime.spawn" => task(log, attributes, announced.take()),
        "runtime.resource" => resource(log, id, attributes).map_or(Role::Ignored, Role::Resource),
        "runtime.resource.async_op" => match parent {
            Some(Role::Resource(owner)) => {
                let mut fields = Fields::default();
                attributes.record(&mut fields);
                log.pending.asked(current_task(), owner, &fields.source);
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
    let mut fields = Fields::default();
    attributes.record(&mut fields);
    let mut info = fields.into_task(current_task());
    match announced {
        Some(Announced::Runtime) => return Role::Runtime,
        Some(Announced::Main) => info.kind = TaskKind::Main,
        None => {}
    }
    if is_by_proxy(&info.spawned_at.file) {
        let stack = log.stacks.capture();
        info.spawned_at = log.stacks.resolve_one(stack).innermost().unwrap_or(info.spawned_at);
    }
    log.tasks.push(info);
    Role::Task(log.tasks.len() - 1)
}

/// True where tokio names a place of its own, or of the standard library, as that which spawned a task: `tokio::spawn` was
/// handed to somebody as a function, as in `.map(tokio::spawn)`, or a `JoinSet` was collected.
fn is_by_proxy(file: &str) -> bool {
    file.contains("/library/core/") || (file.contains("/tokio-1.") && file.contains("/src/task/"))
}

/// A resource of the program's own gets a number, unless it is a timer, of which there are too many. One inside another
/// (a `Mutex` has a semaphore) has the other's: it has no parent, but is made inside the other's span. None for the channel
/// on which a runtime that is dropped hears of the ends of its threads: whether it has to wait for them is up to the machine.
fn resource(log: &mut Log, id: u64, attributes: &Attributes<'_>) -> Option<Owner> {
    let mut fields = Fields::default();
    attributes.record(&mut fields);
    if fields.file.replace('\\', "/").ends_with("/src/runtime/blocking/shutdown.rs") {
        return None;
    }
    let kind = fields.resource;
    let inside = entered::innermost().and_then(|span| log.role(span));
    let number = match (kind, inside) {
        (Resource::Sleep | Resource::Interval | Resource::Unknown, _) => None,
        (_, Some(Role::Resource(owner))) => owner.number,
        _ if fields.file.is_empty() => None,
        _ => {
            log.resources.push(ResourceInfo { kind, made_at: fields.place(), requested: 1 });
            Some(log.resources.len() - 1)
        }
    };
    if kind == Resource::Sleep {
        let place = fields.place();
        if is_learners(&place.file) {
            log.unpolled.insert(id, place);
        }
    }
    Some(Owner { kind, span: id, number })
}
