//! `workbook` without a command: shows the current exercise and judges it again on every save.
//!
//! Saves, keys and verdicts come in as events on one channel; the loop here is the only one that changes what is
//! shown. A save in the middle of a run ends that run and starts another, so the verdict on screen is always about
//! what was saved last.

mod keys;
mod lent;
mod saves;
mod screen;
mod terminal;

use std::{
    collections::BTreeSet,
    io::IsTerminal,
    sync::{Arc, mpsc},
    thread,
};

use anyhow::Context;

use super::{
    Passed, Workbook,
    cargo::Busy,
    hint,
    judge::{Judge, Judged},
    list,
    look::Depth,
    output, progress,
    workspace::Side,
};
use keys::{Key, Keys};
pub(crate) use terminal::restore as restore_terminal;

/// Something that happened.
enum Event {
    /// Exercises, by name, whose files were written, renamed or removed.
    Saved(BTreeSet<String>),
    Key(Key),
    /// The terminal has another size.
    Resized,
    /// A run, by its number, is busy with something that takes long.
    Busy(u64, String),
    /// A run, by its number, has come to a verdict.
    Judged(u64, Box<Judged>),
}

/// What the screen shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    /// The current exercise with its verdict.
    Exercise,
    /// The current exercise with the pictures of all its runs.
    Pictures,
    /// The list of all exercises.
    List,
    /// What a program has printed, until a key is pressed.
    Program,
}

/// The state of the screen and of the run behind it.
struct Watch<'a> {
    workbook: &'a Workbook,
    events: mpsc::Sender<Event>,
    keys: Keys,
    /// The current exercise, as an index into the course.
    current: usize,
    view: View,
    /// The last verdict on the current exercise; kept on screen while a newer run is on its way.
    judged: Option<Judged>,
    hint: Option<String>,
    /// Numbers the runs; events of earlier ones are of no interest.
    run: u64,
    /// What the current run is doing; none once it is over.
    doing: Option<String>,
    /// The source that the current run judges.
    source: Option<Vec<u8>>,
}

/// Watches until the learner quits; without a terminal, says where things stand and what to type.
pub(crate) fn watch(workbook: &Workbook) -> anyhow::Result<Passed> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Ok(status(workbook));
    }
    let (events, incoming) = mpsc::channel();
    let _watcher = saves::watch(&workbook.workspace, events.clone()).context("saves cannot be watched for")?;
    let current = progress::read(&workbook.workspace).next_open(&workbook.course, 0);
    output::hold_back();
    let terminal = terminal::Guard::enter().context("the terminal cannot be used")?;
    let keys = Keys::read(events.clone());
    let view = if current.is_some() { View::Exercise } else { View::List };
    let current = current.unwrap_or(0);
    let (judged, hint, doing, source) = (None, None, None, None);
    let mut watch = Watch { workbook, events, keys, current, view, judged, hint, run: 0, doing, source };
    watch.judge();
    while let Ok(event) = incoming.recv() {
        if watch.handle(event)? == Then::Quit {
            break;
        }
    }
    workbook.processes.end_all();
    drop(terminal);
    output::let_go();
    Ok(status(workbook))
}

/// Whether to go on.
#[derive(PartialEq, Eq)]
enum Then {
    GoOn,
    Quit,
}

