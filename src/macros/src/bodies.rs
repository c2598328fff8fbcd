//! Finds the bodies of functions in an item: itself a function, or an `impl`, a trait, a module with functions in it.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

use crate::{awaits, options::Options};

/// The item with every await tracked.
pub(crate) fn tracked(options: &Options, item: TokenStream) -> TokenStream {
    in_item(item.clone(), options).unwrap_or(item)
}

/// Nothing if there is nothing to change.
fn in_item(tokens: TokenStream, options: &Options) -> Option<TokenStream> {
    let mut changed = false;
    let mut signature = false;
    let mut before: Option<TokenTree> = None;
    let mut all = Vec::new();
    for token in tokens {
        let is_name = matches!(token, TokenTree::Ident(_));
        signature |= is_name && is_word(before.as_ref(), "fn");
        let token = match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                // A brace right after `<` is a constant, in a type of the signature.
                let is_body = signature && !is_mark(before.as_ref(), '<');
                signature &= !is_body;
                let new = if is_body { body(group.stream(), options) } else { in_item(group.stream(), options) };
                changed |= new.is_some();
                TokenTree::Group(new.map_or(group.clone(), |new| with(&group, new)))
            }
            TokenTree::Punct(punct) if punct.as_char() == ';' => {
                signature = false;
                punct.into()
            }
            other => other,
        };
        before = Some(token.clone());
        all.push(token);
    }
    changed.then(|| all.into_iter().collect())
}

fn body(tokens: TokenStream, options: &Options) -> Option<TokenStream> {
    let tracked = awaits::tracked(tokens, options, false)?;
    Some(quote!(#[allow(unused_imports)] use ::workbook::awaits::scope::*; #tracked))
}

/// A group of the same kind at the same place with other tokens in it.
pub(crate) fn with(group: &Group, tokens: TokenStream) -> Group {
    let mut new = Group::new(group.delimiter(), tokens);
    new.set_span(group.span());
    new
}

/// Whether a token is this word.
pub(crate) fn is_word(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}

/// Whether a token is this punctuation mark.
pub(crate) fn is_mark(token: Option<&TokenTree>, mark: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}
