//! The watch in a real terminal: what a learner sees after each save and key.

use std::fs;

use rustix::process::{Pid, Signal, kill_process};

use super::{
    clone::{Clone, RIGHT, WRONG},
    terminal::Terminal,
};

/// What ends every picture.
const KEYS: &str = "q quit";

fn watch(clone: &Clone) -> Terminal {
    Terminal::start(&mut clone.command(&[]))
}

/// The picture that shows this.
fn picture_with(terminal: &mut Terminal, text: &str) -> String {
    let (_, before) = terminal.wait_for(text);
    let (_, after) = terminal.wait_for(KEYS);
    before + &after
}

fn interrupt(process: u32, signal: Signal) {
    kill_process(Pid::from_raw(process.try_into().unwrap()).unwrap(), signal).unwrap();
}

#[test]
fn a_save_is_judged_and_shown() {
    let clone = Clone::new();
    let mut terminal = watch(&clone);
    let picture = picture_with(&mut terminal, "0 of 2");
    assert!(picture.contains("  · it gives its number"), "{picture}");
    clone.give("01_one", WRONG);
    let picture = picture_with(&mut terminal, "It gives 2, not 1.");
    assert!(picture.contains("  ✗ it gives its number"), "{picture}");
    clone.give("01_one", RIGHT);
    picture_with(&mut terminal, "It is right. Press n for the next exercise.");
    assert_eq!(clone.run(&["list", "--json"]).json()["exercises"][0]["status"], "passed");
}

#[test]
fn a_save_by_renaming_is_seen() {
    let clone = Clone::new();
    let mut terminal = watch(&clone);
    picture_with(&mut terminal, "0 of 2");
    clone.give("01_one", RIGHT);
    fs::rename(clone.path("exercises/01_one.rs"), clone.path("exercises/new~")).unwrap();
    picture_with(&mut terminal, "exercises/01_one.rs is missing.");
    fs::rename(clone.path("exercises/new~"), clone.path("exercises/01_one.rs")).unwrap();
    picture_with(&mut terminal, "2 of 2");
}

#[test]
fn a_save_in_the_middle_of_a_run_starts_another() {
    let clone = Clone::new();
    let mut terminal = watch(&clone);
    picture_with(&mut terminal, "0 of 2");
    clone.give("01_one", "loop {}");
    picture_with(&mut terminal, "checking");
    clone.wait_until_in_use();
    clone.give("01_one", RIGHT);
    let picture = picture_with(&mut terminal, "2 of 2");
    assert!(!picture.contains("did not come to an end"), "{picture}");
    assert_eq!(clone.processes(), [""; 0]);
}

#[test]
fn a_save_of_another_exercise_moves_there() {
    let clone = Clone::new();
    let mut terminal = watch(&clone);
    picture_with(&mut terminal, "0 of 2");
    clone.write("exercises/notes.txt", "nothing to judge");
    clone.give("02_two", RIGHT);
    let picture = picture_with(&mut terminal, "2 of 2");
    assert!(picture.contains("02  number two"), "{picture}");
}

#[test]
fn keys_move_hint_and_list() {
    let clone = Clone::new();
    let mut terminal = watch(&clone);
    picture_with(&mut terminal, "0 of 2");
    terminal.press("h");
    picture_with(&mut terminal, "hint 1 of 3: Look.");
    terminal.press("h");
    picture_with(&mut terminal, "hint 2 of 3: Look closer.");
    terminal.press("n");
    picture_with(&mut terminal, "Write in exercises/02_two.rs");
    picture_with(&mut terminal, "0 of 2");
    terminal.press("l");
    picture_with(&mut terminal, " → · 02  number two");
    terminal.press("p");
    picture_with(&mut terminal, "Write in exercises/01_one.rs");
}

#[test]
fn next_skips_what_has_passed() {
    let clone = Clone::new();
    clone.give("01_one", RIGHT);
    clone.give("02_two", RIGHT);
    clone.check(&["2"]);
    let mut terminal = watch(&clone);
    picture_with(&mut terminal, "It is right.");
    terminal.press("l");
    picture_with(&mut terminal, "2 of 2 passed");
}

#[test]
fn run_gives_the_terminal_to_the_program() {
    let clone = Clone::new();
    clone.give(
        "01_one",
        "{ let mut line = String::new(); std::io::stdin().read_line(&mut line).unwrap(); line.len() as u8 }",
    );
    let mut terminal = watch(&clone);
    picture_with(&mut terminal, "0 of 2");
    terminal.press("r");
    terminal.wait_for("building 01_one");
    terminal.press("four\n");
    terminal.wait_for("5 of 1");
    terminal.wait_for("01_one has ended. Press any key to go back.");
    terminal.press(" ");
    picture_with(&mut terminal, "01  number one");
}

#[test]
fn book_opens_the_chapter_of_the_exercise() {
    let clone = Clone::new();
    clone.with_book(
        "fn main() { println!(\"book{}\", std::env::args().skip(1).map(|a| format!(\" {a}\")).collect::<String>()) }",
    );
    let mut terminal = watch(&clone);
    picture_with(&mut terminal, "0 of 2");
    terminal.press("b");
    terminal.wait_for("book build --open 01_one");
    terminal.wait_for("The chapter of 01_one is open in your browser. Press any key to go back.");
    clone.with_book("fn main() { std::process::exit(1) }");
    terminal.press("xb");
    terminal.wait_for("could not be opened; it is book/src/01_one.md. Press any key to go back.");
    terminal.press(" ");
    picture_with(&mut terminal, "01  number one");
}

#[test]
fn quitting_gives_the_terminal_back() {
    let clone = Clone::new();
    let mut terminal = watch(&clone);
    picture_with(&mut terminal, "0 of 2");
    assert_ne!(terminal.settings(), terminal.settings_before());
    terminal.press("q");
    terminal.wait_for("\x1b[?1049l");
    terminal.wait_for("0 of 2 exercises passed.");
    assert_eq!(terminal.end().code(), Some(0));
    assert_eq!(terminal.settings(), terminal.settings_before());
}

#[test]
fn being_ended_gives_the_terminal_back_and_ends_the_children() {
    let clone = Clone::new();
    clone.give("01_one", "loop {}");
    let mut terminal = watch(&clone);
    clone.wait_until_in_use();
    interrupt(terminal.id(), Signal::TERM);
    assert_eq!(terminal.end().code(), Some(128 + 15));
    assert_eq!(terminal.settings(), terminal.settings_before());
    assert_eq!(clone.processes(), [""; 0]);
}

#[test]
fn an_interrupted_check_leaves_nothing_running() {
    let clone = Clone::new();
    clone.give("01_one", "loop {}");
    let mut check = clone.command(&["check", "1"]).spawn().unwrap();
    clone.wait_until_in_use();
    interrupt(check.id(), Signal::INT);
    assert_eq!(check.wait().unwrap().code(), Some(128 + 2));
    assert_eq!(clone.processes(), [""; 0]);
}
