//! Work of the learner's that git has to merge: commits, staged files, files outside `exercises/`, ends of lines.

use std::fs;

use super::{
    super::clone::{RIGHT, STUB},
    learner::Learner,
};

/// The first line of the README changed.
const FIRST: &str = "ONE\ntwo\nthree\nfour\nfive\nsix\nseven\n";

/// Its last line changed.
const LAST: &str = "one\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n";

const BOTH: &str = "ONE\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n";

#[test]
fn commits_of_the_learner_are_merged_without_hooks_signatures_or_a_name() {
    let learner = Learner::new();
    let mine = learner.solve("01_one");
    learner.write("README.md", FIRST);
    learner.commit();
    let before = learner.head();
    learner.set("commit.gpgsign", "true");
    learner.set("user.useConfigOnly", "true");
    learner.set("merge.conflictStyle", "zdiff3");
    let hooks = learner.path(".git/hooks");
    fs::create_dir_all(&hooks).unwrap();
    for hook in ["pre-commit", "pre-merge-commit", "post-merge", "post-checkout", "reference-transaction"] {
        let path = hooks.join(hook);
        fs::write(&path, "#!/bin/sh\ntouch ran-a-hook\nexit 1\n").unwrap();
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    }
    learner.mend("01_one");
    learner.mend("02_two");
    learner.upstream.write("README.md", LAST);
    learner.upstream.commit();

    let said = learner.update();
    assert!(said.starts_with("mended stubs: 02_two\nkept as you wrote it, though the stub was mended: 01_one\n"));
    assert!(said.ends_with("\nand 1 other file\n"), "{said}");
    let parents = learner.git(&["log", "-1", "--format=%P %an %ae %G?"]);
    assert_eq!(parents, format!("{before} {} A learner learner@localhost N", learner.upstream_head()));
    assert_eq!(learner.read("exercises/01_one.rs"), mine);
    assert_eq!(learner.read("README.md"), BOTH);
    assert_eq!(learner.git(&["show", "HEAD:README.md"]) + "\n", BOTH);
    assert_eq!(learner.git(&["show", "HEAD:exercises/01_one.rs"]), mine);
    assert_eq!(learner.status(), "");
    assert!(!learner.path("ran-a-hook").exists() && !learner.path(".git/ran-a-hook").exists());
    // A learner who has told git his name commits under it.
    learner.set("user.name", "Grüße");
    learner.upstream.write("README.md", &LAST.replace("four", "FOUR"));
    learner.upstream.commit();
    fs::remove_dir_all(hooks).unwrap();
    learner.update();
    assert_eq!(learner.git(&["log", "-1", "--format=%an %ae"]), "Grüße learner@localhost");
}

#[test]
fn what_was_saved_staged_or_committed_in_other_files_is_merged_by_lines() {
    for stage in ["saved", "staged", "committed"] {
        let learner = Learner::new();
        learner.write("README.md", FIRST);
        learner.write("notes.txt", "mine\n");
        learner.upstream.write("README.md", LAST);
        learner.upstream.commit();
        match stage {
            "staged" => drop(learner.git(&["add", "-A"])),
            "committed" => learner.commit(),
            _ => {}
        }
        assert_eq!(learner.update(), "1 file around the exercises\n");
        assert_eq!(learner.read("README.md"), BOTH, "{stage}");
        assert_eq!(learner.read("notes.txt"), "mine\n");
        let (status, copies) = match stage {
            "saved" => (" M README.md\n?? notes.txt", 1),
            "staged" => ("M  README.md\nA  notes.txt", 1),
            _ => ("", 0),
        };
        assert_eq!(learner.status(), status);
        assert_eq!(learner.backups().len(), copies, "{stage}");
        if copies > 0 {
            assert_eq!(learner.read(".workbook/backups/README.1.md"), FIRST);
        }
    }
}

