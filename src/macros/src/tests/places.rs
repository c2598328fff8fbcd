//! Where an await is, and what it is called.

use super::{in_body, sites};

#[test]
fn an_await_is_where_its_expression_begins_or_at_its_dot_if_that_is_on_another_line() {
    let program = "async fn f() {\n    let x = rx.recv().await;\n    client\n        .get(url)\n        .send()\n        .await?;\n}";
    assert_eq!(sites(program), ["2:13 rx.recv()", "6:9 client.get(…).send()"]);
}

#[test]
fn columns_count_characters() {
    assert_eq!(sites("async fn f() {\n    g(\"äöü\", h().await);\n}"), ["2:14 h()"]);
}

#[test]
fn an_awaited_expression_is_named_without_its_arguments() {
    for (body, code) in [
        ("handle.await", "handle"),
        ("tx.send((a, b)).await.unwrap()", "tx.send(…)"),
        ("tokio::time::sleep(ONE).await", "tokio::time::sleep(…)"),
        ("::tokio::task::yield_now().await", "::tokio::task::yield_now()"),
        ("a + &self.rx.0.recv().await", "self.rx.0.recv()"),
        ("x = f(a)(b)[0]?.g::<Vec<u8>, 3>().await", "f(…)(…)[…]?.g::<Vec<u8>,3>()"),
        ("<T as Service<u8>>::call(x).await", "<T as Service<u8>>::call(…)"),
        ("Vec::<u8>::make(x).await", "Vec::<u8>::make(…)"),
        ("f::<fn(u8) -> u8>(x).await", "f::<fn(…)->u8>(…)"),
        ("(&mut handle).await", "(&mut handle)"),
        ("(a(x), b).0.await", "(…).0"),
        ("async move { 1 }.await", "async move {…}"),
        ("return (x).await", "(x)"),
        ("if x {} (y).await", "(y)"),
        ("0..n.await", "n"),
        ("one!(x).await", "one!(…)"),
        ("Two { x }.await", "Two {…}"),
        ("match x { _ => y }.await", ""),
        ("if a { b } else { c }.await", ""),
    ] {
        assert_eq!(in_body(body), [code], "{body}");
    }
}

#[test]
fn awaits_are_found_in_macros_closures_and_nested_functions() {
    let body =
        "println!(\"{}\", a().await); spawn(async move { b().await }); fn g() { async fn h() { c().await } } d().await";
    assert_eq!(in_body(body), ["a()", "b()", "c()", "d()"]);
}

#[test]
fn awaits_are_found_in_every_function_of_an_item() {
    let program = "impl<T> S<T> where T: X<{ 3 }>, {\n const A: u8 = 1;\n async fn f() -> [u8; 3] where T: Y, { a().await }\n fn g(&self) { async { b().await }; }\n}";
    assert_eq!(sites(program), ["3:40 a()", "4:24 b()"]);
    assert_eq!(sites("trait T { fn f();\n async fn g() { a().await } }"), ["2:17 a()"]);
}

#[test]
fn an_output_is_looked_at_unless_its_type_may_be_found_out_only_later() {
    let looks = |program: &str| super::tracked("", program).to_string().contains("Look (output)");
    assert!(looks("async fn f() { handle.await; }"));
    assert!(!looks("async fn f() { let x: Vec<_> = s.map(f).collect().await; }"));
    assert!(!looks("async fn f() { timeout(ONE, async { Ok(()) }).await?; }"));
    assert!(!looks("async fn f() { match x { _ => y }.await; }"));
}
