//! The chapter of an exercise, in the browser: the book is served by a program of its own for as long as the workbook
//! runs.

use std::process::{Command, Stdio};

use anyhow::{Context, bail};

use crate::cli::{Workbook, course::Exercise, process::Running};

/// The program that serves the book, once it was asked for.
#[derive(Default)]
pub(super) struct Book {
    serving: Option<Running>,
}

impl Book {
    /// Serves the book from now on and opens the chapter of an exercise; returns what to tell the learner.
    ///
    /// # Errors
    /// If there is no such chapter, or cargo cannot be started.
    pub(super) fn open(&mut self, workbook: &Workbook, exercise: &Exercise) -> anyhow::Result<String> {
        let chapter = format!("book/src/{}.md", exercise.name);
        if !workbook.workspace.path(&chapter).is_file() {
            bail!("There is no chapter on {} yet.", exercise.name);
        }
        // The one before has the port.
        self.serving = None;
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(["run", "--quiet", "-p", "book", "--", "--open", &exercise.name]);
        command.current_dir(workbook.workspace.root());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let serving = workbook.servers.ticket().spawn(&mut command).context("cargo cannot be started")?;
        self.serving = Some(serving);
        Ok("The chapter opens in your browser; the first time the book is built for a minute or two.".into())
    }
}
