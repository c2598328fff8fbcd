//! `workbook verify`: proves, for authors and CI, that the workbook itself is right.
//!
//! Each stub compiles and fails because it is unwritten and for no other reason; each solution passes without a
//! finding and runs; each wrong variant is rejected with its own words; each right one passes; stub and solution
//! offer the same; nothing is missing.

mod alike;
mod complete;
mod programs;
mod stubs_and_solutions;
mod variants;

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use serde::Serialize;

use super::{
    Passed, Workbook,
    cargo::Busy,
    course::Exercise,
    look, output,
    process::Ticket,
    source,
    workspace::{Side, Workspace},
};

/// One thing that was looked at.
#[derive(Serialize)]
struct Proof {
    /// What should be so: "the stub 01_hello_count is unwritten and nothing else".
    what: String,
    /// Why it is not; none if it is.
    problem: Option<String>,
}

impl Proof {
    fn new(what: impl Into<String>, outcome: Result<(), String>) -> Proof {
        Proof { what: what.into(), problem: outcome.err() }
    }
}

#[derive(Serialize)]
struct Report {
    passed: usize,
    failed: usize,
    proofs: Vec<Proof>,
}

/// What the proofs work with.
struct Bench<'a> {
    workspace: &'a Workspace,
    /// All there are.
    all: &'a [Exercise],
    /// Those that are to be proven.
    exercises: Vec<&'a Exercise>,
    ticket: Ticket,
    busy: Busy,
}

/// Proves one kind of thing for every exercise.
type Section = fn(&Bench) -> anyhow::Result<Vec<Proof>>;

/// Proves everything about the named exercises, or about all of them, showing each proof as it comes.
pub(crate) fn verify(workbook: &Workbook, names: &[String], json: bool) -> anyhow::Result<Passed> {
    if json {
        output::without_colours();
    }
    let all = &workbook.course.exercises;
    let mut exercises = names.iter().map(|name| workbook.course.find(name)).collect::<Result<Vec<_>, _>>()?;
    if exercises.is_empty() {
        exercises = all.iter().collect();
    }
    let bench = Bench {
        workspace: &workbook.workspace,
        all,
        exercises,
        ticket: workbook.processes.ticket(),
        busy: Arc::new(output::mention),
    };
    let sections: [Section; 5] =
        [complete::prove, prove_alike, stubs_and_solutions::prove, programs::prove, variants::prove];
    let mut proofs = Vec::new();
    for section in sections {
        let proved = section(&bench)?;
        output::mention("");
        if !json {
            proved.iter().for_each(|proof| output::print(&line(proof)));
        }
        proofs.extend(proved);
    }
    let failed = proofs.iter().filter(|proof| proof.problem.is_some()).count();
    let report = Report { passed: proofs.len() - failed, failed, proofs };
    if json {
        output::print_json(&report)?;
    } else {
        output::print(&ending(&report));
    }
    Ok(Passed::when(failed == 0))
}

/// What is wrong stands once more at the end: whoever sees a long output sees its last lines.
fn ending(report: &Report) -> String {
    let wrong = report.proofs.iter().filter(|proof| proof.problem.is_some());
    let again: String = wrong.map(|proof| format!("\n{}", line(proof))).collect();
    format!("{again}\n {} right, {} wrong\n", report.passed, report.failed)
}

fn line(proof: &Proof) -> String {
    use workbook::report::Status::{Failed, Passed};
    match &proof.problem {
        None => format!(" {} {}\n", look::mark(Some(Passed)), proof.what),
        Some(problem) => {
            format!(" {} {}\n{}\n", look::mark(Some(Failed)), proof.what, look::indented(problem, usize::MAX))
        }
    }
}

/// Stub and solution of each exercise offer the same.
fn prove_alike(bench: &Bench) -> anyhow::Result<Vec<Proof>> {
    let read = |side: Side, exercise: &Exercise| {
        source::text(bench.workspace, &side.file(&exercise.name)).map_err(|error| error.to_string())
    };
    let compare = |exercise: &Exercise| {
        let told = alike::differences(&read(Side::Exercise, exercise)?, &read(Side::Solution, exercise)?);
        if told.is_empty() { Ok(()) } else { Err(told.join("\n")) }
    };
    let prove = |exercise: &Exercise| {
        let what = format!("stub and solution of {} have the same items, signatures and docs", exercise.name);
        Proof::new(what, compare(exercise))
    };
    Ok(bench.exercises.iter().copied().map(prove).collect())
}

/// Does the work on all items, as many at a time as there are processors; the results are in the items' order.
fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::new());
    let workers = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((index, item)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    items.get(index).map(|item| (index, item))
                } {
                    let result = work(item);
                    results.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|&(index, _)| index);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::{Proof, Report, ending};

    #[test]
    fn what_is_wrong_stands_at_the_end_too() {
        let wrong = |what| Proof::new(what, Err("it hangs".into()));
        let proofs = vec![wrong("one is right"), Proof::new("two is right", Ok(())), wrong("three is right")];
        let told = ending(&Report { passed: 1, failed: 2, proofs });
        let lines: Vec<&str> = told.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        assert_eq!(lines, ["✗ one is right", "it hangs", "✗ three is right", "it hangs", "1 right, 2 wrong"]);
    }
}
