//! What a poll was doing that held on to its thread for long, concluded from the glances at it.

use std::time::Duration;

use super::{event::LongPoll, polling::LONG, stack::Stack};
use crate::recording::Doing;

/// What a thread does that is asleep, by parts of the names or modules of the functions it is in. What contains another
/// stands before it: a channel waits by parking its thread. Whatever is not here just waits.
const BLOCKING: &[(&str, Doing)] = &[
    ("std::sync::mpsc", Doing::Receiving),
    ("std::sync::mpmc", Doing::Receiving),
    ("crossbeam_channel::", Doing::Receiving),
    ("flume::", Doing::Receiving),
    ("parking_lot::condvar::", Doing::Waiting),
    ("parking_lot::", Doing::Locking),
    ("lock_api::", Doing::Locking),
    ("std::sync::poison::mutex::", Doing::Locking),
    ("std::sync::poison::rwlock::", Doing::Locking),
    ("std::sync::mutex::", Doing::Locking),
    ("std::sync::rwlock::", Doing::Locking),
    ("std::sys::sync::mutex::", Doing::Locking),
    ("std::sys::sync::rwlock::", Doing::Locking),
    ("std::thread::sleep", Doing::Sleeping),
    ("std::thread::functions::sleep", Doing::Sleeping),
    ("std::sys::thread::unix::sleep", Doing::Sleeping),
    ("std::thread::park", Doing::Waiting),
    ("std::sync::poison::condvar::", Doing::Waiting),
    ("std::sync::barrier::", Doing::Waiting),
    ("std::thread::join_handle::", Doing::Waiting),
    ("std::thread::JoinHandle", Doing::Waiting),
    ("std::thread::JoinInner", Doing::Waiting),
    ("std::sys::sync::thread_parking::", Doing::Waiting),
    ("std::sys::process::", Doing::Waiting),
    ("std::sys::pal::unix::futex::", Doing::Waiting),
];

/// A panic that is printed with its stack takes long, and so does an error that keeps one.
const STACKS: &str = "backtrace::";

/// Tokio, called by the program, computes nothing of its own; but it tells the recorder what it does, and that takes long.
const INSTRUMENTED: &[&str] = &["tokio::", "tracing::", "tracing_core::"];

/// For so long a thread must have been blocked while it was looked at, beyond the time for which the machine kept others
/// from their work: who waits for a lock waits for the machine as long as the one who holds it has no processor.
const BLOCKED: Duration = Duration::from_millis(50);

/// So much processor time must have been used in the part of the poll that was seen, so that a thread that was kept
/// waiting for a processor is not taken for one that computed.
const WORK: Duration = Duration::from_millis(50);

/// What it did, and where.
pub(super) struct Conclusion<'a> {
    pub(super) doing: Doing,
    /// Where the thread was most of the time; nothing where nobody could look.
    pub(super) stack: Option<&'a Stack>,
}

/// Concludes from glances, and from the processor time that the thread had used when the poll ended. Nothing if the poll
/// was long through no fault of the program's.
pub(super) fn conclude<'a>(poll: &LongPoll, stacks: &'a [Stack]) -> Option<Conclusion<'a>> {
    let idle = is_idle(poll);
    // Those that found it in the recorder count too, but show nothing.
    let all = poll.seen.len();
    let elsewhere = poll.seen.iter().filter_map(|seen| Some((&stacks[seen.stack? as usize], seen.asleep.or(idle))));
    let looks: Vec<(Look, &Stack)> = elsewhere
        .map(|(stack, asleep)| match look(asleep, stack) {
            // What blocks in place is no fault, as long as it comes to an end.
            _ if stack.in_place && poll.ended => (Look::Own, stack),
            Look::Blocked(Doing::Locking) if poll.ended && is_for_tokios_own(stack) => (Look::Own, stack),
            look => (look, stack),
        })
        .collect();
    let count = |is_it: &dyn Fn(&Look) -> bool| looks.iter().filter(|(look, _)| is_it(look)).count();
    let (blocked, working) = (count(&|look| matches!(look, Look::Blocked(_))), count(&|look| *look == Look::Working));
    let share = |of: Duration| of * working as u32 / all.max(1) as u32;
    let sleeps = looks.iter().any(|(look, _)| *look == Look::Blocked(Doing::Sleeping));
    let by_itself = (poll.looked_for * blocked as u32 / all.max(1) as u32).saturating_sub(poll.kept_ready);
    let is_blocked = blocked * 2 > all && (sleeps || !poll.ended || by_itself >= BLOCKED);
    let worked = share(used(poll)) >= WORK && share(poll.real) >= LONG;
    if !is_blocked && !worked && poll.ended {
        return None;
    }
    let chosen = looks.iter().filter(|(look, _)| match look {
        Look::Blocked(_) => is_blocked,
        Look::Working => !is_blocked,
        Look::Own => false,
    });
    // Where it was found again and again, as deep in the program as possible: a glance at the very moment of a call may
    // miss the innermost function.
    let times = |stack: &Stack| looks.iter().filter(|(_, other)| other.innermost() == stack.innermost()).count();
    let typical = chosen.max_by_key(|(_, stack)| {
        let often = times(stack) * 4 >= all;
        (often, if often { stack.lines().len() } else { 0 }, times(stack))
    });
    let doing = match typical {
        Some((Look::Blocked(doing), _)) => *doing,
        _ => Doing::Working,
    };
    Some(Conclusion { doing, stack: typical.map(|(_, stack)| *stack) })
}

