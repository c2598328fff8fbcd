//! The working tree: what is in it now, and how it becomes another without a moment in which anything is lost.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context, anyhow, bail};
use workbook::whole_file;

use super::{
    super::{git::Git, workspace::Workspace},
    tree::{Change, Entry, Tree, exercise},
};

/// Hashes `\r\n` as `\n`, whatever the learner's settings: an editor that ends lines in its own way has written nothing.
pub(crate) const ANY_LINE_ENDS: &str = "core.autocrlf=true";

/// What is at one path.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// As git would store it.
    pub(crate) entry: Option<Entry>,
    /// As it is.
    pub(crate) bytes: Option<Vec<u8>>,
}

/// What is at some paths of the working tree.
pub(crate) type Folder = BTreeMap<String, Found>;

/// The paths of the files in `exercises/` that a learner writes in.
pub(crate) fn exercises(workspace: &Workspace) -> anyhow::Result<Vec<String>> {
    let entries = fs::read_dir(workspace.path("exercises")).context("the folder exercises cannot be read")?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    Ok(names.map(|name| format!("exercises/{name}")).filter(|path| exercise(path).is_some()).collect())
}

/// Looks at these paths. `modes` says what git thinks of them: a file's permissions are no work of the learner's.
pub(crate) fn look<'a>(
    workspace: &Workspace,
    git: &Git,
    paths: impl Iterator<Item = &'a String>,
    modes: &[&Tree],
) -> anyhow::Result<Folder> {
    let mut folder = Folder::new();
    let mut files = Vec::new();
    for path in paths {
        let (strange, bytes) = read(workspace, path).with_context(|| format!("{path} cannot be read"))?;
        if bytes.is_some() {
            files.push(path);
        }
        folder.insert(path.clone(), Found { entry: strange.then(Entry::strange), bytes });
    }
    // Hashed by git, which knows what else the learner's settings do to files.
    let list: String = files.iter().map(|path| format!("{path}\n")).collect();
    let git = git.clone().with_setting(ANY_LINE_ENDS.to_string());
    let ids = git.feed(&["hash-object", "--stdin-paths"], list.as_bytes())?;
    if ids.lines().count() != files.len() {
        bail!("files were removed while they were looked at, so nothing was updated; try once more");
    }
    for (path, id) in files.into_iter().zip(ids.lines()) {
        let mode = modes.iter().find_map(|tree| tree.get(path)).map_or("100644", |entry| entry.mode.as_str());
        folder.entry(path.clone()).or_default().entry = Some(Entry::new(mode, id));
    }
    Ok(folder)
}

/// Whether something strange is there, and the bytes if it is a file.
fn read(workspace: &Workspace, path: &str) -> io::Result<(bool, Option<Vec<u8>>)> {
    let place = workspace.path(path);
    // What lies behind a link to elsewhere is none of ours; git reads the names from lines, some of them quoted.
    let folders = place.ancestors().skip(1).take_while(|folder| *folder != workspace.root());
    if path.contains('\n') || path.starts_with('"') || folders.into_iter().any(Path::is_symlink) {
        return Ok((fs::symlink_metadata(&place).is_ok(), None));
    }
    match fs::symlink_metadata(&place) {
        Ok(kind) if kind.is_file() => Ok((false, Some(fs::read(&place)?))),
        Ok(_) => Ok((true, None)),
        Err(error) if is_absence(&error) => Ok((false, None)),
        Err(error) => Err(error),
    }
}

fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Files that were changed, and what was there before.
pub(crate) struct Swap<'a> {
    workspace: &'a Workspace,
    before: &'a Folder,
    done: Vec<&'a str>,
}

impl<'a> Swap<'a> {
    /// Puts every changed file in its place, from a folder that holds the new ones complete.
    ///
    /// Each is at any time either the old one or the new one. If one cannot be changed, all are as before.
    pub(crate) fn make(
        workspace: &'a Workspace,
        changes: &'a [Change],
        before: &'a Folder,
        new: &Path,
    ) -> anyhow::Result<Swap<'a>> {
        let mut swap = Swap { workspace, before, done: Vec::new() };
        for (path, entry) in changes {
            if let Err(error) = swap.change(path, entry.as_ref().map(|_| new.join(path))) {
                let error = error.context(format!("{path} cannot be updated, so nothing was"));
                return Err(swap.undo(error));
            }
        }
        Ok(swap)
    }

    fn change(&mut self, path: &'a str, new: Option<PathBuf>) -> anyhow::Result<()> {
        let place = self.workspace.path(path);
        let found = read(self.workspace, path)?;
        if found != (false, self.before[path].bytes.clone()) {
            return Err(anyhow!("it was saved a moment ago; try once more"));
        }
        self.done.push(path);
        match new {
            Some(new) => {
                fs::create_dir_all(place.parent().unwrap_or(self.workspace.root()))?;
                fs::rename(new, &place)?;
            }
            None if found.1.is_some() => {
                fs::remove_file(&place)?;
                self.remove_empty_folders(&place);
            }
            None => {}
        }
        Ok(())
    }

    fn remove_empty_folders(&self, place: &Path) {
        let folders = place.ancestors().skip(1).take_while(|folder| *folder != self.workspace.root());
        // The first that is not empty stays, and so do those above it.
        let _ = folders.into_iter().try_for_each(fs::remove_dir);
    }

    /// Puts everything back, and adds to the error what could not be.
    pub(crate) fn undo(&self, error: anyhow::Error) -> anyhow::Error {
        let failed = self.done.iter().rev().filter(|path| self.put_back(path).is_err());
        let failed: Vec<&str> = failed.copied().collect();
        if failed.is_empty() {
            error
        } else {
            error.context(format!("{} could not be put back (git restore does it)", failed.join(", ")))
        }
    }

    fn put_back(&self, path: &str) -> io::Result<()> {
        let place = self.workspace.path(path);
        match &self.before[path].bytes {
            Some(bytes) => {
                fs::create_dir_all(place.parent().unwrap_or(self.workspace.root()))?;
                whole_file::write(&place, bytes)
            }
            None => match fs::remove_file(&place) {
                Err(error) if !is_absence(&error) => Err(error),
                _ => {
                    self.remove_empty_folders(&place);
                    Ok(())
                }
            },
        }
    }
}
