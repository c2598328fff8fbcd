//! `workbook` without a command: shows the current exercise and judges it again on every save.
//!
//! Saves, keys and verdicts come in as events on one channel; the loop here is the only one that changes what is
//! shown. A save in the middle of a run ends that run and starts another, so the verdict on screen is always about
//! what was saved last.

mod editor;
mod keys;
mod lent;
mod links;
mod press;
mod saves;
mod screen;
mod terminal;
mod view;

use std::{
    collections::BTreeSet,
    io::IsTerminal,
    sync::{Arc, mpsc},
    thread,
};

use anyhow::Context;
use crossterm::event::KeyEvent;
use workbook::report::Line;

use super::{
    Passed, Workbook,
    cargo::Busy,
    judge::{Judge, Judged},
    output, progress,
    workspace::Side,
};
use keys::Keys;
use screen::{Screen, View};
use terminal::Terminal;
#[cfg(unix)]
pub(crate) use terminal::restore as restore_terminal;

/// Something that happened.
enum Event {
    /// Exercises, by name, whose files were written, renamed or removed.
    Saved(BTreeSet<String>),
    /// The file system tells of no saves, so the files are looked at.
    FilesAreLookedAt,
    Key(KeyEvent),
    /// The terminal has another size.
    Resized,
    TerminalGone,
    /// A run, by its number, is busy with something that takes long.
    Busy(u64, String),
    /// A check of a run has started or ended.
    Heard(u64, Line),
    /// A run has come to a verdict on an exercise, by its index.
    Judged(u64, usize, Box<Judged>),
    /// A run over all exercises is done.
    AllJudged(u64),
}

/// The state of the screen and of the run behind it.
struct Watch<'a> {
    workbook: &'a Workbook,
    events: mpsc::Sender<Event>,
    keys: Keys,
    terminal: Terminal,
    screen: Screen,
    /// Numbers the runs; events of earlier ones are of no interest.
    run: u64,
    /// The source that the current run judges, as long as it does.
    source: Option<Vec<u8>>,
}

/// Watches until the learner quits; without a terminal, says where things stand and what to type.
///
/// Where `only_look` is true, the file system is not asked to tell of saves.
pub(crate) fn watch(workbook: &Workbook, only_look: bool) -> anyhow::Result<Passed> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Ok(status(workbook));
    }
    output::hold_back();
    let (events, incoming) = mpsc::channel();
    let _saves = saves::watch(&workbook.workspace.path(Side::Exercise.package()), only_look, events.clone());
    let welcome = progress::is_blank(&workbook.workspace);
    let progress = progress::read(&workbook.workspace);
    let open = progress.next_open(&workbook.course, 0);
    let mut screen = Screen::new(workbook.workspace.clone(), workbook.course.clone(), progress);
    screen.welcome = welcome;
    screen.current = open.unwrap_or(0);
    screen.show(if open.is_some() { View::Exercise } else { View::Summary });
    let terminal = Terminal::take().context("the terminal cannot be used")?;
    let keys = Keys::read(events.clone());
    let mut watch = Watch { workbook, events, keys, terminal, screen, run: 0, source: None };
    watch.judge();
    watch.draw()?;
    while let Ok(event) = incoming.recv() {
        // What came in the meantime is drawn once.
        let more = std::iter::from_fn(|| incoming.try_recv().ok());
        let mut then = Then::GoOn;
        for event in std::iter::once(event).chain(more) {
            if then == Then::GoOn {
                then = watch.handle(event)?;
            }
        }
        if then == Then::Quit {
            break;
        }
        watch.draw()?;
    }
    workbook.processes.end_all();
    drop(watch);
    output::let_go();
    Ok(status(workbook))
}

/// Whether to go on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    GoOn,
    Quit,
}

