//! Who looked at a panic, where every await has an identity: W04 comes when it is known that nobody did, and only then.

use std::time::Duration;

use futures::{
    StreamExt, TryStreamExt,
    future::join_all,
    stream::{self, FuturesUnordered},
};
use tokio::{
    task::{JoinError, JoinSet},
    time::{sleep, timeout},
};
use workbook::{
    diagnosis::{self, Code},
    record,
    runtime::Threads,
};

/// The codes of a program's findings, with their lines from `from` on.
fn found<F: Future<Output = ()> + 'static>(from: u32, program: fn() -> F) -> Vec<(Code, u32)> {
    let recording = record::future(Threads::Current, program).recording;
    assert!(recording.identified);
    diagnosis::all(&recording).into_iter().map(|(code, finding)| (code, finding.line.saturating_sub(from))).collect()
}

const FAIL: u32 = line!() + 1;
#[workbook::awaits::tracked]
async fn fail(after: u64) -> u64 {
    sleep(Duration::from_millis(after)).await;
    panic!("on purpose")
}

const AT_THE_PANIC: (Code, u32) = (Code::W04, 3);

#[workbook::awaits::tracked]
async fn rest() {
    sleep(Duration::from_secs(1)).await;
}

#[test]
#[workbook::awaits::tracked]
#[expect(clippy::redundant_pattern_matching, reason = "as it is found in programs")]
fn a_result_that_is_thrown_away_is_not_looked_at() {
    let by_handle = found(FAIL, || async {
        let _ = tokio::spawn(fail(10)).await;
    });
    assert_eq!(by_handle, [AT_THE_PANIC]);
    let by_set = found(FAIL, || async {
        let mut set = JoinSet::new();
        set.spawn(fail(10));
        set.spawn(fail(20));
        while let Some(_) = set.join_next().await {}
    });
    assert_eq!(by_set, [AT_THE_PANIC]);
}

#[test]
#[workbook::awaits::tracked]
fn the_finding_names_the_line_that_threw_the_error_away() {
    let recording = record::future(Threads::Current, || async {
        let _ = tokio::spawn(fail(10)).await;
    });
    let [(Code::W04, finding)] = &diagnosis::all(&recording.recording)[..] else { panic!("one finding") };
    assert!(finding.message.ends_with("and the error was thrown away"), "{}", finding.message);
    let thrown = finding.places.iter().find(|place| place.label.contains("thrown away")).unwrap();
    assert_eq!(thrown.line, line!() - 5);
}

#[test]
#[workbook::awaits::tracked]
fn a_handle_that_is_kept_and_never_awaited_is_not_looked_at() {
    let kept = found(FAIL, || async {
        let _kept = tokio::spawn(fail(10));
        rest().await;
    });
    assert_eq!(kept, [AT_THE_PANIC]);
    let some_awaited = found(FAIL, || async {
        let tasks: Vec<_> = (0..3).map(|_| tokio::spawn(fail(10))).collect();
        rest().await;
        for task in tasks.into_iter().take(2) {
            assert!(task.await.is_err());
        }
    });
    assert_eq!(some_awaited, [AT_THE_PANIC]);
}

#[test]
#[workbook::awaits::tracked]
fn an_error_that_is_kept_is_looked_at_however_it_was_awaited() {
    fn is_panic(result: Result<u64, JoinError>) {
        assert!(result.unwrap_err().is_panic());
    }
    let nothing: [Vec<(Code, u32)>; 6] = [
        found(FAIL, || async { is_panic(tokio::spawn(fail(10)).await) }),
        found(FAIL, || async {
            let early = tokio::spawn(fail(10));
            rest().await;
            is_panic(early.await);
        }),
        found(FAIL, || async { is_panic(timeout(Duration::from_secs(1), tokio::spawn(fail(10))).await.unwrap()) }),
        found(FAIL, || async {
            join_all((1..4).map(|n| tokio::spawn(fail(n)))).await.into_iter().for_each(is_panic);
        }),
        found(FAIL, || async {
            let mut all: FuturesUnordered<_> = (1..4).map(|n| tokio::spawn(fail(n))).collect();
            while let Some(result) = all.next().await {
                is_panic(result);
            }
        }),
        found(FAIL, || async {
            let mut set = JoinSet::new();
            set.spawn(fail(0));
            rest().await;
            is_panic(set.join_next().await.unwrap());
        }),
    ];
    assert!(nothing.iter().all(Vec::is_empty), "{nothing:?}");
}

#[test]
#[workbook::awaits::tracked]
fn of_an_error_that_went_through_a_library_nothing_is_said() {
    let silent: [Vec<(Code, u32)>; 2] = [
        found(FAIL, || async {
            let mut all: FuturesUnordered<_> = (1..4).map(|n| tokio::spawn(fail(n))).collect();
            assert!(all.try_next().await.is_err());
            while let Some(result) = all.next().await {
                assert!(result.is_err());
            }
        }),
        found(FAIL, || async {
            let tasks = stream::iter(1..4).map(|n| tokio::spawn(fail(n)));
            tasks.buffer_unordered(3).for_each(|result| async move { assert!(result.is_err()) }).await;
        }),
    ];
    assert!(silent.iter().all(Vec::is_empty), "{silent:?}");
}

#[test]
#[workbook::awaits::tracked]
fn a_panic_that_a_hang_comes_from_is_told_before_the_hang() {
    const HANG: u32 = line!();
    let found = found(HANG, || async {
        let (tx, mut rx) = tokio::sync::mpsc::channel::<u32>(1);
        let own = tx.clone();
        let kept = tokio::spawn(async move {
            tx.send(1).await.unwrap();
            panic!("before the second");
        });
        while rx.recv().await.is_some() {}
        drop((own, kept));
    });
    assert_eq!(found, [(Code::W04, 6), (Code::W01, 8)]);
}
