//! Clones that cannot be updated: one clear sentence each, and nothing touched.

use std::{fs, path::Path};

use super::learner::Learner;

/// A clone whose upstream has news.
fn behind() -> Learner {
    let learner = Learner::new();
    learner.solve("01_one");
    learner.mend("01_one");
    learner.upstream.write("README.md", "new\n");
    learner.upstream.commit();
    learner
}

const NO_CLONE: &str = "this folder is no git clone, and only a clone can be updated: clone the workbook with git, and \
    copy your files of exercises/ into the clone";

#[test]
fn a_download_is_no_clone_wherever_it_lies() {
    let learner = Learner::new();
    fs::remove_dir_all(learner.path(".git")).unwrap();
    let ran = learner.run(&["update"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert_eq!(ran.stderr, format!("workbook: {NO_CLONE}\n"));
    // In a repository of the learner's that has another purpose, there is nothing of ours to change.
    let home = learner.path("..");
    learner.git_in(&home, &["init", "-q"]);
    learner.git_in(&home, &["remote", "add", "origin", learner.upstream.root().to_str().unwrap()]);
    let ran = learner.command(&["update"]).env_remove("GIT_CEILING_DIRECTORIES").output().unwrap();
    assert_eq!(String::from_utf8(ran.stderr).unwrap(), format!("workbook: {NO_CLONE}\n"));
    assert!(!home.join(".git/FETCH_HEAD").exists() && !learner.path(".workbook").exists());
}

#[test]
fn without_git_nothing_can_be_fetched() {
    let learner = behind();
    let before = learner.state();
    let ran = learner.command(&["update"]).env("PATH", learner.path("src")).output().unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(said, "workbook: new exercises come by git, and git cannot be started: install it first\n");
    assert_eq!((ran.status.code(), learner.state()), (Some(1), before));
}

#[test]
fn without_a_remote_there_is_no_upstream() {
    let learner = behind();
    learner.git(&["remote", "remove", "origin"]);
    let sentence = "this clone has no remote to take anything from; name the place: `cargo run -- update --from URL`";
    assert_eq!(learner.refusal(&[]), sentence);
}

#[test]
fn what_cannot_be_fetched_is_said_in_the_words_of_git() {
    let learner = behind();
    let sentence = learner.refusal(&["--from", "no such/remote"]);
    assert!(sentence.starts_with("nothing could be fetched from no such/remote, and git says: fatal: "), "{sentence}");
    fs::remove_dir_all(learner.upstream.path(".git")).unwrap();
    let sentence = learner.refusal(&[]);
    assert!(sentence.starts_with("nothing could be fetched from origin, and git says: fatal: "), "{sentence}");
}

#[test]
fn an_option_in_the_place_of_a_url_is_none() {
    let learner = behind();
    let sentence = learner.refusal(&["--from=--upload-pack=touch ran"]);
    assert!(sentence.starts_with("nothing could be fetched from --upload-pack=touch ran, "), "{sentence}");
    assert!(!learner.path("ran").exists());
}

#[test]
fn wrong_usage_ends_with_2() {
    let learner = behind();
    let before = learner.state();
    let ran = learner.run(&["update", "--from", " "]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(2), "workbook: --from needs a remote, a URL or a path\n"));
    assert_eq!(learner.run(&["update", "1"]).code, Some(2));
    assert_eq!(learner.run(&["update", "--from"]).code, Some(2));
    assert_eq!(learner.state(), before);
}

#[test]
fn a_clone_without_a_branch_stays_where_it_is() {
    let learner = behind();
    learner.git(&["checkout", "-q", "--detach"]);
    let sentence =
        "no branch is checked out, so an update would be lost: change to one (`git switch main`), then update";
    assert_eq!(learner.refusal(&[]), sentence);
}

#[test]
fn a_branch_without_a_commit_has_nothing_to_update() {
    let learner = Learner::new();
    learner.git(&["checkout", "-q", "--orphan", "fresh"]);
    let ran = learner.run(&["update"]);
    let sentence = "workbook: the branch of this clone has no commit yet, so there is nothing to update\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), sentence));
}

#[test]
fn what_is_not_finished_comes_first() {
    let author = ["-c", "user.name=l", "-c", "user.email=l@m"];
    for (what, arguments) in [
        ("merge", &["merge", "origin/HEAD"][..]),
        ("rebase", &["rebase", "origin/HEAD"]),
        ("cherry-pick", &["cherry-pick", "origin/HEAD"]),
    ] {
        let learner = behind();
        learner.write("README.md", "mine\n");
        learner.commit();
        learner.git(&["fetch", "-q"]);
        let begun = learner.try_git_in(&learner.root(), &[&author[..], arguments].concat());
        assert!(!begun.status.success(), "{begun:?}");
        let advice = "finish it or give it up (`git status` says how), then update";
        assert_eq!(learner.refusal(&[]), format!("a {what} is not finished in this clone: {advice}"));
    }
}

#[test]
fn files_left_unmerged_come_first() {
    let learner = behind();
    learner.set("user.name", "l");
    learner.set("user.email", "l@m");
    learner.git(&["stash", "-q"]);
    learner.git(&["pull", "-q", "--ff-only"]);
    learner.write("exercises/01_one.rs", "another\n");
    learner.commit();
    let popped = learner.try_git_in(&learner.root(), &["stash", "pop"]);
    assert!(!popped.status.success(), "{popped:?}");
    let sentence = "files are left unmerged in this clone: settle them (`git status` says how), then update";
    assert_eq!(learner.refusal(&[]), sentence);
}

#[test]
fn what_is_no_workbook_is_not_taken_for_one() {
    let learner = behind();
    let other = learner.path("../other");
    learner.git_in(Path::new("/"), &["init", "-q", other.to_str().unwrap()]);
    let author = ["-c", "user.name=l", "-c", "user.email=l@m"];
    learner.git_in(&other, &[&author[..], &["commit", "-q", "--allow-empty", "-m", "x"]].concat());
    let sentence = learner.refusal(&["--from", other.to_str().unwrap()]);
    assert!(sentence.ends_with(" has no history in common with this clone, so it is not taken for the workbook"));
    fs::remove_file(learner.upstream.path("exercises/info.toml")).unwrap();
    learner.upstream.commit();
    assert_eq!(learner.refusal(&[]), "what was fetched is no workbook: there is no exercises/info.toml in it");
}

#[test]
fn a_course_that_cannot_be_read_is_not_taken_up() {
    let learner = behind();
    for (text, reason) in [("[[exercise]", "unclosed"), ("title = 3\n", "missing field `exercise`")] {
        learner.upstream.write("exercises/info.toml", text);
        learner.upstream.commit();
        let sentence = learner.refusal(&[]);
        let start = "nothing was updated, because the new exercises/info.toml cannot be read: ";
        assert!(sentence.starts_with(start) && sentence.contains(reason), "{sentence}");
    }
    // What only the new workbook understands is no reason.
    learner.upstream.write("exercises/info.toml", "[[exercise]]\nname = \"01_one\"\nnew_field = 1\n");
    learner.upstream.commit();
    assert!(learner.update().ends_with("\nand 2 other files\n"));
}

#[test]
fn an_environment_that_leads_git_elsewhere_is_not_followed() {
    let learner = behind();
    let elsewhere = learner.path("../elsewhere");
    learner.git_in(Path::new("/"), &["init", "-q", elsewhere.to_str().unwrap()]);
    let mut command = learner.command(&["update"]);
    command.env("GIT_DIR", elsewhere.join(".git")).env("GIT_WORK_TREE", &elsewhere);
    let ran = command.env("GIT_INDEX_FILE", elsewhere.join("index")).output().unwrap();
    assert_eq!(ran.status.code(), Some(0), "{ran:?}");
    assert_eq!(learner.head(), learner.upstream_head());
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 1);
}

#[test]
fn two_updates_at_once_do_not_meet() {
    let learner = behind();
    learner.write(".workbook/update.lock", "");
    let lock = fs::File::open(learner.path(".workbook/update.lock")).unwrap();
    lock.try_lock().unwrap();
    assert_eq!(learner.refusal(&[]), "another update is at work in this clone");
    drop(lock);
    learner.update();
}
