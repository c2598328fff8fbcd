//! Runs everything that must come out the same however busy the machine is, again and again beside busy loops: the checks
//! of every solution and of every right variant, with the same transcripts each time, and the corpus of the diagnoses.
//!
//! `cargo run --example soak [RUNS] [BUSY LOOPS]`; 100 and 4 unless told otherwise.

use std::{
    collections::BTreeMap,
    hint,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use workbook::{
    recording::Clock,
    report::{self, Line, Status},
};

/// What the checks of one solution printed, by check.
type Transcripts = BTreeMap<String, String>;

/// A test executable.
struct Target {
    binary: PathBuf,
    /// The tests to run; all if it is empty.
    filter: &'static [&'static str],
    /// True if it holds checks, which report transcripts.
    has_checks: bool,
}

fn main() -> Result<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    let runs: usize = arguments.next().map_or(Ok(100), |runs| runs.parse()).context("RUNS is a number")?;
    let loops: usize = arguments.next().map_or(Ok(4), |loops| loops.parse()).context("BUSY LOOPS is a number")?;
    let targets = targets()?;
    for _ in 0..loops {
        thread::spawn(|| {
            loop {
                hint::spin_loop();
            }
        });
    }
    let mut times = Vec::new();
    let mut wrong = 0;
    let mut first: BTreeMap<&Path, Transcripts> = BTreeMap::new();
    for run in 0..runs {
        let began = Instant::now();
        for target in &targets {
            let name = target.binary.display();
            match transcripts(target) {
                Ok(found) if *first.entry(&target.binary).or_insert_with(|| found.clone()) == found => {}
                Ok(_) => {
                    wrong += 1;
                    println!("run {run}: {name} printed something else than the first time");
                }
                Err(error) => {
                    wrong += 1;
                    println!("run {run}: {name}: {error:#}");
                }
            }
        }
        times.push(began.elapsed());
    }
    times.sort();
    let median = times.get(times.len() / 2).copied().unwrap_or(Duration::ZERO);
    let checks: usize = first.values().map(BTreeMap::len).sum();
    println!(
        "{runs} runs of {checks} checks and the corpus beside {loops} busy loops, {wrong} wrong, {median:.2?} a run"
    );
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn targets() -> Result<Vec<Target>> {
    let mut targets = Vec::new();
    let kinds: [(&[&str], &[&str], bool); 3] = [
        (&["-p", "solutions"], &[], true),
        (&["-p", "variants", "--lib"], &["::right_"], true),
        (&["-p", "async-workbook", "--test", "corpus"], &[], false),
    ];
    for (package, filter, has_checks) in kinds {
        targets.extend(build(package)?.into_iter().map(|binary| Target { binary, filter, has_checks }));
    }
    Ok(targets)
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
        // On the real clock, to which a runtime with several threads goes over, no time is the same twice.
        let recording = verdict.recording.filter(|recording| recording.clock == Clock::Virtual);
        let transcript = recording.map(|recording| recording.transcript(false)).unwrap_or_default();
        transcripts.insert(verdict.test, transcript);
    }
    if !output.status.success() {
        bail!("it ended with {}\n{}", output.status, String::from_utf8_lossy(&output.stdout));
    }
    Ok(transcripts)
}
