//! The solutions of the workbook: none of their awaits is missed.

use std::{fs, path::Path};

use proc_macro2::{TokenStream, TokenTree};

use super::{find, tracked};

/// The words `await` behind a dot, wherever they are.
fn awaits(tokens: TokenStream) -> usize {
    let mut count = 0;
    let mut after_dot = false;
    for token in tokens {
        match &token {
            TokenTree::Ident(word) => count += usize::from(after_dot && word == "await"),
            TokenTree::Group(group) => count += awaits(group.stream()),
            _ => {}
        }
        after_dot = matches!(&token, TokenTree::Punct(mark) if mark.as_char() == '.');
    }
    count
}

#[test]
fn every_await_of_every_solution_is_found_and_can_be_named() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../solutions");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let sources: Vec<String> = files
        .filter(|file| file.extension().is_some_and(|end| end == "rs"))
        .map(|file| fs::read_to_string(file).unwrap())
        .collect();
    assert!(sources.len() >= 35);
    for source in sources {
        // The arms of macros are sites too, and no awaits that are written.
        let source = source.replace("tokio::", "other::");
        let mut found = Vec::new();
        find(tracked("", &source), &mut found);
        assert_eq!(found.len(), awaits(source.parse().unwrap()), "{source}");
        assert!(found.iter().all(|site| site.split(' ').nth(1).is_some_and(|code| !code.is_empty())), "{found:#?}");
    }
}
