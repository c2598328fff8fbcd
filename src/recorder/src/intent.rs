//! What the source says of a spawn, where the recording of a run cannot tell: whether anybody keeps the handle, and whether
//! the task is meant to come to an end at all.

use proc_macro2::{Delimiter, Group, TokenTree};

use crate::recording::{Intent, Location};

/// What the source says of the spawn at `place` in this file; nothing if there is none.
pub(super) fn at(file: &[TokenTree], place: &Location) -> Intent {
    Spawn::at(file, place).map(|spawn| spawn.intent(file)).unwrap_or_default()
}

/// A call that spawns a task: `tokio::spawn(…)`, or the `spawn(…)` of `set.spawn(…)`.
struct Spawn {
    /// The column it begins at, counted from 1.
    column: usize,
    /// What stands before it in the innermost braces or parentheses.
    before: Vec<TokenTree>,
    arguments: Group,
    /// What stands behind it.
    after: Vec<TokenTree>,
    /// The body of the function it stands in.
    body: Vec<TokenTree>,
}

impl Spawn {
    /// The one at this place. Columns are shifted where the program was built with an identity for each await, so the only
    /// one of a line is meant in any case.
    fn at(file: &[TokenTree], place: &Location) -> Option<Self> {
        let mut found = Vec::new();
        Self::find(file, place.line as usize, file, &mut found);
        match found.iter().position(|spawn| spawn.column == place.column as usize) {
            Some(exact) => Some(found.swap_remove(exact)),
            None if found.len() == 1 => found.pop(),
            None => None,
        }
    }

    /// Collects those that begin in this line.
    fn find(tokens: &[TokenTree], line: usize, body: &[TokenTree], found: &mut Vec<Self>) {
        for (nth, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) if group.span_open().start().line <= line => {
                    let (inner, of_function) = (tree(group), is_body(group, &tokens[..nth]));
                    Self::find(&inner, line, if of_function { &inner } else { body }, found);
                }
                TokenTree::Ident(first) if first.span().start().line == line => {
                    let follows = nth.checked_sub(1).and_then(|nth| punct(&tokens[nth])) == Some(':');
                    found.extend(Self::new(tokens, nth, body).filter(|_| !follows));
                }
                _ => {}
            }
        }
    }

    fn new(tokens: &[TokenTree], first: usize, body: &[TokenTree]) -> Option<Self> {
        let call = tokens[first..].iter().position(|token| group(token, Delimiter::Parenthesis).is_some())?;
        let (path, rest) = tokens[first..].split_at(call);
        let name = path.iter().filter_map(ident).rfind(|name| name.starts_with("spawn"));
        let is_path = path.iter().all(|token| match token {
            TokenTree::Ident(_) => true,
            TokenTree::Punct(punct) => ":<>,".contains(punct.as_char()),
            _ => false,
        });
        let arguments = group(&rest[0], Delimiter::Parenthesis).filter(|_| is_path && name.is_some())?.clone();
        let (before, after) = (tokens[..first].to_vec(), rest[1..].to_vec());
        let column = tokens[first].span().start().column + 1;
        Some(Self { column, before, arguments, after, body: body.to_vec() })
    }

    fn intent(&self, file: &[TokenTree]) -> Intent {
        Intent { detached: self.is_detached(), endless: self.is_endless(file), cancelled: self.is_cancelled() }
    }

    /// True if the call is a statement of its own, or is bound to `_`.
    fn is_detached(&self) -> bool {
        let mut after = self.after.iter();
        let ends = after.find(|token| !is_unwrapping(token)).and_then(punct) == Some(';');
        let mut statement = self.statement();
        for word in ["let", "_"] {
            statement =
                statement.split_first().filter(|(first, _)| is(first, word)).map_or(statement, |(_, rest)| rest);
        }
        statement =
            statement.split_first().filter(|(first, _)| punct(first) == Some('=')).map_or(statement, |(_, rest)| rest);
        ends && (statement.is_empty() || is_receiver(statement))
    }

    /// What stands before the call in its statement.
    fn statement(&self) -> &[TokenTree] {
        let ends = |token: &TokenTree| punct(token) == Some(';') || group(token, Delimiter::Brace).is_some();
        let from = self.before.iter().rposition(ends).map_or(0, |at| at + 1);
        &self.before[from..]
    }

    /// True if what it is spawned on is dropped, shut down or emptied by name in the same function.
    fn is_cancelled(&self) -> bool {
        let statement = self.statement();
        let Some(name) = statement.iter().rev().find_map(ident).filter(|_| is_receiver(statement)) else {
            return false;
        };
        cancels(&self.body, &name)
    }

    /// True if what is spawned is a loop that nothing but an error ends.
    fn is_endless(&self, file: &[TokenTree]) -> bool {
        let arguments = tree(&self.arguments);
        match body_of_async(&arguments) {
            Some(body) => loops_for_ever(&tree(body)),
            None => function_called(&arguments).is_some_and(|name| {
                name == "pending" || body_of(file, &name).is_some_and(|body| loops_for_ever(&body))
            }),
        }
    }
}

/// True for `set.` and `self.tasks.` and `Handle::current().`, false for whatever keeps the value of what follows.
fn is_receiver(tokens: &[TokenTree]) -> bool {
    let two_words = tokens.windows(2).any(|two| ident(&two[0]).is_some() && ident(&two[1]).is_some());
    let fits = |token: &TokenTree| match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(punct) => ".:?".contains(punct.as_char()),
        TokenTree::Group(group) => group.delimiter() == Delimiter::Parenthesis,
        TokenTree::Literal(_) => false,
    };
    !two_words && tokens.iter().all(fits) && tokens.last().and_then(punct) == Some('.')
}

