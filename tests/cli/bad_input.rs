//! Whatever a learner's file does, one clear sentence and the right status come of it, and the next exercise can be
//! checked.

use std::fs;

use serde_json::Value;

use super::clone::{Clone, RIGHT, WRONG, attached, mentions_machine};

/// Judges both exercises and returns what is known of the first, once the second has passed.
fn judge(clone: &Clone) -> Value {
    clone.give("02_two", RIGHT);
    let [first, second] = &clone.check(&["1", "2"])[..] else { panic!("two were asked for") };
    assert_eq!(second["status"], "passed", "the next exercise can be checked: {second:#}");
    assert!(!mentions_machine(clone, &first.to_string()), "{first:#}");
    first.clone()
}

/// Judges an exercise whose function has this body; returns the status and all that is said.
fn judge_body(body: &str) -> (String, String) {
    let clone = Clone::new();
    clone.give("01_one", body);
    let judged = judge(&clone);
    #[cfg(target_os = "linux")]
    assert!(!clone.is_in_use(), "nothing of it is left running");
    (text(&judged["status"]), said(&judged))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}

/// The messages of an exercise and of its checks.
fn said(judged: &Value) -> String {
    let checks = judged["checks"].as_array().unwrap().iter().map(|check| text(&check["message"]));
    [text(&judged["message"])].into_iter().chain(checks).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_does_not_compile_is_broken_in_the_words_of_rustc() {
    let clone = Clone::new();
    clone.give("01_one", "\"one\"");
    let judged = judge(&clone);
    assert_eq!(judged["status"], "broken");
    assert_eq!(judged["message"], "It does not compile.");
    let compiler = text(&judged["compiler"]);
    assert!(compiler.contains("error[E0308]: mismatched types"), "{compiler}");
    assert!(compiler.contains("--> exercises/01_one.rs:7:5"), "{compiler}");
    assert!(!compiler.contains("aborting due to"), "{compiler}");
}

#[test]
fn a_missing_file_is_broken() {
    let clone = Clone::new();
    fs::remove_file(clone.path("exercises/01_one.rs")).unwrap();
    let judged = judge(&clone);
    assert_eq!(judged["status"], "broken");
    let sentence = "exercises/01_one.rs is missing. `cargo run -- reset 1` brings the stub back.";
    assert_eq!(judged["message"], sentence);
}

#[test]
fn an_empty_file_is_broken() {
    let clone = Clone::new();
    clone.write("exercises/01_one.rs", "\n \n");
    let judged = judge(&clone);
    assert_eq!(judged["status"], "broken");
    assert_eq!(judged["message"], "exercises/01_one.rs is empty. `cargo run -- reset 1` brings the stub back.");
}

#[test]
fn a_file_that_is_not_utf_8_is_broken() {
    let clone = Clone::new();
    fs::write(clone.path("exercises/01_one.rs"), b"// one\n// \xff\n").unwrap();
    let judged = judge(&clone);
    assert_eq!(judged["status"], "broken");
    let sentence = "exercises/01_one.rs is not UTF-8: line 2 has bytes that are no text. Save it as UTF-8.";
    assert_eq!(judged["message"], sentence);
}

#[test]
fn a_file_without_its_checks_is_broken_and_not_passed() {
    let clone = Clone::new();
    clone.give("01_one", RIGHT);
    let source = clone.read("exercises/01_one.rs").replace(&attached("01_one"), "");
    clone.write("exercises/01_one.rs", &source);
    let judged = judge(&clone);
    assert_eq!(judged["status"], "broken");
    assert!(text(&judged["message"]).starts_with("exercises/01_one.rs runs no checks."), "{judged:#}");
}

#[test]
fn a_loop_without_end_is_a_timeout() {
    let (status, said) = judge_body("loop {}");
    assert_eq!(status, "timeout");
    assert!(said.contains("Your code did not come to an end"), "{said}");
    assert!(said.contains("Not run") || said.matches("did not come to an end").count() == 2, "{said}");
}

#[test]
fn a_flood_of_output_is_drained() {
    let body =
        "for _ in 0..50_000 { println!(\"{}\", \"x\".repeat(100)); eprintln!(\"{}\", \"y\".repeat(100)); } NUMBER";
    let (status, said) = judge_body(body);
    assert_eq!(status, "passed", "{said}");
}

#[test]
fn a_flood_without_end_is_a_timeout() {
    let (status, said) = judge_body("loop { println!(\"x\"); eprintln!(\"y\"); }");
    assert_eq!(status, "timeout", "{said}");
}

#[test]
fn a_panic_is_a_failure_in_its_own_words() {
    let (status, said) = judge_body("panic!(\"ouch\")");
    assert_eq!(status, "failed");
    assert!(said.contains("ouch"), "{said}");
}

#[test]
fn an_exit_is_a_failure_of_the_check_it_cut_short() {
    let (status, said) = judge_body("std::process::exit(3)");
    assert_eq!(status, "failed");
    let sentence = "Your code ended the whole program with exit code 3 in the middle of this check";
    assert_eq!(said.matches(sentence).count(), 2, "{said}");
}

#[test]
fn even_an_exit_that_claims_success_is_a_failure() {
    let (status, said) = judge_body("std::process::exit(0)");
    assert_eq!(status, "failed");
    assert!(said.contains("exit code 0"), "{said}");
}

#[test]
fn an_abort_is_a_failure() {
    let (status, said) = judge_body("std::process::abort()");
    assert_eq!(status, "failed");
    assert!(said.contains("in the middle of this check"), "{said}");
}

#[test]
fn endless_recursion_is_a_failure() {
    let (status, said) =
        judge_body("#[allow(unconditional_recursion)] fn f(n: u64) -> u64 { f(n + 1) + 1 } f(0) as u8");
    assert_eq!(status, "failed");
    assert!(said.contains("used up the whole stack"), "{said}");
}

#[test]
fn a_thread_left_running_does_no_harm() {
    let (status, said) = judge_body("std::thread::spawn(|| loop { std::thread::park() }); NUMBER");
    assert_eq!(status, "passed", "{said}");
}

#[test]
#[cfg(unix)]
fn a_process_left_running_is_ended() {
    let (status, said) = judge_body("std::process::Command::new(\"sleep\").arg(\"99\").spawn().unwrap(); NUMBER");
    assert_eq!(status, "passed", "{said}");
}

#[test]
fn only_the_check_to_blame_is_cut_short() {
    let clone = Clone::new();
    // The checks run in alphabetical order: the first call comes from "it does so again".
    let body = "if std::env::args().any(|argument| argument.contains(\"again\")) { std::process::exit(7) } NUMBER";
    clone.give("01_one", body);
    let judged = judge(&clone);
    assert_eq!(judged["status"], "failed");
    let statuses: Vec<&Value> = judged["checks"].as_array().unwrap().iter().map(|check| &check["status"]).collect();
    assert_eq!(statuses, ["passed", "failed"], "{judged:#}");
}

#[test]
fn an_old_file_in_the_place_of_a_new_one_is_judged_anew() {
    let clone = Clone::new();
    clone.give("01_one", WRONG);
    let old = clone.path("exercises/old");
    fs::rename(clone.path("exercises/01_one.rs"), &old).unwrap();
    clone.give("01_one", RIGHT);
    assert_eq!(judge(&clone)["status"], "passed");
    fs::rename(old, clone.path("exercises/01_one.rs")).unwrap();
    assert_eq!(judge(&clone)["status"], "failed");
}

#[test]
#[cfg(unix)]
fn a_temporary_folder_that_cannot_be_written_is_named() {
    let clone = Clone::new();
    clone.give("01_one", RIGHT);
    clone.check(&["1"]);
    let output = clone.command(&["check", "1", "--json"]).env("TMPDIR", "/nowhere").output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("no file can be made in /nowhere, where checks report to: is the disk full?"), "{said}");
}

