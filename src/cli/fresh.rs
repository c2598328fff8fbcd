//! Builds the programs and the checks of exercises from what is in their files now.
//!
//! cargo goes by the time of the last change. A file that was copied, unpacked or restored brings an old time along, and
//! cargo then takes a program of another text for its own. So beside each executable is written which source it was built
//! from, and where cargo builds nothing though that is not known, the file is made to look changed.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use anyhow::bail;

use super::{
    cargo::{self, Build, Busy, Order, Product},
    process::Ticket,
    source,
    workspace::{Side, Workspace},
};

/// How far a file's new time is ahead: not at all, or, where the file system is too coarse for that, by the coarsest step.
const AHEAD: [Duration; 2] = [Duration::ZERO, Duration::from_secs(2)];

/// A file to build from.
struct Source {
    file: String,
    target: String,
    hash: u64,
}

/// Builds those of the exercises whose files can be read; cargo would wait for ever at a pipe.
///
/// # Errors
/// As [`cargo::build`], and if cargo cannot be brought to build what has changed.
pub(crate) fn build(
    workspace: &Workspace,
    (side, product): (Side, Product),
    exercises: &[&str],
    ticket: &Ticket,
    busy: &Busy,
) -> anyhow::Result<Build> {
    let sources = exercises.iter().filter_map(|exercise| {
        let file = side.file(exercise);
        let hash = source::hash(&source::read(workspace, &file).ok()?);
        Some(Source { file, target: side.binary(exercise), hash })
    });
    let sources: Vec<Source> = sources.collect();
    if sources.is_empty() {
        return Ok(Build::default());
    }
    let targets: Vec<String> = sources.iter().map(|source| source.target.clone()).collect();
    let order = Order { package: side.package(), targets: &targets, kind: cargo::BINARY, product };
    let mut build = cargo::build(workspace, &order, ticket, busy)?;
    for ahead in AHEAD {
        let outdated: Vec<(&Source, &Path)> = outdated(&sources, &build).collect();
        if outdated.is_empty() {
            break;
        }
        for (source, executable) in outdated {
            // A file that may not even be given another time was not edited here either.
            let _ = make_look_changed(&workspace.path(&source.file), executable, ahead);
        }
        build = cargo::build(workspace, &order, ticket, busy)?;
    }
    if let Some((source, _)) = outdated(&sources, &build).find(|(_, executable)| place(executable).exists()) {
        bail!("{} has changed, and cargo does not see that: save it once more", source.file);
    }
    for source in &sources {
        let built_from_it = source.hash == source::hash_of(workspace, &source.file);
        if let Some(executable) = build.executables.get(&source.target).filter(|_| built_from_it) {
            // Without the note it is built once more the next time, and nothing else.
            let _ = note(executable, source).map(|text| fs::write(place(executable), text));
        }
    }
    Ok(build)
}

/// The executables that cargo did not build, and that no note says to be of the source as it is.
fn outdated<'a>(sources: &'a [Source], build: &'a Build) -> impl Iterator<Item = (&'a Source, &'a Path)> {
    sources.iter().filter_map(|source| {
        let executable = build.executables.get(&source.target).filter(|_| build.fresh.contains(&source.target))?;
        let known = fs::read_to_string(place(executable)).ok();
        (known.is_none() || known != note(executable, source)).then_some((source, executable.as_path()))
    })
}

/// What is written beside an executable. It names the executable too, since others may build as well.
fn note(executable: &Path, source: &Source) -> Option<String> {
    let metadata = fs::metadata(executable).ok()?;
    let built = metadata.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(format!("{:016x} {} {}\n", source.hash, built.as_nanos(), metadata.len()))
}

fn place(executable: &Path) -> PathBuf {
    executable.with_extension("source")
}

/// Makes a file newer than what was built.
fn make_look_changed(file: &Path, executable: &Path, ahead: Duration) -> io::Result<()> {
    let built = fs::metadata(executable)?.modified()?;
    // One that may not be written to may still get another time, on most systems.
    let file = File::options().append(true).open(file).or_else(|_| File::open(file))?;
    file.set_modified(SystemTime::now().max(built) + ahead)
}
