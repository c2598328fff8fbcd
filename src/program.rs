//! What a learner's `main` calls: runs the program for real, or fast, and shows what it did.

use std::{
    future::Future,
    path::{Path, PathBuf},
    process,
};

use clap::{CommandFactory, FromArgMatches, Parser};
use tokio::task::LocalSet;

use crate::{
    broken_pipe, diagnosis, recorder,
    recording::{Clock, Outcome, Recording},
    render,
    runtime::{
        self, Threads, interrupt, open_files,
        session::{self, Limits},
    },
    whole_file,
};

/// The arguments every exercise understands.
#[derive(Parser, Clone, Debug, Default)]
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
    /// Write the recording itself to a file, for `workbook timeline --from FILE`
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// What the exercise itself makes of further arguments
    #[arg(trailing_var_arg = true, value_name = "ARGUMENT")]
    rest: Vec<String>,
}

/// Runs a future to its end, as `#[tokio::main(flavor = "current_thread")]` does.
///
/// The program's arguments choose how: `--fast` on the virtual clock, `--timeline` with a picture of what happened,
/// `--trace FILE` with a trace of it, `--record FILE` with the recording itself. Without them nothing is recorded and tokio runs as ever.
///
/// # Panics
/// With the future's own panic, or if no runtime can be built.
pub fn run<F>(future: F) -> F::Output
where
    F: Future + 'static,
    F::Output: 'static,
{
    run_as(&Arguments::parse(), future)
}

/// Runs the future that `program` makes of its own arguments: the first one that is not an argument of [`run`], and all
/// that follow. `usage` is what `--help` says about them.
///
/// # Panics
/// As [`run`].
pub fn run_with_arguments<F>(usage: &'static str, program: impl FnOnce(Vec<String>) -> F) -> F::Output
where
    F: Future + 'static,
    F::Output: 'static,
{
    let command = Arguments::command().mut_arg("rest", |rest| rest.allow_hyphen_values(true)).after_help(usage);
    let mut arguments = Arguments::from_arg_matches(&command.get_matches()).unwrap_or_else(|error| error.exit());
    let own = std::mem::take(&mut arguments.rest);
    run_as(&arguments, program(own))
}

fn run_as<F>(arguments: &Arguments, future: F) -> F::Output
where
    F: Future + 'static,
    F::Output: 'static,
{
    open_files::allow_enough();
    if arguments.watches() {
        let threads = Threads::Current;
        let make = runtime::boxed(move || future);
        return watched(arguments, Box::new(move || runtime::block_on(threads, make)));
    }
    broken_pipe::ends_quietly();
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
    open_files::allow_enough();
    if arguments.watches() {
        return watched(&arguments, Box::new(|| Some(program())));
    }
    broken_pipe::ends_quietly();
    program()
}

impl Arguments {
    fn watches(&self) -> bool {
        self.fast || self.timeline || self.trace.is_some() || self.record.is_some()
    }

    fn limits(&self) -> Limits {
        if self.fast && self.record.is_some() { Limits::unattended() } else { Limits::of_a_run() }
    }

    /// Writes and draws what was asked for, however the program ended. A file that cannot be written ends the process.
    fn show(&self, recording: &Recording) {
        // Files first: a program that holds the lock of standard output holds up whoever prints.
        if let Some(path) = &self.record {
            write("recording", path, &recording.to_json());
        }
        if let Some(path) = &self.trace {
            write("trace", path, &render::perfetto(recording));
        }
        // Whoever ends a program wants to know what it was doing.
        let unexplained = matches!(recording.outcome, Outcome::Interrupted | Outcome::AtRest);
        if self.timeline || unexplained {
            std::print!("\n{}", render::terminal(recording, render::Style::of_stdout()));
        }
        if unexplained {
            eprint!("\n{}", diagnosis::whereabouts(recording));
        }
        for sentence in diagnosis::held_up(recording) {
            eprintln!("\n{sentence}");
        }
        for (_, finding) in diagnosis::all(recording) {
            eprintln!("\n{finding}");
        }
    }
}

fn write(what: &str, path: &Path, text: &str) {
    if let Err(error) = whole_file::write(path, text.as_bytes()) {
        eprintln!("the {what} could not be written to {}: {error}", path.display());
        process::exit(1);
    }
}

fn watched<T>(arguments: &Arguments, program: Box<dyn FnOnce() -> Option<T> + '_>) -> T {
    let clock = if arguments.fast { Clock::Virtual } else { Clock::Real };
    let given_up = arguments.clone();
    let abandon = Box::new(move |recording: Recording| {
        say_why_it_ended(&recording);
        given_up.show(&recording);
    });
    let program = Box::new(|| {
        // In here, so that it comes before the recorder, which would take the panic for the program's own.
        broken_pipe::ends_quietly();
        recorder::program_is_alone();
        interrupt::listen();
        program()
    });
    let (result, recording) = session::record(clock, arguments.limits(), true, abandon, program);
    arguments.show(&recording);
    match result {
        Ok(Some(output)) => output,
        Ok(None) => {
            say_why_it_ended(&recording);
            process::exit(session::exit_code(&recording.outcome))
        }
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

fn say_why_it_ended(recording: &Recording) {
    eprintln!("{}", recording.cut_short().unwrap_or_else(|| "the program has ended".to_string()));
}
