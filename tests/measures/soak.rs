//! Runs everything that must come out the same however busy the machine is, again and again beside busy loops: the checks
//! of every solution and of every right variant, with the same transcripts each time, and the corpus of the diagnoses.
//!
//! `cargo run --example soak [RUNS] [BUSY LOOPS] [KIND] [EXERCISE]…`; 100 and 4 unless told otherwise. The kind is
//! `solutions`, `variants` or `corpus`, and all of them unless it is told. Exercises are told by number (`08`); with any,
//! the others and the corpus are left out.

use std::{
    collections::{BTreeMap, BTreeSet},
    hint,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
    thread,
    time::Instant,
};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use workbook::{
    recording::{Clock, Outside, Recording},
    report::{self, Line, Status},
};

/// What the checks of one solution printed, by check; nothing where no time is the same twice.
type Transcripts = BTreeMap<String, Option<String>>;

/// True if a check printed the same in two runs, as far as both tell.
fn agree(one: Option<&Option<String>>, other: Option<&Option<String>>) -> bool {
    match (one, other) {
        (Some(Some(one)), Some(Some(other))) => one == other,
        (Some(_), Some(_)) => true,
        _ => false,
    }
}

/// A test executable.
struct Target {
    binary: PathBuf,
    /// Which tests to run, as arguments of its; none for all.
    filter: &'static [&'static str],
    /// True if it holds checks, which report transcripts.
    has_checks: bool,
}

fn main() -> Result<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    let runs: usize = arguments.next().map_or(Ok(100), |runs| runs.parse()).context("RUNS is a number")?;
    let loops: usize = arguments.next().map_or(Ok(4), |loops| loops.parse()).context("BUSY LOOPS is a number")?;
    let mut rest: Vec<String> = arguments.collect();
    let kind = rest.first().filter(|word| KINDS.contains(&word.as_str())).cloned();
    let only: Vec<String> = rest.drain(usize::from(kind.is_some())..).map(|number| format!("{number}_")).collect();
    let kinds = kinds(kind.as_deref(), &only)?;
    for _ in 0..loops {
        thread::spawn(|| {
            loop {
                hint::spin_loop();
            }
        });
    }
    let began = Instant::now();
    // Beside each other: what waits for real time leaves the processors to others.
    let tallies: Vec<Tally> = thread::scope(|scope| {
        let kinds: Vec<_> = kinds.iter().map(|targets| scope.spawn(|| soak(targets, runs))).collect();
        kinds.into_iter().map(|kind| kind.join().expect("a kind of tests is soaked without a panic")).collect()
    });
    let checks: usize = tallies.iter().map(|tally| tally.checks).sum();
    let wrong: usize = tallies.iter().map(|tally| tally.wrong).sum();
    let seconds = began.elapsed().as_secs();
    let what = match kind.as_deref() {
        Some("corpus") => "the corpus".into(),
        None if only.is_empty() => format!("{checks} checks and the corpus"),
        _ => format!("{checks} checks"),
    };
    println!("{runs} runs of {what} beside {loops} busy loops: {wrong} wrong, in {seconds} s");
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What came of one kind of tests.
#[derive(Default)]
struct Tally {
    checks: usize,
    wrong: usize,
}

fn soak(targets: &[Target], runs: usize) -> Tally {
    let mut tally = Tally::default();
    let mut first: BTreeMap<&Path, Transcripts> = BTreeMap::new();
    for run in 1..=runs {
        for target in targets {
            let name = target.binary.display();
            match transcripts(target) {
                Ok(found) => {
                    let first = first.entry(&target.binary).or_insert_with(|| found.clone());
                    let checks: BTreeSet<&String> = first.keys().chain(found.keys()).collect();
                    let differ: Vec<_> =
                        checks.into_iter().filter(|check| !agree(first.get(*check), found.get(*check))).collect();
                    if differ.is_empty() {
                        continue;
                    }
                    tally.wrong += 1;
                    println!("run {run}: {name} printed something else than the first time");
                    for check in differ {
                        let told = |all: &Transcripts| all.get(check).cloned().flatten().unwrap_or("nothing".into());
                        println!("{check}, then:\n{}\nnow:\n{}", told(first), told(&found));
                    }
                }
                Err(error) => {
                    tally.wrong += 1;
                    println!("run {run}: {name}: {error:#}");
                }
            }
        }
    }
    tally.checks = first.values().map(BTreeMap::len).sum();
    tally
}

/// The kinds of test executables.
const KINDS: [&str; 3] = ["solutions", "variants", "corpus"];

/// The test executables by kind.
fn kinds(kind: Option<&str>, only: &[String]) -> Result<Vec<Vec<Target>>> {
    let is_wanted = |name| kind.is_none_or(|kind| kind == name);
    let wanted = |binary: &PathBuf| {
        let name = binary.file_name().unwrap_or_default().to_string_lossy();
        only.is_empty() || only.iter().any(|number| name.starts_with(number))
    };
    let target = |binary, filter, has_checks| Target { binary, filter, has_checks };
    let mut kinds = Vec::new();
    if is_wanted("solutions") {
        let solutions = build(&["-p", "solutions"])?.into_iter().filter(wanted);
        kinds.push(solutions.map(|binary| target(binary, &[], true)).collect());
    }
    if is_wanted("variants") {
        let variants = build(&["-p", "variants", "--tests"])?.into_iter().filter(wanted);
        kinds.push(variants.map(|binary| target(binary, &["--skip", "wrong_"], true)).collect());
    }
    if only.is_empty() && is_wanted("corpus") {
        let corpus = build(&["-p", "async-workbook", "--test", "corpus"])?;
        kinds.push(corpus.into_iter().map(|binary| target(binary, &[], false)).collect());
    }
    Ok(kinds)
}

/// Builds tests and returns their executables.
fn build(package: &[&str]) -> Result<Vec<PathBuf>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.arg("test").args(package).args(["--no-run", "--message-format=json"]);
    let output = command.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        bail!("{package:?} does not compile");
    }
    let messages = output.stdout.split(|byte| *byte == b'\n');
    let messages = messages.filter_map(|line| serde_json::from_slice::<Value>(line).ok());
    let tests = messages.filter(|message| message["profile"]["test"] == true);
    Ok(tests.filter_map(|message| message["executable"].as_str().map(PathBuf::from)).collect())
}

/// False on the real clock, to which a runtime with several threads goes over, and where time passed at its real pace because a
/// thread was at work that the program started by itself: it takes as long as the machine lets it.
fn has_times_of_its_own(recording: &Recording) -> bool {
    let by_a_thread = recording.real_time.iter().any(|stretch| stretch.waited_for.contains(&Outside::Thread));
    recording.clock == Clock::Virtual && !by_a_thread
}

fn transcripts(target: &Target) -> Result<Transcripts> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("report.jsonl");
    let mut command = Command::new(&target.binary);
    command.args(target.filter);
    if target.has_checks {
        command.arg("--test-threads=1").env(report::VARIABLE, &path);
    }
    let output = command.output()?;
    let mut transcripts = Transcripts::new();
    for line in report::read(&path)? {
        let Line::Ended(verdict) = line else { continue };
        if verdict.status != Status::Passed {
            bail!("{}: {}", verdict.name, verdict.message.unwrap_or_default());
        }
        let transcript = verdict.recording.filter(has_times_of_its_own).map(|recording| recording.transcript(false));
        transcripts.insert(verdict.test, transcript);
    }
    if !output.status.success() {
        bail!("it ended with {}\n{}", output.status, String::from_utf8_lossy(&output.stdout));
    }
    Ok(transcripts)
}
