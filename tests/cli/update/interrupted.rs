//! Updates that fail or are killed in the middle, at every step that git has a part in.

use std::{fs, os::unix::fs::PermissionsExt};

use super::{super::clone::Ran, learner::Learner};

/// A clone with work of the learner's, saved, staged and committed, whose upstream has news of every kind.
fn behind() -> (Learner, String) {
    let learner = Learner::new();
    let mine = learner.solve("01_one");
    learner.commit();
    learner.write("exercises/mine.rs", "mine\n");
    learner.write("README.md", "ONE\ntwo\nthree\nfour\nfive\nsix\nseven\n");
    learner.git(&["add", "README.md"]);
    learner.mend("01_one");
    learner.mend("02_two");
    learner.upstream.write("README.md", "one\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n");
    learner.upstream.write("exercises/03_three.rs", "todo!()\n");
    fs::remove_file(learner.upstream.path("solutions/02_two.rs")).unwrap();
    learner.upstream.commit();
    (learner, mine)
}

/// Runs an update whose git first does something at one of its commands.
fn update_with(learner: &Learner, at: &str, something: &str) -> Ran {
    let bin = learner.path("../bin");
    fs::create_dir_all(&bin).unwrap();
    let path = std::env::var_os("PATH").unwrap();
    let real = std::env::split_paths(&path).map(|folder| folder.join("git")).find(|git| git.is_file()).unwrap();
    let script = format!(
        "#!/bin/sh\nfor word in \"$@\"; do if [ \"$word\" = {at} ]; then {something}; fi; done\nexec '{}' \"$@\"\n",
        real.display()
    );
    fs::write(bin.join("git"), script).unwrap();
    fs::set_permissions(bin.join("git"), PermissionsExt::from_mode(0o755)).unwrap();
    let path = std::env::join_paths([bin].into_iter().chain(std::env::split_paths(&path))).unwrap();
    Ran::from(learner.command(&["update"]).env("PATH", path).output().unwrap())
}

/// Every command that an update gives to git once it has begun to write anything.
const STEPS: [&str; 8] =
    ["fetch", "hash-object", "checkout-index", "read-tree", "commit-tree", "update-index", "update-ref", "--refresh"];

#[test]
fn after_a_kill_the_learners_files_are_there_and_the_next_update_finishes() {
    let (whole, _) = behind();
    let said = whole.update();
    let status = whole.status();
    for step in STEPS {
        let (learner, mine) = behind();
        let ran = update_with(&learner, step, "kill -9 $PPID; exit 1");
        assert_eq!((ran.code, ran.stdout.as_str()), (None, ""), "{step}: {ran:#?}");
        assert_eq!(learner.read("exercises/01_one.rs"), mine, "{step}");
        assert_eq!(learner.read("exercises/mine.rs"), "mine\n", "{step}");
        let again = learner.update();
        assert_eq!(again, if step == "--refresh" { "Everything is up to date.\n" } else { &said }, "{step}");
        assert_eq!(learner.status(), status, "{step}");
        assert_eq!(learner.read("exercises/01_one.rs"), mine, "{step}");
        assert_eq!(learner.read("README.md"), "ONE\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n", "{step}");
        assert!(!learner.path(".workbook/update").exists(), "{step}");
        let copy = learner.read(".workbook/backups/README.1.md");
        assert_eq!(copy, "ONE\ntwo\nthree\nfour\nfive\nsix\nseven\n", "{step}");
        assert_eq!(learner.git(&["log", "-1", "--format=%P"]).split(' ').count(), 2, "{step}");
    }
}

