//! Whether the program of each solution runs to its end.

use std::{
    process::Stdio,
    time::{Duration, Instant},
};

use super::{Bench, Proof, in_parallel};
use crate::cli::{course::Exercise, run, workspace::Side};

/// On the virtual clock nothing waits.
const LIMIT: Duration = Duration::from_secs(5);

/// Runs each solution on the virtual clock.
pub(super) fn prove(bench: &Bench) -> anyhow::Result<Vec<Proof>> {
    let proofs = in_parallel(&bench.exercises, |exercise| {
        let outcome = run_fast(bench, exercise).unwrap_or_else(|error| Err(format!("{error:#}")));
        Proof::new(format!("the program of the solution {} runs with --fast", exercise.name), outcome)
    });
    bench.ticket.check()?;
    Ok(proofs)
}

fn run_fast(bench: &Bench, exercise: &Exercise) -> anyhow::Result<Result<(), String>> {
    let mut command = run::program(bench.workspace, &exercise.name, Side::Solution, &bench.ticket, &bench.busy)?;
    command.arg("--fast").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut process = bench.ticket.spawn(&mut command)?;
    Ok(match process.wait_until(Instant::now() + LIMIT)? {
        None => Err(format!("it was still running after {} s", LIMIT.as_secs())),
        Some(status) if status.success() => Ok(()),
        Some(status) => Err(format!("it {}", run::ending(status))),
    })
}
