//! The words below the picture.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::lane::sign;

/// What the signs mean, each with the word for it.
const SIGNS: [(char, &str); 7] = [
    (sign::WAIT, "waits"),
    (sign::DROPPED, "dropped"),
    (sign::NEVER, "never ended"),
    (sign::BLOCKED, "blocks the thread"),
    (sign::FINISHED, "task finished"),
    (sign::PANICKED, "task panicked"),
    (sign::WOKEN, "woken by"),
];

/// The signs that were used, and what they mean.
pub(super) fn legend(used: impl Fn(char) -> bool) -> String {
    let signs = SIGNS.iter().filter(|(sign, _)| used(*sign));
    signs.map(|(sign, word)| format!("{sign}\u{a0}{}", word.replace(' ', "\u{a0}"))).collect::<Vec<_>>().join("   ")
}

/// Breaks a text into lines of at most this width, between words where it can be.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_inclusive(' ') {
        match lines.last_mut() {
            Some(line) if line.width() + word.trim_end().width() <= width => line.push_str(word),
            _ => lines.extend(broken(word, width)),
        }
    }
    lines.iter().map(|line| line.trim().replace('\u{a0}', " ")).filter(|line| !line.is_empty()).collect()
}

/// A word that is wider than a line, in parts that are not.
fn broken(word: &str, width: usize) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut used = 0;
    for c in word.chars() {
        used += c.width().unwrap_or(0);
        if used > width && c != ' ' {
            parts.push(String::new());
            used = c.width().unwrap_or(0);
        }
        parts.last_mut().expect("there is one").push(c);
    }
    parts
}
