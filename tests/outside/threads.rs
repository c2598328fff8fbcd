//! Threads of the standard library.

use std::{hint::black_box, sync::mpsc, thread, time::Duration};

use tokio::{runtime::Builder, sync::oneshot, time::timeout};
use workbook::{record, recording::Outside};

use super::{HOUR, awaited, is_stuck, returns};

#[test]
fn a_thread_that_answers_later_is_waited_for() {
    for millis in [1, 45, 200] {
        let (answer, recording) = returns(move || async move {
            let (tx, rx) = oneshot::channel();
            thread::spawn(move || {
                thread::sleep(Duration::from_millis(millis));
                tx.send(42).unwrap();
            });
            timeout(HOUR, rx).await.expect("no deadline").unwrap()
        });
        assert_eq!(answer, 42);
        assert!(recording.elapsed() < HOUR);
    }
}

#[test]
fn a_thread_that_computes_is_waited_for() {
    let (answer, recording) = returns(|| async {
        let (tx, rx) = oneshot::channel();
        thread::spawn(move || {
            let sum = (0..20_000_000_u64).fold(1, |product: u64, factor| black_box(product).wrapping_mul(factor | 1));
            tx.send(sum % 2).unwrap();
        });
        timeout(HOUR, rx).await.expect("no deadline").unwrap()
    });
    assert_eq!(answer, 1);
    assert_eq!(awaited(&recording), [Outside::Thread]);
}

#[test]
fn a_thread_that_waits_for_the_program_can_do_nothing() {
    is_stuck(|| async {
        let (ask, asked) = mpsc::channel::<()>();
        let (tx, rx) = oneshot::channel();
        thread::spawn(move || {
            asked.recv().unwrap();
            tx.send(()).unwrap();
        });
        let _ = rx.await;
        ask.send(())
    });
}

#[test]
fn a_thread_that_ends_without_an_answer_is_waited_for_until_then() {
    is_stuck(|| async {
        let (tx, rx) = oneshot::channel::<()>();
        let thread = thread::spawn(|| thread::sleep(Duration::from_millis(50)));
        let _ = rx.await;
        drop(tx);
        thread.join()
    });
}

#[test]
fn a_thread_that_another_session_left_asleep_holds_no_time_up() {
    returns(|| async { _ = thread::spawn(|| thread::sleep(HOUR)) });
    let (_, recording) = returns(|| tokio::time::sleep(HOUR));
    assert_eq!(recording.elapsed(), HOUR);
    assert_eq!(recording.real_time, []);
}

#[test]
fn threads_with_runtimes_of_their_own_are_waited_for() {
    let search = |number: u64, found: tokio::sync::mpsc::Sender<u64>| {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            tokio::time::sleep(HOUR * (number as u32 + 1)).await;
            found.send(number).await.unwrap();
        });
    };
    for _ in 0..20 {
        let run = record::function(move || {
            let (tx, mut rx) = tokio::sync::mpsc::channel(1);
            let threads: Vec<_> = (0..3).map(|number| (number, tx.clone())).collect();
            drop(tx);
            let threads: Vec<_> =
                threads.into_iter().map(|(number, tx)| thread::spawn(move || search(number, tx))).collect();
            let runtime = Builder::new_current_thread().enable_all().build().unwrap();
            let sum = runtime.block_on(async {
                let mut sum = 0;
                while let Some(number) = rx.recv().await {
                    sum += number;
                }
                sum
            });
            threads.into_iter().for_each(|thread| thread.join().unwrap());
            sum
        });
        assert_eq!(run.output, Some(3), "{:?}", run.recording.outcome);
    }
}
