//! Gives each await of a function an identity: the companion puts `#[tracked]` on what it builds, and no one else does.
//!
//! A macro does it and not an edit of the text, because a token that a macro passes on keeps its place. So lines and
//! columns are those of the program as it was written, in panics and in debug info too.
//!
//! | module | what it is for |
//! |---|---|
//! | `bodies` | finds the bodies of functions in an item |
//! | `awaits` | goes through a body, and puts the identity before each `.await` |
//! | `macros` | which macro a name stands for |
//! | `arms` | the futures that `join!`, `try_join!` and `select!` await |
//! | `expression` | where an awaited expression begins, and what it is called |
//! | `options` | what the attribute is told |
//! | `outcome` | whether what an await yields is thrown away at once |
//! | `subject` | what an awaited future is for |
//! | `made` | where channels, sets and `Notify`s are made |
//! | `site` | the identity as code |

mod arms;
mod awaits;
mod bodies;
mod expression;
mod macros;
mod made;
mod options;
mod outcome;
mod site;
mod subject;
#[cfg(test)]
mod tests;

use options::{Options, Values};
use proc_macro::TokenStream;

/// Tracks every await of an item. The argument says which macros are known by a short name: `tracked(select =
/// tokio::select)`.
#[proc_macro_attribute]
pub fn tracked(names: TokenStream, item: TokenStream) -> TokenStream {
    bodies::tracked(&Options::parse(names.into(), Values::All), item.into()).into()
}

/// As [`macro@tracked`], and no output is looked at: in a program in which the type of one is found out only later.
#[proc_macro_attribute]
pub fn tracked_without_outputs(names: TokenStream, item: TokenStream) -> TokenStream {
    bodies::tracked(&Options::parse(names.into(), Values::Subjects), item.into()).into()
}

/// As [`macro@tracked`], and no value of the program is looked at: it cannot be told what an await is for.
#[proc_macro_attribute]
pub fn tracked_without_values(names: TokenStream, item: TokenStream) -> TokenStream {
    bodies::tracked(&Options::parse(names.into(), Values::None), item.into()).into()
}
