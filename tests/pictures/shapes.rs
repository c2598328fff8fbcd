//! Programs worth a picture.

use std::{sync::Arc, time::Duration};

use futures::future::join_all;
use tokio::{
    sync::{Mutex, mpsc, watch},
    time::{sleep, timeout},
};
use workbook::{println, record, recording::Recording, runtime::Threads, thread};

fn record<F: Future<Output = ()> + 'static>(make: impl FnOnce() -> F + 'static) -> Recording {
    record::future(Threads::Current, make).recording
}

async fn millis(count: u64) {
    sleep(Duration::from_millis(count)).await;
}

/// A number of this range that looks like chance and never changes.
fn uneven(nth: u64, from: u64, to: u64) -> u64 {
    from + (nth + 1) * 2_654_435_761 % 1_000_003 % (to - from)
}

async fn count(name: &str) {
    println!("{name}: One");
    millis(1000).await;
    println!("{name}: Two");
}

/// Every shape by its name.
pub(crate) fn all() -> Vec<(&'static str, Recording)> {
    vec![
        ("joined_sleeps", joined_sleeps()),
        ("two_tasks", two_tasks()),
        ("chains", chains()),
        ("queue", queue()),
        ("stuck_locks", stuck_locks()),
        ("panicking", panicking()),
        ("blocked_thread", blocked_thread()),
        ("not_async", not_async()),
        ("cut_short", cut_short()),
        ("select_loop", select_loop()),
        ("no_time", no_time()),
        ("in_turn", in_turn()),
        ("thousand_different", thousand_different()),
        ("thousand_alike", thousand_alike()),
        ("thousand_joined", thousand_joined()),
    ]
}

/// Three waits of one task at once.
pub(crate) fn joined_sleeps() -> Recording {
    record(|| async {
        tokio::join!(count("a"), count("b"), count("c"));
    })
}

/// One task fetches, the other counts, as in exercise 05.
fn two_tasks() -> Recording {
    record(|| async {
        let fetching = tokio::spawn(async {
            println!("[t1] start fetching");
            millis(2000).await;
            println!("[t1] done fetching");
            1
        });
        let counting = tokio::spawn(async {
            for number in 0..10 {
                println!("[t2] {number}");
                millis(500).await;
            }
        });
        let value = fetching.await.expect("no panic");
        println!("[t1] {{data: {value}}}");
        counting.await.expect("no panic");
    })
}

/// Each is loaded, then fired.
fn chains() -> Recording {
    async fn cannon(name: &str, load: u64, fire: u64) {
        millis(load).await;
        println!("{name} loaded");
        millis(fire).await;
        println!("{name} fired");
    }
    record(|| async {
        tokio::join!(cannon("one", 1000, 700), cannon("two", 1500, 500), cannon("three", 600, 2400));
    })
}

/// Five producers and two consumers on a small channel.
fn queue() -> Recording {
    record(|| async {
        let (sender, receiver) = mpsc::channel(2);
        let receiver = Arc::new(Mutex::new(receiver));
        for producer in 0..5 {
            let sender = sender.clone();
            let pauses = (0..4).map(move |number| uneven(producer * 4 + number, 50, 400));
            tokio::spawn(async move {
                for (number, pause) in pauses.enumerate() {
                    millis(pause).await;
                    sender.send(producer * 10 + number as u64).await.expect("a consumer");
                }
            });
        }
        drop(sender);
        let consumers = (0..2).map(|consumer| {
            let receiver = receiver.clone();
            tokio::spawn(async move {
                loop {
                    let job = receiver.lock().await.recv().await;
                    let Some(job) = job else { break };
                    millis(150).await;
                    println!("{consumer}: {job}");
                }
            })
        });
        for consumer in consumers.collect::<Vec<_>>() {
            consumer.await.expect("no panic");
        }
    })
}

/// Two tasks, two locks, the other way round.
fn stuck_locks() -> Recording {
    async fn both(first: Arc<Mutex<()>>, second: Arc<Mutex<()>>) {
        let _first = first.lock().await;
        millis(1000).await;
        let _second = second.lock().await;
        println!("never seen");
    }
    record(|| async {
        let (a, b) = (Arc::new(Mutex::new(())), Arc::new(Mutex::new(())));
        let one = tokio::spawn(both(a.clone(), b.clone()));
        let two = tokio::spawn(both(b, a));
        let _ = tokio::join!(one, two);
    })
}

