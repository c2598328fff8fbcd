//! Child processes, and signals.

use std::{process::Stdio, time::Duration};

use tokio::{
    io::AsyncReadExt,
    process::Command,
    signal::unix::{SignalKind, signal},
    time::{interval, timeout},
};
use workbook::recording::Outside;

use super::{HOUR, awaited, is_stuck, returns};

fn shell(script: &str) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(script).stdin(Stdio::null());
    command
}

#[test]
fn a_deadline_around_a_child_does_not_fire_while_it_lives() {
    let (status, recording) = returns(|| async { timeout(HOUR, shell("sleep 0.2").status()).await });
    assert!(status.expect("no deadline").unwrap().success());
    assert_eq!(awaited(&recording), [Outside::Child]);
    assert!(recording.elapsed() < HOUR);
}

#[test]
fn a_child_that_takes_its_time_is_no_end_of_the_program() {
    let (output, recording) = returns(|| async { shell("sleep 0.2; echo hi").output().await.unwrap() });
    assert_eq!(output.stdout, b"hi\n");
    assert_eq!(awaited(&recording), [Outside::Child]);
}

#[test]
fn a_timer_beside_a_child_ticks_at_its_real_pace() {
    let (ticks, recording) = returns(|| async {
        let mut child = shell("sleep 0.2").spawn().unwrap();
        let mut timer = interval(Duration::from_millis(10));
        let mut ticks = 0;
        loop {
            tokio::select! {
                _ = child.wait() => break ticks,
                _ = timer.tick() => ticks += 1,
            }
        }
    });
    // One at once, and then one for each 10 ms; `returns` has seen to it that these were no faster than real ones.
    let due = recording.elapsed().as_millis() / 10 + 1;
    assert!(ticks == due || ticks + 1 == due, "{ticks} of {due}: the last may come with the end of the child");
    assert_eq!(awaited(&recording), [Outside::Child]);
}

#[test]
fn time_jumps_again_once_a_child_has_ended() {
    let (_, recording) = returns(|| async {
        shell("sleep 0.1").status().await.unwrap();
        tokio::time::sleep(HOUR).await;
    });
    assert_eq!(awaited(&recording), [Outside::Child]);
    assert!(recording.elapsed() >= HOUR);
}

#[test]
fn a_child_of_a_child_that_still_writes_is_waited_for() {
    let (output, _) = returns(|| async { shell("(sleep 0.2; echo late) & exit").output().await.unwrap() });
    assert_eq!(output.stdout, b"late\n");
}

#[test]
fn a_child_that_waits_until_its_output_is_read_can_do_nothing() {
    is_stuck(|| async {
        let mut child = shell("head -c 300000 /dev/zero").stdout(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
        child.wait().await
    });
}

#[test]
fn a_child_that_waits_for_the_end_of_its_input_can_do_nothing() {
    is_stuck(|| async {
        let mut child = Command::new("cat");
        let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
        let _never_closed = child.stdin.take();
        let mut output = String::new();
        child.stdout.take().unwrap().read_to_string(&mut output).await
    });
}

#[test]
fn a_signal_that_a_child_sends_later_is_waited_for() {
    returns(|| async {
        let mut signals = signal(SignalKind::user_defined1()).unwrap();
        let id = std::process::id();
        let _sends = shell(&format!("sleep 0.2; kill -USR1 {id}")).spawn().unwrap();
        timeout(HOUR, signals.recv()).await.expect("no deadline");
    });
}

#[test]
fn nobody_sends_a_signal_to_a_program_that_nobody_looks_at() {
    is_stuck(|| async { signal(SignalKind::user_defined2()).unwrap().recv().await });
}