impl Watch<'_> {
    fn handle(&mut self, event: Event) -> anyhow::Result<Then> {
        match event {
            Event::Key(key) => return self.press(key),
            Event::Resized if self.view == View::Program => {}
            Event::Resized => self.draw(),
            Event::Saved(names) => self.saved(&names),
            Event::Busy(run, what) if run == self.run && self.doing.is_some() => {
                self.doing = Some(what);
                self.draw();
            }
            Event::Judged(run, judged) if run == self.run => {
                self.doing = None;
                self.source = None;
                let (name, status) = (&self.exercise().name, Some(judged.status));
                progress::update(&self.workbook.workspace, |progress| progress.entry(name).status = status);
                self.judged = Some(*judged);
                self.draw();
            }
            Event::Busy(..) | Event::Judged(..) => {}
        }
        Ok(Then::GoOn)
    }

    fn press(&mut self, key: Key) -> anyhow::Result<Then> {
        if key == Key::Quit {
            return Ok(Then::Quit);
        }
        if self.view == View::Program {
            self.view = View::Exercise;
            self.draw();
            return Ok(Then::GoOn);
        }
        match key {
            Key::Next => self.go(self.next()),
            Key::Previous => self.go((self.current + self.count() - 1) % self.count()),
            Key::Again => self.judge(),
            Key::Hint => {
                self.hint = hint::next(&self.workbook.workspace, self.exercise(), None);
                self.show(View::Exercise);
            }
            Key::List => self.toggle(View::List),
            Key::Picture => self.toggle(View::Pictures),
            Key::Run => self.run_program()?,
            Key::Book => self.open_chapter()?,
            Key::Quit | Key::Other => {}
        }
        Ok(Then::GoOn)
    }

    fn exercise(&self) -> &super::course::Exercise {
        &self.workbook.course.exercises[self.current]
    }

    fn count(&self) -> usize {
        self.workbook.course.exercises.len()
    }

    /// The next open exercise if this one has passed; otherwise just the next one.
    fn next(&self) -> usize {
        let following = (self.current + 1) % self.count();
        let progress = progress::read(&self.workbook.workspace);
        let open = progress.next_open(&self.workbook.course, following);
        open.filter(|_| progress.has_passed(self.exercise())).unwrap_or(following)
    }

    fn go(&mut self, index: usize) {
        if index != self.current {
            self.current = index;
            self.judged = None;
        }
        self.hint = None;
        self.view = View::Exercise;
        self.judge();
    }

    /// Shows a view, or the exercise if that view is shown already.
    fn toggle(&mut self, view: View) {
        self.show(if self.view == view { View::Exercise } else { view });
    }

    fn show(&mut self, view: View) {
        self.view = view;
        self.draw();
    }

    /// A save of the current exercise judges it again; a save of one other exercise moves there.
    fn saved(&mut self, names: &BTreeSet<String>) {
        if names.contains(&self.exercise().name) {
            let same = self.source.is_some() && self.source == self.read_source();
            if !same {
                self.hint = None;
                self.view = View::Exercise;
                self.judge();
            }
            return;
        }
        let exercises = self.workbook.course.exercises.iter();
        let saved: Vec<usize> = exercises
            .enumerate()
            .filter(|(_, exercise)| names.contains(&exercise.name))
            .map(|(index, _)| index)
            .collect();
        // Several at once are not one learner's save but a checkout.
        if let [index] = saved[..] {
            self.go(index);
        }
    }

    fn read_source(&self) -> Option<Vec<u8>> {
        std::fs::read(self.workbook.workspace.path(&Side::Exercise.file(&self.exercise().name))).ok()
    }

    /// Ends the current run and starts another, on a thread of its own.
    fn judge(&mut self) {
        self.workbook.processes.end_all();
        self.run += 1;
        self.source = self.read_source();
        self.doing = Some("checking …".into());
        let (run, events, exercise) = (self.run, self.events.clone(), self.exercise().clone());
        let (workspace, ticket) = (self.workbook.workspace.clone(), self.workbook.processes.ticket());
        thread::spawn(move || {
            let busy_events = events.clone();
            let busy: Busy = Arc::new(move |what| {
                let _ = busy_events.send(Event::Busy(run, what.to_string()));
            });
            let judge = Judge { workspace: &workspace, side: Side::Exercise, ticket: &ticket, busy: &busy };
            // A run that was overtaken has nothing to say.
            if let Ok(judged) = judge.judge(&exercise) {
                let _ = events.send(Event::Judged(run, Box::new(judged)));
            }
        });
        self.draw();
    }

    fn draw(&self) {
        let (columns, rows) = terminal::size();
        let text = match self.view {
            View::Program => return,
            View::List => {
                let progress = progress::read(&self.workbook.workspace);
                list::overview(&self.workbook.course, &progress, Some(self.current))
            }
            View::Exercise => screen::exercise(self, Depth::First, columns),
            View::Pictures => screen::exercise(self, Depth::Pictures, columns),
        };
        terminal::draw(&screen::fitted(&text, &screen::keys(self, columns), columns, rows));
    }
}

/// Where the learner stands and what to type next.
fn status(workbook: &Workbook) -> Passed {
    let progress = progress::read(&workbook.workspace);
    let exercises = &workbook.course.exercises;
    let passed = exercises.iter().filter(|exercise| progress.has_passed(exercise)).count();
    let mut text = format!("{passed} of {} exercises passed.\n", exercises.len());
    if let Some(index) = progress.next_open(&workbook.course, 0) {
        let next = &exercises[index];
        text += &format!("Next: {}\n", Side::Exercise.file(&next.name));
        text += &format!("  {:<28} judges it\n", output::typed(&format!("check {}", next.short())));
        text += &format!("  {:<28} gives a hint\n", output::typed(&format!("hint {}", next.short())));
    }
    text += &format!("  {:<28} shows all commands\n", output::typed("--help"));
    output::print(&text);
    Passed::Yes
}
