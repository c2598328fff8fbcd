//! `update`: what comes from upstream, what stays the learner's, and what is said about it.

#[cfg(unix)]
mod interrupted;
mod learner;
mod merging;
mod refusals;

use std::{fs, path::PathBuf};

use super::clone::{RIGHT, STUB, mentions_machine};
use learner::Learner;

#[test]
fn news_come_and_what_the_learner_wrote_stays() {
    let learner = Learner::new();
    let mine = learner.solve("02_two");
    learner.write("exercises/mein Versuch ü.rs", "fn main() {}\n");
    let stub = learner.upstream.read("exercises/02_two.rs").replace("todo!", "std::todo!");
    learner.upstream.write("exercises/02_two.rs", &stub);
    let mended = learner.mend("01_one");
    learner.upstream.write("exercises/03_grüße an alle.rs", "fn main() { todo!() }\n");
    learner.upstream.write("solutions/03_x.rs", "fn main() {}\n");
    learner.upstream.write("README.md", "new\n");
    learner.upstream.commit();

    let said = learner.update();
    let expected = "1 new exercise: 03_grüße an alle
mended stubs: 01_one
kept as you wrote it, though the stub was mended: 02_two
    the new stub:        git show workbook/upstream:exercises/02_two.rs
    start over with it:  cargo run -- reset 2
and 2 other files
";
    assert_eq!(said, expected);
    assert_eq!(learner.read("exercises/01_one.rs"), mended);
    assert_eq!(learner.read("exercises/02_two.rs"), mine);
    assert_eq!(learner.read("exercises/mein Versuch ü.rs"), "fn main() {}\n");
    assert_eq!(learner.read("exercises/03_grüße an alle.rs"), "fn main() { todo!() }\n");
    assert_eq!(learner.read("README.md"), "new\n");
    assert_eq!(learner.head(), learner.upstream_head());
    assert_eq!(learner.status(), " M exercises/02_two.rs\n?? \"exercises/mein Versuch ü.rs\"");
    assert_eq!(learner.git(&["show", "workbook/upstream:exercises/02_two.rs"]), stub.trim_end());
    let kept = [("02_two.1.rs", mine.as_str()), ("mein Versuch ü.1.rs", "fn main() {}\n")];
    let kept = kept.map(|(name, text)| (PathBuf::from(name), text.as_bytes().to_vec()));
    assert_eq!(learner.backups(), kept.into());
    assert!(!learner.path(".workbook/update").exists());
    assert!(!mentions_machine(&learner.upstream, &said));

    assert_eq!(learner.update(), "Everything is up to date.\n");
}

#[test]
fn an_old_copy_of_the_same_text_will_do() {
    let learner = Learner::new();
    learner.solve("01_one");
    for text in ["new\n", "newer\n"] {
        learner.upstream.write("README.md", text);
        learner.upstream.commit();
        assert_eq!(learner.update(), "1 file around the exercises\n");
    }
    assert_eq!(learner.backups().len(), 1);
    learner.write("exercises/01_one.rs", "another\n");
    learner.upstream.write("README.md", "newest\n");
    learner.upstream.commit();
    learner.update();
    assert_eq!(learner.backups().into_keys().collect::<Vec<_>>(), ["01_one.1.rs", "01_one.2.rs"].map(PathBuf::from));
}

#[test]
fn a_clone_that_has_everything_is_left_alone() {
    let learner = Learner::new();
    learner.solve("01_one");
    let before = learner.state();
    assert_eq!(learner.update(), "Everything is up to date.\n");
    assert_eq!(learner.state(), before);
    learner.commit();
    assert_eq!(learner.update(), "Everything is up to date.\n");
}

#[test]
fn a_dry_run_says_what_would_change_and_touches_nothing() {
    let learner = Learner::new();
    learner.solve("01_one");
    learner.mend("01_one");
    learner.mend("02_two");
    learner.upstream.commit();
    let before = learner.state();
    let ran = learner.run(&["update", "--dry-run"]);
    let expected = "Nothing was touched. An update would bring:
mended stubs: 02_two
kept as you wrote it, though the stub was mended: 01_one
";
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), expected, ""));
    assert_eq!(learner.state(), before);
    assert!(!learner.path(".workbook").exists());
    assert_ne!(learner.head(), learner.upstream_head());
}

#[test]
fn reset_finds_the_stub_that_was_taken_up_and_no_other() {
    let learner = Learner::new();
    // The old stub has more to write than the new one.
    let old = learner.upstream.read("exercises/01_one.rs").replace(STUB, "todo!(\"a\") + todo!(\"b\")");
    learner.upstream.write("exercises/01_one.rs", &old);
    learner.upstream.commit();
    assert_eq!(learner.update(), "mended stubs: 01_one\n");
    let mine = old.replace("todo!(\"a\")", RIGHT);
    learner.write("exercises/01_one.rs", &mine);
    learner.commit();
    let new = old.replace("todo!(\"a\") + ", "");
    learner.upstream.write("exercises/01_one.rs", &new);
    learner.upstream.commit();
    // Fetched is not taken up: the stub must go with the checks beside it.
    assert_eq!(learner.run(&["update", "--dry-run"]).code, Some(0));
    learner.run(&["reset", "1"]);
    assert_eq!(learner.read("exercises/01_one.rs"), old);
    learner.write("exercises/01_one.rs", &mine);

    assert!(learner.update().starts_with("kept as you wrote it, though the stub was mended: 01_one\n"));
    assert_eq!(learner.read("exercises/01_one.rs"), mine);
    let ran = learner.run(&["reset", "1"]);
    let kept = "Yours is kept as .workbook/backups/01_one.1.rs.";
    assert_eq!(ran.stdout, format!("exercises/01_one.rs is the stub again. {kept}\n"), "{ran:#?}");
    assert_eq!(learner.read("exercises/01_one.rs"), new);
    assert_eq!(learner.read(".workbook/backups/01_one.1.rs"), mine);
}

