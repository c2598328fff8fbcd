//! The identity of an await: which future waits, where, what it is, and when it began and ended.
//!
//! The companion builds a learner's program from a copy of its source in which `.__tracked(…)` stands before each `.await`
//! and after each arm of a `join!` or `select!`. What it makes, a [`Tracked`] future, is transparent: it polls the one inside
//! and returns what that returns. While something is recorded it tells the recorder of each wait: it begins with the first
//! `Pending` and ends with `Ready`, or when the future is dropped. So no wait is concluded from anything, and no stack has
//! to be walked. It also tells which channel, set or `Notify` it is for: see [`Subject`].
//!
//! Nobody writes this by hand, so the names begin with two underscores or are long.

use std::{
    any::type_name,
    fmt::Debug,
    future::IntoFuture,
    pin::Pin,
    task::{Context, Poll},
};

use futures::future::FusedFuture;
use pin_project_lite::pin_project;
use tokio::{
    sync::broadcast::error::RecvError,
    task::JoinError,
    time::{Instant, error::Elapsed},
};

use crate::{
    is_on,
    waiting::{self, Waiting},
    wakers,
};

mod inside;
mod subject;

pub use inside::Inside;
pub use subject::{Behind, Fresh, Maker, Stays, Subject, only};

#[doc(hidden)]
pub use workbook_macros::{tracked, tracked_without_outputs, tracked_without_values};

/// An await, or an arm of a `join!` or `select!`, in the source of a program.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Await {
    /// The file, as the compiler names it.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: u32,
    /// The column, counted from 1.
    pub column: u32,
    /// The expression that is awaited, with its arguments left out: `rx.recv()`, `tx.send(…)`. Empty where it cannot be told.
    pub code: &'static str,
    /// True if the program throws away what the await results in: `let _ = handle.await;`.
    pub thrown_away: bool,
}

/// What can be awaited. It is implemented for all of that.
pub trait Track: IntoFuture + Sized {
    /// Gives the await at `at` an identity. `look` finds out what its output tells; see [`Look`].
    fn __tracked(self, at: &'static Await, look: fn(&Self::Output) -> Seen) -> Tracked<Self::IntoFuture> {
        Tracked { future: self.into_future(), at, subject: None, look, taken: |_| None, waiting: Waiting::default() }
    }
}

impl<F: IntoFuture> Track for F {}

/// What can be awaited, and what that is for.
#[must_use = "futures do nothing unless you `.await` or poll them"]
#[derive(Debug)]
pub struct On<F>(Option<Subject>, F);

/// Says what a future is for.
pub fn on<F: IntoFuture>(subject: impl Into<Option<Subject>>, future: F) -> On<F> {
    On(subject.into(), future)
}

impl<F: IntoFuture> On<F> {
    /// See [`Track::__tracked`].
    pub fn __tracked(self, at: &'static Await, look: fn(&F::Output) -> Seen) -> Tracked<F::IntoFuture> {
        let mut tracked = self.1.__tracked(at, look);
        tracked.subject = self.0;
        tracked
    }
}

impl<F: Future> Tracked<F> {
    /// `taken` finds out how many bytes the future would take along if it were dropped; see [`Inside`].
    pub fn __keeping(mut self, taken: fn(&F) -> Option<u64>) -> Self {
        self.taken = taken;
        self
    }
}

pin_project! {
    /// A future that tells the recorder of its waits, and is otherwise the one inside.
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    #[derive(Debug)]
    pub struct Tracked<F: Future> {
        #[pin]
        future: F,
        at: &'static Await,
        subject: Option<Subject>,
        look: fn(&F::Output) -> Seen,
        taken: fn(&F) -> Option<u64>,
        // After the future, so that what happens while that is dropped still happens within this await.
        waiting: Waiting,
    }

    impl<F: Future> PinnedDrop for Tracked<F> {
        fn drop(this: Pin<&mut Self>) {
            if let Some(number) = this.waiting.number()
                && let Some(bytes) = (this.taken)(&this.future)
            {
                waiting::had_taken(number, bytes);
            }
        }
    }
}

impl<F: Future> Future for Tracked<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        if !is_on() {
            return this.future.poll(context);
        }
        let telling = wakers::telling(context.waker());
        let entered = this.waiting.enter(this.at, type_name::<F>(), *this.subject);
        let polled = match &telling {
            Some(waker) => this.future.poll(&mut Context::from_waker(waker)),
            None => this.future.poll(context),
        };
        entered.leave(polled.is_ready());
        if let Poll::Ready(output) = &polled {
            waiting::looked(this.at, type_name::<F>(), (this.look)(output));
        }
        polled
    }
}

impl<F: FusedFuture> FusedFuture for Tracked<F> {
    fn is_terminated(&self) -> bool {
        self.future.is_terminated()
    }
}

/// What an output tells of the tasks and channels behind it.
#[derive(Debug, PartialEq, Eq)]
pub enum Seen {
    /// Its type is not known here.
    Unknown,
    /// Nothing of interest.
    Nothing,
    /// The tasks with these ids panicked or were aborted, and this is where somebody gets to know.
    Failed(Vec<tokio::task::Id>),
    /// So many values of a broadcast channel were missed.
    Lagged(u64),
    /// A tick of an interval came that was due at this moment, if it is an interval that was awaited.
    Ticked(Instant),
}

