//! The fields of tokio's spans and events that the recorder reads.

use std::fmt::{self, Write};

use tracing::{
    Event,
    field::{Field, Visit},
    span::Attributes,
};

use crate::{
    log::Resource,
    places::{FileId, Files, PlaceId, Places},
    recording::TaskKind,
};

#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum WakerOp {
    Clone,
    Wake,
    WakeByRef,
    Drop,
    #[default]
    None,
}

/// The fields of a span; those it does not have are left as they are by default.
pub(super) struct SpanFields<'a> {
    files: &'a mut Files,
    pub(super) kind: TaskKind,
    pub(super) name: String,
    pub(super) named: Named,
    pub(super) resource: Resource,
    pub(super) task: u64,
}

/// Where a span was made, if that is told.
#[derive(Clone, Copy, Default)]
pub(super) struct Named {
    pub(super) file: Option<FileId>,
    line: u32,
    column: u32,
}

impl Named {
    /// The place.
    pub(super) fn place(&self, places: &mut Places) -> PlaceId {
        let file = self.file.unwrap_or_else(|| places.files.number(""));
        places.number(file, self.line, self.column)
    }
}

impl<'a> SpanFields<'a> {
    pub(super) fn of(attributes: &Attributes<'_>, files: &'a mut Files) -> Self {
        let mut fields = Self {
            files,
            kind: TaskKind::Spawned,
            name: String::new(),
            named: Named::default(),
            resource: Resource::Unknown,
            task: 0,
        };
        attributes.record(&mut fields);
        fields
    }
}

impl Visit for SpanFields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        match field.name() {
            "kind" => {
                let mut kind = Short::default();
                let _ = write!(kind, "{value:?}");
                self.kind = match kind.text() {
                    b"block_on" => TaskKind::Main,
                    b"local" => TaskKind::Local,
                    b"blocking" => TaskKind::Blocking,
                    _ => TaskKind::Spawned,
                }
            }
            "task.name" => self.name = format!("{value:?}"),
            _ => {}
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "loc.file" => self.named.file = Some(self.files.number(value)),
            "concrete_type" => {
                self.resource = match value {
                    "Sleep" => Resource::Sleep,
                    "Interval" => Resource::Interval,
                    "Mutex" => Resource::Mutex,
                    "RwLock" => Resource::RwLock,
                    "Semaphore" => Resource::Semaphore,
                    "Barrier" => Resource::Barrier,
                    "Sender|Receiver" => Resource::Oneshot,
                    _ => Resource::Unknown,
                }
            }
            _ => {}
        }
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.record_u64(field, value.max(0) as u64);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "task.id" => self.task = value,
            "loc.line" => self.named.line = value as u32,
            "loc.col" => self.named.column = value as u32,
            _ => {}
        }
    }
}

/// A word of a few letters; what is longer is cut off.
#[derive(Default)]
struct Short {
    text: [u8; 16],
    length: usize,
}

impl Short {
    fn text(&self) -> &[u8] {
        &self.text[..self.length]
    }
}

impl Write for Short {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        let free = &mut self.text[self.length..];
        let fits = part.len().min(free.len());
        free[..fits].copy_from_slice(&part.as_bytes()[..fits]);
        self.length += fits;
        Ok(())
    }
}

/// What the function that made an operation is called.
#[derive(Default)]
pub(super) struct Source {
    /// It is one of a lock: `Mutex::lock_owned`.
    pub(super) of_lock: bool,
    /// Its guard borrows nothing.
    pub(super) owned: bool,
}

impl Source {
    pub(super) fn of(attributes: &Attributes<'_>) -> Self {
        let mut source = Self::default();
        attributes.record(&mut source);
        source
    }
}

impl Visit for Source {
    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "source" {
            self.of_lock = value.contains("Lock::") || value.contains("Mutex::");
            self.owned = value.ends_with("_owned");
        }
    }
}

/// The fields of an event; those it does not have are left as they are by default.
#[derive(Default)]
pub(super) struct EventFields {
    pub(super) is_ready: bool,
    pub(super) duration: Option<u64>,
    pub(super) task: Option<u64>,
    pub(super) op: WakerOp,
    pub(super) locked: Option<bool>,
    pub(super) write_locked: Option<bool>,
    pub(super) readers: u64,
    pub(super) permits: u64,
    pub(super) permits_requested: Option<u64>,
    pub(super) permits_obtained: u64,
    /// What is done with the number in the same event.
    pub(super) change: Change,
}

/// What an event does with the number it carries.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Change {
    Add,
    Subtract,
    #[default]
    Set,
}

impl EventFields {
    pub(super) fn of(event: &Event<'_>) -> Self {
        let mut fields = Self::default();
        event.record(&mut fields);
        fields
    }
}

impl Visit for EventFields {
    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "op" => {
                self.op = match value {
                    "waker.clone" => WakerOp::Clone,
                    "waker.wake" => WakerOp::Wake,
                    "waker.wake_by_ref" => WakerOp::WakeByRef,
                    "waker.drop" => WakerOp::Drop,
                    _ => WakerOp::None,
                }
            }
            "permits.op" | "current_readers.op" => {
                self.change = match value {
                    "add" => Change::Add,
                    "sub" => Change::Subtract,
                    _ => Change::Set,
                }
            }
            _ => {}
        }
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.record_u64(field, value.max(0) as u64);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "duration" => self.duration = Some(value),
            "task.id" => self.task = Some(value),
            "current_readers" => self.readers = value,
            "permits" => self.permits = value,
            "permits_requested" => self.permits_requested = Some(value),
            "permits_obtained" => self.permits_obtained = value,
            _ => {}
        }
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        match field.name() {
            "is_ready" => self.is_ready = value,
            "locked" => self.locked = Some(value),
            "write_locked" => self.write_locked = Some(value),
            _ => {}
        }
    }
}
