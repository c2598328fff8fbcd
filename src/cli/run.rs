//! `workbook run`: an exercise's own program, in the learner's terminal.

use std::{
    process::{Command, ExitStatus},
    sync::Arc,
};

use anyhow::{Context, anyhow};

use super::{
    Passed, RunArguments, Workbook,
    cargo::{Busy, Product},
    fresh, output,
    process::Ticket,
    signals, source,
    workspace::{Side, Workspace},
};

/// Builds the program and runs it.
pub(crate) fn run(workbook: &Workbook, arguments: &RunArguments) -> anyhow::Result<Passed> {
    let exercise = workbook.course.find(&arguments.name)?;
    let side = if arguments.solution { Side::Solution } else { Side::Exercise };
    let busy: Busy = Arc::new(output::mention);
    let ticket = workbook.processes.ticket();
    let mut command = program(&workbook.workspace, &exercise.name, side, &ticket, &busy)?;
    output::mention("");
    command.args(arguments.fast.then_some("--fast")).args(arguments.timeline.then_some("--timeline"));
    if let Some(file) = &arguments.trace {
        // The program runs in the root of the clone, wherever the command was typed.
        command.arg("--trace").arg(std::path::absolute(file).context("the current folder cannot be read")?);
    }
    command.args(&arguments.args);
    let status = in_the_terminal(&mut command)?;
    if !status.success() {
        output::complain(&format!("{} {}", exercise.name, ending(status)));
    }
    Ok(Passed::when(status.success()))
}

/// Builds an exercise's program, ready to run.
///
/// # Errors
/// If it does not build; the error shows what rustc said.
pub(crate) fn program(
    workspace: &Workspace,
    exercise: &str,
    side: Side,
    ticket: &Ticket,
    busy: &Busy,
) -> anyhow::Result<Command> {
    let file = side.file(exercise);
    source::read(workspace, &file)?;
    let binary = side.binary(exercise);
    let build = fresh::build(workspace, (side, Product::Program), &[exercise], ticket, busy)?;
    let Some(executable) = build.executables.get(&binary) else {
        let errors = build.errors(&binary);
        let why = if errors.is_empty() { &build.said } else { &errors };
        let what = build.unused(&binary).unwrap_or_else(|| format!("{file} does not compile"));
        return Err(anyhow!("{what}\n\n{why}"));
    };
    let mut command = Command::new(executable);
    command.current_dir(workspace.root());
    Ok(command)
}

/// Runs a program that has the terminal, and Ctrl-C, to itself.
pub(crate) fn in_the_terminal(command: &mut Command) -> anyhow::Result<ExitStatus> {
    signals::lending_the_terminal(|| command.status()).context("the program cannot be started")
}

/// How a program ended that did not end well.
pub(crate) fn ending(status: ExitStatus) -> String {
    match status.code() {
        Some(code) => format!("ended with exit code {code}"),
        None => "was ended by a signal".into(),
    }
}
