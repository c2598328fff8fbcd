//! cargo looks at the learner's files, and never at the copies.

use std::fs;

use super::{Clone, clone, give, program};

/// The lists of files that rustc has read for the first exercise.
fn dependencies(clone: &Clone) -> Vec<String> {
    let files = fs::read_dir(clone.path("target/debug/deps")).unwrap().map(|file| file.unwrap().path());
    let lists = files.filter(|file| {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        name.starts_with("01_one-") && name.ends_with(".d")
    });
    lists.map(|list| fs::read_to_string(list).unwrap()).collect()
}

#[test]
fn a_change_of_any_file_is_seen_and_nothing_is_built_without_one() {
    let clone = clone();
    clone.write("exercises/part.rs", "pub fn tell() {\n    println!(\"one\");\n}\n");
    let program = format!("mod part;\n{}", program("part::tell();"));
    give(&clone, &program);
    let told = || clone.run(&["run", "1"]).stdout;
    assert_eq!(told(), "as it is, tracked: tracked\none\n");
    let executable = clone.path("target/debug/01_one").with_extension(std::env::consts::EXE_EXTENSION);
    let built = || fs::metadata(&executable).unwrap().modified().unwrap();
    let first = built();
    assert_eq!(told(), "as it is, tracked: tracked\none\n");
    assert_eq!(built(), first);
    clone.write("exercises/part.rs", "pub fn tell() {\n    println!(\"two\");\n}\n");
    assert_eq!(told(), "as it is, tracked: tracked\ntwo\n");
    give(&clone, &program.replace("part::tell();", "part::tell(); println!(\"three\");"));
    assert_eq!(told(), "as it is, tracked: tracked\ntwo\nthree\n");
}

#[test]
fn a_change_of_the_checks_is_seen() {
    let clone = clone();
    give(&clone, &program(""));
    assert_eq!(clone.check(&["1"])[0]["status"], "passed");
    let checks = clone.read("tests/checks/01_one.rs");
    clone.write("tests/checks/01_one.rs", &checks.replace("given == NUMBER", "given != NUMBER"));
    assert_eq!(clone.check(&["1"])[0]["status"], "failed");
}

#[test]
fn the_files_that_cargo_is_told_of_are_the_learners() {
    let clone = clone();
    give(&clone, &program(""));
    clone.check(&["1"]);
    clone.run(&["run", "1"]);
    let lists = dependencies(&clone);
    assert_eq!(lists.len(), 2);
    for list in &lists {
        let files: Vec<&str> = list.lines().filter_map(|line| line.strip_suffix(':')).collect();
        assert!(files.contains(&"exercises/01_one.rs"), "{list}");
        assert!(files.iter().all(|file| !file.contains("awaits")), "{list}");
    }
    assert!(lists.iter().any(|list| list.contains("exercises/../tests/checks/01_one.rs:")), "{lists:?}");
}
