//! What `.await` stands on. A future is polled: either it is ready, or it says Pending and has seen to it that somebody
//! wakes its task later. An executor is a loop that polls, and then sleeps until it is woken. Two futures and an executor,
//! all by hand.

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

/// An alarm clock: whether it has rung, and whom it wakes when it rings.
#[derive(Default)]
struct Alarm {
    has_rung: bool,
    waker: Option<Waker>,
}

/// Sets an alarm that rings after `duration`: it is then marked as rung, and wakes the waker it was given last, if any.
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

/// Is ready once its time is over, counted from when it was made.
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

    /// Ready if the alarm has rung. If not, Pending; the alarm then has the waker of this poll, and no longer that of an
    /// earlier one, since the future may have moved to another task.
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        todo!("lock the alarm; Ready if it has rung; else leave a clone of cx.waker() in it, and be Pending")
    }
}

/// Counts down to 1, a number in each poll, so that others have their turn in between.
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

    /// Ready with the name if nothing is left. If something is, prints it, as in `Saturn: 3`, leaves one less, and is
    /// Pending; since it can go on at once, it wakes its own task before it returns.
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<&'static str> {
        todo!("Ready if nothing is left; else print what is left, take one off, wake the waker, and be Pending")
    }
}

/// A waker that wakes a parked thread.
struct Unpark(Thread);

impl Wake for Unpark {
    /// Lets the thread go on. If it is not parked yet, it will not park the next time.
    fn wake(self: Arc<Self>) {
        todo!("unpark the thread")
    }
}

/// The executor: runs a future to its end on this thread, and returns its output. Polls it, and after each poll that was
/// Pending parks the thread until the waker has been woken. It never polls without a reason.
fn block_on<F: Future>(future: F) -> F::Output {
    todo!("make a waker for this thread and a context for it, pin the future; poll and park until it is ready")
}

/// Counts down, holds its breath for a second, and takes off.
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
#[path = "../tests/checks/21_hand_future.rs"]
mod checks;
