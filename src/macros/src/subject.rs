//! What an awaited future is for, as far as the expression says: the value whose method makes the future, `rx` in `rx.recv()`
//! and in `timeout(limit, rx.recv())`.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::quote_spanned;

use crate::{
    bodies::{is_mark, is_word},
    expression,
};

/// The awaited expression `code`, which says what it is for. `written` is the same before anything in it was tracked.
pub(crate) fn with(code: TokenStream, written: &[TokenTree], span: Span) -> TokenStream {
    let subjects: Vec<TokenStream> = places(written)
        .into_iter()
        .map(|place| {
            let place: TokenStream = place.into_iter().collect();
            // In a statement of its own, so that nothing of it is left when the future is polled.
            quote_spanned!(span=> { let subject = (&&&::workbook::awaits::Behind(&#place)).subject(); subject })
        })
        .collect();
    match &subjects[..] {
        [] => code,
        [subject] => quote_spanned!(span=> ::workbook::awaits::on(#subject, #code)),
        _ => quote_spanned!(span=> ::workbook::awaits::on(::workbook::awaits::only([#(#subjects),*]), #code)),
    }
}

/// The values whose methods make the future, or the arguments of the function that makes it.
fn places(list: &[TokenTree]) -> Vec<Vec<TokenTree>> {
    // What is awaited in between is made anew, and has no name.
    if list.iter().any(|token| is_word(Some(token), "await")) {
        return Vec::new();
    }
    if let Some(end) = end_of_place(list) {
        let is_call = is_mark(list.get(end), '.') && matches!(list.get(end + 1), Some(TokenTree::Ident(_)));
        let is_its_own = !is_word(list.get(end + 1), "child_token");
        return if is_call && is_its_own { vec![list[..end].to_vec()] } else { Vec::new() };
    }
    match list {
        // What a function is given is awaited by the future that it makes: a deadline, a box.
        [.., TokenTree::Group(arguments)] if expression::start_of_call(list) == Some(0) => {
            let arguments: Vec<TokenTree> = arguments.stream().into_iter().collect();
            let all = arguments.split(|token| is_mark(Some(token), ',')).flat_map(places);
            all.collect()
        }
        _ => Vec::new(),
    }
}

/// Where the name of a value ends that these tokens begin with: a variable, or a field of one.
fn end_of_place(list: &[TokenTree]) -> Option<usize> {
    if !expression::is_name(list.first()) || is_mark(list.get(1), ':') {
        return None;
    }
    let mut end = 1;
    loop {
        match (list.get(end), list.get(end + 1)) {
            (Some(TokenTree::Punct(dot)), Some(TokenTree::Ident(_) | TokenTree::Literal(_)))
                if dot.as_char() == '.' && !is_called(list, end + 2) =>
            {
                end += 2;
            }
            (Some(TokenTree::Group(index)), _) if is_simple_index(index) => end += 1,
            (Some(TokenTree::Group(_)), _) => return None,
            (Some(mark), _) if is_mark(Some(mark), '!') => return None,
            _ => return Some(end),
        }
    }
}

/// Whether the name before this place is that of a method.
fn is_called(list: &[TokenTree], at: usize) -> bool {
    let is_group = matches!(list.get(at), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
    is_group || is_mark(list.get(at), ':')
}

/// `[0]` or `[i]`, which may be looked at twice.
fn is_simple_index(group: &proc_macro2::Group) -> bool {
    let mut tokens = group.stream().into_iter();
    let first = tokens.next();
    let is_one = matches!(first, Some(TokenTree::Ident(_) | TokenTree::Literal(_))) && tokens.next().is_none();
    group.delimiter() == Delimiter::Bracket && is_one
}
