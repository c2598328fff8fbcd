//! Runs checks and takes their reports: the recordings of the book are those on which solutions are judged.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use workbook::{
    recording::{Clock, Recording},
    report::{self, Line, Status, Verdict},
};

use crate::{list::Figure, place::Place};

/// Test executables by exercise.
pub type Executables = BTreeMap<String, PathBuf>;

/// Builds the checks of the solutions of these exercises.
///
/// # Errors
/// If they do not compile.
pub fn build_solutions(place: &Place, exercises: &[&str]) -> Result<Executables> {
    let targets = exercises.iter().flat_map(|name| ["--bin".to_string(), format!("{name}_solution")]);
    let built = build(place, "solutions", targets.collect())?;
    Ok(built.into_iter().map(|(name, path)| (name.trim_end_matches("_solution").to_string(), path)).collect())
}

/// Builds the checks of the variants of these exercises.
///
/// # Errors
/// If they do not compile.
pub fn build_variants(place: &Place, exercises: &[&str]) -> Result<Executables> {
    build(place, "variants", exercises.iter().flat_map(|name| ["--test".to_string(), name.to_string()]).collect())
}

fn build(place: &Place, package: &str, targets: Vec<String>) -> Result<Executables> {
    if targets.is_empty() {
        return Ok(Executables::new());
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(place.root()).args(["test", "-p", package, "--no-run", "--message-format=json"]).args(&targets);
    let output = command.stderr(Stdio::inherit()).output().context("cargo cannot be started")?;
    if !output.status.success() {
        bail!("the {package} do not compile");
    }
    let messages = output.stdout.split(|byte| *byte == b'\n');
    let messages = messages.filter_map(|line| serde_json::from_slice::<Value>(line).ok());
    let built = messages.filter(|message| message["profile"]["test"] == true).filter_map(|message| {
        Some((message["target"]["name"].as_str()?.to_string(), PathBuf::from(message["executable"].as_str()?)))
    });
    Ok(built.collect())
}

/// Runs every check of a solution. The verdicts come in the order of the check file.
///
/// # Errors
/// If one does not pass.
pub fn of_solution(place: &Place, executable: &Path) -> Result<Vec<Verdict>> {
    let verdicts = run(place, executable, &[])?;
    match verdicts.iter().find(|verdict| verdict.status != Status::Passed) {
        Some(verdict) => {
            bail!("\"{}\" does not pass: {}", verdict.name, verdict.message.as_deref().unwrap_or_default())
        }
        None => Ok(verdicts),
    }
}

/// Runs the check of a figure on its variant.
///
/// # Errors
/// If it passes: then it shows nothing wrong.
pub fn of_variant(place: &Place, executable: &Path, variant: &str, check: &str) -> Result<Verdict> {
    let test = test_of(variant, check);
    let verdicts = run(place, executable, &["--exact", &test])?;
    let verdict = verdicts.into_iter().find(|verdict| verdict.test == test);
    let verdict = verdict.with_context(|| format!("no check reports as {test}: is its name right?"))?;
    if verdict.status == Status::Passed && variant.starts_with("wrong_") {
        bail!("{variant} passes \"{}\": choose a check that rejects it", verdict.name);
    }
    Ok(verdict)
}

/// The path of the test function that runs a check on a variant.
pub fn test_of(variant: &str, check: &str) -> String {
    format!("{variant}::checks::{check}")
}

/// The recording in a verdict, if the book can show it.
///
/// # Errors
/// If the check recorded nothing, or ran on the real clock, on which no time is the same twice.
pub fn shown<'v>(figure: &Figure, verdict: &'v Verdict) -> Result<&'v Recording> {
    let Figure { chapter, name, check, .. } = figure;
    let Some(recording) = &verdict.recording else { bail!("{chapter}, figure {name}: {check} recorded nothing") };
    if recording.clock != Clock::Virtual {
        bail!("{chapter}, figure {name}: {check} runs on the real clock, on which no time is the same twice");
    }
    Ok(recording)
}

fn run(place: &Place, executable: &Path, filter: &[&str]) -> Result<Vec<Verdict>> {
    let folder = tempfile::tempdir()?;
    let report = folder.path().join("report.jsonl");
    let mut command = Command::new(executable);
    command.args(filter).args(["--nocapture", "--test-threads=1"]).current_dir(place.root());
    command.env(report::VARIABLE, &report).env("INSTA_UPDATE", "no");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // A check that fails makes the process fail, as it should; what came of it stands in the report.
    command.status().with_context(|| format!("{} cannot be started", executable.display()))?;
    let lines = report::read(&report).context("the report of the checks cannot be read")?;
    let mut verdicts: Vec<Verdict> = lines.into_iter().filter_map(ended).collect();
    verdicts.sort_by_key(|verdict| verdict.line);
    Ok(verdicts)
}

fn ended(line: Line) -> Option<Verdict> {
    match line {
        Line::Ended(verdict) => Some(*verdict),
        Line::Started { .. } => None,
    }
}
