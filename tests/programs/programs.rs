//! Programs of every kind of which it is known what is true. They follow public reports, documentation and examples, and
//! are written without a look at how the recorder works; `cargo run --example truth` compares what is said of them.
//!
//! All of them are one executable, because to link each would take longer than to run it. The environment variable
//! `PROGRAM` says which one runs; the arguments are those of every exercise (`--fast`, `--record FILE`).
//!
//! | folder | what is known of its programs |
//! |---|---|
//! | `faults` | the code, the line and the cause of their one fault |
//! | `right` | that nothing is wrong, and that they print the same with and without the recorder |
//! | `waits` | their waits: from when to when, for what, woken by whom |
//! | `scale` | that nothing is wrong, whatever their size |
//!
//! A program's own comments say it: CONTRIBUTING.md has their list.

#![allow(clippy::all, reason = "these are programs the way people write them, and advice would give some faults away")]

mod cost;
mod expect;
mod faults;
mod right;
mod scale;
mod waits;

use std::process::ExitCode;

/// Lists modules of a folder with their `main` functions.
macro_rules! programs {
    ($($name:ident)*) => { &[$((stringify!($name), $name::main)),*] };
}
use programs;

/// The programs of one folder: name and `main`.
type Folder = &'static [(&'static str, fn())];

fn main() -> ExitCode {
    let wanted = std::env::var("PROGRAM").unwrap_or_default();
    let mut all = [faults::ALL, right::ALL, waits::ALL, scale::ALL].into_iter().flatten();
    let Some((_, main)) = all.find(|(name, _)| *name == wanted) else {
        eprintln!("PROGRAM names no program: {wanted:?}");
        return ExitCode::from(2);
    };
    main();
    cost::tell();
    ExitCode::SUCCESS
}
