//! Goes through the body of a function, and puts the identity before each `.await`, in the arguments of macros too.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::{
    arms,
    bodies::{is_mark, is_word, with},
    expression, macros, made,
    options::{Options, Values},
    outcome, site, subject,
};

/// The tokens with every await tracked; nothing if there is none. `dropped`: whoever holds these tokens throws away what
/// they yield.
pub(crate) fn tracked(tokens: TokenStream, options: &Options, dropped: bool) -> Option<TokenStream> {
    let list: Vec<TokenTree> = tokens.into_iter().collect();
    let pieces = pieces(&list, options, dropped)?;
    Some(pieces.into_iter().collect())
}

/// What becomes of each token; nothing if each stays as it is.
pub(crate) fn pieces(list: &[TokenTree], options: &Options, dropped: bool) -> Option<Vec<TokenStream>> {
    let mut changed = false;
    let mut pieces: Vec<TokenStream> = Vec::with_capacity(list.len());
    while pieces.len() < list.len() {
        let at = pieces.len();
        let untouched = untouched(&list[at..]);
        if untouched > 0 {
            pieces.extend(list[at..at + untouched].iter().map(|token| TokenStream::from(token.clone())));
            continue;
        }
        let new = match &list[at] {
            TokenTree::Punct(dot) if is_await(list, at) => {
                let start = expression::start(list, at);
                let thrown_away = outcome::is_thrown_away(list, start, at + 1, dropped);
                let place = start.filter(|&start| list[start].span().start().line == dot.span().start().line);
                let place = place.map_or(dot.span(), |start| list[start].span());
                let future = start.map_or(&[][..], |start| &list[start..at]);
                if let Some(start) = start.filter(|_| options.values >= Values::Subjects) {
                    let written: TokenStream = pieces[start..].iter_mut().map(std::mem::take).collect();
                    pieces[start] = subject::with(written, future, dot.span());
                }
                let mut new = site::tracked((place, dot.span()), future, thrown_away, options);
                new.extend([list[at].clone()]);
                Some(new)
            }
            TokenTree::Punct(mark) if mark.as_char() == ';' && options.values >= Values::Subjects => {
                let said = made::after_let(list, at);
                (!said.is_empty()).then(|| [TokenStream::from(list[at].clone()), said].into_iter().collect())
            }
            TokenTree::Group(group) => {
                let inner = match macros::called(list, at, options) {
                    Some(called) => {
                        arms::tracked(group.stream(), called, options, outcome::is_statement_of_macro(list, at))
                    }
                    None => tracked(group.stream(), options, outcome::is_of_drop(list, at)),
                };
                let inner = inner.map(|inner| TokenTree::Group(with(group, inner)).into());
                let said = made::after_call(list, at);
                match said.is_empty() || options.values < Values::Subjects {
                    true => inner,
                    false => Some([inner.unwrap_or_else(|| list[at].clone().into()), said].into_iter().collect()),
                }
            }
            _ => None,
        };
        changed |= new.is_some();
        pieces.push(new.unwrap_or_else(|| list[at].clone().into()));
    }
    changed.then_some(pieces)
}

/// Whether the dot of an `.await` is here.
fn is_await(list: &[TokenTree], at: usize) -> bool {
    let is_range = at > 0 && is_mark(list.get(at - 1), '.');
    is_mark(list.get(at), '.') && !is_range && is_word(list.get(at + 1), "await")
}

/// How many tokens from here on are no code of this function: an attribute, a macro's definition, a module.
fn untouched(list: &[TokenTree]) -> usize {
    let is_group =
        |at: usize, delimiter| matches!(list.get(at), Some(TokenTree::Group(group)) if group.delimiter() == delimiter);
    let word = |word| is_word(list.first(), word);
    let mark = |at: usize, mark| is_mark(list.get(at), mark);
    match () {
        () if mark(0, '#') && is_group(1, Delimiter::Bracket) => 2,
        () if mark(0, '#') && mark(1, '!') && is_group(2, Delimiter::Bracket) => 3,
        () if word("macro_rules") && mark(1, '!') && list.len() > 3 => 4,
        () if word("mod") && is_group(2, Delimiter::Brace) => 3,
        () => 0,
    }
}
