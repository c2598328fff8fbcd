//! What belongs together and has one colour in every picture.

use super::lanes::{Bar, Finish, What};
use crate::recording::WaitKind;

/// A family of things drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    /// Waits for time.
    Time,
    /// Waits for tasks.
    Tasks,
    /// Waits for channels and locks.
    Shared,
    /// Waits for files and sockets.
    Io,
    /// Waits for something else.
    Other,
    /// What holds up or ends the program: a blocked thread, a panic, a wait that nothing ends.
    Alarm,
}

impl Family {
    /// The family of a stretch of a lane.
    pub(super) fn of(bar: &Bar<'_>) -> Self {
        let What::Wait(kind) = bar.what else { return Self::Alarm };
        if bar.finish == Finish::Stuck {
            return Self::Alarm;
        }
        match kind {
            WaitKind::Sleep | WaitKind::Interval | WaitKind::Timeout => Self::Time,
            WaitKind::Join | WaitKind::JoinSet | WaitKind::Tracker => Self::Tasks,
            WaitKind::MpscRecv | WaitKind::MpscSend | WaitKind::Oneshot | WaitKind::Watch | WaitKind::Broadcast => {
                Self::Shared
            }
            WaitKind::Notify | WaitKind::Mutex | WaitKind::RwLock | WaitKind::Semaphore | WaitKind::Barrier => {
                Self::Shared
            }
            WaitKind::Socket | WaitKind::Child | WaitKind::File | WaitKind::Http => Self::Io,
            WaitKind::Signal | WaitKind::Stdin | WaitKind::Pipe => Self::Io,
            WaitKind::Yield | WaitKind::Other => Self::Other,
        }
    }
}