/// True for the parts of `.unwrap()`, `.expect(…)` and `?`.
fn is_unwrapping(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(ident) => ident == "unwrap" || ident == "expect",
        TokenTree::Punct(punct) => ".?".contains(punct.as_char()),
        TokenTree::Group(group) => group.delimiter() == Delimiter::Parenthesis,
        TokenTree::Literal(_) => false,
    }
}

/// True if `drop(name)`, `name.abort_all()`, `name.shutdown()` or `name.detach_all()` stands somewhere in these tokens.
fn cancels(tokens: &[TokenTree], name: &str) -> bool {
    let here = tokens.windows(2).any(|two| {
        let dropped = group(&two[1], Delimiter::Parenthesis).map(tree);
        is(&two[0], "drop") && dropped.is_some_and(|dropped| dropped.last().is_some_and(|last| is(last, name)))
    });
    let by_method = tokens.windows(3).any(|three| {
        let ends = ["abort_all", "shutdown", "detach_all"].iter().any(|method| is(&three[2], method));
        is(&three[0], name) && punct(&three[1]) == Some('.') && ends
    });
    here || by_method || groups(tokens).any(|group| cancels(&tree(group), name))
}

/// True if the statements of a body come to a `loop` without an end.
fn loops_for_ever(body: &[TokenTree]) -> bool {
    let loops = body.windows(2).filter(|two| is(&two[0], "loop"));
    let mut bodies = loops.filter_map(|two| group(&two[1], Delimiter::Brace));
    bodies.any(|of_loop| !can_leave(&tree(of_loop), false))
}

/// True if these statements of a loop can leave it, other than by an error. `nested` if they stand in a loop within it, which
/// a plain `break` leaves.
fn can_leave(tokens: &[TokenTree], nested: bool) -> bool {
    let (mut loop_begins, mut async_begins) = (false, false);
    for (nth, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(word) => match word.to_string().as_str() {
                "return" => return true,
                "break" if !nested || tokens.get(nth + 1).and_then(punct) == Some('\'') => return true,
                "loop" | "while" | "for" => loop_begins = true,
                "async" => async_begins = true,
                _ => {}
            },
            TokenTree::Group(group) => {
                let braces = group.delimiter() == Delimiter::Brace;
                // What is spawned there has an end of its own.
                let is_async = braces && std::mem::take(&mut async_begins);
                let nested = nested || (braces && std::mem::take(&mut loop_begins));
                if !is_async && can_leave(&tree(group), nested) {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

/// The block of `async { … }` or `async move { … }`, if the tokens begin with one.
fn body_of_async(tokens: &[TokenTree]) -> Option<&Group> {
    let words = tokens.iter().take_while(|token| ident(token).is_some()).count();
    let is_async = tokens.first().is_some_and(|first| is(first, "async"));
    tokens.get(words).and_then(|token| group(token, Delimiter::Brace)).filter(|_| is_async)
}

/// The name of the function whose call the tokens end in.
fn function_called(tokens: &[TokenTree]) -> Option<String> {
    let call = tokens.iter().rposition(|token| group(token, Delimiter::Parenthesis).is_some())?;
    tokens[..call].iter().filter_map(ident).next_back()
}

/// The body of the function of this name, if there is one and no other.
fn body_of(tokens: &[TokenTree], name: &str) -> Option<Vec<TokenTree>> {
    let mut found = Vec::new();
    bodies_of(tokens, name, &mut found);
    if found.len() == 1 { found.pop() } else { None }
}

fn bodies_of(tokens: &[TokenTree], name: &str, found: &mut Vec<Vec<TokenTree>>) {
    for (nth, two) in tokens.windows(2).enumerate() {
        if is(&two[0], "fn") && is(&two[1], name) {
            found.extend(tokens[nth..].iter().find_map(|token| group(token, Delimiter::Brace)).map(tree));
        }
    }
    for group in groups(tokens) {
        bodies_of(&tree(group), name, found);
    }
}

/// True if braces that follow these tokens are the body of a function.
pub(super) fn is_body(group: &Group, before: &[TokenTree]) -> bool {
    let item = before.rsplit(|token| punct(token) == Some(';') || self::group(token, Delimiter::Brace).is_some());
    let has_fn = |item: &[TokenTree]| item.iter().filter_map(ident).any(|word| word == "fn");
    group.delimiter() == Delimiter::Brace && item.into_iter().next().is_some_and(has_fn)
}

pub(super) fn tree(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

pub(super) fn groups(tokens: &[TokenTree]) -> impl Iterator<Item = &Group> {
    tokens.iter().filter_map(|token| match token {
        TokenTree::Group(group) => Some(group),
        _ => None,
    })
}

pub(super) fn group(token: &TokenTree, delimiter: Delimiter) -> Option<&Group> {
    match token {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(group),
        _ => None,
    }
}

pub(super) fn ident(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        _ => None,
    }
}

pub(super) fn is(token: &TokenTree, word: &str) -> bool {
    ident(token).is_some_and(|ident| ident == word)
}

pub(super) fn punct(token: &TokenTree) -> Option<char> {
    match token {
        TokenTree::Punct(punct) => Some(punct.as_char()),
        _ => None,
    }
}
