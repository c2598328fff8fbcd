//! What recording costs: a program at several sizes, with the recorder and without.

use std::{path::Path, time::Duration};

use anyhow::{Context, Result};

use crate::{
    catalog::Program,
    findings,
    run::{self, Cost, Way},
};

/// How often each is run, unless it takes too long; the median counts.
const RUNS: usize = 3;
/// A run that takes more processor time than this is not repeated.
const LONG: Duration = Duration::from_secs(10);

/// Prints the costs of a program at each of its sizes, and returns what is not right about it.
pub(crate) fn measure(programs: &Path, program: &Program) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    for &size in &program.marks.sizes {
        let Some(plain) = median(programs, program, Way::Plain, size)? else {
            wrong.push(format!("{size}: it does not end without the recorder"));
            continue;
        };
        let recorded = run::run(programs, program, Way::Fast, Some(size))?;
        wrong.extend(findings::of_right(&recorded, None).into_iter().map(|what| format!("{size}: {what}")));
        let events = recorded.recording.map(|recording| recording.ended.step);
        let line = match median(programs, program, Way::Unwritten, size)? {
            None => {
                wrong.push(format!("{size}: it does not end with the recorder"));
                "does not end".into()
            }
            Some(cost) => in_words(plain, cost, events),
        };
        println!("{:>28}  {size:>9}  {:>8.2} s  {line}", program.name, plain.processor.as_secs_f64());
    }
    Ok(wrong)
}

fn in_words(plain: Cost, recorded: Cost, events: Option<u64>) -> String {
    let ratio = recorded.processor.as_secs_f64() / plain.processor.as_secs_f64();
    let kept = recorded.peak_memory - plain.peak_memory;
    let each = events.map_or("unknown".into(), |events| format!("{:.0}", kept / events as f64));
    let events = events.map_or("unknown".into(), |events| events.to_string());
    format!("{:>8.2} s  {ratio:>5.1}  {events:>9}  {each:>7}", recorded.processor.as_secs_f64())
}

/// The head of the table.
pub(crate) fn head() {
    println!(
        "{:>28}  {:>9}  {:>10}  {:>10}  {:>5}  {:>9}  {:>7}",
        "", "size", "plain", "recorded", "ratio", "events", "bytes/e"
    );
}

/// The median of the processor time with the most memory; none if a run does not end.
fn median(programs: &Path, program: &Program, way: Way, size: u64) -> Result<Option<Cost>> {
    let mut costs = Vec::new();
    for _ in 0..RUNS {
        let ran = run::run(programs, program, way, Some(size))?;
        if ran.ended {
            return Ok(None);
        }
        let cost = ran.cost.with_context(|| format!("{} does not tell its cost: {}", program.name, ran.stderr))?;
        costs.push(cost);
        if cost.processor > LONG {
            break;
        }
    }
    costs.sort_by_key(|cost| cost.processor);
    let peak_memory = costs.iter().map(|cost| cost.peak_memory).fold(0.0, f64::max);
    Ok(Some(Cost { peak_memory, ..costs[costs.len() / 2] }))
}
