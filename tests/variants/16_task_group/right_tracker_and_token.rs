// accepted: a TaskTracker and a CancellationToken; a child tells of its end by a channel

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

#[derive(Clone, Copy)]
enum End {
    Well,
    Error,
    Panic,
}

struct Gone(u64);

impl Drop for Gone {
    fn drop(&mut self) {
        println!("< task gone [t = {}]", self.0);
    }
}

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

async fn group<F, E>(children: Vec<F>) -> Result<(), E>
where
    F: Future<Output = Result<(), E>> + Send + 'static,
    E: Send + 'static,
{
    let tracker = tokio_util::task::TaskTracker::new();
    let token = tokio_util::sync::CancellationToken::new();
    let (sender, mut failures) = tokio::sync::mpsc::unbounded_channel();
    for child in children {
        let (token, sender) = (token.clone(), sender.clone());
        tracker.spawn(async move {
            let child = AssertUnwindSafe(token.run_until_cancelled(child)).catch_unwind();
            let failure = match child.await {
                Ok(None | Some(Ok(()))) => return,
                Ok(Some(Err(error))) => Ok(error),
                Err(panic) => Err(panic),
            };
            token.cancel();
            let _ = sender.send(failure);
        });
    }
    drop(sender);
    tracker.close();
    tracker.wait().await;
    match failures.recv().await {
        None => Ok(()),
        Some(Ok(error)) => Err(error),
        Some(Err(panic)) => resume_unwind(panic),
    }
}

async fn program() {
    for end in [End::Well, End::Error, End::Panic] {
        let start = Instant::now();
        let children = vec![work(1, End::Well), work(2, end), work(3, End::Well)];
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
#[path = "../../checks/16_task_group.rs"]
mod checks;
