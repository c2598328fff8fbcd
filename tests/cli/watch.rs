//! The watch in a real terminal: what a learner sees after each save and key.

mod suspended;
mod verdicts;

use std::{fs, os::unix::fs::PermissionsExt};

use rustix::process::{Pid, Signal, kill_process};

use super::{
    clone::{Clone, RIGHT, STUB, WRONG},
    terminal::Terminal,
};

fn watch(clone: &Clone) -> Terminal {
    Terminal::start(&mut clone.command(&[]))
}

/// The terminal is as it was before the program was started.
fn assert_given_back(terminal: &Terminal) {
    assert_eq!(terminal.settings(), terminal.settings_before());
    assert!(!terminal.is_on_alternate_screen() && terminal.shows_cursor(), "{}", terminal.screen());
}

#[test]
fn a_whole_session() {
    let clone = Clone::new();
    clone.commit();
    let mut terminal = watch(&clone);

    // The first start.
    terminal.wait_for("0 of 2 checks");
    let screen = terminal.screen();
    assert!(screen.contains("Welcome!") && screen.contains("0 of 2 passed"), "{screen}");
    assert!(screen.contains("· it gives its number") && screen.contains("exercises/01_one.rs"), "{screen}");
    assert_ne!(terminal.settings(), terminal.settings_before());
    assert!(terminal.is_on_alternate_screen() && !terminal.shows_cursor());

    // Broken, wrong, right.
    clone.give("01_one", "\"one\"");
    terminal.wait_for("It does not compile.");
    terminal.wait_for("--> exercises/01_one.rs:7:5");
    clone.give("01_one", WRONG);
    terminal.wait_for("It gives 2, not 1.");
    assert!(terminal.screen().contains("✗ it gives its number"), "{}", terminal.screen());
    clone.give("01_one", RIGHT);
    terminal.wait_for("It is right. Press n for the next exercise");
    assert!(terminal.screen().contains("1 of 2 passed"), "{}", terminal.screen());

    // The next one, and its hints, each a step further.
    terminal.press("n");
    terminal.wait_for("exercises/02_two.rs");
    terminal.wait_for("0 of 2 checks");
    terminal.press("h");
    terminal.wait_for("hint 1 of 3");
    terminal.wait_for("    Look.");
    terminal.press("h");
    terminal.wait_for("Look closer.");

    // The list, searched.
    terminal.press("l");
    terminal.wait_for("→ · 02  number two   2 hints");
    terminal.press("/ONE");
    terminal.wait_until("only the first", |screen| screen.contains("→ ✓ 01") && !screen.contains("number two"));
    terminal.press("\r");
    terminal.wait_for("It is right.");

    // Started over, and back.
    terminal.press("x");
    terminal.wait_for("Start 01 over?");
    terminal.press("n");
    terminal.wait_until("no question", |screen| !screen.contains("Start 01 over?"));
    assert!(clone.read("exercises/01_one.rs").contains(RIGHT));
    terminal.press("xy");
    terminal.wait_for("Yours is kept as");
    terminal.wait_for(".workbook/backups/01_one.1.rs. u undoes it.");
    terminal.wait_for("0 of 2 checks");
    assert!(clone.read("exercises/01_one.rs").contains(STUB));
    terminal.press("u");
    terminal.wait_for("exercises/01_one.rs is yours again");
    terminal.wait_for("2 of 2 checks");
    assert!(clone.read("exercises/01_one.rs").contains(RIGHT));
    terminal.press("u");
    terminal.wait_for("from .workbook/backups/01_one.2.rs");
    assert!(clone.read("exercises/01_one.rs").contains(STUB));

    // A save in the middle of an endless run.
    clone.give("01_one", "loop {}");
    terminal.wait_for("checking");
    clone.wait_until_in_use();
    clone.give("01_one", WRONG);
    terminal.wait_for("It gives 2, not 1.");
    assert!(!terminal.screen().contains("did not come to an end"), "{}", terminal.screen());
    assert_eq!(clone.processes(), [""; 0]);

    // Smaller and larger.
    for (columns, rows) in [(60, 20), (200, 60)] {
        terminal.resize(columns, rows);
        let rule = "─".repeat(columns.into());
        terminal.wait_until("a screen of the new size", |screen| {
            let lines: Vec<&str> = screen.lines().collect();
            lines[2] == rule && lines[usize::from(rows) - 1].ends_with("q quit")
        });
        assert!(terminal.screen().contains("It gives 2, not 1."), "{}", terminal.screen());
    }

    // An endless loop again, and the end.
    clone.give("01_one", "loop {}");
    terminal.wait_for("checking");
    clone.wait_until_in_use();
    terminal.press("q");
    assert_eq!(terminal.end().code(), Some(0));
    assert!(terminal.screen().contains("0 of 2 exercises passed."), "{}", terminal.screen());
    assert_given_back(&terminal);
    assert_eq!(clone.processes(), [""; 0]);
}

