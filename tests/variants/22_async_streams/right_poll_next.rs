// accepted: a stream written by hand, with its sleep inside

use std::{
    pin::{Pin, pin},
    task::{Context, Poll},
    time::Duration,
};

use futures::{Stream, StreamExt};
use tokio::time::{Instant, Sleep, sleep};
use workbook::{print, println};

const PAUSE: Duration = Duration::from_millis(200);

struct Powers {
    sep: String,
    up_to: u32,
    next: u32,
    begun: bool,
    pause: Option<Pin<Box<Sleep>>>,
}

impl Stream for Powers {
    type Item = u64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        let this = &mut *self;
        if !std::mem::replace(&mut this.begun, true) {
            println!();
        }
        if this.next == this.up_to {
            return Poll::Ready(None);
        }
        let pause = this.pause.get_or_insert_with(|| {
            print!("{} ", this.sep);
            Box::pin(sleep(PAUSE))
        });
        std::task::ready!(pause.as_mut().poll(cx));
        this.pause = None;
        this.next += 1;
        Poll::Ready(Some(1 << (this.next - 1)))
    }
}

fn mygen(sep: &str, up_to: u32) -> impl Stream<Item = u64> {
    Powers { sep: sep.to_string(), up_to, next: 0, begun: false, pause: None }
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
