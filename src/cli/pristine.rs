//! The stub of an exercise as it was before the learner wrote in it.
//!
//! A copy of each comes with the workbook, so that a download without git has them too; `update` brings new ones together
//! with the checks that belong to them.
//!
//! An exercise that has no copy, as one that an instructor added, is looked for in git's history. Learners commit too,
//! and may have pushed to a fork of their own, so no single commit is sure to hold the stub: of all versions, the one
//! with the most `todo!()`s is the stub, and of several such the newest. Only `update` knows for certain what came from
//! upstream, and leaves a mark there.

use anyhow::{Context, anyhow};
use workbook::text_file;

use super::{git::Git, workspace::Workspace};

/// What `update` took up last: upstream's commit, which has stubs and nothing of the learner's.
pub(crate) const TAKEN_UP: &str = "refs/workbook/upstream";

/// The same as one may type it.
pub(crate) const TAKEN_UP_SHORT: &str = "workbook/upstream";

/// Where the copies are. A learner has no business there, so it is out of sight where names with a dot are.
pub(crate) const COPIES: &str = "exercises/.stubs";

/// Versions looked at, counted back from the newest.
const VERSIONS: &str = "--max-count=100";

/// Finds the stub of an exercise's file, which is given relative to the root.
///
/// # Errors
/// If there is no copy, and git is missing, this is no git clone, or its history has no version with a `todo!()`.
pub(crate) fn stub(workspace: &Workspace, file: &str) -> anyhow::Result<String> {
    let copy = text_file::read(&workspace.path(&copy_of(file))).ok();
    // One without a `todo!()` was written in by mistake.
    match copy.filter(|text| text.contains(TODO)) {
        Some(copy) => Ok(copy),
        None => in_git(workspace, file),
    }
}

/// The copy of a stub, by the file of its exercise; both relative to the root.
pub(crate) fn copy_of(file: &str) -> String {
    file.replacen("exercises", COPIES, 1)
}

/// What every stub has.
const TODO: &str = "todo!(";

fn in_git(workspace: &Workspace, file: &str) -> anyhow::Result<String> {
    let git = Git::at(workspace.root());
    let failed = |error| anyhow!("the stub comes from git's history, and {error}");
    let history = git.text(&["log", "--format=%H", VERSIONS, "HEAD", "--", file]).map_err(failed)?;
    let version = |commit: &str| git.text(&["show", &format!("{commit}:./{file}")]).ok();
    // Not what origin has now, but what HEAD has of it: the stub belongs to the checks beside it.
    let origin = git.line(&["merge-base", "HEAD", "origin/HEAD"]).ok();
    // A pull by hand may have brought more than the last `update`.
    let is_newer = |origin: &&str| git.bytes(&["merge-base", "--is-ancestor", TAKEN_UP, origin]).is_ok();
    let newer = origin.as_deref().filter(is_newer);
    let taken_up = || most_todos(newer.and_then(version).into_iter().chain([version(TAKEN_UP)?]));
    let in_history = || most_todos(origin.as_deref().into_iter().chain(history.lines()).filter_map(version));
    taken_up()
        .or_else(in_history)
        .with_context(|| format!("git's history has no version of {file} with a todo!() in it"))
}

/// The version with the most `todo!()`s; the first of several.
fn most_todos(versions: impl Iterator<Item = String>) -> Option<String> {
    let counted = versions.map(|text| (text.matches(TODO).count(), text)).filter(|&(count, _)| count > 0);
    let best = counted.reduce(|best, other| if other.0 > best.0 { other } else { best });
    best.map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::most_todos;

    #[test]
    fn the_stub_is_the_newest_version_with_the_most_todos() {
        let newest_first = ["done", "1 todo!()", "new todo!() todo!()", "old todo!() todo!()"];
        let stub = most_todos(newest_first.iter().map(|text| text.to_string()));
        assert_eq!(stub.as_deref(), Some("new todo!() todo!()"));
    }

    #[test]
    fn a_history_without_a_todo_has_no_stub() {
        assert_eq!(most_todos(["done".to_string()].into_iter()), None);
    }
}