/// Writes a body into 01 with the lint of the exercises' own manifest denied.
fn give_linted(clone: &Clone, body: &str) {
    clone.give("01_one", body);
    let source = clone.read("exercises/01_one.rs");
    clone.write("exercises/01_one.rs", &format!("#![deny(unused_must_use)]\n{source}"));
}

#[test]
fn a_future_that_is_not_awaited_is_told_in_one_sentence_without_the_advice_to_silence_the_lint() {
    let clone = Clone::new();
    give_linted(&clone, "async {};\n    std::future::ready(1);\n    NUMBER");
    let judged = judge(&clone);
    assert_eq!(judged["status"], "broken");
    let sentence = "exercises/01_one.rs:8, 9:\na future was made and not awaited: add .await. Without it, none of the \
                    future's code runs.";
    assert_eq!(judged["message"], sentence);
    let compiler = text(&judged["compiler"]);
    assert!(compiler.contains("error: unused `std::future::Ready` that must be used"), "{compiler}");
    assert!(compiler.contains("futures do nothing unless you `.await` or poll them"), "{compiler}");
    assert!(!compiler.contains("let _"), "{compiler}");
    let ran = clone.run(&["run", "1"]);
    assert!(ran.stderr.contains(sentence) && !ran.stderr.contains("let _"), "{ran:#?}");
}

#[test]
fn other_values_that_are_thrown_away_are_told_by_what_they_are() {
    for (body, words) in [
        ("\"7\".parse::<u8>();\n    NUMBER", "exercises/01_one.rs:8:\na Result was thrown away"),
        ("(0..3).map(|n| n + 1);\n    NUMBER", "exercises/01_one.rs:8:\nan iterator was made and never consumed"),
        ("NUMBER == 2;\n    NUMBER", "exercises/01_one.rs:8:\nthe value of this line is thrown away"),
    ] {
        let clone = Clone::new();
        give_linted(&clone, body);
        let judged = judge(&clone);
        assert!(text(&judged["message"]).starts_with(words), "{judged:#}");
        assert!(!judged.to_string().contains("let _"), "{judged:#}");
    }
}

#[test]
fn beside_another_error_nothing_hides_that_it_does_not_compile() {
    let clone = Clone::new();
    give_linted(&clone, "#[deny(unused_variables)]\n    let unused = 1;\n    async {};\n    NUMBER");
    let judged = judge(&clone);
    assert_eq!(judged["message"], "It does not compile.");
    let compiler = text(&judged["compiler"]);
    assert!(compiler.contains("unused variable") && compiler.contains("futures do nothing"), "{compiler}");
}
