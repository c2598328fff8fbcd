//! What is plainly written, and what is not.

use proc_macro2::{TokenStream, TokenTree};

use super::{at, find};
use crate::recording::{Location, Unheeded};

const RECV: &str = "tokio::sync::broadcast::Receiver<u32>::recv::{{closure}}";
const TIMED: &str = "tokio::time::timeout::Timeout<tokio::sync::broadcast::Receiver<u32>::recv::{{closure}}>";
const ITEM: &str = "futures_util::stream::stream::next::Next<tokio_stream::wrappers::broadcast::BroadcastStream<u32>>";

/// What is found at the place of `rx` or `timeout` in the body of a function.
fn of(body: &str, what: &str) -> Option<Unheeded> {
    let source = format!("async fn f() {{ {body} }}");
    let column = ["timeout(", "rx.recv()", "rx.next()"].iter().find_map(|awaited| source.find(awaited)).unwrap() + 1;
    let file: Vec<TokenTree> = source.parse::<TokenStream>().unwrap().into_iter().collect();
    let place = Location { file: "".into(), line: 1, column: column as u32 };
    assert!(find(&file, &place).is_some());
    at(&file, &place, what)
}

#[track_caller]
fn all(bodies: &[&str], unheeded: Option<Unheeded>) {
    for body in bodies {
        assert_eq!(of(body, RECV), unheeded, "{body}");
    }
}

#[test]
fn a_lag_that_is_taken_for_the_end_leaves() {
    all(
        &[
            "while let Ok(x) = rx.recv().await { use_it(x); }",
            "while let Ok(_) = rx.recv().await { n += 1; }",
            "while let Some(x) = rx.recv().await.ok() { use_it(x); }",
            "while rx.recv().await.is_ok() {}",
            "let Ok(x) = rx.recv().await else { return };",
            "let Ok(x) = rx.recv().await else { break; };",
            "let x = match rx.recv().await { Ok(x) => x, Err(_) => break };",
            "match rx.recv().await { Ok(x) => f(x), Err(e) => return total }",
            "match rx.recv().await { Ok(x) => f(x), Err(_late) => break 'all }",
            "match rx.recv().await { Ok(x) => f(x), _ => { return Ok(()); } }",
            "let r = rx.recv().await; if let Ok(x) = r { f(x) } else { break }",
            "select! { r = rx.recv() => match r { Ok(x) => f(x), Err(_) => break }, _ = t.tick() => {} }",
            "let x = rx.recv().await.ok()?;",
        ],
        Some(Unheeded::Leaves),
    );
}

#[test]
fn a_lag_that_is_passed_over_goes_on() {
    all(
        &[
            "match rx.recv().await { Ok(x) => f(x), Err(RecvError::Lagged(_)) => continue, Err(RecvError::Closed) => break }",
            "match rx.recv().await { Err(RecvError::Closed) => break, Ok(x) => f(x), Err(RecvError::Lagged(_n)) => {} }",
            "match rx.recv().await { Ok(x) => f(x), Err(Closed) => break, Err(Lagged(..)) => (), }",
            "match rx.recv().await { Ok(x) => f(x), _ => {} }",
            "match rx.recv().await { Ok(x) => if x > 1 { f(x) } else { g(x, 1) } Err(_) => continue, }",
            "match rx.recv().await { Ok(x) => { f(x) } Err(::tokio::sync::broadcast::error::RecvError::Lagged(_)) => {} _ => break }",
            "if let Ok(x) = rx.recv().await { f(x) }",
            "let Ok(x) = rx.recv().await else { continue };",
            "let r = rx.recv().await; match r { Ok(x) => f(x), Err(_) => continue }",
            "select! { biased; _ = t.tick() => {} Ok(x) = rx.recv() => f(x), }",
            "select! { r = rx.recv(), if on => { if let Ok(x) = r { f(x) } } _ = t.tick() => {} }",
        ],
        Some(Unheeded::GoesOn),
    );
}

