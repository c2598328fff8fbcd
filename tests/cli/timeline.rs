//! `timeline`: every format, every way to go wrong, one sentence each.
//!
//! The programs of a scratch clone know nothing of the workbook: asked for a recording, they copy one that lies ready.

use std::{fs, time::Duration};

use serde_json::Value;
use workbook::{
    record,
    recording::{Outcome, Recording, VERSION},
    runtime::Threads,
};

use super::clone::{Clone, RIGHT, Ran, mentions_machine};

/// Writes the recording that lies ready where the workbook says, as a program of an exercise does.
const RECORDS: &str = "let arguments: Vec<String> = std::env::args().collect();
    assert_eq!(arguments[1..3], [\"--fast\", \"--record\"]);
    std::fs::copy(\"ready.json\", &arguments[3]).unwrap();
    println!(\"what it prints\");
    NUMBER";

fn recording() -> Recording {
    let run = record::future(Threads::Current, || async {
        workbook::println!("hello");
        let nap = || tokio::time::sleep(Duration::from_secs(1));
        tokio::join!(nap(), nap());
        tokio::spawn(nap()).await.unwrap();
    });
    run.recording
}

/// A clone whose first exercise and whose first solution record this.
fn clone_that_records(recording: &Recording) -> Clone {
    let clone = Clone::new();
    clone.write("ready.json", &recording.to_json());
    clone.give("01_one", RECORDS);
    let solution = clone.read("solutions/01_one.rs").replace(&format!("    {RIGHT}\n"), &format!("    {RECORDS}\n"));
    clone.write("solutions/01_one.rs", &solution);
    clone
}

/// It ended with this code and one sentence, which is its only line, and drew nothing.
#[track_caller]
fn refused(ran: &Ran, code: i32, sentence: &str) {
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(code), ""), "{ran:#?}");
    assert!(ran.stderr.starts_with(sentence) && ran.stderr.lines().count() == 1, "{ran:#?}");
}

#[test]
fn a_solution_is_drawn_in_every_format() {
    let recording = recording();
    let clone = clone_that_records(&recording);
    let drawn = |format: &str| {
        let ran = clone.run(&["timeline", "1", "--solution", "--format", format]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran:#?}");
        assert!(ran.stdout.ends_with('\n'));
        ran
    };
    let picture = drawn("terminal").stdout;
    assert!(
        picture.contains("\nmain ") && picture.contains("├─ sleep ─") && picture.contains("\ntask 1 "),
        "{picture}"
    );
    assert!(!picture.contains("what it prints"), "{picture}");
    assert!(drawn("svg").stdout.starts_with("<svg "), "{}", drawn("svg").stdout);
    assert!(drawn("perfetto").json()["traceEvents"].as_array().is_some_and(|events| events.len() > 10));
    assert!(drawn("player").json()["steps"].as_array().is_some_and(|steps| steps.len() > 3));
    assert_eq!(Recording::read(drawn("recording").stdout.as_bytes()).unwrap(), recording);
}

#[test]
fn a_picture_of_text_is_the_default_and_as_wide_as_was_asked_for() {
    let clone = clone_that_records(&recording());
    for (arguments, width) in [(&["timeline", "one"][..], 80), (&["timeline", "one", "--width", "40"], 40)] {
        let picture = clone.run(arguments).stdout;
        let widest = picture.lines().map(|line| line.chars().count()).max();
        assert!(widest.is_some_and(|widest| (width - 10..=width).contains(&widest)), "{picture}");
        assert!(!picture.contains('\u{1b}'), "no colour where nobody sees it: {picture:?}");
    }
}

#[test]
fn a_recording_is_drawn_from_its_file_into_a_file() {
    let clone = Clone::new();
    clone.write("a recording.json", &recording().to_json());
    let ran = clone.run(&["timeline", "--from", "a recording.json", "-o", "picture.txt"]);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), "", ""));
    let picture = clone.run(&["timeline", "--from", "a recording.json"]).stdout;
    assert_eq!(clone.read("picture.txt"), picture);
    clone.run(&["timeline", "--from", "a recording.json", "--format", "player", "-o", "picture.txt"]);
    serde_json::from_str::<Value>(&clone.read("picture.txt")).expect("the old file is replaced");
}

