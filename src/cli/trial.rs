//! Runs a test executable and turns what its checks report into verdicts.
//!
//! Normally that takes one process. A learner's code may end it early, so whatever has no verdict then is run again
//! in a new one, without the check that was to blame. The check process has a watchdog of its own; the limits here
//! are for the case that even that one is gone.

mod patience;

use std::{
    path::Path,
    process::{Command, ExitStatus, Stdio},
    time::Duration,
};

use anyhow::{Context, bail};
use patience::{BUDGET, Patience, STALL};
use workbook::report::{self, Line, Status, Verdict};

use super::{
    process::{Tail, Ticket},
    workspace::Workspace,
};

/// How much is kept of what a program prints on standard error.
const KEPT: usize = 64 * 1024;

/// A test executable, and which of its checks to run.
pub(crate) struct Trial<'a> {
    pub(crate) workspace: &'a Workspace,
    pub(crate) executable: &'a Path,
    /// The path of the module of the checks, with `::`.
    pub(crate) module: &'a str,
    /// The names of the checks in it. Tests a learner adds of their own are not checks.
    pub(crate) checks: &'a [String],
    pub(crate) ticket: &'a Ticket,
    /// Told what the checks report, as they do.
    pub(crate) heard: &'a Heard,
}

/// Told what checks report.
pub(crate) type Heard = dyn Fn(&Line) + Sync;

/// How a process ended.
enum End {
    /// By itself, or by a signal; with the end of its standard error.
    Exited(ExitStatus, String),
    /// It had to be ended.
    Ended,
}

impl Trial<'_> {
    /// Runs every check; the verdicts come in the order of the check file. One that the executable does not have gets none.
    ///
    /// # Errors
    /// If processes or temporary files fail, or the work was overtaken.
    pub(crate) fn run(&self) -> anyhow::Result<Vec<Verdict>> {
        let mut left = BUDGET;
        let mut pending: Vec<String> = self.checks.iter().map(|check| format!("{}{check}", self.module)).collect();
        let mut verdicts = Vec::new();
        while !pending.is_empty() {
            if left.is_zero() {
                let why = "Not run: the checks before this one took too long.";
                verdicts.extend(pending.drain(..).map(|test| unseen(&test, Status::Timeout, why.into())));
                break;
            }
            let hurry = verdicts.iter().any(|verdict: &Verdict| verdict.status == Status::Timeout);
            let (lines, end) = self.start(&pending, hurry, &mut left)?;
            let mut seen = settle(lines, &end);
            // A learner's code may call the library's checks too; what that reports is none of these.
            seen.retain(|verdict| pending.contains(&verdict.test));
            let before = pending.len();
            pending.retain(|test| !seen.iter().any(|verdict| verdict.test == *test));
            verdicts.extend(seen);
            if pending.len() == before {
                // A new process would come no further.
                let (status, why) = no_word(&end);
                let there = self.list()?;
                pending.retain(|test| there.contains(test));
                verdicts.extend(pending.drain(..).map(|test| unseen(&test, status, why.clone())));
            }
        }
        verdicts.sort_by_key(|verdict| verdict.line);
        Ok(verdicts)
    }

    /// The paths of those tests that the executable has.
    fn list(&self) -> anyhow::Result<Vec<String>> {
        let mut command = self.command();
        command.args(["--list", "--format", "terse", self.module]).stdout(Stdio::piped());
        let mut process = self.ticket.spawn(&mut command)?;
        let names = Tail::of(process.child.stdout.take().context("no pipe")?, KEPT);
        let mut patience = Patience::with(process.child.id(), STALL);
        process.wait_while(|| patience.is_there())?;
        self.ticket.check()?;
        let tests = names.text_within(STALL).context("the test executable does not list its checks")?;
        Ok(tests.lines().filter_map(|line| line.strip_suffix(": test")).map(String::from).collect())
    }

    /// Runs some checks in one process, as long as there is something `left` to spend, and returns what they reported.
    fn start(&self, tests: &[String], hurry: bool, left: &mut Duration) -> anyhow::Result<(Vec<Line>, End)> {
        let report = tempfile::Builder::new().prefix("workbook-").tempfile();
        let report = report.with_context(|| {
            format!(
                "no file can be made in {}, where checks report to: is the disk full?",
                std::env::temp_dir().display()
            )
        })?;
        let mut command = self.command();
        command.args(["--exact", "--nocapture", "--test-threads=1"]).args(tests);
        // What it prints matters to nobody, as its verdicts come in the report; and nothing can be flooded.
        command.stdout(Stdio::null()).stderr(Stdio::piped()).env(report::VARIABLE, report.path());
        if hurry {
            command.env(report::HURRY, "1");
        }
        let mut process = self.ticket.spawn(&mut command)?;
        let stderr = Tail::of(process.child.stderr.take().context("no pipe")?, KEPT);
        let unreadable = "the report of the checks cannot be read";
        let mut follower = report::Follower::open(report.path()).context(unreadable)?;
        let mut lines = Vec::new();
        let mut hear = |follower: &mut report::Follower| {
            let more = follower.more()?;
            more.iter().for_each(self.heard);
            let heard_some = !more.is_empty();
            lines.extend(more);
            std::io::Result::Ok(heard_some)
        };
        let mut patience = Patience::with(process.child.id(), *left);
        let status = process.wait_while(|| {
            if hear(&mut follower).unwrap_or(false) {
                patience.heard();
            }
            patience.is_there()
        })?;
        *left = patience.left;
        // Ends what the program may have left behind, so that its pipe ends too.
        drop(process);
        self.ticket.check()?;
        let end = status.map_or(End::Ended, |status| End::Exited(status, stderr.text()));
        hear(&mut follower).context(unreadable)?;
        if let End::Exited(_, stderr) = &end
            && stderr.contains(report::UNWRITTEN)
        {
            bail!("the checks could not write their report to {}: is the disk full?", std::env::temp_dir().display());
        }
        Ok((lines, end))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(self.executable);
        command.current_dir(self.workspace.root()).stdin(Stdio::null()).stderr(Stdio::null());
        // To judge is not to write snapshots, whatever the shell asks of other tests.
        command.env_remove("INSTA_UPDATE");
        command
    }
}

