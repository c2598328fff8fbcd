//! Ctrl-Z: the shell gets its terminal back as it was, and `fg` brings the screen back whole, with a fresh verdict.

use anyhow::Context;

use super::{Watch, judging::Judging, screen::View, terminal};
use crate::cli::signals;

impl Watch<'_> {
    /// Stops this process until it is told to go on. What it had started is ended: nobody would wait for it.
    pub(super) fn suspend(&mut self) -> anyhow::Result<()> {
        self.end_run();
        self.keys.pause();
        terminal::restore();
        signals::stop();
        self.come_back()
    }

    /// Takes the terminal again after this process was stopped, by whatever way, and shows and judges what there is now.
    pub(super) fn come_back(&mut self) -> anyhow::Result<()> {
        self.terminal.take_back().context("the terminal cannot be used")?;
        self.keys.go_on();
        // What a program had printed is gone from the screen.
        if self.screen.view == View::Program {
            self.screen.show(View::Exercise);
        }
        if self.judging == Judging::Nothing {
            self.judge();
        }
        Ok(())
    }
}
