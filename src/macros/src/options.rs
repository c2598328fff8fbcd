//! What the attribute is told.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use syn::{
    Ident, Path, Token,
    parse::{ParseStream, Parser},
    punctuated::Punctuated,
};

use crate::macros::{Macro, words};

/// How an item is tracked.
pub(crate) struct Options {
    /// Macros that are known by a short name.
    pub(crate) macros: HashMap<String, Macro>,
    pub(crate) values: Values,
}

/// Which values of the program are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Values {
    None,
    /// What awaits are for, and what is made for that.
    Subjects,
    /// Also what awaits yield. That takes an output whose type is known where it is awaited.
    All,
}

impl Options {
    /// From `select = tokio::select, both = futures::join`. What cannot be read is no name.
    pub(crate) fn parse(names: TokenStream, values: Values) -> Options {
        let one = |input: ParseStream| -> syn::Result<(String, Path)> {
            let name: Ident = input.parse()?;
            input.parse::<Token![=]>()?;
            Ok((name.to_string(), input.parse()?))
        };
        let all = |input: ParseStream| Punctuated::<_, Token![,]>::parse_terminated_with(input, one);
        let all = all.parse2(names).unwrap_or_default();
        let macros = all.into_iter().filter_map(|(name, path)| Some((name, Macro::of(&words(&path))?))).collect();
        Options { macros, values }
    }
}
