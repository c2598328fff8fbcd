//! What is remembered between two commands, in `.workbook/progress.json`: the last verdicts and the hints given.
//!
//! Losing it loses no work of the learner, so nothing here fails: a damaged file is set aside, one that cannot be
//! written is mentioned once.

use std::{
    collections::BTreeMap,
    fs, io,
    sync::{Mutex, Once, PoisonError},
    time::SystemTime,
};

use serde::{Deserialize, Deserializer, Serialize, de::Error};
use serde_json::{Map, Value};
use workbook::{report::Status, whole_file};

use super::{
    course::{Course, Exercise},
    output, source,
    workspace::{Side, Workspace},
};

/// The folder of everything that belongs to one learner and not to the repository.
pub(crate) const FOLDER: &str = ".workbook";

const FILE: &str = ".workbook/progress.json";
const DAMAGED: &str = ".workbook/progress.damaged";

/// What is remembered.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Progress {
    /// When the first verdict came.
    pub(crate) began: Option<SystemTime>,
    #[serde(deserialize_with = "field_by_field")]
    exercises: BTreeMap<String, Entry>,
}

/// What is remembered of one exercise.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Entry {
    /// The last verdict.
    pub(crate) status: Option<Status>,
    /// The hash of the source that it is about; none where an earlier version of the workbook wrote it down.
    pub(crate) judged: Option<u64>,
    /// How many hints were given.
    pub(crate) hints: usize,
    /// How many verdicts there were.
    pub(crate) verdicts: usize,
    /// When it passed for the first time.
    pub(crate) passed: Option<SystemTime>,
    /// The copy of the learner's file that the last reset made, relative to the root.
    pub(crate) kept: Option<String>,
}

impl Progress {
    /// What is remembered of an exercise.
    pub(crate) fn entry(&mut self, name: &str) -> &mut Entry {
        self.exercises.entry(name.to_string()).or_default()
    }

    /// What is remembered of the exercises of a course.
    pub(crate) fn entries<'a>(&'a self, course: &'a Course) -> impl Iterator<Item = &'a Entry> {
        course.exercises.iter().filter_map(|exercise| self.exercises.get(&exercise.name))
    }

    /// How many exercises have passed.
    pub(crate) fn passed(&self, course: &Course) -> usize {
        course.exercises.iter().filter(|exercise| self.has_passed(exercise)).count()
    }

    /// The last verdict on an exercise.
    pub(crate) fn status(&self, exercise: &Exercise) -> Option<Status> {
        self.exercises.get(&exercise.name)?.status
    }

    /// How many hints were given for an exercise.
    pub(crate) fn hints(&self, exercise: &Exercise) -> usize {
        self.exercises.get(&exercise.name).map_or(0, |entry| entry.hints)
    }

    pub(crate) fn has_passed(&self, exercise: &Exercise) -> bool {
        self.status(exercise) == Some(Status::Passed)
    }

    /// The first exercise that has not passed yet, counted from one on and around; none if all have.
    pub(crate) fn next_open(&self, course: &Course, from: usize) -> Option<usize> {
        let count = course.exercises.len();
        (from..from + count).map(|index| index % count).find(|&index| !self.has_passed(&course.exercises[index]))
    }
}

/// Reads what is remembered. A verdict on a file that has changed since is none.
pub(crate) fn read(workspace: &Workspace) -> Progress {
    let mut progress = stored(workspace);
    for (name, entry) in &mut progress.exercises {
        let is_of = |judged| judged == source::hash_of(workspace, &Side::Exercise.file(name));
        entry.status = entry.status.filter(|_| entry.judged.is_none_or(is_of));
    }
    progress
}

/// What is remembered, whatever has become of the files: a learner may take a change back.
fn stored(workspace: &Workspace) -> Progress {
    let path = workspace.path(FILE);
    let text = match fs::read(&path) {
        Ok(text) => text,
        Err(error) => {
            if error.kind() != io::ErrorKind::NotFound {
                mention_once(&format!("your progress cannot be read from {FILE}: {error}"));
            }
            return Progress::default();
        }
    };
    serde_json::from_slice(&text).unwrap_or_else(|_| {
        let _ = fs::rename(&path, workspace.path(DAMAGED));
        mention_once(&format!("{FILE} was damaged, so your progress starts afresh; the old file is kept as {DAMAGED}"));
        Progress::default()
    })
}

/// Reads the entries so that what makes no sense in one costs that field and no more: a newer workbook may write words
/// which this one does not know.
fn field_by_field<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, Entry>, D::Error> {
    let entries = BTreeMap::<String, Map<String, Value>>::deserialize(from)?;
    let entry = |mut fields: Map<String, Value>| {
        fields.retain(|name, value| {
            let alone = Map::from_iter([(name.clone(), value.clone())]);
            Entry::deserialize(Value::Object(alone)).is_ok()
        });
        Entry::deserialize(Value::Object(fields)).map_err(D::Error::custom)
    };
    entries.into_iter().map(|(name, fields)| Ok((name, entry(fields)?))).collect()
}

/// True if nothing has ever been remembered: the learner is new here.
pub(crate) fn is_blank(workspace: &Workspace) -> bool {
    !workspace.path(FILE).exists() && !workspace.path(DAMAGED).exists()
}

/// Remembers a verdict, and the hash of the source that it is about.
pub(crate) fn judged(workspace: &Workspace, name: &str, status: Status, source: u64) {
    update(workspace, |progress| {
        let now = SystemTime::now();
        progress.began.get_or_insert(now);
        let entry = progress.entry(name);
        (entry.status, entry.judged) = (Some(status), Some(source));
        entry.verdicts = entry.verdicts.saturating_add(1);
        if status == Status::Passed {
            entry.passed.get_or_insert(now);
        }
    });
}

/// Changes what is remembered. It is read anew each time, since a second command may be at work in another terminal.
pub(crate) fn update<T>(workspace: &Workspace, change: impl FnOnce(&mut Progress) -> T) -> T {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let mut progress = stored(workspace);
    let result = change(&mut progress);
    let written = fs::create_dir_all(workspace.path(FOLDER))
        .and_then(|()| whole_file::write(&workspace.path(FILE), &serde_json::to_vec_pretty(&progress)?));
    if let Err(error) = written {
        mention_once(&format!("your progress cannot be written to {FILE}: {error}"));
    }
    result
}

fn mention_once(sentence: &str) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| output::complain(sentence));
}
