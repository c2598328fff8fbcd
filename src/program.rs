//! What a learner's `main` calls: runs the program for real, or fast, and shows what it did.

use std::{future::Future, path::PathBuf, process};

use clap::Parser;
use tokio::task::LocalSet;

use crate::{
    recording::{Clock, Outcome, Recording},
    render,
    runtime::{
        self, Threads,
        session::{self, ENDED_EXIT_CODE, Limits},
    },
};

/// The arguments every exercise understands.
#[derive(Parser, Debug, Default)]
#[command(about = "An exercise of the async Rust workbook", version = None)]
struct Arguments {
    /// Run on the virtual clock: the same program, the same times, without the waiting
    #[arg(long)]
    fast: bool,
    /// Draw what the runtime did
    #[arg(long)]
    timeline: bool,
    /// Write what the runtime did to a file, for the Perfetto viewer
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,
    /// What the exercise itself makes of further arguments
    #[arg(trailing_var_arg = true)]
    rest: Vec<String>,
}

/// Runs a future to its end, as `#[tokio::main(flavor = "current_thread")]` does.
///
/// The program's arguments choose how: `--fast` on the virtual clock, `--timeline` with a picture of what happened,
/// `--trace FILE` with a trace of it. Without them nothing is recorded and tokio runs as ever.
///
/// # Panics
/// With the future's own panic, or if no runtime can be built.
pub fn run<F>(future: F) -> F::Output
where
    F: Future + 'static,
    F::Output: 'static,
{
    let arguments = Arguments::parse();
    if arguments.watches() {
        let threads = Threads::Current;
        let make = runtime::boxed(move || future);
        return watched(&arguments, Box::new(move || runtime::block_on(threads, make)));
    }
    let runtime = runtime::build(Threads::Current).expect("a runtime: the operating system refused a thread");
    // As in a recorded run, where the main future is a local task: what works in one works in the other.
    LocalSet::new().block_on(&runtime, future)
}

/// Runs a program that is not async, or that builds a runtime of its own. The arguments are those of [`run`].
///
/// # Panics
/// With the program's own panic.
pub fn run_sync<T>(program: impl FnOnce() -> T) -> T {
    let arguments = Arguments::parse();
    if arguments.watches() { watched(&arguments, Box::new(|| Some(program()))) } else { program() }
}

impl Arguments {
    fn watches(&self) -> bool {
        self.fast || self.timeline || self.trace.is_some()
    }
}

fn watched<T>(arguments: &Arguments, program: Box<dyn FnOnce() -> Option<T> + '_>) -> T {
    let clock = if arguments.fast { Clock::Virtual } else { Clock::Real };
    let abandon = Box::new(|recording: Recording| eprintln!("{}", why_it_ended(&recording.outcome)));
    let (result, recording) = session::record(clock, Limits::of_a_run(), true, abandon, program);
    if arguments.timeline {
        std::print!("\n{}", render::terminal(&recording, render::Style::of_stdout()));
    }
    if let Some(path) = &arguments.trace
        && let Err(error) = std::fs::write(path, render::perfetto(&recording))
    {
        eprintln!("the trace could not be written to {}: {error}", path.display());
        process::exit(1);
    }
    match result {
        Ok(Some(output)) => output,
        Ok(None) => {
            eprintln!("{}", why_it_ended(&recording.outcome));
            process::exit(ENDED_EXIT_CODE)
        }
        Err(panic) => {
            // The recorder kept the panic from being printed while it ran.
            for panic in &recording.panics {
                eprintln!("panicked at {}:\n{}", panic.line, panic.message);
            }
            std::panic::resume_unwind(panic)
        }
    }
}

fn why_it_ended(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Stuck => "the program is stuck: every task waits, and nothing is left that could wake one".to_string(),
        Outcome::Runaway(why) | Outcome::Held(why) => format!("the program was ended: {why}"),
        Outcome::Returned | Outcome::Panicked => "the program has ended".to_string(),
    }
}
