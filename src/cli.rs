//! Parses the command line, dispatches to one file per command, and turns the result into an exit code.

mod attached;
mod awaits;
mod backups;
mod cargo;
mod check;
mod course;
mod explain;
mod fresh;
mod git;
mod hint;
mod judge;
mod list;
mod look;
mod output;
mod pristine;
mod process;
mod progress;
mod reset;
mod run;
mod signals;
mod solution;
mod source;
mod system;
mod timeline;
mod trial;
mod update;
mod verify;
mod watch;
mod workspace;

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use clap::{Args, Parser, Subcommand};

use course::Course;
use process::Processes;
use workspace::Workspace;

/// A workbook for learning asynchronous programming in Rust.
///
/// Without a command it watches: it shows the current exercise and judges it again on every save.
#[derive(Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    after_help = "NAME may be 3, 03, enter_runtime or 03_enter_runtime.\n\
    Exit codes: 0 everything asked for passed, 1 something did not, 2 wrong usage."
)]
struct Arguments {
    /// Look at the files five times a second instead of waiting for the file system's word of a save
    #[arg(long)]
    poll: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// List the exercises and how far you are
    List {
        /// Print JSON instead
        #[arg(long)]
        json: bool,
    },
    /// Run an exercise's own program, on the real clock
    Run(RunArguments),
    /// Draw what an exercise's program does, on the virtual clock
    Timeline(timeline::TimelineArguments),
    /// Judge exercises; without a name, the first one that has not passed yet
    Check(CheckArguments),
    /// Show a hint; each further call goes one step further
    Hint {
        /// The exercise
        name: String,
        /// Show this step (1 to 3) instead of the next one
        #[arg(long)]
        step: Option<usize>,
    },
    /// Bring the stub back; your file is kept in .workbook/backups
    Reset {
        /// The exercise
        name: String,
    },
    /// Take up what is new upstream; what you wrote stays as it is
    Update(update::UpdateArguments),
    /// Print one good way to write an exercise
    Solution {
        /// The exercise
        name: String,
    },
    /// Explain a diagnosis by its code, with a small program that has the fault; without a code, list them
    Explain {
        /// The code: W01, W02 and so on
        code: Option<String>,
    },
    /// Prove that the workbook itself is right: stubs, solutions, variants (for authors, takes minutes at first)
    Verify {
        /// Only these exercises
        names: Vec<String>,
        /// Print JSON instead
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args)]
struct RunArguments {
    /// The exercise
    name: String,
    /// Run the solution instead
    #[arg(long)]
    solution: bool,
    /// Run on the virtual clock, which does not wait
    #[arg(long)]
    fast: bool,
    /// Draw what the runtime did
    #[arg(long)]
    timeline: bool,
    /// Write what the runtime did to a file, for the Perfetto viewer
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,
    /// Arguments for the program itself
    #[arg(last = true)]
    args: Vec<String>,
}

#[derive(Args)]
struct CheckArguments {
    /// The exercises
    names: Vec<String>,
    /// Judge every exercise
    #[arg(long, conflicts_with = "names")]
    all: bool,
    /// Judge the solutions instead
    #[arg(long)]
    solution: bool,
    /// Draw the runs of right checks, too
    #[arg(long, conflicts_with = "json")]
    timeline: bool,
    /// Print JSON instead
    #[arg(long)]
    json: bool,
}

/// What every command works with.
struct Workbook {
    workspace: Workspace,
    course: Course,
    processes: Arc<Processes>,
}

/// Whether what was asked for passed; the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Passed {
    Yes,
    No,
}

impl Passed {
    fn when(condition: bool) -> Passed {
        if condition { Passed::Yes } else { Passed::No }
    }
}

/// The wrong thing was typed: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Usage(String);

/// Runs the command that was typed.
pub(crate) fn main() -> ExitCode {
    if let Some(ended) = awaits::as_rustc() {
        return ended;
    }
    let arguments = Arguments::parse();
    if output::is_dumb() {
        output::without_colours();
    }
    let result = dispatch(arguments);
    signals::let_signal_end();
    match result {
        Ok(Passed::Yes) => ExitCode::SUCCESS,
        Ok(Passed::No) => ExitCode::from(1),
        Err(error) => {
            output::complain(&format!("{error:#}"));
            ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
        }
    }
}

fn dispatch(arguments: Arguments) -> anyhow::Result<Passed> {
    let workspace = Workspace::find()?;
    let course = Course::read(&workspace)?;
    let workbook = Workbook { course, processes: Processes::new(), workspace };
    signals::end_children_on_interrupt(&workbook.processes)?;
    match arguments.command {
        None => watch::watch(&workbook, arguments.poll),
        Some(Command::List { json }) => list::list(&workbook, json),
        Some(Command::Run(arguments)) => run::run(&workbook, &arguments),
        Some(Command::Timeline(arguments)) => timeline::timeline(&workbook, &arguments),
        Some(Command::Check(arguments)) => check::check(&workbook, &arguments),
        Some(Command::Hint { name, step }) => hint::hint(&workbook, &name, step),
        Some(Command::Reset { name }) => reset::reset(&workbook, &name),
        Some(Command::Update(arguments)) => update::update(&workbook, &arguments),
        Some(Command::Solution { name }) => solution::solution(&workbook, &name),
        Some(Command::Explain { code }) => explain::explain(code.as_deref()),
        Some(Command::Verify { names, json }) => verify::verify(&workbook, &names, json),
    }
}
