//! How a file attaches its checks, and which checks those are.

use anyhow::Context;
use quote::ToTokens;
use syn::{AttrStyle, File, Item};

use super::{source, workspace::Workspace};

/// The last three lines of every exercise and every solution.
pub(crate) fn lines(exercise: &str) -> String {
    format!("#[cfg(test)]\n#[path = \"../tests/checks/{exercise}.rs\"]\nmod checks;\n")
}

/// Whether a file attaches the checks of its exercise, and they will see this workbook. The error is a sentence about the
/// file. A text that is no Rust is left to rustc, which has more to say about it.
pub(crate) fn look(exercise: &str, text: &str) -> Result<(), String> {
    let Ok(file) = syn::parse_file(text) else { return Ok(()) };
    if !attaches(&file, exercise) {
        let lines = lines(exercise).lines().map(|line| format!("\n    {line}")).collect::<String>();
        return Err(format!("runs no checks. Its last three lines must be:\n{lines}"));
    }
    if file.items.iter().any(renames_a_crate) {
        return Err(
            "gives a crate another name with `extern crate … as …`, and its checks may then find the wrong one. \
                    Remove that line: every crate can be used by its own name."
                .into(),
        );
    }
    let hides_all = file
        .attrs
        .iter()
        .any(|attribute| matches!(attribute.style, AttrStyle::Inner(_)) && attribute.path().is_ident("cfg"));
    if hides_all {
        return Err(
            "begins with `#![cfg(…)]`, which can take the whole file away from its checks. Remove that line.".into()
        );
    }
    Ok(())
}

fn attaches(file: &File, exercise: &str) -> bool {
    let wanted = syn::parse_file(&lines(exercise)).map(|lines| lines.to_token_stream().to_string());
    let last = file.items.last().map(|item| item.to_token_stream().to_string());
    last.is_some_and(|last| wanted.is_ok_and(|wanted| last == wanted))
}

fn renames_a_crate(item: &Item) -> bool {
    matches!(item, Item::ExternCrate(item) if item.rename.is_some())
}

/// The names of the checks of an exercise, as they stand in its check file.
pub(crate) fn names(workspace: &Workspace, exercise: &str) -> anyhow::Result<Vec<String>> {
    let file = format!("tests/checks/{exercise}.rs");
    let text = source::text(workspace, &file)?;
    let parsed = syn::parse_file(&text).with_context(|| format!("{file} cannot be understood"))?;
    let checks = parsed.items.into_iter().filter_map(|item| match item {
        Item::Fn(item) if item.attrs.iter().any(|attribute| attribute.path().is_ident("test")) => {
            Some(item.sig.ident.to_string())
        }
        _ => None,
    });
    Ok(checks.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAIL: &str = "#[cfg(test)]\n#[path = \"../tests/checks/01_one.rs\"]\nmod checks;\n";

    fn refused(text: &str) -> String {
        look("01_one", text).expect_err(text)
    }

    #[test]
    fn a_file_attaches_its_checks_with_the_last_lines_of_the_stub() {
        assert_eq!(lines("01_one"), TAIL);
        for text in [
            format!("fn main() {{}}\n\n{TAIL}"),
            format!("fn main() {{}}\n{}\n\n// the end", TAIL.replace('\n', "\r\n  ")),
            format!("#[cfg(test)]\nmod tests {{}}\n{TAIL}"),
            format!("extern crate workbook;\n{TAIL}"),
            "fn main() { what is no Rust".to_string(),
        ] {
            assert_eq!(look("01_one", &text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_stands_in_the_place_of_the_checks_is_refused() {
        for text in [
            "fn main() {}".to_string(),
            "#[cfg(test)]\nmod checks { #[test] fn mine() {} }".to_string(),
            "#[cfg(test)]\n#[path = \"../solutions/01_one.rs\"]\nmod checks;".to_string(),
            TAIL.replace("01_one", "02_two"),
            format!("#[cfg(any())]\n{TAIL}"),
            format!("{TAIL}fn more() {{}}"),
            format!("mod checks {{}}\n/*\n{TAIL}*/"),
        ] {
            assert!(
                refused(&text).starts_with("runs no checks. Its last three lines must be:\n\n    #[cfg(test)]\n"),
                "{text}"
            );
        }
    }

    #[test]
    fn what_leads_the_checks_astray_is_refused() {
        for name in ["extern crate self as workbook;", "extern crate tokio as std;"] {
            assert!(refused(&format!("{name}\n{TAIL}")).contains("extern crate … as …"), "{name}");
        }
        assert!(refused(&format!("#![cfg(not(test))]\n{TAIL}")).contains("#![cfg(…)]"));
    }
}
