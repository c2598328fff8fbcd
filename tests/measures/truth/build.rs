//! Builds what is measured.

use std::{
    ffi::OsStr,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::catalog::workspace;

/// Builds the companion and the programs, and returns the executable that holds the programs.
pub(crate) fn programs() -> Result<PathBuf> {
    let companion = build(&["--bin", "workbook"], &[])?;
    // The companion stands in for rustc, so that each await has an identity, as in a program that it runs.
    let stand_in = [("RUSTC_WRAPPER", companion.as_os_str()), ("WORKBOOK_TRACKS", OsStr::new("programs"))];
    build(&["-p", "programs", "--config", "profile.dev.package.async-workbook.debug=false"], &stand_in)
}

/// Builds one executable, with further environment variables.
fn build(what: &[&str], variables: &[(&str, &OsStr)]) -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(workspace()).arg("build").args(what).arg("--message-format=json-render-diagnostics");
    let output = command.envs(variables.iter().copied()).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        bail!("{what:?} does not build");
    }
    let messages = output.stdout.split(|byte| *byte == b'\n');
    let messages = messages.filter_map(|line| serde_json::from_slice::<Value>(line).ok());
    let mut built = messages.filter_map(|message| message["executable"].as_str().map(PathBuf::from));
    built.next_back().context("cargo names no executable")
}
