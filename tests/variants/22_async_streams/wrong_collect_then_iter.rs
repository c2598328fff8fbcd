// rejected with: what is collected first is a list, not a stream

use std::{pin::pin, time::Duration};

use futures::{Stream, StreamExt};
use tokio::time::{Instant, sleep};
use workbook::{print, println};

const PAUSE: Duration = Duration::from_millis(200);

fn mygen(sep: &str, up_to: u32) -> impl Stream<Item = u64> {
    let all = async move {
        println!();
        let mut all = Vec::new();
        for i in 0..up_to {
            print!("{sep} ");
            sleep(PAUSE).await;
            all.push(1 << i);
        }
        futures::stream::iter(all)
    };
    futures::FutureExt::flatten_stream(all)
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
