// accepted: a hand-written future that polls all that are not done

use std::time::Duration;

use colored::Colorize;
use std::{future::poll_fn, task::Poll};
use tokio::time::{Instant, sleep};
use workbook::println;

async fn work(t: u64) -> u64 {
    sleep(Duration::from_secs(t)).await;
    t
}

async fn each<F>(futures: Vec<F>, mut callback: impl FnMut(F::Output))
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let mut waiting: Vec<_> = futures.into_iter().map(Box::pin).collect();
    poll_fn(|context| {
        waiting.retain_mut(|future| match future.as_mut().poll(context) {
            Poll::Ready(result) => {
                callback(result);
                false
            }
            Poll::Pending => true,
        });
        if waiting.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

async fn main_async() {
    let start = Instant::now();
    each((0..4).rev().map(work).collect(), |t| {
        println!("{}", format!("> task done with [ t = {t} ]").dimmed().italic());
    })
    .await;
    println!("\neach, as completed: [{:.4} sec]", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(main_async());
}

#[cfg(test)]
#[path = "../../checks/13_as_completed.rs"]
mod checks;
