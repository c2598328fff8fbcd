//! The lines of source that a recording speaks of, with what is around them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use workbook::recording::{Location, Recording};

/// An item longer than this is shown only in part.
const LONG: usize = 36;

/// So many lines are shown around a line of a long item.
const AROUND: usize = 4;

/// The lines of one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Excerpt {
    /// The file, relative to the workspace.
    pub file: String,
    /// Parts of it, in order.
    pub parts: Vec<Part>,
}

/// Lines that follow each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The number of the first, counted from 1.
    pub from: usize,
    /// The lines, without their ends.
    pub lines: Vec<String>,
}

/// Every item of a file in which something of the recording happens, file by file. `read` gives a file's text.
pub fn excerpts(recording: &Recording, read: impl Fn(&str) -> String) -> Vec<Excerpt> {
    let mut named: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for Location { file, line, .. } in named_by(recording) {
        named.entry(file).or_default().insert(*line as usize);
    }
    let excerpt = |(file, numbers): (&str, BTreeSet<usize>)| {
        let text = read(file);
        let lines: Vec<&str> = text.lines().collect();
        let shown: BTreeSet<usize> = numbers.into_iter().flat_map(|number| around(&lines, number)).collect();
        let parts = parts(&lines, &shown);
        (!parts.is_empty()).then(|| Excerpt { file: file.to_string(), parts })
    };
    named.into_iter().filter_map(excerpt).collect()
}

/// Every line that a player may speak of.
fn named_by(recording: &Recording) -> impl Iterator<Item = &Location> {
    let spawns = recording.tasks.iter().map(|task| &task.spawned_at);
    let waits = recording.waits.iter().flat_map(|wait| &wait.lines);
    let prints = recording.prints.iter().map(|print| &print.line);
    let blocks = recording.blocks.iter().map(|block| &block.line);
    spawns.chain(waits).chain(prints).chain(blocks).filter(|location| !location.file.is_empty())
}

/// The numbers of the lines to show for one of them: the whole item it is in, or a part of a long one.
fn around(lines: &[&str], number: usize) -> Vec<usize> {
    if number == 0 || number > lines.len() {
        return Vec::new();
    }
    let begins = |line: &str| !line.is_empty() && !line.starts_with([' ', '}', ')', '/', '#']);
    let start = (1..=number).rev().find(|at| begins(lines[at - 1])).unwrap_or(number);
    let ends = |at: &usize| lines[at - 1].starts_with('}') || (*at == start && lines[at - 1].ends_with([';', '}']));
    let end = (start..=lines.len()).find(ends).unwrap_or(number).max(number);
    if end - start < LONG {
        return (start..=end).collect();
    }
    (number.saturating_sub(AROUND).max(start)..=(number + AROUND).min(end)).collect()
}

/// The lines of these numbers, those that follow each other together.
fn parts(lines: &[&str], shown: &BTreeSet<usize>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for &number in shown {
        let line = lines[number - 1].to_string();
        match parts.last_mut() {
            Some(part) if part.from + part.lines.len() == number => part.lines.push(line),
            _ => parts.push(Part { from: number, lines: vec![line] }),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{around, parts};

    const SOURCE: [&str; 8] = ["use a;", "", "/// Does.", "fn f() {", "    g();", "}", "", "fn g() {}"];

    #[test]
    fn a_line_brings_its_item() {
        assert_eq!(around(&SOURCE, 5), [4, 5, 6]);
        assert_eq!(around(&SOURCE, 8), [8]);
        assert_eq!(around(&SOURCE, 1), [1]);
        assert_eq!(around(&SOURCE, 9), [0; 0]);
    }

    #[test]
    fn a_long_item_is_shown_in_part() {
        let mut long = vec!["fn f() {"];
        long.extend(["    g();"; 60]);
        long.push("}");
        assert_eq!(around(&long, 30), (26..=34).collect::<Vec<_>>());
        assert_eq!(around(&long, 2), (1..=6).collect::<Vec<_>>());
    }

    #[test]
    fn lines_that_follow_each_other_are_one_part() {
        let parts = parts(&SOURCE, &[1, 4, 5].into());
        let found: Vec<_> = parts.iter().map(|part| (part.from, part.lines.len())).collect();
        assert_eq!(found, [(1, 1), (4, 2)]);
    }
}
