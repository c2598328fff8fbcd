//! The spans a thread is in: which task it polls, and which operation within.

use std::cell::RefCell;

use super::log::{Log, Role};

thread_local! {
    /// The spans this thread is in, the outermost first.
    static ENTERED: RefCell<Vec<(u64, Role)>> = const { RefCell::new(Vec::new()) };
}

pub(super) fn push(span: u64, role: Role) {
    ENTERED.with_borrow_mut(|entered| entered.push((span, role)));
}

pub(super) fn remove(span: u64) {
    // Dropping a thread's last values may leave spans after the thread's own storage is gone.
    let _ = ENTERED.try_with(|entered| {
        let mut entered = entered.borrow_mut();
        if let Some(at) = entered.iter().rposition(|(entered, _)| *entered == span) {
            entered.remove(at);
        }
    });
}

/// The span this thread is in.
pub(super) fn innermost() -> Option<u64> {
    ENTERED.with_borrow(|entered| entered.last().map(|(span, _)| *span))
}

/// The innermost span with such a role.
pub(super) fn find(is_it: impl Fn(&Role) -> bool) -> Option<u64> {
    ENTERED.with_borrow(|entered| entered.iter().rev().find(|(_, role)| is_it(role)).map(|(span, _)| *span))
}

/// The task this thread is polling, by its number in the log.
pub(super) fn current_task() -> Option<usize> {
    ENTERED.with_borrow(|entered| {
        entered.iter().rev().find_map(|(_, role)| match role {
            Role::Task(task) => Some(*task),
            _ => None,
        })
    })
}

/// The poll of an operation that this thread is in: the outermost since the task's own poll began, and the innermost.
pub(super) fn polled_op(log: &Log) -> Option<(u64, u64)> {
    ENTERED.with_borrow(|entered| {
        let since_task = entered.iter().rposition(|(_, role)| matches!(role, Role::Task(_))).map_or(0, |at| at + 1);
        let mut polls = entered[since_task..].iter().filter(|(_, role)| matches!(role, Role::OpPoll { .. }));
        let outermost = polls.next()?.0;
        let innermost = polls.next_back().map_or(outermost, |(id, _)| *id);
        log.spans.contains_key(&outermost).then_some((outermost, innermost))
    })
}
