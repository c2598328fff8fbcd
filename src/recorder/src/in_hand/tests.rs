use proc_macro2::{TokenStream, TokenTree};

use super::*;

/// The tokens of a source, and the place behind the mark `@`.
fn marked(source: &str) -> (Vec<TokenTree>, Location) {
    let before = source.split_once('@').expect("a mark").0;
    let line = before.matches('\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().len() as u32 + 1;
    let tokens: TokenStream = source.replacen('@', "", 1).parse().expect("tokens");
    (tokens.into_iter().collect(), Location { file: "".into(), line, column })
}

/// The line of the value that a function with these lines has in hand at the mark.
fn held_in(lines: &str) -> Option<u32> {
    let (tokens, place) = marked(&format!("async fn f(&mut self, rx: R, stream: S, listener: L) {{\n{lines}\n}}"));
    held(&tokens, &place).map(|line| line - 1)
}

fn takes_again_in(lines: &str) -> bool {
    let (tokens, place) = marked(&format!("async fn f() {{\n{lines}\n}}"));
    takes_again(&tokens, &place)
}

fn is_gone_in(lines: &str) -> bool {
    let (tokens, place) = marked(&format!("async fn f() {{\n{lines}\n}}"));
    is_gone(&tokens, &place)
}

#[test]
fn a_value_that_is_used_after_the_await_is_in_hand() {
    assert_eq!(held_in("let x = rx.recv().await?;\n@sleep(d).await;\nSome(x)"), Some(1));
    assert_eq!(held_in("let x = rx.recv().await.unwrap();\n@send(x).await;"), Some(1));
    assert_eq!(held_in("if let Some(x) = rx.recv().await {\n@sleep(d).await;\nuse_it(x);\n}"), Some(1));
    assert_eq!(held_in("let Some(x) = rx.recv().await else { return };\n@sleep(d).await;\nx"), Some(1));
    assert_eq!(
        held_in("let (mut socket, _) = listener.accept().await?;\n@shake(&mut socket).await?;\nOk(socket)"),
        Some(1)
    );
}

#[test]
fn what_is_made_of_a_value_is_in_hand_too() {
    let length = "let n = stream.read_u32().await?;\nprintln!(\"{n}\");\nif n > MOST { return Err(Long) }\nlet mut body = vec![0; n as usize];\n";
    assert_eq!(held_in(&format!("{length}@stream.read_exact(&mut body).await?;\nOk(body)")), Some(1));
    let head = "let mut head = [0; 4];\nstream.read_exact(&mut head).await?;\nlet n = u32::from_be_bytes(head);\n";
    assert_eq!(held_in(&format!("{head}@stream.skip(n).await")), Some(2));
}

#[test]
fn what_may_have_been_put_aside_is_not_in_hand() {
    assert_eq!(held_in("let x = rx.recv().await?;\nself.queue.push(x);\n@sleep(d).await;\nx"), None);
    assert_eq!(held_in("let x = rx.recv().await?;\nlet x = self.keep(x);\n@sleep(d).await;\nx"), None);
    assert_eq!(held_in("let x = rx.recv().await?;\nlet x = PutBack::new(x);\n@sleep(d).await;\nx"), None);
    assert_eq!(held_in("let x = rx.recv().await?;\nlet y = put(x, &mut queue);\n@sleep(d).await;\ny"), None);
    assert_eq!(held_in("stream.read_exact(&mut self.head).await?;\n@sleep(d).await;\nself.head"), None);
}

#[test]
fn a_value_that_is_not_needed_any_more_or_may_not_be_there_is_not_in_hand() {
    assert_eq!(held_in("let x = rx.recv().await?;\nprintln!(\"{x}\");\n@sleep(d).await;"), None);
    assert_eq!(held_in("let x = rx.recv().await;\n@sleep(d).await;\nx"), None);
    assert_eq!(held_in("let x = number();\n@sleep(d).await;\nx"), None);
    assert_eq!(held_in("let x = rx.recv().await?;\nspawn(async move {\n@sleep(d).await;\nx\n});"), None);
}

#[test]
fn what_was_taken_from_something_of_the_function_itself_is_not_lost() {
    let body = "@stream.read_exact(&mut body).await?;\nOk(body)";
    let read = format!("let n = stream.read_u8().await?;\nlet mut body = vec![0; n];\n{body}");
    assert_eq!(held_in(&read), Some(1));
    let (tokens, place) =
        marked(&format!("async fn f(address: &str) {{\nlet stream = connect(address).await?;\n{read}\n}}"));
    assert_eq!(held(&tokens, &place), None);
    let from_outside = |source: &str| {
        let (tokens, place) = marked(source);
        takes_from_outside(&tokens, &place)
    };
    assert!(from_outside("async fn f(r: &mut R) { @r.read_line(&mut l).await; }"));
    assert!(from_outside("async fn f(&mut self) { @self.r.read_line(&mut l).await; }"));
    assert!(from_outside("async fn f(c: C) { @frame(&mut c).await; }"));
    assert!(from_outside("fn f() { let r = connect(); let g = async { @r.read_line(&mut l).await; }; }"));
    assert!(!from_outside("async fn f(a: A) { let mut r = connect(a).await; @r.read_line(&mut l).await; }"));
    assert!(!from_outside("async fn f(a: A) { let mut c = connect(a).await; @frame(&mut c).await; }"));
    assert!(!from_outside("fn f() { let g = async { let r = connect(); @r.read_line(&mut l).await; }; }"));
}

#[test]
fn a_loop_takes_from_the_same_source_again_if_that_is_made_before_it() {
    let arm = |source: &str| format!("loop {{ select! {{ x = @{source} => {{}} _ = t.tick() => {{}} }} }}");
    assert!(takes_again_in(&arm("reader.read_line(&mut line)")));
    assert!(takes_again_in(&arm("self.reader.read_line(&mut line)")));
    assert!(takes_again_in(&arm("event(&mut rx)")));
    assert!(takes_again_in(&arm("async { let x = rx.recv().await; x }")));
    assert!(takes_again_in(
        "for _ in 0..6 {\nmatch @timeout(d, read(&mut here)).await { Ok(_) => {} Err(_) => {} }\n}"
    ));
    assert!(takes_again_in("while go {\ntimeout(d, read(&mut here))\n@.await;\n}"));
}

#[test]
fn a_source_of_this_turn_is_not_taken_from_again() {
    assert!(!takes_again_in("@timeout(d, read(&mut here)).await;"), "no loop");
    assert!(!takes_again_in("loop { let mut here = connect(); @timeout(d, read(&mut here)).await; }"));
    assert!(!takes_again_in("loop { if @timeout(d, read(&mut here)).await.is_err() { here = connect(); } }"));
    assert!(!takes_again_in("while let Some(mut here) = next() { @timeout(d, read(&mut here)).await; }"));
    assert!(!takes_again_in("for c in all { spawn(async move { @timeout(d, read(&mut c)).await; }) }"));
    assert!(!takes_again_in("loop { @timeout(d, connect().read_line(&mut line)).await; }"));
}

#[test]
fn a_value_that_is_sent_is_gone_if_the_next_turn_has_another() {
    let sent = |before: &str, value: &str, tick: &str| {
        format!("{before} {{ select! {{ r = @tx.send({value}) => {{}} _ = t.tick() => {{ {tick} }} }} }}")
    };
    assert!(is_gone_in(&sent("while let Some(x) = all.pop()", "x", "")));
    assert!(is_gone_in(&sent("for x in all", "Job { x }", "")));
    assert!(is_gone_in(&sent("loop", "all.pop_front().unwrap()", "")));
    assert!(!is_gone_in(&sent("while let Some(x) = all.pop()", "x", "all.push(x)")), "kept");
    assert!(!is_gone_in(&sent("let x = first(); loop", "x", "")), "sent again");
    assert!(!is_gone_in(&sent("for x in all", "x.clone()", "")));
    assert!(!is_gone_in(&sent("loop", "state.now()", "")), "made anew each time");
}
