//! A parent starts some children and does not leave before they have: not when all goes well, not when one of them fails, not
//! when one panics. Whoever calls it can rely on that: when it is back, nobody is left behind.

use std::{
    panic::{AssertUnwindSafe, resume_unwind},
    time::Duration,
};

use futures::FutureExt;
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};
use workbook::println;

/// How a piece of work ends.
#[derive(Clone, Copy)]
enum End {
    Well,
    Error,
    Panic,
}

/// Says that a piece of work is gone, however it ended.
struct Gone(u64);

impl Drop for Gone {
    fn drop(&mut self) {
        println!("< task gone [t = {}]", self.0);
    }
}

/// Waits for `t` seconds, then ends as it was told.
async fn work(t: u64, end: End) -> Result<(), String> {
    let _gone = Gone(t);
    sleep(Duration::from_secs(t)).await;
    match end {
        End::Well => println!("> task done with [t = {t}]"),
        End::Error => return Err(format!("t = {t} failed")),
        End::Panic => panic!("t = {t} panicked"),
    }
    Ok(())
}

/// Runs all the children at the same time, and returns when all of them have ended.
///
/// The first child that fails ends the others: they are cancelled then and there. However it ends, no child is alive any more
/// when `group` is back.
///
/// # Errors
/// With the error of the first child that returned one.
///
/// # Panics
/// If a child panics; also as soon as the others have been cancelled, and not before.
async fn group<F, E>(children: Vec<F>) -> Result<(), E>
where
    F: Future<Output = Result<(), E>> + Send + 'static,
    E: Send + 'static,
{
    todo!("spawn all the children; look at each as it ends; whatever happens, let the others end before you leave")
}

/// Three groups: in the first all goes well, in the second a child fails, in the third one panics.
async fn program() {
    for end in [End::Well, End::Error, End::Panic] {
        let start = Instant::now();
        let children = vec![work(1, End::Well), work(2, end), work(3, End::Well)];
        // The panic comes out of the group like any other; the program goes on after it all the same.
        match AssertUnwindSafe(group(children)).catch_unwind().await {
            Ok(Ok(())) => println!("the group is done"),
            Ok(Err(error)) => println!("the group failed: {error}"),
            Err(_) => println!("the group panicked"),
        }
        println!("executed in {:.2} seconds.\n", start.elapsed().as_secs_f64());
    }
}

fn main() {
    workbook::run(program());
}

#[cfg(test)]
#[path = "../tests/checks/16_task_group.rs"]
mod checks;
