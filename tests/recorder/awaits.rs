//! Awaits that have an identity, as in a program that the companion builds: every wait is exact, whatever joins them.

use std::{pin::Pin, time::Duration};

use futures::{StreamExt, future::join_all, stream::FuturesUnordered};
use tokio::{
    sync::{Mutex, broadcast, mpsc, oneshot},
    task::JoinSet,
    time::{sleep, timeout},
};
use workbook::recording::{Recording, Wait, WaitKind};

use super::record;

/// A wait as its kind, the line it is at from `first` on, and its begin and end in milliseconds.
fn told(wait: &Wait, first: u32) -> (WaitKind, u32, u128, Option<(u128, bool)>) {
    let end = wait.end.map(|end| (end.at.time().as_millis(), end.ready));
    (wait.kind.clone(), wait.line().unwrap().line - first, wait.began.time().as_millis(), end)
}

#[workbook::awaits::tracked]
async fn nap(millis: u64) {
    sleep(Duration::from_millis(millis)).await;
}

const ARM: u32 = line!() + 1;
#[workbook::awaits::tracked]
async fn arm(mut first: mpsc::Receiver<u32>, second: oneshot::Receiver<u32>) -> u32 {
    let a = first.recv().await.unwrap();
    a + second.await.unwrap()
}

/// Ten arms of one async function with two waits each: the first end after 10, 20, … 100 ms, the second, in the other
/// order, after 110, … 200 ms.
#[workbook::awaits::tracked]
fn ten_arms<F: Future<Output = ()>>(join: impl FnOnce(Vec<Pin<Box<dyn Future<Output = u32>>>>) -> F + 'static) {
    let recording = record(|| async move {
        let mut arms: Vec<Pin<Box<dyn Future<Output = u32>>>> = Vec::new();
        let mut senders = Vec::new();
        for _ in 0..10 {
            let (tx, rx) = mpsc::channel(1);
            let (late, last) = oneshot::channel();
            arms.push(Box::pin(arm(rx, last)));
            senders.push((tx, late));
        }
        tokio::spawn(async move {
            for (tx, _) in &senders {
                nap(10).await;
                tx.try_send(1).unwrap();
            }
            for (_, late) in senders.into_iter().rev() {
                nap(10).await;
                late.send(1).unwrap();
            }
        });
        join(arms).await;
    });
    assert!(recording.identified);
    let of_arms = recording.waits.iter().filter(|wait| wait.task.0 == 0).map(|wait| told(wait, ARM));
    let (mut first, rest): (Vec<_>, Vec<_>) = of_arms.partition(|(kind, ..)| *kind == WaitKind::MpscRecv);
    let mut second: Vec<_> = rest.into_iter().filter(|(kind, ..)| *kind != WaitKind::Interval).collect();
    first.sort_by_key(|(.., end)| *end);
    second.sort_by_key(|(_, _, begin, _)| *begin);
    let ten = (1..=10_u128).map(|n| 10 * n);
    let firsts: Vec<_> = ten.clone().map(|end| (WaitKind::MpscRecv, 2, 0, Some((end, true)))).collect();
    assert_eq!(first, firsts);
    let seconds: Vec<_> = ten.map(|begin| (WaitKind::Oneshot, 3, begin, Some((210 - begin, true)))).collect();
    assert_eq!(second, seconds);
}

#[test]
#[workbook::awaits::tracked]
fn ten_arms_of_one_function_under_join_all() {
    ten_arms(|arms| async {
        join_all(arms).await;
    });
}

#[test]
#[workbook::awaits::tracked]
fn ten_arms_of_one_function_in_a_futures_unordered() {
    ten_arms(|arms| async {
        let mut arms: FuturesUnordered<_> = arms.into_iter().collect();
        while arms.next().await.is_some() {}
    });
}

#[test]
#[workbook::awaits::tracked]
fn ten_arms_of_one_function_beside_an_interval() {
    ten_arms(|arms| async {
        let mut left = join_all(arms);
        let mut ticks = tokio::time::interval(Duration::from_millis(7));
        loop {
            tokio::select! {
                _ = &mut left => break,
                _ = async { ticks.tick().await } => {}
            }
        }
    });
}

#[test]
#[workbook::awaits::tracked]
fn an_arm_that_is_dropped_was_not_ready() {
    let first = line!();
    let recording = record(|| async {
        let (_tx, rx) = oneshot::channel::<()>();
        tokio::select! {
            _ = rx => {}
            () = nap(5) => {}
        }
        nap(5).await;
    });
    let waits = recording.waits_for(WaitKind::Oneshot);
    assert_eq!(told(waits[0], first), (WaitKind::Oneshot, 4, 0, Some((5, false))));
    let lines: Vec<_> = recording.sleeps()[0].lines.iter().map(|line| line.line).collect();
    assert_eq!(lines[0], first + 5, "the arm leads to the sleep in the function");
}

