//! What a wait is for: read from tokio's name for the resource, from the type of the future that is awaited, or from the
//! functions that were called.

use std::sync::Arc;

use super::{
    log::Resource,
    stack::{Frame, without_arguments},
};
use crate::recording::WaitKind;

/// Parts of function names or modules and what a wait below them is for. The first that is found anywhere between the learner's
/// line and the waker counts, so what contains another stands before it: a `watch` waits with a `Notify`, `tokio::fs`
/// with a `JoinHandle`, `reqwest` with about everything.
const BY_FUNCTION: &[(&str, WaitKind)] = &[
    ("tokio::time::timeout::poll_delay", WaitKind::Timeout),
    ("reqwest::", WaitKind::Http),
    ("tokio::fs::", WaitKind::File),
    ("tokio::process::", WaitKind::Child),
    ("tokio::net::", WaitKind::Socket),
    ("tokio::runtime::io::", WaitKind::Socket),
    ("tokio::task::join_set::", WaitKind::JoinSet),
    ("tokio_util::task::task_tracker::TaskTrackerWaitFuture", WaitKind::Tracker),
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
    ("tokio::io::util::mem::", WaitKind::Pipe),
    ("tokio::runtime::task::join::", WaitKind::Join),
];

/// What a wait of a resource is for; `around` is what the code that waits is for.
pub(super) fn of_resource(resource: Resource, around: &WaitKind) -> WaitKind {
    match resource {
        Resource::Interval => WaitKind::Interval,
        Resource::Mutex => WaitKind::Mutex,
        Resource::RwLock => WaitKind::RwLock,
        Resource::Barrier => WaitKind::Barrier,
        Resource::Channel => WaitKind::MpscRecv,
        Resource::Watch => WaitKind::Watch,
        Resource::Broadcast => WaitKind::Broadcast,
        Resource::Notify => WaitKind::Notify,
        Resource::JoinSet => WaitKind::JoinSet,
        Resource::Tracker => WaitKind::Tracker,
        Resource::Sleep => match around.clone() {
            kind @ (WaitKind::Timeout | WaitKind::Http) => kind,
            _ => WaitKind::Sleep,
        },
        Resource::Oneshot => match around.clone() {
            kind @ (WaitKind::Http | WaitKind::Socket) => kind,
            _ => WaitKind::Oneshot,
        },
        // A bounded channel counts its room with a semaphore; receivers have none.
        Resource::Semaphore => match around.clone() {
            WaitKind::MpscRecv => WaitKind::MpscSend,
            WaitKind::Other => WaitKind::Semaphore,
            kind => kind,
        },
        Resource::Unknown => match around.clone() {
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

/// Parts of the names of types of futures and what they wait for; the first that is found counts.
const BY_TYPE: &[(&str, WaitKind)] = &[
    ("reqwest::", WaitKind::Http),
    // A connection serves whoever sends requests over it, and waits for the next.
    ("hyper::server::", WaitKind::Socket),
    ("hyper_util::server::", WaitKind::Socket),
    ("hyper::client::conn::http1::Connection", WaitKind::Socket),
    ("hyper::client::conn::http2::Connection", WaitKind::Socket),
    ("hyper::", WaitKind::Http),
    ("hyper_util::", WaitKind::Http),
    ("tokio::fs::", WaitKind::File),
    ("tokio::process::", WaitKind::Child),
    ("tokio::signal::", WaitKind::Signal),
    ("tokio::io::stdin::", WaitKind::Stdin),
    ("tokio::io::util::mem::", WaitKind::Pipe),
    ("tokio::net::", WaitKind::Socket),
    ("tokio::io::async_fd::", WaitKind::Socket),
    ("axum::serve::", WaitKind::Socket),
    ("tokio::task::join_set::", WaitKind::JoinSet),
    ("tokio_util::task::join_map::", WaitKind::JoinSet),
    ("tokio_util::task::task_tracker::TaskTrackerWaitFuture", WaitKind::Tracker),
    ("tokio::sync::mpsc::bounded::Receiver", WaitKind::MpscRecv),
    ("tokio::sync::mpsc::bounded::", WaitKind::MpscSend),
    ("tokio_util::sync::mpsc::", WaitKind::MpscSend),
    ("tokio::sync::mpsc::unbounded::", WaitKind::MpscRecv),
    ("tokio_stream::wrappers::mpsc_", WaitKind::MpscRecv),
    ("tokio_stream::wrappers::broadcast::", WaitKind::Broadcast),
    ("tokio_stream::wrappers::watch::", WaitKind::Watch),
    ("tokio_stream::wrappers::interval::", WaitKind::Interval),
    ("tokio_stream::wrappers::tcp_listener::", WaitKind::Socket),
    ("tokio_stream::wrappers::unix_listener::", WaitKind::Socket),
    ("tokio::sync::watch::", WaitKind::Watch),
    ("tokio::sync::broadcast::", WaitKind::Broadcast),
    ("tokio::sync::barrier::", WaitKind::Barrier),
    ("tokio::sync::oneshot::", WaitKind::Oneshot),
    ("tokio::sync::notify::", WaitKind::Notify),
    ("tokio_util::sync::cancellation_token::", WaitKind::Notify),
    ("tokio::sync::mutex::", WaitKind::Mutex),
    ("tokio::sync::rwlock::", WaitKind::RwLock),
    ("tokio::sync::semaphore::", WaitKind::Semaphore),
    ("tokio_util::sync::poll_semaphore::", WaitKind::Semaphore),
    ("tokio::task::yield_now::", WaitKind::Yield),
    ("tokio::time::interval::", WaitKind::Interval),
    ("tokio::time::sleep::", WaitKind::Sleep),
    ("tokio_util::time::delay_queue::", WaitKind::Sleep),
    ("tokio_stream::stream_ext::throttle::", WaitKind::Sleep),
    ("tokio::runtime::task::join::", WaitKind::Join),
    // Channels of other libraries, between tasks or between threads.
    ("async_channel::Recv", WaitKind::MpscRecv),
    ("async_channel::Send", WaitKind::MpscSend),
    ("flume::async::Recv", WaitKind::MpscRecv),
    ("flume::async::Send", WaitKind::MpscSend),
    ("futures_channel::mpsc::Receiver", WaitKind::MpscRecv),
    ("futures_channel::mpsc::UnboundedReceiver", WaitKind::MpscRecv),
    ("futures_channel::mpsc::Sender", WaitKind::MpscSend),
    ("futures_channel::oneshot::", WaitKind::Oneshot),
    ("futures_util::lock::mutex::", WaitKind::Mutex),
    ("async_lock::mutex::", WaitKind::Mutex),
    ("async_lock::rwlock::", WaitKind::RwLock),
    ("async_lock::semaphore::", WaitKind::Semaphore),
    ("async_lock::barrier::", WaitKind::Barrier),
];

/// Crates whose own async functions wait for what they are given, as `Lines<R>::next_line` does.
const ADAPTERS: &[&str] = &["tokio::", "tokio_util::", "tokio_stream::", "futures_util::", "axum::"];

/// What a future of the type with this name waits for. What it is put around counts where it is no more than that: a
/// timeout, a `join_all`, the next item of a stream.
pub(super) fn of_type(name: &str) -> WaitKind {
    find_in_type(name).unwrap_or(WaitKind::Other)
}

fn find_in_type(name: &str) -> Option<WaitKind> {
    let name = name.trim_start_matches('&').trim_start_matches("mut ").trim();
    let head = without_arguments(name);
    if !head.starts_with("tokio::time::timeout::")
        && let Some((_, kind)) = BY_TYPE.iter().find(|(part, _)| head.contains(part))
    {
        return Some(kind.clone());
    }
    if head.ends_with("{{closure}}") && !ADAPTERS.iter().any(|adapter| head.starts_with(adapter)) {
        return None;
    }
    arguments(name).into_iter().find_map(find_in_type)
}

/// The types in the angle brackets, parentheses or square brackets of a type's name, those of the outermost level.
fn arguments(name: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut from, mut last) = (Vec::new(), 0, 0, ' ');
    for (at, c) in name.char_indices() {
        let closes = matches!(c, ')' | ']') || (c == '>' && last != '-');
        if depth == 1 && (closes || c == ',') {
            parts.push(name[from..at].trim());
        }
        match c {
            '<' | '(' | '[' => depth += 1,
            _ if closes => depth -= 1,
            _ => {}
        }
        if depth == 1 && matches!(c, '<' | '(' | '[' | ',') {
            from = at + 1;
        }
        last = c;
    }
    parts
}

/// True if what goes on within a wait of this kind is nobody's business: an HTTP exchange has timers, channels and sockets.
pub(super) fn is_whole(kind: &WaitKind) -> bool {
    matches!(
        kind,
        WaitKind::Http | WaitKind::File | WaitKind::Socket | WaitKind::Child | WaitKind::Signal | WaitKind::Stdin
    )
}

/// True for a future of `tokio::time::timeout`, or one that is put around such.
pub(super) fn has_deadline(name: &str) -> bool {
    name.contains("tokio::time::timeout::Timeout<")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_of_a_future_tells_what_it_waits_for() {
        let types = [
            ("tokio::time::sleep::Sleep", WaitKind::Sleep),
            ("&mut tokio::sync::oneshot::Receiver<reqwest::Response>", WaitKind::Oneshot),
            ("tokio::sync::mpsc::bounded::Receiver<alloc::vec::Vec<u8>>::recv::{{closure}}", WaitKind::MpscRecv),
            ("tokio::sync::mpsc::bounded::Sender<u8>::send::{{closure}}", WaitKind::MpscSend),
            (
                "tokio::time::timeout::Timeout<tokio::sync::mpsc::unbounded::UnboundedReceiver<u8>::recv::{{closure}}>",
                WaitKind::MpscRecv,
            ),
            ("futures_util::future::join_all::JoinAll<tokio::runtime::task::join::JoinHandle<u8>>", WaitKind::Join),
            (
                "tokio::io::util::lines::Lines<tokio::io::util::buf_reader::BufReader<tokio::process::ChildStdout>>::next_line::{{closure}}",
                WaitKind::Child,
            ),
            (
                "futures_util::stream::stream::next::Next<tokio_util::codec::framed::Framed<tokio::net::tcp::stream::TcpStream, tokio_util::codec::lines_codec::LinesCodec>>",
                WaitKind::Socket,
            ),
            ("async_channel::Recv<u32>", WaitKind::MpscRecv),
            ("tokio_util::task::task_tracker::TaskTrackerWaitFuture", WaitKind::Tracker),
            ("tokio_util::task::task_tracker::TrackedFuture<tokio::time::sleep::Sleep>", WaitKind::Sleep),
            ("tokio::io::util::write_all::WriteAll<tokio::io::util::mem::DuplexStream>", WaitKind::Pipe),
            ("my_program::ask<reqwest::Client>::{{closure}}", WaitKind::Other),
            ("core::pin::Pin<alloc::boxed::Box<dyn core::future::future::Future<Output = ()>>>", WaitKind::Other),
            ("core::pin::Pin<&mut tokio::time::sleep::Sleep>", WaitKind::Sleep),
        ];
        for (name, kind) in types {
            assert_eq!(of_type(name), kind, "{name}");
        }
    }
}
