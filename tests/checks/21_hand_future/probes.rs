//! Futures that look at who polls them, for the checks of 21_hand_future.

use std::{
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
        mpsc::{self, Sender},
    },
    task::{Context, Poll, Wake, Waker},
};

use workbook::{
    check::{fail, secs},
    thread,
};

/// How often a future was polled, and how often it woke its task.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) polls: AtomicUsize,
    wakes: AtomicUsize,
}

impl Counts {
    pub(super) fn within_reason(&self, idea: &str) {
        let (polls, wakes) = (self.polls.load(SeqCst), self.wakes.load(SeqCst));
        if polls > wakes + 2 {
            fail(format!("{idea}\n\npolls:    {polls}\nwake-ups: {wakes}"));
        }
    }
}

/// Polls what is inside with a waker of its own each time, and counts.
pub(super) struct Counted<F> {
    inside: Pin<Box<F>>,
    counts: Arc<Counts>,
}

pub(super) fn counted<F: Future>(inside: F, counts: &Arc<Counts>) -> Counted<F> {
    Counted { inside: Box::pin(inside), counts: Arc::clone(counts) }
}

struct CountingWaker(Waker, Arc<Counts>);

impl Wake for CountingWaker {
    fn wake(self: Arc<Self>) {
        self.1.wakes.fetch_add(1, SeqCst);
        self.0.wake_by_ref();
    }
}

impl<F: Future> Future for Counted<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.counts.polls.fetch_add(1, SeqCst);
        let waker = Waker::from(Arc::new(CountingWaker(cx.waker().clone(), Arc::clone(&self.counts))));
        self.inside.as_mut().poll(&mut Context::from_waker(&waker))
    }
}

/// Is ready when it was woken so many times: at once, in the poll itself, or each time after a second, by a thread.
pub(super) struct Bell {
    most: usize,
    by_thread: bool,
    rings: Arc<AtomicUsize>,
    /// The waker of the last poll, once there is one.
    waker: Arc<Mutex<Option<Waker>>>,
    done: Arc<AtomicBool>,
    missed: Sender<bool>,
}

/// So many steps of its own clock an executor has to notice a wake. It takes them only while everybody sleeps.
const PATIENCE: usize = 150;

impl Bell {
    /// Rings on a thread of its own. Tells if it was not heard.
    fn start(&self) {
        let (rings, waker, done) = (self.rings.clone(), self.waker.clone(), self.done.clone());
        let missed = self.missed.clone();
        let to_ring = if self.by_thread { self.most } else { 0 };
        thread::spawn(move || {
            for _ in 0..to_ring {
                thread::sleep(secs(1.0));
                rings.fetch_add(1, SeqCst);
                let waker = waker.lock().unwrap().clone();
                waker.into_iter().for_each(Waker::wake);
            }
            for _ in 0..PATIENCE {
                if done.load(SeqCst) {
                    return;
                }
                thread::sleep(secs(0.001));
            }
            let _ = missed.send(false);
        });
    }
}

impl Future for Bell {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let first = self.waker.lock().unwrap().replace(cx.waker().clone()).is_none();
        if self.rings.load(SeqCst) >= self.most {
            self.done.store(true, SeqCst);
            return Poll::Ready(());
        }
        if first {
            self.start();
        }
        if !self.by_thread {
            self.rings.fetch_add(1, SeqCst);
            cx.waker().wake_by_ref();
        }
        Poll::Pending
    }
}

/// Hands a bell to an executor, on a thread of its own, so that one that sleeps for ever does no harm. False if it did not
/// hear the bell.
pub(super) fn hears(
    most: usize,
    by_thread: bool,
    counts: &Arc<Counts>,
    executor: impl FnOnce(Counted<Bell>) + Send + 'static,
) -> bool {
    let (told, news) = mpsc::channel();
    let (rings, waker, done) = Default::default();
    let bell = counted(Bell { most, by_thread, rings, waker, done, missed: told.clone() }, counts);
    thread::spawn(move || {
        executor(bell);
        let _ = told.send(true);
    });
    news.recv().unwrap_or(false)
}
