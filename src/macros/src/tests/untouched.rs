//! What only looks like an await.

use super::{in_body, sites, tracked};

#[test]
fn strings_comments_attributes_and_names_are_left_alone() {
    for body in [
        "\"x.await\"; r#\"y.await\"#; // z.await",
        "/* a.await */ 'a'; let r#await = self.r#await;",
        "#[doc = x.await] fn g() {} #![cfg(x.await)]",
        "/// x.await\nfn g() {}",
        "await_all(); x.await_all(); self.awaits; 0..await",
    ] {
        assert!(in_body(body).is_empty(), "{body}");
    }
}

#[test]
fn definitions_of_macros_and_modules_in_a_function_are_left_alone() {
    assert!(in_body("macro_rules! m { ($x:expr) => { $x.await } } mod n { async fn f() { x.await } }").is_empty());
}

#[test]
fn macros_of_ones_own_with_known_names_are_left_alone() {
    assert!(
        super::sites_with("", "async fn f() { select! { _ = a() => {} } join!(a(), b()); my::join!(a()); }").is_empty()
    );
    assert_eq!(in_body("mine!{ select, join, a().await }"), ["a()"]);
}

#[test]
fn an_item_without_an_await_is_passed_on_as_it_is() {
    let program = "fn f ( ) { g ( ) }";
    assert_eq!(tracked("", program).to_string(), program.parse::<proc_macro2::TokenStream>().unwrap().to_string());
    assert!(sites("static X: u8 = async { x.await };").is_empty());
}