/// The verdicts in a report, with one for the check that cut it short.
fn settle(lines: Vec<Line>, end: &End) -> Vec<Verdict> {
    let mut open: Vec<Verdict> = Vec::new();
    let mut verdicts: Vec<Verdict> = Vec::new();
    for line in lines {
        match line {
            Line::Started { test, name, line } => {
                let mut verdict = unseen(&test, Status::Failed, String::new());
                (verdict.name, verdict.line) = (name, line);
                open.push(verdict);
            }
            Line::Ended(verdict) => {
                open.retain(|started| started.test != verdict.test);
                match verdicts.iter_mut().find(|before| before.test == verdict.test) {
                    None => verdicts.push(*verdict),
                    // A check has one verdict, and no later one makes it pass.
                    Some(before) if before.status == Status::Passed => *before = *verdict,
                    Some(_) => {}
                }
            }
        }
    }
    for mut verdict in open {
        let (status, message) = cut_short(end);
        (verdict.status, verdict.message) = (status, Some(message));
        verdicts.push(verdict);
    }
    verdicts
}

/// What to say of a check that started and did not end.
fn cut_short(end: &End) -> (Status, String) {
    match end {
        End::Ended => (
            Status::Timeout,
            "Your code did not come to an end, so it was ended from outside. Is there a loop that never awaits, or a wait \
             that nothing ends?"
                .into(),
        ),
        End::Exited(_, stderr) if stderr.contains("has overflowed its stack") => (
            Status::Failed,
            "Your code used up the whole stack, which ended the program. Does a function call itself without end?".into(),
        ),
        End::Exited(status, _) => match status.code() {
            Some(code) => (
                Status::Failed,
                format!(
                    "Your code ended the whole program with exit code {code} in the middle of this check \
                     (std::process::exit?). Let the function return instead."
                ),
            ),
            None => (Status::Failed, format!("Your code {} in the middle of this check.", killed(*status))),
        },
    }
}

/// What to say of checks that not even started, though their process was given the time.
fn no_word(end: &End) -> (Status, String) {
    match end {
        End::Ended => (Status::Timeout, "The program did not come as far as this check and had to be ended.".into()),
        End::Exited(status, _) if status.success() || status.code() == Some(101) => {
            (Status::Failed, "This check reports nothing, so nothing is known of it.".into())
        }
        End::Exited(status, _) => {
            let how = status.code().map_or_else(|| killed(*status), |code| format!("ended with exit code {code}"));
            (Status::Failed, format!("The program {how} before this check could start."))
        }
    }
}

#[cfg(unix)]
fn killed(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;
    match status.signal() {
        Some(6) => "aborted the whole program (std::process::abort, or a panic while another one unwound?)".into(),
        Some(signal) => format!("was ended by the operating system with signal {signal}"),
        None => "was ended from outside".into(),
    }
}

#[cfg(not(unix))]
fn killed(_status: ExitStatus) -> String {
    "was ended from outside".into()
}

/// A verdict on a check that has given none itself.
fn unseen(test: &str, status: Status, message: String) -> Verdict {
    let function = test.rsplit("::").next().unwrap_or(test);
    Verdict {
        test: test.to_string(),
        name: function.replace('_', " "),
        line: u32::MAX,
        status,
        message: Some(message),
        findings: Vec::new(),
        recording: None,
    }
}
