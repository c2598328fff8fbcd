//! What a program says of itself, in the comments of its own source: read strictly, because a mark that is misspelt would
//! be one that asks for nothing.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use workbook::diagnosis::Code;

/// What is true of a program.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Marks {
    /// The lines to blame, by code: `//~ W01`, or `//~ W01 or W07` where either will do. One of them comes first in the
    /// finding, and all are in it.
    pub(crate) blamed: BTreeMap<String, Vec<u32>>,
    /// The same for faults that have no code yet: `//~ ?burst`.
    pub(crate) without_code: BTreeMap<String, Vec<u32>>,
    /// The lines that will do instead, if one of them comes first: `//~ (W05)`.
    pub(crate) instead: BTreeMap<String, Vec<u32>>,
    /// The lines with a name: `//~ at: read`.
    pub(crate) places: BTreeMap<String, u32>,
    /// For each `//! Cause:` the phrases of which the finding has one at least.
    pub(crate) causes: Vec<Vec<String>>,
    /// The phrases after `//! Untrue:`, of which it has none.
    pub(crate) untrue: Vec<String>,
    /// Whether it is recorded on the virtual clock, the real one, or both: `//! Clock: both`.
    pub(crate) clock: Clocks,
    /// True if its standard input stays open while it runs: `//! Input: stays open`.
    pub(crate) input_stays_open: bool,
    /// How big it is made, for the programs that measure cost: `//! Sizes: 1000 10000`.
    pub(crate) sizes: Vec<u64>,
}

/// The clocks that a program is recorded on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Clocks {
    #[default]
    Fast,
    Real,
    Both,
}

impl Marks {
    pub(crate) fn read(source: &str) -> Result<Self> {
        let mut marks = Marks::default();
        for (text, line) in source.lines().zip(1..) {
            let read = match text.trim_start().strip_prefix("//!") {
                Some(head) => marks.read_head(head.trim()),
                None => text.split_once("//~").map_or(Ok(()), |(code, mark)| {
                    ensure!(
                        code.trim().is_empty() == mark.starts_with('^'),
                        "below its line a mark is `//~^`, and beside it `//~`"
                    );
                    marks.read_mark(mark, line)
                }),
            };
            read.with_context(|| format!("line {line}: {}", text.trim()))?;
        }
        ensure!(source.starts_with("//! "), "its first line does not say what it is");
        Ok(marks)
    }

    /// A line of the head: a field if it begins with a capital word and a colon, and otherwise prose.
    fn read_head(&mut self, text: &str) -> Result<()> {
        let Some((field, value)) = text.split_once(": ") else { return Ok(()) };
        let phrases = || value.split(" | ").map(|phrase| phrase.trim().to_lowercase()).collect::<Vec<_>>();
        match field {
            "Source" => {}
            "Cause" => self.causes.push(phrases()),
            "Untrue" => self.untrue.extend(phrases()),
            "Clock" => {
                self.clock = match value {
                    "real" => Clocks::Real,
                    "both" => Clocks::Both,
                    _ => bail!("the clock is `real` or `both`"),
                }
            }
            "Input" => {
                ensure!(value == "stays open", "the input `stays open`, or is empty");
                self.input_stays_open = true;
            }
            "Sizes" => self.sizes = value.split(' ').map(str::parse).collect::<Result<_, _>>()?,
            prose if prose.contains(' ') || prose.starts_with(char::is_lowercase) => {}
            _ => bail!("there is no field `{field}`"),
        }
        Ok(())
    }

    fn read_mark(&mut self, mark: &str, line: u32) -> Result<()> {
        // Where rustfmt leaves no room at the end of a line, the mark is below it.
        let (mark, line) = mark.strip_prefix('^').map_or((mark, line), |mark| (mark, line - 1));
        for word in mark.split(',').map(str::trim) {
            if let Some(place) = word.strip_prefix("at: ") {
                ensure!(self.places.insert(place.into(), line).is_none(), "there are two places called `{place}`");
            } else if let Some(kind) = word.strip_prefix('?') {
                let known = WITHOUT_CODE.contains(&kind);
                ensure!(known, "a fault without a code is one of {WITHOUT_CODE:?}, not `{kind}`");
                self.without_code.entry(kind.into()).or_default().push(line);
            } else {
                let instead = word.strip_prefix('(').and_then(|word| word.strip_suffix(')'));
                let codes = instead.unwrap_or(word);
                let is_code = |word: &str| Code::ALL.iter().any(|code| code.to_string() == word);
                ensure!(codes.split(OR).all(is_code), "there is no code `{word}`");
                let lines = if instead.is_some() { &mut self.instead } else { &mut self.blamed };
                lines.entry(codes.into()).or_default().push(line);
            }
        }
        Ok(())
    }
}

/// Between codes of which either will do.
pub(crate) const OR: &str = " or ";

/// The faults that have no code yet.
const WITHOUT_CODE: [&str; 2] = ["lost-value", "outlives"];

#[cfg(test)]
mod tests {
    use super::*;

    fn error(source: &str) -> String {
        format!("{:#}", Marks::read(source).expect_err("it cannot be read"))
    }

    #[test]
    fn a_program_says_what_is_true_of_it() {
        let source = "//! Two locks.\n//!\n//! Cause: a circle | each other\n//! Clock: both\nasync fn app() {\n    \
                      a.lock().await; //~ W01, at: lock\n    rx.recv().await;\n    //~^ ?outlives\n}\n";
        let marks = Marks::read(source).unwrap();
        assert_eq!(marks.blamed, BTreeMap::from([("W01".to_string(), vec![6])]));
        assert_eq!(marks.without_code, BTreeMap::from([("outlives".to_string(), vec![7])]));
        assert_eq!(marks.places, BTreeMap::from([("lock".to_string(), 6)]));
        assert_eq!(marks.causes, [["a circle", "each other"]]);
        assert_eq!(marks.clock, Clocks::Both);
    }

    #[test]
    fn a_mark_that_cannot_be_read_is_an_error_with_its_line() {
        assert_eq!(error("//! A program.\nx(); //~ W99"), "line 2: x(); //~ W99: there is no code `W99`");
        assert!(error("//! A program.\nx(); //~ ?lots-value").contains("line 2"));
        assert!(error("//! A program.\n//! Cuase: a circle").contains("there is no field `Cuase`"));
        assert!(error("//! A program.\n//! Clock: fast").contains("`real` or `both`"));
        assert!(error("//! A program.\nx(); //~ at: a\ny(); //~ at: a").contains("two places"));
        assert!(error("//! A program.\nx(\n//~ W01\n)").contains("below its line a mark is `//~^`"));
        assert!(error("fn main() {}").contains("does not say what it is"));
    }
}
