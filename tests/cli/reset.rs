//! What `reset` brings back where git cannot tell: in a download without git, or in a history that never held the stub.

use std::{fs, path::Path};

use super::clone::{Clone, RIGHT, Ran, STUB};

/// A download: no history, and a copy of the first stub.
fn download() -> Clone {
    let clone = Clone::new();
    clone.write("exercises/.stubs/01_one.rs", &clone.read("exercises/01_one.rs"));
    clone
}

#[test]
fn without_git_the_stub_that_came_with_the_workbook_is_brought_back() {
    let clone = download();
    let stub = clone.read("exercises/01_one.rs");
    clone.give("01_one", RIGHT);
    let yours = clone.read("exercises/01_one.rs");
    let ran = Ran::from(clone.command(&["reset", "1"]).env("PATH", clone.path("tests")).output().unwrap());
    let sentence = "exercises/01_one.rs is the stub again. Yours is kept as .workbook/backups/01_one.1.rs.\n";
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), (sentence, ""));
    assert_eq!((clone.read("exercises/01_one.rs"), clone.read(".workbook/backups/01_one.1.rs")), (stub, yours));
}

#[test]
fn a_history_that_begins_with_half_of_the_work_holds_no_stub() {
    let clone = download();
    let stub = clone.read("exercises/01_one.rs");
    clone.give("01_one", &format!("if true {{ NUMBER }} else {{ {STUB} }}"));
    clone.commit();
    clone.run(&["reset", "1"]);
    assert_eq!(clone.read("exercises/01_one.rs"), stub);
}

#[test]
fn a_copy_that_was_solved_by_mistake_is_no_stub() {
    let clone = download();
    clone.commit();
    let stub = clone.read("exercises/01_one.rs");
    clone.give("01_one", RIGHT);
    clone.write("exercises/.stubs/01_one.rs", &clone.read("exercises/01_one.rs"));
    clone.run(&["reset", "1"]);
    assert_eq!(clone.read("exercises/01_one.rs"), stub);
}

#[test]
fn without_git_and_without_a_copy_one_sentence_says_so_and_nothing_is_touched() {
    let clone = download();
    clone.give("02_two", RIGHT);
    let yours = clone.read("exercises/02_two.rs");
    let ran = Ran::from(clone.command(&["reset", "2"]).env("PATH", clone.path("tests")).output().unwrap());
    assert_eq!(ran.stderr, "workbook: the stub comes from git's history, and git cannot be started\n");
    assert_eq!((ran.code, clone.read("exercises/02_two.rs")), (Some(1), yours));
}

#[test]
fn verify_tells_of_a_copy_that_is_not_the_stub() {
    let clone = download();
    clone.write("exercises/.stubs/02_two.rs", &clone.read("exercises/01_one.rs"));
    let ran = clone.run(&["verify", "2"]);
    let sentence =
        "exercises/.stubs/02_two.rs is not the same as exercises/02_two.rs, so `reset` brings back another stub";
    assert!(ran.stdout.contains(sentence) && ran.code == Some(1), "{ran:#?}");
}

#[test]
fn every_exercise_of_the_workbook_has_a_copy_of_its_stub() {
    let exercises = Path::new(env!("CARGO_MANIFEST_DIR")).join("exercises");
    let course: toml::Table = fs::read_to_string(exercises.join("info.toml")).unwrap().parse().unwrap();
    let name = |exercise: &toml::Value| exercise["name"].as_str().unwrap().to_string();
    let names: Vec<String> = course["exercise"].as_array().unwrap().iter().map(name).collect();
    let copies = fs::read_dir(exercises.join(".stubs")).unwrap();
    let mut found: Vec<String> = copies.map(|copy| copy.unwrap().file_name().into_string().unwrap()).collect();
    found.sort();
    assert_eq!(found, names.iter().map(|name| format!("{name}.rs")).collect::<Vec<_>>());
    for name in names {
        let copy = fs::read_to_string(exercises.join(format!(".stubs/{name}.rs"))).unwrap();
        let checks = format!("#[path = \"../tests/checks/{name}.rs\"]");
        assert!(copy.contains("todo!(") && copy.contains(&checks), "{name}");
    }
}