#[test]
fn ctrl_c_ends_it() {
    let clone = Clone::new();
    clone.give("01_one", "loop {}");
    let mut terminal = watch(&clone);
    clone.wait_until_in_use();
    terminal.press("\x03");
    assert_eq!(terminal.end().code(), Some(0));
    assert_given_back(&terminal);
    assert_eq!(clone.processes(), [""; 0]);
}

#[test]
fn a_signal_gives_the_terminal_back_and_ends_the_children() {
    for signal in [Signal::TERM, Signal::HUP] {
        let clone = Clone::new();
        clone.give("01_one", "loop {}");
        let mut terminal = watch(&clone);
        clone.wait_until_in_use();
        terminal.signal(signal);
        assert_eq!(terminal.end().code(), Some(128 + signal.as_raw()));
        assert_given_back(&terminal);
        assert_eq!(clone.processes(), [""; 0]);
    }
}

#[test]
fn the_end_of_the_course_is_summed_up() {
    let clone = Clone::new();
    clone.give("01_one", RIGHT);
    clone.give("02_two", WRONG);
    let mut terminal = watch(&clone);
    terminal.wait_for("1 of 2 passed");
    terminal.press("c");
    terminal.wait_for("All were checked: 1 of 2 pass.");
    assert!(terminal.screen().contains("✗ 02  number two"), "{}", terminal.screen());
    clone.give("02_two", RIGHT);
    terminal.wait_for("It is right, and so is every other exercise.");
    terminal.press("n");
    terminal.wait_for("You have written all 2 exercises");
    terminal.press("q");
    assert_eq!(terminal.end().code(), Some(0));
    // And from then on it opens there.
    let mut terminal = watch(&clone);
    terminal.wait_for("You have written all 2 exercises");
}

#[test]
fn an_exercise_that_is_broken_again_shows_so() {
    let clone = Clone::new();
    clone.give("01_one", RIGHT);
    let mut terminal = watch(&clone);
    terminal.wait_for("1 of 2 passed");
    clone.give("01_one", WRONG);
    terminal.wait_for("It gives 2, not 1.");
    terminal.wait_for("0 of 2 passed");
    assert_eq!(clone.run(&["list", "--json"]).json()["exercises"][0]["status"], "failed");
}

#[test]
fn a_save_by_renaming_is_seen() {
    let clone = Clone::new();
    let mut terminal = watch(&clone);
    terminal.wait_for("0 of 2 checks");
    clone.give("01_one", RIGHT);
    fs::rename(clone.path("exercises/01_one.rs"), clone.path("exercises/new~")).unwrap();
    terminal.wait_for("exercises/01_one.rs is missing.");
    fs::rename(clone.path("exercises/new~"), clone.path("exercises/01_one.rs")).unwrap();
    terminal.wait_for("2 of 2 checks");
}

#[test]
fn a_save_is_seen_by_looking() {
    let clone = Clone::new();
    let mut terminal = Terminal::start(&mut clone.command(&["--poll"]));
    terminal.wait_for("0 of 2 checks");
    clone.give("01_one", RIGHT);
    terminal.wait_for("2 of 2 checks");
}

#[test]
fn a_save_of_another_exercise_moves_there() {
    let clone = Clone::new();
    let mut terminal = watch(&clone);
    terminal.wait_for("0 of 2 checks");
    clone.write("exercises/notes.txt", "nothing to judge");
    clone.give("02_two", RIGHT);
    terminal.wait_for("2 of 2 checks");
    assert!(terminal.screen().contains("02  number two"), "{}", terminal.screen());
}

