//! Builds what is measured.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use workbook::stand_in;

use crate::catalog::workspace;

/// Builds the companion and the programs, and returns the executable that holds the programs.
pub(crate) fn programs() -> Result<PathBuf> {
    let companion = build(&["--bin", "workbook"], None)?;
    // Each await has an identity, as in a program that the companion runs.
    build(&["-p", "programs"], Some(&companion))
}

/// Builds one executable, with the companion in the place of rustc if it is there.
fn build(what: &[&str], companion: Option<&Path>) -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(workspace()).arg("build").args(what).arg("--message-format=json-render-diagnostics");
    if let Some(companion) = companion {
        stand_in::track(&mut command, companion);
    }
    let output = command.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        bail!("{what:?} does not build");
    }
    let messages = output.stdout.split(|byte| *byte == b'\n');
    let messages = messages.filter_map(|line| serde_json::from_slice::<Value>(line).ok());
    let mut built = messages.filter_map(|message| message["executable"].as_str().map(PathBuf::from));
    built.next_back().context("cargo names no executable")
}
