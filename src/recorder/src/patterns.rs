//! Patterns, arms and values, as far as they are plainly written. They are read from tokens: a parser of all of Rust would
//! be linked into every program that is checked.

use proc_macro2::{Delimiter, TokenTree};

use super::intent::{group, ident, is, punct, tree};

/// A pattern.
#[derive(Debug)]
pub(super) enum Pattern {
    /// `_`
    Wild,
    /// `..`
    Rest,
    /// A name, and the pattern that stands behind its `@`.
    Name(String, Option<Box<Pattern>>),
    /// A path, by its last part: `RecvError::Closed`.
    Path(String),
    /// A tuple, by the last part of its name if it has one: `Err(RecvError::Lagged(_))`.
    Tuple(Option<String>, Vec<Pattern>),
    /// Several of which one has to fit.
    Or(Vec<Pattern>),
    /// One with a condition.
    Guarded(Box<Pattern>),
    /// Anything else.
    Other,
}

impl Pattern {
    /// The pattern that these tokens are.
    pub(super) fn of(tokens: &[TokenTree]) -> Self {
        if let Some(condition) = tokens.iter().position(|token| is(token, "if")) {
            return Self::Guarded(Box::new(Self::of(&tokens[..condition])));
        }
        let mut cases: Vec<&[TokenTree]> = tokens.split(|token| punct(token) == Some('|')).collect();
        if cases.len() > 1 && cases[0].is_empty() {
            cases.remove(0);
        }
        match cases[..] {
            [case] => Self::of_case(case),
            _ => Self::Or(cases.into_iter().map(Self::of_case).collect()),
        }
    }

    fn of_case(tokens: &[TokenTree]) -> Self {
        match tokens {
            [wild] if is(wild, "_") => Self::Wild,
            [dot, other] if punct(dot) == Some('.') && punct(other) == Some('.') => Self::Rest,
            [reference, inner @ ..] if punct(reference) == Some('&') => Self::of_case(inner),
            [word, inner @ ..] if is(word, "ref") || is(word, "mut") => Self::of_case(inner),
            [tuple] if group(tuple, Delimiter::Parenthesis).is_some() => match elements(tuple) {
                (inner, false) if inner.len() == 1 => Self::of(&inner[0]),
                (inner, _) => Self::Tuple(None, inner.iter().map(|element| Self::of(element)).collect()),
            },
            [name, at, inner @ ..] if punct(at) == Some('@') => match ident(name) {
                Some(name) => Self::Name(name, Some(Box::new(Self::of(inner)))),
                None => Self::Other,
            },
            [path @ .., tuple] if group(tuple, Delimiter::Parenthesis).is_some() => match path_of(path) {
                Some((last, _)) => {
                    Self::Tuple(Some(last), elements(tuple).0.iter().map(|element| Self::of(element)).collect())
                }
                None => Self::Other,
            },
            path => match path_of(path) {
                Some((name, true)) => Self::Name(name, None),
                Some((last, false)) => Self::Path(last),
                None => Self::Other,
            },
        }
    }
}

/// The last part of a path, and whether that is all of it.
pub(super) fn path_of(tokens: &[TokenTree]) -> Option<(String, bool)> {
    let last = ident(tokens.last()?)?;
    let colons = |two: &[TokenTree]| punct(&two[0]) == Some(':') && punct(&two[1]) == Some(':');
    let parts = &tokens[..tokens.len() - 1];
    let is_path = match parts.len() % 3 {
        // `a::b`, and `::a::b`.
        0 => parts.chunks(3).all(|part| ident(&part[0]).is_some() && colons(&part[1..])),
        2 => colons(&parts[..2]) && path_of(&tokens[2..]).is_some(),
        _ => false,
    };
    is_path.then_some((last, parts.is_empty()))
}

/// What stands between the commas in brackets, and whether there is a comma behind the last.
pub(super) fn elements(brackets: &TokenTree) -> (Vec<Vec<TokenTree>>, bool) {
    let TokenTree::Group(brackets) = brackets else { return (Vec::new(), false) };
    let list = tree(brackets);
    let parts = list.split(|token| punct(token) == Some(','));
    let elements = parts.filter(|element| !element.is_empty()).map(<[TokenTree]>::to_vec).collect();
    (elements, list.last().and_then(punct) == Some(','))
}

/// The arms of a `match`: patterns with their conditions, and what is done.
pub(super) fn arms(list: &[TokenTree]) -> Vec<(Pattern, Vec<TokenTree>)> {
    let mut arms = Vec::new();
    let mut rest = list;
    while let Some(arrow) = arrow(rest) {
        let (pattern, after) = (&rest[..arrow], &rest[arrow + 2..]);
        let (code, after) = after.split_at(end_of(after));
        arms.push((Pattern::of(pattern), code.to_vec()));
        rest = without_comma(after);
    }
    arms
}

/// Where the first `=>` is.
pub(super) fn arrow(list: &[TokenTree]) -> Option<usize> {
    list.windows(2).position(|two| punct(&two[0]) == Some('=') && punct(&two[1]) == Some('>'))
}

/// How many of these tokens are the code of the arm that they begin with.
fn end_of(list: &[TokenTree]) -> usize {
    let braces = |token: &TokenTree| group(token, Delimiter::Brace).is_some();
    let is_block = |word: &TokenTree| {
        braces(word) || ["if", "match", "loop", "while", "for", "unsafe"].iter().any(|begin| is(word, begin))
    };
    if !list.first().is_some_and(is_block) {
        return list.iter().position(|token| punct(token) == Some(',')).unwrap_or(list.len());
    }
    let mut end = 0;
    loop {
        let Some(block) = list[end..].iter().position(braces) else { return list.len() };
        end += block + 1;
        if !list.get(end).is_some_and(|word| is(word, "else")) {
            return end;
        }
    }
}

fn without_comma(list: &[TokenTree]) -> &[TokenTree] {
    match list {
        [comma, rest @ ..] if punct(comma) == Some(',') => rest,
        all => all,
    }
}

/// True for a value that is made of nothing new: `None`, `false`, `total`, `Ok(total)`; and of none of these names.
pub(super) fn is_plain(value: &[TokenTree], bound: &[String]) -> bool {
    let all_plain = |elements: Vec<Vec<TokenTree>>| elements.iter().all(|value| is_plain(value, bound));
    match value {
        [TokenTree::Literal(_)] => true,
        [tuple] if group(tuple, Delimiter::Parenthesis).is_some() => {
            let (elements, ends_with_comma) = elements(tuple);
            (ends_with_comma || elements.len() != 1) && all_plain(elements)
        }
        [wraps, values] if is(wraps, "Ok") || is(wraps, "Some") => {
            group(values, Delimiter::Parenthesis).is_some() && all_plain(elements(values).0)
        }
        path => path_of(path).is_some_and(|(name, is_all)| !(is_all && bound.contains(&name))),
    }
}
