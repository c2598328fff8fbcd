//! Where an awaited expression begins, and what it is called.

use proc_macro2::{Delimiter, Group, Spacing, TokenTree};

use crate::bodies::{is_mark, is_word};

/// Words after which an expression begins, so that what follows is neither called nor a field of theirs.
const WORDS: [&str; 15] = [
    "as", "async", "break", "dyn", "else", "for", "if", "in", "let", "loop", "match", "move", "return", "unsafe",
    "while",
];

/// Words before a block that are part of the expression.
const BLOCKS: [&str; 4] = ["async", "loop", "move", "unsafe"];

/// The first token of the expression that ends before `end`: back over calls, fields, indices, `?` and paths. Nothing
/// if it cannot be told.
pub(crate) fn start(list: &[TokenTree], end: usize) -> Option<usize> {
    let last = end.checked_sub(1)?;
    let before = |at: usize| at.checked_sub(1).and_then(|at| list.get(at));
    match &list[last] {
        TokenTree::Punct(mark) if mark.as_char() == '?' => start(list, last),
        TokenTree::Literal(_) | TokenTree::Ident(_) if is_dot(list, last) => start(list, last - 1),
        TokenTree::Literal(_) => Some(last),
        TokenTree::Ident(word) if WORDS.iter().any(|known| word == known) => None,
        TokenTree::Ident(_) => start_of_path(list, last).filter(|&start| !is_mark(before(start), '$')),
        TokenTree::Group(_)
            if is_mark(before(last), '!') && is_name(last.checked_sub(2).and_then(|at| list.get(at))) =>
        {
            start_of_path(list, last - 2)
        }
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => start_of_braces(list, last),
        TokenTree::Group(_) => {
            let is_called = is_name(before(last))
                || matches!(before(last), Some(TokenTree::Group(_) | TokenTree::Literal(_)))
                || is_mark(before(last), '?')
                || is_mark(before(last), '>') && generic(list, last - 1).is_some();
            // A block before it is a statement of its own.
            let is_called = is_called && !is_block(before(last));
            if !is_called {
                return Some(last);
            }
            match generic(list, last - 1) {
                Some(open) if is_path_mark(list, open) => start(list, open - 2),
                Some(_) => None,
                None => start(list, last),
            }
        }
        _ => None,
    }
}

/// The first token of the path whose last name is here.
pub(crate) fn start_of_path(list: &[TokenTree], name: usize) -> Option<usize> {
    if !is_path_mark(list, name) {
        return Some(name);
    }
    let Some(before) = name.checked_sub(3) else { return Some(name - 2) };
    match &list[before] {
        TokenTree::Ident(word) if WORDS.iter().any(|known| word == known) => Some(name - 2),
        TokenTree::Ident(_) => start_of_path(list, before),
        TokenTree::Punct(mark) if mark.as_char() == '>' => {
            let open = generic(list, before)?;
            match is_path_mark(list, open) {
                true => start_of_path(list, open.checked_sub(3)?),
                // `Vec<u8>::new` is no expression; `<Vec<u8>>::new` is.
                false => Some(open),
            }
        }
        _ => Some(name - 2),
    }
}

/// The first token of the path of the function whose call ends here.
pub(crate) fn start_of_call(list: &[TokenTree]) -> Option<usize> {
    let arguments = list.len().checked_sub(1)?;
    let is_call = matches!(&list[arguments], TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis);
    let name = match generic(list, arguments.checked_sub(1)?) {
        // `channel::<u8>(1)`.
        Some(open) => open.checked_sub(3)?,
        None => arguments - 1,
    };
    if !is_call || !is_name(list.get(name)) {
        return None;
    }
    start_of_path(list, name).filter(|&start| start == 0 || !is_mark(list.get(start - 1), '.'))
}

/// A block, or a value of a struct.
fn start_of_braces(list: &[TokenTree], braces: usize) -> Option<usize> {
    let mut start = braces;
    while start > 0 && BLOCKS.iter().any(|word| is_word(list.get(start - 1), word)) {
        start -= 1;
    }
    if start < braces || start == 0 {
        return Some(start);
    }
    let path = is_name(list.get(start - 1)).then(|| start_of_path(list, start - 1)).flatten()?;
    // What `match x { … }` yields: `x { … }` is no struct there.
    let is_condition = path > 0 && WORDS.iter().any(|word| is_word(list.get(path - 1), word));
    (!is_condition && !is_dot(list, path)).then_some(path)
}

/// The `<` that belongs to the `>` here.
fn generic(list: &[TokenTree], close: usize) -> Option<usize> {
    let mut depth = 0;
    for at in (0..=close).rev() {
        let is_arrow = at > 0 && (is_joint(list, at - 1, '-') || is_joint(list, at - 1, '='));
        if is_mark(list.get(at), '>') && !is_arrow {
            depth += 1;
        } else if is_mark(list.get(at), '<') {
            depth -= 1;
        }
        if depth == 0 {
            return (at < close).then_some(at);
        }
    }
    None
}

/// Whether a `.`, and not `..`, comes before this place.
fn is_dot(list: &[TokenTree], at: usize) -> bool {
    at > 0 && is_mark(list.get(at - 1), '.') && !(at > 1 && is_joint(list, at - 2, '.'))
}

/// Whether `::` comes before this place.
fn is_path_mark(list: &[TokenTree], at: usize) -> bool {
    at > 1 && is_mark(list.get(at - 1), ':') && is_joint(list, at - 2, ':')
}

fn is_joint(list: &[TokenTree], at: usize, mark: char) -> bool {
    matches!(list.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == mark && punct.spacing() == Spacing::Joint)
}

pub(crate) fn is_name(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Ident(word)) if !WORDS.iter().any(|known| word == known))
}

fn is_block(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace)
}

/// The expression as it is written, on one line and without its arguments: `tx.send(…)`.
pub(crate) fn in_short(list: &[TokenTree]) -> String {
    let mut text = String::new();
    for (at, token) in list.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &list[at]);
        let is_word = |token: &TokenTree| matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_));
        let needs_space = before.is_some_and(is_word) && (is_word(token) || is_block(Some(token)))
            || crate::bodies::is_word(before, "mut");
        if needs_space {
            text.push(' ');
        }
        match token {
            TokenTree::Group(group) if at == 0 && is_short(group) => text += &wrapped(group, &in_short(&tokens(group))),
            TokenTree::Group(group) if group.stream().is_empty() => text += &wrapped(group, ""),
            TokenTree::Group(group) => text += &wrapped(group, "…"),
            other => text += &other.to_string(),
        }
    }
    text
}

/// Whether the group is a mere `(&mut handle)`.
fn is_short(group: &Group) -> bool {
    let is_plain = |token: &TokenTree| match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(mark) => matches!(mark.as_char(), '&' | '*' | '.'),
        _ => false,
    };
    group.delimiter() == Delimiter::Parenthesis && tokens(group).iter().all(is_plain)
}

fn tokens(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

fn wrapped(group: &Group, inner: &str) -> String {
    match group.delimiter() {
        Delimiter::Parenthesis => format!("({inner})"),
        Delimiter::Bracket => format!("[{inner}]"),
        Delimiter::Brace => format!("{{{inner}}}"),
        Delimiter::None => inner.to_string(),
    }
}
