//! Whether what an await yields is thrown away at once, as far as the tokens tell.

use proc_macro2::{Delimiter, TokenTree};

use crate::{
    bodies::{is_mark, is_word},
    expression,
};

/// For the await of the expression that begins at `start`, whose word `await` is at `end`. `dropped`: whoever holds
/// these tokens throws away what they yield.
pub(crate) fn is_thrown_away(list: &[TokenTree], start: Option<usize>, end: usize, dropped: bool) -> bool {
    let Some(start) = start else { return false };
    let (before, after) = (&list[..start], &list[end + 1..]);
    if dropped && before.is_empty() && after.is_empty() {
        return true;
    }
    let unseen = is_statement(before) || is_let_nothing(before);
    let rest = method(after, "ok").unwrap_or(after);
    let ends = is_mark(rest.first(), ';') && unseen;
    let loops = is_braces(after.first()) && is_while_let_some(before)
        || method(after, "is_some").is_some_and(|rest| is_braces(rest.first())) && is_word(before.last(), "while");
    ends || loops
}

/// Whether the value of the macro whose arguments are at this place is thrown away.
pub(crate) fn is_statement_of_macro(list: &[TokenTree], at: usize) -> bool {
    let start = at.checked_sub(2).and_then(|name| expression::start_of_path(list, name));
    let Some(start) = start else { return false };
    let braces = is_braces(list.get(at)) && list.len() > at + 1;
    let ends = is_mark(list.get(at + 1), ';');
    (is_statement(&list[..start]) && (ends || braces)) || (is_let_nothing(&list[..start]) && ends)
}

/// Whether the group at this place is what `drop` is given.
pub(crate) fn is_of_drop(list: &[TokenTree], at: usize) -> bool {
    at > 0 && is_word(list.get(at - 1), "drop") && !(at > 1 && is_mark(list.get(at - 2), '.'))
}

/// Whether a statement begins here.
fn is_statement(before: &[TokenTree]) -> bool {
    before.is_empty() || is_mark(before.last(), ';') || is_braces(before.last())
}

/// `let _ =`, or `_ =` as a statement.
fn is_let_nothing(before: &[TokenTree]) -> bool {
    let [rest @ .., nothing, equals] = before else { return false };
    let to_nothing = is_word(Some(nothing), "_") && is_mark(Some(equals), '=');
    to_nothing && (is_word(rest.last(), "let") || is_statement(rest))
}

/// `while let Some(_) =`.
fn is_while_let_some(before: &[TokenTree]) -> bool {
    let [.., while_, let_, some, TokenTree::Group(inner), equals] = before else { return false };
    let nothing: Vec<TokenTree> = inner.stream().into_iter().collect();
    is_word(Some(while_), "while")
        && is_word(Some(let_), "let")
        && is_word(Some(some), "Some")
        && is_mark(Some(equals), '=')
        && nothing.len() == 1
        && is_word(nothing.first(), "_")
}

/// What comes after `.NAME()`.
fn method<'a>(after: &'a [TokenTree], name: &str) -> Option<&'a [TokenTree]> {
    let [dot, word, TokenTree::Group(arguments), rest @ ..] = after else { return None };
    let is_call = is_mark(Some(dot), '.') && is_word(Some(word), name) && arguments.stream().is_empty();
    is_call.then_some(rest)
}

fn is_braces(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace)
}
