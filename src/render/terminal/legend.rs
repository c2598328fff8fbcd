//! The words below the picture.

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
