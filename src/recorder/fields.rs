//! The fields of tokio's spans and events that the recorder reads.

use std::fmt;

use tracing::field::{Field, Visit};

use super::{
    log::{Resource, TaskInfo},
    stack,
};
use crate::recording::{Location, TaskKind};

#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum WakerOp {
    Clone,
    Wake,
    WakeByRef,
    Drop,
    #[default]
    None,
}

/// The fields of one span or event; those it does not have are left as they are by default.
pub(super) struct Fields {
    pub(super) kind: TaskKind,
    pub(super) name: String,
    pub(super) file: String,
    pub(super) line: u32,
    pub(super) column: u32,
    pub(super) resource: Resource,
    /// The function that made an operation, like `Mutex::lock_owned`.
    pub(super) source: String,
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

impl Default for Fields {
    fn default() -> Self {
        Self {
            kind: TaskKind::Spawned,
            name: String::new(),
            file: String::new(),
            line: 0,
            column: 0,
            resource: Resource::Unknown,
            source: String::new(),
            is_ready: false,
            duration: None,
            task: None,
            op: WakerOp::None,
            locked: None,
            write_locked: None,
            readers: 0,
            permits: 0,
            permits_requested: None,
            permits_obtained: 0,
            change: Change::Set,
        }
    }
}

impl Fields {
    pub(super) fn place(&self) -> Location {
        Location { file: stack::in_workspace(&self.file), line: self.line, column: self.column }
    }

    pub(super) fn into_task(self, spawned_by: Option<usize>) -> TaskInfo {
        let spawned_at = self.place();
        TaskInfo {
            kind: self.kind,
            name: self.name,
            spawned_at,
            spawned_by,
            id: self.task.unwrap_or_default(),
            wakers_known: self.kind != TaskKind::Main,
        }
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        match field.name() {
            "kind" => {
                self.kind = match format!("{value:?}").as_str() {
                    "block_on" => TaskKind::Main,
                    "local" => TaskKind::Local,
                    "blocking" => TaskKind::Blocking,
                    _ => TaskKind::Spawned,
                }
            }
            "task.name" => self.name = format!("{value:?}"),
            _ => {}
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "loc.file" => self.file = value.to_string(),
            "source" => self.source = value.to_string(),
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
            "loc.line" => self.line = value as u32,
            "loc.col" => self.column = value as u32,
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
