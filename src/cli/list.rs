//! `workbook list`: the exercises by part, each with its last verdict.

use std::fmt::Write;

use colored::Colorize;
use serde::Serialize;
use workbook::report::Status;

use super::{
    Passed, Workbook,
    course::{Course, Exercise},
    look, output,
    progress::{self, Progress},
};

#[derive(Serialize)]
struct Report<'a> {
    exercises: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    title: &'a str,
    part: &'a str,
    /// The last verdict, or `unchecked`.
    status: Known,
    hints_given: usize,
    hints: usize,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Known {
    Judged(Status),
    Not(&'static str),
}

/// Lists the exercises. That some have not passed is no failure of this command.
pub(crate) fn list(workbook: &Workbook, json: bool) -> anyhow::Result<Passed> {
    let mut progress = progress::read(&workbook.workspace);
    if json {
        let exercises = workbook.course.exercises.iter().map(|exercise| row(exercise, &mut progress)).collect();
        output::print_json(&Report { exercises })?;
    } else {
        output::print(&overview(&workbook.course, &progress));
    }
    Ok(Passed::Yes)
}

fn row<'a>(exercise: &'a Exercise, progress: &mut Progress) -> Row<'a> {
    let entry = progress.entry(&exercise.name);
    Row {
        name: &exercise.name,
        title: &exercise.title,
        part: &exercise.part,
        status: entry.status.map_or(Known::Not("unchecked"), Known::Judged),
        hints_given: entry.hints,
        hints: exercise.hints.len(),
    }
}

/// The list as text, with an arrow at the next open exercise.
fn overview(course: &Course, progress: &Progress) -> String {
    let (mut text, mut part) = (String::new(), "");
    let next = progress.next_open(course, 0);
    for (index, exercise) in course.exercises.iter().enumerate() {
        if exercise.part != part {
            part = &exercise.part;
            let _ = writeln!(text, "{} {}", if text.is_empty() { "" } else { "\n" }, part.bold());
        }
        let arrow = if Some(index) == next { "→" } else { " " };
        let status = progress.status(exercise);
        let _ = writeln!(text, " {arrow} {} {}  {}", look::mark(status), exercise.number(), exercise.title);
    }
    let _ = writeln!(text, "\n {} of {} passed", progress.passed(course), course.exercises.len());
    text
}
