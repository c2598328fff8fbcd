//! Where an await stands: the blocks and loops around it in its own function or async block.

use std::ops::Range;

use proc_macro2::{Delimiter, Group, TokenTree};

use crate::{
    intent::{group, groups, ident, is, is_body, punct, tree},
    recording::Location,
};

/// The tokens of some brackets, and which of them is the await or has it inside.
pub(super) struct Level {
    pub(super) list: Vec<TokenTree>,
    pub(super) at: usize,
    is_block: bool,
}

/// The levels from the body of the function or async block to the innermost.
pub(super) struct Own {
    levels: Vec<Level>,
    /// What stands before that body: the head of a function, or `async move`.
    signature: Vec<TokenTree>,
}

/// A loop around an await.
pub(super) struct Loop {
    head: Vec<TokenTree>,
    pub(super) body: Vec<TokenTree>,
}

impl Own {
    /// Those around the await at this place.
    pub(super) fn at(file: &[TokenTree], place: &Location) -> Option<Self> {
        let mut levels = Vec::new();
        find(file, true, place, &mut levels).then_some(())?;
        // The innermost comes first.
        let begins = |inner: usize| {
            let outer: &Level = levels.get(inner + 1)?;
            let group = group(&outer.list[outer.at], Delimiter::Brace)?;
            begins_own(group, &outer.list[..outer.at]).then_some(inner)
        };
        let outermost = (0..levels.len()).find_map(begins)?;
        let around = &levels[outermost + 1];
        let of_function = around.list[..around.at].iter().rposition(|token| is(token, "fn"));
        let signature = around.list[of_function.unwrap_or(around.at)..around.at].to_vec();
        levels.truncate(outermost + 1);
        levels.reverse();
        Some(Self { levels, signature })
    }

    pub(super) fn blocks(&self) -> impl Iterator<Item = (usize, &Level)> {
        self.levels.iter().enumerate().filter(|(_, level)| level.is_block)
    }

    pub(super) fn is_innermost(&self, depth: usize) -> bool {
        self.blocks().last().is_some_and(|(last, _)| last == depth)
    }

    /// What stands before a block in its statement: `if x`, `while let Some(y) = z`.
    pub(super) fn head(&self, depth: usize) -> Option<Vec<TokenTree>> {
        let outer = self.levels.get(depth.checked_sub(1)?)?;
        let ends = |token: &TokenTree| punct(token) == Some(';') || group(token, Delimiter::Brace).is_some();
        let from = outer.list[..outer.at].iter().rposition(ends).map_or(0, |at| at + 1);
        Some(outer.list[from..outer.at].to_vec())
    }

    /// True if the first of these names is of what the function is given, or of what an async block has around it. In a path
    /// the others are its fields.
    pub(super) fn gets(&self, names: &[String]) -> bool {
        let body = &self.levels[0].list;
        let is_given = |name: &String| match self.signature.is_empty() {
            true => bound_to(body, name).is_none(),
            false => mentions(&self.signature, name),
        };
        names.first().is_some_and(is_given)
    }

    pub(super) fn innermost_loop(&self) -> Option<Loop> {
        let is_loop =
            |head: &[TokenTree]| head.iter().any(|token| ["loop", "while", "for"].iter().any(|word| is(token, word)));
        (1..self.levels.len()).rev().filter(|depth| self.levels[*depth].is_block).find_map(|depth| {
            let head = self.head(depth).filter(|head| is_loop(head))?;
            Some(Loop { head, body: self.levels[depth].list.clone() })
        })
    }

    /// The expression that is awaited, without its `.await`; that of an arm ends with its arrow.
    pub(super) fn expression(&self) -> Option<Vec<TokenTree>> {
        let Level { list, at, .. } = self.levels.last()?;
        let ends = |two: &[TokenTree]| {
            let (mark, next) = (punct(&two[0]), &two[1]);
            (mark == Some('.') && is(next, "await")) || (mark == Some('=') && punct(next) == Some('>'))
        };
        let end = at + list[*at..].windows(2).position(ends)?;
        let begins = |token: &TokenTree| matches!(punct(token), Some('=' | ';')) || is(token, "match");
        let start = list[..*at].iter().rposition(begins).map_or(0, |before| before + 1).min(*at);
        // A place is the first token, or the dot of an `.await` in another line.
        let start = if end == *at { start } else { *at };
        let expression = list.get(start..end)?;
        let comma = expression.iter().position(|token| punct(token) == Some(','));
        Some(expression[..comma.unwrap_or(expression.len())].to_vec())
    }
}

/// Collects the levels around a place, the innermost first.
fn find(list: &[TokenTree], is_block: bool, place: &Location, levels: &mut Vec<Level>) -> bool {
    let begins = |token: &TokenTree| {
        let start = token.span().start();
        (start.line, start.column + 1) == (place.line as usize, place.column as usize)
    };
    let at = list.iter().position(|token| {
        begins(token)
            || matches!(token, TokenTree::Group(group)
                if find(&tree(group), group.delimiter() == Delimiter::Brace, place, levels))
    });
    levels.extend(at.map(|at| Level { list: list.to_vec(), at, is_block }));
    at.is_some()
}