#[test]
#[workbook::awaits::tracked]
fn a_deadline_and_what_it_is_for_are_two_waits_of_one_line() {
    let first = line!();
    let recording = record(|| async {
        let (_tx, mut rx) = mpsc::channel::<()>(1);
        let late = timeout(Duration::from_millis(5), rx.recv()).await;
        assert!(late.is_err());
        let late = timeout(Duration::from_millis(5), sleep(Duration::from_millis(9))).await;
        assert!(late.is_err());
    });
    let waits: Vec<_> = recording.waits.iter().map(|wait| told(wait, first)).collect();
    assert_eq!(waits.len(), 4, "{waits:?}");
    for wait in [
        (WaitKind::MpscRecv, 3, 0, Some((5, true))),
        (WaitKind::Timeout, 3, 0, Some((5, true))),
        (WaitKind::Sleep, 5, 5, Some((10, false))),
        (WaitKind::Timeout, 5, 5, Some((10, true))),
    ] {
        assert!(waits.contains(&wait), "{wait:?} is not among {waits:?}");
    }
}

#[test]
#[workbook::awaits::tracked]
fn a_future_that_is_handed_on_waits_in_the_task_that_has_it() {
    let recording = record(|| async {
        let (tx, rx) = oneshot::channel::<()>();
        let mut receives = Box::pin(async move { rx.await.unwrap() });
        assert!(futures::poll!(&mut receives).is_pending());
        nap(5).await;
        let task = tokio::spawn(receives);
        nap(5).await;
        tx.send(()).unwrap();
        task.await.unwrap();
    });
    let waits = recording.waits_for(WaitKind::Oneshot);
    let told: Vec<_> = waits.iter().map(|wait| (wait.task.0, told(wait, 0).2, told(wait, 0).3)).collect();
    assert_eq!(told, [(0, 0, Some((5, false))), (1, 5, Some((10, true)))]);
}

#[test]
#[workbook::awaits::tracked]
fn a_guard_is_taken_at_the_line_of_its_await() {
    let first = line!();
    let recording = record(|| async {
        let lock = Mutex::new(());
        let guard = lock.lock().await;
        nap(5).await;
        drop(guard);
    });
    assert_eq!(recording.holds[0].line.as_ref().unwrap().line - first, 3);
}

fn looks(recording: &Recording, first: u32) -> Vec<(Vec<usize>, u32, bool)> {
    let looks = recording.looks.iter();
    looks
        .map(|look| (look.tasks.iter().map(|task| task.0).collect(), look.line.line - first, look.thrown_away))
        .collect()
}

#[test]
#[workbook::awaits::tracked]
fn who_is_told_of_a_panic_is_known() {
    let first = line!();
    let recording = record(|| async {
        let fails = || tokio::spawn(async { panic!("no") });
        let early = fails();
        nap(5).await;
        let told: Result<(), _> = early.await;
        assert!(told.is_err());
        let _ = fails().await;
        let mut set = JoinSet::new();
        set.spawn(async { panic!("no") });
        while let Some(ended) = set.join_next().await {
            assert!(Result::<(), _>::is_err(&ended));
        }
        let _: Vec<Result<(), _>> = join_all([fails(), fails()]).await;
    });
    assert_eq!(
        looks(&recording, first),
        [(vec![1], 5, false), (vec![2], 7, true), (vec![3], 10, false), (vec![4, 5], 13, false)]
    );
}

#[test]
#[workbook::awaits::tracked]
fn a_receiver_that_lags_is_told_so() {
    let recording = record(|| async {
        let (tx, mut rx) = broadcast::channel(1);
        for n in 0..4 {
            tx.send(n).unwrap();
        }
        assert!(rx.recv().await.is_err());
    });
    assert_eq!(recording.lags.iter().map(|lag| (lag.task.unwrap().0, lag.missed)).collect::<Vec<_>>(), [(0, 3)]);
}

/// By this name the error of a stream of tokio-stream is known, of which the workbook is not built.
#[derive(Debug)]
#[expect(dead_code, reason = "its Debug tells the number")]
enum BroadcastStreamRecvError {
    Lagged(u64),
}

#[test]
#[workbook::awaits::tracked]
fn a_stream_whose_receiver_lags_is_told_so() {
    let recording = record(|| async {
        let mut items = futures::stream::iter([Err::<(), _>(BroadcastStreamRecvError::Lagged(7))]);
        assert!(items.next().await.is_some());
    });
    assert_eq!(recording.lags.iter().map(|lag| lag.missed).collect::<Vec<_>>(), [7]);
}

#[test]
#[workbook::awaits::tracked]
fn ticks_that_were_due_before_the_one_before_them_was_taken_are_known() {
    let recording = record(|| async {
        let mut ticks = tokio::time::interval(Duration::from_secs(1));
        for nth in 0..6 {
            ticks.tick().await;
            if nth == 0 {
                nap(3500).await;
            }
        }
    });
    let overdue = recording.overdue_ticks.iter();
    let seconds = |nanos: u64| nanos / 1_000_000_000;
    let told: Vec<_> = overdue.map(|tick| (seconds(tick.due_nanos), tick.at.time().as_millis())).collect();
    assert_eq!(told, [(2, 3500), (3, 3500)]);
}