#[test]
fn wrong_usage_ends_with_2() {
    let clone = Clone::new();
    clone.write("a.json", "{}");
    refused(&clone.run(&["timeline", "99"]), 2, "workbook: no exercise is called '99'; `list` shows them all");
    for arguments in [
        &["timeline"][..],
        &["timeline", "1", "--from", "a.json"],
        &["timeline", "--solution", "--from", "a.json"],
        &["timeline", "1", "--format", "gif"],
        &["timeline", "1", "--width", "3"],
    ] {
        let ran = clone.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:#?}");
    }
}

#[test]
fn a_file_that_is_no_recording_is_refused_with_a_sentence() {
    let clone = Clone::new();
    let whole = recording().to_json();
    let newer = whole.replace(&format!("\"version\":{VERSION},"), "\"version\":999,");
    for (text, sentence) in [
        ("", "workbook: a.json: the recording is empty: "),
        (&whole[..whole.len() / 2], "workbook: a.json: the recording is cut off: "),
        (&newer, "workbook: a.json: the recording was written by a newer workbook (format 999, "),
        ("fn main() {}", "workbook: a.json: this is no recording, or a damaged one: "),
    ] {
        clone.write("a.json", text);
        refused(&clone.run(&["timeline", "--from", "a.json"]), 1, sentence);
    }
    refused(&clone.run(&["timeline", "--from", "none.json"]), 1, "workbook: none.json cannot be read: ");
    refused(&clone.run(&["timeline", "--from", "solutions"]), 1, "workbook: solutions cannot be read: ");
}

#[test]
fn an_output_that_cannot_be_written_is_a_sentence() {
    let clone = Clone::new();
    clone.write("a.json", &recording().to_json());
    let nowhere = clone.run(&["timeline", "--from", "a.json", "-o", "nowhere/picture.txt"]);
    refused(&nowhere, 1, "workbook: nowhere/picture.txt cannot be written: ");
    assert!(!nowhere.stderr.contains(".part"), "{nowhere:#?}");
    refused(&clone.run(&["timeline", "--from", "a.json", "-o", "solutions"]), 1, "workbook: solutions cannot be");
}

#[test]
fn a_program_that_did_not_return_is_drawn_all_the_same() {
    let mut recording = recording();
    let held = "main has held the thread for 5.0 seconds.".to_string();
    for (outcome, sentence) in [
        (Outcome::Stuck, "workbook: the program is stuck: every task waits, and nothing is left that could wake one\n"),
        (Outcome::Held(held), "workbook: the program was ended: main has held the thread for 5.0 seconds.\n"),
    ] {
        recording.outcome = outcome;
        let clone = clone_that_records(&recording);
        for arguments in [&["timeline", "1"][..], &["timeline", "--from", "ready.json"]] {
            let ran = clone.run(arguments);
            assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), sentence));
            assert!(ran.stdout.contains("\nmain "), "{ran:#?}");
        }
    }
}

#[test]
fn a_program_that_leaves_no_recording_is_a_sentence() {
    let clone = Clone::new();
    clone.give("01_one", "std::process::exit(3)");
    let sentence = "workbook: exercises/01_one.rs ended with exit code 3 before it had written its recording, ";
    refused(&clone.run(&["timeline", "1"]), 1, sentence);
    clone.give("01_one", "eprintln!(\"its last words\"); std::process::abort()");
    let ran = clone.run(&["timeline", "1"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.starts_with("workbook: exercises/01_one.rs "), "{ran:#?}");
    assert!(ran.stderr.ends_with("let `main` return instead\n\nits last words\n"), "{ran:#?}");
    assert!(!mentions_machine(&clone, &ran.stderr), "{ran:#?}");
}

#[test]
fn an_exercise_that_does_not_compile_is_said_so() {
    let clone = Clone::new();
    clone.give("01_one", "\"one\"");
    let ran = clone.run(&["timeline", "1"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.starts_with("workbook: exercises/01_one.rs does not compile\n\nerror[E0308]"), "{ran:#?}");
}

#[test]
fn run_hands_its_options_to_the_program() {
    let clone = Clone::new();
    let body =
        "std::fs::write(\"arguments\", std::env::args().skip(1).collect::<Vec<_>>().join(\"\\n\")).unwrap(); NUMBER";
    clone.give("01_one", body);
    let mut command = clone.command(&["run", "1", "--timeline", "--trace", "trace.json", "--fast", "--", "more"]);
    assert!(command.current_dir(clone.path("tests")).output().unwrap().status.success());
    let trace = fs::canonicalize(clone.path("tests")).unwrap().join("trace.json");
    assert_eq!(clone.read("arguments"), format!("--fast\n--timeline\n--trace\n{}\nmore", trace.display()));
}
