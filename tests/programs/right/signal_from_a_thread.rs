//! Main waits for SIGUSR1, which a thread sends after 150 ms.
//!
//! Source: own small program of this shape

use std::{
    process::{self, Command},
    thread,
    time::Duration,
};

use tokio::signal::unix::{SignalKind, signal};

async fn app() {
    let mut signals = signal(SignalKind::user_defined1()).unwrap();
    thread::spawn(|| {
        thread::sleep(Duration::from_millis(150));
        Command::new("kill").args(["-USR1", &process::id().to_string()]).status().unwrap();
    });
    signals.recv().await;
    println!("signalled");
}

pub(crate) fn main() {
    workbook::run(app())
}
