//! A program like an exercise's, which ends in the way that its last argument names. `tests/program/main.rs` runs it.

use std::{future::pending, time::Duration};

use tokio::time::sleep;
use workbook::println;

fn main() {
    workbook::run(end(std::env::args().next_back().unwrap_or_default()));
}

async fn end(way: String) {
    println!("it begins");
    sleep(Duration::from_secs(1)).await;
    match way.as_str() {
        "returns" => {}
        "stuck" => pending().await,
        "panics" => panic!("ouch"),
        "panics everywhere" => panic_everywhere().await,
        "exits" => std::process::exit(3),
        "held" => loop {
            std::hint::spin_loop();
        },
        "leaves a closure" => drop(tokio::task::spawn_blocking(|| {
            loop {
                std::thread::sleep(Duration::from_millis(1));
            }
        })),
        "ends a closure" => drop(tokio::task::spawn_blocking(|| {})),
        "floods" => loop {
            println!("more");
        },
        "forever" => loop {
            sleep(Duration::from_secs(86_400)).await;
        },
        #[cfg(unix)]
        "signalled" => {
            use tokio::signal::unix::{SignalKind, signal};
            let mut signals = signal(SignalKind::user_defined1()).unwrap();
            println!("it waits");
            signals.recv().await;
        }
        "called" => {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            println!("it waits at {}", listener.local_addr().unwrap());
            listener.accept().await.unwrap();
        }
        _ => std::println!("no way to end is called '{way}'"),
    }
}

/// Panics wherever a program may, and looks at each of them.
async fn panic_everywhere() {
    eprintln!("a task:");
    assert!(tokio::spawn(async { panic!("of a task") }).await.is_err());
    eprintln!("the blocking pool:");
    assert!(tokio::task::spawn_blocking(|| panic!("of the pool")).await.is_err());
    eprintln!("a thread:");
    assert!(std::thread::spawn(|| panic!("of a thread")).join().is_err());
    eprintln!("main:");
    panic!("of main");
}
