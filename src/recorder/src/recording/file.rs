//! Recordings as files: JSON, written whole and read with suspicion.
//!
//! A file may be cut off, damaged, written by another version of the workbook or be something else altogether. Whatever
//! reads a [`Recording`] goes by its indices without asking, so a recording whose indices lead nowhere is not handed out.

use serde::Deserialize;
use serde_json::error::Category;

use super::{Recording, ResourceId, TaskId, VERSION};

/// Why a file is no recording that can be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// There is nothing in it.
    #[error("the recording is empty: record the program again")]
    Empty,
    /// It ends in the middle.
    #[error("the recording is cut off: the program was probably ended while it was being written; record it again")]
    CutOff,
    /// A later version of the workbook wrote it.
    #[error(
        "the recording was written by a newer workbook (format {version}, this one reads {VERSION}): update this one, \
         or record the program again"
    )]
    Newer {
        /// The format it is in.
        version: u32,
    },
    /// An earlier version of the workbook wrote it.
    #[error(
        "the recording was written by an older workbook (format {version}, this one reads {VERSION}): record the \
         program again"
    )]
    Older {
        /// The format it is in.
        version: u32,
    },
    /// It is not UTF-8, not JSON, no recording, or contradicts itself.
    #[error("this is no recording, or a damaged one: {0}; record the program again")]
    Damaged(String),
}

/// The only part that every version of the format has.
#[derive(Deserialize)]
struct Header {
    version: u32,
}

impl Recording {
    /// The recording as JSON, as [`Recording::read`] reads it.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("plain data with string keys can always be written")
    }

    /// Reads what [`Recording::to_json`] wrote.
    ///
    /// ```
    /// use workbook::{record, recording::{ReadError, Recording}};
    ///
    /// let recording = record::function(|| workbook::println!("hello")).recording;
    /// let json = recording.to_json();
    /// assert_eq!(Recording::read(json.as_bytes()).unwrap(), recording);
    /// assert!(matches!(Recording::read(&json.as_bytes()[..100]), Err(ReadError::CutOff)));
    /// ```
    ///
    /// # Errors
    /// If it is not a whole recording in the format of this [`VERSION`].
    pub fn read(bytes: &[u8]) -> Result<Recording, ReadError> {
        if bytes.trim_ascii().is_empty() {
            return Err(ReadError::Empty);
        }
        // The version first: another format may have other fields, which is not the same as being damaged.
        let Header { version } = serde_json::from_slice(bytes).map_err(unreadable)?;
        if version > VERSION {
            return Err(ReadError::Newer { version });
        }
        if version < VERSION {
            return Err(ReadError::Older { version });
        }
        let recording: Recording = serde_json::from_slice(bytes).map_err(unreadable)?;
        match recording.contradiction() {
            None => Ok(recording),
            Some(what) => Err(ReadError::Damaged(what)),
        }
    }

    /// The first index that leads nowhere, and the first thing that ends before it begins.
    fn contradiction(&self) -> Option<String> {
        let unknown_task = self.task_ids().find(|task| task.0 >= self.tasks.len());
        if let Some(TaskId(task)) = unknown_task {
            return Some(format!("it speaks of task {task} and has {} tasks", self.tasks.len()));
        }
        let unknown_resource = self.resource_ids().find(|resource| resource.0 >= self.resources.len());
        if let Some(ResourceId(resource)) = unknown_resource {
            return Some(format!("it speaks of resource {resource} and has {} resources", self.resources.len()));
        }
        let waits = self.waits.iter().filter_map(|wait| Some((wait.began, wait.end?.at)));
        let polls = self.polls.iter().map(|poll| (poll.began, poll.ended));
        let blocks = self.blocks.iter().map(|block| (block.began, block.ended));
        let holds = self.holds.iter().filter_map(|hold| Some((hold.from, hold.until?)));
        let stalls = self.stalls.iter().filter_map(|stall| Some((stall.began, stall.ended?)));
        let lives = self.tasks.iter().filter_map(|task| Some((task.spawned, task.end.as_ref()?.at)));
        let stretches = self.real_time.iter().map(|stretch| (stretch.from, stretch.until));
        let mut spans = waits.chain(polls).chain(blocks).chain(holds).chain(stalls).chain(lives).chain(stretches);
        let backwards = |(began, ended): &(super::Moment, super::Moment)| began.step > ended.step || began > ended;
        let (began, ended) = spans.find(backwards)?;
        Some(format!("something in it ends at step {} and begins at step {}", ended.step, began.step))
    }

    /// Every task that anything in the recording names.
    fn task_ids(&self) -> impl Iterator<Item = TaskId> {
        let spawners = self.tasks.iter().filter_map(|task| task.spawned_by);
        let waits = self.waits.iter().map(|wait| wait.task);
        let wakes = self.wakes.iter().flat_map(|wake| [Some(wake.task), wake.by]).flatten();
        let polls = self.polls.iter().map(|poll| poll.task);
        let prints = self.prints.iter().filter_map(|print| print.task);
        let blocks = self.blocks.iter().filter_map(|block| block.task);
        let panics = self.panics.iter().filter_map(|panic| panic.task);
        let holds = self.holds.iter().filter_map(|hold| hold.task);
        let unpolled = self.unpolled.iter().filter_map(|timer| timer.task);
        let stalls = self.stalls.iter().map(|stall| stall.task);
        let lists = spawners.chain(waits).chain(wakes).chain(polls).chain(prints);
        let lags = self.lags.iter().filter_map(|lag| lag.task);
        let ticks = self.overdue_ticks.iter().map(|tick| tick.task);
        let lost = self.lost_values.iter().map(|lost| lost.task);
        let rounds = self.rounds.iter().map(|round| round.task);
        let lists = lists.chain(self.held_up_by.iter().copied()).chain(lags).chain(ticks).chain(lost).chain(rounds);
        lists.chain(blocks).chain(panics).chain(holds).chain(unpolled).chain(stalls)
    }

    /// Every resource that anything in the recording names.
    fn resource_ids(&self) -> impl Iterator<Item = ResourceId> {
        let waits = self.waits.iter().filter_map(|wait| wait.resource);
        waits.chain(self.holds.iter().map(|hold| hold.resource))
    }
}

fn unreadable(error: serde_json::Error) -> ReadError {
    match error.classify() {
        Category::Eof => ReadError::CutOff,
        _ => ReadError::Damaged(error.to_string()),
    }
}
