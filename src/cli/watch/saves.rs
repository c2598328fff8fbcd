//! Saves of exercises, as the file system tells them.

use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::mpsc::{self, Sender},
    thread,
    time::Duration,
};

use notify::{
    EventKind, PollWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode, ModifyKind},
};

use super::Event;
use crate::cli::workspace::Workspace;

/// A save is over once nothing more has come for so long: editors write in several steps.
const QUIET: Duration = Duration::from_millis(15);

/// How often files are looked at where the system does not tell.
const POLL: Duration = Duration::from_millis(250);

/// Watches the folder, not its files: many editors save by putting a new file in the place of the old one.
pub(super) fn watch(workspace: &Workspace, events: Sender<Event>) -> notify::Result<Box<dyn Watcher>> {
    let (sender, changes) = mpsc::channel();
    let tell = move |event: notify::Result<notify::Event>| {
        if let Ok(event) = event
            && changes_files(event.kind)
        {
            let _ = sender.send(event.paths);
        }
    };
    let folder = workspace.path("exercises");
    let watcher = watch_with(notify::recommended_watcher(tell.clone()), &folder)
        .or_else(|_| watch_with(PollWatcher::new(tell, notify::Config::default().with_poll_interval(POLL)), &folder))?;
    thread::spawn(move || gather(&changes, &events));
    Ok(watcher)
}

fn watch_with<W: Watcher + 'static>(
    watcher: notify::Result<W>,
    folder: &std::path::Path,
) -> notify::Result<Box<dyn Watcher>> {
    let mut watcher = watcher?;
    watcher.watch(folder, RecursiveMode::NonRecursive)?;
    Ok(Box::new(watcher))
}

/// Reading a file, as rustc does, is told as well, and so is a change of its time, as the judge does.
fn changes_files(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Modify(ModifyKind::Metadata(_)) => false,
        _ => true,
    }
}

/// Sends the exercises touched by changes that come close together.
fn gather(changes: &mpsc::Receiver<Vec<PathBuf>>, events: &Sender<Event>) {
    while let Ok(mut paths) = changes.recv() {
        while let Ok(more) = changes.recv_timeout(QUIET) {
            paths.extend(more);
        }
        let names = paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
        let names: BTreeSet<String> =
            names.filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned())).collect();
        if !names.is_empty() && events.send(Event::Saved(names)).is_err() {
            return;
        }
    }
}
