//! The identity of an await as code.

use proc_macro2::{Literal, Span, TokenStream, TokenTree};
use quote::quote_spanned;

use crate::{
    expression,
    options::{Options, Values},
};

/// Methods whose caller says what they yield.
const OPEN: [&str; 3] = ["collect", "unzip", "fold"];

/// What comes after a future to track it. Everything of it is at `span`, so that it has no place of its own. `future` is
/// what is awaited, or nothing if that cannot be told.
pub(crate) fn tracked(
    (place, span): (Span, Span),
    future: &[TokenTree],
    thrown_away: bool,
    options: &Options,
) -> TokenStream {
    let line = Literal::usize_unsuffixed(place.start().line);
    let column = Literal::usize_unsuffixed(place.start().column + 1);
    let code = expression::in_short(future);
    let look = match options.values == Values::All && !is_open(future) {
        true => quote_spanned!(span=> |output| (&&&::workbook::awaits::Look(output)).look()),
        false => quote_spanned!(span=> |_| ::workbook::awaits::Seen::Unknown),
    };
    let keeping = match options.values == Values::All && mentions(future, &KEEPERS) {
        true => quote_spanned!(span=> .__keeping(|future| (&&::workbook::awaits::Inside(future)).taken())),
        false => TokenStream::new(),
    };
    quote_spanned! {span=>
        .__tracked(
            &::workbook::awaits::Await {
                file: ::core::file!(),
                line: #line,
                column: #column,
                code: #code,
                thrown_away: #thrown_away,
            },
            #look,
        )
        #keeping
    }
}

/// Reads that keep what they have taken to themselves until they are done.
const KEEPERS: [&str; 3] = ["read_line", "read_exact", "read_to_string"];

/// Whether the type of the output may be found out only later: by what a block returns, or by what is collected into.
fn is_open(future: &[TokenTree]) -> bool {
    let is_collected =
        |token: &TokenTree| matches!(token, TokenTree::Ident(word) if OPEN.iter().any(|open| word == open));
    future.is_empty() || future.iter().any(is_collected) || mentions(future, &["async"])
}

/// Whether one of these words is there, in groups too.
fn mentions(tokens: &[TokenTree], words: &[&str]) -> bool {
    tokens.iter().any(|token| match token {
        TokenTree::Ident(word) => words.iter().any(|known| word == known),
        TokenTree::Group(group) => mentions(&group.stream().into_iter().collect::<Vec<_>>(), words),
        _ => false,
    })
}
