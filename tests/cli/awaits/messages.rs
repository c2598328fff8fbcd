//! What is said of a program is said of the learner's own file, word for word.

use std::process::Command;

use super::{both, program};
use crate::clone::workbook;

/// The same is said both ways, and the program is tracked the first time if it runs at all.
#[track_caller]
fn same(program: &str, said: &[&str]) {
    let [with, without] = both(program);
    let text = |ran: &super::Ran| without_thread_ids(&format!("{}{}", ran.stdout, ran.stderr));
    let (with_text, without_text) = (text(&with), text(&without));
    assert_eq!(with_text.replace(": tracked\n", ": as it is\n"), without_text);
    assert_eq!(with.code, without.code);
    for said in said {
        assert!(with_text.contains(said), "{said}: {with_text}");
    }
}

/// Without the numbers that std gives threads in the message of a panic.
fn without_thread_ids(text: &str) -> String {
    let lines = text.lines().map(|line| match (line.strip_prefix("thread 'main' ("), line.split_once(") panicked")) {
        (Some(_), Some((_, rest))) => format!("thread 'main' panicked{rest}\n"),
        _ => format!("{line}\n"),
    });
    lines.collect()
}

#[test]
fn an_error_is_that_of_the_learners_file() {
    same(
        &program("drop(async { idle().await }); let number: u8 = \"text\";"),
        &["exercises/01_one.rs:14:52", "mismatched types"],
    );
}

#[test]
fn a_syntax_error_is_that_of_the_learners_file() {
    same(&program("let = 1;"), &["exercises/01_one.rs:14:9"]);
}

/// What cargo shows of rustc's messages, once with the companion in the place of rustc and once without.
fn shown(program: &str) -> [String; 2] {
    let clone = super::clone();
    super::give(&clone, program);
    let companion = env!("CARGO_BIN_EXE_workbook");
    [companion, ""].map(|stand_in| {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap());
        for (name, _) in workbook().get_envs() {
            cargo.env_remove(name);
        }
        cargo.env("RUSTC_WRAPPER", stand_in).env("WORKBOOK_TRACKS", "exercises");
        cargo.args(["build", "-p", "exercises", "--bin", "01_one"]).current_dir(clone.root());
        // As the companion does, so that each is a build of its own.
        let apart = ["--config", "profile.dev.package.async-workbook.debug=false"];
        cargo.args(if stand_in.is_empty() { &[][..] } else { &apart });
        let said = String::from_utf8(cargo.output().unwrap().stderr).unwrap();
        // What else cargo says depends on what was built before, on other cargos and on the clock.
        let of_cargo = ["Blocking", "Compiling", "Finished"];
        let lines = said.lines().filter(|line| !of_cargo.iter().any(|word| line.trim_start().starts_with(word)));
        lines.map(|line| format!("{line}\n")).collect()
    })
}

#[test]
fn a_warning_is_that_of_the_learners_file() {
    let program = program("drop(async { idle().await }); let unused = 1;");
    let [with, without] = shown(&program);
    assert_eq!(with, without);
    assert!(with.contains("exercises/01_one.rs:14:39") && with.contains("unused variable"), "{with}");
    same(&program, &["as it is, tracked: tracked"]);
}

#[test]
fn a_warning_that_only_the_learners_file_brings_is_not_lost() {
    let must_use = "#[must_use]\nasync fn number() -> u8 {\n    1\n}\n\nasync fn all() {\n    number().await;\n}\n\n";
    let [with, without] = shown(&(must_use.to_string() + &program("drop(all()); let _ = give();")));
    assert_eq!(with, without);
    assert!(with.contains("exercises/01_one.rs:7:5") && with.contains("must be used"), "{with}");
}

#[test]
fn a_panic_tells_the_line_and_column_of_the_learners_file() {
    let body = "drop(async { idle().await }); let none: Option<u8> = None; println!(\"{}\", none.unwrap());";
    same(
        &program(body),
        &["as it is, tracked: tracked\n", "panicked at exercises/01_one.rs:14:84:", "at ./exercises/01_one.rs:14:"],
    );
}

#[test]
fn a_program_that_tells_its_own_places_tells_those_of_the_learners_file() {
    let body = "drop(async { idle().await }); println!(\"{} {} {}\", file!(), line!(), column!());\n    \
                println!(\"{}\", std::panic::Location::caller());";
    same(&program(body), &["exercises/01_one.rs 14 74\n", "exercises/01_one.rs:15:20\n", "tracked: tracked"]);
}
