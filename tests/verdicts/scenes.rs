//! Checks as the check files have them, right and wrong ones.

use std::time::Duration;

use tokio::time::{sleep, timeout};
use workbook::check::{check, expect, fail, secs};

async fn nap(seconds: u64) -> u64 {
    sleep(Duration::from_secs(seconds)).await;
    seconds
}

async fn leaves_a_task() -> u64 {
    tokio::spawn(nap(100));
    nap(1).await
}

#[test]
#[ignore = "run by the test of its verdict"]
fn the_first_of_two_runs_is_wrong() {
    check("two runs", |c| {
        let (first, second) = (c.run(|| nap(6)), c.run(|| nap(3)));
        second.takes(secs(3.0), "The second takes three seconds.");
        first.takes(secs(3.0), "The first takes three seconds.");
    });
}

#[test]
#[ignore = "run by the test of its verdict"]
fn what_was_read_of_the_second_of_three_runs_is_wrong() {
    check("three runs", |c| {
        let [first, second, third] = [1, 2, 3].map(|seconds| c.run(move || nap(seconds)));
        expect(*first.output() == 1 && *third.output() == 3, "The first and the third are right.");
        expect(second.recording().sleeps().len() == 7, "The second run is wrong.");
    });
}

#[test]
#[ignore = "run by the test of its verdict"]
fn one_run_loses_a_task_and_another_one_fails() {
    check("two runs", |c| {
        c.run(leaves_a_task);
        c.run(|| nap(2)).returns(1, "The second run returns 1.");
    });
}

#[test]
#[ignore = "run by the test of its verdict"]
fn the_first_run_loses_a_task_and_nothing_else_is_wrong() {
    check("two runs", |c| {
        c.run(leaves_a_task);
        c.run(|| nap(2)).returns(2, "The second run returns 2.");
    });
}

#[test]
#[ignore = "run by the test of its verdict"]
fn the_check_judges_inside_of_a_run() {
    check("patience", |c| {
        c.run(|| async {
            tokio::spawn(nap(1000));
            nap(1).await;
            if timeout(secs(60.0), std::future::pending::<()>()).await.is_err() {
                fail("Nobody answered.");
            }
        });
    });
}

#[test]
#[ignore = "run by the test of its verdict"]
fn nothing_is_printed() {
    check("says hello", |c| c.run(|| nap(1)).says(["hello"], "It says hello."));
}

async fn in_turn() {
    nap(1).await;
    nap(2).await;
}

#[test]
#[ignore = "run by the test of its verdict"]
fn two_wait_in_turn() {
    check("at once", |c| {
        let run = c.run(in_turn);
        run.overlap(run.recording().sleeps(), 2, "They waited in turn.");
    });
}

#[test]
#[ignore = "run by the test of its verdict"]
fn two_of_three_wait_at_once() {
    check("at once", |c| {
        let run = c.run(|| async {
            tokio::join!(nap(1), nap(1));
            nap(1).await
        });
        run.overlap(run.recording().sleeps(), 3, "They waited in turn.");
    });
}

#[test]
#[ignore = "run by the test of its verdict"]
fn three_wait_instead_of_two() {
    check("at once", |c| {
        let run = c.run(|| async { tokio::join!(nap(1), nap(1), nap(2)) });
        run.overlap(run.recording().sleeps(), 2, "They waited in turn.");
    });
}

#[test]
#[ignore = "run by the test of its verdict"]
fn nothing_waits() {
    check("at once", |c| {
        let run = c.run(|| async {});
        run.overlap(run.recording().sleeps(), 2, "They waited in turn.");
    });
}

#[test]
#[ignore = "run by the test of its verdict"]
fn two_wait_at_once_that_should_not() {
    check("in turn", |c| {
        let run = c.run(|| async { tokio::join!(nap(1), nap(1)) });
        run.overlap(run.recording().sleeps(), 1, "They overlapped.");
    });
}

#[test]
#[ignore = "run by the test of its verdict"]
fn all_is_well() {
    check("well", |c| c.run(|| nap(3)).takes(secs(3.0), "It takes three seconds."));
}

#[test]
#[ignore = "run by the test of its verdict"]
fn three_hundred_sockets_are_opened() {
    check("sockets", |c| {
        let run = c.run(|| async {
            let listen = || std::net::TcpListener::bind("127.0.0.1:0");
            (0..300).map(|_| listen()).collect::<Result<Vec<_>, _>>().is_ok()
        });
        run.returns(true, "Three hundred sockets are open at once.");
    });
}

#[test]
#[ignore = "run by the test of its verdict"]
fn a_port_is_told() {
    check("ports", |c| c.run(|| nap(1)).returns(2, "Nobody listens at http://127.0.0.1:40123/a."));
}
