//! What the source does when an await tells that values of a broadcast channel were missed, where the recording cannot tell:
//! whether anything looks at that, or the program goes on as if none were missing.
//!
//! Only what is plainly written is recognised: a `match`, an `if let`, a `while let`, an arm of a `select!`. Of all else
//! nothing is said.

use proc_macro2::{Delimiter, TokenTree};

use super::{
    intent::{group, groups, ident, is, punct, tree},
    patterns::{Pattern, arms, arrow, elements, is_plain},
};
use crate::recording::{Location, Unheeded};

/// How the program goes on at the await at `place`, whose future is of the type `what`, if it heeds nothing.
pub(super) fn at(file: &[TokenTree], place: &Location, what: &str) -> Option<Unheeded> {
    let (list, start) = find(file, place)?;
    let outcome = outcome_of(what);
    let awaited = (start..list.len()).find(|at| punct(&list[*at]) == Some('.') && is_await(&list, at + 1));
    match awaited {
        Some(dot) => taken(&list[..head(&list, start)], &list[dot + 2..], &outcome),
        None => of_arm(&list, start, &outcome),
    }
}

/// The tokens of the innermost brackets around a place, and which of them is there.
fn find(list: &[TokenTree], place: &Location) -> Option<(Vec<TokenTree>, usize)> {
    let begins = |token: &TokenTree| {
        let start = token.span().start();
        (start.line, start.column + 1) == (place.line as usize, place.column as usize)
    };
    if let Some(at) = list.iter().position(begins) {
        return Some((list.to_vec(), at));
    }
    groups(list).find_map(|group| find(&tree(group), place))
}

fn is_await(list: &[TokenTree], at: usize) -> bool {
    list.get(at).is_some_and(|token| is(token, "await"))
}

/// Where the awaited expression begins. A place is its first token, or the dot of its `.await` if that is in another line.
fn head(list: &[TokenTree], start: usize) -> usize {
    let stops = |token: &TokenTree| is(token, "match") || punct(token) == Some('=') || punct(token) == Some(';');
    list[..start].iter().rposition(stops).map_or(start, |at| at + 1)
}

/// What an await has come to, the outermost first: `Ok(Err(Lagged(…)))` is `["Ok", "Err", "Lagged"]`.
type Outcome = Vec<&'static str>;

fn outcome_of(what: &str) -> Outcome {
    let timed = what.starts_with("tokio::time::timeout::Timeout<");
    let item = what.contains("::next::Next<");
    [("Ok", timed), ("Some", item), ("Err", true), ("Lagged", true)]
        .into_iter()
        .filter_map(|(name, there)| there.then_some(name))
        .collect()
}

/// How the code around the value of an await takes it: `before` and `after` are the tokens around it.
fn taken(before: &[TokenTree], after: &[TokenTree], outcome: &Outcome) -> Option<Unheeded> {
    match after {
        [dot, word, arguments, rest @ ..] if punct(dot) == Some('.') && parentheses(arguments) => {
            return by_method(before, &ident(word)?, rest, outcome);
        }
        _ => {}
    }
    let body = after.first().filter(|token| group(token, Delimiter::Brace).is_some());
    if before.last().is_some_and(|word| is(word, "match")) {
        return by_match(body?, outcome);
    }
    let (equals, before) = before.split_last()?;
    let (keyword, pattern) = pattern(before).filter(|_| punct(equals) == Some('='))?;
    match (body, after.get(1)) {
        (Some(_), _) if keyword == "while" => (matches(&pattern, outcome)? == Fits::No).then_some(Unheeded::Leaves),
        (Some(_), Some(word)) if keyword == "if" && is(word, "else") => by_else(&pattern, after.get(2)?, outcome),
        (Some(_), _) if keyword == "if" => passes_over(&pattern, outcome),
        (None, Some(block)) if keyword == "let" && is(&after[0], "else") => by_else(&pattern, block, outcome),
        (None, _) if keyword == "let" && punct(after.first()?) == Some(';') => named(&pattern, &after[1..], outcome),
        _ => None,
    }
}

/// The pattern at the end of these tokens, and what it belongs to: `if`, `while`, or `let` alone.
fn pattern(before: &[TokenTree]) -> Option<(&'static str, Pattern)> {
    let at = before.iter().rposition(|token| is(token, "let"))?;
    let keyword = match at.checked_sub(1).map(|at| &before[at]) {
        Some(word) if is(word, "if") => "if",
        Some(word) if is(word, "while") => "while",
        _ => "let",
    };
    Some((keyword, Pattern::of(&before[at + 1..])))
}

