//! `workbook timeline`: what a program did, as a picture or as data for other viewers.
//!
//! A program is run on the virtual clock, so that a picture takes no longer than the work in it, and writes a recording.
//! A program that did not return has a picture too, which is often the one worth looking at.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, anyhow, bail};
use clap::{Args, ValueEnum, value_parser};
use workbook::{
    diagnosis,
    recording::Recording,
    render::{self, Style},
    report::Finding,
    whole_file,
};

use super::{Passed, Workbook, cargo::Busy, look, output, process::Tail, run, workspace::Side};

/// How long a program may take. It gives itself up earlier, unless it cannot.
const PATIENCE: Duration = Duration::from_secs(120);

/// What is kept of what a program said before it ended without a recording.
const SAID: usize = 4000;

/// Columns of a picture in a file.
const COLUMNS_OF_A_FILE: usize = 80;

#[derive(Args)]
pub(crate) struct TimelineArguments {
    /// The exercise
    #[arg(required_unless_present = "from")]
    name: Option<String>,
    /// Run the solution instead
    #[arg(long, conflicts_with = "from")]
    solution: bool,
    /// Draw a recording, as `timeline --format recording` writes it, and run nothing
    #[arg(long, value_name = "FILE", conflicts_with = "name")]
    from: Option<PathBuf>,
    /// What to make of it
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How wide a picture of text may be
    #[arg(long, value_name = "COLUMNS", value_parser = value_parser!(u16).range(20..=1000))]
    width: Option<u16>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A picture of text
    Terminal,
    /// A picture for a page
    Svg,
    /// A trace for ui.perfetto.dev
    Perfetto,
    /// Steps for the book's player
    Player,
    /// The recording itself
    Recording,
}

/// Runs a program, or reads a recording, and draws it.
pub(crate) fn timeline(workbook: &Workbook, arguments: &TimelineArguments) -> anyhow::Result<Passed> {
    let (recording, title) = match (&arguments.from, &arguments.name) {
        (Some(file), _) => (read(file)?, file.display().to_string()),
        (None, Some(name)) => {
            let side = if arguments.solution { Side::Solution } else { Side::Exercise };
            let exercise = workbook.course.find(name)?;
            (recorded(workbook, &exercise.name, side)?, exercise.title.clone())
        }
        (None, None) => bail!("name an exercise, or a recording with --from"),
    };
    let findings: Vec<Finding> = diagnosis::all(&recording).into_iter().map(|(_, finding)| finding).collect();
    let mut drawn = draw(&recording, &title, arguments);
    if !drawn.ends_with('\n') {
        drawn.push('\n');
    }
    match &arguments.output {
        None if arguments.format == Format::Terminal => {
            let explained = look::findings(&workbook.workspace, &findings, output::columns());
            output::print(&(drawn + &explained));
        }
        None => output::print_data(&drawn),
        Some(path) => {
            let written = whole_file::write(path, drawn.as_bytes());
            written.with_context(|| format!("{} cannot be written", path.display()))?;
        }
    }
    let cut_short = recording.cut_short();
    cut_short.iter().for_each(|why| output::complain(why));
    Ok(Passed::when(cut_short.is_none()))
}

fn draw(recording: &Recording, title: &str, arguments: &TimelineArguments) -> String {
    match arguments.format {
        Format::Terminal => render::terminal(recording, style(arguments)),
        Format::Svg => render::svg(recording, title),
        Format::Perfetto => render::perfetto(recording),
        Format::Player => render::player::player(recording),
        Format::Recording => recording.to_json(),
    }
}

fn style(arguments: &TimelineArguments) -> Style {
    let plain = Style { width: COLUMNS_OF_A_FILE, colour: false };
    let style = if arguments.output.is_some() { plain } else { Style::of_stdout() };
    Style { width: arguments.width.map_or(style.width, usize::from), ..style }
}

fn read(file: &Path) -> anyhow::Result<Recording> {
    let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    Recording::read(&bytes).with_context(|| file.display().to_string())
}

/// Runs a program on the virtual clock and reads its recording. What it prints is in there.
fn recorded(workbook: &Workbook, exercise: &str, side: Side) -> anyhow::Result<Recording> {
    let busy: Busy = Arc::new(output::mention);
    let ticket = workbook.processes.ticket();
    let mut command = run::program(&workbook.workspace, exercise, side, &ticket, &busy)?;
    output::mention("");
    let folder = tempfile::tempdir().with_context(|| {
        format!("no file can be made in {}, where recordings go: is the disk full?", std::env::temp_dir().display())
    })?;
    let file = folder.path().join("recording.json");
    command.args(["--fast", "--record"]).arg(&file);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut program = ticket.spawn(&mut command).context("the program cannot be started")?;
    let said = program.child.stderr.take().map(|pipe| Tail::of(pipe, SAID));
    let status = program.wait_until(Instant::now() + PATIENCE)?;
    let source = side.file(exercise);
    let Some(status) = status else {
        bail!("{source} did not come to an end within {} s, and was ended", PATIENCE.as_secs());
    };
    if !file.exists() {
        let ending = run::ending(status);
        let said = said.map(Tail::text).unwrap_or_default();
        let said = if said.trim().is_empty() { String::new() } else { format!("\n\n{}", said.trim_end()) };
        return Err(anyhow!(
            "{source} {ending} before it had written its recording, as with `std::process::exit`: let `main` return \
             instead{said}"
        ));
    }
    read(&file)
}
