// rejected with: it must not be lost

use std::{
    pin::{Pin, pin},
    sync::{Arc, Mutex},
    task::{Context, Poll, Wake, Waker},
    time::Duration,
};

use tokio::{runtime::Builder, time::Instant};
use workbook::{
    println,
    thread,
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
        let mut alarm = self.alarm.lock().unwrap();
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

#[derive(Default)]
struct Signal(Mutex<()>, std::sync::Condvar);

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.1.notify_one();
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    let signal = Arc::new(Signal::default());
    let waker = Waker::from(Arc::clone(&signal));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
        let _unused = signal.1.wait(signal.0.lock().unwrap()).unwrap();
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
