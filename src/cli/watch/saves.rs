//! Saves of exercises: as the file system tells them, and as a look at the files shows.
//!
//! On network drives and in containers the file system may tell nothing. So the files are also looked at now and then,
//! and if a look finds a save that was not told, they are looked at often from then on.

use std::{
    collections::{BTreeSet, HashMap},
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread,
    time::{Duration, Instant, SystemTime},
};

use notify::{
    EventKind, RecommendedWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode, ModifyKind},
};

use super::Event;

/// A save is over once nothing more has come for so long: editors write in several steps.
const QUIET: Duration = Duration::from_millis(15);

/// How often the files are looked at while the file system tells of saves, only to be sure.
const SELDOM: Duration = Duration::from_secs(1);

/// How often they are looked at where it does not.
const OFTEN: Duration = Duration::from_millis(200);

/// The watch over a folder; ends when this goes out of scope.
pub(super) struct Saves {
    _told: Option<RecommendedWatcher>,
    _end: Sender<BTreeSet<String>>,
}

/// Watches a folder: the file system is asked to tell, unless `only_look`.
///
/// The folder is watched and not its files, since many editors save by putting a new file in the place of the old one.
pub(super) fn watch(folder: &Path, only_look: bool, events: Sender<Event>) -> Saves {
    let (sender, changes) = mpsc::channel();
    let told = if only_look { None } else { ask(folder, sender.clone()).ok() };
    let looks = Looks { folder: folder.to_path_buf(), seen: stamps(folder), often: told.is_none() };
    thread::spawn(move || gather(looks, &changes, &events));
    Saves { _told: told, _end: sender }
}

/// Asks the file system to tell which exercises change.
fn ask(folder: &Path, changes: Sender<BTreeSet<String>>) -> notify::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if let Ok(event) = event
            && changes_files(event.kind)
        {
            let names = event.paths.iter().filter_map(|path| exercise(path)).collect();
            let _ = changes.send(names);
        }
    })?;
    watcher.watch(folder, RecursiveMode::NonRecursive)?;
    Ok(watcher)
}

/// Reading a file, as rustc does, is told as well, and so is a change of its time, as the judge does.
fn changes_files(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Modify(ModifyKind::Metadata(_)) => false,
        _ => true,
    }
}

/// The exercise that a file holds.
fn exercise(path: &Path) -> Option<String> {
    let name = path.file_stem().filter(|_| path.extension() == Some(OsStr::new("rs")))?;
    Some(name.to_string_lossy().into_owned())
}

/// What tells one state of a file from another.
type Stamp = (Option<SystemTime>, u64);

/// The exercises in a folder.
fn stamps(folder: &Path) -> HashMap<String, Stamp> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let stamp = |file: fs::DirEntry| {
        let metadata = fs::metadata(file.path()).ok()?;
        Some((exercise(&file.path())?, (metadata.modified().ok(), metadata.len())))
    };
    files.filter_map(stamp).collect()
}

/// Looks at a folder.
struct Looks {
    folder: PathBuf,
    seen: HashMap<String, Stamp>,
    /// True where the file system is not relied on.
    often: bool,
}

impl Looks {
    /// The exercises that are not as they were at the last look.
    fn look(&mut self) -> BTreeSet<String> {
        let now = stamps(&self.folder);
        let changed = |name: &&String| now.get(*name) != self.seen.get(*name);
        let names = now.keys().chain(self.seen.keys()).filter(changed).cloned().collect();
        self.seen = now;
        names
    }
}

/// Sends the exercises touched by changes that come close together.
fn gather(mut looks: Looks, changes: &Receiver<BTreeSet<String>>, events: &Sender<Event>) {
    let mut last_look = Instant::now();
    loop {
        let pause = if looks.often { OFTEN } else { SELDOM };
        let (mut names, told) = match changes.recv_timeout(pause.saturating_sub(last_look.elapsed())) {
            Ok(names) => (names, true),
            Err(RecvTimeoutError::Timeout) => (BTreeSet::new(), false),
            Err(RecvTimeoutError::Disconnected) => return,
        };
        while told && let Ok(more) = changes.recv_timeout(QUIET) {
            names.extend(more);
        }
        last_look = Instant::now();
        let seen = looks.look();
        if !told && !seen.is_empty() && !looks.often {
            // It may be about to be told.
            match changes.recv_timeout(OFTEN) {
                Ok(more) => names.extend(more),
                Err(_) => {
                    looks.often = true;
                    let _ = events.send(Event::FilesAreLookedAt);
                }
            }
        }
        names.extend(seen);
        if !names.is_empty() && events.send(Event::Saved(names)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in ["01_a.rs", "02_b.rs", "notes.txt"] {
            fs::write(folder.path().join(name), "before").unwrap();
        }
        folder
    }

    fn saved(event: Event) -> Vec<String> {
        match event {
            Event::Saved(names) => names.into_iter().collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_look_finds_what_was_written_made_and_removed_and_nothing_else() {
        let folder = folder();
        let mut looks = Looks { folder: folder.path().into(), seen: stamps(folder.path()), often: true };
        assert!(looks.look().is_empty());
        fs::write(folder.path().join("01_a.rs"), "longer than before").unwrap();
        fs::remove_file(folder.path().join("02_b.rs")).unwrap();
        fs::write(folder.path().join("03_c.rs"), "new").unwrap();
        fs::write(folder.path().join("notes.txt"), "longer than before").unwrap();
        assert_eq!(looks.look().into_iter().collect::<Vec<_>>(), ["01_a", "02_b", "03_c"]);
        assert!(looks.look().is_empty());
    }

    #[test]
    fn where_the_file_system_tells_nothing_the_files_are_looked_at_from_the_first_save_on() {
        let folder = folder();
        let looks = Looks { folder: folder.path().into(), seen: stamps(folder.path()), often: false };
        // Nobody will ever send.
        let (told, changes) = mpsc::channel();
        let (sender, events) = mpsc::channel();
        let gathering = thread::spawn(move || gather(looks, &changes, &sender));
        fs::write(folder.path().join("01_a.rs"), "longer than before").unwrap();
        assert!(matches!(events.recv().unwrap(), Event::FilesAreLookedAt));
        assert_eq!(saved(events.recv().unwrap()), ["01_a"]);
        fs::write(folder.path().join("02_b.rs"), "longer than before").unwrap();
        assert_eq!(saved(events.recv().unwrap()), ["02_b"]);
        drop(told);
        gathering.join().unwrap();
        assert!(events.recv().is_err());
    }

    #[test]
    fn what_is_told_needs_no_other_stamp_and_comes_together() {
        let folder = folder();
        let looks = Looks { folder: folder.path().into(), seen: stamps(folder.path()), often: false };
        let (told, changes) = mpsc::channel();
        let (sender, events) = mpsc::channel();
        // A save within the same tick of the file system's clock looks like no save.
        told.send(BTreeSet::from(["01_a".to_string()])).unwrap();
        told.send(BTreeSet::from(["02_b".to_string()])).unwrap();
        drop(told);
        gather(looks, &changes, &sender);
        assert_eq!(saved(events.recv().unwrap()), ["01_a", "02_b"]);
    }
}
