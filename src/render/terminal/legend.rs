//! The words below the picture.

use super::lane::sign;

/// What the signs mean, each with the word for it.
const SIGNS: [(char, &str); 6] = [
    (sign::DROPPED, "dropped"),
    (sign::NEVER, "never ended"),
    (sign::BLOCKED, "blocks the thread"),
    (sign::FINISHED, "task finished"),
    (sign::PANICKED, "task panicked"),
    (sign::WOKEN, "woken by"),
];

/// The signs that were used, and what they mean. A sign and its words stay on one line.
pub(super) fn legend(used: &str) -> String {
    let waits = used.contains([sign::BEGIN, sign::NEXT, sign::SHORT]).then(|| "├─┤ waits".to_string());
    let signs = SIGNS.iter().filter(|(sign, _)| used.contains(*sign)).map(|(sign, word)| format!("{sign} {word}"));
    waits.into_iter().chain(signs).map(|sign| sign.replace(' ', "\u{a0}")).collect::<Vec<_>>().join("   ")
}
