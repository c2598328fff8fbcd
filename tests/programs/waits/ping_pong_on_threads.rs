//! Two tasks on two threads hand a ball to each other. Each waits for the ball before it lets go of its own, so who waits
//! for whom is known however busy the machine is; when is not.
//!
//! Source: own small program of this shape

use tokio::sync::mpsc::{self, Receiver};

use crate::expect;

const ROUNDS: u64 = 5;

async fn ping(returned: &mut Receiver<u64>) {
    returned.recv().await.unwrap(); //~ at: ping
}

async fn pong(received: &mut Receiver<u64>) {
    received.recv().await.unwrap(); //~ at: pong
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn app() {
    for round in 0..ROUNDS {
        let pong = expect::at("pong").kind("recv").task("task 1").made_at("to the other");
        pong.woken_by("main").ready_some_time();
        if round > 0 {
            expect::at("ping").kind("recv").made_at("back").woken_by("task 1").ready_some_time();
        }
    }
    let (there, mut received) = mpsc::channel(1); //~ at: to the other
    let (back, mut returned) = mpsc::channel(1); //~ at: back
    let other = tokio::spawn(async move {
        for round in 0..ROUNDS {
            let ((), sent) = futures::join!(pong(&mut received), back.send(round));
            sent.unwrap();
        }
    });
    returned.recv().await.unwrap();
    for round in 1..ROUNDS {
        let ((), sent) = futures::join!(ping(&mut returned), there.send(round));
        sent.unwrap();
    }
    there.send(0).await.unwrap();
    other.await.unwrap();
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
