//! What a wait is for: read from tokio's name for the resource, or from the functions that were called.

use std::sync::Arc;

use super::{
    log::Resource,
    stack::{Frame, Stack},
};
use crate::recording::WaitKind;

/// Parts of function names or modules and what a wait below them is for. The first that is found anywhere between the learner's
/// line and the waker counts, so what contains another stands before it: a `watch` waits with a `Notify`, `tokio::fs`
/// with a `JoinHandle`, `reqwest` with about everything.
const BY_FUNCTION: &[(&str, WaitKind)] = &[
    ("tokio::time::timeout::poll_delay", WaitKind::Timeout),
    ("reqwest::", WaitKind::Http),
    ("tokio::fs::", WaitKind::File),
    ("tokio::net::", WaitKind::Socket),
    ("tokio::runtime::io::", WaitKind::Socket),
    ("tokio::task::join_set::", WaitKind::JoinSet),
    ("tokio::sync::mpsc::", WaitKind::MpscRecv),
    ("tokio::sync::watch::", WaitKind::Watch),
    ("tokio::sync::broadcast::", WaitKind::Broadcast),
    ("tokio::sync::barrier::", WaitKind::Barrier),
    ("tokio::sync::oneshot::", WaitKind::Oneshot),
    ("tokio::sync::notify::", WaitKind::Notify),
    ("tokio::sync::mutex::", WaitKind::Mutex),
    ("tokio::sync::rwlock::", WaitKind::RwLock),
    ("tokio::sync::semaphore::", WaitKind::Semaphore),
    ("tokio::sync::batch_semaphore::", WaitKind::Semaphore),
    ("tokio::task::yield_now::", WaitKind::Yield),
    ("tokio::time::interval::", WaitKind::Interval),
    ("tokio::runtime::task::join::", WaitKind::Join),
];

/// What a wait of a resource is for.
pub(super) fn of_resource(resource: Resource, stack: &Stack) -> WaitKind {
    match resource {
        Resource::Interval => WaitKind::Interval,
        Resource::Mutex => WaitKind::Mutex,
        Resource::RwLock => WaitKind::RwLock,
        Resource::Barrier => WaitKind::Barrier,
        Resource::Sleep => match stack.kind.clone() {
            kind @ (WaitKind::Timeout | WaitKind::Http) => kind,
            _ => WaitKind::Sleep,
        },
        Resource::Oneshot => match stack.kind.clone() {
            kind @ (WaitKind::Http | WaitKind::Socket) => kind,
            _ => WaitKind::Oneshot,
        },
        // A bounded channel counts its room with a semaphore; receivers have none.
        Resource::Semaphore => match stack.kind.clone() {
            WaitKind::MpscRecv => WaitKind::MpscSend,
            WaitKind::Other => WaitKind::Semaphore,
            kind => kind,
        },
        Resource::Unknown => match stack.kind.clone() {
            WaitKind::MpscRecv => WaitKind::MpscSend,
            kind => kind,
        },
    }
}

/// What a wait is for, told by the functions between the learner's line and the waker.
pub(super) fn of_callees(callees: &[Arc<Frame>]) -> WaitKind {
    let called = |part: &str| callees.iter().any(|frame| frame.is_of(part));
    BY_FUNCTION.iter().find(|(part, _)| called(part)).map_or(WaitKind::Other, |(_, kind)| kind.clone())
}
