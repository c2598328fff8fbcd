// rejected with: the first is there after 0.2 s

use std::{pin::pin, time::Duration};

use async_stream::stream;
use futures::{Stream, StreamExt};
use tokio::time::{Instant, sleep};
use workbook::{print, println};

const PAUSE: Duration = Duration::from_millis(200);

fn mygen(sep: &str, up_to: u32) -> impl Stream<Item = u64> {
    stream! {
        println!();
        for i in 0..up_to {
            print!("{sep} ");
            yield 2_u64.pow(i);
            sleep(PAUSE).await;
        }
    }
}

async fn main_async(up_to: u32) -> (Vec<u64>, Vec<u64>) {
    let g = mygen(".", up_to).collect().await;

    let mut f = Vec::new();
    let mut powers = pin!(mygen("+", up_to));
    while let Some(j) = powers.next().await {
        if j / 3 % 5 != 0 {
            continue;
        }
        f.push(j);
    }
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
