//! Whether the source throws away at once what a call makes, where the recording cannot tell that from an await that was over
//! before it waited.

use proc_macro2::{Delimiter, Group, TokenTree};

use super::intent::{group, groups, ident, is, punct, tree};
use crate::recording::Location;

/// True if the value of the call that begins at this place is dropped in the statement that makes it: `call(…);`,
/// `let _ = call(…);`, `drop(call(…));`.
pub(super) fn at(tokens: &[TokenTree], place: &Location) -> bool {
    let here = tokens.iter().enumerate().any(|(nth, token)| match token {
        TokenTree::Ident(_) if begins_at(token, place) => {
            is_let_go(&tokens[..nth]) && call(&tokens[nth..]).is_some_and(|rest| rest.first().is_some_and(is_end))
        }
        TokenTree::Group(group) => {
            nth.checked_sub(1).is_some_and(|before| is(&tokens[before], "drop")) && is_all_of(group, place)
        }
        _ => false,
    });
    here || groups(tokens).filter(|group| is_around(group, place)).any(|group| at(&tree(group), place))
}

fn begins_at(token: &TokenTree, place: &Location) -> bool {
    let start = token.span().start();
    (start.line, start.column + 1) == (place.line as usize, place.column as usize)
}

fn is_around(group: &Group, place: &Location) -> bool {
    (group.span_open().start().line..=group.span_close().end().line).contains(&(place.line as usize))
}

/// What follows the call that these tokens begin with: `tokio::time::timeout(…)`.
fn call(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    let path = tokens.iter().take_while(|token| ident(token).is_some() || punct(token) == Some(':')).count();
    tokens.get(path).and_then(|token| group(token, Delimiter::Parenthesis)).map(|_| &tokens[path + 1..])
}

/// True if these parentheses have that call in them and nothing else.
fn is_all_of(group: &Group, place: &Location) -> bool {
    let inner = tree(group);
    inner.first().is_some_and(|first| begins_at(first, place)) && call(&inner).is_some_and(<[_]>::is_empty)
}

/// True if a statement that begins with these tokens keeps nothing of the value that follows.
fn is_let_go(before: &[TokenTree]) -> bool {
    let begins = before.iter().rposition(|token| is_end(token) || group(token, Delimiter::Brace).is_some());
    match &before[begins.map_or(0, |at| at + 1)..] {
        [] => true,
        [pattern, equals] => is(pattern, "_") && punct(equals) == Some('='),
        [word, pattern, equals] => is(word, "let") && is(pattern, "_") && punct(equals) == Some('='),
        _ => false,
    }
}

fn is_end(token: &TokenTree) -> bool {
    punct(token) == Some(';')
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;

    use super::*;

    /// Whether the only `call` in a source is thrown away.
    fn is_thrown_away(source: &str) -> bool {
        let (line, text) = source.lines().zip(1..).find_map(|(text, line)| Some((line, text.find("call")?))).unwrap();
        let place = Location { file: "".into(), line, column: text as u32 + 1 };
        let tokens: Vec<TokenTree> = source.parse::<TokenStream>().unwrap().into_iter().collect();
        at(&tokens, &place)
    }

    #[test]
    fn what_a_call_makes_is_thrown_away_where_no_more_than_the_call_is_written() {
        let thrown_away = [
            "fn f() { call(1, save()); }",
            "fn f() { let _ = call(1, save()); }",
            "fn f() { if late { _ = call(1, save()); } }",
            "fn f() { drop(call(1, save())); }",
            "async fn f() {\n    g().await;\n    std::mem::drop(call(\n        1,\n        save(),\n    ));\n}",
            "fn f() { for _ in 0..3 { g() } call(1, save()); }",
        ];
        for source in thrown_away {
            assert!(is_thrown_away(source), "{source}");
        }
        let kept = [
            "async fn f() { call(1, save()).await; }",
            "async fn f() { let _ = call(1, save()).await; }",
            "async fn f() { drop(call(1, save()).await); }",
            "async fn f() { let save = call(1, save()); save.await; }",
            "async fn f() { loop { attempt = call(1, save()); (&mut attempt).await; } }",
            "async fn f() { futures.push(call(1, save())); }",
            "fn f() { runtime.block_on(call(1, save())); }",
            "fn f() -> F { return call(1, save()); }",
            "fn f() -> F { call(1, save()) }",
            "async fn f() { select! { _ = call(1, save()) => {} } }",
        ];
        for source in kept {
            assert!(!is_thrown_away(source), "{source}");
        }
    }
}
