//! What an await is for, and where it was made, as far as the source says.

use super::tracked;

/// The values that are looked at in the body of a function, because awaits are for them.
fn subjects(body: &str) -> Vec<String> {
    let code = tracked("select = tokio::select", &format!("async fn f() {{ {body} }}")).to_string().replace(' ', "");
    code.split("Behind(&").skip(1).map(|rest| rest.split(")).subject").next().unwrap().to_string()).collect()
}

/// Where something is said to be made in the body of a function, as `LINE:COLUMN`; the body begins at 2:1.
fn made(body: &str) -> Vec<String> {
    let code = tracked("", &format!("fn f() {{\n{body}\n}}")).to_string().replace(' ', "");
    let places = code.split("Maker{").skip(1).map(|rest| {
        let number = |name: &str| rest.split(name).nth(1).unwrap().split([',', '}']).next().unwrap().to_string();
        format!("{}:{}", number("line:"), number("column:"))
    });
    places.collect()
}

#[test]
fn an_await_is_for_the_value_whose_method_makes_the_future() {
    assert_eq!(
        subjects("rx.recv().await; self.inner.0.rx.recv().await; rxs[i].recv().await;"),
        ["rx", "self.inner.0.rx", "rxs[i]"]
    );
    assert_eq!(subjects("timeout(limit, rx.recv()).await; Box::pin(tx.send(1)).await;"), ["rx", "tx"]);
    assert_eq!(subjects("tokio::select! { x = rx.recv() => {} _ = a.b.changed(), if c => {} }"), ["rx", "a.b"]);
    assert_eq!(subjects("while let Some(x) = rx.recv().await {}"), ["rx"]);
}

#[test]
fn a_value_that_has_no_name_or_is_made_anew_is_not_looked_at() {
    assert_eq!(subjects("f(&rx).await; T::f().await; handle.await; (make)().recv().await;"), [""; 0]);
    assert_eq!(subjects("rxs[next()].recv().await; token.child_token().cancelled().await;"), [""; 0]);
    // The lock is one, and what it holds is none.
    assert_eq!(subjects("shared.lock().await.recv().await;"), ["shared"]);
}

#[test]
fn channels_and_sets_are_made_where_they_are_called_for() {
    assert_eq!(made("let (tx, rx) = mpsc::channel::<u8>(1);"), ["2:16"]);
    assert_eq!(made("let mut set = tokio::task::JoinSet::<u8>::new();\nf(bounded(1));"), ["2:15", "3:3"]);
    assert_eq!(made("fn channel(size: u8) {}\nself.channel(1); channel; Other::new();"), [""; 0]);
}

#[test]
fn a_notify_is_made_where_it_stays() {
    assert_eq!(made("let a = Arc::new(Notify::new()); let b = Notify::new();"), ["2:18", "2:42"]);
    assert_eq!(made("let a = Arc::new(S { b: Notify::new(),\n c: Notify::default(), d: 1 });"), ["2:25", "3:5"]);
    assert_eq!(made("let a = S { b: Notify::new() };"), ["2:16"]);
    // From here it goes nobody knows where.
    assert_eq!(made("f(Notify::new()); let a = Some(Notify::new()); S { b: Notify::new() }"), [""; 0]);
}
