//! The runtime a program runs on: tokio's, single-threaded and seeded, on the real or the virtual clock.

pub(crate) mod clock;
pub mod effort;
pub(crate) mod interrupt;
pub(crate) mod open_files;
mod outside;
pub(crate) mod session;

use std::{future::Future, io, panic, pin::Pin, time::Duration};

use tokio::{
    runtime::{Builder, RngSeed, Runtime},
    task::LocalSet,
};

use crate::recorder::{self, Announced};

/// Which of tokio's two schedulers a program runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threads {
    /// One thread for everything. Its time can be virtual.
    Current,
    /// So many worker threads, on the real clock.
    Workers(usize),
}

/// How long the blocking pool may take to end once a program is done.
const POOL_ENDS_WITHIN: Duration = Duration::from_millis(200);

/// Builds a runtime with all drivers and with tokio's own choices (the order of `select!`) seeded, so that they repeat.
pub(crate) fn build(threads: Threads) -> io::Result<Runtime> {
    let mut builder = match threads {
        Threads::Current => Builder::new_current_thread(),
        Threads::Workers(count) => {
            let mut builder = Builder::new_multi_thread();
            builder.worker_threads(count);
            builder
        }
    };
    builder.enable_all().rng_seed(RngSeed::from_bytes(b"workbook")).build()
}

/// A future that is yet to be made. It is boxed so that all the machinery below is compiled once for each type of output
/// and not once for each future: that is most of what compiling a check file would cost.
pub(crate) type Make<T> = Box<dyn FnOnce() -> Pin<Box<dyn Future<Output = T>>>>;

/// Boxes what makes a future.
pub(crate) fn boxed<F: Future + 'static>(make: impl FnOnce() -> F + 'static) -> Make<F::Output> {
    Box::new(move || Box::pin(make()))
}

/// Runs the future that `make` returns as the main task of a runtime of its own, within a session.
///
/// It runs as a local task, since tokio reports the wakers of tasks and not those of `block_on`. Returns nothing if the
/// session was given up.
///
/// # Panics
/// With the future's own panic, or if no runtime can be built.
pub(crate) fn block_on<T: 'static>(threads: Threads, make: Make<T>) -> Option<T> {
    // The workers of a multi-thread runtime are closures on its blocking pool.
    let runtime = recorder::unseen(|| build(threads))
        .expect("a runtime: the operating system refused a thread or an event queue");
    let local = LocalSet::new();
    recorder::announce(Announced::Runtime);
    let result = runtime.block_on(local.run_until(async {
        recorder::announce(Announced::Main);
        let main = tokio::task::spawn_local(async move { make().await });
        let result = tokio::select! {
            biased;
            result = main => Some(result),
            () = session::given_up() => None,
        };
        recorder::returned();
        if result.is_some() {
            clock::settle().await;
        }
        recorder::settled();
        result
    }));
    drop(local);
    clock::release(runtime.handle().id());
    runtime.shutdown_timeout(POOL_ENDS_WITHIN);
    recorder::runtime_ended();
    match result? {
        Ok(output) => Some(output),
        Err(error) => panic::resume_unwind(error.into_panic()),
    }
}