#[test]
fn what_both_changed_in_the_same_place_is_refused_whole() {
    for (file, theirs, ours) in
        [("README.md", "mine\n", "theirs\n"), ("private", "secret\n", "theirs\n"), ("src/ü x.rs", "mine\n", "theirs\n")]
    {
        for stage in ["saved", "staged", "committed"] {
            let learner = Learner::new();
            learner.solve("01_one");
            learner.mend("02_two");
            learner.upstream.write(file, ours);
            learner.git_in(&learner.upstream.root(), &["add", "-f", file]);
            learner.upstream.commit();
            learner.write(file, theirs);
            match stage {
                "staged" => drop(learner.git(&["add", "-f", file])),
                "committed" => {
                    learner.git(&["add", "-f", file]);
                    learner.commit();
                }
                _ => {}
            }
            let sentence = format!(
                "nothing was updated, because you and upstream changed the same places: {file}. Take your changes back \
                 there or set them aside, then update"
            );
            assert_eq!(learner.refusal(&[]), sentence, "{stage}");
            assert_eq!(learner.refusal(&["--dry-run"]), sentence, "{stage}");
            assert!(learner.backups().is_empty());
        }
    }
}

#[test]
fn a_file_that_upstream_removed_and_the_learner_changed_is_refused() {
    let learner = Learner::new();
    learner.write("README.md", FIRST);
    fs::remove_file(learner.upstream.path("README.md")).unwrap();
    learner.upstream.write("solutions/01_one.rs", "fn main() {}\n");
    learner.upstream.commit();
    assert!(learner.refusal(&[]).contains(": README.md. Take"));
    // The other way round as well.
    learner.git(&["rm", "-q", "-f", "solutions/01_one.rs"]);
    assert!(learner.refusal(&[]).contains(": README.md, solutions/01_one.rs. Take"));
}

#[test]
fn the_lock_file_becomes_upstreams() {
    for commit in [false, true] {
        let learner = Learner::new();
        learner.write("Cargo.lock", "# mine\n");
        if commit {
            learner.commit();
        }
        learner.upstream.write("Cargo.lock", "# second\n");
        learner.upstream.commit();
        assert_eq!(learner.update(), "1 file around the exercises\n");
        assert_eq!((learner.read("Cargo.lock").as_str(), learner.status().as_str()), ("# second\n", ""));
    }
}

#[test]
fn staged_exercises_stay_staged_as_they_are() {
    let learner = Learner::new();
    let staged = learner.solve("01_one");
    learner.git(&["add", "-A"]);
    let saved = staged.clone() + "// and more\n";
    learner.write("exercises/01_one.rs", &saved);
    learner.mend("01_one");
    learner.upstream.commit();
    learner.update();
    assert_eq!(learner.read("exercises/01_one.rs"), saved);
    assert_eq!(learner.git(&["show", ":exercises/01_one.rs"]), staged);
    assert_eq!(learner.status(), "MM exercises/01_one.rs");
    assert_eq!(learner.head(), learner.upstream_head());
}

#[test]
fn a_committed_try_that_was_taken_back_gives_way_to_the_new_stub() {
    let learner = Learner::new();
    let mine = learner.solve("01_one");
    learner.commit();
    learner.run(&["reset", "1"]);
    let new = learner.mend("01_one");
    learner.upstream.commit();
    assert_eq!(learner.update(), "mended stubs: 01_one\n");
    assert_eq!(learner.read("exercises/01_one.rs"), new);
    assert_eq!(learner.git(&["show", "HEAD:exercises/01_one.rs"]), mine);
}

#[test]
fn a_removed_exercise_comes_back_with_its_next_mend_only() {
    let learner = Learner::new();
    fs::remove_file(learner.path("exercises/01_one.rs")).unwrap();
    learner.mend("02_two");
    learner.upstream.commit();
    assert_eq!(learner.update(), "mended stubs: 02_two\n");
    assert!(!learner.path("exercises/01_one.rs").exists());
    let new = learner.mend("01_one");
    learner.upstream.commit();
    assert_eq!(learner.update(), "mended stubs: 01_one\n");
    assert_eq!(learner.read("exercises/01_one.rs"), new);
}

