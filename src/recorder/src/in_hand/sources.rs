//! What a future takes from: the variables that the expression which makes it borrows.

use proc_macro2::{Delimiter, TokenTree};

use super::{READ, levels::lowercase, takes};
use crate::intent::{group, groups, ident, is, punct, tree};

/// The names of what is taken from; none if that cannot be told.
pub(super) fn of(expression: &[TokenTree]) -> Vec<String> {
    let expression = within_deadline(expression);
    let Some(call) = expression.last().and_then(|last| group(last, Delimiter::Parenthesis)) else {
        // An async block.
        return of_takes(&expression);
    };
    let [before @ .., name, _] = &expression[..] else { return Vec::new() };
    let method = ident(name).unwrap_or_default();
    let [receiver @ .., dot] = before else { return borrowed(&tree(call)) };
    if punct(dot) != Some('.') {
        return borrowed(&tree(call));
    }
    let is_path = receiver.iter().all(|token| ident(token).is_some() || punct(token) == Some('.'));
    let mut names = if is_path { lowercase(receiver) } else { return Vec::new() };
    if !READ.contains(&method.as_str()) && !takes(&method) && method != "send" {
        names.extend(borrowed(&tree(call)));
    }
    names
}

/// What stands behind the comma in `timeout(…, FUTURE)`.
fn within_deadline(expression: &[TokenTree]) -> Vec<TokenTree> {
    let deadline = expression.iter().any(|token| is(token, "timeout") || is(token, "timeout_at"));
    let arguments =
        expression.last().and_then(|last| group(last, Delimiter::Parenthesis)).filter(|_| deadline).map(tree);
    arguments
        .and_then(|list| {
            let comma = list.iter().position(|token| punct(token) == Some(','))?;
            let end = list.len() - usize::from(list.last().and_then(punct) == Some(','));
            list.get(comma + 1..end).map(<[TokenTree]>::to_vec)
        })
        .unwrap_or_else(|| expression.to_vec())
}

/// Each NAME of `&mut NAME`; if there is none, each argument that is no more than a name.
fn borrowed(arguments: &[TokenTree]) -> Vec<String> {
    let by_mut = arguments.windows(3).filter(|three| punct(&three[0]) == Some('&') && is(&three[1], "mut"));
    let names: Vec<String> = by_mut.filter_map(|three| ident(&three[2])).collect();
    if !names.is_empty() {
        return names;
    }
    let alone = arguments.split(|token| punct(token) == Some(','));
    alone.filter_map(|argument| if let [name] = argument { ident(name) } else { None }).collect()
}

/// Each NAME of `NAME.recv()` and its like.
fn of_takes(tokens: &[TokenTree]) -> Vec<String> {
    let is_take = |method: &str| takes(method) || READ.contains(&method);
    let calls = tokens
        .windows(3)
        .filter(|three| punct(&three[1]) == Some('.') && ident(&three[2]).is_some_and(|method| is_take(&method)));
    let mut names: Vec<String> = calls.filter_map(|three| ident(&three[0])).collect();
    names.extend(groups(tokens).flat_map(|group| of_takes(&tree(group))));
    names
}
