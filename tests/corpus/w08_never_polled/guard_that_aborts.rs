//! Tasks are kept by guards that abort them at the end of their scope, which comes before their first turn.

use std::time::Duration;

use tokio::{
    task::{JoinHandle, spawn_local},
    time::{sleep, timeout},
};
use tokio_util::task::AbortOnDropHandle;
use workbook::println;

/// A guard of the program's own.
struct Ticking(JoinHandle<()>);

impl Drop for Ticking {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn tick() {
    loop {
        sleep(Duration::from_secs(1)).await;
        println!("tick");
    }
}

/// Ticks for as long as it takes to come to an answer, which may be there at once.
async fn answer(pause: Duration) -> u32 {
    let _ticking = AbortOnDropHandle::new(tokio::spawn(tick()));
    let _also = Ticking(tokio::spawn(tick()));
    let _here = Ticking(spawn_local(tick()));
    timeout(Duration::from_secs(10), async {
        if !pause.is_zero() {
            sleep(pause).await;
        }
        42
    })
    .await
    .unwrap_or_default()
}

pub(crate) async fn right() {
    println!("{}", answer(Duration::ZERO).await);
    sleep(Duration::from_secs(1)).await;
}
