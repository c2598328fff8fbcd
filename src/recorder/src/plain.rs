//! Whether a stack leads to a wait through plain awaits alone, so that its task waits for nothing else.

use std::sync::Arc;

use super::{stack::Frame, workspace::is_learners};

/// The runtime, which polls the task's own future.
const RUNTIME: &str = "tokio::runtime::";

/// The innards of a lock, from where its operation was found to wait.
const LOCK: &[&str] =
    &["tokio::sync::mutex::", "tokio::sync::rwlock::", "tokio::sync::batch_semaphore::", "tokio::util::trace::"];

/// What may stand between the runtime and a task's own future, or between two awaits: code that polls one future and
/// looks at nothing else. All that is not known is taken for a combinator.
const LEADS_ON: &[&str] = &[
    "tokio::task::local::",
    "core::future::future::",
    "core::ops::function::",
    "core::panic::unwind_safe::",
    "std::panic::",
    "std::panicking::",
    "std::thread::local::",
    "tracing::instrument::",
    "tracing::span::",
];

/// What the names of the workbook's own functions begin with.
const OWN: &[&str] = &["workbook::", "workbook_recorder::"];

/// True if these frames, the innermost first, lead from the runtime to a lock through nothing but awaits in async functions
/// and blocks.
pub(super) fn is_plain(frames: &[Arc<Frame>]) -> bool {
    let of_program = |frame: &Arc<Frame>| frame.location.as_ref().is_some_and(|at| is_learners(&at.file));
    let of_lock = |frame: &Arc<Frame>| LOCK.iter().any(|module| is_in(frame, module));
    // Further in are tokio's reports and the recorder itself.
    let Some(lock) = frames.iter().position(of_lock) else { return false };
    for frame in frames[lock..].iter().skip_while(|frame| of_lock(frame)) {
        if is_in(frame, RUNTIME) {
            return true;
        }
        let leads_on = if of_program(frame) {
            // Not a closure, which a `select!` is made of, nor a `poll` that was written by hand.
            frame.function.starts_with("{async_")
        } else {
            is_of_workbook(frame) || LEADS_ON.iter().any(|module| is_in(frame, module))
        };
        if !leads_on {
            return false;
        }
    }
    false
}

fn is_of_workbook(frame: &Frame) -> bool {
    // Its own crates may be built without debug info.
    let name = frame.function.trim_start_matches('<');
    frame.location.as_ref().is_some_and(|at| at.file.starts_with("src/"))
        || OWN.iter().any(|of_crate| name.starts_with(of_crate))
}

/// True for a function of this module; where its file is not known, told by its name.
fn is_in(frame: &Frame, module: &str) -> bool {
    let name = frame.function.trim_start_matches('<');
    frame.module.starts_with(module) || (frame.module.is_empty() && name.starts_with(module))
}
