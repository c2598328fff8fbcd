//! Runs every solution's checks again and again beside busy loops, and demands the same transcripts each time.
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
use workbook::report::{self, Line, Status};

/// What the checks of one solution printed, by check.
type Transcripts = BTreeMap<String, String>;

fn main() -> Result<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    let runs: usize = arguments.next().map_or(Ok(100), |runs| runs.parse()).context("RUNS is a number")?;
    let loops: usize = arguments.next().map_or(Ok(4), |loops| loops.parse()).context("BUSY LOOPS is a number")?;
    let binaries = build()?;
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
        for binary in &binaries {
            match transcripts(binary) {
                Ok(transcripts) if *first.entry(binary).or_insert_with(|| transcripts.clone()) == transcripts => {}
                Ok(_) => {
                    wrong += 1;
                    println!("run {run}: {} printed something else than the first time", binary.display());
                }
                Err(error) => {
                    wrong += 1;
                    println!("run {run}: {}: {error:#}", binary.display());
                }
            }
        }
        times.push(began.elapsed());
    }
    times.sort();
    let median = times.get(times.len() / 2).copied().unwrap_or(Duration::ZERO);
    println!(
        "{runs} runs of {} solutions beside {loops} busy loops, {wrong} wrong, {median:.2?} a run",
        binaries.len()
    );
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Builds the solutions' checks and returns their binaries.
fn build() -> Result<Vec<PathBuf>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["test", "-p", "solutions", "--no-run", "--message-format=json"];
    let output = Command::new(cargo).args(arguments).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        bail!("the solutions do not compile");
    }
    let messages = output.stdout.split(|byte| *byte == b'\n');
    let messages = messages.filter_map(|line| serde_json::from_slice::<Value>(line).ok());
    Ok(messages.filter_map(|message| message["executable"].as_str().map(PathBuf::from)).collect())
}

fn transcripts(binary: &Path) -> Result<Transcripts> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("report.jsonl");
    let mut command = Command::new(binary);
    command.arg("--test-threads=1").env(report::VARIABLE, &path).stdout(Stdio::null()).stderr(Stdio::null());
    let status = command.status()?;
    let mut transcripts = Transcripts::new();
    for line in report::read(&path)? {
        let Line::Ended(verdict) = line else { continue };
        if verdict.status != Status::Passed {
            bail!("{}: {}", verdict.name, verdict.message.unwrap_or_default());
        }
        let transcript = verdict.recording.map(|recording| recording.transcript(false)).unwrap_or_default();
        transcripts.insert(verdict.test, transcript);
    }
    if !status.success() {
        bail!("it ended with {status}");
    }
    Ok(transcripts)
}
