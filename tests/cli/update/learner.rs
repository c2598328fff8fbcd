//! A learner's clone of a course that goes on, both in folders with names that are not plain.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

use super::super::clone::{Clone, RIGHT, Ran, STUB, workbook};

/// The course upstream, a clone of it, and what the learner told git about himself.
pub(crate) struct Learner {
    pub(crate) upstream: Clone,
    folder: TempDir,
}

/// All that an update may touch: HEAD, the index, and the working tree.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct State {
    head: String,
    index: String,
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Learner {
    /// A fresh clone of a course with two stubs.
    pub(crate) fn new() -> Learner {
        let learner = Learner::without_clone();
        let from = learner.upstream.root();
        learner.git_in(learner.folder.path(), &["clone", "-q", from.to_str().unwrap(), "my clöne"]);
        learner
    }

    /// No clone yet.
    pub(crate) fn without_clone() -> Learner {
        let learner = Learner { upstream: Clone::new(), folder: tempfile::tempdir().unwrap() };
        learner.upstream.write(".gitignore", "/target\n/.workbook/\n/private\n");
        learner.upstream.write("Cargo.lock", "# first\n");
        learner.upstream.write("README.md", "one\ntwo\nthree\nfour\nfive\nsix\nseven\n");
        learner.upstream.commit();
        learner
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("my clöne")
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.root().join(file)
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Writes an exercise, and returns the text.
    pub(crate) fn solve(&self, name: &str) -> String {
        let file = format!("exercises/{name}.rs");
        let text = self.read(&file).replace(STUB, RIGHT) + "// Mine: größer als vorher.";
        self.write(&file, &text);
        text
    }

    /// Upstream changes a stub, to one that still has a `todo!()`.
    pub(crate) fn mend(&self, name: &str) -> String {
        let file = format!("exercises/{name}.rs");
        let text = self.upstream.read(&file).replace("//! Numbers.", "//! Numbers, explained.");
        self.upstream.write(&file, &text);
        text
    }

    /// The learner's git: only what these tests tell it, and nothing of who runs them.
    fn at_home(&self, command: &mut Command) {
        for variable in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"] {
            command.env_remove(variable);
        }
        command.env("GIT_CONFIG_GLOBAL", self.settings()).env("GIT_CONFIG_NOSYSTEM", "1");
        command.env("HOME", self.folder.path()).env("GIT_CEILING_DIRECTORIES", self.folder.path());
    }

    fn settings(&self) -> PathBuf {
        self.folder.path().join("gitconfig")
    }

    /// Sets what the learner's git does everywhere.
    pub(crate) fn set(&self, key: &str, value: &str) {
        self.git(&["config", "--global", key, value]);
    }

    pub(crate) fn try_git_in(&self, folder: &Path, arguments: &[&str]) -> Output {
        let mut git = Command::new("git");
        self.at_home(git.args(arguments).current_dir(folder));
        git.output().unwrap()
    }

    pub(crate) fn git_in(&self, folder: &Path, arguments: &[&str]) -> String {
        let output = self.try_git_in(folder, arguments);
        assert!(output.status.success(), "{arguments:?} {output:?}");
        String::from_utf8(output.stdout).unwrap().trim_end().to_string()
    }

    /// git in the clone.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let folder = if self.root().is_dir() { self.root() } else { self.folder.path().to_path_buf() };
        self.git_in(&folder, arguments)
    }

    /// Commits all that the learner did.
    pub(crate) fn commit(&self) {
        self.git(&["add", "-A"]);
        let author = ["-c", "user.name=l", "-c", "user.email=l@m", "-c", "commit.gpgsign=false"];
        self.git(&[&author[..], &["commit", "-q", "--no-verify", "-m", "mine"]].concat());
    }

    pub(crate) fn head(&self) -> String {
        self.git(&["rev-parse", "HEAD"])
    }

    pub(crate) fn upstream_head(&self) -> String {
        self.git_in(&self.upstream.root(), &["rev-parse", "HEAD"])
    }

    /// What git calls changed.
    pub(crate) fn status(&self) -> String {
        self.git(&["-c", "core.quotePath=false", "status", "--porcelain", "-uall"])
    }

    pub(crate) fn state(&self) -> State {
        let mut files = BTreeMap::new();
        collect(&self.root(), &mut files);
        State { head: self.head(), index: self.git(&["ls-files", "-s", "-z"]), files }
    }

    /// The real binary, in the clone.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = workbook();
        self.at_home(command.args(arguments).current_dir(self.root()));
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::from(self.command(arguments).output().unwrap())
    }

    /// Runs an update that must work, and returns what it says.
    pub(crate) fn update(&self) -> String {
        let ran = self.run(&["update"]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran:#?}");
        ran.stdout
    }

    /// Runs an update that must be refused and touch nothing, and returns the sentence.
    pub(crate) fn refusal(&self, arguments: &[&str]) -> String {
        let before = self.state();
        let ran = self.run(&[&["update"], arguments].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{ran:#?}");
        assert_eq!(self.state(), before);
        assert_eq!(ran.stderr.lines().count(), 1, "{ran:#?}");
        ran.stderr.trim_end().strip_prefix("workbook: ").unwrap().to_string()
    }

    /// The copies of what the learner wrote.
    pub(crate) fn backups(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        if let Ok(entries) = fs::read_dir(self.path(".workbook/backups")) {
            for entry in entries.map(Result::unwrap) {
                files.insert(entry.file_name().into(), fs::read(entry.path()).unwrap());
            }
        }
        files
    }
}

/// Every file below, except git's own and what is remembered between two commands.
fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.path() {
            path if path.is_dir() && [".git", ".workbook"].iter().any(|name| path.ends_with(name)) => {}
            path if path.is_dir() => collect(&path, files),
            path => drop(files.insert(path.clone(), fs::read(path).unwrap())),
        }
    }
}
