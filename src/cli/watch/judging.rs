//! The runs behind the screen: what is judged, on a thread of its own, and how its verdicts are taken up.

use std::{
    sync::{Arc, mpsc},
    thread,
};

use workbook::report::Line;

use super::{Event, Watch};
use crate::cli::{
    cargo::Busy,
    course::Exercise,
    judge::{Judge, Judged},
    process::Overtaken,
    progress, source,
    workspace::Side,
};

/// What the current run is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Judging {
    Nothing,
    /// The current exercise, whose source has this hash.
    One(u64),
    All,
}

impl Watch<'_> {
    /// Sees to it that what is shown, or on its way, is about the file as it is now.
    pub(super) fn keep_up(&mut self) {
        let source = self.source_of(self.screen.current);
        if source != self.screen.source {
            self.screen.source = source;
            // A verdict that was remembered of the file as it was counts no more.
            self.screen.progress = progress::read(&self.workbook.workspace);
        }
        if self.judging == Judging::Nothing && self.screen.verdict().is_none() {
            self.judge();
        }
    }

    /// Takes up a verdict, which ends the run if it is over one exercise. One on an earlier save is of no use any more.
    pub(super) fn judged(&mut self, index: usize, judged: Judged) {
        if let Judging::One(_) = self.judging {
            self.judging = Judging::Nothing;
            self.screen.doing = None;
        }
        if judged.source != self.source_of(index) {
            return;
        }
        let name = &self.screen.course.exercises[index].name;
        progress::judged(&self.workbook.workspace, name, judged.status, judged.source);
        self.screen.progress = progress::read(&self.workbook.workspace);
        if index == self.screen.current {
            self.screen.judged = Some(judged);
            self.screen.live.clear();
        }
    }

    /// The hash of an exercise's file as it is now.
    pub(super) fn source_of(&self, index: usize) -> u64 {
        let file = Side::Exercise.file(&self.screen.course.exercises[index].name);
        source::hash_of(&self.workbook.workspace, &file)
    }

    /// Ends the current run and starts another over the current exercise.
    pub(super) fn judge(&mut self) {
        let index = self.screen.current;
        self.begin_run("checking …", Judging::One(self.source_of(index)));
        self.on_a_thread(move |watched| watched.judge(index).map(drop));
    }

    /// Ends the current run and starts one over all exercises.
    pub(super) fn judge_all(&mut self) {
        self.begin_run("checking all …", Judging::All);
        self.screen.note = None;
        self.on_a_thread(|watched| {
            watched.judge.prepare(&watched.course.iter().collect::<Vec<_>>())?;
            let count = watched.course.len();
            for index in 0..count {
                (watched.judge.busy)(&format!("checking {} of {count} …", index + 1));
                watched.judge(index)?;
            }
            let _ = watched.events.send(Event::AllJudged(watched.run));
            Ok(())
        });
    }

    fn begin_run(&mut self, doing: &str, judging: Judging) {
        self.end_run();
        self.judging = judging;
        self.screen.doing = Some(doing.into());
    }

    /// Ends the current run, with everything it started.
    pub(super) fn end_run(&mut self) {
        if self.judging == Judging::All {
            self.screen.note = Some("Not all exercises were checked: c starts again from the first.".into());
        }
        self.workbook.processes.end_all();
        self.run += 1;
        self.judging = Judging::Nothing;
        self.screen.doing = None;
        self.screen.live.clear();
    }

    fn on_a_thread(&self, work: impl FnOnce(&Watched) -> Result<(), Overtaken> + Send + 'static) {
        let (run, events) = (self.run, self.events.clone());
        let (workspace, ticket) = (self.workbook.workspace.clone(), self.workbook.processes.ticket());
        let course = self.screen.course.exercises.clone();
        thread::spawn(move || {
            let (busy_events, heard_events) = (events.clone(), events.clone());
            let busy: Busy = Arc::new(move |what| {
                let _ = busy_events.send(Event::Busy(run, what.to_string()));
            });
            let heard = move |line: &Line| {
                let _ = heard_events.send(Event::Heard(run, line.clone()));
            };
            let judge =
                Judge { workspace: &workspace, side: Side::Exercise, ticket: &ticket, busy: &busy, heard: &heard };
            // A run that was overtaken has nothing to say.
            let _ = work(&Watched { judge, course: &course, run, events: &events });
        });
    }
}

/// What a run works with.
struct Watched<'a> {
    judge: Judge<'a>,
    course: &'a [Exercise],
    run: u64,
    events: &'a mpsc::Sender<Event>,
}

impl Watched<'_> {
    fn judge(&self, index: usize) -> Result<(), Overtaken> {
        let judged = self.judge.judge(&self.course[index])?;
        let _ = self.events.send(Event::Judged(self.run, index, Box::new(judged)));
        Ok(())
    }
}