/// A task panics, another looks at it.
fn panicking() -> Recording {
    record(|| async {
        let failing = tokio::spawn(async {
            millis(700).await;
            assert_eq!(1 + 1, 3, "arithmetic");
        });
        count("main").await;
        println!("the task failed: {}", failing.await.is_err());
    })
}

/// A task blocks the thread that another needs, and a closure on the blocking pool does not.
fn blocked_thread() -> Recording {
    record(|| async {
        let pool = tokio::task::spawn_blocking(|| thread::sleep(Duration::from_millis(300)));
        let polite = tokio::spawn(count("polite"));
        let rude = tokio::spawn(async {
            millis(400).await;
            println!("rude: my turn");
            thread::sleep(Duration::from_millis(1200));
            println!("rude: done");
        });
        let _ = tokio::join!(pool, polite, rude);
    })
}

/// No task at all: a function that blocks twice.
fn not_async() -> Recording {
    let program = || {
        for name in ["first", "second"] {
            println!("{name}");
            thread::sleep(Duration::from_secs(1));
        }
    };
    record::function(program).recording
}

/// In each round one arm of two is dropped.
fn select_loop() -> Recording {
    record(|| async {
        let (sender, mut receiver) = watch::channel(0);
        let watching = tokio::spawn(async move {
            loop {
                tokio::select! {
                    _ = receiver.changed() => println!("changed"),
                    () = millis(300) => break,
                }
            }
        });
        for number in 0..3 {
            millis(200).await;
            sender.send(number).expect("a receiver");
        }
        watching.await.expect("no panic");
    })
}

/// Waits that are dropped, a task that is aborted, one that is still alive at the end.
fn cut_short() -> Recording {
    record(|| async {
        let _alive = tokio::spawn(count("alive"));
        let aborted = tokio::spawn(millis(5000));
        let _ = timeout(Duration::from_millis(500), millis(900)).await;
        aborted.abort();
        millis(250).await;
    })
}

/// Nothing takes time.
pub(crate) fn no_time() -> Recording {
    record(|| async {
        let (sender, mut receiver) = mpsc::channel(1);
        let sending = tokio::spawn(async move {
            for number in 1..4 {
                println!("sending {number}");
                sender.send(number).await.expect("a receiver");
            }
        });
        while let Some(number) = receiver.recv().await {
            println!("got {number}");
        }
        sending.await.expect("no panic");
    })
}

/// Many short waits, one after another.
fn in_turn() -> Recording {
    record(|| async {
        for number in 0..40 {
            if number % 8 == 0 {
                println!("round {number}");
            }
            millis(100).await;
        }
    })
}

/// A thousand tasks that sleep for different times.
fn thousand_different() -> Recording {
    record(|| async {
        let tasks = (0..1000).map(|nth| tokio::spawn(millis(uneven(nth, 1, 3000))));
        for task in tasks.collect::<Vec<_>>() {
            task.await.expect("no panic");
        }
    })
}

/// A thousand tasks that do the same.
pub(crate) fn thousand_alike() -> Recording {
    record(|| async {
        let tasks = (0..1000).map(|number| {
            tokio::spawn(async move {
                millis(1000).await;
                println!("{number}");
            })
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await.expect("no panic");
        }
    })
}

/// A thousand waits of one task.
fn thousand_joined() -> Recording {
    record(|| async {
        join_all((0..1000).map(|_| millis(1000))).await;
    })
}

/// Names and lines that would like to be more than text.
pub(crate) fn hostile() -> Recording {
    const NAMES: [&str; 3] =
        ["<script>alert(1)</script>", "\u{1b}[31m\u{202e}evil ]]> & \"'", "\u{0}\u{b}数字 👩‍👩‍👧 \u{ffff}"];
    record(|| async {
        let mut tasks = Vec::new();
        for name in NAMES {
            let task = async move {
                println!("{name} <b onload='x'>&amp; ☀\u{fe0f} \u{9b}31m שלום \u{2028}{name}{name}");
                print_parts(name);
                millis(500).await;
                panic!("{name}");
            };
            tasks.push(tokio::task::Builder::new().name(name).spawn(task).expect("a runtime"));
        }
        for task in tasks {
            let _ = task.await;
        }
    })
}

fn print_parts(name: &str) {
    workbook::print!("\u{1b}]0;title\u{7}{name}");
    println!("\u{1b}[2J\u{8}\u{8}\t|");
}
