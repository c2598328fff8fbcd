//! Builds with cargo and reads what it says as JSON: where the executables are, and rustc's own words.

mod unused;

use std::{
    collections::{BTreeSet, HashMap},
    io::{BufRead, BufReader, Read},
    path::PathBuf,
    process::{Command, Stdio},
    sync::{Arc, mpsc},
    thread,
};

use anyhow::Context;
use serde::Deserialize;

use super::{
    awaits,
    process::{Overtaken, Ticket},
    system::System,
    workspace::Workspace,
};
use unused::Unused;

/// Told what a build is busy with, when it takes long: "Compiling tokio v1.54.1".
pub(crate) type Busy = Arc<dyn Fn(&str) + Send + Sync>;

/// What to make of a source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Product {
    /// The program itself.
    Program,
    /// Its checks, as a test executable.
    Checks,
}

/// The kinds of targets, as cargo's options.
pub(crate) const BINARY: &str = "--bin";
pub(crate) const TEST: &str = "--test";

/// The targets of one package to build.
pub(crate) struct Order<'a> {
    pub(crate) package: &'a str,
    /// The names of the targets.
    pub(crate) targets: &'a [String],
    /// [`BINARY`] or [`TEST`].
    pub(crate) kind: &'static str,
    pub(crate) product: Product,
}

/// What a build came to.
#[derive(Default)]
pub(crate) struct Build {
    /// By target name.
    pub(crate) executables: HashMap<String, PathBuf>,
    /// The targets that cargo found built already.
    pub(crate) fresh: BTreeSet<String>,
    /// rustc's messages, about the workspace only.
    pub(crate) messages: Vec<Message>,
    /// The end of what cargo itself said.
    pub(crate) said: String,
}

/// One message of rustc.
pub(crate) struct Message {
    /// The target it is about.
    pub(crate) target: String,
    pub(crate) is_error: bool,
    /// As rustc shows it, with colours if they are wanted.
    pub(crate) rendered: String,
    unused: Option<Unused>,
}

impl Build {
    /// What keeps a target from being built, in a sentence, if it is nothing but values that were made and not used.
    pub(crate) fn unused(&self, target: &str) -> Option<String> {
        let errors = self.messages.iter().filter(|message| message.is_error && message.target == target);
        unused::in_words(&errors.map(|error| error.unused.as_ref()).collect::<Option<Vec<_>>>()?)
    }

    /// What keeps a target from being built: its own errors or, if it has none, those of what it needs.
    pub(crate) fn errors(&self, target: &str) -> String {
        let own = self.errors_of(target);
        if own.is_empty() { rendered(self.messages.iter().filter(|message| message.is_error)) } else { own }
    }

    /// A target's own errors.
    pub(crate) fn errors_of(&self, target: &str) -> String {
        rendered(self.messages.iter().filter(|message| message.is_error && message.target == target))
    }

    /// Adds what a later build came to.
    pub(crate) fn add(&mut self, later: Build) {
        self.executables.extend(later.executables);
        self.fresh.extend(later.fresh);
        self.messages.extend(later.messages);
        self.said = later.said;
    }

    /// Warnings about a target.
    pub(crate) fn warnings(&self, target: &str) -> Vec<&str> {
        let about = self.messages.iter().filter(|message| !message.is_error && message.target == target);
        about.map(|message| message.rendered.as_str()).collect()
    }
}

fn rendered<'a>(messages: impl Iterator<Item = &'a Message>) -> String {
    messages.map(|message| message.rendered.trim_end()).collect::<Vec<_>>().join("\n\n")
}

/// Builds.
///
/// # Errors
/// If cargo cannot be started or the work was overtaken. Code that does not compile is no error here.
pub(crate) fn build(workspace: &Workspace, order: &Order, ticket: &Ticket, busy: &Busy) -> anyhow::Result<Build> {
    let mut command = command(workspace, order);
    let mut cargo = ticket.spawn(&mut command).map_err(|error| match error.downcast::<Overtaken>() {
        Ok(overtaken) => overtaken.into(),
        Err(error) => error.context("cargo cannot be started"),
    })?;
    let said = listen(cargo.child.stderr.take().context("cargo has no standard error")?, Arc::clone(busy));
    let mut build = Build::default();
    let stdout = cargo.child.stdout.take().context("cargo has no standard output")?;
    for line in BufReader::new(stdout).split(b'\n') {
        // Programs and build scripts may print among the messages.
        if let Ok(line) = serde_json::from_slice::<Line>(&line?) {
            build.take(line, workspace);
        }
    }
    cargo.wait_while(|| true)?;
    ticket.check()?;
    build.said = workspace.relative_text(&said.recv().unwrap_or_default());
    Ok(build)
}

