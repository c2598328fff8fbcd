//! What the source says of a future that was dropped at an await, where the recording cannot tell: whether it had in hand
//! what it had taken before, and whether its program then takes from the same source again.
//!
//! Only what is plainly written is recognised. Where a value may have been put aside, nothing is said.

mod levels;
mod sources;

use proc_macro2::{Delimiter, TokenTree};

use self::levels::{Own, count, lowercase, mentions, mentions_any, pattern_of, statements};
use super::intent::{group, ident, is, punct, tree};
use crate::recording::Location;

/// Methods that yield a value which nobody else gets then.
const TAKE: [&str; 5] = ["recv", "recv_async", "next", "accept", "pop"];
/// Methods that read into a buffer.
const READ: [&str; 4] = ["read", "read_exact", "read_line", "read_buf"];
/// Macros that only look at a value.
const LOOK: [&str; 13] = [
    "print",
    "println",
    "eprint",
    "eprintln",
    "assert",
    "assert_eq",
    "debug_assert",
    "dbg",
    "trace",
    "debug",
    "info",
    "warn",
    "error",
];
/// Types that a value may be made into and is still in hand.
const PLAIN: [&str; 10] = ["Vec", "String", "Box", "Some", "Ok", "Err", "Bytes", "BytesMut", "Cursor", "Instant"];
/// Methods that take the next of several values.
const NEXT: [&str; 7] = ["pop", "pop_front", "pop_back", "next", "recv", "try_recv", "remove"];

/// True if the program comes to the await at `place` again and again, and what it takes from there is the same each time.
pub(super) fn takes_again(file: &[TokenTree], place: &Location) -> bool {
    let Some(own) = Own::at(file, place) else { return false };
    let (Some(innermost), Some(expression)) = (own.innermost_loop(), own.expression()) else { return false };
    let names = sources::of(&expression);
    !names.is_empty() && !names.iter().any(|name| innermost.binds(name))
}

/// True if the future that is awaited at `place` takes from what its function was given. What a function makes by itself goes
/// with it, and is made anew.
pub(super) fn takes_from_outside(file: &[TokenTree], place: &Location) -> bool {
    let own = Own::at(file, place);
    own.is_some_and(|own| own.expression().is_some_and(|expression| own.gets(&sources::of(&expression))))
}

/// True if the value that is sent at `place` is gone when that is dropped, because the next turn of a loop has the next value.
pub(super) fn is_gone(file: &[TokenTree], place: &Location) -> bool {
    let Some(own) = Own::at(file, place) else { return false };
    let (Some(innermost), Some(expression)) = (own.innermost_loop(), own.expression()) else { return false };
    let Some(argument) = expression.last().and_then(|last| group(last, Delimiter::Parenthesis)).map(tree) else {
        return false;
    };
    let takes_next = argument.windows(2).any(|two| is_call_of(two, &NEXT));
    takes_next || {
        let names = lowercase(&argument);
        let is_of_turn = |name: &String| {
            innermost.head_binds(name) || innermost.lets(name).is_some_and(|value| mentions_any(&value, &NEXT))
        };
        let stays = |name: &String| {
            let bound = usize::from(innermost.lets(name).is_some());
            count(&innermost.body, name) > count(&argument, name) + bound
        };
        let is_copied = mentions(&argument, "clone");
        names.iter().any(is_of_turn) && !names.iter().any(stays) && !is_copied
    }
}

fn is_call_of(two: &[TokenTree], names: &[&str]) -> bool {
    names.iter().any(|name| is(&two[0], name)) && group(&two[1], Delimiter::Parenthesis).is_some()
}

/// The line of the await that yielded what the code at `place` has in hand, if it has something.
pub(super) fn held(file: &[TokenTree], place: &Location) -> Option<u32> {
    let own = Own::at(file, place)?;
    let mut hands: Vec<Hand> = Vec::new();
    let mut locals: Vec<String> = Vec::new();
    let mut later: Vec<TokenTree> = Vec::new();
    for (depth, level) in own.blocks() {
        hands.extend(own.head(depth).and_then(|head| Hand::of_condition(&head)));
        let statements = statements(&level.list);
        let here = statements.iter().position(|statement| statement.contains(&level.at))?;
        for statement in statements[..here].iter().map(|range| &level.list[range.clone()]) {
            hands.retain_mut(|hand| hand.survives(statement));
            hands.extend(Hand::of_statement(statement, &locals));
            locals.extend(pattern_of(statement).map(|(names, _)| names).unwrap_or_default());
        }
        let is_innermost = own.is_innermost(depth);
        let from = if is_innermost { statements[here].start } else { statements[here].end };
        later.extend_from_slice(&level.list[from..]);
    }
    hands.retain(|hand| own.gets(&hand.source));
    hands.into_iter().rfind(|hand| hand.names.iter().any(|name| mentions(&later, name))).map(|hand| hand.line)
}

