// accepted: the children are no tasks: they end where they are dropped, also when one panics

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
    use futures::TryStreamExt;
    children.into_iter().collect::<futures::stream::FuturesUnordered<_>>().try_collect::<()>().await
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
