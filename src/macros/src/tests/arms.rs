//! The arms of `join!`, `try_join!` and `select!`.

use super::{in_body, sites_with, tracked};

#[test]
fn each_future_of_a_join_is_tracked() {
    assert_eq!(in_body("let x = tokio::join!(a(1), b::<A, B>(2), c,);"), ["a(…)", "b::<A,B>(…)", "c"]);
    assert_eq!(
        in_body("let x = ::tokio::try_join!(biased; async { d().await }, &mut e)?;"),
        ["d()", "async {…}", "&mut e"]
    );
}

#[test]
fn each_future_of_a_select_is_tracked_whatever_its_pattern_condition_and_handler() {
    let body = "loop { tokio::select! {
        biased;
        Some(x) = rx.recv(), if x.0 == 1 && open => { a().await }
        Ok(1..=5) | Err(_) = &mut handle => b().await,
        n @ 2..=3 = async { match x { _ => 3 } } => { c }
        _ = g::<A, B>(1) => {},
        else => break,
    } }";
    assert_eq!(in_body(body), ["rx.recv()", "a()", "&mut handle", "b()", "async {…}", "g::<A,B>(…) !"]);
}

#[test]
fn what_the_select_of_futures_borrows_stays_as_it_is() {
    let body = "async fn f() { futures::select! { x = a => {}, y = &mut b => {}, z = c.next() => {}, complete => break, default => {} } }";
    let found = sites_with("", body);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].ends_with(" c.next()"), "{found:?}");
    let body = "async fn f() { select! { x = a => {}, z = c.next() => {} } }";
    assert_eq!(sites_with("select = futures::select_biased", body).len(), 1);
    assert_eq!(sites_with("select = tokio::select", body).len(), 2);
}

#[test]
fn a_value_without_a_name_that_an_arm_borrows_stays_in_its_place() {
    assert_eq!(
        in_body("tokio::select! { _ = &mut make() => {}, _ = &mut self.timer => {}, _ = &mut *x => {} }"),
        ["&mut self.timer !", "&mut *x !"]
    );
}

#[test]
fn an_arm_that_is_no_call_is_put_in_parentheses() {
    let program = tracked("", "async fn f() { tokio::join!(a(), &mut b, c.d); }").to_string();
    assert!(program.contains("join ! (a () . __tracked"), "{program}");
    assert!(program.contains(", (& mut b) . __tracked"), "{program}");
    assert!(program.contains(", c . d . __tracked"), "{program}");
}

#[test]
fn a_macro_with_another_name_is_known_by_the_files_imports() {
    let body = "async fn f() { both!(a(), b()); }";
    assert_eq!(sites_with("both = tokio::join", body).len(), 2);
    assert_eq!(sites_with("", body).len(), 0);
}
