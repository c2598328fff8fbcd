//! Whoever reads what a program prints may stop (`workbook run 5 | head -1`): the program then ends without a word, as
//! other tools of a pipeline do.

use std::{panic, process};

use crate::recorder;

/// From now on a print that nobody can read ends the process quietly, whichever `println!` and thread it comes from.
///
/// The standard library panics there, and nothing but the text of that panic tells it from others; rustc, too, knows it
/// by its text.
pub(crate) fn ends_quietly() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if is_meant_by(&recorder::text_of(info.payload())) {
            process::exit(0);
        }
        before(info);
    }));
}

/// The text of the panic on unix, then the two on Windows.
fn is_meant_by(panic: &str) -> bool {
    let codes = ["(os error 32)", "(os error 109)", "(os error 232)"];
    panic.starts_with("failed printing to std") && codes.iter().any(|code| panic.ends_with(code))
}

#[cfg(test)]
mod tests {
    use super::is_meant_by;

    #[test]
    fn only_a_print_without_a_reader_is_meant() {
        assert!(is_meant_by("failed printing to stdout: Broken pipe (os error 32)"));
        assert!(is_meant_by("failed printing to stdout: The pipe is being closed. (os error 232)"));
        assert!(!is_meant_by("failed printing to stdout: No space left on device (os error 28)"));
        assert!(!is_meant_by("Broken pipe (os error 32)"));
    }
}
