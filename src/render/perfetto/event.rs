//! An event of the Trace Event Format.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::Micros;

/// The one process; its lanes are its threads.
const PROCESS: u32 = 1;

/// One event. Plain fields and no map of values: a big recording makes a million of them.
#[derive(Serialize)]
pub(super) struct Event<'a> {
    ph: &'static str,
    name: Cow<'a, str>,
    cat: &'static str,
    pid: u32,
    tid: usize,
    pub(super) ts: Micros,
    #[serde(skip_serializing_if = "Option::is_none")]
    dur: Option<Micros>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Id>,
    /// Which slice an arrow's end is bound to: `e` for the one it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    bp: Option<&'static str>,
    /// What an instant is drawn over: `t` for its thread.
    #[serde(skip_serializing_if = "Option::is_none")]
    s: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_map")]
    args: Arguments,
}

/// What a viewer shows of an event that is selected.
pub(super) type Arguments = Vec<(&'static str, Argument)>;

/// The value of one argument.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Argument {
    Text(String),
    Number(usize),
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Argument::Text(text)
    }
}

/// What belongs together: the two ends of an arrow or of a wait. The format wants a text.
struct Id(usize);

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:#x}", self.0))
    }
}

fn as_map<S: Serializer>(arguments: &Arguments, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(arguments.iter().map(|(name, value)| (name, value)))
}

impl<'a> Event<'a> {
    fn new(ph: &'static str, cat: &'static str, name: impl Into<Cow<'a, str>>, tid: usize, at: u64) -> Self {
        let (dur, id, bp, s, args) = (None, None, None, None, Vec::new());
        Event { ph, name: name.into(), cat, pid: PROCESS, tid, ts: Micros(at), dur, id, bp, s, args }
    }

    /// Something that is said of the process, or of a lane.
    pub(super) fn metadata(what: &'static str, thread: usize, name: &'static str, value: Argument) -> Self {
        Event { args: vec![(name, value)], ..Event::new("M", "__metadata", what, thread, 0) }
    }

    /// A slice of a lane.
    pub(super) fn slice(
        category: &'static str,
        name: impl Into<Cow<'a, str>>,
        thread: usize,
        (from, to): (u64, u64),
        args: Arguments,
    ) -> Self {
        Event { dur: Some(Micros(to - from)), args, ..Event::new("X", category, name, thread, from) }
    }

    /// A point in a lane.
    pub(super) fn instant(category: &'static str, name: String, thread: usize, at: u64, args: Arguments) -> Self {
        Event { s: Some("t"), args, ..Event::new("i", category, name, thread, at) }
    }

    /// One end of an arrow: `s` where it starts, `f` where it finishes.
    pub(super) fn arrow(end: &'static str, name: &'static str, number: usize, thread: usize, at: u64) -> Self {
        let bp = (end == "f").then_some("e");
        Event { id: Some(Id(number)), bp, ..Event::new(end, name, name, thread, at) }
    }

    /// One end of something that may overlap others: `b` where it begins, `e` where it ends.
    pub(super) fn overlapping(
        end: &'static str,
        category: &'static str,
        (name, number): (String, usize),
        thread: usize,
        at: u64,
        args: Arguments,
    ) -> Self {
        Event { id: Some(Id(number)), args, ..Event::new(end, category, name, thread, at) }
    }
}
