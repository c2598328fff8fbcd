//! What is tracked, by small programs. A site is written as `LINE:COLUMN CODE`, with `!` if what it yields is thrown away.

mod arms;
mod places;
mod solutions;
mod subject;
mod thrown_away;
mod untouched;

use proc_macro2::{TokenStream, TokenTree};

use crate::options::{Options, Values};

/// The sites of a program that imports the macros of tokio by their names.
fn sites(program: &str) -> Vec<String> {
    sites_with("join = tokio::join, try_join = tokio::try_join, select = tokio::select", program)
}

/// The sites of a program whose imports are these.
fn sites_with(names: &str, program: &str) -> Vec<String> {
    let tracked = tracked(names, program);
    let mut found = Vec::new();
    find(tracked, &mut found);
    found
}

/// The sites of the body of a function; its first line is 1.
fn in_body(body: &str) -> Vec<String> {
    sites(&format!("async fn f() {{ {body}\n }}"))
        .iter()
        .map(|site| site.split_once(' ').unwrap().1.to_string())
        .collect()
}

fn tracked(names: &str, program: &str) -> TokenStream {
    crate::bodies::tracked(&Options::parse(names.parse().unwrap(), Values::All), program.parse().unwrap())
}

fn find(tokens: TokenStream, found: &mut Vec<String>) {
    let mut is_call = false;
    for token in tokens {
        match &token {
            TokenTree::Group(group) if is_call => found.push(site(group.stream())),
            TokenTree::Group(group) => find(group.stream(), found),
            _ => {}
        }
        is_call = matches!(&token, TokenTree::Ident(word) if word == "__tracked");
    }
}

fn site(arguments: TokenStream) -> String {
    let fields = arguments.into_iter().find_map(|token| match token {
        TokenTree::Group(fields) => Some(fields.stream().to_string()),
        _ => None,
    });
    let fields = fields.unwrap();
    let field = |name: &str| {
        let (_, rest) = fields.split_once(&format!("{name} :")).unwrap();
        rest.split(" ,").next().unwrap().trim().trim_matches('"').to_string()
    };
    let thrown_away = if field("thrown_away") == "true" { " !" } else { "" };
    format!("{}:{} {}{thrown_away}", field("line"), field("column"), field("code"))
}