fn parentheses(token: &TokenTree) -> bool {
    group(token, Delimiter::Parenthesis).is_some()
}

/// `.ok()` and its like.
fn by_method(before: &[TokenTree], method: &str, rest: &[TokenTree], outcome: &Outcome) -> Option<Unheeded> {
    let is_error = outcome[0] == "Err";
    match method {
        "ok" if is_error && rest.first().and_then(punct) == Some('?') => Some(Unheeded::Leaves),
        "ok" if is_error && before.is_empty() && rest.is_empty() => Some(Unheeded::Replaces),
        "ok" if is_error => taken(before, rest, &vec!["None"]),
        "is_ok" if is_error && before.last().is_some_and(|word| is(word, "while")) => Some(Unheeded::Leaves),
        "unwrap_or" | "unwrap_or_default" if is_error => Some(Unheeded::Replaces),
        _ => None,
    }
}

/// The arms of a `match`: the first that the outcome fits is run.
fn by_match(body: &TokenTree, outcome: &Outcome) -> Option<Unheeded> {
    let arms = arms(&tree(group(body, Delimiter::Brace)?));
    for (pattern, code) in &arms {
        match matches(pattern, outcome)? {
            Fits::No => {}
            Fits::Yes => {
                let unheeded = fate(code, &names(pattern))?;
                let values_count = arms.iter().all(|(pattern, _)| !ignores_its_value(pattern));
                return Some(unheeded).filter(|unheeded| *unheeded != Unheeded::GoesOn || values_count);
            }
        }
    }
    None
}

/// `if let PATTERN = … { … }` without an else, or the arm of a `select!` with such a pattern.
fn passes_over(pattern: &Pattern, outcome: &Outcome) -> Option<Unheeded> {
    (matches(pattern, outcome)? == Fits::No && !ignores_its_value(pattern)).then_some(Unheeded::GoesOn)
}

fn by_else(pattern: &Pattern, block: &TokenTree, outcome: &Outcome) -> Option<Unheeded> {
    let unheeded = of_block(&tree(group(block, Delimiter::Brace)?), &[])
        .filter(|_| matches(pattern, outcome) == Some(Fits::No))?;
    (unheeded != Unheeded::GoesOn || !ignores_its_value(pattern)).then_some(unheeded)
}

/// `let NAME = ….await;`, and what then becomes of it.
fn named(pattern: &Pattern, rest: &[TokenTree], outcome: &Outcome) -> Option<Unheeded> {
    let Pattern::Name(name, _) = pattern else { return None };
    let at = rest.iter().position(|token| is(token, name))?;
    let is_used_before = groups(&rest[..at]).any(|group| mentions(&tree(group), name));
    taken(&rest[..at], &rest[at + 1..], outcome).filter(|_| !is_used_before)
}

fn mentions(list: &[TokenTree], name: &str) -> bool {
    // A format string may mention it, too.
    list.iter()
        .any(|token| is(token, name) || matches!(token, TokenTree::Literal(text) if text.to_string().contains(name)))
        || groups(list).any(|group| mentions(&tree(group), name))
}

/// An arm `PATTERN = FUTURE [, if …] => HANDLER` of a `select!`, whose future begins at `start`.
fn of_arm(list: &[TokenTree], start: usize, outcome: &Outcome) -> Option<Unheeded> {
    let (_, before) = list[..start].split_last().filter(|(equals, _)| punct(equals) == Some('='))?;
    let ends = |token: &TokenTree| matches!(punct(token), Some(',' | ';')) || group(token, Delimiter::Brace).is_some();
    let pattern = &before[before.iter().rposition(ends).map_or(0, |at| at + 1)..];
    let pattern = Pattern::of(pattern);
    let handler = &list[start + arrow(&list[start..])? + 2..];
    if let Some(unheeded) = passes_over(&pattern, outcome) {
        let has_else = list.iter().any(|token| is(token, "else"));
        return Some(if has_else { Unheeded::Replaces } else { unheeded });
    }
    match handler.first().and_then(|first| group(first, Delimiter::Brace)) {
        Some(block) => named(&pattern, &tree(block), outcome),
        None => named(&pattern, handler, outcome),
    }
}

