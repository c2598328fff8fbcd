//! The way out: standard output and standard error. What is printed here for people steers no terminal, wherever it comes
//! from.
//!
//! A reader that went away (`workbook list | head -1`) is no error and no panic, which is why nothing here uses
//! `println!`.

use std::{
    io::{self, IsTerminal, Write},
    sync::{Mutex, MutexGuard, PoisonError},
};

use workbook::plain;

/// Columns used where no terminal says how many it has.
const COLUMNS: usize = 80;

/// Prints text on standard output, for people.
pub(crate) fn print(text: &str) {
    print_data(&harmless(text));
}

/// Prints data on standard output as it is, for another program.
pub(crate) fn print_data(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Prints data as JSON on standard output.
pub(crate) fn print_json(data: &impl serde::Serialize) -> anyhow::Result<()> {
    print_data(&(serde_json::to_string_pretty(data)? + "\n"));
    Ok(())
}

/// The text with nothing in it that steers a terminal, but for colours if they are wanted.
pub(crate) fn harmless(text: &str) -> String {
    if colored::control::SHOULD_COLORIZE.should_colorize() { plain::coloured(text) } else { plain::lines(text) }
}

/// From now on nothing is coloured, whatever it is printed on.
pub(crate) fn without_colours() {
    colored::control::set_override(false);
}

/// Says on standard error what went wrong; later, while complaints are held back.
pub(crate) fn complain(sentence: &str) {
    match &mut *held() {
        Some(held) => held.push(sentence.to_string()),
        None => {
            let _ = writeln!(io::stderr().lock(), "workbook: {}", harmless(sentence));
        }
    }
}

/// Complaints that wait, while something else has the screen.
static HELD: Mutex<Option<Vec<String>>> = Mutex::new(None);

fn held() -> MutexGuard<'static, Option<Vec<String>>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Holds complaints back until [`let_go`].
pub(crate) fn hold_back() {
    held().get_or_insert_default();
}

/// The complaints held back so far.
pub(crate) fn held_back() -> Vec<String> {
    held().clone().unwrap_or_default()
}

/// Says what was held back.
pub(crate) fn let_go() {
    let sentences = held().take().unwrap_or_default();
    sentences.iter().for_each(|sentence| complain(sentence));
}

/// Shows on standard error what is being waited for, on one line that the next one replaces; only on a terminal.
pub(crate) fn mention(what: &str) {
    let mut err = io::stderr().lock();
    if err.is_terminal() && !is_dumb() {
        let what: String = plain::plain(what).chars().take(columns().saturating_sub(1)).collect();
        let _ = write!(err, "\r\x1b[K{what}").and_then(|()| err.flush());
    }
}

/// True if the terminal says that it understands no escape codes at all.
pub(crate) fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// How many columns the reader has: the terminal's, within reason.
pub(crate) fn columns() -> usize {
    let columns = if io::stdout().is_terminal() { crossterm::terminal::size().ok() } else { None };
    columns.map_or(COLUMNS, |(columns, _)| usize::from(columns).clamp(20, 100))
}

/// How to type a command of the workbook; a learner has nothing installed but cargo.
pub(crate) fn typed(command: &str) -> String {
    format!("cargo run -- {command}")
}
