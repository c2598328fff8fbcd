//! The codes of the diagnoses, and the page that explains each.

use std::{fmt, str::FromStr};

/// The code of a diagnosis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// Every task waits, and nothing can wake one.
    W01,
    /// A poll held on to its thread.
    W02,
    /// A task was dropped unfinished because the main function returned, or because its set or its runtime was dropped.
    W03,
    /// A task panicked and nobody looked at it.
    W04,
    /// A future returned `Pending` and kept no waker.
    W05,
    /// A task goes on over and over, and time stands still.
    W06,
    /// The program was still going after every limit.
    W07,
    /// A future was made and dropped without ever being polled.
    W08,
    /// Waits that do not need each other came one after another.
    W09,
    /// A receiver of a broadcast channel missed values, and the program never looked.
    W10,
    /// The ticks that an interval missed came all at once.
    W11,
    /// A future could go on, and its task did not poll it for long.
    W12,
    /// A task waited for a lock, and others took it again and again.
    W13,
    /// A future was dropped that had a value in hand.
    W14,
}

impl Code {
    /// All of them, in order.
    pub const ALL: [Self; 14] = [
        Self::W01,
        Self::W02,
        Self::W03,
        Self::W04,
        Self::W05,
        Self::W06,
        Self::W07,
        Self::W08,
        Self::W09,
        Self::W10,
        Self::W11,
        Self::W12,
        Self::W13,
        Self::W14,
    ];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::W01 => "stuck",
            Self::W02 => "blocked thread",
            Self::W03 => "lost task",
            Self::W04 => "unseen failure",
            Self::W05 => "lost waker",
            Self::W06 => "busy loop",
            Self::W07 => "runaway",
            Self::W08 => "never polled",
            Self::W09 => "needless sequence",
            Self::W10 => "missed messages",
            Self::W11 => "burst of ticks",
            Self::W12 => "unpolled future",
            Self::W13 => "starved task",
            Self::W14 => "lost value",
        }
    }

    /// What it says, in one line.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::W01 => "every task waits, and nothing is left that could wake one",
            Self::W02 => "one poll held on to the thread, and nobody else could run",
            Self::W03 => "a task was dropped before it was done",
            Self::W04 => "a task panicked, and nobody looked at it",
            Self::W05 => "a future returned Pending and kept no waker",
            Self::W06 => "a task goes on over and over, and time stands still",
            Self::W07 => "the program went on without an end",
            Self::W08 => "a future was made and never polled",
            Self::W09 => "waits that do not need each other came one after another",
            Self::W10 => "a broadcast receiver missed messages, and the program never looked",
            Self::W11 => "the ticks that an interval missed came all at once",
            Self::W12 => "a future could go on, and its task did not poll it for long",
            Self::W13 => "a task waited for a lock, and others took it again and again",
            Self::W14 => "a future was dropped that had a value in hand",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::W01 => "W01",
            Self::W02 => "W02",
            Self::W03 => "W03",
            Self::W04 => "W04",
            Self::W05 => "W05",
            Self::W06 => "W06",
            Self::W07 => "W07",
            Self::W08 => "W08",
            Self::W09 => "W09",
            Self::W10 => "W10",
            Self::W11 => "W11",
            Self::W12 => "W12",
            Self::W13 => "W13",
            Self::W14 => "W14",
        })
    }
}

/// There is no such code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no code {0}; the codes are W01 to {last}", last = Code::ALL[Code::ALL.len() - 1])]
pub struct UnknownCode(String);

impl FromStr for Code {
    type Err = UnknownCode;

    /// Reads `W01`, and also `w1` and `1`.
    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let number = text.trim().trim_start_matches(['W', 'w']);
        let number: Option<usize> = number.parse().ok().filter(|number| (1..=Self::ALL.len()).contains(number));
        number.map(|number| Self::ALL[number - 1]).ok_or_else(|| UnknownCode(text.to_string()))
    }
}
