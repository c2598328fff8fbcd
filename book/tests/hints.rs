//! Hints are Markdown: what is code in them is written as code, for the terminal and for the book.

use std::fs;

use book::{
    build,
    list::{self, Exercise},
    place::Place,
};
use scraper::{Html, Selector};

/// What no sentence contains, only code.
const CODE: [&str; 16] = ["::", "()", "_", ".await", "{", "}", "<", ">", "*", "&", "|", "!(", " = ", "#", "[", "]"];

fn exercises() -> Vec<Exercise> {
    list::exercises(&Place::here()).expect("exercises/info.toml")
}

#[test]
fn what_is_code_in_a_hint_is_written_as_code() {
    for Exercise { name, hints, .. } in exercises() {
        for hint in hints {
            let parts: Vec<&str> = hint.split('`').collect();
            assert!(parts.len() % 2 == 1, "{name}: a backtick has no partner: {hint}");
            let prose = parts.iter().step_by(2);
            let code = prose.flat_map(|part| CODE.iter().filter(|code| part.contains(**code))).next();
            assert_eq!(code, None, "{name}: this stands outside of backticks: {hint}");
        }
    }
}

#[test]
fn the_book_shows_the_code_of_a_hint_as_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let book = build::build(&Place::here(), Some(folder.path())).expect("the book can be built");
    let [hint, code] = ["details", "code"].map(|query| Selector::parse(query).expect("a selector"));
    for Exercise { name, hints, .. } in exercises() {
        let page = fs::read_to_string(book.join(format!("{name}.html"))).expect("a page");
        let page = Html::parse_document(&page);
        // The solution is folded too, after the hints.
        let folded = page.select(&hint).take(hints.len());
        let shown: Vec<Vec<String>> =
            folded.map(|hint| hint.select(&code).map(|code| code.text().collect()).collect()).collect();
        let written: Vec<Vec<&str>> = hints.iter().map(|hint| hint.split('`').skip(1).step_by(2).collect()).collect();
        assert_eq!(shown, written, "{name}");
    }
}
