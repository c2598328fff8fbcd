//! An output that the checks can look into: what has arrived, and when; and that can be slow, or full.

use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard},
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::AsyncWrite,
    time::{Instant, Sleep, sleep},
};

/// Takes a few bytes at a time, and holds them until it is flushed. What it still holds when it is dropped is lost.
#[derive(Clone)]
pub(super) struct Output(Arc<Mutex<Inside>>);

struct Inside {
    began: Instant,
    held: Vec<u8>,
    /// What was flushed, and when.
    arrived: Vec<(Duration, Vec<u8>)>,
    /// How many bytes it takes before it is full.
    room: usize,
    /// What was offered to it after it was full and had said so.
    late: usize,
    said: bool,
    /// True if what was taken cannot be flushed.
    broken: bool,
    /// How long it takes for each piece.
    pause: Duration,
    busy: Option<Pin<Box<Sleep>>>,
}

/// How many bytes it takes at once.
const PIECE: usize = 16;

impl Output {
    /// One with room for so many bytes, which takes so long for each few of them.
    pub(super) fn new(room: usize, pause: Duration) -> Self {
        let inside = Inside {
            began: Instant::now(),
            held: Vec::new(),
            arrived: Vec::new(),
            room,
            late: 0,
            said: false,
            broken: false,
            pause,
            busy: None,
        };
        Self(Arc::new(Mutex::new(inside)))
    }

    /// One that takes everything, and then cannot flush it.
    pub(super) fn broken() -> Self {
        let out = Self::new(usize::MAX, Duration::ZERO);
        out.inside().broken = true;
        out
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().expect("nobody panics inside")
    }

    /// Everything that was flushed.
    pub(super) fn arrived(&self) -> String {
        let bytes = self.inside().arrived.iter().flat_map(|(_, bytes)| bytes.clone()).collect();
        String::from_utf8(bytes).expect("URLs are ASCII")
    }

    /// When a line was there that contains this; none if it never was.
    pub(super) fn time_of(&self, text: &str) -> Option<Duration> {
        let inside = self.inside();
        let found = inside.arrived.iter().find(|(_, bytes)| String::from_utf8_lossy(bytes).contains(text));
        found.map(|(at, _)| *at)
    }

    /// How many bytes it was offered after it had said that it is full.
    pub(super) fn late(&self) -> usize {
        self.inside().late
    }
}

impl AsyncWrite for Output {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let mut inside = self.inside();
        if let Some(busy) = &mut inside.busy {
            ready!(busy.as_mut().poll(cx));
            inside.busy = None;
        }
        let bytes = &bytes[..bytes.len().min(PIECE).min(inside.room)];
        if bytes.is_empty() {
            inside.late += usize::from(inside.said);
            inside.said = true;
            return Poll::Ready(Err(io::ErrorKind::StorageFull.into()));
        }
        inside.room -= bytes.len();
        inside.held.extend(bytes);
        if !inside.pause.is_zero() {
            inside.busy = Some(Box::pin(sleep(inside.pause)));
        }
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut inside = self.inside();
        if let Some(busy) = &mut inside.busy {
            ready!(busy.as_mut().poll(cx));
            inside.busy = None;
        }
        if inside.broken {
            return Poll::Ready(Err(io::ErrorKind::StorageFull.into()));
        }
        let (at, held) = (inside.began.elapsed(), std::mem::take(&mut inside.held));
        if !held.is_empty() {
            inside.arrived.push((at, held));
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_flush(cx)
    }
}
