//! The page that explains a code: what it means, a small program that has the fault, its picture, and the mend.
//!
//! The programs are files of the corpus (`tests/corpus`), so that a test compiles and diagnoses them; the pictures are
//! recorded from them, and the same test compares them.

use super::Code;
use crate::text_file::with_newlines;

/// What there is to say about a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// The code.
    pub code: Code,
    /// The text, in paragraphs. The lines `{{program}}`, `{{picture}}` and `{{mend}}` stand for the fields below.
    pub text: &'static str,
    /// A small program that has the fault.
    pub program: &'static str,
    /// The picture of its run, for a terminal of 80 columns.
    pub picture: &'static str,
    /// The same program without the fault.
    pub mend: &'static str,
}

/// Reads one page from its files.
macro_rules! page {
    ($code:ident, $program:literal) => {
        Page::of(
            Code::$code,
            include_str!(concat!("../../tests/corpus/", $program, ".rs")),
            include_str!(concat!("pages/", stringify!($code), ".md")),
            include_str!(concat!("pages/", stringify!($code), ".txt")),
        )
    };
}

impl Code {
    /// The page that explains it.
    pub fn page(self) -> Page {
        match self {
            Self::W01 => page!(W01, "w01_stuck/locks_in_a_circle"),
            Self::W02 => page!(W02, "w02_blocked_thread/sleep_in_a_join"),
            Self::W03 => page!(W03, "w03_lost_task/outlived_by_main"),
            Self::W04 => page!(W04, "w04_unseen_failure/nobody_awaits"),
            Self::W05 => page!(W05, "w05_lost_waker/no_waker_kept"),
            Self::W06 => page!(W06, "w06_busy_loop/spin_on_a_flag"),
            Self::W07 => page!(W07, "w07_runaway/interval"),
            Self::W08 => page!(W08, "w08_never_polled/sleep_without_await"),
            Self::W09 => page!(W09, "w09_needless_sequence/in_a_row"),
            Self::W10 => page!(W10, "w10_missed_messages/passed_over"),
            Self::W11 => page!(W11, "w11_tick_burst/slow_turn"),
            Self::W12 => page!(W12, "w12_unpolled_future/behind_a_slow_loop"),
            Self::W13 => page!(W13, "w13_starved_task/short_deadline"),
            Self::W14 => page!(W14, "w14_lost_value/event_in_hand"),
        }
    }
}

impl Page {
    fn of(code: Code, source: &'static str, text: &'static str, picture: &'static str) -> Page {
        let (program, mend) = parts(unix(source));
        Page { code, text: unix(text), program, picture: unix(picture), mend }
    }

    /// The whole page as plain text; programs and pictures are indented by four columns.
    pub fn plain(&self) -> String {
        let mut lines = vec![format!("{}  {}: {}", self.code, self.code.name(), self.code.sentence()), String::new()];
        for line in self.text.trim().lines() {
            let block = match line {
                "{{program}}" => for_readers(self.program),
                "{{picture}}" => self.picture.to_string(),
                "{{mend}}" => for_readers(self.mend),
                text => {
                    lines.push(text.to_string());
                    continue;
                }
            };
            // The picture comes right after its program.
            if lines.last().is_some_and(|last| !last.is_empty()) {
                lines.push(String::new());
            }
            lines.extend(block.trim_end().lines().map(indented));
        }
        lines.join("\n") + "\n"
    }
}

/// A program of the corpus without what only the corpus needs; its mark becomes a comment that a reader understands.
pub fn for_readers(program: &str) -> String {
    let lines = program.lines().filter(|line| !line.starts_with("#[workbook::awaits::tracked"));
    let lines = lines.map(|line| line.replace("pub(crate) ", "").replace("//~ ", "// <- "));
    lines.collect::<Vec<_>>().join("\n")
}

fn indented(line: &str) -> String {
    if line.is_empty() { String::new() } else { format!("    {line}") }
}

/// A file with `\n` at the end of every line, wherever it was compiled.
fn unix(file: &'static str) -> &'static str {
    // Leaked, as what is compiled in is there for ever, too; a clone as it should be never comes to that.
    if file.contains("\r\n") { with_newlines(file).leak() } else { file }
}

/// A file of the corpus without its first comment: the program with the fault, and its mended half.
fn parts(source: &'static str) -> (&'static str, &'static str) {
    let start = source.find("\n\n").map_or(0, |end| end + 2);
    let mend = source.find("pub(crate) async fn right").unwrap_or(source.len());
    (&source[start..mend], &source[mend..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_compiled_with_the_line_ends_of_windows_is_the_same_page() {
        let crlf = |text: &str| &*text.replace('\n', "\r\n").leak();
        let page = Code::W09.page();
        let source = crlf(include_str!("../../tests/corpus/w09_needless_sequence/in_a_row.rs"));
        assert_eq!(Page::of(Code::W09, source, crlf(page.text), crlf(page.picture)), page);
    }
}
