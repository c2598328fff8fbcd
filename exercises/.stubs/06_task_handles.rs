//! Two tasks, both started before either is awaited. A task's handle yields a `Result`, since a task may panic; and a task
//! goes on without its handle, whether anybody waits for it or not.

use std::time::Duration;

use tokio::{
    task::JoinError,
    time::{Instant, sleep},
};
use workbook::println;

/// Waits for `delay` seconds without blocking the thread, then prints and returns `what` with its delay: `hello(2)`.
///
/// # Panics
/// After the wait, if there is nothing to say: `what` is empty.
async fn go(delay: u64, what: &str) -> String {
    todo!("wait for `delay` seconds with tokio's sleep and .await; the lines below are right as they are");
    assert!(!what.is_empty(), "nothing to say");
    let said = format!("{what}({delay})");
    println!("{said}");
    said
}

/// Runs `go` for both at the same time, each in a task of its own. Returns when both tasks have ended, whatever became of
/// them: with what they said, the first one's words first.
///
/// # Errors
/// If a task panicked, with the error that its handle yields.
async fn run_tasks(first: (u64, &'static str), second: (u64, &'static str)) -> Result<(String, String), JoinError> {
    todo!(
        "start both tasks with tokio::spawn, then await both handles; each yields a Result that says how its task ended"
    )
}

/// Starts `go` in a task of its own that nobody waits for, and returns at once.
fn leave_running(delay: u64, what: &'static str) {
    todo!("start go in a task, and let go of its handle")
}

/// Two tasks that end well, two of which one panics, and one that nobody waits for.
async fn main_async() {
    let start = Instant::now();
    println!("Start");
    match run_tasks((2, "hello"), (1, "world")).await {
        Ok((first, second)) => println!("{first}, {second}"),
        Err(_) => println!("a task panicked"),
    }
    println!("End ({:.4} sec)", start.elapsed().as_secs_f64());

    match run_tasks((1, ""), (2, "still here")).await {
        Ok((first, second)) => println!("{first}, {second}"),
        Err(_) => println!("a task panicked"),
    }

    leave_running(1, "on my own");
    println!("nobody waits for it");
    sleep(Duration::from_secs(2)).await;
}

fn main() {
    workbook::run(main_async());
}

#[cfg(test)]
#[path = "../tests/checks/06_task_handles.rs"]
mod checks;