fn command(workspace: &Workspace, order: &Order) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    match order.product {
        Product::Program => command.arg("build"),
        Product::Checks => command.args(["test", "--no-run"]),
    };
    command.args(["-p", order.package]);
    order.targets.iter().for_each(|target| {
        command.args([order.kind, target]);
    });
    let format =
        if colored::control::SHOULD_COLORIZE.should_colorize() { "json-diagnostic-rendered-ansi" } else { "json" };
    command.arg(format!("--message-format={format}"));
    command.current_dir(workspace.root());
    awaits::track(&mut command, order.package);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Reads what cargo says of its progress, and keeps the last lines for the case that it fails by itself.
fn listen(pipe: impl Read + Send + 'static, busy: Busy) -> mpsc::Receiver<String> {
    const KEPT: usize = 20;
    let (sender, said) = mpsc::channel();
    thread::spawn(move || {
        let mut last: Vec<String> = Vec::new();
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            if let Some(doing) = doing(line.trim()) {
                busy(&doing);
            }
            if last.len() == KEPT {
                last.remove(0);
            }
            last.push(line);
        }
        let _ = sender.send(last.join("\n"));
    });
    said
}

/// The files that rustc points at, named as they are everywhere else, with `/`.
fn places_with_slashes(rendered: String, system: System) -> String {
    if system == System::Unix {
        return rendered;
    }
    let is_place = |line: &str| line.contains("--> ") || line.contains("::: ");
    let lines =
        rendered.split('\n').map(|line| if is_place(line) { line.replace('\\', "/") } else { line.to_string() });
    lines.collect::<Vec<_>>().join("\n")
}

/// What cargo is doing, if it is worth a word. The exercise itself is not: it takes no time, and has a path.
fn doing(line: &str) -> Option<String> {
    let (verb, rest) = line.split_once(' ')?;
    match verb {
        "Blocking" => Some("waiting for another cargo to finish …".into()),
        "Compiling" if !rest.ends_with(')') => Some(format!("building {rest} …")),
        "Downloading" | "Downloaded" | "Updating" => Some(format!("{} {rest} …", verb.to_lowercase())),
        _ => None,
    }
}

/// A line of `--message-format=json`, as far as it is of use.
#[derive(Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Line {
    CompilerArtifact {
        target: Target,
        executable: Option<PathBuf>,
        fresh: bool,
    },
    CompilerMessage {
        target: Target,
        message: Diagnostic,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    message: String,
    rendered: Option<String>,
    code: Option<Code>,
    #[serde(default)]
    spans: Vec<Span>,
    #[serde(default)]
    children: Vec<Child>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: usize,
    is_primary: bool,
}

/// A note or a help.
#[derive(Deserialize)]
struct Child {
    message: String,
}

impl Diagnostic {
    fn unused(&self) -> Option<Unused> {
        self.code.as_ref().filter(|code| code.code == unused::LINT)?;
        let Span { file_name, line_start, .. } = self.spans.iter().find(|span| span.is_primary)?;
        let notes = self.children.iter().map(|child| child.message.as_str());
        let sentence = unused::sentence(&self.message, notes);
        Some(Unused { file: file_name.clone(), line: *line_start, sentence })
    }
}

impl Build {
    fn take(&mut self, line: Line, workspace: &Workspace) {
        match line {
            Line::CompilerArtifact { target, executable: Some(executable), fresh } => {
                if fresh {
                    self.fresh.insert(target.name.clone());
                }
                self.executables.insert(target.name, executable);
            }
            Line::CompilerMessage { target, message } => {
                // rustc closes with "aborting due to 2 previous errors" and "for more information about this error".
                let is_error = message.level.starts_with("error");
                let counts = message.message.starts_with("aborting due to")
                    || message.message.ends_with("warning emitted")
                    || message.message.ends_with("warnings emitted");
                if !counts && (is_error || message.level == "warning") {
                    let unused = message.unused();
                    let rendered = message.rendered.unwrap_or(message.message);
                    let rendered = if unused.is_some() { unused::without_help(&rendered) } else { rendered };
                    // A check file is part of the exercise's own binary, by way of its folder.
                    let rendered = places_with_slashes(workspace.relative_text(&rendered), System::HERE);
                    let rendered = rendered.replace("exercises/../", "").replace("solutions/../", "");
                    self.messages.push(Message { target: target.name, is_error, rendered, unused });
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_rustc_on_windows_are_named_like_everywhere_else() {
        let rendered =
            "error: no\n --> exercises\\01_a.rs:12:5\n  |     \"\\n\"\n ::: exercises\\../tests/checks\\01_a.rs:3:1";
        let expected =
            "error: no\n --> exercises/01_a.rs:12:5\n  |     \"\\n\"\n ::: exercises/../tests/checks/01_a.rs:3:1";
        assert_eq!(places_with_slashes(rendered.to_string(), System::Windows), expected);
        assert_eq!(places_with_slashes(rendered.to_string(), System::Unix), rendered);
    }
}
