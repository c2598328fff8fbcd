//! Channels, sets and `Notify`s that the program made: which of them an await is for.
#![expect(unsafe_code, reason = "what a few words of memory mean is known from the type of the value")]

use std::ops::Range;

use super::{
    log::{Log, Resource, ResourceInfo},
    with_log,
};
use crate::{
    awaits::{Maker, Subject},
    recording::WaitKind,
};

/// How one value of a type is told from the others.
#[derive(Clone, Copy)]
enum By {
    /// It consists of so many words, all of them pointers and numbers, and one points to what all its ends share.
    Words(usize),
    /// It is what tasks wait for, and they wait for it where it is.
    Address,
}

/// The types, without what is in their angle brackets. Each that is told by its words has these fields and no others:
/// `Arc`s, boxes, and as the second word of some a number as wide as a pointer.
const KNOWN: &[(&str, Resource, By)] = &[
    ("tokio::sync::mpsc::bounded::Receiver", Resource::Channel, By::Words(1)),
    ("tokio::sync::mpsc::bounded::Sender", Resource::Channel, By::Words(1)),
    ("tokio::sync::mpsc::unbounded::UnboundedReceiver", Resource::Channel, By::Words(1)),
    ("tokio::sync::mpsc::unbounded::UnboundedSender", Resource::Channel, By::Words(1)),
    ("tokio_stream::wrappers::mpsc_bounded::ReceiverStream", Resource::Channel, By::Words(1)),
    ("tokio_stream::wrappers::mpsc_unbounded::UnboundedReceiverStream", Resource::Channel, By::Words(1)),
    ("async_channel::Receiver", Resource::Channel, By::Words(2)),
    ("async_channel::Sender", Resource::Channel, By::Words(1)),
    ("flume::Receiver", Resource::Channel, By::Words(1)),
    ("flume::Sender", Resource::Channel, By::Words(1)),
    ("futures_channel::mpsc::Receiver", Resource::Channel, By::Words(1)),
    ("futures_channel::mpsc::UnboundedReceiver", Resource::Channel, By::Words(1)),
    ("futures_channel::oneshot::Receiver", Resource::Oneshot, By::Words(1)),
    ("tokio::sync::watch::Receiver", Resource::Watch, By::Words(2)),
    ("tokio::sync::watch::Sender", Resource::Watch, By::Words(1)),
    ("tokio::sync::broadcast::Receiver", Resource::Broadcast, By::Words(2)),
    ("tokio::sync::broadcast::Sender", Resource::Broadcast, By::Words(1)),
    ("tokio::sync::notify::Notify", Resource::Notify, By::Address),
    ("tokio_util::sync::cancellation_token::CancellationToken", Resource::Notify, By::Words(1)),
    ("tokio::task::join_set::JoinSet", Resource::JoinSet, By::Words(2)),
    ("tokio_util::task::task_tracker::TaskTracker", Resource::Tracker, By::Words(1)),
];

/// No pointer is as small; a length or a version is.
const LEAST_ADDRESS: usize = 4096;

/// What this is an end of, and where that may be. The places are few: one is a pointer, and the others are no addresses.
fn places(subject: &Subject) -> Option<(Resource, Vec<usize>)> {
    let name = subject.what();
    let name = name.split_once('<').map_or(name, |(name, _)| name);
    let (_, resource, by) = KNOWN.iter().find(|(known, ..)| *known == name)?;
    let places = match by {
        By::Address => Vec::from_iter(subject.address()),
        // SAFETY: the types in the list have no other fields, so they have no padding if they have that size.
        By::Words(count) => unsafe { subject.words(*count) }?.to_vec(),
    };
    Some((*resource, places.into_iter().filter(|place| *place >= LEAST_ADDRESS).collect()))
}

/// True for an end of a channel, a set or a `Notify`.
pub(crate) fn is_known(subject: &Subject) -> bool {
    places(subject).is_some()
}

/// Something was made at this place in the source.
pub(crate) fn made(at: &Maker, subjects: &[Subject]) {
    let ends: Vec<(Resource, Vec<usize>)> = subjects.iter().filter_map(places).collect();
    let Some(&(kind, _)) = ends.first() else { return };
    with_log(|log| {
        let place = log.places.named(at.file, at.line, at.column);
        let made_at = log.places.location(place);
        let number = log.resources.len() as u32;
        log.resources.push(ResourceInfo { kind, made_at, requested: 1 });
        // What was there before is gone.
        log.made.extend(ends.into_iter().flat_map(|(_, places)| places).map(|place| ((kind, place), number)));
    });
}

/// What was in this part of memory is no more.
pub(crate) fn gone(part: Range<usize>) {
    with_log(|log| {
        let there = (Resource::Notify, part.start)..(Resource::Notify, part.end);
        let gone: Vec<_> = log.made.range(there).map(|(place, _)| *place).collect();
        gone.iter().for_each(|place| _ = log.made.remove(place));
    });
}

/// The number in [`Log::resources`] of what an await is for.
pub(super) fn resource_of(log: &Log, subject: &Subject) -> Option<u32> {
    let (kind, places) = places(subject)?;
    places.into_iter().find_map(|place| log.made.get(&(kind, place)).copied())
}

/// True if a wait of this kind may be for such a thing.
pub(super) fn may_be_for(wait: &WaitKind, resource: &WaitKind) -> bool {
    wait == resource || (*wait == WaitKind::MpscSend && *resource == WaitKind::MpscRecv)
}
