//! Which macros a file knows by a short name, from its `use`s.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::{ItemUse, UseTree};

/// The macros that await the futures they are given, by library.
const KNOWN: [(&str, &[&str]); 3] = [
    ("tokio", &["join", "try_join", "select"]),
    ("futures", &["join", "try_join", "select", "select_biased"]),
    ("futures_util", &["join", "try_join", "select", "select_biased"]),
];

/// What the attribute knows as that which makes something.
const MAKERS: [&str; 9] = [
    "channel",
    "unbounded_channel",
    "bounded",
    "unbounded",
    "JoinSet",
    "CancellationToken",
    "TaskTracker",
    "Sender",
    "Notify",
];

/// The short names of a file, and what they stand for: `select`, `tokio::select`.
pub(super) fn in_file(tokens: TokenStream) -> BTreeMap<String, String> {
    let mut names = Names::default();
    names.find(tokens);
    names.known.retain(|name, _| !names.own.contains(name));
    names.known
}

/// Whether a macro of this name may be one of them, by its path.
pub(super) fn is_known(name: &str) -> bool {
    KNOWN.iter().any(|(_, names)| names.contains(&name))
}

/// Whether something may be made where this word stands that tasks wait for: a channel, a set, a `Notify`.
pub(super) fn is_maker(word: &str) -> bool {
    MAKERS.contains(&word)
}

#[derive(Default)]
struct Names {
    known: BTreeMap<String, String>,
    /// Macros that the file defines itself.
    own: BTreeSet<String>,
}

impl Names {
    fn find(&mut self, tokens: TokenStream) {
        let list: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in list.iter().enumerate() {
            match token {
                TokenTree::Ident(word) if word == "use" => self.import(&list[at..]),
                TokenTree::Ident(word) if word == "macro_rules" => {
                    self.own.extend(list.get(at + 2).map(ToString::to_string));
                }
                TokenTree::Group(group) => self.find(group.stream()),
                _ => {}
            }
        }
    }

    fn import(&mut self, list: &[TokenTree]) {
        let is_end = |token: &&TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ';');
        let Some(end) = list.iter().position(|token| is_end(&token)) else { return };
        if let Ok(import) = syn::parse2::<ItemUse>(list[..=end].iter().cloned().collect()) {
            self.take(&import.tree, &mut Vec::new());
        }
    }

    fn take(&mut self, tree: &UseTree, path: &mut Vec<String>) {
        match tree {
            UseTree::Path(deeper) => {
                path.push(deeper.ident.to_string());
                self.take(&deeper.tree, path);
                path.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.take(tree, path)),
            UseTree::Name(name) => self.enter(&name.ident.to_string(), path, &name.ident.to_string()),
            UseTree::Rename(name) => self.enter(&name.rename.to_string(), path, &name.ident.to_string()),
            UseTree::Glob(_) => {
                let library = path.first().cloned().unwrap_or_default();
                let all = KNOWN.iter().filter(|(known, _)| path.len() == 1 && *known == library);
                all.flat_map(|(_, names)| *names).for_each(|name| self.enter(name, path, name));
            }
        }
    }

    fn enter(&mut self, name: &str, path: &[String], of: &str) {
        let [library] = path else { return };
        if KNOWN.iter().any(|(known, names)| known == library && names.contains(&of)) {
            self.known.insert(name.to_string(), format!("{library}::{of}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn known(program: &str) -> String {
        let names = in_file(program.parse().unwrap());
        names.iter().map(|(name, path)| format!("{name} = {path}")).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn imports_tell_what_a_short_name_is() {
        assert_eq!(
            known("use tokio::{join, time::sleep, select as pick};"),
            "join = tokio::join, pick = tokio::select"
        );
        assert_eq!(known("fn f() { use futures::{self, select_biased}; }"), "select_biased = futures::select_biased");
        assert_eq!(
            known("use ::tokio::try_join; use my::select; use tokio::sync::select;"),
            "try_join = tokio::try_join"
        );
        assert_eq!(known("use tokio::*;"), "join = tokio::join, select = tokio::select, try_join = tokio::try_join");
        assert_eq!(known("use tokio::sync::*; use super::*;"), "");
    }

    #[test]
    fn a_macro_of_the_files_own_is_none_of_a_library() {
        assert_eq!(
            known("use tokio::*; macro_rules! select { () => {} }"),
            "join = tokio::join, try_join = tokio::try_join"
        );
    }
}
