//! Where upstream is, and whether the clone is in a state to take anything from it.

use std::path::Path;

use anyhow::{anyhow, bail};

use super::super::{
    Usage,
    git::{Git, GitError},
    output,
};

/// What git leaves in its folder while something is not finished, and how people call it.
const UNFINISHED: [(&str, &str); 6] = [
    ("MERGE_HEAD", "merge"),
    ("rebase-merge", "rebase"),
    ("rebase-apply", "rebase"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("BISECT_LOG", "bisect"),
];

/// Where to fetch from.
#[derive(Debug)]
pub(crate) struct Source {
    /// A remote, a URL or a path.
    from: String,
    /// What to fetch there; the first that it has.
    references: Vec<String>,
}

/// The commits an update is between, by their ids.
#[derive(Debug)]
pub(crate) struct Commits {
    /// What the learner has.
    pub(crate) head: String,
    pub(crate) upstream: String,
    /// The newest that both have.
    pub(crate) base: String,
}

/// Makes sure that an update can begin at all.
pub(crate) fn check(git: &Git) -> anyhow::Result<()> {
    let prefix = git.line(&["rev-parse", "--show-prefix"]).map_err(|error| match error {
        GitError::NotStarted => anyhow!("new exercises come by git, and git cannot be started: install it first"),
        GitError::Said(said) if said.contains("not a git repository") => no_clone(),
        error => anyhow!("new exercises come by git, and {error}"),
    })?;
    if !prefix.is_empty() {
        // In somebody else's repository there is nothing of ours to change.
        return Err(no_clone());
    }
    let folder = git.line(&["rev-parse", "--absolute-git-dir"])?;
    let unfinished = UNFINISHED.iter().find(|(file, _)| Path::new(&folder).join(file).exists());
    if let Some((_, what)) = unfinished {
        bail!("a {what} is not finished in this clone: finish it or give it up (`git status` says how), then update");
    }
    if !git.bytes(&["ls-files", "-u"])?.is_empty() {
        bail!("files are left unmerged in this clone: settle them (`git status` says how), then update");
    }
    if git.line(&["symbolic-ref", "-q", "HEAD"]).is_err() {
        bail!("no branch is checked out, so an update would be lost: change to one (`git switch main`), then update");
    }
    if git.line(&["rev-parse", "-q", "--verify", "HEAD^{commit}"]).is_err() {
        bail!("the branch of this clone has no commit yet, so there is nothing to update");
    }
    Ok(())
}

fn no_clone() -> anyhow::Error {
    anyhow!(
        "this folder is no git clone, and only a clone can be updated: clone the workbook with git, \
         and copy your files of exercises/ into the clone"
    )
}

impl Source {
    /// What was asked for, or else the place that the clone itself names.
    ///
    /// `gh repo fork --clone` and GitHub's instructions call the original of a fork `upstream`; the branch that HEAD
    /// tracks is then the learner's own.
    pub(crate) fn find(git: &Git, asked: Option<&str>) -> anyhow::Result<Source> {
        if let Some(asked) = asked {
            return Source::asked(git, asked);
        }
        let branch = git.line(&["symbolic-ref", "--short", "HEAD"])?;
        let remote = git.setting(&format!("branch.{branch}.remote"));
        let tracked = remote.zip(git.setting(&format!("branch.{branch}.merge")));
        let has = |remote: &str| git.setting(&format!("remote.{remote}.url")).is_some();
        if has("upstream") && tracked.as_ref().is_none_or(|(remote, _)| remote != "upstream") {
            return Ok(Source::default_of(git, "upstream"));
        }
        if let Some((from, reference)) = tracked {
            return Ok(Source { from, references: vec![reference] });
        }
        if has("origin") {
            return Ok(Source::default_of(git, "origin"));
        }
        let example = output::typed("update --from URL");
        bail!("this clone has no remote to take anything from; name the place: `{example}`")
    }

    fn asked(git: &Git, asked: &str) -> anyhow::Result<Source> {
        if asked.trim().is_empty() {
            return Err(Usage("--from needs a remote, a URL or a path".to_string()).into());
        }
        let is_remote = git.setting(&format!("remote.{asked}.url")).is_some();
        // git runs in the root, the learner perhaps elsewhere.
        let path = std::path::absolute(asked).ok().filter(|path| !is_remote && path.exists());
        let from = path.and_then(|path| path.into_os_string().into_string().ok());
        Ok(Source { from: from.unwrap_or_else(|| asked.to_string()), references: vec!["HEAD".to_string()] })
    }

    fn default_of(git: &Git, remote: &str) -> Source {
        let head = format!("refs/remotes/{remote}/");
        let known = git.line(&["symbolic-ref", "-q", &format!("{head}HEAD")]).ok();
        let known = known.and_then(|reference| Some(format!("refs/heads/{}", reference.strip_prefix(&head)?)));
        let references = known.into_iter().chain(["HEAD", "refs/heads/main"].map(str::to_string)).collect();
        Source { from: remote.to_string(), references }
    }

    /// Fetches, and finds the commits to go between. Only git's own store changes.
    pub(crate) fn fetch(&self, git: &Git) -> anyhow::Result<Commits> {
        output::mention(&format!("fetching from {} …", self.from));
        let mut failure = None;
        for reference in &self.references {
            match git.bytes(&["fetch", "--quiet", "--no-recurse-submodules", "--", &self.from, reference]) {
                Ok(_) => {
                    failure = None;
                    break;
                }
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        output::mention("");
        if let Some(error) = failure {
            bail!("nothing could be fetched from {}, and {error}", self.from);
        }
        let head = git.line(&["rev-parse", "--verify", "HEAD^{commit}"])?;
        let upstream = git.line(&["rev-parse", "--verify", "FETCH_HEAD^{commit}"])?;
        let Ok(base) = git.line(&["merge-base", &head, &upstream]) else {
            bail!("{} has no history in common with this clone, so it is not taken for the workbook", self.from);
        };
        Ok(Commits { head, upstream, base })
    }
}
