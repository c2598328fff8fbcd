// accepted: clones the waker only if it is another one, and leaves the futures inside to others

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
    alarm: Arc<Mutex<Alarm>>,
}

impl Delay {
    fn new(duration: Duration) -> Delay {
        Delay { alarm: set_alarm(duration) }
    }
}

impl Future for Delay {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let alarm = &mut *self.alarm.lock().unwrap();
        match (alarm.has_rung, &mut alarm.waker) {
            (true, _) => return Poll::Ready(()),
            (false, Some(waker)) if waker.will_wake(cx.waker()) => {}
            (false, waker) => *waker = Some(cx.waker().clone()),
        }
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
        match self.left {
            0 => Poll::Ready(self.name),
            left => {
                cx.waker().clone().wake();
                println!("{}: {left}", self.name);
                self.left = left - 1;
                Poll::Pending
            }
        }
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn return_slot<T>(slot: &mut Option<T>, output: T) {
    *slot = Some(output);
}

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut slot = None;
    let waker = Arc::new(Unpark(thread::current())).into();
    while let Poll::Pending = future.as_mut().poll(&mut Context::from_waker(&waker)).map(|output| return_slot(&mut slot, output)) {
        thread::park();
    }
    slot.unwrap()
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
