//! `workbook` without a command: shows the current exercise and judges it again on every save.
//!
//! Saves, keys and verdicts come in as events on one channel; the loop here is the only one that changes what is
//! shown. A save in the middle of a run ends that run and starts another, and so does whatever else ends one: the
//! verdict on screen is always about the file as it is, by the hash of its source, or on its way.

mod editor;
mod judging;
mod keys;
mod lent;
mod links;
mod press;
mod saves;
mod screen;
mod suspend;
mod terminal;
mod view;

use std::{collections::BTreeSet, io::IsTerminal, sync::mpsc};

use anyhow::Context;
use crossterm::event::KeyEvent;
use workbook::report::Line;

use super::{Passed, Workbook, judge::Judged, output, progress, signals, workspace::Side};
use judging::Judging;
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
    /// This process was stopped, and goes on.
    GoesOn,
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
    judging: Judging,
}

/// Said where the screen cannot be drawn.
const DUMB: &str = "This terminal cannot show the screen that follows your saves: it says that it can only print lines \
                    (TERM=dumb).\nThe commands below do the same, one at a time.\n\n";

/// Watches until the learner quits; without a terminal that can show it, says where things stand and what to type.
///
/// Where `only_look` is true, the file system is not asked to tell of saves.
pub(crate) fn watch(workbook: &Workbook, only_look: bool) -> anyhow::Result<Passed> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Ok(status(workbook));
    }
    if output::is_dumb() {
        output::print(DUMB);
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
    let goes_on = events.clone();
    signals::when_it_goes_on(move || {
        // Where the terminal is not ours just now, it is taken back by what gave it away.
        if crossterm::terminal::is_raw_mode_enabled().unwrap_or(false) {
            let _ = goes_on.send(Event::GoesOn);
        }
    })?;
    let mut watch = Watch { workbook, events, keys, terminal, screen, run: 0, judging: Judging::Nothing };
    watch.keep_up();
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
        watch.keep_up();
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
            Event::GoesOn => self.come_back()?,
            Event::Saved(names) => self.saved(&names),
            Event::FilesAreLookedAt => {
                let how =
                    "No word of saves comes from the file system, so the files are looked at five times a second.";
                self.screen.note = Some(how.into());
            }
            Event::Busy(run, what) if run == self.run && self.screen.doing.is_some() => self.screen.doing = Some(what),
            // Of a run over all exercises, nothing says which one a check belongs to.
            Event::Heard(run, line) if run == self.run && self.judging != Judging::All => self.screen.hear(line),
            Event::Judged(run, index, judged) if run == self.run => self.judged(index, *judged),
            Event::AllJudged(run) if run == self.run => {
                self.judging = Judging::Nothing;
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

    /// A save of the current exercise judges it again; a save of one other exercise moves there.
    fn saved(&mut self, names: &BTreeSet<String>) {
        if names.contains(&self.screen.exercise().name) {
            self.screen.welcome = false;
            if self.judging != Judging::One(self.source_of(self.screen.current)) {
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
