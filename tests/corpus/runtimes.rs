//! Tasks that go with a runtime which the program built by itself, as guises can not.

use std::time::Duration;

use tokio::{
    runtime::Builder,
    sync::{mpsc, oneshot},
    time::{interval, sleep},
};
use workbook::{diagnosis, println, record, report::Finding};

/// What is found in a program that is not async.
pub(crate) fn found(program: fn()) -> Vec<Finding> {
    let recording = record::function(program).recording;
    diagnosis::all(&recording).into_iter().map(|(_, finding)| finding).collect()
}

async fn report() {
    sleep(Duration::from_secs(1)).await;
    println!("reported");
}

#[test]
fn a_task_that_goes_with_its_runtime_is_lost() {
    let line = line!() + 3;
    let found = found(|| {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.spawn(report());
        runtime.block_on(async { sleep(Duration::from_millis(200)).await });
    });
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].code.as_str(), found[0].line), ("W03", line));
    assert_eq!(found[0].message, "task 1 was dropped with the runtime before the work was done");
    assert_eq!(found[0].places[1].label, "task 1 still waited here at 0.2 s (sleep)");
}

#[test]
fn a_task_that_goes_with_the_worker_of_its_runtime_is_lost() {
    let found = found(|| {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let (tx, rx) = oneshot::channel();
            tokio::spawn(async {
                tx.send("begun").unwrap();
                sleep(Duration::from_secs(3600)).await;
            });
            println!("{}", rx.await.unwrap());
            // The only worker comes to this when the other task waits.
            tokio::spawn(async {}).await.unwrap();
        });
    });
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].message, "task 1 was dropped with the runtime before the work was done");
}

#[test]
fn a_task_that_was_done_before_its_runtime_went_is_not_lost() {
    let found = found(|| {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let reporting = runtime.spawn(report());
        runtime.block_on(reporting).unwrap();
    });
    assert_eq!(found, []);
}

#[test]
fn servers_that_go_with_their_runtime_are_not_lost() {
    async fn beat() {
        let mut beats = interval(Duration::from_millis(300));
        loop {
            beats.tick().await;
        }
    }
    async fn serve(mut jobs: mpsc::Receiver<u32>) {
        while let Some(job) = jobs.recv().await {
            println!("job {job}");
        }
    }
    let found = found(|| {
        let (tx, rx) = mpsc::channel(4);
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.spawn(beat());
        runtime.spawn(serve(rx));
        runtime.block_on(async {
            tx.send(1).await.unwrap();
            sleep(Duration::from_secs(1)).await;
        });
    });
    assert_eq!(found, []);
}
