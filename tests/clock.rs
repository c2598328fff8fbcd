//! The virtual clock is exact for whatever a program does: timers, sockets, files, threads, runtimes of its own.

use std::{hint::black_box, net::SocketAddr, time::Duration};

use axum::{Router, extract::Path, routing::get};
use futures::future::join_all;
use tokio::{
    net::TcpListener,
    runtime::Builder,
    sync::oneshot,
    time::{Instant, sleep},
};
use workbook::{
    record::{self, Recorded},
    recording::{Clock, Outcome},
    runtime::Threads,
    thread,
};

const SECOND: Duration = Duration::from_secs(1);

async fn slow(Path(millis): Path<u64>) -> String {
    sleep(Duration::from_millis(millis)).await;
    format!("slept {millis}")
}

async fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/{millis}", get(slow))).await.unwrap() });
    address
}

/// The latencies of five requests at once, in milliseconds, each written to a file of its own on the way.
async fn fetch_five() -> Vec<u128> {
    let address = serve().await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let fetches = [129, 932, 1086, 1397, 2203].map(|millis: u64| {
        let (client, path) = (client.clone(), folder.path().join(millis.to_string()));
        async move {
            let start = Instant::now();
            let body = client.get(format!("http://{address}/{millis}")).send().await.unwrap().text().await.unwrap();
            let took = start.elapsed();
            tokio::fs::write(&path, &body).await.unwrap();
            assert_eq!(tokio::fs::read_to_string(&path).await.unwrap(), format!("slept {millis}"));
            assert_eq!(start.elapsed(), took, "files take no time");
            took.as_millis()
        }
    });
    join_all(fetches).await
}

/// Says a word in small pieces, several times, and hears how many bytes came only when a word is whole.
#[cfg(target_os = "linux")]
async fn small_pieces() -> u8 {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpStream,
    };

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let counting = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut word = [0; 4];
        while stream.read_exact(&mut word).await.is_ok() {
            stream.write_u8(4).await.unwrap();
        }
    });
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut heard = 0;
    for _ in 0..20 {
        for byte in b"word" {
            stream.write_u8(*byte).await.unwrap();
        }
        heard += stream.read_u8().await.unwrap();
        sleep(SECOND).await;
    }
    drop(stream);
    counting.await.unwrap();
    heard
}

#[cfg(target_os = "linux")]
#[test]
fn small_pieces_that_follow_one_another_are_not_held_back() {
    let Recorded { output, recording } = record::future(Threads::Current, small_pieces);
    assert_eq!(output, Some(80));
    assert_eq!(recording.elapsed(), 20 * SECOND);
}

#[test]
fn http_and_files_take_exactly_their_time() {
    let Recorded { output, recording } = record::future(Threads::Current, fetch_five);
    assert_eq!(output.unwrap(), [129, 932, 1086, 1397, 2203]);
    assert_eq!(recording.elapsed(), Duration::from_millis(2203));
}

#[test]
fn a_day_takes_no_time() {
    let Recorded { recording, .. } = record::future(Threads::Current, || sleep(86_400 * SECOND));
    assert_eq!(recording.elapsed(), 86_400 * SECOND);
}

#[test]
fn a_runtime_of_the_programs_own_runs_on_the_virtual_clock_too() {
    let Recorded { output, recording } = record::function(|| {
        let mut measured = Vec::new();
        for _ in 0..2 {
            let runtime = Builder::new_current_thread().enable_all().build().unwrap();
            measured.push(runtime.block_on(async {
                let start = Instant::now();
                tokio::spawn(sleep(2 * SECOND)).await.unwrap();
                start.elapsed()
            }));
        }
        measured
    });
    assert_eq!(output.unwrap(), [2 * SECOND, 2 * SECOND]);
    assert_eq!(recording.elapsed(), 4 * SECOND);
    assert_eq!(recording.clock, Clock::Virtual);
}

#[test]
fn a_runtime_on_a_thread_of_its_own_does_as_well() {
    let Recorded { recording, .. } = record::function(|| {
        let on_a_thread = || {
            let runtime = Builder::new_current_thread().enable_time().build().unwrap();
            runtime.block_on(async { sleep(2 * SECOND).await });
        };
        std::thread::spawn(on_a_thread).join().unwrap();
    });
    assert_eq!(recording.elapsed(), 2 * SECOND);
}

#[test]
fn a_thread_that_sleeps_blocks_every_task_that_shares_it() {
    let Recorded { output, recording } = record::future(Threads::Current, || async {
        let start = Instant::now();
        let other = tokio::spawn(async move {
            sleep(SECOND).await;
            start.elapsed()
        });
        tokio::task::yield_now().await;
        thread::sleep(3 * SECOND);
        (start.elapsed(), other.await.unwrap())
    });
    assert_eq!(output.unwrap(), (3 * SECOND, 3 * SECOND));
    assert_eq!(recording.blocks.len(), 1);
}

#[test]
fn threads_of_the_blocking_pool_sleep_at_the_same_time() {
    let Recorded { recording, .. } = record::future(Threads::Current, || async {
        let sleeps = [2, 3, 1].map(|count| tokio::task::spawn_blocking(move || thread::sleep(count * SECOND)));
        join_all(sleeps).await;
    });
    assert_eq!(recording.elapsed(), 3 * SECOND);
}

