// rejected with: as soon as it is there

use std::time::Duration;

use colored::Colorize;
use futures::future::{join_all, select_all};
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
    if !futures.is_empty() {
        let (result, _, rest) = select_all(futures.into_iter().map(Box::pin)).await;
        callback(result);
        join_all(rest).await.into_iter().for_each(callback);
    }
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