/// True for the body of a function, an async block or a closure.
fn begins_own(group: &Group, before: &[TokenTree]) -> bool {
    let last = before.last();
    let is_async = last.is_some_and(|last| is(last, "async") || is(last, "move"));
    is_async || last.and_then(punct) == Some('|') || is_body(group, before)
}

impl Loop {
    /// True if each turn has another value of this name.
    pub(super) fn binds(&self, name: &str) -> bool {
        self.head_binds(name) || self.lets(name).is_some() || assigns(&self.body, name)
    }

    /// `for NAME in …`, `while let Some(NAME) = …`.
    pub(super) fn head_binds(&self, name: &str) -> bool {
        let word = |word: &str| self.head.iter().position(|token| is(token, word));
        let ends = |token: &TokenTree| is(token, "in") || punct(token) == Some('=');
        let from = word("let").or_else(|| word("for"));
        from.is_some_and(|from| {
            let until = self.head[from..].iter().position(ends).map_or(self.head.len(), |at| from + at);
            mentions(&self.head[from..until], name)
        })
    }

    /// What this name is bound to in the body.
    pub(super) fn lets(&self, name: &str) -> Option<Vec<TokenTree>> {
        bound_to(&self.body, name)
    }
}

fn bound_to(list: &[TokenTree], name: &str) -> Option<Vec<TokenTree>> {
    let here = list.iter().enumerate().filter(|(_, token)| is(token, "let")).find_map(|(at, _)| {
        let (names, value) = pattern_of(&list[at..])?;
        names.iter().any(|bound| bound == name).then_some(value)
    });
    here.or_else(|| groups(list).find_map(|group| bound_to(&tree(group), name)))
}

/// True if `NAME = …` stands somewhere.
fn assigns(list: &[TokenTree], name: &str) -> bool {
    let here = list.windows(3).any(|three| {
        is(&three[0], name) && punct(&three[1]) == Some('=') && !matches!(punct(&three[2]), Some('=' | '>'))
    });
    here || groups(list).any(|group| assigns(&tree(group), name))
}

/// The statements of a block.
pub(super) fn statements(list: &[TokenTree]) -> Vec<Range<usize>> {
    let mut statements = Vec::new();
    let mut start = 0;
    for (at, token) in list.iter().enumerate() {
        let goes_on = list.get(at + 1).is_some_and(|next| is(next, "else") || matches!(punct(next), Some('.' | '?')));
        let closes = group(token, Delimiter::Brace).is_some() && !is(&list[start], "let") && !goes_on;
        if punct(token) == Some(';') || closes {
            statements.push(start..at + 1);
            start = at + 1;
        }
    }
    statements.push(start..list.len().max(start + 1));
    statements.retain(|range| range.end <= list.len());
    statements
}

/// The variables that `let PATTERN = VALUE` binds, and the value.
pub(super) fn pattern_of(statement: &[TokenTree]) -> Option<(Vec<String>, Vec<TokenTree>)> {
    let is_assignment = |at: &usize| {
        let next = statement.get(at + 1).and_then(punct);
        punct(&statement[*at]) == Some('=') && !matches!(next, Some('=' | '>'))
    };
    let equals = (0..statement.len()).find(is_assignment).filter(|_| is(&statement[0], "let"))?;
    let type_begins = statement[..equals].iter().position(|token| punct(token) == Some(':'));
    let names = lowercase(&statement[1..type_begins.unwrap_or(equals)]);
    let end = statement[equals..].iter().position(|token| punct(token) == Some(';'));
    Some((names, statement[equals + 1..end.map_or(statement.len(), |end| equals + end)].to_vec()))
}

/// The names of variables in some tokens.
pub(super) fn lowercase(tokens: &[TokenTree]) -> Vec<String> {
    let mut names = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => names.extend(lowercase(&tree(group))),
            TokenTree::Ident(word) => {
                let word = word.to_string();
                let is_name = word.starts_with(|c: char| c.is_lowercase() || c == '_')
                    && word.len() > usize::from(word.starts_with('_'));
                names.extend((is_name && word != "mut" && word != "ref").then_some(word));
            }
            _ => {}
        }
    }
    names
}

/// How often a name stands in some tokens. A format string may mention it, too.
pub(super) fn count(tokens: &[TokenTree], name: &str) -> usize {
    let of = |token: &TokenTree| match token {
        TokenTree::Group(group) => count(&tree(group), name),
        TokenTree::Literal(text) => usize::from(text.to_string().contains(&format!("{{{name}"))),
        token => usize::from(ident(token).is_some_and(|word| word == name)),
    };
    tokens.iter().map(of).sum()
}

pub(super) fn mentions(tokens: &[TokenTree], name: &str) -> bool {
    count(tokens, name) > 0
}

pub(super) fn mentions_any(tokens: &[TokenTree], names: &[&str]) -> bool {
    names.iter().any(|name| mentions(tokens, name))
}
