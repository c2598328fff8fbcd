//! Checks of 10_blocked_loop, for the exercise and its solution alike.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread::{self, ThreadId},
};

use super::*;
use futures::FutureExt;
use tokio::{runtime::Handle, sync::mpsc as tokio_mpsc, time::advance};
use workbook::{
    check::{check, expect, secs},
    diagnosis::Code,
};

const HOGGED: &str = "The heart stood still while the checksum was computed: the thread that everybody shares went on and on \
                      with it.\n\nAn async block, a task of its own and a single yield_now take no work out of that thread; \
                      tokio::task::spawn_blocking does.";
const SUM: &str =
    "checksum_async returns the checksum of all the blocks, in their order: what `checksum` makes of them.";

/// So many blocks may be gone through at a time in the thread that everybody shares.
const AT_A_TIME: usize = 10;

/// A moment that is no whole tick of tokio's timers.
const MOMENT: Duration = Duration::from_micros(1);

/// A block that knows when it is read.
struct Block {
    bytes: Vec<u8>,
    watch: Arc<Watch>,
}

impl AsRef<[u8]> for Block {
    fn as_ref(&self) -> &[u8] {
        self.watch.block_is_read();
        &self.bytes
    }
}

/// Watches who reads the blocks, and how often the heart beats meanwhile.
struct Watch {
    heart: tokio_mpsc::UnboundedSender<mpsc::Sender<()>>,
    since_last_beat: Arc<AtomicUsize>,
    longest: Arc<AtomicUsize>,
    everybodys: ThreadId,
    runtime: Handle,
    at_work: Mutex<Option<mpsc::Sender<()>>>,
}

impl Watch {
    /// A heart that beats as long as anybody has the blocks; and how many were read between two beats, at most.
    fn begins() -> (Arc<Self>, Arc<AtomicUsize>) {
        let (heart, mut asked) = tokio_mpsc::unbounded_channel::<mpsc::Sender<()>>();
        let since_last_beat = Arc::new(AtomicUsize::new(0));
        let reset = Arc::clone(&since_last_beat);
        tokio::spawn(async move {
            while let Some(beat) = asked.recv().await {
                reset.store(0, Ordering::SeqCst);
                // Nobody may be there any more to hear it.
                let _ = beat.send(());
            }
        });
        let longest = Arc::new(AtomicUsize::new(0));
        let so_far = Arc::clone(&longest);
        let (everybodys, runtime) = (thread::current().id(), Handle::current());
        (Arc::new(Self { heart, since_last_beat, longest, everybodys, runtime, at_work: Mutex::default() }), so_far)
    }

    /// Asks the heart for a beat. Another thread than everybody's waits for it, so that none is too quick to be seen.
    ///
    /// Whoever reads one block after another on everybody's thread has moved the clock by then: work takes time, if only a
    /// moment. Without it a sleep of no time would be over at its first poll, which it never is on a real clock.
    fn block_is_read(&self) {
        let since_last_beat = self.since_last_beat.fetch_add(1, Ordering::SeqCst) + 1;
        self.longest.fetch_max(since_last_beat, Ordering::SeqCst);
        let (beat, heard) = mpsc::channel();
        let _ = self.heart.send(beat);
        if thread::current().id() != self.everybodys {
            self.keep_the_clock();
            let _ = heard.recv_timeout(secs(5.0));
        } else if since_last_beat > 1 {
            // The first poll moves the clock; the turn for others that would follow is not the reader's.
            let _ = advance(MOMENT).now_or_never();
        }
    }

    /// Tells the clock that a thread is at work as long as it has the blocks, whatever kind of thread it is.
    fn keep_the_clock(&self) {
        self.at_work.lock().unwrap().get_or_insert_with(|| {
            let (at_work, done) = mpsc::channel();
            self.runtime.spawn_blocking(move || done.recv());
            at_work
        });
    }
}

/// So many bytes for each of so many blocks, other bytes than for the block before it.
fn bytes(blocks: u8, bytes: usize) -> Vec<Vec<u8>> {
    (1..=blocks).map(|nth| vec![nth; bytes]).collect()
}

/// The same as blocks that are watched.
fn watched(blocks: u8) -> (Vec<Block>, Arc<AtomicUsize>) {
    let (watch, longest) = Watch::begins();
    let blocks = bytes(blocks, 3).into_iter().map(|bytes| Block { bytes, watch: Arc::clone(&watch) });
    (blocks.collect(), longest)
}

/// The heart was never kept waiting for longer than this many blocks take.
fn beats(longest: usize) {
    expect(
        longest <= AT_A_TIME,
        &format!("{HOGGED}\n\nblocks between two beats, at most: {AT_A_TIME}\nyours: {longest}"),
    );
}

#[test]
fn the_checksum_is_right() {
    check("checksum_async returns the checksum of the blocks", |c| {
        for (blocks, size) in [(0, 0), (1, 1), (2, 0), (5, 7), (100, 3)] {
            let expected = checksum(&bytes(blocks, size));
            let run = c.run(move || checksum_async(bytes(blocks, size)));
            run.returns(expected, SUM);
            run.nothing_alive("checksum_async returned before all the work was done.");
        }
    });
}

#[test]
fn the_heart_goes_on_beating() {
    check("the heart goes on beating while the checksum is computed", |c| {
        let run = c.run(|| async {
            let (blocks, longest) = watched(100);
            (checksum_async(blocks).await, longest.load(Ordering::SeqCst))
        });
        let (sum, longest) = *run.output();
        beats(longest);
        expect(sum == checksum(&bytes(100, 3)), SUM);
    });
}

#[test]
fn a_panic_is_handed_on() {
    check("a panic of the work reaches whoever waits for the checksum", |c| {
        struct Unreadable;
        impl AsRef<[u8]> for Unreadable {
            fn as_ref(&self) -> &[u8] {
                panic!("a block cannot be read")
            }
        }
        // That it does shows in the result.
        c.allow(Code::W04);
        let run = c.attempt(|| checksum_async(vec![Unreadable]));
        expect(
            run.output().is_err(),
            "The work panicked, and checksum_async returned a number all the same. A handle yields a Result: do not make a \
             checksum of an Err, hand the panic on with unwrap or expect.",
        );
    });
}

#[test]
fn the_program() {
    check("the program: ten beats, a tenth of a second apart, and the checksum", |c| {
        let run = c.run(|| async {
            let (blocks, longest) = watched(30);
            main_async(blocks).await;
            longest.load(Ordering::SeqCst)
        });
        beats(*run.output());
        run.nothing_alive("main_async returned before everything was done.");
        run.transcript("main_async", "The heart beats every 100 ms, whatever else is going on.");
    });
}
