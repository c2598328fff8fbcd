//! What a picture shows, as plain data that every picture shares: which tasks have a lane, which waits lie on it, and what
//! is folded where there are too many. It knows nothing of columns, pixels and colours.

mod allot;
mod fold;
mod gather;

use super::{axis::Axis, crowd::Crowd};
use crate::recording::{Location, Recording, TaskId, WaitKind};

/// The layout of a picture.
pub(super) struct Picture<'a> {
    /// What it is of.
    pub(super) recording: &'a Recording,
    /// Where moments lie.
    pub(super) axis: Axis,
    /// The tasks shown, in the order they were spawned.
    pub(super) groups: Vec<Group<'a>>,
    /// What is not drawn one by one; none if everything is.
    pub(super) rest: Option<Rest<'a>>,
}

/// A task, or several that look the same.
pub(super) struct Group<'a> {
    /// The task, the first of those alike; none for code that ran outside every task.
    pub(super) task: Option<TaskId>,
    /// Its name, safe to show.
    pub(super) name: String,
    /// The tasks that look like it and are not drawn.
    pub(super) others: Vec<TaskId>,
    /// Its waits; at least one lane, which may be empty.
    pub(super) lanes: Vec<Lane<'a>>,
    /// How many lanes more it has.
    pub(super) lanes_left_out: usize,
    /// When it was spawned.
    pub(super) born: u64,
    /// How and when it ended.
    pub(super) end: End,
    /// What it printed, line by line, safe to show.
    pub(super) prints: Vec<(u64, String)>,
    /// How many lines those that look like it printed.
    pub(super) prints_of_others: usize,
    /// When another task of the program woke it, and which.
    pub(super) wakes: Vec<(u64, TaskId)>,
}

/// Waits of one task that do not overlap.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Lane<'a> {
    pub(super) bars: Vec<Bar<'a>>,
    /// How many lanes of the task look like this, itself included.
    pub(super) alike: usize,
}

/// A stretch of a lane.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Bar<'a> {
    pub(super) what: What<'a>,
    pub(super) from: u64,
    pub(super) to: u64,
    pub(super) finish: Finish,
    /// The line of the program.
    pub(super) line: Option<&'a Location>,
}

/// What fills a stretch of a lane.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum What<'a> {
    /// The task waits.
    Wait(&'a WaitKind),
    /// The task blocks its thread.
    Blocked,
}

/// How a stretch ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Finish {
    /// What was waited for came.
    Ready,
    /// The wait was dropped first.
    Dropped,
    /// It was still going on when the program ended.
    Open,
    /// It was still going on when nothing was left that could have ended it.
    Stuck,
}

/// The end of a task.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    pub(super) at: u64,
    pub(super) how: Ended,
}

/// How a task ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    Finished,
    Panicked,
    Dropped,
    /// It was still alive when the program ended.
    Alive,
    /// Nothing is known of it: it is the code outside every task.
    Unseen,
}

/// What is counted instead of drawn.
pub(super) struct Rest<'a> {
    /// How many tasks are left out.
    pub(super) tasks: usize,
    /// Where they were spawned.
    pub(super) places: Vec<&'a Location>,
    /// How many waited at each moment, of all tasks of the program, shown or not.
    pub(super) crowd: Crowd,
}

impl<'a> Picture<'a> {
    /// The layout of a recording.
    pub(super) fn new(recording: &'a Recording) -> Self {
        let axis = Axis::new(recording, gather::moments(recording));
        let (groups, rest) = fold::fold(recording, gather::groups(recording, &axis));
        let mut picture = Self { recording, axis, groups, rest };
        gather::add_notes(&mut picture);
        picture
    }

    /// Every stretch that is drawn.
    pub(super) fn bars(&self) -> impl Iterator<Item = &Bar<'a>> {
        self.groups.iter().flat_map(|group| &group.lanes).flat_map(|lane| &lane.bars)
    }
}

impl Group<'_> {
    /// What stands before it: its name, and how many there are of it.
    pub(super) fn title(&self) -> String {
        match self.others.len() {
            0 => self.name.clone(),
            others => format!("{} × {}", self.name, others + 1),
        }
    }
}

impl Lane<'_> {
    /// What lies on it, as `12 × sleep, 4 × send`.
    pub(super) fn in_words(&self) -> String {
        let mut counts: Vec<(String, usize)> = Vec::new();
        for label in self.bars.iter().map(|bar| bar.what.label()) {
            match counts.iter_mut().find(|(counted, _)| *counted == label) {
                Some((_, count)) => *count += self.alike,
                None => counts.push((label, self.alike)),
            }
        }
        let text =
            |(label, count): &(String, usize)| if *count == 1 { label.clone() } else { format!("{count} × {label}") };
        counts.iter().map(text).collect::<Vec<_>>().join(", ")
    }
}

impl Finish {
    /// True if it never came to an end.
    pub(super) fn is_never(self) -> bool {
        matches!(self, Self::Open | Self::Stuck)
    }
}

impl What<'_> {
    /// What is written on it.
    pub(super) fn label(self) -> String {
        match self {
            Self::Wait(kind) => kind.to_string(),
            Self::Blocked => "blocked".to_string(),
        }
    }
}
