//! What an update would change in the commit, in the index and in the working tree. Nothing here changes any of them.

use std::{collections::BTreeSet, fs};

use anyhow::{Context, bail};
use serde::Deserialize;

use super::{
    super::{git::Git, workspace::Workspace},
    folder::{self, ANY_LINE_ENDS, Folder},
    source::Commits,
    tree::{self, Change, Entry, Merged, Tree},
};

const INFO: &str = "exercises/info.toml";

/// An update, thought through to its end.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) commits: Commits,
    pub(crate) base: Tree,
    pub(crate) upstream: Tree,
    /// The working tree, where this matters.
    pub(crate) working: Tree,
    /// The same with the bytes.
    pub(crate) folder: Folder,
    pub(crate) head: Tree,
    pub(crate) index: Tree,
    /// From HEAD to the commit of the merge.
    pub(crate) in_commit: Vec<Change>,
    pub(crate) in_index: Vec<Change>,
    pub(crate) in_folder: Vec<Change>,
}

/// What is read of the new `info.toml`: fields that only the new workbook knows are no fault.
#[derive(Deserialize)]
struct Info {
    exercise: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    #[serde(rename = "name")]
    _name: String,
}

impl Plan {
    /// Compares what upstream changed with what the learner changed: committed, staged or just saved.
    ///
    /// # Errors
    /// If both changed the same lines of a file that is no exercise, or what would come of it is no workbook.
    pub(crate) fn make(workspace: &Workspace, git: &Git, commits: Commits) -> anyhow::Result<Plan> {
        let list = |commit: &str| Ok::<Tree, anyhow::Error>(tree::parse(&git.bytes(&ls_tree(commit))?));
        let (base, upstream, head) = (list(&commits.base)?, list(&commits.upstream)?, list(&commits.head)?);
        let index = tree::parse(&git.bytes(&["ls-files", "-s", "-z"])?);
        if !upstream.contains_key(INFO) {
            bail!("what was fetched is no workbook: there is no {INFO} in it");
        }
        let all: BTreeSet<&String> = base.keys().chain(upstream.keys()).collect();
        let changed: Vec<&String> = all.into_iter().filter(|path| base.get(*path) != upstream.get(*path)).collect();
        let exercises = folder::exercises(workspace)?;
        let looked_at = exercises.iter().chain(changed.iter().copied());
        let folder = folder::look(workspace, git, looked_at, &[&index, &base, &upstream])?;
        let working = folder.iter().filter_map(|(path, found)| Some((path.clone(), found.entry.clone()?))).collect();

        let mut clashes = BTreeSet::new();
        let mut towards = |side: &Tree, saved: bool| {
            let mut after = Vec::new();
            for &path in &changed {
                let three = [&base, side, &upstream].map(|tree| tree.get(path));
                match tree::merge(path, three[0], three[1], three[2]) {
                    Merged::To(entry) => after.push((path, entry)),
                    Merged::Both => match blend(git, path, three, saved) {
                        Some(entry) => after.push((path, Some(entry))),
                        None => drop(clashes.insert(path.clone())),
                    },
                }
            }
            tree::changes(side, after.iter().map(|(path, entry)| (*path, entry)))
        };
        let (in_commit, in_index, in_folder) = (towards(&head, false), towards(&index, false), towards(&working, true));
        if !clashes.is_empty() {
            let clashes = Vec::from_iter(clashes).join(", ");
            bail!(
                "nothing was updated, because you and upstream changed the same places: {clashes}. Take your changes \
                 back there or set them aside, then update"
            );
        }
        let plan = Plan { commits, base, upstream, working, folder, head, index, in_commit, in_index, in_folder };
        plan.check_info(git)?;
        Ok(plan)
    }

    /// A course that cannot be read would leave the learner without any command, `update` included.
    fn check_info(&self, git: &Git) -> anyhow::Result<()> {
        let new = self.in_folder.iter().find(|(path, _)| path == INFO).and_then(|(_, entry)| entry.as_ref());
        let Some(new) = new else { return Ok(()) };
        let text = git.text(&["cat-file", "blob", &new.id])?;
        let read = toml::from_str::<Info>(&text).map(|info| info.exercise.len());
        if let Err(error) = &read {
            bail!("nothing was updated, because the new {INFO} cannot be read: {}", error.message());
        }
        Ok(())
    }

    /// Whether the learner's file at this path stays, for he wrote it.
    pub(crate) fn is_own(&self, path: &str) -> bool {
        tree::is_own(self.base.get(path), self.working.get(path), self.upstream.get(path))
    }
}

fn ls_tree(commit: &str) -> [&str; 5] {
    ["ls-tree", "-r", "-z", "--full-tree", commit]
}

/// Merges the texts of a file that both changed. None if they cannot be merged.
fn blend(git: &Git, path: &str, three: [Option<&Entry>; 3], saved: bool) -> Option<Entry> {
    let [Some(base), Some(yours), Some(upstream)] = three else { return None };
    if ![base, yours, upstream].iter().all(|entry| entry.is_plain()) {
        return None;
    }
    let mode = if yours.mode == base.mode { &upstream.mode } else { &yours.mode };
    if saved {
        // Nobody has stored it yet.
        let git = git.clone().with_setting(ANY_LINE_ENDS.to_string());
        git.bytes(&["hash-object", "-w", "--", path]).ok()?;
    }
    let text = blend_texts(git, [yours, base, upstream]).ok()?;
    let id = git.feed(&["hash-object", "-w", "--stdin"], &text).ok()?;
    Some(Entry::new(mode, id.trim_end()))
}

fn blend_texts(git: &Git, entries: [&Entry; 3]) -> anyhow::Result<Vec<u8>> {
    let folder = tempfile::tempdir().context("a temporary folder cannot be made")?;
    let mut arguments = vec!["merge-file".into(), "-p".into()];
    for (name, entry) in ["yours", "base", "upstream"].into_iter().zip(entries) {
        let file = folder.path().join(name);
        fs::write(&file, git.bytes(&["cat-file", "blob", &entry.id])?)?;
        arguments.push(file.into_os_string());
    }
    // Ends with an error if there are conflicts.
    Ok(git.bytes(&arguments)?)
}
