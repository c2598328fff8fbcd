//! Compares the waits of a recording with those that a program knows of itself.

use std::ops::AddAssign;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use workbook::recording::{Clock, Recording, TaskId, Wait};

use crate::{catalog::Program, run::Ran};

/// How many are right, of all.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Share {
    pub(crate) right: usize,
    pub(crate) all: usize,
}

impl Share {
    fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.all += other.all;
    }
}

/// What came of the waits of a program.
#[derive(Debug, Default)]
pub(crate) struct Compared {
    pub(crate) waits: Share,
    pub(crate) resources: Share,
    pub(crate) wakers: Share,
    /// The waits that were recorded on a named line, and never were.
    pub(crate) invented: usize,
    /// A line for each thing that is not right.
    pub(crate) wrong: Vec<String>,
}

pub(crate) fn compare(program: &Program, ran: &Ran) -> Result<Compared> {
    let mut compared = Compared::default();
    let Some(recording) = &ran.recording else {
        compared.waits.all = ran.expected.len();
        compared.wrong.push("it left no recording".into());
        return Ok(compared);
    };
    let line = |place: &Value| {
        let name = place.as_str().unwrap_or_default();
        program
            .marks
            .places
            .get(name)
            .copied()
            .with_context(|| format!("no line of {} is called `{name}`", program.file))
    };
    let mut unclaimed: Vec<(u32, &Wait)> = Vec::new();
    for wait in &recording.waits {
        let at = wait.line().filter(|at| *at.file == program.file).map(|at| at.line);
        unclaimed.extend(at.map(|line| (line, wait)));
    }
    let mut told = Vec::new();
    for expected in &ran.expected {
        let expected_line = line(&expected["place"])?;
        told.push(expected_line);
        let fits = |(line, wait): &(u32, &Wait)| *line == expected_line && is(recording, wait, expected);
        let found = unclaimed.iter().position(fits).map(|index| unclaimed.remove(index).1);
        compared.waits.count(found.is_some());
        if found.is_none() {
            compared.wrong.push(format!("not recorded: {}", in_words(expected)));
        }
        if !expected["made_at"].is_null() {
            let made_at = (program.file.as_str(), line(&expected["made_at"])?);
            let resource = found.and_then(|wait| wait.resource).map(|id| &recording.resources[id.0].made_at);
            let right = resource.is_some_and(|at| (&*at.file, at.line) == made_at);
            compared.resources.count(right);
            if !right {
                compared.wrong.push(format!("not known what it is for: {}", in_words(expected)));
            }
        }
        if let Some(waker) = expected["woken_by"].as_str() {
            let right = found.is_some_and(|wait| is_woken_by(recording, wait, waker));
            compared.wakers.count(right);
            if !right {
                compared.wrong.push(format!("not known who woke it: {}", in_words(expected)));
            }
        }
    }
    for (line, wait) in unclaimed.into_iter().filter(|(line, _)| told.contains(line)) {
        compared.invented += 1;
        compared.wrong.push(format!("never was: line {line}, {}", recorded_in_words(recording, wait)));
    }
    let named = |(_, line): &(&String, &u32)| !told.contains(line);
    let is_made_at = |place: &str| ran.expected.iter().any(|expected| expected["made_at"] == place);
    let untold = program.marks.places.iter().filter(named).find(|(place, _)| !is_made_at(place));
    // Only a run that came to its end has told all it knows.
    ensure!(untold.is_none() || !ran.succeeded, "{}: nothing is told of {untold:?}", program.file);
    Ok(compared)
}

/// True if a recorded wait is the expected one.
fn is(recording: &Recording, wait: &Wait, expected: &Value) -> bool {
    let end = match wait.end {
        None => "open",
        Some(end) if end.ready => "ready",
        Some(_) => "dropped",
    };
    let asked = |field: &str, found: Value| expected[field].is_null() || expected[field] == found;
    asked("task", name(recording, wait.task).into())
        && asked("kind", wait.kind.to_string().into())
        && asked("began", millis(wait.began.nanos).into())
        && asked("ended", wait.end.map(|end| millis(end.at.nanos)).into())
        && asked("end", end.into())
}

