//! Closures on the blocking pool: some work, some wait for the program itself, some for somebody outside.

use std::{
    fs::File,
    io::{Read, Write},
    time::Duration,
};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use tokio::{
    runtime::Handle,
    sync::mpsc,
    task::spawn_blocking,
    time::{sleep, timeout},
};
use workbook::recording::Outside;

use super::{HOUR, awaited, is_stuck, returns};

const MINUTE: Duration = Duration::from_secs(60);

#[test]
fn a_closure_that_receives_from_the_program_does_not_hold_time_up() {
    let (sum, recording) = returns(|| async {
        let (tx, mut rx) = mpsc::channel(1);
        let receives = spawn_blocking(move || std::iter::from_fn(|| rx.blocking_recv()).sum::<u32>());
        for number in 0..5 {
            tx.send(number).await.unwrap();
            sleep(MINUTE).await;
        }
        drop(tx);
        receives.await.unwrap()
    });
    assert_eq!(sum, 10);
    assert_eq!(recording.elapsed(), 5 * MINUTE);
    assert_eq!(recording.real_time, []);
}

#[test]
fn a_closure_that_enters_the_runtime_does_not_hold_time_up() {
    let (_, recording) = returns(|| async {
        let (tx, mut rx) = mpsc::channel::<()>(1);
        let enters = spawn_blocking(move || Handle::current().block_on(rx.recv()));
        sleep(HOUR).await;
        drop(tx);
        enters.await.unwrap()
    });
    assert_eq!(recording.elapsed(), HOUR);
}

#[test]
fn a_closure_that_waits_for_the_program_does_not_keep_it_from_being_stuck() {
    is_stuck(|| async {
        let (tx, mut rx) = mpsc::channel::<()>(1);
        spawn_blocking(move || rx.blocking_recv()).await.unwrap();
        drop(tx);
    });
}

#[test]
fn a_timer_fires_while_a_closure_reads_what_somebody_types() {
    let (fired, recording) = returns(|| async {
        let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&terminal).unwrap();
        unlockpt(&terminal).unwrap();
        let mut keys = File::open(ptsname(&terminal, Vec::new()).unwrap().to_str().unwrap()).unwrap();
        let mut reads = spawn_blocking(move || keys.read(&mut [0; 8]).unwrap());
        let fired = timeout(Duration::from_millis(100), &mut reads).await.is_err();
        let mut terminal = File::from(terminal);
        terminal.write_all(b"key\n").unwrap();
        assert_eq!(reads.await.unwrap(), 4);
        fired
    });
    assert!(fired);
    assert_eq!(awaited(&recording), [Outside::Input]);
}
