//! No verdict without the exercise's own checks on the exercise's own file.

#[cfg(unix)]
use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde_json::Value;

use super::clone::{Clone, RIGHT, WRONG, attached};

/// Judges the first exercise, which is not right; returns the status and what is said.
fn judge(clone: &Clone) -> (Value, String) {
    let judged = clone.check(&["1"]).remove(0);
    (judged["status"].clone(), judged["message"].as_str().unwrap_or_default().to_string())
}

/// The first exercise, wrong, with other lines in the place of the last three, and another first line.
fn with(clone: &Clone, top: &str, tail: &str) {
    clone.give("01_one", WRONG);
    let source = clone.read("exercises/01_one.rs").replace(&attached("01_one"), tail);
    clone.write("exercises/01_one.rs", &source.replace("//! Numbers.\n", top));
}

#[test]
fn checks_of_ones_own_are_no_checks() {
    let clone = Clone::new();
    let sentence = "exercises/01_one.rs runs no checks. Its last three lines must be:";
    for tail in [
        "#[cfg(test)]\nmod checks {\n    #[test]\n    fn mine() {}\n}\n",
        "#[cfg(test)]\n#[path = \"../solutions/01_one.rs\"]\nmod checks;\n",
        "#[cfg(test)]\n#[path = \"../tests/checks/02_two.rs\"]\nmod checks;\n",
        &format!("{}fn more() {{}}\n", attached("01_one")),
    ] {
        with(&clone, "//! Numbers.\n", tail);
        let (status, said) = judge(&clone);
        assert_eq!((status.as_str(), said.starts_with(sentence)), (Some("broken"), true), "{tail}{said}");
    }
}

#[test]
fn what_leads_the_checks_astray_is_told() {
    let clone = Clone::new();
    for (top, said) in [
        ("extern crate self as workbook;\n", "gives a crate another name"),
        ("#![cfg(not(test))]\n", "Remove that line."),
    ] {
        with(&clone, top, &attached("01_one"));
        let (status, message) = judge(&clone);
        assert_eq!((status.as_str(), message.contains(said)), (Some("broken"), true), "{message}");
    }
}

#[test]
fn every_check_of_the_check_file_has_to_run() {
    let clone = Clone::new();
    clone.give("01_one", RIGHT);
    let checks = clone.read("tests/checks/01_one.rs");
    clone.write("tests/checks/01_one.rs", &(checks + "\n#[test]\n#[cfg(any())]\nfn a_third() {}\n"));
    let (status, said) = judge(&clone);
    assert_eq!(status, "broken");
    let sentence = "exercises/01_one.rs ran 2 of the 3 checks of tests/checks/01_one.rs, so there is no verdict.";
    assert!(said.starts_with(sentence), "{said}");
}

#[test]
fn what_a_function_reports_by_itself_is_no_check_and_makes_none_pass() {
    let clone = Clone::new();
    let report = |test: &str| {
        format!(
            "{{\\\"ended\\\":{{\\\"test\\\":\\\"{test}\\\",\\\"name\\\":\\\"x\\\",\\\"line\\\":1,\\\"status\\\":\\\"passed\\\",\
             \\\"message\\\":null,\\\"findings\\\":[],\\\"recording\\\":null}}}}"
        )
    };
    let body = format!(
        "use std::io::Write; let path = std::env::var_os(\"WORKBOOK_REPORT\").unwrap();\n    \
         let mut file = std::fs::File::options().append(true).open(path).unwrap();\n    \
         for line in [\"{}\", \"{}\"] {{ writeln!(file, \"{{line}}\").unwrap(); }}\n    NUMBER + 1",
        report("mine"),
        report("checks::it_gives_its_number"),
    );
    clone.give("01_one", &body);
    let judged = clone.check(&["1"]).remove(0);
    let checks = judged["checks"].as_array().unwrap();
    let seen: Vec<_> = checks.iter().map(|check| (check["name"].as_str(), check["status"].as_str())).collect();
    assert_eq!(seen, [(Some("it gives its number"), Some("failed")), (Some("it does so again"), Some("failed")),]);
}