#[test]
fn something_else_in_the_place_of_a_lag_replaces_it() {
    all(
        &[
            "let x = rx.recv().await.unwrap_or_default();",
            "rx.recv().await.ok()",
            "match rx.recv().await { Ok(x) => Some(x), Err(_) => None }",
            "select! { Ok(x) = rx.recv() => f(x), else => break }",
        ],
        Some(Unheeded::Replaces),
    );
}

#[test]
fn of_what_looks_at_a_lag_or_may_nothing_is_said() {
    all(
        &[
            "match rx.recv().await { Ok(x) => f(x), Err(RecvError::Lagged(n)) => missed += n, Err(_) => break }",
            "match rx.recv().await { Ok(x) => f(x), Err(RecvError::Lagged(_)) => rx = rx.resubscribe(), Err(_) => break }",
            "match rx.recv().await { Ok(x) => f(x), Err(e) => { println!(\"{e}\"); break } }",
            "match rx.recv().await { Ok(x) => f(x), Err(e) => return Err(e.into()) }",
            "match rx.recv().await { Ok(x) => f(x), Err(e) => return Err(e) }",
            "match rx.recv().await { Ok(x) => f(x), Err(_) => return Err(Error::Behind) }",
            "match rx.recv().await { Ok(x) => f(x), Err(RecvError::Lagged(n)) if n < 3 => continue, Err(_) => break }",
            "match rx.recv().await { Ok(_) | Err(RecvError::Lagged(_)) => reload(), Err(RecvError::Closed) => break }",
            "match rx.recv().await { Ok(()) => reload(), Err(RecvError::Lagged(_)) => continue, Err(_) => break }",
            "match rx.recv().await { Ok(_) => reload(), Err(RecvError::Lagged(_)) => {} Err(_) => break }",
            "let r = rx.recv().await; println!(\"{r:?}\"); if let Ok(x) = r { f(x) }",
            "let r = rx.recv().await; log(&r); if let Ok(x) = r { f(x) }",
            "if let Ok(x) = rx.recv().await { f(x) } else { late(); }",
            "if let Err(e) = rx.recv().await { f(e) }",
            "while let Err(e) = rx.recv().await { f(e) }",
            "let _ = rx.recv().await;",
            "rx.recv().await.ok();",
            "let _ = rx.recv().await.ok();",
            "rx.recv().await;",
            "rx.recv().await",
            "let x = rx.recv().await?;",
            "let x = rx.recv().await.unwrap();",
            "let x = rx.recv().await.map_err(Error::from)?;",
            "select! { _ = rx.recv() => break, _ = t.tick() => {} }",
            "select! { Ok(()) = rx.recv() => reload(), _ = t.tick() => {} }",
            "select! { r = rx.recv() => seen.push(r), _ = t.tick() => {} }",
            "f(rx.recv().await);",
        ],
        None,
    );
}

#[test]
fn a_deadline_and_a_stream_put_the_lag_one_deeper() {
    let leaves = Some(Unheeded::Leaves);
    assert_eq!(of("while let Ok(Ok(x)) = timeout(d, rx.recv()).await { f(x) }", TIMED), leaves);
    assert_eq!(of("while let Some(Ok(x)) = rx.next().await { f(x) }", ITEM), leaves);
    let late = "match timeout(d, rx.recv()).await { Ok(Ok(x)) => f(x), Err(_) => break, Ok(Err(e)) => tell(e) }";
    assert_eq!(of(late, TIMED), None);
    let passed = "match timeout(d, rx.recv()).await { Ok(Ok(x)) => f(x), Ok(Err(_)) => continue, Err(_) => break }";
    assert_eq!(of(passed, TIMED), Some(Unheeded::GoesOn));
    assert_eq!(of("while let Ok(r) = timeout(d, rx.recv()).await { f(r) }", TIMED), None);
}
