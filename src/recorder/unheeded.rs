//! What the source does when an await tells that values of a broadcast channel were missed, where the recording cannot tell:
//! whether anything looks at that, or the program goes on as if none were missing.
//!
//! Only what is plainly written is recognised: a `match`, an `if let`, a `while let`, an arm of a `select!`. Of all else
//! nothing is said.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{
    Arm, Block, Expr, Pat, Stmt,
    parse::{ParseStream, Parser},
};

use super::intent::{group, groups, ident, is, punct, tree};
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
fn pattern(before: &[TokenTree]) -> Option<(&'static str, Pat)> {
    let at = before.iter().rposition(|token| is(token, "let"))?;
    let keyword = match at.checked_sub(1).map(|at| &before[at]) {
        Some(word) if is(word, "if") => "if",
        Some(word) if is(word, "while") => "while",
        _ => "let",
    };
    Some((keyword, parsed(Pat::parse_multi_with_leading_vert, &before[at + 1..])?))
}

fn parsed<T>(parser: fn(ParseStream) -> syn::Result<T>, tokens: &[TokenTree]) -> Option<T> {
    parser.parse2(tokens.iter().cloned().collect::<TokenStream>()).ok()
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
fn by_match(arms: &TokenTree, outcome: &Outcome) -> Option<Unheeded> {
    let arms: Vec<Arm> = parsed(
        |input| {
            let mut arms = Vec::new();
            while !input.is_empty() {
                arms.push(input.parse()?);
            }
            Ok(arms)
        },
        &tree(group(arms, Delimiter::Brace)?),
    )?;
    for arm in &arms {
        match matches(&arm.pat, outcome)? {
            Fits::No => {}
            Fits::Yes => {
                let unheeded = fate(&arm.body, &names(&arm.pat))?;
                let values_count = arms.iter().all(|arm| !ignores_its_value(&arm.pat));
                return Some(unheeded).filter(|unheeded| *unheeded != Unheeded::GoesOn || values_count);
            }
        }
    }
    None
}

/// `if let PATTERN = … { … }` without an else, or the arm of a `select!` with such a pattern.
fn passes_over(pattern: &Pat, outcome: &Outcome) -> Option<Unheeded> {
    (matches(pattern, outcome)? == Fits::No && !ignores_its_value(pattern)).then_some(Unheeded::GoesOn)
}

fn by_else(pattern: &Pat, block: &TokenTree, outcome: &Outcome) -> Option<Unheeded> {
    let block: Block = parsed(|input| input.parse(), std::slice::from_ref(block))?;
    let unheeded = of_block(&block, &[]).filter(|_| matches(pattern, outcome) == Some(Fits::No))?;
    (unheeded != Unheeded::GoesOn || !ignores_its_value(pattern)).then_some(unheeded)
}

/// `let NAME = ….await;`, and what then becomes of it.
fn named(pattern: &Pat, rest: &[TokenTree], outcome: &Outcome) -> Option<Unheeded> {
    let Pat::Ident(name) = pattern else { return None };
    let name = name.ident.to_string();
    let at = rest.iter().position(|token| is(token, &name))?;
    let is_used_before = groups(&rest[..at]).any(|group| mentions(&tree(group), &name));
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
    let pattern = parsed(Pat::parse_multi_with_leading_vert, pattern)?;
    let arrow = |two: &[TokenTree]| punct(&two[0]) == Some('=') && punct(&two[1]) == Some('>');
    let handler = &list[start + list[start..].windows(2).position(arrow)? + 2..];
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
fn matches(pattern: &Pat, outcome: &[&str]) -> Option<Fits> {
    let Some((outermost, inner)) = outcome.split_first() else { return Some(Fits::Yes) };
    match pattern {
        Pat::Wild(_) => Some(Fits::Yes),
        Pat::Ident(name) if name.ident.to_string().starts_with(char::is_lowercase) => match &name.subpat {
            Some((_, pattern)) => matches(pattern, outcome),
            None => Some(Fits::Yes),
        },
        Pat::Ident(name) => Some(if name.ident == outermost { Fits::Yes } else { Fits::No }),
        Pat::Path(path) => Some(if path.path.segments.last()?.ident == outermost { Fits::Yes } else { Fits::No }),
        Pat::TupleStruct(tuple) if tuple.path.segments.last()?.ident != outermost => Some(Fits::No),
        Pat::TupleStruct(tuple) => match tuple.elems.first()? {
            Pat::Rest(_) => Some(Fits::Yes),
            first => matches(first, inner),
        },
        Pat::Or(or) => {
            let fit = or.cases.iter().map(|case| matches(case, outcome)).collect::<Option<Vec<Fits>>>()?;
            Some(if fit.contains(&Fits::Yes) { Fits::Yes } else { Fits::No })
        }
        // Whether the condition holds is not known.
        Pat::Guard(guarded) => matches(&guarded.pat, outcome).filter(|fits| *fits == Fits::No),
        Pat::Paren(inner) => matches(&inner.pat, outcome),
        Pat::Reference(inner) => matches(&inner.pat, outcome),
        _ => None,
    }
}

/// True for `Ok(_)` and `Ok(())`: what comes is only a sign that there is something, and one more or less of them is the same.
fn ignores_its_value(pattern: &Pat) -> bool {
    match pattern {
        Pat::TupleStruct(tuple) if tuple.path.segments.last().is_some_and(|last| last.ident != "Err") => {
            tuple.elems.first().is_some_and(|first| match first {
                Pat::Wild(_) | Pat::Rest(_) => true,
                Pat::Tuple(unit) => unit.elems.is_empty(),
                inner => ignores_its_value(inner),
            })
        }
        Pat::Or(or) => or.cases.iter().any(ignores_its_value),
        Pat::Guard(guarded) => ignores_its_value(&guarded.pat),
        _ => false,
    }
}

/// The names that a pattern binds.
fn names(pattern: &Pat) -> Vec<String> {
    match pattern {
        Pat::Ident(name) => {
            let inner = name.subpat.as_ref().map(|(_, pattern)| names(pattern)).unwrap_or_default();
            [vec![name.ident.to_string()], inner].concat()
        }
        Pat::TupleStruct(tuple) => tuple.elems.iter().flat_map(names).collect(),
        Pat::Or(or) => or.cases.iter().flat_map(names).collect(),
        Pat::Paren(inner) => names(&inner.pat),
        Pat::Reference(inner) => names(&inner.pat),
        _ => Vec::new(),
    }
}

/// What code does that was to deal with the outcome, if that is nothing: it leaves, goes on, or is a value made of nothing
/// that was bound (`bound`).
fn fate(code: &Expr, bound: &[String]) -> Option<Unheeded> {
    let is_plain = |value: &Option<Box<Expr>>| value.as_ref().is_none_or(|value| is_plain(value, bound));
    match code {
        Expr::Continue(_) => Some(Unheeded::GoesOn),
        Expr::Break(left) if is_plain(&left.expr) => Some(Unheeded::Leaves),
        Expr::Return(left) if is_plain(&left.expr) => Some(Unheeded::Leaves),
        Expr::Tuple(unit) if unit.elems.is_empty() => Some(Unheeded::GoesOn),
        Expr::Paren(inner) => fate(&inner.expr, bound),
        Expr::Block(block) => of_block(&block.block, bound),
        value => self::is_plain(value, bound).then_some(Unheeded::Replaces),
    }
}

fn of_block(block: &Block, bound: &[String]) -> Option<Unheeded> {
    match &block.stmts[..] {
        [] => Some(Unheeded::GoesOn),
        [Stmt::Expr(code, _)] => fate(code, bound),
        _ => None,
    }
}

/// True for `None`, `false`, `total`, `Ok(total)`.
fn is_plain(value: &Expr, bound: &[String]) -> bool {
    match value {
        Expr::Lit(_) => true,
        Expr::Path(path) => !bound.iter().any(|name| path.path.is_ident(name)),
        Expr::Tuple(tuple) => tuple.elems.iter().all(|value| is_plain(value, bound)),
        Expr::Call(call) => {
            let wraps =
                matches!(&*call.func, Expr::Path(path) if path.path.is_ident("Ok") || path.path.is_ident("Some"));
            wraps && call.args.iter().all(|value| is_plain(value, bound))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
