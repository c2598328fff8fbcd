//! What has the terminal to itself for a while: the exercise's own program, and the build of its chapter.

use std::{process::Command, sync::Arc};

use super::{View, Watch, terminal};
use crate::cli::{cargo::Busy, output, process::Ticket, run, workspace::Side};

impl Watch<'_> {
    /// Gives the terminal to the exercise's own program, on the real clock.
    pub(super) fn run_program(&mut self) -> anyhow::Result<()> {
        let (workspace, name) = (self.workbook.workspace.clone(), self.exercise().name.clone());
        self.lend(|ticket| {
            let busy: Busy = Arc::new(output::mention);
            output::mention(&format!("building {name} …"));
            let outcome = run::program(&workspace, &name, Side::Exercise, ticket, &busy).and_then(|mut command| {
                output::mention("");
                run::in_the_terminal(&mut command)
            });
            match outcome {
                Ok(status) if status.success() => format!("{name} has ended."),
                Ok(status) => format!("{name} {}.", run::ending(status)),
                Err(error) => format!("{error:#}"),
            }
        })
    }

    /// Builds the book and opens the exercise's chapter. The book is a package of its own, so that nobody who does not
    /// read it has to build what builds it.
    pub(super) fn open_chapter(&mut self) -> anyhow::Result<()> {
        let (workspace, name) = (self.workbook.workspace.clone(), self.exercise().name.clone());
        self.lend(|_| {
            let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
            command.args(["run", "-p", "book", "--", "build", "--open", &name]).current_dir(workspace.root());
            match run::in_the_terminal(&mut command) {
                Ok(status) if status.success() => format!("The chapter of {name} is open in your browser."),
                Ok(_) => format!("The chapter of {name} could not be opened; it is book/src/{name}.md."),
                Err(error) => format!("{error:#}"),
            }
        })
    }

    /// Ends the current run and gives the terminal away; what the work returns is shown at its end.
    fn lend(&mut self, work: impl FnOnce(&Ticket) -> String) -> anyhow::Result<()> {
        self.workbook.processes.end_all();
        self.run += 1;
        self.doing = None;
        let ticket = self.workbook.processes.ticket();
        self.keys.pause();
        terminal::lend(|| {
            let ending = work(&ticket);
            output::print(&format!("\n{ending} Press any key to go back.\n"));
        })?;
        self.keys.go_on();
        self.view = View::Program;
        Ok(())
    }
}
