//! Ctrl-Z and `fg`, and terminals that can show no screen.

use std::{fs, os::unix::process::CommandExt};

use rustix::process::Signal;

use super::{
    super::{
        clone::{Clone, RIGHT},
        terminal::Terminal,
    },
    assert_given_back, watch,
};

/// The watch as a shell starts it: a job of its own, which so can be stopped.
fn job(clone: &Clone) -> Terminal {
    Terminal::start(clone.command(&[]).process_group(0))
}

/// The screen is there again, whole.
fn assert_taken(terminal: &Terminal) {
    assert_ne!(terminal.settings(), terminal.settings_before());
    assert!(terminal.is_on_alternate_screen() && !terminal.shows_cursor(), "{}", terminal.screen());
}

#[test]
fn ctrl_z_gives_the_terminal_back_and_going_on_takes_it_and_judges_again() {
    let clone = Clone::new();
    let mut terminal = job(&clone);
    terminal.wait_for("0 of 2 checks");
    for _ in 0..2 {
        clone.write("hold", "");
        clone.give("01_one", "{ while cfg!(test) && std::path::Path::new(\"hold\").exists() {} NUMBER }");
        clone.wait_until_in_use();
        terminal.press("\x1a");
        terminal.wait_until_stopped();
        terminal.wait_until("the shell's own screen", |screen| !screen.contains("01  number one"));
        assert_given_back(&terminal);
        assert_eq!(clone.processes(), [""; 0]);
        fs::remove_file(clone.path("hold")).unwrap();
        terminal.signal(Signal::CONT);
        terminal.wait_for("It is right.");
        terminal.wait_for("01  number one");
        assert_taken(&terminal);
        clone.give("01_one", "NUMBER + 1");
        terminal.wait_for("It gives 2, not 1.");
    }
    terminal.press("q");
    assert_eq!(terminal.end().code(), Some(0));
    assert_given_back(&terminal);
}

#[test]
fn stopped_from_outside_the_screen_comes_back_whole_too() {
    let clone = Clone::new();
    clone.give("01_one", RIGHT);
    let mut terminal = job(&clone);
    terminal.wait_for("It is right.");
    terminal.signal(Signal::STOP);
    terminal.wait_until_stopped();
    terminal.take_as_a_shell("$ ls");
    terminal.signal(Signal::CONT);
    terminal.wait_until("the whole screen", |screen| {
        screen.contains("01  number one") && screen.contains("It is right.") && screen.contains("q quit")
    });
    assert_taken(&terminal);
}

#[test]
fn a_program_that_was_stopped_with_the_screen_still_has_the_terminal_when_both_go_on() {
    let clone = Clone::new();
    clone.give(
        "01_one",
        "{ let mut line = String::new(); std::io::stdin().read_line(&mut line).unwrap(); line.len() as u8 }",
    );
    let mut terminal = job(&clone);
    terminal.wait_for("0 of 2 checks");
    terminal.press("r");
    clone.wait_until_in_use();
    terminal.signal(Signal::TSTP);
    terminal.wait_until_stopped();
    terminal.signal(Signal::CONT);
    terminal.press("four\n");
    terminal.wait_for("5 of 1");
    terminal.wait_for("01_one has ended. Press any key to go back.");
    terminal.press(" ");
    terminal.wait_for("q quit");
    assert_taken(&terminal);
}

#[test]
fn a_terminal_that_can_only_print_lines_is_told_what_to_type() {
    let clone = Clone::new();
    let mut terminal = Terminal::start(clone.command(&[]).env("TERM", "dumb"));
    terminal.wait_for("This terminal cannot show the screen that follows your saves");
    terminal.wait_for("cargo run -- check 1         judges it");
    assert_eq!(terminal.end().code(), Some(0));
    assert_given_back(&terminal);
    let colours = clone.command(&["list"]).env("TERM", "dumb").env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(!colours.stdout.contains(&0x1b), "{colours:?}");
}

#[test]
fn the_welcome_ends_with_the_first_save() {
    let clone = Clone::new();
    let mut terminal = watch(&clone);
    terminal.wait_for("Welcome!");
    terminal.wait_for("0 of 2 checks");
    clone.give("01_one", "NUMBER + 1");
    terminal.wait_for("It gives 2, not 1.");
    assert!(!terminal.screen().contains("Welcome!"), "{}", terminal.screen());
}
