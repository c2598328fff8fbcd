// accepted: filter and collect, and a stream in a box

use std::time::Duration;

use async_stream::stream;
use futures::{Stream, StreamExt};
use tokio::time::{Instant, sleep};
use workbook::{print, println};

const PAUSE: Duration = Duration::from_millis(200);

fn mygen(sep: &'static str, up_to: u32) -> impl Stream<Item = u64> {
    stream! {
        println!();
        for i in 0..up_to {
            print!("{sep} ");
            sleep(PAUSE).await;
            yield 2_u64.pow(i);
        }
    }
}

async fn main_async(up_to: u32) -> (Vec<u64>, Vec<u64>) {
    let g: Vec<u64> = mygen(".", up_to).fold(Vec::new(), |mut g, j| async move { g.push(j); g }).await;
    let f = mygen("+", up_to).boxed_local().filter(|j| std::future::ready(j / 3 % 5 == 0)).collect().await;
    (g, f)
}

async fn program() {
    let start = Instant::now();
    let (g, f) = main_async(10).await;
    println!("\n\ng: {g:?}\nf: {f:?}");
    println!("executed in {:.2} seconds.", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(program());
}

#[cfg(test)]
#[path = "../../checks/22_async_streams.rs"]
mod checks;
