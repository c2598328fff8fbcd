//! The programs of `tests/programs`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

use crate::marks::Marks;

/// What is known of the programs of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Folder {
    Faults,
    Right,
    Waits,
    Scale,
}

impl Folder {
    pub(crate) const ALL: [Self; 4] = [Self::Faults, Self::Right, Self::Waits, Self::Scale];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Faults => "faults",
            Self::Right => "right",
            Self::Waits => "waits",
            Self::Scale => "scale",
        }
    }
}

/// One program.
pub(crate) struct Program {
    pub(crate) folder: Folder,
    pub(crate) name: String,
    /// Its file, relative to the workspace, as a recording names it.
    pub(crate) file: String,
    pub(crate) marks: Marks,
}

pub(crate) fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All programs, by folder and name. It is an error if the marks of one cannot be read, and if one would never run.
pub(crate) fn all() -> Result<Vec<Program>> {
    let folders = Folder::ALL.into_iter().map(in_folder).collect::<Result<Vec<_>>>()?;
    Ok(folders.into_iter().flatten().collect())
}

fn in_folder(folder: Folder) -> Result<Vec<Program>> {
    let path = format!("tests/programs/{}", folder.name());
    let list = fs::read_to_string(workspace().join(format!("{path}.rs")))?;
    let listed = |name: &str| list.lines().filter(|line| line.trim() == name).count() == 1;
    let entries = fs::read_dir(workspace().join(&path))?.collect::<Result<Vec<_>, _>>()?;
    let mut files: Vec<PathBuf> = entries.iter().map(|entry| entry.path()).collect();
    files.sort();
    let programs = files.iter().map(|found| {
        let name = found.file_stem().context("a file has a name")?.to_string_lossy().into_owned();
        let file = format!("{path}/{name}.rs");
        let marks = Marks::read(&fs::read_to_string(found)?).and_then(|marks| fitting(folder, marks));
        let marks = marks.with_context(|| file.clone())?;
        ensure!(listed(&name), "{path}.rs does not list `{name}`: it would never run");
        Ok(Program { folder, name, file, marks })
    });
    programs.collect()
}

/// The marks, if they are those of a program of this folder.
fn fitting(folder: Folder, marks: Marks) -> Result<Marks> {
    let faulty = !marks.blamed.is_empty() || !marks.without_code.is_empty();
    ensure!(faulty == (folder == Folder::Faults), "the programs of `faults`, and no others, have a line to blame");
    ensure!(marks.blamed.is_empty() || !marks.causes.is_empty(), "no cause is told");
    ensure!(marks.sizes.is_empty() != (folder == Folder::Scale), "the programs of `scale`, and no others, have sizes");
    Ok(marks)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_marks_of_every_program_can_be_read_and_every_program_is_listed() {
        super::all().unwrap();
    }
}
