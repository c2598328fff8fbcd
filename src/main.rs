//! The workbook's command line: `workbook`, which a learner starts with `cargo run`.
//!
//! It builds and runs check programs as other processes and shows what they report. It never looks inside a
//! runtime; the library, in turn, never reads the terminal.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
