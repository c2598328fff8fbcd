//! What each key does.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{
    Then, Watch,
    screen::{Filter, Question, View},
};
use crate::cli::{hint, reset};

impl Watch<'_> {
    /// Does what a key stands for.
    pub(super) fn press(&mut self, key: KeyEvent) -> anyhow::Result<Then> {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        if control && matches!(key.code, KeyCode::Char('c' | 'd')) {
            return Ok(Then::Quit);
        }
        if cfg!(unix) && control && key.code == KeyCode::Char('z') {
            self.suspend()?;
            return Ok(Then::GoOn);
        }
        if self.screen.view == View::Program {
            self.terminal.clear()?;
            self.screen.show(View::Exercise);
            return Ok(Then::GoOn);
        }
        if let Some(question) = self.screen.question.take() {
            if matches!(key.code, KeyCode::Char('y' | 'Y')) {
                self.answered(question);
            }
            return Ok(Then::GoOn);
        }
        self.screen.note = None;
        if self.screen.view == View::List && self.press_in_list(key.code) {
            return Ok(Then::GoOn);
        }
        match key.code {
            KeyCode::Char('q') => return Ok(Then::Quit),
            KeyCode::Up | KeyCode::Char('k') => self.screen.scroll = self.screen.scroll.saturating_sub(1),
            KeyCode::Down | KeyCode::Char('j') => self.screen.scroll += 1,
            KeyCode::PageUp => self.screen.scroll = self.screen.scroll.saturating_sub(self.screen.page),
            KeyCode::PageDown | KeyCode::Char(' ') => self.screen.scroll += self.screen.page,
            KeyCode::Home | KeyCode::Char('g') => self.screen.scroll = 0,
            KeyCode::End | KeyCode::Char('G') => self.screen.scroll = usize::MAX,
            KeyCode::Esc => self.screen.show(View::Exercise),
            KeyCode::Tab if self.screen.view == View::Solution => {
                self.screen.solution_in_front = !self.screen.solution_in_front;
                self.screen.scroll = 0;
            }
            KeyCode::Char('n') if self.screen.all_passed() && self.screen.view == View::Exercise => {
                self.screen.show(View::Summary);
            }
            KeyCode::Char('n') => self.go(self.screen.next()),
            KeyCode::Char('p') => self.go(self.screen.previous()),
            KeyCode::Char('l') => self.toggle(View::List),
            KeyCode::Char('t') => self.toggle(View::Pictures),
            KeyCode::Char('?') => self.toggle(View::Help),
            KeyCode::Enter => self.go(self.screen.current),
            KeyCode::Char('h') => self.hint(),
            KeyCode::Char('e') => self.edit()?,
            KeyCode::Char('r') => self.run_program()?,
            KeyCode::Char('s') => self.solution(),
            KeyCode::Char('c') => self.check_all(),
            KeyCode::Char('x') => self.ask(Question::Reset),
            KeyCode::Char('u') => self.undo(),
            KeyCode::Char('b') => self.open_chapter()?,
            _ => {}
        }
        Ok(Then::GoOn)
    }

    /// Does what a key stands for in the list; false if it is none of the list's own.
    fn press_in_list(&mut self, key: KeyCode) -> bool {
        let typing = self.screen.list.typing;
        match key {
            KeyCode::Enter if self.screen.listed().contains(&self.screen.list.selected) => {
                self.go(self.screen.list.selected);
            }
            KeyCode::Enter => {}
            KeyCode::Up => self.screen.select(-1),
            KeyCode::Down => self.screen.select(1),
            KeyCode::PageUp => self.screen.select(-(self.screen.page as isize)),
            KeyCode::PageDown => self.screen.select(self.screen.page as isize),
            KeyCode::Esc if typing || !self.screen.list.search.is_empty() => {
                self.screen.filter(|list| (list.typing, list.search) = (false, String::new()));
            }
            KeyCode::Esc if self.screen.list.filter != Filter::All => {
                self.screen.filter(|list| list.filter = Filter::All)
            }
            KeyCode::Backspace if typing => self.screen.filter(|list| {
                list.search.pop();
            }),
            KeyCode::Char(c) if typing => self.screen.filter(|list| list.search.push(c)),
            KeyCode::Home | KeyCode::Char('g') => self.screen.select(isize::MIN / 2),
            KeyCode::End | KeyCode::Char('G') => self.screen.select(isize::MAX / 2),
            KeyCode::Char('k') => self.screen.select(-1),
            KeyCode::Char('j') => self.screen.select(1),
            KeyCode::Char('/') => self.screen.filter(|list| list.typing = true),
            KeyCode::Char('o') => self.screen.filter(|list| list.filter = Filter::Open),
            KeyCode::Char('d') => self.screen.filter(|list| list.filter = Filter::Done),
            KeyCode::Char('a') => self.screen.filter(|list| list.filter = Filter::All),
            _ => return false,
        }
        true
    }

    /// Shows a view, or the exercise if that view is shown already.
    fn toggle(&mut self, view: View) {
        self.screen.show(if self.screen.view == view { View::Exercise } else { view });
    }

    fn ask(&mut self, question: Question) {
        self.screen.show(View::Exercise);
        self.screen.question = Some(question);
    }

    fn answered(&mut self, question: Question) {
        match question {
            Question::Reset => self.reset(),
            Question::Solution => self.screen.show(View::Solution),
        }
    }

    fn hint(&mut self) {
        self.screen.hint = hint::next(&self.workbook.workspace, self.screen.exercise(), None);
        self.screen.progress = super::progress::read(&self.workbook.workspace);
        self.screen.show(View::Exercise);
    }

    fn solution(&mut self) {
        if self.screen.view == View::Solution {
            self.screen.show(View::Exercise);
        } else if self.screen.progress.has_passed(self.screen.exercise()) {
            self.screen.show(View::Solution);
        } else {
            self.ask(Question::Solution);
        }
    }

    fn check_all(&mut self) {
        self.screen.show(View::List);
        self.judge_all();
    }

    fn reset(&mut self) {
        let done = reset::bring_back(&self.workbook.workspace, self.screen.exercise());
        self.say(done.map(|done| format!("{done} u undoes it.")));
    }

    fn undo(&mut self) {
        let done = reset::undo(&self.workbook.workspace, self.screen.exercise());
        self.say(done);
    }

    /// Shows what came of something that may have changed the exercise's file.
    fn say(&mut self, done: anyhow::Result<String>) {
        self.screen.progress = super::progress::read(&self.workbook.workspace);
        self.go(self.screen.current);
        self.screen.note = Some(done.unwrap_or_else(|error| format!("{error:#}")));
    }
}
