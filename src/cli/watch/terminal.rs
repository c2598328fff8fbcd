//! The terminal in raw mode on its alternate screen, and given back whatever happens.

use std::{
    io::{self, Stdout},
    panic,
    sync::{
        Once,
        atomic::{AtomicBool, Ordering},
    },
};

use crossterm::{
    cursor::{Hide, MoveTo, Show},
    execute,
    terminal::{
        BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
        disable_raw_mode, enable_raw_mode, size as terminal_size,
    },
};
use ratatui::{Terminal as Screen, TerminalOptions, Viewport, backend::CrosstermBackend, layout::Rect};

use super::{links, screen, view};

/// True while the terminal is ours.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Has the terminal until it goes out of scope, by whatever way.
pub(super) struct Terminal {
    screen: Screen<CrosstermBackend<Stdout>>,
    size: Rect,
}

impl Terminal {
    pub(super) fn take() -> io::Result<Terminal> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let default = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                restore();
                default(info);
            }));
        });
        TAKEN.store(true, Ordering::SeqCst);
        let size = size();
        let taken = enable_raw_mode().and_then(|()| execute!(io::stdout(), EnterAlternateScreen, Hide));
        match taken.and_then(|()| blank(size)) {
            Ok(screen) => Ok(Terminal { screen, size }),
            Err(error) => {
                restore();
                Err(error)
            }
        }
    }

    /// Shows the screen as it is now. A terminal that knows how shows it at once.
    pub(super) fn draw(&mut self, state: &mut screen::Screen) -> io::Result<()> {
        let size = size();
        if size != self.size {
            self.size = size;
            self.clear()?;
        }
        execute!(io::stdout(), BeginSynchronizedUpdate)?;
        let drawn = self.screen.draw(|frame| {
            view::draw(frame, state);
            links::link_files(frame.buffer_mut(), &state.workspace);
        });
        execute!(io::stdout(), EndSynchronizedUpdate)?;
        drawn.map(|_| ())
    }

    /// Gives the terminal to a program for a while, on a clear alternate screen.
    pub(super) fn lend(&mut self, program: impl FnOnce()) -> io::Result<()> {
        disable_raw_mode()?;
        execute!(io::stdout(), Clear(ClearType::All), MoveTo(0, 0), Show)?;
        program();
        enable_raw_mode()
    }

    /// Takes the terminal again, whatever somebody else has made of it in the meantime.
    pub(super) fn take_back(&mut self) -> io::Result<()> {
        // A shell may have changed the mode behind our back, and what is believed to be on is not switched on.
        disable_raw_mode()?;
        enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        self.clear()
    }

    /// Wipes off whatever is on the terminal.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        // Its own `clear` asks the terminal where the cursor is, which not every one answers. The one that goes shows the
        // cursor, so that it is hidden only then.
        self.screen = blank(self.size)?;
        // An editor leaves the alternate screen when it ends.
        execute!(io::stdout(), EnterAlternateScreen, Hide, Clear(ClearType::All))
    }
}

/// A screen on which nothing is yet.
fn blank(size: Rect) -> io::Result<Screen<CrosstermBackend<Stdout>>> {
    let options = TerminalOptions { viewport: Viewport::Fixed(size) };
    Screen::with_options(CrosstermBackend::new(io::stdout()), options)
}

impl Drop for Terminal {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back, if it was taken. May be called from any thread, any number of times.
pub(crate) fn restore() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _ = execute!(io::stdout(), EndSynchronizedUpdate, Show, LeaveAlternateScreen);
        let _ = disable_raw_mode();
    }
}

/// The whole terminal; 80 by 24 if it does not say.
fn size() -> Rect {
    match terminal_size() {
        Ok((columns, rows)) if columns > 0 && rows > 0 => Rect::new(0, 0, columns, rows),
        _ => Rect::new(0, 0, 80, 24),
    }
}
