//! `workbook check`: judges exercises one after another and shows the verdicts, as text or as JSON.

use std::sync::Arc;

use serde::Serialize;
use workbook::report::Status;

use super::{
    CheckArguments, Passed, Workbook,
    course::Exercise,
    judge::{Judge, Judged},
    look::{self, Depth},
    output, progress,
    workspace::Side,
};

/// What `--json` prints.
#[derive(Serialize)]
struct Report {
    exercises: Vec<Judged>,
}

/// Judges what was asked for.
pub(crate) fn check(workbook: &Workbook, arguments: &CheckArguments) -> anyhow::Result<Passed> {
    if arguments.json {
        output::without_colours();
    }
    let exercises = chosen(workbook, arguments)?;
    if exercises.is_empty() {
        return all_done(arguments.json);
    }
    let side = if arguments.solution { Side::Solution } else { Side::Exercise };
    let ticket = workbook.processes.ticket();
    let busy: super::cargo::Busy = Arc::new(output::mention);
    let judge = Judge { workspace: &workbook.workspace, side, ticket: &ticket, busy: &busy, heard: &|_| () };
    let mut report = Report { exercises: Vec::new() };
    judge.prepare(&exercises)?;
    for exercise in exercises {
        output::mention(&format!("checking {} …", exercise.name));
        let judged = judge.judge(exercise)?;
        output::mention("");
        if side == Side::Exercise {
            progress::judged(&workbook.workspace, &exercise.name, judged.status, judged.source);
        }
        if !arguments.json {
            let depth = if arguments.timeline { Depth::Pictures } else { Depth::Everything };
            show(workbook, exercise, &judged, depth);
        }
        report.exercises.push(judged);
    }
    if arguments.json {
        output::print_json(&report)?;
    } else if report.exercises.len() > 1 {
        let passed = report.exercises.iter().filter(|judged| judged.status == Status::Passed).count();
        output::print(&format!(" {passed} of {} exercises passed\n", report.exercises.len()));
    }
    Ok(Passed::when(report.exercises.iter().all(|judged| judged.status == Status::Passed)))
}

/// The exercises asked for; with none named, the first one that has not passed.
fn chosen<'a>(workbook: &'a Workbook, arguments: &CheckArguments) -> anyhow::Result<Vec<&'a Exercise>> {
    let course = &workbook.course;
    if arguments.all || (arguments.names.is_empty() && arguments.solution) {
        return Ok(course.exercises.iter().collect());
    }
    if arguments.names.is_empty() {
        let open = progress::read(&workbook.workspace).next_open(course, 0);
        return Ok(open.map(|index| &course.exercises[index]).into_iter().collect());
    }
    Ok(arguments.names.iter().map(|name| course.find(name)).collect::<Result<_, _>>()?)
}

fn all_done(json: bool) -> anyhow::Result<Passed> {
    if json {
        output::print_json(&Report { exercises: Vec::new() })?;
    } else {
        let again = output::typed("check --all");
        output::print(&format!("Every exercise has passed. `{again}` judges them all again.\n"));
    }
    Ok(Passed::Yes)
}

fn show(workbook: &Workbook, exercise: &Exercise, judged: &Judged, depth: Depth) {
    let text = look::exercise(&workbook.workspace, exercise, judged, depth, output::columns());
    output::print(&(text + "\n"));
}
