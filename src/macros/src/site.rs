//! The identity of an await as code.

use proc_macro2::{Literal, Span, TokenStream};
use quote::quote_spanned;

/// What comes after a future to track it. Everything of it is at `span`, so that it has no place of its own.
pub(crate) fn tracked(place: Span, span: Span, code: &str, thrown_away: bool) -> TokenStream {
    let line = Literal::usize_unsuffixed(place.start().line);
    let column = Literal::usize_unsuffixed(place.start().column + 1);
    quote_spanned! {span=>
        .__tracked(
            &::workbook::awaits::Await {
                file: ::core::file!(),
                line: #line,
                column: #column,
                code: #code,
                thrown_away: #thrown_away,
            },
            |output| (&&::workbook::awaits::Look(output)).look(),
        )
    }
}
