//! How true it is what the workbook says of any tokio program: runs the programs of `tests/programs`, of which it is known
//! what is true, and compares.
//!
//! `cargo run --example truth [--runs N] [NAME]…` runs each N times, once unless told otherwise, and all of them unless a
//! program (`futurelock`) or a folder (`faults`) is named. Whatever it finds it ends well; it fails only if a program
//! cannot be run, or says nothing of itself that can be read.

mod build;
mod catalog;
mod costs;
mod findings;
mod marks;
mod run;
mod summary;
mod waits;

#[path = "../../../src/cli/process.rs"]
#[allow(dead_code, reason = "the command line needs more of it")]
mod process;

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use anyhow::{Context, Result};
use catalog::{Folder, Program};
use findings::Told;
use marks::Clocks;
use run::Way;
use summary::{Judged, Summary};

/// So many programs run at once. Most of them wait, and none may be judged by how busy the machine is.
const AT_ONCE: usize = 4;

fn main() -> Result<()> {
    let mut names: Vec<String> = std::env::args().skip(1).collect();
    let mut runs = 1;
    if let Some(at) = names.iter().position(|name| name == "--runs") {
        let number: Vec<String> = names.drain(at..(at + 2).min(names.len())).collect();
        runs = number.get(1).and_then(|number| number.parse().ok()).context("--runs needs a number")?;
    }
    let mut chosen = catalog::all()?;
    if let Some(unknown) = names.iter().find(|name| !chosen.iter().any(|program| is_named(program, name))) {
        anyhow::bail!("there is no program and no folder called `{unknown}`");
    }
    chosen.retain(|program| names.is_empty() || names.iter().any(|name| is_named(program, name)));
    let programs = build::programs()?;

    let (scale, others): (Vec<Program>, Vec<Program>) =
        chosen.into_iter().partition(|program| program.folder == Folder::Scale);
    let mut summary = Summary::new(others.len() + scale.len() == 1);
    judge_all(&programs, &others, runs, |program, judged| summary.add(program, judged))?;
    if !scale.is_empty() {
        costs::head();
    }
    for program in &scale {
        let wrong = costs::measure(&programs, program)?;
        summary.add(program, Judged { wrong, ..Judged::default() });
    }
    summary.print(runs);
    Ok(())
}

fn is_named(program: &Program, name: &str) -> bool {
    program.name == name || program.folder.name() == name
}

/// Judges programs, several at once, and hands over what came of each, in their order.
fn judge_all(
    executable: &Path,
    programs: &[Program],
    runs: usize,
    mut done: impl FnMut(&Program, Judged),
) -> Result<()> {
    let next = AtomicUsize::new(0);
    let (judged, results) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            let (judged, next) = (judged.clone(), &next);
            scope.spawn(move || {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(program) = programs.get(number) else { return };
                    let result = judge(executable, program, runs).with_context(|| program.file.clone());
                    if judged.send((number, result)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(judged);
        let mut early = BTreeMap::new();
        for (number, program) in programs.iter().enumerate() {
            while !early.contains_key(&number) {
                early.extend([results.recv().context("a judge has panicked")?]);
            }
            done(program, early.remove(&number).context("it is there by now")??);
        }
        Ok(())
    })
}

/// Runs one program in all its ways, several times, and keeps the worst that came of it.
fn judge(executable: &Path, program: &Program, runs: usize) -> Result<Judged> {
    let ways: &[Way] = match program.marks.clock {
        Clocks::Fast => &[Way::Fast],
        Clocks::Real => &[Way::Real],
        Clocks::Both => &[Way::Fast, Way::Real],
    };
    let faulty = program.folder == Folder::Faults;
    // A program whose waits are known takes its minutes on the real clock, and prints nothing.
    let is_compared = program.folder == Folder::Right;
    let plain = is_compared.then(|| run::run(executable, program, Way::Plain, None)).transpose()?;
    let mut judged = Judged::default();
    for way in ways.iter().cycle().take(ways.len() * runs) {
        let ran = run::run(executable, program, *way, None)?;
        if faulty {
            let told = findings::of_fault(program, &ran);
            if told > judged.told.unwrap_or(Told::Right) {
                judged.wrong = findings::all_said(&ran);
            }
            judged.told = judged.told.max(Some(told));
        } else {
            let wrong = findings::of_right(&ran, plain.as_ref());
            judged.runs_with_a_finding += usize::from(!wrong.is_empty());
            if judged.wrong.is_empty() {
                judged.wrong = wrong;
            }
        }
        judged.runs += 1;
        judged.compare_waits(program, &ran)?;
    }
    Ok(judged)
}
