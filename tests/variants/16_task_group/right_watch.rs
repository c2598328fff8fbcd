// accepted: everybody watches for the first failure, and all are awaited

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
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let tasks = children.into_iter().map(|child| {
        let (stop, mut stopped) = (stop.clone(), stopped.clone());
        tokio::spawn(async move {
            let result = tokio::select! {
                biased;
                _ = stopped.wait_for(|stopped| *stopped) => return None,
                result = AssertUnwindSafe(child).catch_unwind() => result,
            };
            if matches!(result, Ok(Ok(()))) {
                return None;
            }
            // Only the first failure counts.
            let first = stop.send_if_modified(|stopped| !std::mem::replace(stopped, true));
            first.then_some(result)
        })
    });
    let mut failure = None;
    for ended in futures::future::join_all(tasks).await {
        failure = failure.or(ended.expect("its panics are caught"));
    }
    match failure {
        None => Ok(()),
        Some(Ok(result)) => result,
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
