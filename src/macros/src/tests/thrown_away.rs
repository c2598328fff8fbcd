//! Outputs that are thrown away at once.

use super::in_body;

fn all(body: &str) -> bool {
    let found = in_body(body);
    assert!(!found.is_empty(), "{body}");
    found.iter().all(|site| site.ends_with('!'))
}

#[test]
fn an_output_that_goes_nowhere_is_thrown_away() {
    for body in [
        "let _ = handle.await;",
        "_ = handle.await;",
        "x(); _ = handle.await;",
        "handle.await.ok();",
        "if x { y } handle.await.ok();",
        "let _ = handle.await.ok();",
        "drop(handle.await);",
        "std::mem::drop(handle.await);",
        "while let Some(_) = set.join_next().await {}",
        "while set.join_next().await.is_some() { n += 1; }",
        "handle.await;",
        "tokio::join!(a(), b());",
        "let _ = tokio::join!(a(), b());",
        "tokio::select! { _ = handle => {} }",
    ] {
        assert!(all(body), "{body}");
    }
}

#[test]
fn an_output_that_something_looks_at_is_not_thrown_away() {
    for body in [
        "let x = handle.await;",
        "handle.await",
        "handle.await?;",
        "handle.await.unwrap();",
        "let _ = f(handle.await);",
        "let _ = handle.await?;",
        "let _guard = lock.lock().await;",
        "x.drop(handle.await);",
        "drop((handle.await, 1));",
        "while let Some(x) = set.join_next().await {}",
        "while let Some(Ok(_)) = set.join_next().await {}",
        "if let Some(_) = set.join_next().await {}",
        "let x = handle.await.ok();",
        "let (a, b) = tokio::join!(a(), b());",
        "tokio::join!(a(), b())",
        "tokio::try_join!(a(), b())?;",
        "tokio::select! { x = handle => {} }",
        "match handle.await { _ => {} }",
    ] {
        assert!(!all(body), "{body}");
    }
}