/// An output that is looked at. `(&&&Look(&output)).look()` chooses the most telling of the methods below, as the compiler
/// tries the type with more references first.
#[derive(Debug)]
pub struct Look<'a, T>(pub &'a T);

/// What has to be in scope where `.__tracked(…)` stands.
pub mod scope {
    pub use super::{
        LookAtAny as _, LookAtErrors as _, LookAtKnown as _, Track as _,
        inside::{TakenByAny as _, TakenByKnown as _},
        subject::{
            FreshAny as _, FreshBehind as _, FreshEnds as _, Make as _, SubjectBehindOne as _, SubjectBehindTwo as _,
            SubjectOfAny as _,
        },
    };
}

/// Outputs of any type: they tell nothing.
pub trait LookAtAny {
    /// See [`Look`].
    fn look(&self) -> Seen;
}

impl<T> LookAtAny for Look<'_, T> {
    fn look(&self) -> Seen {
        Seen::Unknown
    }
}

/// Items of a stream that may be errors, of types that libraries have which this one does not know.
pub trait LookAtErrors {
    /// See [`Look`].
    fn look(&self) -> Seen;
}

/// `tokio_stream::wrappers::BroadcastStream`.
impl<T, E: Debug> LookAtErrors for &Look<'_, Option<Result<T, E>>> {
    fn look(&self) -> Seen {
        let Some(Err(error)) = self.0 else { return Seen::Unknown };
        if !type_name::<E>().ends_with("::BroadcastStreamRecvError") {
            return Seen::Unknown;
        }
        let text = format!("{error:?}");
        let missed = text.strip_prefix("Lagged(").and_then(|rest| rest.strip_suffix(')'));
        missed.and_then(|missed| missed.parse().ok()).map_or(Seen::Unknown, Seen::Lagged)
    }
}

/// Outputs of a type that is known.
pub trait LookAtKnown {
    /// See [`Look`].
    fn look(&self) -> Seen;
}

impl<T: Tells> LookAtKnown for &&Look<'_, T> {
    fn look(&self) -> Seen {
        self.0.tells()
    }
}

/// A type of outputs that tell something.
pub trait Tells {
    /// What this one tells.
    fn tells(&self) -> Seen;
}

fn failed<'a>(errors: impl IntoIterator<Item = &'a JoinError>) -> Seen {
    let ids: Vec<_> = errors.into_iter().map(JoinError::id).collect();
    if ids.is_empty() { Seen::Nothing } else { Seen::Failed(ids) }
}

/// A `JoinHandle`, or several of them in a `try_join!` or `try_join_all`.
impl<T> Tells for Result<T, JoinError> {
    fn tells(&self) -> Seen {
        failed(self.as_ref().err())
    }
}

/// A `JoinHandle` with a deadline.
impl<T> Tells for Result<Result<T, JoinError>, Elapsed> {
    fn tells(&self) -> Seen {
        self.as_ref().map_or(Seen::Nothing, Tells::tells)
    }
}

/// `JoinSet::join_next`, and a stream of handles.
impl<T> Tells for Option<Result<T, JoinError>> {
    fn tells(&self) -> Seen {
        self.as_ref().map_or(Seen::Nothing, Tells::tells)
    }
}

/// `join_next` with a deadline.
impl<T> Tells for Result<Option<Result<T, JoinError>>, Elapsed> {
    fn tells(&self) -> Seen {
        self.as_ref().map_or(Seen::Nothing, Tells::tells)
    }
}

/// `join_all` of handles.
impl<T> Tells for Vec<Result<T, JoinError>> {
    fn tells(&self) -> Seen {
        failed(self.iter().filter_map(|result| result.as_ref().err()))
    }
}

/// Two handles that are joined.
impl<A, B> Tells for (Result<A, JoinError>, Result<B, JoinError>) {
    fn tells(&self) -> Seen {
        failed(self.0.as_ref().err().into_iter().chain(self.1.as_ref().err()))
    }
}

/// `select_all` of handles.
impl<T, F> Tells for (Result<T, JoinError>, usize, Vec<F>) {
    fn tells(&self) -> Seen {
        self.0.tells()
    }
}

/// A receiver of a broadcast channel.
impl<T> Tells for Result<T, RecvError> {
    fn tells(&self) -> Seen {
        match self {
            Err(RecvError::Lagged(missed)) => Seen::Lagged(*missed),
            _ => Seen::Nothing,
        }
    }
}

/// The same with a deadline.
impl<T> Tells for Result<Result<T, RecvError>, Elapsed> {
    fn tells(&self) -> Seen {
        self.as_ref().map_or(Seen::Nothing, Tells::tells)
    }
}

/// A tick of an interval.
impl Tells for Instant {
    fn tells(&self) -> Seen {
        Seen::Ticked(*self)
    }
}

/// A stream of ticks.
impl Tells for Option<Instant> {
    fn tells(&self) -> Seen {
        self.as_ref().map_or(Seen::Nothing, Tells::tells)
    }
}

/// A tick with a deadline.
impl Tells for Result<Instant, Elapsed> {
    fn tells(&self) -> Seen {
        self.as_ref().map_or(Seen::Nothing, Tells::tells)
    }
}
