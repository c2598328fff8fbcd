//! Whether each stub is unwritten and nothing else, and each solution right.

use workbook::report::Status;

use super::{Bench, Proof, in_parallel};
use crate::cli::{
    cargo::{self, Build, Order, Product},
    course::Exercise,
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
    let judge = Judge { workspace: bench.workspace, side, ticket: &bench.ticket, busy: &bench.busy };
    let exercises: Vec<&Exercise> = bench.exercises.iter().collect();
    judge.prepare(&exercises)?;
    let proofs = in_parallel(&exercises, |exercise| {
        let outcome = prove_one(bench, &judge, exercise);
        let what = match side {
            Side::Exercise => format!("the stub {} is unwritten and nothing else", exercise.name),
            Side::Solution => format!("the solution {} passes", exercise.name),
        };
        outcome.map(|outcome| Proof::new(what, outcome))
    });
    proofs.into_iter().collect()
}

fn prove_one(bench: &Bench, judge: &Judge, exercise: &Exercise) -> anyhow::Result<Result<(), String>> {
    let target = judge.side.binary(&exercise.name);
    let mut warnings = Vec::new();
    let build = |product| {
        let order = Order { package: judge.side.package(), binaries: std::slice::from_ref(&target), product };
        cargo::build(bench.workspace, &order, &bench.ticket, &bench.busy)
    };
    let checks: Build = build(Product::Checks)?;
    let program = build(Product::Program)?;
    warnings.extend(checks.warnings(&target));
    warnings.extend(program.warnings(&target));
    if !warnings.is_empty() {
        return Ok(Err(format!("it compiles with warnings\n{}", warnings.concat())));
    }
    let judged = judge.judge_built(exercise, &checks)?;
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