#[test]
fn after_an_error_everything_is_as_before() {
    for step in &STEPS[..7] {
        let (learner, _) = behind();
        let before = (learner.state(), learner.status());
        let ran = update_with(&learner, step, "echo fatal: no more >&2; exit 1");
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{step}: {ran:#?}");
        assert!(ran.stderr.ends_with("git says: fatal: no more\n"), "{step}: {ran:#?}");
        assert_eq!((learner.state(), learner.status()), before, "{step}");
        learner.update();
    }
}

#[test]
fn a_file_that_cannot_be_put_in_place_takes_all_others_back() {
    let (learner, _) = behind();
    learner.upstream.write("zoo/new.txt", "new\n");
    learner.upstream.commit();
    learner.write("zoo", "a file of mine\n");
    let sentence = learner.refusal(&[]);
    assert!(sentence.starts_with("zoo/new.txt cannot be updated, so nothing was: "), "{sentence}");
    fs::remove_file(learner.path("zoo")).unwrap();
    learner.update();
    assert_eq!(learner.read("zoo/new.txt"), "new\n");
}

#[test]
fn where_half_of_the_files_were_changed_the_next_update_changes_the_other_half() {
    let (whole, _) = behind();
    let said = whole.update();
    let (learner, mine) = behind();
    for file in ["README.md", "exercises/03_three.rs"] {
        learner.write(file, &whole.read(file));
    }
    fs::remove_file(learner.path("solutions/02_two.rs")).unwrap();
    learner.write(".workbook/update/new/exercises/02_two.rs", "half a fi");
    assert_eq!(learner.update(), said);
    assert_eq!((learner.status(), learner.read("exercises/01_one.rs")), (whole.status(), mine));
    for file in ["README.md", "exercises/02_two.rs", "exercises/03_three.rs"] {
        assert_eq!(learner.read(file), whole.read(file));
    }
}

#[test]
fn the_git_of_a_killed_update_that_still_writes_its_files_is_in_nobodys_way() {
    let (whole, _) = behind();
    let said = whole.update();
    let (learner, _) = behind();
    // It has made its folder again after the next update had cleared it away, and goes on writing there.
    let goes_on = "mkdir -p .workbook/update/new/exercises; echo half > .workbook/update/new/exercises/02_two.rs";
    let ran = update_with(&learner, "checkout-index", goes_on);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), said.as_str(), ""));
    assert_eq!(learner.read("exercises/02_two.rs"), whole.read("exercises/02_two.rs"));
    assert!(!learner.path(".workbook/update").exists());
}

#[test]
fn an_index_that_another_git_holds_takes_all_files_back() {
    let (learner, _) = behind();
    learner.write(".git/index.lock", "");
    let sentence = learner.refusal(&[]);
    assert!(sentence.starts_with("nothing was updated: git says: fatal: Unable to create "), "{sentence}");
    fs::remove_file(learner.path(".git/index.lock")).unwrap();
    learner.update();
}

#[test]
fn a_save_in_the_middle_of_an_update_is_not_lost() {
    let (learner, _) = behind();
    let ran = update_with(&learner, "checkout-index", "echo mine > exercises/02_two.rs");
    assert_eq!(ran.code, Some(1));
    let sentence = "exercises/02_two.rs cannot be updated, so nothing was: it was saved a moment ago; try once more";
    assert_eq!(ran.stderr, format!("workbook: {sentence}\n"));
    assert_eq!(learner.read("exercises/02_two.rs"), "mine\n");
    assert!(!learner.path("exercises/03_three.rs").exists());
    assert!(learner.update().contains("kept as you wrote it, though the stub was mended: 02_two\n"));
    assert_eq!(learner.read("exercises/02_two.rs"), "mine\n");
}

#[test]
fn what_lies_behind_a_link_is_not_written_to() {
    let (learner, _) = behind();
    let elsewhere = learner.path("../elsewhere");
    fs::rename(learner.path("solutions"), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, learner.path("solutions")).unwrap();
    let sentence = learner.refusal(&[]);
    assert!(sentence.contains("changed the same places: solutions/02_two.rs. "), "{sentence}");
    assert!(elsewhere.join("02_two.rs").exists());
}

#[test]
fn an_exercise_that_is_a_link_stays_one_and_so_does_what_it_leads_to() {
    let (learner, _) = behind();
    learner.write("mine/two.rs", "mine\n");
    fs::remove_file(learner.path("exercises/02_two.rs")).unwrap();
    std::os::unix::fs::symlink("../mine/two.rs", learner.path("exercises/02_two.rs")).unwrap();
    assert!(learner.update().contains("kept as you wrote it, though the stub was mended: 02_two\n"));
    assert!(learner.path("exercises/02_two.rs").is_symlink());
    assert_eq!(learner.read("mine/two.rs"), "mine\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf_8_is_no_obstacle() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let (learner, _) = behind();
    let file = learner.path("exercises").join(OsStr::from_bytes(b"\xff.rs"));
    fs::write(&file, "mine\n").unwrap();
    learner.update();
    assert_eq!(fs::read_to_string(file).unwrap(), "mine\n");
}
