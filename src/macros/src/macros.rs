//! Which macro a name stands for. Only those of tokio and futures are known; another's `select!` is another's.

use proc_macro2::TokenTree;
use syn::Path;

use crate::{bodies::is_mark, expression, options::Options};

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
    /// The macro with this path, if it is one that is known.
    pub(crate) fn of(path: &[String]) -> Option<Macro> {
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

/// The names of a path.
pub(crate) fn words(path: &Path) -> Vec<String> {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}

/// The macro whose arguments the group at this place is.
pub(crate) fn called(list: &[TokenTree], at: usize, options: &Options) -> Option<Macro> {
    let bang = at.checked_sub(1).filter(|&bang| is_mark(list.get(bang), '!'))?;
    let start = expression::start_of_path(list, bang.checked_sub(1)?)?;
    let path = list[start..bang].iter().cloned().collect();
    let path = words(&syn::parse2::<Path>(path).ok()?);
    match &path[..] {
        [name] => options.macros.get(name).copied(),
        path => Macro::of(path),
    }
}