#[test]
fn ends_of_lines_are_as_the_learner_set_them_and_no_work_of_his() {
    let learner = Learner::without_clone();
    learner.set("core.autocrlf", "true");
    learner.set("core.safecrlf", "true");
    learner.git(&["clone", "-q", learner.upstream.root().to_str().unwrap(), "my clöne"]);
    let stub = learner.read("exercises/01_one.rs");
    assert!(stub.contains("\r\n"));
    let mine = stub.replace(STUB, RIGHT).replacen("\r\n", "\n", 3);
    learner.write("exercises/01_one.rs", &mine);
    // As an editor leaves it that ends its own lines in its own way.
    learner.write("README.md", &FIRST.replace('\n', "\r\n").replacen("\r\n", "\n", 1));
    learner.mend("01_one");
    let mended = learner.mend("02_two");
    learner.upstream.write("README.md", LAST);
    learner.upstream.commit();
    assert!(learner.update().starts_with("mended stubs: 02_two\nkept as you wrote it"));
    assert_eq!(learner.read("exercises/01_one.rs"), mine);
    assert_eq!(learner.read("exercises/02_two.rs"), mended.replace('\n', "\r\n"));
    assert_eq!(learner.read("README.md"), BOTH.replace('\n', "\r\n"));
    assert_eq!(learner.status(), " M README.md\n M exercises/01_one.rs");
}

#[test]
fn the_copy_of_a_mended_stub_comes_along_and_is_no_news() {
    let learner = Learner::new();
    learner.upstream.write("exercises/.stubs/01_one.rs", &learner.mend("01_one"));
    learner.upstream.commit();
    learner.solve("01_one");
    assert!(learner.update().starts_with("kept as you wrote it, though the stub was mended: 01_one\n"));
    learner.run(&["reset", "1"]);
    assert_eq!(learner.read("exercises/01_one.rs"), learner.upstream.read("exercises/01_one.rs"));
    let mended = learner.mend("01_one").replace("explained", "explained again");
    learner.upstream.write("exercises/01_one.rs", &mended);
    learner.upstream.write("exercises/.stubs/01_one.rs", &mended);
    learner.upstream.commit();
    assert_eq!(learner.update(), "mended stubs: 01_one\n");
}

#[test]
fn a_stub_saved_with_other_line_ends_is_no_work_of_the_learners() {
    let learner = Learner::new();
    for file in ["exercises/01_one.rs", "README.md"] {
        learner.write(file, &learner.read(file).replace('\n', "\r\n"));
    }
    let mended = learner.mend("01_one");
    learner.upstream.write("README.md", LAST);
    learner.upstream.commit();
    assert_eq!(learner.update(), "mended stubs: 01_one\nand 1 other file\n");
    assert_eq!((learner.read("exercises/01_one.rs"), learner.read("README.md")), (mended, LAST.to_string()));
    assert!(learner.backups().is_empty() && learner.status().is_empty());
}

#[test]
fn a_clone_without_its_history_is_updated_like_any_other() {
    for commit in [false, true] {
        let learner = Learner::without_clone();
        learner.upstream.write("README.md", LAST);
        learner.upstream.commit();
        let url = format!("file://{}", learner.upstream.root().to_str().unwrap());
        learner.git(&["clone", "-q", "--depth", "1", &url, "my clöne"]);
        let mine = learner.solve("01_one");
        if commit {
            learner.commit();
        }
        learner.mend("01_one");
        learner.mend("02_two");
        learner.upstream.commit();
        assert!(learner.update().starts_with("mended stubs: 02_two\nkept as you wrote it"));
        assert_eq!(learner.read("exercises/01_one.rs"), mine);
        assert_eq!(learner.status(), if commit { "" } else { " M exercises/01_one.rs" });
    }
}