#[test]
fn reset_finds_the_stub_that_a_pull_by_hand_brought_later() {
    let learner = Learner::new();
    learner.upstream.write("README.md", "new\n");
    learner.upstream.commit();
    learner.update();
    let new = learner.mend("01_one");
    learner.upstream.commit();
    learner.git(&["pull", "-q", "--ff-only"]);
    learner.solve("01_one");
    learner.run(&["reset", "1"]);
    assert_eq!(learner.read("exercises/01_one.rs"), new);
}

#[test]
fn what_upstream_removed_or_renamed_stays_if_the_learner_wrote_in_it() {
    let learner = Learner::new();
    learner.upstream.write("exercises/03_three.rs", &"fn three() { todo!() }\n".repeat(9));
    learner.upstream.write("exercises/04_four.rs", &"async fn four() -> u8 { todo!(\"4\") }\n".repeat(9));
    learner.upstream.commit();
    assert_eq!(learner.update(), "2 new exercises: 03_three, 04_four\n");
    let mine = learner.solve("01_one");
    let renamed = learner.solve("04_four");
    let root = learner.upstream.root();
    fs::remove_file(root.join("exercises/01_one.rs")).unwrap();
    fs::remove_file(root.join("exercises/02_two.rs")).unwrap();
    for (old, new) in [("03_three", "05_three"), ("04_four", "06_four")] {
        fs::rename(root.join(format!("exercises/{old}.rs")), root.join(format!("exercises/{new}.rs"))).unwrap();
    }
    learner.upstream.commit();
    let expected = "renamed: 03_three is 05_three now
removed: 02_two
kept as you wrote it, though it is no longer among the exercises: 01_one
kept as you wrote it, though it is no longer among the exercises: 04_four (06_four now)
";
    assert_eq!(learner.update(), expected);
    assert_eq!(learner.read("exercises/01_one.rs"), mine);
    assert_eq!(learner.read("exercises/04_four.rs"), renamed);
    assert!(learner.path("exercises/05_three.rs").exists() && learner.path("exercises/06_four.rs").exists());
    assert!(!learner.path("exercises/02_two.rs").exists() && !learner.path("exercises/03_three.rs").exists());
    assert_eq!(learner.status(), "?? exercises/01_one.rs\n?? exercises/04_four.rs");
}

#[test]
fn an_exercise_of_the_same_name_stays_the_learners() {
    let learner = Learner::new();
    learner.write("exercises/03_three.rs", "mine\n");
    learner.upstream.write("exercises/03_three.rs", "todo!()\n");
    learner.upstream.commit();
    let said = learner.update();
    let first = "kept as you wrote it, though there is a new exercise of that name: 03_three\n";
    assert!(said.starts_with(first), "{said}");
    assert_eq!(learner.read("exercises/03_three.rs"), "mine\n");
    assert_eq!(learner.status(), " M exercises/03_three.rs");
}

#[test]
fn the_place_may_be_named_and_a_remote_called_upstream_goes_first() {
    let learner = Learner::new();
    let path = learner.upstream.root();
    let fork = learner.path("../the fork");
    learner.git(&["clone", "-q", "--bare", path.to_str().unwrap(), fork.to_str().unwrap()]);
    learner.git(&["remote", "set-url", "origin", "../the fork"]);
    for (text, arguments, folder) in [
        ("1", &["update", "--from", path.to_str().unwrap()][..], "."),
        ("2", &["update", "--from", "../../the original"], "exercises"),
        ("3", &["update", "--from", "course"], "."),
        ("4", &["update"], "."),
    ] {
        learner.upstream.write("README.md", text);
        learner.upstream.commit();
        match text {
            "2" => {
                learner.git(&["clone", "-q", path.to_str().unwrap(), "../the original"]);
            }
            "3" => drop(learner.git(&["remote", "add", "course", path.to_str().unwrap()])),
            "4" => {
                assert_eq!(learner.update(), "Everything is up to date.\n");
                learner.git(&["remote", "rename", "course", "upstream"]);
            }
            _ => {}
        }
        let ran = learner.command(arguments).current_dir(learner.path(folder)).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&ran.stdout), "1 file around the exercises\n", "{ran:?}");
        assert_eq!(learner.head(), learner.upstream_head());
    }
}

#[test]
fn a_branch_that_tracks_nothing_takes_what_origin_has() {
    let learner = Learner::new();
    learner.git(&["checkout", "-q", "--no-track", "-b", "my/branch"]);
    let root = learner.upstream.root();
    learner.git_in(&root, &["branch", "-m", "trunk"]);
    learner.git(&["fetch", "-q"]);
    let head = "refs/remotes/origin/HEAD";
    for text in ["known", "asked for", "none"] {
        match text {
            "known" => learner.git(&["symbolic-ref", head, "refs/remotes/origin/trunk"]),
            "asked for" => learner.git(&["symbolic-ref", "-d", head]),
            // As after a first push to a repository that was made with other defaults.
            _ => learner.git_in(&root, &["branch", "-m", "main"]),
        };
        learner.upstream.write("README.md", text);
        learner.upstream.commit();
        let upstream = learner.upstream_head();
        if text == "none" {
            learner.git_in(&root, &["symbolic-ref", "HEAD", "refs/heads/nowhere"]);
        }
        assert_eq!(learner.update(), "1 file around the exercises\n", "{text}");
        assert_eq!((learner.read("README.md").as_str(), learner.head()), (text, upstream));
    }
    assert_eq!(learner.git(&["symbolic-ref", "--short", "HEAD"]), "my/branch");
}