/// The processor time that was used in the part of the poll that was seen.
fn used(poll: &LongPoll) -> Duration {
    let first = poll.seen.first().map_or(poll.cpu_nanos, |first| first.cpu_nanos);
    Duration::from_nanos(poll.cpu_nanos.saturating_sub(first))
}

/// True if the thread used next to no processor time for so long that no busy machine explains it. Where the system does
/// not tell whether a thread is asleep, that does.
fn is_idle(poll: &LongPoll) -> Option<bool> {
    (poll.real >= Duration::from_secs(1) && used(poll) * 20 < poll.real).then_some(true)
}

/// True if a thread with this stack is blocked.
pub(super) fn is_blocked(asleep: Option<bool>, stack: &Stack) -> bool {
    matches!(look(asleep, stack), Look::Blocked(_))
}

/// True if the lock that a thread with this stack waits for is one that tokio keeps for itself: no code of the program holds it,
/// so it lasts only as long as a busy machine leaves the one who does without a processor. A `watch` lets a program hold its own.
fn is_for_tokios_own(stack: &Stack) -> bool {
    stack.is_within("tokio::") && !stack.is_within("tokio::sync::watch::")
}

/// What one glance shows.
#[derive(PartialEq)]
enum Look {
    Blocked(Doing),
    Working,
    /// Nothing that the program is to answer for.
    Own,
}

/// A thread that is asleep is blocked, whatever it is in. Where that is not known, the functions it is in tell.
fn look(asleep: Option<bool>, stack: &Stack) -> Look {
    // The handler that wrote the stack down stands on it too, with all it called.
    let called = stack.callees().iter().take_while(|frame| !frame.function.contains("write_stack_down"));
    let within = |part: &str| called.clone().any(|frame| frame.is_of(part));
    if within(STACKS) {
        return Look::Own;
    }
    let named = BLOCKING.iter().find(|(part, _)| within(part)).map(|(_, doing)| *doing);
    let called_by_program = !stack.frames.is_empty();
    match (asleep, named) {
        (Some(true), named) => Look::Blocked(named.unwrap_or(Doing::Waiting)),
        (None, Some(doing)) => Look::Blocked(doing),
        _ if called_by_program && INSTRUMENTED.iter().any(|part| within(part)) => Look::Own,
        _ => Look::Working,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::event::Seen, *};

    /// What is said of a poll of a second that was within this function, while threads were kept from a processor for so long.
    fn said(function: &str, asleep: bool, kept_ready: Duration, ended: bool) -> Option<Doing> {
        let second = Duration::from_secs(1);
        let used = |of_40: u64| if asleep { 0 } else { of_40 * 25_000_000 };
        let seen = (0..40).map(|look| Seen { stack: Some(0), cpu_nanos: used(look), asleep: Some(asleep) }).collect();
        let (task, began, cpu_nanos) = (0, 0, used(40));
        let poll = LongPoll { task, began, ended, real: second, cpu_nanos, looked_for: second, kept_ready, seen };
        conclude(&poll, &[Stack::within(function)]).map(|conclusion| conclusion.doing)
    }

    #[test]
    fn a_panic_that_is_printed_with_its_stack_is_no_computation() {
        let within = |function: &str| said(function, false, Duration::ZERO, true);
        assert_eq!(within("std::sys::backtrace::BacktraceLock::print"), None);
        assert_eq!(within("program::sum"), Some(Doing::Working));
    }

    #[test]
    fn a_lock_of_tokios_own_is_nobodys_fault_unless_a_program_can_hold_it_or_it_lasts_for_ever() {
        let within = |function: &str, ended: bool| said(function, true, Duration::ZERO, ended);
        let spawns = "tokio::runtime::blocking::pool::Spawner::spawn_task, std::sync::poison::mutex::Mutex::lock";
        assert_eq!((within(spawns, true), within(spawns, false)), (None, Some(Doing::Locking)));
        let sends = "tokio::sync::watch::Sender::send, std::sync::poison::rwlock::RwLock::write";
        assert_eq!(within(sends, true), Some(Doing::Locking));
        assert_eq!(within("std::sync::poison::mutex::Mutex::lock", true), Some(Doing::Locking));
    }

    #[test]
    fn who_waits_for_one_that_has_no_processor_waits_for_the_machine() {
        let kept_ready = |millis: u64| said("", true, Duration::from_millis(millis), true);
        assert_eq!(kept_ready(0), Some(Doing::Waiting));
        assert_eq!(kept_ready(500), Some(Doing::Waiting));
        assert_eq!(kept_ready(980), None);
    }
}
