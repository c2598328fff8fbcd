// rejected with: counts from when it was made

use std::{
    pin::{Pin, pin},
    sync::{Arc, Mutex},
    task::{Context, Poll, Wake, Waker},
    time::Duration,
};

use tokio::{runtime::Builder, time::Instant};
use workbook::{
    println,
    thread::{self, Thread},
};

#[derive(Default)]
struct Alarm {
    has_rung: bool,
    waker: Option<Waker>,
}

fn set_alarm(duration: Duration) -> Arc<Mutex<Alarm>> {
    let alarm = Arc::new(Mutex::new(Alarm::default()));
    let ringing = Arc::clone(&alarm);
    // A thread for each alarm is simple and costly. Tokio has one timer for all of its sleeps.
    thread::spawn(move || {
        thread::sleep(duration);
        let waker = {
            let mut alarm = ringing.lock().unwrap();
            alarm.has_rung = true;
            alarm.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    });
    alarm
}

struct Delay {
    duration: Duration,
    alarm: Option<Arc<Mutex<Alarm>>>,
}

impl Delay {
    fn new(duration: Duration) -> Delay {
        Delay { duration, alarm: None }
    }
}

impl Future for Delay {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let duration = self.duration;
        let mut alarm = self.alarm.get_or_insert_with(|| set_alarm(duration)).lock().unwrap();
        if alarm.has_rung {
            return Poll::Ready(());
        }
        alarm.waker = Some(cx.waker().clone());
        Poll::Pending
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

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
        thread::park();
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