/// Timers have a resolution of a millisecond.
fn millis(nanos: u64) -> u64 {
    (nanos + 500_000) / 1_000_000
}

fn name(recording: &Recording, task: TaskId) -> &str {
    &recording.tasks[task.0].name
}

/// True if the task of that name woke the waiting one at the end of the wait.
fn is_woken_by(recording: &Recording, wait: &Wait, waker: &str) -> bool {
    let Some(end) = wait.end else { return false };
    let mut wakes = recording.wakes.iter().filter(|wake| wake.task == wait.task && wake.at.step <= end.at.step);
    wakes.any(|wake| {
        let then = recording.clock == Clock::Real || wake.at.nanos == end.at.nanos;
        then && wake.at.step > wait.began.step && wake.by.is_some_and(|by| name(recording, by) == waker)
    })
}

fn in_words(expected: &Value) -> String {
    let Value::Object(fields) = expected else { return expected.to_string() };
    let fields = fields.iter().map(|(field, value)| format!("{field} {}", value.to_string().trim_matches('"')));
    fields.collect::<Vec<_>>().join(", ")
}

fn recorded_in_words(recording: &Recording, wait: &Wait) -> String {
    let end = wait.end.map_or("open".into(), |end| {
        format!("{} {}", if end.ready { "ready" } else { "dropped" }, millis(end.at.nanos))
    });
    format!("{} of {}, began {}, {end}", wait.kind, name(recording, wait.task), millis(wait.began.nanos))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;
    use workbook::{record, runtime::Threads};

    use super::*;
    use crate::{catalog::Folder, marks::Marks};

    const FIRST: u32 = line!() + 5;

    async fn naps() {
        for millis in [10, 20] {
            // The line below is the one that is called `nap`.
            tokio::time::sleep(Duration::from_millis(millis)).await;
        }
    }

    /// What comes of the two naps above if this is told of them.
    fn compared(expected: &[Value]) -> Compared {
        let marks = Marks { places: [("nap".to_string(), FIRST)].into(), ..Marks::default() };
        let program = Program { folder: Folder::Waits, name: "naps".into(), file: file!().replace('\\', "/"), marks };
        let recording = Some(record::future(Threads::Current, naps).recording);
        let ran = Ran { recording, expected: expected.to_vec(), succeeded: true, ..Ran::default() };
        compare(&program, &ran).unwrap()
    }

    fn nap(began: u64, ended: u64) -> Value {
        json!({ "place": "nap", "task": "main", "kind": "sleep", "began": began, "ended": ended, "end": "ready" })
    }

    #[test]
    fn waits_are_right_if_all_that_is_told_of_them_is_so() {
        let compared = compared(&[nap(10, 30), nap(0, 10)]);
        assert_eq!((compared.waits.right, compared.waits.all, compared.invented), (2, 2, 0), "{:?}", compared.wrong);
    }

    #[test]
    fn a_wait_that_ends_at_another_time_and_one_that_is_not_told_are_not_right() {
        let compared = compared(&[nap(0, 11)]);
        assert_eq!((compared.waits.right, compared.waits.all, compared.invented), (0, 1, 2));
    }

    #[test]
    fn a_resource_and_a_waker_that_are_not_named_are_counted() {
        let mut expected = nap(0, 10);
        expected["made_at"] = "nap".into();
        expected["woken_by"] = "task 1".into();
        let compared = compared(&[expected, nap(10, 30)]);
        assert_eq!((compared.waits.right, compared.resources.right, compared.wakers.right), (2, 0, 0));
        assert_eq!((compared.resources.all, compared.wakers.all), (1, 1));
        assert_eq!(compared.wrong.len(), 2, "{:?}", compared.wrong);
    }
}
