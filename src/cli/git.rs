//! git, called as a process, and deaf to settings of the learner's that would change what it says or does.
//!
//! What decides about bytes in the working tree, such as `core.autocrlf`, stays the learner's own.

use std::{
    ffi::OsStr,
    io::{self, Seek, Write},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
};

/// Hooks, questions, signatures and work in the background are for people at work, not for us.
const SETTINGS: [&str; 7] = [
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.safecrlf=false",
    "commit.gpgSign=false",
    "log.showSignature=false",
    "gc.auto=0",
    "maintenance.auto=false",
];

/// They would lead git elsewhere than to the clone.
const ELSEWHERE: [&str; 8] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
];

/// git in one folder.
#[derive(Clone, Debug)]
pub(crate) struct Git {
    folder: PathBuf,
    /// The index to work on instead of the clone's own.
    index: Option<PathBuf>,
    /// More settings.
    settings: Vec<String>,
}

/// Why git gave no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum GitError {
    /// It is not installed, or may not be started.
    #[error("git cannot be started")]
    NotStarted,
    /// It ended with an error: its own first words about it.
    #[error("git says: {0}")]
    Said(String),
    /// It ended with an error and said nothing about it.
    #[error("`git {command}` failed without a word ({status})")]
    Silent { command: String, status: ExitStatus },
    /// It cannot be given what it is to read.
    #[error("a temporary file cannot be written: {0}")]
    NotFed(#[from] io::Error),
}

impl Git {
    pub(crate) fn at(folder: &Path) -> Git {
        Git { folder: folder.to_path_buf(), index: None, settings: Vec::new() }
    }

    /// The same with an index of its own, which need not be there yet.
    pub(crate) fn with_index(&self, index: PathBuf) -> Git {
        Git { index: Some(index), ..self.clone() }
    }

    /// The same with one more setting, `key=value`.
    pub(crate) fn with_setting(mut self, setting: String) -> Git {
        self.settings.push(setting);
        self
    }

    /// What git prints.
    pub(crate) fn bytes(&self, arguments: &[impl AsRef<OsStr>]) -> Result<Vec<u8>, GitError> {
        self.answer(arguments, Stdio::null())
    }

    /// What git prints, as text.
    pub(crate) fn text(&self, arguments: &[impl AsRef<OsStr>]) -> Result<String, GitError> {
        text(self.bytes(arguments)?)
    }

    /// The one line that git prints.
    pub(crate) fn line(&self, arguments: &[impl AsRef<OsStr>]) -> Result<String, GitError> {
        Ok(self.text(arguments)?.trim_end_matches(['\n', '\r']).to_string())
    }

    /// What git prints when it reads this.
    pub(crate) fn feed(&self, arguments: &[impl AsRef<OsStr>], input: &[u8]) -> Result<String, GitError> {
        // A file, since a pipe could fill on both sides.
        let mut file = tempfile::tempfile()?;
        file.write_all(input)?;
        file.rewind()?;
        text(self.answer(arguments, file.into())?)
    }

    /// The value of a setting.
    pub(crate) fn setting(&self, key: &str) -> Option<String> {
        self.line(&["config", "--get", key]).ok().filter(|value| !value.is_empty())
    }

    fn answer(&self, arguments: &[impl AsRef<OsStr>], input: Stdio) -> Result<Vec<u8>, GitError> {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.folder);
        for setting in SETTINGS.into_iter().chain(self.settings.iter().map(String::as_str)) {
            command.args(["-c", setting]);
        }
        for variable in ELSEWHERE {
            command.env_remove(variable);
        }
        if let Some(index) = &self.index {
            command.env("GIT_INDEX_FILE", index);
        }
        command.env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0").args(arguments).stdin(input);
        let output = command.output().map_err(|_| GitError::NotStarted)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(complaint(&output.stderr).map(GitError::Said).unwrap_or_else(|| {
            let command = arguments.first().map(|command| command.as_ref().to_string_lossy().into_owned());
            GitError::Silent { command: command.unwrap_or_default(), status: output.status }
        }))
    }
}

fn text(bytes: Vec<u8>) -> Result<String, GitError> {
    String::from_utf8(bytes).map_err(|_| GitError::Said("something that is not UTF-8".to_string()))
}

/// The line that says what went wrong, after whatever git had to remark before. None if there is no line.
fn complaint(said: &[u8]) -> Option<String> {
    let said = String::from_utf8_lossy(said);
    let grave = said.lines().find(|line| line.starts_with("fatal:") || line.starts_with("error:"));
    let line = grave.or_else(|| said.lines().find(|line| !line.trim().is_empty()))?;
    let is_locked = line.contains(".lock'") && line.contains("File exists");
    Some(if is_locked { format!("{line} {LOCKED}") } else { line.to_string() })
}

/// What git tells in five lines of a lock that it found.
const LOCKED: &str =
    "Another git may be at work here. If none is, one was ended in the middle: remove that file, then try again.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_wrong_is_told_from_remarks() {
        let complaint = |said: &[u8]| super::complaint(said).unwrap_or_default();
        assert_eq!(complaint(b"hint: this\nfatal: that\nand so on\n"), "fatal: that");
        assert_eq!(complaint(b"\nonly this\n"), "only this");
        let said = b"fatal: Unable to create '/a/.git/index.lock': File exists.\n\nAnother git process\n";
        assert!(complaint(said).ends_with(
            "File exists. Another git may be at work here. If none is, one was ended in the \
            middle: remove that file, then try again."
        ));
    }

    #[test]
    fn a_git_that_fails_without_a_word_is_named_by_its_command() {
        let folder = tempfile::tempdir().unwrap();
        let git = Git::at(folder.path());
        git.bytes(&["init", "-q"]).unwrap();
        let error = git.line(&["rev-parse", "-q", "--verify", "HEAD"]).unwrap_err().to_string();
        assert!(error.starts_with("`git rev-parse` failed without a word (exit "), "{error}");
    }

    #[test]
    fn more_than_a_pipe_holds_goes_in_and_comes_out() {
        let folder = tempfile::tempdir().unwrap();
        let git = Git::at(folder.path());
        git.bytes(&["init", "-q"]).unwrap();
        std::fs::write(folder.path().join("file"), "text").unwrap();
        let ids = git.feed(&["hash-object", "--stdin-paths"], "file\n".repeat(50_000).as_bytes()).unwrap();
        assert_eq!(ids.lines().count(), 50_000);
    }
}
