//! `workbook hint`: one hint at a time, each a step further than the last.

use anyhow::anyhow;

use super::{Passed, Usage, Workbook, course::Exercise, look, output, progress, workspace::Workspace};

/// Shows the next hint, or the one asked for.
pub(crate) fn hint(workbook: &Workbook, name: &str, step: Option<usize>) -> anyhow::Result<Passed> {
    let exercise = workbook.course.find(name)?;
    let count = exercise.hints.len();
    if let Some(step) = step.filter(|step| !(1..=count).contains(step)) {
        return Err(Usage(format!("{} has hints 1 to {count}, so there is none {step}", exercise.name)).into());
    }
    let text = next(&workbook.workspace, exercise, step);
    let text = text.ok_or_else(|| anyhow!("{} has no hints", exercise.name))?;
    output::print(&(look::indented(&text, output::columns()) + "\n"));
    Ok(Passed::Yes)
}

/// The next hint, or the one asked for, with its number; remembers that it was given. After the last, the last again.
pub(crate) fn next(workspace: &Workspace, exercise: &Exercise, step: Option<usize>) -> Option<String> {
    let count = exercise.hints.len();
    let step = progress::update(workspace, |progress| {
        let entry = progress.entry(&exercise.name);
        let step = step.unwrap_or(entry.hints.saturating_add(1)).min(count);
        entry.hints = entry.hints.max(step);
        step
    });
    let hint = exercise.hints.get(step.checked_sub(1)?)?;
    Some(format!("hint {step} of {count}: {}", hint.trim()))
}
