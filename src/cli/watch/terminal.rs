//! The terminal in raw mode on its alternate screen, and given back whatever happens.

use std::{
    io::{self, Write},
    panic,
    sync::{
        Once,
        atomic::{AtomicBool, Ordering},
    },
};

use crossterm::{
    cursor::{Hide, MoveTo, Show},
    execute, queue,
    style::Print,
    terminal::{
        BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
        disable_raw_mode, enable_raw_mode, size as terminal_size,
    },
};

/// True while the terminal is ours.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Has the terminal until it goes out of scope, by whatever way.
pub(super) struct Guard(());

impl Guard {
    pub(super) fn enter() -> io::Result<Guard> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let default = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                restore();
                default(info);
            }));
        });
        take()?;
        Ok(Guard(()))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

fn take() -> io::Result<()> {
    TAKEN.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, Hide)
}

/// Gives the terminal back, if it was taken. May be called from any thread, any number of times.
pub(crate) fn restore() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _ = execute!(io::stdout(), Show, LeaveAlternateScreen);
        let _ = disable_raw_mode();
    }
}

/// Gives the terminal to a program for a while, on a clear alternate screen.
pub(super) fn lend(program: impl FnOnce()) -> io::Result<()> {
    disable_raw_mode()?;
    execute!(io::stdout(), Clear(ClearType::All), MoveTo(0, 0), Show)?;
    program();
    enable_raw_mode()?;
    execute!(io::stdout(), Hide)
}

/// Columns and rows; 80 by 24 if the terminal does not say.
pub(super) fn size() -> (usize, usize) {
    match terminal_size() {
        Ok((columns, rows)) if columns > 0 && rows > 0 => (usize::from(columns), usize::from(rows)),
        _ => (80, 24),
    }
}

/// Shows a text in the place of what was there. The terminal shows it at once, where it knows how to.
pub(super) fn draw(text: &str) {
    let mut out = io::stdout().lock();
    let lines = text.replace('\n', "\x1b[K\r\n");
    let _ = queue!(out, BeginSynchronizedUpdate, MoveTo(0, 0), Print(lines), Clear(ClearType::FromCursorDown));
    // A terminal that is gone is told by its keys.
    let _ = queue!(out, EndSynchronizedUpdate).and_then(|()| out.flush());
}