impl Watch<'_> {
    fn handle(&mut self, event: Event) -> anyhow::Result<Then> {
        match event {
            Event::Key(key) => return self.press(key),
            Event::TerminalGone => return Ok(Then::Quit),
            Event::Resized => {}
            Event::Saved(names) => self.saved(&names),
            Event::FilesAreLookedAt => {
                let how =
                    "No word of saves comes from the file system, so the files are looked at five times a second.";
                self.screen.note = Some(how.into());
            }
            Event::Busy(run, what) if run == self.run && self.screen.doing.is_some() => self.screen.doing = Some(what),
            Event::Heard(run, line) if run == self.run => self.screen.hear(line),
            Event::Judged(run, index, judged) if run == self.run => self.judged(index, *judged),
            Event::AllJudged(run) if run == self.run => {
                self.screen.doing = None;
                let (passed, count) =
                    (self.screen.progress.passed(&self.screen.course), self.screen.course.exercises.len());
                self.screen.note = Some(format!("All were checked: {passed} of {count} pass."));
            }
            Event::Busy(..) | Event::Heard(..) | Event::Judged(..) | Event::AllJudged(..) => {}
        }
        Ok(Then::GoOn)
    }

    fn draw(&mut self) -> anyhow::Result<()> {
        if self.screen.view != View::Program {
            self.terminal.draw(&mut self.screen).context("the terminal cannot be drawn on")?;
        }
        Ok(())
    }

    /// Takes up a verdict, which ends the run if it is over one exercise.
    fn judged(&mut self, index: usize, judged: Judged) {
        let name = &self.screen.course.exercises[index].name;
        progress::judged(&self.workbook.workspace, name, judged.status);
        self.screen.progress = progress::read(&self.workbook.workspace);
        if index == self.screen.current {
            self.screen.judged = Some(judged);
            self.screen.live.clear();
        }
        if self.source.take().is_some() {
            self.screen.doing = None;
        }
    }

    /// A save of the current exercise judges it again; a save of one other exercise moves there.
    fn saved(&mut self, names: &BTreeSet<String>) {
        if names.contains(&self.screen.exercise().name) {
            let same = self.source.is_some() && self.source == self.read_source();
            if !same {
                self.screen.hint = None;
                if self.screen.view != View::Program {
                    self.screen.show(View::Exercise);
                }
                self.judge();
            }
            return;
        }
        let exercises = self.screen.course.exercises.iter().enumerate();
        let saved = exercises.filter(|(_, exercise)| names.contains(&exercise.name));
        let saved: Vec<usize> = saved.map(|(index, _)| index).collect();
        // Several at once are not one learner's save but a checkout.
        if let [index] = saved[..] {
            self.go(index);
        }
    }

    fn read_source(&self) -> Option<Vec<u8>> {
        let file = Side::Exercise.file(&self.screen.exercise().name);
        // What is missing is judged too.
        Some(std::fs::read(self.workbook.workspace.path(&file)).unwrap_or_default())
    }

    /// Moves to an exercise and judges it.
    fn go(&mut self, index: usize) {
        if index != self.screen.current {
            self.screen.current = index;
            self.screen.judged = None;
            self.screen.welcome = false;
        }
        self.screen.hint = None;
        self.screen.show(View::Exercise);
        self.judge();
    }

    /// Ends the current run and starts another over the current exercise.
    fn judge(&mut self) {
        self.begin_run("checking …");
        self.source = self.read_source();
        let index = self.screen.current;
        self.on_a_thread(move |watched| watched.judge(index).map(drop));
    }

    /// Ends the current run and starts one over all exercises.
    fn judge_all(&mut self) {
        self.begin_run("checking all …");
        self.source = None;
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

    fn begin_run(&mut self, doing: &str) {
        self.end_run();
        self.screen.doing = Some(doing.into());
    }

    /// Ends the current run, with everything it started.
    fn end_run(&mut self) {
        self.workbook.processes.end_all();
        self.run += 1;
        self.source = None;
        self.screen.doing = None;
        self.screen.live.clear();
    }

    fn on_a_thread(&self, work: impl FnOnce(&Watched) -> Result<(), super::process::Overtaken> + Send + 'static) {
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
    course: &'a [super::course::Exercise],
    run: u64,
    events: &'a mpsc::Sender<Event>,
}

impl Watched<'_> {
    fn judge(&self, index: usize) -> Result<(), super::process::Overtaken> {
        let judged = self.judge.judge(&self.course[index])?;
        let _ = self.events.send(Event::Judged(self.run, index, Box::new(judged)));
        Ok(())
    }
}

/// Where the learner stands and what to type next.
fn status(workbook: &Workbook) -> Passed {
    let progress = progress::read(&workbook.workspace);
    let exercises = &workbook.course.exercises;
    let passed = progress.passed(&workbook.course);
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
