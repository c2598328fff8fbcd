// rejected with: the rest of the time is not waited for

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};
use workbook::println;

#[derive(Debug, PartialEq)]
struct TooLate;

struct CleanUp {
    name: &'static str,
}

impl Drop for CleanUp {
    fn drop(&mut self) {
        println!("{}: cleaned up", self.name);
    }
}

async fn work(name: &'static str, seconds: u64) -> u64 {
    println!("{name}: begun");
    let _guard = CleanUp { name };
    sleep(Duration::from_secs(seconds)).await;
    println!("{name}: done");
    seconds
}

async fn with_deadline<F>(limit: Duration, work: F) -> Result<F::Output, TooLate>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let start = Instant::now();
    let done = timeout(limit, work).await.map_err(|_| TooLate);
    tokio::time::sleep_until(start + limit).await;
    done
}

async fn program() {
    let start = Instant::now();
    for (name, seconds) in [("report", 1), ("index", 4)] {
        match with_deadline(Duration::from_secs(2), work(name, seconds)).await {
            Ok(seconds) => println!("{name} took {seconds} s"),
            Err(TooLate) => println!("{name} took too long"),
        }
    }
    sleep(Duration::from_secs(3)).await;
    println!("executed in {:.2} seconds.", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(program());
}

#[cfg(test)]
#[path = "../../checks/26_timeout_cancel.rs"]
mod checks;
