//! The stub of an exercise as it was before the learner wrote in it.
//!
//! It is kept nowhere but in git's history. Learners commit too, and may have pushed to a fork of their own, so no
//! single commit is sure to hold it: of all versions, the one with the most `todo!()`s is the stub, and of several
//! such the newest.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, bail};

use super::workspace::Workspace;

/// Versions looked at, counted back from the newest.
const VERSIONS: &str = "--max-count=100";

/// Finds the stub of an exercise's file, which is given relative to the root.
///
/// # Errors
/// If git is missing, this is no git clone, or its history has no version with a `todo!()`.
pub(crate) fn stub(workspace: &Workspace, file: &str) -> anyhow::Result<String> {
    let history = git(workspace.root(), &["log", "--format=%H", VERSIONS, "HEAD", "--", file])?;
    // What upstream has now goes first; there may be no upstream.
    let commits = ["origin/HEAD"].into_iter().chain(history.lines());
    let versions = commits.filter_map(|commit| git(workspace.root(), &["show", &format!("{commit}:./{file}")]).ok());
    most_todos(versions).with_context(|| format!("git's history has no version of {file} with a todo!() in it"))
}

/// The version with the most `todo!()`s; the first of several.
fn most_todos(versions: impl Iterator<Item = String>) -> Option<String> {
    let counted = versions.map(|text| (text.matches("todo!(").count(), text)).filter(|&(count, _)| count > 0);
    let best = counted.reduce(|best, other| if other.0 > best.0 { other } else { best });
    best.map(|(_, text)| text)
}

fn git(root: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .context("the stub comes from git's history, and git cannot be started")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("the stub comes from git's history, and git says: {}", said.lines().next().unwrap_or("nothing"));
    }
    String::from_utf8(output.stdout).context("git's version of the stub is not UTF-8")
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
