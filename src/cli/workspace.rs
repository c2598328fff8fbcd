//! Where things are: the root of the clone, and the files of an exercise by its name.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// Marks the root of a clone, and is read anyway.
const MARK: &str = "exercises/info.toml";

/// The clone the command works on.
#[derive(Clone, Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
}

/// Which of the two files of an exercise is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The learner's file, `exercises/NN_name.rs`.
    Exercise,
    /// `solutions/NN_name.rs`.
    Solution,
}

impl Side {
    /// The package, which is also the folder.
    pub(crate) fn package(self) -> &'static str {
        match self {
            Side::Exercise => "exercises",
            Side::Solution => "solutions",
        }
    }

    /// The name of the binary. Two packages must not share one, so a solution's has a suffix.
    pub(crate) fn binary(self, exercise: &str) -> String {
        match self {
            Side::Exercise => exercise.to_string(),
            Side::Solution => format!("{exercise}_solution"),
        }
    }

    /// The file, relative to the root.
    pub(crate) fn file(self, exercise: &str) -> String {
        format!("{}/{exercise}.rs", self.package())
    }
}

impl Workspace {
    /// Looks upward from the current folder, then where the command was compiled.
    pub(crate) fn find() -> anyhow::Result<Workspace> {
        let here = std::env::current_dir().context("the current folder cannot be read")?;
        let compiled = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = here.ancestors().chain([compiled]).find(|folder| folder.join(MARK).is_file());
        match root {
            Some(root) => Ok(Workspace::at(root.to_path_buf())),
            None => bail!("this folder is not inside a clone of the workbook: there is no {MARK} in it or above it"),
        }
    }

    /// The clone with this root.
    pub(crate) fn at(root: PathBuf) -> Workspace {
        Workspace { root }
    }

    /// The root of the clone.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path relative to the root, with `/`, as a path.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The text with every mention of the root made relative: nobody needs to read where the clone lies.
    pub(crate) fn relative_text(&self, text: &str) -> String {
        let root = self.root.display().to_string();
        text.replace(&format!("{root}{}", std::path::MAIN_SEPARATOR), "").replace(&root, ".")
    }
}