#[test]
fn the_clock_stands_still_while_a_thread_works() {
    let Recorded { output, .. } = record::future(Threads::Current, || async {
        let start = Instant::now();
        let (tx, rx) = oneshot::channel();
        thread::spawn(move || {
            // Work, not waiting: real time passes, virtual time does not.
            let product =
                (0..5_000_000_u64).fold(1, |product: u64, factor| black_box(product).wrapping_mul(factor | 1));
            tx.send(product).unwrap();
        });
        tokio::select! {
            _ = rx => start.elapsed(),
            () = sleep(SECOND) => panic!("the timer went first"),
        }
    });
    assert_eq!(output.unwrap(), Duration::ZERO);
}

#[test]
fn a_thread_may_run_a_runtime_of_its_own() {
    let Recorded { output, recording } = record::function(|| {
        let enter =
            || Builder::new_current_thread().enable_all().build().unwrap().block_on(async { sleep(2 * SECOND).await });
        thread::spawn(enter).join().unwrap();
    });
    assert!(output.is_some());
    assert_eq!(recording.elapsed(), 2 * SECOND);
}

#[test]
fn a_runtime_may_be_kept_from_one_session_to_the_next() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    for _ in 0..3 {
        let Recorded { recording, .. } = record::function(|| {
            runtime.block_on(async { sleep(SECOND).await });
            runtime.block_on(async { sleep(2 * SECOND).await });
        });
        assert_eq!(recording.elapsed(), 3 * SECOND);
        assert_eq!(recording.outcome, Outcome::Returned);
    }
}

#[test]
fn a_runtime_of_many_threads_that_is_only_entered_runs_on_the_real_clock() {
    let Recorded { recording, .. } = record::function(|| {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let _entered = runtime.enter();
        futures::executor::block_on(async { sleep(SECOND / 100).await });
    });
    assert_eq!(recording.clock, Clock::Real);
    assert!(recording.elapsed() >= SECOND / 100);
}

#[test]
fn a_stuck_program_is_given_up() {
    let Recorded { output, recording } = record::future(Threads::Current, || async {
        sleep(SECOND).await;
        let (_tx, rx) = oneshot::channel::<()>();
        let _ = rx.await;
    });
    assert!(output.is_none());
    assert_eq!(recording.outcome, Outcome::Stuck);
    assert_eq!(recording.elapsed(), SECOND);
}

#[test]
fn a_program_that_never_ends_is_given_up() {
    let Recorded { recording, .. } = record::future(Threads::Current, || async {
        loop {
            sleep(86_400 * 365 * SECOND).await;
        }
    });
    assert!(matches!(recording.outcome, Outcome::Runaway(_)));
}

#[test]
fn select_makes_the_same_choices_every_time() {
    let choices = || {
        record::future(Threads::Current, || async {
            let mut choices = Vec::new();
            for _ in 0..32 {
                choices.push(tokio::select! { () = async {} => 'a', () = async {} => 'b' });
            }
            choices
        })
    };
    let first = choices().output.unwrap();
    assert!(first.contains(&'a') && first.contains(&'b'));
    assert_eq!(choices().output.unwrap(), first);
}

#[test]
fn several_threads_run_on_the_real_clock() {
    let Recorded { output, recording } = record::future(Threads::Workers(2), || async {
        join_all((0..100).map(|number| tokio::spawn(async move { number }))).await.len()
    });
    assert_eq!(output, Some(100));
    assert_eq!(recording.clock, Clock::Real);
    assert_eq!(recording.tasks.len(), 101);
}

#[test]
fn more_futures_than_join_all_polls_by_itself_still_overlap() {
    let Recorded { recording, .. } =
        record::future(Threads::Current, || async { _ = join_all((0..100).map(|_| sleep(SECOND))).await });
    assert_eq!(recording.peak(recording.sleeps()), 100);
    assert_eq!(recording.elapsed(), SECOND);
}

#[test]
fn tasks_that_are_as_good_as_done_when_the_program_returns_are_not_lost() {
    for threads in [Threads::Current, Threads::Workers(2)] {
        let Recorded { recording, .. } = record::future(threads, || async {
            let (tx, rx) = oneshot::channel();
            tokio::spawn(async move {
                tx.send(()).unwrap();
                tokio::task::yield_now().await;
            });
            rx.await.unwrap();
            tokio::spawn(sleep(SECOND));
        });
        let alive: Vec<_> = recording.alive_at_return().iter().map(|task| task.name.clone()).collect();
        assert_eq!(alive, ["task 2"], "{threads:?}");
    }
}

#[test]
fn a_closure_on_the_blocking_pool_may_enter_the_runtime_again() {
    let Recorded { recording, .. } = record::future(Threads::Current, || async {
        let inside = || tokio::runtime::Handle::current().block_on(async { sleep(2 * SECOND).await });
        tokio::task::spawn_blocking(inside).await.unwrap();
    });
    assert_eq!(recording.elapsed(), 2 * SECOND);
}

#[test]
fn a_librarys_own_timers_do_not_hide_that_a_program_is_stuck() {
    let Recorded { recording, .. } = record::future(Threads::Current, || async {
        let address = serve().await;
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        client.get(format!("http://{address}/1")).send().await.unwrap().text().await.unwrap();
        std::future::pending::<()>().await;
    });
    assert_eq!(recording.outcome, Outcome::Stuck);
}
