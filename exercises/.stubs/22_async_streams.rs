//! A stream is an iterator that may wait before each item. It works only while somebody asks it for the next one: who takes
//! its items one by one waits for each in turn, and two streams that are read one after the other take as long as both.

use std::{pin::pin, time::Duration};

use async_stream::stream;
use futures::{Stream, StreamExt};
use tokio::time::{Instant, sleep};
use workbook::{print, println};

/// How long an item takes.
const PAUSE: Duration = Duration::from_millis(200);

/// A stream of `up_to` powers of two: 1, 2, 4, 8 …
///
/// It works only when it is pulled, that is, asked for its next item. At the very first pull it prints a newline, even if
/// there are no items. Then each item is made in the pull that asks for it: the stream prints `sep` and a space, waits for
/// `PAUSE`, and yields the power. After the last one it ends, and waits no more.
fn mygen(sep: &str, up_to: u32) -> impl Stream<Item = u64> {
    stream! {
        todo!("print a newline; then for each i below up_to print, wait, and yield 2 to the power of i");
        yield 0;
    }
}

/// Returns two lists, `g` and `f`. `g` holds all that `mygen(".", up_to)` yields. Then, with a loop over
/// `mygen("+", up_to)`, `f` gets each `j` for which `j / 3 % 5` is 0.
async fn main_async(up_to: u32) -> (Vec<u64>, Vec<u64>) {
    todo!("collect the first stream into g; pull the items of the second one by one, and keep those that fit in f")
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
#[path = "../tests/checks/22_async_streams.rs"]
mod checks;