/// Whether a pattern fits an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fits {
    Yes,
    No,
}

/// None where that cannot be told.
fn matches(pattern: &Pattern, outcome: &[&str]) -> Option<Fits> {
    let Some((outermost, inner)) = outcome.split_first() else { return Some(Fits::Yes) };
    let by_name = |name: &String| Some(if name == outermost { Fits::Yes } else { Fits::No });
    match pattern {
        Pattern::Wild => Some(Fits::Yes),
        Pattern::Name(name, inner) if name.starts_with(char::is_lowercase) || name.starts_with('_') => match inner {
            Some(pattern) => matches(pattern, outcome),
            None => Some(Fits::Yes),
        },
        Pattern::Name(name, _) | Pattern::Path(name) => by_name(name),
        Pattern::Tuple(Some(name), _) if name != outermost => Some(Fits::No),
        Pattern::Tuple(Some(_), elements) => match elements.first()? {
            Pattern::Rest => Some(Fits::Yes),
            first => matches(first, inner),
        },
        Pattern::Or(cases) => {
            let fit = cases.iter().map(|case| matches(case, outcome)).collect::<Option<Vec<Fits>>>()?;
            Some(if fit.contains(&Fits::Yes) { Fits::Yes } else { Fits::No })
        }
        // Whether the condition holds is not known.
        Pattern::Guarded(pattern) => matches(pattern, outcome).filter(|fits| *fits == Fits::No),
        Pattern::Rest | Pattern::Tuple(None, _) | Pattern::Other => None,
    }
}

/// True for `Ok(_)` and `Ok(())`: what comes is only a sign that there is something, and one more or less of them is the same.
fn ignores_its_value(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Tuple(Some(name), elements) if name != "Err" => elements.first().is_some_and(|first| match first {
            Pattern::Wild | Pattern::Rest => true,
            Pattern::Tuple(None, unit) => unit.is_empty(),
            inner => ignores_its_value(inner),
        }),
        Pattern::Or(cases) => cases.iter().any(ignores_its_value),
        Pattern::Guarded(pattern) => ignores_its_value(pattern),
        _ => false,
    }
}

/// The names that a pattern binds.
fn names(pattern: &Pattern) -> Vec<String> {
    match pattern {
        Pattern::Name(name, inner) => {
            let inner = inner.as_ref().map(|pattern| names(pattern)).unwrap_or_default();
            [vec![name.clone()], inner].concat()
        }
        Pattern::Tuple(_, patterns) | Pattern::Or(patterns) => patterns.iter().flat_map(names).collect(),
        Pattern::Guarded(pattern) => names(pattern),
        _ => Vec::new(),
    }
}

/// What code does that was to deal with the outcome, if that is nothing: it leaves, goes on, or is a value made of nothing
/// that was bound (`bound`).
fn fate(code: &[TokenTree], bound: &[String]) -> Option<Unheeded> {
    match code {
        [word, label @ ..] if is(word, "continue") => (label.is_empty() || is_label(label)).then_some(Unheeded::GoesOn),
        [word, value @ ..] if is(word, "break") || is(word, "return") => {
            let value = value.get(2..).filter(|_| is_label(&value[..2])).unwrap_or(value);
            (value.is_empty() || is_plain(value, bound)).then_some(Unheeded::Leaves)
        }
        [block] if group(block, Delimiter::Brace).is_some() => of_block(&tree(group(block, Delimiter::Brace)?), bound),
        [inner] if parentheses(inner) => match elements(inner) {
            (elements, false) if elements.is_empty() => Some(Unheeded::GoesOn),
            (elements, false) if elements.len() == 1 => fate(&elements[0], bound),
            _ => is_plain(code, bound).then_some(Unheeded::Replaces),
        },
        value => is_plain(value, bound).then_some(Unheeded::Replaces),
    }
}

/// True for the name of a loop.
fn is_label(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [quote, name] if punct(quote) == Some('\'') && ident(name).is_some())
}

fn of_block(block: &[TokenTree], bound: &[String]) -> Option<Unheeded> {
    match block {
        [] => Some(Unheeded::GoesOn),
        [code @ .., end] if punct(end) == Some(';') => fate(code, bound),
        code => fate(code, bound),
    }
}

#[cfg(test)]
mod tests;
