//! Carries a plan out. Everything that can fail comes first; then the files change one by one, then the index, and at
//! last, at once, the branch. Ended anywhere in between, the next update finishes it.

use std::{
    fs::{self, File, TryLockError},
    path::Path,
};

use anyhow::{Context, bail};

use super::{
    super::{backups, git::Git, pristine::TAKEN_UP, progress::FOLDER, workspace::Workspace},
    folder::Swap,
    plan::Plan,
    tree::{Change, Tree, exercise},
};

/// Where new files lie until they are complete, relative to the root: each update has a folder of its own in it. The git
/// of one that was killed may still be at work in another.
const STAGES: &str = ".workbook/update";

const LOCK: &str = ".workbook/update.lock";

/// Whoever is given to a commit where git knows nobody.
const NOBODY: [(&str, &str); 2] = [("user.name", "A learner"), ("user.email", "learner@localhost")];

/// Makes sure that no second update is at work here, as long as the file is open.
pub(crate) fn lock(workspace: &Workspace) -> anyhow::Result<File> {
    let made = fs::create_dir_all(workspace.path(FOLDER)).and_then(|()| File::create(workspace.path(LOCK)));
    let file = made.with_context(|| format!("{FOLDER} cannot be written to, so nothing was updated"))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => bail!("another update is at work in this clone"),
        // Not every file system has locks.
        _ => {
            // An update that was killed may have left it.
            let _ = fs::remove_dir_all(workspace.path(STAGES));
            Ok(file)
        }
    }
}

/// Carries the plan out, or leaves everything as it is.
pub(crate) fn apply(workspace: &Workspace, git: &Git, plan: &Plan) -> anyhow::Result<()> {
    keep_copies(workspace, plan)?;
    let stages = workspace.path(STAGES);
    let done = fs::create_dir_all(&stages)
        .and_then(|()| tempfile::tempdir_in(&stages))
        .with_context(|| format!("{STAGES} cannot be made, so nothing was updated"))
        .and_then(|stage| carry_out(workspace, git, plan, stage.path()));
    let _ = fs::remove_dir_all(&stages);
    done
}

fn carry_out(workspace: &Workspace, git: &Git, plan: &Plan, stage: &Path) -> anyhow::Result<()> {
    lay_out(git, plan, stage).context("the new files cannot be written, so nothing was updated")?;
    let commit = commit(git, plan, stage).context("the new commit cannot be made, so nothing was updated")?;
    let swap = Swap::make(workspace, &plan.in_folder, &plan.folder, &stage.join("new"))?;
    settle(git, plan, &commit).map_err(|error| swap.undo(error.context("nothing was updated")))
}

/// Keeps copies of what the learner wrote, though no file of his is touched, and of what is merged with upstream's.
fn keep_copies(workspace: &Workspace, plan: &Plan) -> anyhow::Result<()> {
    let written = plan.folder.keys().filter(|path| exercise(path).is_some() && plan.is_own(path));
    let merged =
        plan.in_folder.iter().map(|(path, _)| path).filter(|path| {
            plan.is_own(path) && plan.working.get(*path) != plan.head.get(*path) && *path != "Cargo.lock"
        });
    for path in written.chain(merged) {
        if let Some(bytes) = &plan.folder[path].bytes {
            backups::keep(workspace, path, bytes)?;
        }
    }
    Ok(())
}

/// Writes every new file, complete and with the ends of lines that the learner's settings ask for.
fn lay_out(git: &Git, plan: &Plan, stage: &Path) -> anyhow::Result<()> {
    let git = git.with_index(stage.join("files"));
    enter(&git, plan, &plan.in_folder)?;
    // git counts from the root of the clone, wherever that lies.
    let name = stage.file_name().context("a stage has a name")?.to_string_lossy();
    git.bytes(&["checkout-index", "--all", &format!("--prefix={STAGES}/{name}/new/")])?;
    let is_there = |path: &String| fs::symlink_metadata(stage.join("new").join(path)).is_ok();
    let missing = plan.in_folder.iter().find(|(path, entry)| entry.is_some() && !is_there(path));
    missing.map_or(Ok(()), |(path, _)| bail!("git wrote no {path}"))
}

/// The commit to be: upstream's own, or where the learner has commits too, one that merges both.
fn commit(git: &Git, plan: &Plan, stage: &Path) -> anyhow::Result<String> {
    let (head, upstream) = (&plan.commits.head, &plan.commits.upstream);
    if *head == plan.commits.base {
        return Ok(upstream.clone());
    }
    let scratch = git.with_index(stage.join("commit"));
    scratch.bytes(&["read-tree", head])?;
    enter(&scratch, plan, &plan.in_commit)?;
    let tree = scratch.line(&["write-tree"])?;
    let unknown = NOBODY.iter().filter(|(key, _)| git.setting(key).is_none());
    let git = unknown.fold(git.clone(), |git, (key, value)| git.with_setting(format!("{key}={value}")));
    let message = "Merge what is new in the workbook";
    Ok(git.line(&["commit-tree", &tree, "-p", head, "-p", upstream, "-m", message])?)
}

/// Changes the index, and then the branch; the index only if the branch could be changed, too.
fn settle(git: &Git, plan: &Plan, commit: &str) -> anyhow::Result<()> {
    enter(git, plan, &plan.in_index)?;
    let (head, upstream) = (&plan.commits.head, &plan.commits.upstream);
    let references = format!("update HEAD {commit} {head}\nupdate {TAKEN_UP} {upstream}\n");
    let moved = git.feed(&["update-ref", "-m", "workbook update", "--stdin"], references.as_bytes());
    if moved.is_err() {
        enter(git, plan, &reverse(&plan.in_index, &plan.index))?;
    }
    // Ends with an error if anything is modified, which is no fault here.
    let _ = git.bytes(&["update-index", "-q", "--refresh"]);
    moved.map(drop).map_err(anyhow::Error::from)
}

/// Makes the changes in an index.
fn enter(git: &Git, plan: &Plan, changes: &[Change]) -> anyhow::Result<()> {
    let nothing = "0".repeat(plan.commits.head.len());
    let line = |(path, entry): &Change| match entry {
        Some(entry) => format!("{} {}\t{path}\0", entry.mode, entry.id),
        None => format!("0 {nothing}\t{path}\0"),
    };
    let lines: String = changes.iter().map(line).collect();
    git.feed(&["update-index", "-z", "--index-info"], lines.as_bytes())?;
    Ok(())
}

fn reverse(changes: &[Change], before: &Tree) -> Vec<Change> {
    let mut reversed: Vec<Change> = changes.iter().map(|(path, _)| (path.clone(), before.get(path).cloned())).collect();
    reversed.sort_by_key(|(_, entry)| entry.is_some());
    reversed
}
