// accepted: stream::unfold, with the number of the next item as its state

use std::{pin::pin, time::Duration};

use futures::{Stream, StreamExt};
use tokio::time::{Instant, sleep};
use workbook::{print, println};

const PAUSE: Duration = Duration::from_millis(200);

fn mygen(sep: &str, up_to: u32) -> impl Stream<Item = u64> {
    futures::stream::unfold(0, move |i| async move {
        if i == 0 {
            println!();
        }
        if i == up_to {
            return None;
        }
        print!("{sep} ");
        sleep(PAUSE).await;
        Some((1 << i, i + 1))
    })
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
