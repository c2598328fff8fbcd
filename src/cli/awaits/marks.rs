//! Where the attributes go: behind what comes before an item, so that the item's own lines stay as they are.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, File, Item, spanned::Spanned};

use super::names;

/// A change of a source file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Insertion {
    /// The bytes that are replaced.
    pub(super) at: std::ops::Range<usize>,
    pub(super) text: String,
}

/// How the awaits of a file are tracked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tracking {
    /// With a look at what they yield.
    Full,
    /// Without it: it cannot be where the type of that is found out only later.
    WithoutOutputs,
    /// Without a look at any value of the program.
    WithoutValues,
    None,
}

impl Tracking {
    /// What to try next if a file does not build.
    pub(super) fn less(self) -> Tracking {
        match self {
            Tracking::Full => Tracking::WithoutOutputs,
            Tracking::WithoutOutputs => Tracking::WithoutValues,
            Tracking::WithoutValues | Tracking::None => Tracking::None,
        }
    }
}

/// The attributes of a file.
pub(super) fn insertions(source: &str, file: &File, tracking: Tracking) -> Vec<Insertion> {
    let names = names::in_file(file.to_token_stream());
    let attribute = match tracking {
        Tracking::Full => "tracked",
        Tracking::WithoutOutputs => "tracked_without_outputs",
        Tracking::WithoutValues => "tracked_without_values",
        Tracking::None => return Vec::new(),
    };
    let told: Vec<String> = names.iter().map(|(name, path)| format!("{name} = {path}")).collect();
    let told = if told.is_empty() { String::new() } else { format!("({})", told.join(", ")) };
    let attribute = format!("#[::workbook::awaits::{attribute}{told}]");
    let is_word =
        |word: &str| word == "await" || names::is_known(word) || names::is_maker(word) || names.contains_key(word);
    let mut insertions = Vec::new();
    let start = after_inner_attributes(&file.attrs, 0);
    mark(&file.items, start, &is_word, &mut |at| {
        let at = behind_doc_comment(source, at);
        insertions.push(Insertion { at: at..at, text: attribute.clone() });
    });
    insertions
}

/// The source with the changes made.
pub(super) fn apply(source: &str, mut insertions: Vec<Insertion>) -> String {
    insertions.sort_by_key(|insertion| insertion.at.start);
    let mut text = source.to_string();
    for Insertion { at, text: new } in insertions.into_iter().rev() {
        text.replace_range(at, &new);
    }
    text
}

/// Tells where an attribute goes for each item that awaits, or makes what is awaited.
fn mark(items: &[Item], mut end_of_last: usize, is_word: &dyn Fn(&str) -> bool, put: &mut dyn FnMut(usize)) {
    for item in items {
        match item {
            Item::Mod(module) => {
                if let Some((braces, items)) = &module.content {
                    let start = after_inner_attributes(&module.attrs, braces.span.open().byte_range().end);
                    mark(items, start, is_word, put);
                }
            }
            Item::Fn(_) | Item::Impl(_) | Item::Trait(_) if mentions(item.to_token_stream(), is_word) => {
                put(end_of_last)
            }
            _ => {}
        }
        end_of_last = item.span().byte_range().end;
    }
}

/// Whether one of the words that tell of it is there.
fn mentions(tokens: TokenStream, is_word: &dyn Fn(&str) -> bool) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(word) => is_word(&word.to_string()),
        TokenTree::Group(group) => mentions(group.stream(), is_word),
        _ => false,
    })
}

fn after_inner_attributes(attributes: &[Attribute], start: usize) -> usize {
    let inner = attributes.iter().filter(|attribute| matches!(attribute.style, syn::AttrStyle::Inner(_)));
    inner.map(|attribute| attribute.span().byte_range().end).max().unwrap_or(0).max(start)
}

/// A comment goes to the end of its line, and would swallow what is put behind it.
fn behind_doc_comment(source: &str, at: usize) -> usize {
    let line = source[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let is_comment = source[line..at].trim_start().starts_with("//");
    let rest = source[at..].find('\n').filter(|_| is_comment);
    rest.map_or(at, |newline| at + newline + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn marked(source: &str) -> String {
        let file = syn::parse_file(source).unwrap();
        apply(source, insertions(source, &file, Tracking::Full)).replace("::workbook::awaits::", "")
    }

    #[test]
    fn an_attribute_is_put_where_a_line_ends() {
        let source = "//! About.\n\nuse a::b; // c\n\n/// Doc.\n#[d]\nasync fn f() {\n    g().await\n}\n\nfn h() {}\n";
        let with =
            "//! About.\n\nuse a::b;#[tracked] // c\n\n/// Doc.\n#[d]\nasync fn f() {\n    g().await\n}\n\nfn h() {}\n";
        assert_eq!(marked(source), with);
    }

    #[test]
    fn no_comment_swallows_an_attribute() {
        assert_eq!(marked("//! a\n\nfn f() { x.await }"), "//! a\n#[tracked]\nfn f() { x.await }");
        assert_eq!(marked("/*! a */\nfn f() { x.await }"), "/*! a */#[tracked]\nfn f() { x.await }");
        assert_eq!(marked("#![b] // c\nfn f() { x.await }"), "#![b]#[tracked] // c\nfn f() { x.await }");
        assert_eq!(marked("// a\nfn f() { x.await }"), "#[tracked]// a\nfn f() { x.await }");
    }

    #[test]
    fn items_of_modules_are_marked_by_themselves() {
        let source = "mod a {\n    //! b\n\n    impl C {\n        fn f() { x.await }\n    }\n    mod d {\n        fn f() { x.await }\n    }\n    mod e;\n}";
        let with = "mod a {\n    //! b\n#[tracked]\n    impl C {\n        fn f() { x.await }\n    }\n    mod d {#[tracked]\n        fn f() { x.await }\n    }\n    mod e;\n}";
        assert_eq!(marked(source), with);
    }

    #[test]
    fn names_of_macros_are_told() {
        assert_eq!(
            marked("use tokio::join;\nfn f() { join!(a, b) }"),
            "use tokio::join;#[tracked(join = tokio::join)]\nfn f() { join!(a, b) }"
        );
    }

    #[test]
    fn what_makes_something_that_is_awaited_elsewhere_is_marked() {
        assert_eq!(marked("fn f() { channel(1) }\nfn g() {}"), "#[tracked]fn f() { channel(1) }\nfn g() {}");
        assert_eq!(
            marked("impl S { fn new() { JoinSet::new() } }"),
            "#[tracked]impl S { fn new() { JoinSet::new() } }"
        );
    }

    #[test]
    fn what_awaits_nothing_is_not_marked() {
        let source =
            "struct S;\nfn f() {}\nimpl S { fn awaits(&self) {} }\nmacro_rules! m { ($x:expr) => { $x.await } }";
        assert_eq!(marked(source), source);
    }
}