#[test]
fn the_solution_stands_beside_what_has_passed_and_is_asked_for_before() {
    let clone = Clone::new();
    let mut terminal = watch(&clone);
    terminal.wait_for("0 of 2 checks");
    terminal.press("s");
    terminal.wait_for("01 has not passed yet. See the solution all the same?");
    terminal.press("y");
    terminal.wait_for("solutions/01_one.rs: one good way to write it");
    terminal.press("\t");
    terminal.wait_for("exercises/01_one.rs: yours");
    terminal.resize(160, 40);
    terminal.wait_until("both", |screen| screen.contains("one good way") && screen.contains(": yours"));
    assert!(!terminal.screen().contains("mod checks"), "{}", terminal.screen());
}

#[test]
fn the_editor_is_given_the_line_and_the_terminal() {
    let clone = Clone::new();
    // What an unknown editor is started as, and with what terminal.
    clone.write("my vim/vim", "#!/bin/sh\nprintf 'opened %s\\n' \"$@\"\nread answer\necho \"$answer\" > answer.txt\n");
    fs::set_permissions(clone.path("my vim/vim"), fs::Permissions::from_mode(0o755)).unwrap();
    let editor = format!("'{}' -u NONE", clone.path("my vim/vim").display());
    let mut terminal = Terminal::start(clone.command(&[]).env("EDITOR", editor).env_remove("VISUAL"));
    terminal.wait_for("0 of 2 checks");
    terminal.press("e");
    // The line of the todo.
    terminal.wait_for("opened +7");
    terminal.press("typed\n");
    terminal.wait_for("0 of 2 checks");
    terminal.wait_for("q quit");
    assert_eq!(clone.read("answer.txt"), "typed\n");
}

#[test]
fn an_editor_that_is_none_is_told() {
    let clone = Clone::new();
    let mut terminal = Terminal::start(clone.command(&[]).env("VISUAL", "no-such-editor"));
    terminal.wait_for("0 of 2 checks");
    terminal.press("e");
    terminal.wait_for("The editor no-such-editor cannot be started");
    terminal.press("?");
    terminal.wait_for("the next exercise; after one that has passed");
}

#[test]
fn run_gives_the_terminal_to_the_program() {
    let clone = Clone::new();
    clone.give(
        "01_one",
        "{ let mut line = String::new(); std::io::stdin().read_line(&mut line).unwrap(); line.len() as u8 }",
    );
    let mut terminal = watch(&clone);
    terminal.wait_for("0 of 2 checks");
    terminal.press("r");
    terminal.wait_for("building 01_one");
    terminal.press("four\n");
    terminal.wait_for("5 of 1");
    terminal.wait_for("01_one has ended. Press any key to go back.");
    terminal.press(" ");
    terminal.wait_for("01  number one");
    terminal.wait_for("q quit");
}

#[test]
fn book_opens_the_chapter_of_the_exercise() {
    let clone = Clone::new();
    clone.with_book(
        "fn main() { println!(\"book{}\", std::env::args().skip(1).map(|a| format!(\" {a}\")).collect::<String>()) }",
    );
    let mut terminal = watch(&clone);
    terminal.wait_for("0 of 2 checks");
    terminal.press("b");
    terminal.wait_for("book build --open 01_one");
    terminal.wait_for("The chapter of 01_one is open in your browser. Press any key to go back.");
    clone.with_book("fn main() { std::process::exit(1) }");
    terminal.press(" ");
    terminal.wait_for("q quit");
    terminal.press("b");
    terminal.wait_for("The chapter of 01_one could not be opened; it is book/src/01_one.md.");
    terminal.press(" ");
    terminal.wait_for("01  number one");
}

#[test]
fn damaged_progress_is_set_aside_with_a_sentence() {
    let clone = Clone::new();
    clone.write(".workbook/progress.json", "{\"exercises\": 7");
    let mut terminal = watch(&clone);
    terminal.wait_for("was damaged, so your progress starts");
    assert_eq!(clone.read(".workbook/progress.damaged"), "{\"exercises\": 7");
}

#[test]
fn an_interrupted_check_leaves_nothing_running() {
    let clone = Clone::new();
    clone.give("01_one", "loop {}");
    let mut check = clone.command(&["check", "1"]).spawn().unwrap();
    clone.wait_until_in_use();
    kill_process(Pid::from_child(&check), Signal::INT).unwrap();
    assert_eq!(check.wait().unwrap().code(), Some(128 + 2));
    assert_eq!(clone.processes(), [""; 0]);
}
