//! Each command, its words, its JSON and its exit code.

use std::{fs, io::Read, process::Stdio};

use super::clone::{Clone, NAMES, RIGHT, STUB, WRONG};

#[test]
fn check_tells_what_passed_and_what_did_not() {
    let clone = Clone::new();
    clone.give("01_one", RIGHT);
    clone.give("02_two", WRONG);
    let ran = clone.run(&["check", "--all"]);
    assert_eq!(ran.code, Some(1), "{ran:#?}");
    let expected = " 01  number one                                                          2 of 2
  ✓ it gives its number
  ✓ it does so again

 02  number two                                                          0 of 2
  ✗ it gives its number
  ✗ it does so again

  ✗ it gives its number

    It gives 3, not 2.

  ✗ it does so again

    The second time it gives 3, not 2.

 1 of 2 exercises passed
";
    assert_eq!(ran.stdout, expected);
    assert_eq!(ran.stderr, "");
}

#[test]
fn check_as_json_stands_alone_on_standard_output() {
    let clone = Clone::new();
    let ran = clone.run(&["check", "one", "--json"]);
    let expected = serde_json::json!({"exercises": [{
        "name": "01_one", "status": "unwritten", "message": null, "compiler": null,
        "checks": [
            {"name": "it gives its number", "status": "unwritten", "findings": [],
             "message": "not yet implemented: give the number"},
            {"name": "it does so again", "status": "unwritten", "findings": [],
             "message": "not yet implemented: give the number"},
        ],
    }]});
    assert_eq!(ran.json(), expected);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), ""));
}

#[test]
fn check_without_a_name_takes_the_first_that_has_not_passed() {
    let clone = Clone::new();
    clone.give("01_one", RIGHT);
    clone.give("02_two", RIGHT);
    for name in NAMES {
        let ran = clone.run(&["check", "--json"]);
        assert_eq!(ran.json()["exercises"][0]["name"], name);
        assert_eq!(ran.code, Some(0));
    }
    let ran = clone.run(&["check"]);
    assert_eq!(ran.stdout, "Every exercise has passed. `cargo run -- check --all` judges them all again.\n");
    assert_eq!(ran.code, Some(0));
}

#[test]
fn check_judges_solutions_too_and_leaves_the_progress_alone() {
    let clone = Clone::new();
    let ran = clone.run(&["check", "--all", "--solution"]);
    assert_eq!(ran.code, Some(0), "{ran:#?}");
    assert_eq!(clone.run(&["list", "--json"]).json()["exercises"][0]["status"], "unchecked");
}

#[test]
fn wrong_usage_ends_with_2_and_one_sentence() {
    let clone = Clone::new();
    for (arguments, sentence) in [
        (&["check", "wto", "--json"][..], "workbook: no exercise is called 'wto'; did you mean 02_two?\n"),
        (&["hint", "99"], "workbook: no exercise is called '99'; `list` shows them all\n"),
        (&["hint", "1", "--step", "4"], "workbook: 01_one has hints 1 to 3, so there is none 4\n"),
    ] {
        let ran = clone.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(2), "", sentence));
    }
    assert_eq!(clone.run(&["chekc"]).code, Some(2));
}

