//! What recording costs: so many tasks that each sleep once, recorded, several times each in a process of its own.
//!
//! `cargo run --release --example tasks [TASKS]…`; 1000, 10000 and 100000 unless told otherwise. Time is that of running
//! the program and of putting its recording together; memory is the most that the process ever had, where the system
//! says so.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use workbook::{record, runtime::Threads};

/// How often each number of tasks is measured.
const RUNS: usize = 5;

/// Tells the child process from the one that measures.
const CHILD: &str = "--child";

/// One run: seconds and, where the system tells, bytes.
struct Run {
    seconds: f64,
    bytes: Option<f64>,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [child, tasks] = &arguments[..]
        && child == CHILD
    {
        return measure(tasks.parse()?);
    }
    let default = ["1000", "10000", "100000"].map(String::from).to_vec();
    println!("{:>9}  {:>22}  {:>11}  {:>13}  {:>9}", "tasks", "seconds", "a task", "peak memory", "a task");
    for tasks in if arguments.is_empty() { default } else { arguments } {
        let count: f64 = tasks.parse().context("TASKS is a number")?;
        let mut runs = (0..RUNS).map(|_| in_a_process(&tasks)).collect::<Result<Vec<Run>>>()?;
        runs.sort_by(|one, other| one.seconds.total_cmp(&other.seconds));
        let (least, median, most) = (runs[0].seconds, runs[RUNS / 2].seconds, runs[RUNS - 1].seconds);
        let seconds = format!("{median:.3} ({least:.3} to {most:.3})");
        let micros = format!("{:.1} µs", median / count * 1e6);
        let bytes = runs.iter().filter_map(|run| run.bytes).reduce(f64::max);
        let memory = bytes.map_or("unknown".into(), |bytes| format!("{:.0} MB", bytes / 1e6));
        let each = bytes.map_or("unknown".into(), |bytes| format!("{:.1} kB", bytes / count / 1e3));
        println!("{tasks:>9}  {seconds:>22}  {micros:>11}  {memory:>13}  {each:>9}");
    }
    Ok(())
}

fn in_a_process(tasks: &str) -> Result<Run> {
    let output = Command::new(std::env::current_exe()?).args([CHILD, tasks]).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout)?;
    let mut figures = said.split_whitespace().map(str::parse);
    let seconds = figures.next().context("the child says nothing")??;
    Ok(Run { seconds, bytes: figures.next().transpose()? })
}

/// Records once and says the seconds it took and the most bytes the process ever had.
fn measure(tasks: u64) -> Result<()> {
    let began = Instant::now();
    let run = record::without_limits(Threads::Current, move || async move {
        let sleep = |number| tokio::time::sleep(Duration::from_millis(number % 1000 + 1));
        let tasks: Vec<_> = (0..tasks).map(|number| tokio::spawn(sleep(number))).collect();
        for task in tasks {
            task.await.expect("a sleep does not panic");
        }
    });
    let took = began.elapsed();
    ensure!(run.recording.tasks.len() as u64 == tasks + 1, "every task is recorded");
    ensure!(run.recording.sleeps().len() as u64 == tasks, "every sleep is recorded");
    println!("{} {}", took.as_secs_f64(), peak_memory().map(|bytes| bytes.to_string()).unwrap_or_default());
    Ok(())
}

/// Linux counts it in kibibytes as the "high water mark" of the resident set.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? * 1024)
}
