//! Text of a program, of the compiler or of a file's name steers no terminal: it is shown without its escape codes.

use super::clone::{Clone, Ran};

/// Writes to the clipboard, clears the screen, sets a title, rings, turns the direction: as Rust source, and nothing else
/// but "before" and "after".
const EVIL: &str =
    "before\\u{1b}]52;c;aGVsbG8=\\u{7}\\u{1b}[2J\\u{1b}]0;title\\u{1b}\\\\\\u{7}\\u{202e}\\u{9b}2J\\u{1b}[31mafter";

/// All that is shown and that steers a terminal.
fn steering(ran: &Ran) -> Vec<char> {
    let steers = |c: &char| (c.is_control() && *c != '\n') || ('\u{202a}'..='\u{202e}').contains(c);
    ran.stdout.chars().chain(ran.stderr.chars()).filter(steers).collect()
}

#[test]
fn the_text_of_a_panic_is_shown_without_its_escape_codes() {
    let clone = Clone::new();
    clone.give("01_one", &format!("panic!(\"{EVIL}\\nand on\")"));
    let ran = clone.run(&["check", "1"]);
    assert!(ran.stdout.contains("before2Jafter\n    and on"), "{ran:#?}");
    assert_eq!(steering(&ran), Vec::<char>::new(), "{ran:#?}");
    // Data for other programs has nothing to strip left in it.
    let check = &clone.check(&["1"])[0]["checks"][0];
    assert_eq!(check["message"], "before2Jafter\nand on");
}

#[test]
fn where_colours_are_wanted_those_of_the_workbook_stay_and_those_of_a_program_do_not() {
    let clone = Clone::new();
    clone.give("01_one", &format!("panic!(\"{EVIL}\")"));
    let ran = Ran::from(clone.command(&["check", "1"]).env("CLICOLOR_FORCE", "1").output().unwrap());
    assert!(ran.stdout.contains("\u{1b}[31m✗\u{1b}[0m") && ran.stdout.contains("before2Jafter"), "{ran:#?}");
    clone.give("01_one", &format!("compile_error!(\"{EVIL}\")"));
    let ran = Ran::from(clone.command(&["check", "1"]).env("CLICOLOR_FORCE", "1").output().unwrap());
    assert!(ran.stdout.contains("\u{1b}[91merror"), "{ran:#?}");
    assert!(!ran.stdout.contains(['\u{7}', '\u{202e}', '\u{9b}']), "{ran:#?}");
    assert!(!ran.stdout.contains("\u{1b}]") && !ran.stdout.contains("\u{1b}[2J"), "{ran:#?}");
}

#[test]
fn the_words_of_the_compiler_steer_nothing() {
    let clone = Clone::new();
    clone.give("01_one", &format!("compile_error!(\"{EVIL}\")"));
    for command in [["check", "1"], ["run", "1"], ["timeline", "1"]] {
        let ran = clone.run(&command);
        assert!(ran.stdout.contains("before") || ran.stderr.contains("before"), "{ran:#?}");
        assert_eq!(steering(&ran), Vec::<char>::new(), "{ran:#?}");
    }
}

#[test]
fn what_a_program_says_before_it_gives_up_steers_nothing() {
    let clone = Clone::new();
    clone.give("01_one", &format!("{{ eprintln!(\"{EVIL}\"); std::process::exit(3) }}"));
    let ran = clone.run(&["timeline", "1"]);
    assert!(ran.stderr.contains("before2Jafter"), "{ran:#?}");
    assert_eq!(steering(&ran), Vec::<char>::new(), "{ran:#?}");
}

#[test]
fn the_name_of_a_file_steers_nothing() {
    let clone = Clone::new();
    let ran = clone.run(&["timeline", "--from", "no\u{1b}[2Jsuch\u{202e}\u{7}file"]);
    assert!(ran.stderr.contains("nosuchfile"), "{ran:#?}");
    assert_eq!(steering(&ran), Vec::<char>::new(), "{ran:#?}");
}
