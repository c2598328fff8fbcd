//! The spans a thread is in: which task it polls, and which operation within.

use std::cell::RefCell;

use super::{log::Role, waiting::recording};

thread_local! {
    static ENTERED: RefCell<Entered> = const { RefCell::new(Entered { recording: 0, spans: Vec::new() }) };
}

/// The spans a thread is in, the outermost first.
struct Entered {
    /// The recording that they are of: what a span of an earlier one stands for is void.
    recording: u32,
    spans: Vec<(u64, Role)>,
}

impl Entered {
    fn of_this_recording(&self) -> &[(u64, Role)] {
        if self.recording == recording() { &self.spans } else { &[] }
    }
}

/// Looks at the spans this thread is in. Dropping its last values may tell of some after its own storage is gone.
fn with<T: Default>(look: impl FnOnce(&[(u64, Role)]) -> T) -> T {
    ENTERED.try_with(|entered| look(entered.borrow().of_this_recording())).unwrap_or_default()
}

pub(super) fn push(span: u64, role: Role) {
    ENTERED.with_borrow_mut(|entered| {
        let recording = recording();
        if entered.recording != recording {
            *entered = Entered { recording, spans: Vec::new() };
        }
        entered.spans.push((span, role));
    });
}

pub(super) fn remove(span: u64) {
    let _ = ENTERED.try_with(|entered| {
        let spans = &mut entered.borrow_mut().spans;
        if let Some(at) = spans.iter().rposition(|(entered, _)| *entered == span) {
            spans.remove(at);
        }
    });
}

/// What the span stands for that this thread is in.
pub(super) fn role() -> Option<Role> {
    with(|entered| entered.last().map(|(_, role)| *role))
}

/// The span this thread is in.
pub(super) fn innermost() -> Option<u64> {
    with(|entered| entered.last().map(|(span, _)| *span))
}

/// The innermost span with such a role.
pub(super) fn find(is_it: impl Fn(&Role) -> bool) -> Option<u64> {
    with(|entered| entered.iter().rev().find(|(_, role)| is_it(role)).map(|(span, _)| *span))
}

/// The innermost timer that this thread is at, by its place in the log.
pub(super) fn timer() -> Option<u32> {
    with(|entered| {
        entered.iter().rev().find_map(|(_, role)| match role {
            Role::Resource(owner) => owner.timer,
            _ => None,
        })
    })
}

/// The task this thread is polling, by its number in the log.
pub(super) fn current_task() -> Option<u32> {
    with(|entered| {
        entered.iter().rev().find_map(|(_, role)| match role {
            Role::Task(task) => Some(*task),
            _ => None,
        })
    })
}

/// The poll of an operation that this thread is in: the outermost since the task's own poll began, and the innermost.
pub(super) fn polled_op() -> Option<(u64, u64)> {
    with(|entered| {
        let since_task = entered.iter().rposition(|(_, role)| matches!(role, Role::Task(_))).map_or(0, |at| at + 1);
        let mut polls = entered[since_task..].iter().filter(|(_, role)| matches!(role, Role::OpPoll { .. }));
        let outermost = polls.next()?.0;
        let innermost = polls.next_back().map_or(outermost, |(id, _)| *id);
        Some((outermost, innermost))
    })
}