#[cfg(unix)]
#[test]
fn a_link_is_neither_judged_nor_run_nor_written_through() {
    let clone = Clone::new();
    clone.commit();
    let (link, solution) = (clone.path("exercises/01_one.rs"), clone.read("solutions/01_one.rs"));
    fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink("../solutions/01_one.rs", &link).unwrap();
    let (status, said) = judge(&clone);
    assert_eq!(status, "broken");
    let sentence =
        "exercises/01_one.rs is a link, not a file. Move it away; then `cargo run -- reset 1` brings the stub back.";
    assert_eq!(said, sentence);
    let ran = clone.run(&["run", "1"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), "workbook: exercises/01_one.rs is a link, not a file\n"));
    let ran = clone.run(&["reset", "1"]);
    assert_eq!(ran.code, Some(1));
    let sentence = "workbook: exercises/01_one.rs is a link, not a file, so it is left alone. Move it away; then ";
    assert!(ran.stderr.starts_with(sentence), "{ran:#?}");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(clone.read("solutions/01_one.rs"), solution);
    fs::remove_file(&link).unwrap();
    assert_eq!(clone.run(&["reset", "1"]).stdout, "exercises/01_one.rs is the stub again.\n");
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_a_link_holds_no_exercises() {
    let clone = Clone::new();
    clone.give("01_one", RIGHT);
    fs::rename(clone.path("exercises"), clone.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink("elsewhere", clone.path("exercises")).unwrap();
    let (status, said) = judge(&clone);
    assert_eq!(status, "broken");
    let sentence = "the folder of exercises/01_one.rs is a link, so the file is not in this clone.";
    assert!(said.starts_with(sentence), "{said}");
}

/// A pipe in the place of the first exercise, and how often somebody has opened it to read. Whoever does would wait for
/// ever, so there is somebody here who writes.
#[cfg(unix)]
fn with_a_pipe(clone: &Clone) -> Arc<AtomicUsize> {
    let pipe = clone.path("exercises/01_one.rs");
    fs::remove_file(&pipe).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let opened = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&opened);
    std::thread::spawn(move || {
        while let Ok(_end) = fs::File::options().write(true).open(&pipe) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    });
    opened
}

#[cfg(unix)]
#[test]
fn no_command_waits_at_a_pipe() {
    let clone = Clone::new();
    clone.commit();
    let opened = with_a_pipe(&clone);
    let sentence = "exercises/01_one.rs is a named pipe, not a file";
    for arguments in [
        &["check", "1"][..],
        &["check", "--all"],
        &["run", "1"],
        &["timeline", "1"],
        &["reset", "1"],
        &["list"],
        &["list", "--json"],
        &["verify", "1"],
        &[],
    ] {
        let ran = clone.run(arguments);
        assert_eq!(opened.load(Ordering::Relaxed), 0, "{arguments:?}: {ran:#?}");
        let says_nothing_of_it = arguments.first().is_none_or(|command| *command == "list");
        assert!(says_nothing_of_it || format!("{}{}", ran.stdout, ran.stderr).contains(sentence), "{ran:#?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_screen_does_not_wait_at_a_pipe_either() {
    let clone = Clone::new();
    clone.commit();
    let opened = with_a_pipe(&clone);
    let mut terminal = super::terminal::Terminal::start(&mut clone.command(&[]));
    terminal.wait_for("exercises/01_one.rs is a named pipe, not a file.");
    terminal.press("xy");
    terminal.wait_for("so it is left alone.");
    terminal.press("sy");
    terminal.wait_for("tab the other file");
    terminal.press("\t");
    terminal.wait_for("exercises/01_one.rs: yours");
    terminal.press("q");
    assert_eq!(terminal.end().code(), Some(0));
    assert_eq!(opened.load(Ordering::Relaxed), 0);
}