#[test]
fn list_remembers_the_last_verdicts() {
    let clone = Clone::new();
    clone.give("01_one", RIGHT);
    clone.check(&["1"]);
    let expected = " Numbers\n   ✓ 01  number one\n → · 02  number two\n\n 1 of 2 passed\n";
    assert_eq!(clone.run(&["list"]).stdout, expected);
    let listed = clone.run(&["list", "--json"]).json();
    assert_eq!(listed["exercises"][0]["status"], "passed");
    assert_eq!(listed["exercises"][1]["part"], "Numbers");
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let clone = Clone::new();
    let mut child = clone.command(&["list"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!((child.wait().unwrap().code(), stderr.as_str()), (Some(0), ""));
}

#[test]
fn hints_go_one_step_further_each_time() {
    let clone = Clone::new();
    for hint in ["1 of 3: Look.", "2 of 3: Look closer.", "3 of 3: Write NUMBER.", "3 of 3: Write NUMBER."] {
        assert_eq!(clone.run(&["hint", "1"]).stdout, format!("    hint {hint}\n"));
    }
    assert_eq!(clone.run(&["hint", "1", "--step", "2"]).stdout, "    hint 2 of 3: Look closer.\n");
}

#[test]
fn run_runs_the_program_with_its_arguments() {
    let clone = Clone::new();
    clone.give("01_one", "std::env::args().count() as u8");
    let ran = clone.run(&["run", "1", "--fast", "--", "--timeline"]);
    assert_eq!((ran.stdout.as_str(), ran.code), ("3 of 1\n", Some(0)));
    assert_eq!(clone.run(&["run", "1", "--solution"]).stdout, "1 of 1\n");
}

#[test]
fn run_tells_how_a_program_ended_that_did_not_end_well() {
    let clone = Clone::new();
    clone.give("01_one", "std::process::exit(3)");
    let ran = clone.run(&["run", "1"]);
    assert_eq!((ran.stderr.as_str(), ran.code), ("workbook: 01_one ended with exit code 3\n", Some(1)));
    clone.give("01_one", "\"\"");
    let ran = clone.run(&["run", "1"]);
    assert!(ran.stderr.starts_with("workbook: exercises/01_one.rs does not compile\n\nerror[E0308]"), "{ran:#?}");
    assert_eq!(ran.code, Some(1));
}

#[test]
fn reset_brings_the_stub_back_and_keeps_every_file_of_the_learner() {
    let clone = Clone::new();
    clone.commit();
    let stub = clone.read("exercises/01_one.rs");
    for (body, number) in [(RIGHT, 1), (WRONG, 2)] {
        clone.give("01_one", body);
        let yours = clone.read("exercises/01_one.rs");
        clone.commit();
        let ran = clone.run(&["reset", "1"]);
        let kept = format!(".workbook/backups/01_one.{number}.rs");
        assert_eq!(
            ran.stdout,
            format!("exercises/01_one.rs is the stub again. Yours is kept as {kept}.\n"),
            "{ran:#?}"
        );
        assert_eq!(clone.read(&kept), yours);
        assert_eq!(clone.read("exercises/01_one.rs"), stub);
    }
    fs::remove_file(clone.path("exercises/01_one.rs")).unwrap();
    assert_eq!(clone.run(&["reset", "1"]).stdout, "exercises/01_one.rs is the stub again.\n");
    assert_eq!(clone.run(&["reset", "1"]).stdout, "exercises/01_one.rs is the stub already.\n");
    assert_eq!(clone.read("exercises/01_one.rs"), stub);
}

#[test]
fn reset_without_a_history_touches_nothing() {
    let clone = Clone::new();
    clone.give("01_one", WRONG);
    let yours = clone.read("exercises/01_one.rs");
    let ran = clone.command(&["reset", "1"]).env("GIT_CEILING_DIRECTORIES", clone.root()).output().unwrap();
    assert_eq!(ran.status.code(), Some(1));
    let said = String::from_utf8(ran.stderr).unwrap();
    assert!(said.starts_with("workbook: the stub comes from git's history, and git says: "), "{said}");
    assert_eq!(clone.read("exercises/01_one.rs"), yours);
    assert!(!clone.path(".workbook/backups").exists());
}

#[test]
fn solution_prints_the_source_without_its_checks() {
    let clone = Clone::new();
    let ran = clone.run(&["solution", "1"]);
    assert!(ran.stdout.starts_with("//! Numbers.\n"), "{ran:#?}");
    assert!(ran.stdout.ends_with("\n}\n"), "{ran:#?}");
    assert_eq!(ran.stderr, "workbook: 01_one has not passed yet; this is one way to write it\n");
}

#[test]
fn verify_proves_a_clone_right() {
    let clone = Clone::new();
    let ran = clone.run(&["verify"]);
    assert_eq!(ran.code, Some(0), "{ran:#?}");
    assert!(ran.stdout.ends_with("\n\n 19 right, 0 wrong\n"), "{ran:#?}");
    let ran = clone.run(&["verify", "two"]);
    assert_eq!(ran.code, Some(0), "{ran:#?}");
    assert!(ran.stdout.ends_with("\n\n 10 right, 0 wrong\n"), "{ran:#?}");
    assert!(!ran.stdout.contains("01_one"), "{ran:#?}");
}

#[test]
fn verify_tells_everything_that_is_not_as_it_should_be() {
    let clone = Clone::new();
    clone.give("01_one", RIGHT);
    let other = clone.read("solutions/02_two.rs").replace("fn give() -> u8 {", "fn give() -> u8 { let unused = 1;");
    clone.write("solutions/02_two.rs", &other.replace("Gives the number", "Gives it"));
    let variant = clone.read("tests/variants/01_one/wrong_zero.rs").replace("it gives 0", "something else");
    clone.write("tests/variants/01_one/wrong_zero.rs", &variant);
    fs::remove_file(clone.path("tests/variants/02_two/right_sum.rs")).unwrap();
    let ran = clone.run(&["verify", "--json"]);
    assert_eq!(ran.code, Some(1), "{ran:#?}");
    let report = ran.json();
    let proofs = report["proofs"].as_array().unwrap();
    let problem = |what: &str| {
        let proof = proofs.iter().find(|proof| proof["what"] == what).unwrap_or_else(|| panic!("{what}: {ran:#?}"));
        proof["problem"].as_str().unwrap_or_default().to_string()
    };
    assert_eq!(problem("02_two is complete"), "it has 1 right variants, not at least 2");
    assert!(
        problem("stub and solution of 02_two have the same items, signatures and docs").contains("fn give differs")
    );
    assert!(problem("the stub 01_one is unwritten and nothing else").contains("so it proves nothing"));
    assert!(problem("the solution 02_two passes").starts_with("it compiles with warnings"));
    assert!(problem("the variant 01_one/wrong_zero is rejected with its words").contains("not with 'something else'"));
    assert_eq!(report["failed"], 5);
}

#[test]
fn without_a_terminal_the_status_and_what_to_type_are_shown() {
    let clone = Clone::new();
    let ran = clone.run(&[]);
    let expected = "\
0 of 2 exercises passed.
Next: exercises/01_one.rs
  cargo run -- check 1         judges it
  cargo run -- hint 1          gives a hint
  cargo run -- --help          shows all commands
";
    assert_eq!((ran.stdout.as_str(), ran.code), (expected, Some(0)));
}

#[test]
fn damaged_progress_is_set_aside() {
    let clone = Clone::new();
    clone.write(".workbook/progress.json", "{\"exercises\": 7");
    let ran = clone.run(&["list"]);
    assert_eq!(ran.code, Some(0));
    let sentence = "workbook: .workbook/progress.json was damaged, so your progress starts afresh; \
                    the old file is kept as .workbook/progress.damaged\n";
    assert_eq!(ran.stderr, sentence);
    assert_eq!(clone.read(".workbook/progress.damaged"), "{\"exercises\": 7");
    assert_eq!(clone.run(&["list"]).stderr, "");
}

#[test]
fn progress_that_cannot_be_written_is_mentioned_once_and_nothing_else_suffers() {
    let clone = Clone::new();
    clone.write(".workbook", "a file where the folder should be");
    clone.give("01_one", RIGHT);
    let ran = clone.run(&["check", "1", "--json"]);
    assert_eq!((ran.code, ran.stderr.lines().count()), (Some(0), 1), "{ran:#?}");
    assert_eq!(ran.json()["exercises"][0]["status"], "passed");
}

#[test]
fn a_stub_is_unwritten() {
    let clone = Clone::new();
    clone.give("01_one", STUB);
    assert_eq!(clone.check(&["01_one.rs"])[0]["status"], "unwritten");
}