/// A value that was taken, and the variables it is in.
struct Hand {
    line: u32,
    names: Vec<String>,
    /// The variables that it was taken from.
    source: Vec<String>,
}

impl Hand {
    /// `let NAME = rx.recv().await?;` and its like; `locals` are the variables there are.
    fn of_statement(statement: &[TokenTree], locals: &[String]) -> Option<Self> {
        let (mut names, value) = pattern_of(statement).unwrap_or((Vec::new(), statement.to_vec()));
        let Awaited { source, method, arguments, after } = awaited(&value)?;
        let is_yielded = match after {
            [mark, ..] if punct(mark) == Some('?') => true,
            [dot, word, ..] if punct(dot) == Some('.') => is(word, "unwrap") || is(word, "expect"),
            [word, ..] => is(word, "else"),
            [] => false,
        };
        let line = statement.first()?.span().start().line as u32;
        if READ.contains(&method.as_str()) {
            names.extend(lowercase(arguments));
            let into_local = lowercase(arguments).iter().any(|name| locals.contains(name));
            return (is_yielded && into_local).then_some(Self { line, names, source });
        }
        (is_yielded && takes(&method) && !names.is_empty()).then_some(Self { line, names, source })
    }

    /// `if let Some(NAME) = rx.recv().await`, or the same with `while`.
    fn of_condition(head: &[TokenTree]) -> Option<Self> {
        let at = head.iter().position(|token| is(token, "let"))?;
        let (names, value) = pattern_of(&head[at..])?;
        let Awaited { source, method, after, .. } = awaited(&value)?;
        let line = head.first()?.span().start().line as u32;
        (takes(&method) && after.is_empty() && !names.is_empty()).then_some(Self { line, names, source })
    }

    /// False if this statement may put the value aside.
    fn survives(&mut self, statement: &[TokenTree]) -> bool {
        let is_in = |tokens: &[TokenTree]| self.names.iter().any(|name| mentions(tokens, name));
        if !is_in(statement) {
            return true;
        }
        if let Some((names, value)) = pattern_of(statement) {
            let stays = !is_in(&value) || is_plain(&value);
            if is_in(&value) {
                self.names.extend(names);
            }
            return stays;
        }
        let looks = LOOK.iter().any(|name| is(&statement[0], name)) && statement.get(1).and_then(punct) == Some('!');
        // `if length == 0 { return … }`
        let (body, condition) = statement.split_last().unwrap_or((&statement[0], &[]));
        let asks = is(&statement[0], "if") && !is_in(std::slice::from_ref(body)) && is_plain(condition);
        looks || asks
    }
}

fn takes(method: &str) -> bool {
    let is_number = ["read_u", "read_i", "read_f"].iter().any(|of| method.starts_with(of)) && method != "read_until";
    is_number || TAKE.contains(&method)
}

/// A method that is called and awaited.
struct Awaited<'a> {
    /// What it is called on.
    source: Vec<String>,
    method: String,
    arguments: &'a [TokenTree],
    /// What follows the await.
    after: &'a [TokenTree],
}

/// Nothing if the await is a part of something.
fn awaited(value: &[TokenTree]) -> Option<Awaited<'_>> {
    let at = value.windows(2).position(|two| punct(&two[0]) == Some('.') && is(&two[1], "await"))?;
    let [receiver @ .., dot, method, arguments] = &value[..at] else { return None };
    let is_path = receiver.iter().all(|token| ident(token).is_some() || punct(token) == Some('.'));
    group(arguments, Delimiter::Parenthesis).filter(|_| is_path && punct(dot) == Some('.'))?;
    let (source, method) = (lowercase(receiver), ident(method)?);
    Some(Awaited { source, method, arguments: &value[at - 1..at], after: &value[at + 2..] })
}

/// True for what makes something of a value and keeps nothing of it: no method of `self`, no constructor of an own type.
fn is_plain(tokens: &[TokenTree]) -> bool {
    let borrows = tokens.windows(2).any(|two| punct(&two[0]) == Some('&') && is(&two[1], "mut"));
    !borrows
        && tokens.iter().all(|token| match token {
            TokenTree::Ident(word) => {
                let word = word.to_string();
                word != "self"
                    && (word.starts_with(|c: char| !c.is_uppercase())
                        || PLAIN.contains(&word.as_str())
                        || is_constant(&word))
            }
            TokenTree::Group(group) => is_plain(&tree(group)),
            _ => true,
        })
}

fn is_constant(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

#[cfg(test)]
mod tests;
