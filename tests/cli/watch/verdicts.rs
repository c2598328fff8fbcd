//! Whose verdict is on the screen: that of the file as it is, whatever came between its save and the end of its checks.

use std::fs;

use super::{
    super::{
        clone::{Clone, RIGHT, WRONG},
        terminal::Terminal,
    },
    watch,
};

/// A wrong body whose checks do not end as long as the clone holds them; its program does.
const HELD: &str = "{ while cfg!(test) && std::path::Path::new(\"hold\").exists() {} NUMBER + 1 }";

/// The same, and right.
const HELD_AND_RIGHT: &str = "{ while cfg!(test) && std::path::Path::new(\"hold\").exists() {} NUMBER }";

fn let_go(clone: &Clone) {
    fs::remove_file(clone.path("hold")).unwrap();
}

/// Gives the terminal to what a key starts while checks are held, and takes it back.
fn lend(clone: &Clone, terminal: &mut Terminal, key: &str) {
    clone.wait_until_in_use();
    terminal.press(key);
    terminal.wait_for("Press any key to go back.");
    let_go(clone);
    terminal.press(" ");
    terminal.wait_for("q quit");
}

#[test]
fn a_save_whose_run_was_ended_by_a_program_or_the_book_is_judged_after_it() {
    for key in ["r", "b"] {
        let clone = Clone::new();
        clone.with_book("fn main() {}");
        clone.give("01_one", RIGHT);
        let mut terminal = watch(&clone);
        terminal.wait_for("It is right.");
        clone.write("hold", "");
        clone.give("01_one", HELD);
        lend(&clone, &mut terminal, key);
        let screen = terminal.screen();
        // A build that was just ended may hold cargo's lock for a moment.
        let under_way = ["checking …", "waiting for another cargo", "It gives 2, not 1."];
        assert!(under_way.iter().any(|words| screen.contains(words)), "{key}: {screen}");
        assert!(!screen.contains("It is right."), "{key}: {screen}");
        terminal.wait_for("It gives 2, not 1.");
        terminal.wait_for("0 of 2 passed");
    }
}

#[test]
fn an_exercise_that_had_no_verdict_yet_gets_one_after_its_program_ran() {
    let clone = Clone::new();
    clone.write("hold", "");
    clone.give("01_one", HELD_AND_RIGHT);
    let mut terminal = watch(&clone);
    lend(&clone, &mut terminal, "r");
    terminal.wait_for("It is right.");
}

#[test]
fn while_a_save_is_judged_the_verdict_on_the_one_before_is_not_shown() {
    let clone = Clone::new();
    clone.give("01_one", WRONG);
    let mut terminal = watch(&clone);
    terminal.wait_for("It gives 2, not 1.");
    clone.write("hold", "");
    clone.give("01_one", HELD_AND_RIGHT);
    terminal.wait_until("no verdict", |screen| {
        screen.contains("checking …") && screen.contains("· it gives its number") && !screen.contains("It gives 2")
    });
    let_go(&clone);
    terminal.wait_for("It is right.");
}

#[test]
fn a_check_of_all_that_was_interrupted_says_so() {
    let clone = Clone::new();
    clone.give("01_one", RIGHT);
    let mut terminal = watch(&clone);
    terminal.wait_for("It is right.");
    clone.write("hold", "");
    clone.give("02_two", HELD);
    terminal.wait_for("02  number two");
    terminal.press("c");
    terminal.wait_for("checking 2 of 2");
    clone.wait_until_in_use();
    terminal.press("r");
    terminal.wait_for("Press any key to go back.");
    let_go(&clone);
    terminal.press(" ");
    terminal.wait_for("Not all exercises were checked: c starts again from the first.");
    terminal.wait_for("It gives 3, not 2.");
}
