//! Drives the real binary in scratch clones, as a learner would, and reads what it says.

mod awaits;
mod bad_input;
mod clone;
mod commands;
mod escapes;
#[cfg(unix)]
mod killed;
mod line_ends;
mod old_times;
mod progress;
mod reset;
mod surroundings;
#[cfg(unix)]
mod terminal;
mod timeline;
mod update;
#[cfg(target_os = "linux")]
mod watch;
mod without_checks;
