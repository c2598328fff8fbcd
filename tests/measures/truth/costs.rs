//! What recording costs: a program at several sizes, with the recorder and without.

use std::{path::Path, time::Duration};

use anyhow::Result;

use crate::{
    catalog::Program,
    findings,
    run::{self, Cost, Way},
};

/// How often each is run, unless it takes too long; the median counts.
const RUNS: usize = 3;
/// A run that takes more processor time than this is not repeated.
const LONG: Duration = Duration::from_secs(10);

/// What a program cost at one size.
struct AtSize {
    size: u64,
    plain: Cost,
    /// None if it did not come to its end.
    recorded: Option<Cost>,
    /// How much the recorder saw.
    events: Option<u64>,
}

impl AtSize {
    /// The memory that the recorder takes.
    fn kept(&self) -> Option<f64> {
        Some(self.recorded?.peak_memory - self.plain.peak_memory)
    }
}

/// The head of the table.
pub(crate) fn head() {
    println!("\nbytes are those that the recorder keeps beyond what it keeps at the smallest size\n");
    let columns = ["plain, s", "recorded, s", "ratio", "events", "bytes of N", "of an event"];
    println!("{:>28}  {:>9}  {}", "", "N", columns.map(|name| format!("{name:>11}")).join("  "));
}

/// Prints the costs of a program at each of its sizes, and returns what is not right about it.
pub(crate) fn measure(programs: &Path, program: &Program) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    let mut smallest = None;
    for &size in &program.marks.sizes {
        let Some(plain) = median(programs, program, Way::Plain, size)? else {
            wrong.push(format!("{size}: it does not come to its end without the recorder"));
            continue;
        };
        let judged = run::run(programs, program, Way::Fast, Some(size))?;
        wrong.extend(findings::of_right(&judged, None).into_iter().map(|what| format!("{size}: {what}")));
        let recorded = median(programs, program, Way::Unwritten, size)?;
        if recorded.is_none() {
            wrong.push(format!("{size}: it does not come to its end with the recorder"));
        }
        let events = judged.recording.map(|recording| recording.ended.step);
        let cost = AtSize { size, plain, recorded, events };
        println!("{:>28}  {size:>9}  {}", program.name, row(&cost, smallest.as_ref()));
        smallest.get_or_insert(cost);
    }
    Ok(wrong)
}

fn row(cost: &AtSize, smallest: Option<&AtSize>) -> String {
    let seconds = |cost: Cost| cost.processor.as_secs_f64();
    let more = smallest.and_then(|smallest| Some((cost.kept()? - smallest.kept()?, smallest)));
    // Where it is less than the fixed part varies, nothing is known of it.
    let more = more.filter(|(bytes, _)| *bytes > 0.0);
    let of_size = more.map(|(bytes, smallest)| bytes / (cost.size - smallest.size) as f64);
    let of_event = more.and_then(|(bytes, smallest)| Some(bytes / cost.events?.checked_sub(smallest.events?)? as f64));
    let shown = |figure: Option<f64>, digits| figure.map_or("-".into(), |figure| format!("{figure:.digits$}"));
    let columns = [
        shown(Some(seconds(cost.plain)), 2),
        shown(cost.recorded.map(seconds), 2),
        shown(cost.recorded.map(|recorded| seconds(recorded) / seconds(cost.plain)), 1),
        shown(cost.events.map(|events| events as f64), 0),
        shown(of_size, 0),
        shown(of_event, 0),
    ];
    columns.map(|column| format!("{column:>11}")).join("  ")
}

/// The median of the processor time with the most memory; none if a run does not come to its end.
fn median(programs: &Path, program: &Program, way: Way, size: u64) -> Result<Option<Cost>> {
    let mut costs = Vec::new();
    for _ in 0..RUNS {
        let ran = run::run(programs, program, way, Some(size))?;
        // It tells its cost at its end, which a program that is ended does not reach.
        let Some(cost) = ran.cost else { return Ok(None) };
        costs.push(cost);
        if cost.processor > LONG {
            break;
        }
    }
    costs.sort_by_key(|cost| cost.processor);
    let peak_memory = costs.iter().map(|cost| cost.peak_memory).fold(0.0, f64::max);
    Ok(Some(Cost { peak_memory, ..costs[costs.len() / 2] }))
}
