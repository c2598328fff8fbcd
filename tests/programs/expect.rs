//! What a program knows of its own waits. It hands that over to whoever runs it, in the file that `EXPECTED` names; without
//! that variable nothing is written.
//!
//! A place is a line with a name: `rx.recv().await; //~ at: read`. Of a named line every wait has to be told, because one
//! that is not told never was.

use std::{fs::OpenOptions, io::Write};

use serde_json::{Value, json};

/// The wait at a named place; of the main task, unless told otherwise.
pub(crate) fn at(place: &str) -> Expected {
    Expected(json!({ "place": place, "task": "main" }))
}

/// A wait of which something is known.
pub(crate) struct Expected(Value);

impl Expected {
    fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.0[field] = value.into();
        self
    }

    /// What it is for, in the words of the pictures: `recv`, `mutex`, `join`.
    pub(crate) fn kind(self, kind: &str) -> Self {
        self.with("kind", kind)
    }

    /// Which task waits: `task 1` is the first that was spawned.
    pub(crate) fn task(self, task: impl Into<String>) -> Self {
        self.with("task", task.into())
    }

    /// The place where the channel, lock, set or the like was made.
    pub(crate) fn made_at(self, place: &str) -> Self {
        self.with("made_at", place)
    }

    /// The task that ends it.
    pub(crate) fn woken_by(self, task: impl Into<String>) -> Self {
        self.with("woken_by", task.into())
    }

    /// What is waited for comes. Milliseconds since the start of the program.
    pub(crate) fn ready(self, from: u64, to: u64) {
        self.with("began", from).with("ended", to).with("end", "ready").tell();
    }

    /// The wait is dropped before what it is for comes.
    pub(crate) fn dropped(self, from: u64, to: u64) {
        self.with("began", from).with("ended", to).with("end", "dropped").tell();
    }

    /// It has no end while the program runs.
    pub(crate) fn open(self, from: u64) {
        self.with("began", from).with("end", "open").tell();
    }

    /// What is waited for comes; when, only the real clock knows.
    pub(crate) fn ready_some_time(self) {
        self.with("end", "ready").tell();
    }

    fn tell(self) {
        let Some(path) = std::env::var_os("EXPECTED") else { return };
        let mut file = OpenOptions::new().append(true).create(true).open(path).expect("the file for what is expected");
        writeln!(file, "{}", self.0).expect("what is expected can be written");
    }
}

/// When the event `number` of arm `arm` is due in the programs that have many of both, in milliseconds: no two are at once.
pub(crate) fn due(arm: u64, number: u64) -> u64 {
    1000 * (number + 1) + 37 * (arm + 1) * (number + 1)
}
