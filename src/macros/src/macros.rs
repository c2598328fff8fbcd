//! Which macro a name stands for. Only those of tokio and futures are known; another's `select!` is another's.

use std::collections::HashMap;

use proc_macro2::{TokenStream, TokenTree};
use syn::{Path, Token, parse::Parser, punctuated::Punctuated};

use crate::{bodies::is_mark, expression};

/// A macro that awaits the futures it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Macro {
    /// `join!` and `try_join!`.
    Join,
    /// `select!` of tokio.
    Select,
    /// `select!` and `select_biased!` of futures, which borrow a future that has a name.
    BorrowingSelect,
}

impl Macro {
    fn of(path: &[String]) -> Option<Macro> {
        let [library, .., name] = path else { return None };
        let is_futures = matches!(library.as_str(), "futures" | "futures_util");
        match (library.as_str(), name.as_str()) {
            ("tokio", "join" | "try_join") => Some(Macro::Join),
            ("tokio", "select") => Some(Macro::Select),
            (_, "join" | "try_join") if is_futures => Some(Macro::Join),
            (_, "select" | "select_biased") if is_futures => Some(Macro::BorrowingSelect),
            _ => None,
        }
    }
}

/// The short names that macros have in a file.
#[derive(Default)]
pub(crate) struct Names(HashMap<String, Macro>);

impl Names {
    /// From `select = tokio::select, both = futures::join`. What cannot be read is no name.
    pub(crate) fn parse(names: TokenStream) -> Names {
        let one = |input: syn::parse::ParseStream| -> syn::Result<(String, Path)> {
            let name: syn::Ident = input.parse()?;
            input.parse::<Token![=]>()?;
            Ok((name.to_string(), input.parse()?))
        };
        let all = |input: syn::parse::ParseStream| Punctuated::<_, Token![,]>::parse_terminated_with(input, one);
        let all = all.parse2(names).unwrap_or_default();
        let known = all.into_iter().filter_map(|(name, path)| Some((name, Macro::of(&words(&path))?)));
        Names(known.collect())
    }
}

fn words(path: &Path) -> Vec<String> {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}

/// The macro whose arguments the group at this place is.
pub(crate) fn called(list: &[TokenTree], at: usize, names: &Names) -> Option<Macro> {
    let bang = at.checked_sub(1).filter(|&bang| is_mark(list.get(bang), '!'))?;
    let start = expression::start_of_path(list, bang.checked_sub(1)?)?;
    let path = list[start..bang].iter().cloned().collect();
    let path = words(&syn::parse2::<Path>(path).ok()?);
    match &path[..] {
        [name] => names.0.get(name).copied(),
        path => Macro::of(path),
    }
}
