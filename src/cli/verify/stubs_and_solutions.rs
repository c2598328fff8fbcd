//! Whether each stub is unwritten and nothing else, and each solution right.

use workbook::report::Status;

use super::{Bench, Proof, in_parallel};
use crate::cli::{
    cargo::{Build, Product},
    course::Exercise,
    fresh,
    judge::{Judge, Judged},
    look::{self, Depth},
    workspace::Side,
};

/// Builds and judges all of them.
pub(super) fn prove(bench: &Bench) -> anyhow::Result<Vec<Proof>> {
    let mut proofs = prove_side(bench, Side::Exercise)?;
    proofs.extend(prove_side(bench, Side::Solution)?);
    Ok(proofs)
}

fn prove_side(bench: &Bench, side: Side) -> anyhow::Result<Vec<Proof>> {
    let checks = build(bench, side, Product::Checks)?;
    let programs = build(bench, side, Product::Program)?;
    let judge = Judge { workspace: bench.workspace, side, ticket: &bench.ticket, busy: &bench.busy, heard: &|_| () };
    let proofs = in_parallel(&bench.exercises, |exercise| {
        let what = match side {
            Side::Exercise => format!("the stub {} is unwritten and nothing else", exercise.name),
            Side::Solution => format!("the solution {} passes", exercise.name),
        };
        let target = side.binary(&exercise.name);
        let warnings = [checks.warnings(&target), programs.warnings(&target)].concat().concat();
        if !warnings.is_empty() {
            return Ok(Proof::new(what, Err(format!("it compiles with warnings\n{warnings}"))));
        }
        Ok(Proof::new(what, prove_one(bench, &judge, exercise, &checks)?))
    });
    proofs.into_iter().collect()
}

/// Builds everything at once, and by itself what that left out because something else did not compile.
fn build(bench: &Bench, side: Side, product: Product) -> anyhow::Result<Build> {
    let build =
        |exercises: &[&str]| fresh::build(bench.workspace, (side, product), exercises, &bench.ticket, &bench.busy);
    let all: Vec<&str> = bench.exercises.iter().map(|exercise| exercise.name.as_str()).collect();
    let mut built = build(&all)?;
    for exercise in all {
        let binary = side.binary(exercise);
        if !built.executables.contains_key(&binary) && built.errors_of(&binary).is_empty() {
            built.add(build(&[exercise])?);
        }
    }
    Ok(built)
}

fn prove_one(bench: &Bench, judge: &Judge, exercise: &Exercise, checks: &Build) -> anyhow::Result<Result<(), String>> {
    let judged = judge.judge_built(exercise, checks)?;
    let wanted = match judge.side {
        Side::Exercise => Status::Unwritten,
        Side::Solution => Status::Passed,
    };
    Ok(only(&judged, wanted).map_err(|problem| {
        let seen = look::exercise(bench.workspace, exercise, &judged, Depth::Everything, 100);
        format!("{problem}\n{seen}")
    }))
}

/// Every check has the status, and nothing was found besides.
fn only(judged: &Judged, wanted: Status) -> Result<(), String> {
    if let Some(message) = &judged.message {
        return Err(message.clone());
    }
    for check in &judged.checks {
        if check.status != wanted {
            let name = &check.name;
            return Err(match (wanted, check.status) {
                (Status::Unwritten, Status::Passed) => format!("'{name}' passes on the stub, so it proves nothing"),
                (_, status) => format!("'{name}' is {status:?}, not {wanted:?}"),
            });
        }
        if let Some(finding) = check.findings.first() {
            return Err(format!("'{}' has a finding: {} {}", check.name, finding.code, finding.message));
        }
    }
    Ok(())
}
