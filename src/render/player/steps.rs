//! What happened, in order, cut into steps.

mod happenings;

use super::{
    schema::{Change, PlayerStep, SpanState, TaskState, WaitState},
    shown::Shown,
};
use crate::recording::{Clock, How, Location};
use happenings::{Happening, happenings};

/// On the real clock, so long without anything is a wait and not just the time that things take.
const IDLE_NANOS: u64 = 1_000_000;

/// All steps. A step begins with each poll and with each jump of the clock; what happens between two polls, as the wakes
/// of a task that has just ended, belongs to the one before.
pub(super) fn steps(shown: &Shown) -> Vec<PlayerStep> {
    let mut stage = Stage {
        clock: shown.recording.clock,
        nanos: 0,
        tasks: shown.each_task().map(|_| Actor::default()).collect(),
        polled: Vec::new(),
        steps: vec![PlayerStep { nanos: 0, task: None, changes: Vec::new() }],
    };
    for (moment, happening) in happenings(shown) {
        stage.idles(moment.nanos);
        if let Happening::PollBegins { task } = happening {
            stage.begin_step(Some(task));
        }
        stage.time_passes(moment.nanos);
        stage.take(happening);
    }
    stage.time_passes(shown.recording.ended.nanos);
    stage.steps.retain(|step| !step.changes.is_empty());
    stage.steps
}

/// A task, as far as the steps have come.
struct Actor {
    state: TaskState,
    line: Option<Location>,
    /// Woken while it was polled: it is ready again at the poll's end.
    woken: bool,
}

impl Default for Actor {
    fn default() -> Self {
        Self { state: TaskState::Unborn, line: None, woken: false }
    }
}

struct Stage {
    clock: Clock,
    nanos: u64,
    tasks: Vec<Actor>,
    /// The tasks that are polled, the last to begin at the end; several on several threads.
    polled: Vec<usize>,
    /// The last is the one that is being made.
    steps: Vec<PlayerStep>,
}

impl Stage {
    /// A step of its own for the time in which nothing happens.
    fn idles(&mut self, until: u64) {
        let past = until.saturating_sub(self.nanos);
        let idle = self.polled.is_empty() && past >= IDLE_NANOS;
        if past > 0 && (self.clock == Clock::Virtual || idle) {
            self.begin_step(self.polled.last().copied());
            self.time_passes(until);
        }
    }

    fn begin_step(&mut self, task: Option<usize>) {
        // What the program begins with, the birth of its main task, is no step of its own.
        let nothing_yet = self.step().changes.iter().all(|change| matches!(change, Change::Task { .. }));
        if self.steps.len() == 1 && self.step().task.is_none() && nothing_yet {
            self.step().task = task;
            return;
        }
        self.steps.push(PlayerStep { nanos: self.nanos, task, changes: Vec::new() });
    }

    fn time_passes(&mut self, nanos: u64) {
        if nanos <= self.nanos {
            return;
        }
        let from = std::mem::replace(&mut self.nanos, nanos);
        self.step().nanos = nanos;
        // The real clock moves with everything that happens; within a step once is enough.
        match self.step().changes.iter_mut().find(|change| matches!(change, Change::Clock { .. })) {
            Some(Change::Clock { to, .. }) => *to = nanos,
            _ => self.step().changes.push(Change::Clock { from, to: nanos }),
        }
    }

    fn step(&mut self) -> &mut PlayerStep {
        self.steps.last_mut().expect("there is a step from the start")
    }

    fn take(&mut self, happening: Happening) {
        match happening {
            Happening::Spawned { task } => self.becomes(task, TaskState::Ready),
            Happening::PollBegins { task } => {
                self.polled.push(task);
                self.tasks[task].woken = false;
                self.becomes(task, TaskState::Running);
            }
            Happening::PollEnds { task, last } => {
                self.polled.retain(|polled| *polled != task);
                let then = if self.tasks[task].woken { TaskState::Ready } else { TaskState::Waiting };
                // Of the last poll of all, the task's end tells what came.
                if !last {
                    self.becomes(task, then);
                }
            }
            Happening::TaskEnds { task, how } => {
                self.is_at(task, None);
                self.becomes(
                    task,
                    match how {
                        How::Finished => TaskState::Finished,
                        How::Panicked => TaskState::Panicked,
                        How::Dropped => TaskState::Dropped,
                    },
                );
            }
            Happening::WaitBegins { wait, task, line } => {
                self.is_at(task, Some(line));
                self.change(Change::Wait { wait, from: WaitState::NotBegun, to: WaitState::Open });
            }
            Happening::WaitEnds { wait, ready } => {
                let to = if ready { WaitState::Ready } else { WaitState::Dropped };
                self.change(Change::Wait { wait, from: WaitState::Open, to });
            }
            Happening::Woken { task, by } => self.woken(task, by),
            Happening::Printed { print, task, line } => {
                task.into_iter().for_each(|task| self.is_at(task, Some(line.clone())));
                self.change(Change::Print { print });
            }
            Happening::BlockBegins { block, task, line } => {
                task.into_iter().for_each(|task| self.is_at(task, Some(line.clone())));
                self.change(Change::Block { block, from: SpanState::NotBegun, to: SpanState::Open });
            }
            Happening::BlockEnds { block, .. } => {
                self.change(Change::Block { block, from: SpanState::Open, to: SpanState::Ended });
            }
        }
    }

    fn change(&mut self, change: Change) {
        self.step().changes.push(change);
    }

    fn becomes(&mut self, task: usize, to: TaskState) {
        let from = std::mem::replace(&mut self.tasks[task].state, to);
        if from != to {
            self.change(Change::Task { task, from, to });
        }
    }

    fn is_at(&mut self, task: usize, to: Option<Location>) {
        if self.tasks[task].line != to {
            let from = std::mem::replace(&mut self.tasks[task].line, to.clone());
            self.change(Change::Line { task, from, to });
        }
    }

    fn woken(&mut self, task: usize, by: Option<usize>) {
        self.change(Change::Wake { task, by });
        match self.tasks[task].state {
            TaskState::Waiting => self.becomes(task, TaskState::Ready),
            TaskState::Running => self.tasks[task].woken = true,
            _ => {}
        }
    }
}
