//! `workbook update`: what is new upstream, taken up beside what the learner wrote.
//!
//! No `git merge` is run, since that would want the learner's work committed, might stop in the middle, and would write
//! into exercises. Instead a plan is made of three trees (what both had, what the learner has, what upstream has); it
//! is refused whole or carried out whole, and no file in which a learner wrote an exercise is ever opened for writing.

mod apply;
mod folder;
mod news;
mod plan;
mod source;
mod tree;

use clap::Args;

use super::{Passed, Workbook, git::Git, output};
use news::News;
use plan::Plan;
use source::Source;

const NOTHING: &str = "Everything is up to date.\n";

#[derive(Args)]
pub(crate) struct UpdateArguments {
    /// Take it from here instead of where the clone came from
    #[arg(long, value_name = "REMOTE, URL OR PATH")]
    from: Option<String>,
    /// Say what would change, and touch nothing
    #[arg(long)]
    dry_run: bool,
}

/// Takes up what is new upstream.
pub(crate) fn update(workbook: &Workbook, arguments: &UpdateArguments) -> anyhow::Result<Passed> {
    let workspace = &workbook.workspace;
    let git = Git::at(workspace.root());
    source::check(&git)?;
    let source = Source::find(&git, arguments.from.as_deref())?;
    let _lock = if arguments.dry_run { None } else { Some(apply::lock(workspace)?) };
    let commits = source.fetch(&git)?;
    if commits.base == commits.upstream {
        output::print(NOTHING);
        return Ok(Passed::Yes);
    }
    let plan = Plan::make(workspace, &git, commits)?;
    let news = News::of(&git, &plan).lines(!arguments.dry_run);
    if !arguments.dry_run {
        apply::apply(workspace, &git, &plan)?;
    }
    let before = if arguments.dry_run { "Nothing was touched. An update would bring:\n" } else { "" };
    match news.as_str() {
        // A commit may change no file at all.
        "" => output::print(NOTHING),
        news => output::print(&format!("{before}{news}")),
    }
    Ok(Passed::Yes)
}
