//! What has the terminal to itself for a while: the learner's editor, the exercise's own program, and the build of its
//! chapter.

use std::{process::Command, sync::Arc, thread};

use super::{Watch, editor, editor::Editor, screen::View};
use crate::cli::{cargo::Busy, output, process::Ticket, run, workspace::Side};

impl Watch<'_> {
    /// Opens the file in the learner's editor, which has the terminal unless it has a window.
    pub(super) fn edit(&mut self) -> anyhow::Result<()> {
        let editor = match Editor::of_the_learner() {
            Ok(editor) => editor,
            Err(sentence) => {
                self.screen.note = Some(sentence);
                return Ok(());
            }
        };
        let file = Side::Exercise.file(&self.screen.exercise().name);
        let line = editor::line_to_look_at(&self.screen);
        let mut command = editor.open(&self.workbook.workspace.path(&file), line);
        command.current_dir(self.workbook.workspace.root());
        let started = if editor.has_a_window() {
            command.spawn().map(|mut child| drop(thread::spawn(move || child.wait()))).map_err(Into::into)
        } else {
            self.keys.pause();
            let mut started = Ok(());
            self.terminal.lend(|| started = run::in_the_terminal(&mut command).map(drop))?;
            self.terminal.clear()?;
            self.keys.go_on();
            started
        };
        if let Err(error) = started {
            self.screen.note =
                Some(format!("The editor {} cannot be started: {:#}", editor.name(), error.root_cause()));
        }
        Ok(())
    }

    /// Gives the terminal to the exercise's own program, on the real clock.
    pub(super) fn run_program(&mut self) -> anyhow::Result<()> {
        let (workspace, name) = (self.workbook.workspace.clone(), self.screen.exercise().name.clone());
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
        let (workspace, name) = (self.workbook.workspace.clone(), self.screen.exercise().name.clone());
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

    /// Ends the current run, gives the terminal away, and judges again; what the work returns is shown at its end.
    fn lend(&mut self, work: impl FnOnce(&Ticket) -> String) -> anyhow::Result<()> {
        self.end_run();
        let ticket = self.workbook.processes.ticket();
        self.keys.pause();
        self.terminal.lend(|| {
            let ending = work(&ticket);
            output::print(&format!("\n{ending} Press any key to go back.\n"));
        })?;
        self.keys.go_on();
        self.screen.view = View::Program;
        // The run that was ended may have been on its way to the verdict on the last save.
        self.judge();
        Ok(())
    }
}
