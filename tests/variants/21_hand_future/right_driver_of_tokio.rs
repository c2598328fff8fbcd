// accepted: a sleep of tokio, and an executor that lets a runtime drive the timers while it has nothing to poll

use std::{
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    time::Duration,
};

use tokio::{runtime::Builder, time::Instant};
use workbook::println;

struct Delay {
    sleep: Pin<Box<tokio::time::Sleep>>,
}

impl Delay {
    fn new(duration: Duration) -> Delay {
        Delay { sleep: Box::pin(tokio::time::sleep(duration)) }
    }
}

impl Future for Delay {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.sleep.as_mut().poll(cx)
    }
}

struct Countdown {
    name: &'static str,
    left: u32,
}

impl Countdown {
    fn new(name: &'static str, left: u32) -> Countdown {
        Countdown { name, left }
    }
}

impl Future for Countdown {
    type Output = &'static str;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<&'static str> {
        if self.left == 0 {
            return Poll::Ready(self.name);
        }
        println!("{}: {}", self.name, self.left);
        self.left -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

struct Signal(tokio::sync::Notify);

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.0.notify_one();
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = Builder::new_current_thread().enable_time().build().unwrap();
    let _entered = runtime.enter();
    let signal = Arc::new(Signal(tokio::sync::Notify::new()));
    let waker = Waker::from(Arc::clone(&signal));
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
        runtime.block_on(signal.0.notified());
    }
}

async fn launch(name: &'static str) {
    let name = Countdown::new(name, 3).await;
    Delay::new(Duration::from_secs(1)).await;
    println!("{name}: lift-off");
}

fn program() {
    println!("one rocket, on an executor of our own");
    block_on(launch("Saturn"));

    println!("two rockets, on tokio's");
    let runtime = Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let start = Instant::now();
        tokio::join!(launch("Vostok"), launch("Ariane"));
        println!("launched in {:.2} seconds.", start.elapsed().as_secs_f64());
    });
}

fn main() {
    workbook::run_sync(program);
}

#[cfg(test)]
#[path = "../../checks/21_hand_future.rs"]
mod checks;
