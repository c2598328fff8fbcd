//! What is at the root of a stuck program: who waits for whom.

use std::collections::BTreeMap;

use super::{circle::is_set_aside, comes_from_tasks};
use crate::recording::{Hold, Indexed, Recording, ResourceId, Task, TaskId, TaskKind, Wait, WaitKind};

/// Why nothing goes on.
pub(super) enum Root<'a> {
    /// A task waits for a lock or permit that it holds itself.
    Itself(&'a Wait, &'a Hold),
    /// Tasks that wait for locks in a circle: each wait, and the hold that it waits for.
    Circle(Vec<(&'a Wait, &'a Hold)>),
    /// Somebody waits for what another holds, who waits for something else (`keeper`).
    Kept { wait: &'a Wait, hold: &'a Hold, keeper: &'a Wait },
    /// Somebody waits for a lock that was given to a future which its task does not poll any more.
    Turn { wait: &'a Wait, turn: &'a Wait },
    /// Somebody waits for the end of a task that nobody polls: its `LocalSet` is not run.
    NotRun { wait: &'a Wait, task: TaskId },
    /// A task waits for something while a future of its own could go on (`ready`) and is not polled.
    NotPolled { wait: &'a Wait, ready: &'a Wait },
    /// Somebody waits for what was never given back, though who took it has ended.
    NotGivenBack { wait: &'a Wait, hold: &'a Hold },
    /// Tasks that wait for the end of each other, or one for its own: these waits.
    Joins(Vec<&'a Wait>),
    /// Somebody waits for something that does not come.
    Plain(&'a Wait),
}

/// The root, if anything waits.
pub(super) fn of<'a>(recording: &Indexed<'a>, waiting: &[&'a Wait]) -> Option<Root<'a>> {
    let all = Waiting::of(recording, waiting);
    let for_locks = || waiting.iter().copied().filter(|wait| all.is_held(wait));
    for wait in for_locks() {
        if let Some(hold) = all.holds(wait).find(|hold| hold.task == Some(wait.task)) {
            return Some(Root::Itself(wait, hold));
        }
    }
    if let Some((wait, turn)) = all.turn() {
        return Some(Root::Turn { wait, turn });
    }
    for wait in for_locks() {
        if let Some(circle) = all.circle(wait) {
            return Some(Root::Circle(circle));
        }
        let alive = |hold: &&Hold| hold.task.is_some_and(|task| recording.tasks[task.0].end.is_none());
        let Some(hold) = all.holds(wait).find(alive) else {
            return all.holds(wait).next().map(|hold| Root::NotGivenBack { wait, hold });
        };
        let mut of_holder = hold.task.into_iter().flat_map(|holder| all.of_task(holder));
        if let Some(keeper) = of_holder.find(|other| !all.is_held(other)) {
            // Who take turns at a lock by the same line, to wait for the same thing, do not keep each other from it.
            let in_turns = wait.line().is_some_and(|line| hold.line.as_ref() == Some(line));
            return Some(if in_turns { Root::Plain(keeper) } else { Root::Kept { wait, hold, keeper } });
        }
    }
    if let Some(joins) = all.joins_in_a_circle() {
        return Some(Root::Joins(joins));
    }
    if let Some((wait, task)) = waiting.iter().find(|wait| wait.kind.is_for_tasks()).zip(not_run(recording)) {
        return Some(Root::NotRun { wait, task });
    }
    if let Some((wait, ready)) = all.not_polled() {
        return Some(Root::NotPolled { wait, ready });
    }
    plain(recording, waiting).map(Root::Plain)
}

/// The wait for something that does not come which keeps all the others.
fn plain<'a>(recording: &Recording, waiting: &[&'a Wait]) -> Option<&'a Wait> {
    let first = waiting.iter().find(|wait| is_for_open_tracker(recording, wait));
    // Whoever waits for the end of a task waits for what that task waits for.
    let first = first.or_else(|| waiting.iter().find(|wait| !wait.kind.is_for_tasks())).or_else(|| waiting.first())?;
    // And whoever waits for an answer waits for what the handler waits for.
    let in_handler =
        |wait: &&&Wait| recording.is_of_library(wait.task) && !wait.kind.is_for_tasks() && comes_from_tasks(&wait.kind);
    let for_an_answer = matches!(first.kind, WaitKind::Http | WaitKind::Socket);
    let handler = waiting.iter().find(in_handler).filter(|_| for_an_answer);
    Some(handler.unwrap_or(first))
}

/// True for a wait that is for a `TaskTracker` although all tasks that were spawned on one have ended: it was not closed.
fn is_for_open_tracker(recording: &Recording, wait: &Wait) -> bool {
    let tracked = || recording.tasks.iter().filter(|task| task.in_tracker);
    wait.kind == WaitKind::Tracker && tracked().next().is_some() && tracked().all(|task| task.end.is_some())
}

/// A local task that has never had a turn.
fn not_run(recording: &Indexed) -> Option<TaskId> {
    let polled = |id: TaskId| recording.polls_of(id).next().is_some();
    let mut tasks = recording.tasks.iter().enumerate().map(|(number, task)| (TaskId(number), task));
    let is_it = |(id, task): &(TaskId, &Task)| task.kind == TaskKind::Local && task.end.is_none() && !polled(*id);
    tasks.find(is_it).map(|(id, _)| id)
}

/// The waits that had not ended, those of each task together, and what keeps them from it.
struct Waiting<'r, 'a> {
    recording: &'r Indexed<'a>,
    all: &'r [&'a Wait],
    by_task: BTreeMap<TaskId, Vec<&'a Wait>>,
    /// The guards and permits that have not been given back.
    held: BTreeMap<ResourceId, Vec<&'a Hold>>,
}

impl<'r, 'a> Waiting<'r, 'a> {
    fn of(recording: &'r Indexed<'a>, all: &'r [&'a Wait]) -> Self {
        let mut by_task: BTreeMap<TaskId, Vec<&Wait>> = BTreeMap::new();
        all.iter().for_each(|wait| by_task.entry(wait.task).or_default().push(wait));
        let mut held: BTreeMap<ResourceId, Vec<&Hold>> = BTreeMap::new();
        let kept = recording.all().holds.iter().filter(|hold| hold.until.is_none());
        kept.for_each(|hold| held.entry(hold.resource).or_default().push(hold));
        Self { recording, all, by_task, held }
    }

    fn of_task(&self, task: TaskId) -> impl DoubleEndedIterator<Item = &'a Wait> + Clone {
        self.by_task.get(&task).into_iter().flatten().copied()
    }

    /// The guards and permits that keep a wait from what it is for.
    fn holds(&self, wait: &Wait) -> impl Iterator<Item = &'a Hold> {
        wait.resource.and_then(|resource| self.held.get(&resource)).into_iter().flatten().copied()
    }

    /// True for a wait for a lock or permit that somebody has.
    fn is_held(&self, wait: &Wait) -> bool {
        self.holds(wait).next().is_some()
    }

    /// A wait for a lock, and the one that was given it and is not polled any more.
    fn turn(&self) -> Option<(&'a Wait, &'a Wait)> {
        let mut turns: BTreeMap<ResourceId, Option<&Wait>> = BTreeMap::new();
        self.all.iter().find_map(|wait| {
            let lock = wait.resource.filter(|_| wait.granted.is_none())?;
            let mut open = self.recording.waits_on(lock).filter(|other| other.end.is_none());
            let turn = turns.entry(lock).or_insert_with(|| open.find(|other| is_set_aside(self.recording, other)));
            Some((*wait, (*turn)?))
        })
    }

    /// What a task waits for although the time of one of its own timers has come: that one is not polled any more.
    fn not_polled(&self) -> Option<(&'a Wait, &'a Wait)> {
        let is_timer = |wait: &Wait| matches!(wait.kind, WaitKind::Sleep | WaitKind::Interval | WaitKind::Timeout);
        let now = self.recording.ended.nanos;
        let over = |wait: &Wait| wait.asked_nanos.is_some_and(|asked| wait.began.nanos + asked <= now);
        let mut ready = self.all.iter().copied().filter(|wait| is_timer(wait) && over(wait));
        ready.find_map(|ready| Some((self.of_task(ready.task).rfind(|other| !is_timer(other))?, ready)))
    }

    /// Follows the locks from this wait to its holder, and on to what that one waits for, until it comes back.
    fn circle(&self, start: &'a Wait) -> Option<Vec<(&'a Wait, &'a Hold)>> {
        let next_of = |holder: TaskId| self.of_task(holder).find(|other| self.is_held(other));
        let mut links: Vec<(&Wait, &Hold)> = Vec::new();
        let mut places: BTreeMap<TaskId, usize> = BTreeMap::new();
        let mut wait = start;
        while links.len() <= self.all.len() {
            let (hold, next) = self.holds(wait).find_map(|hold| Some((hold, next_of(hold.task?)?)))?;
            places.entry(wait.task).or_insert(links.len());
            links.push((wait, hold));
            if let Some(first) = places.get(&next.task) {
                return Some(links.split_off(*first));
            }
            wait = next;
        }
        None
    }

    /// The waits of all spawned tasks that are left, if all of them are for the end of a task. Each is for one of them, as
    /// nobody can join the main task, so they go round in a circle.
    fn joins_in_a_circle(&self) -> Option<Vec<&'a Wait>> {
        let alive = self.recording.tasks.iter().enumerate().filter(|(_, task)| task.end.is_none() && !task.is_main());
        let joins = alive.map(|(number, _)| {
            let mut own = self.of_task(TaskId(number));
            own.next().filter(|wait| wait.kind == WaitKind::Join && own.next().is_none())
        });
        joins.collect::<Option<Vec<&Wait>>>().filter(|joins| !joins.is_empty())
    }
}

/// Why nothing comes that ends a wait of this kind, and what to try. `alone` if only one task waits at all.
pub(super) fn why(kind: &WaitKind, alone: bool) -> (&'static str, &'static str) {
    match kind {
        WaitKind::MpscRecv if alone => (
            "recv() returns None once every Sender of the channel is gone. One is still alive, and nobody but this task is \
             left to hold it.",
            "drop the Sender that you do not need (drop(tx)), or move it into the task that sends; then recv() returns None",
        ),
        WaitKind::MpscRecv => (
            "recv() returns None once every Sender of the channel is gone. One is still alive, held by a task that waits, \
             too.",
            "drop the Senders that nobody needs any more (drop(tx)), and keep tasks that hold one from waiting for each other",
        ),
        WaitKind::MpscSend => (
            "A bounded channel makes its senders wait until there is room. The Receiver is still alive, but whoever has it \
             does not receive.",
            "receive in another task, or at the same time (join!); a greater capacity only puts it off",
        ),
        WaitKind::Oneshot => (
            "The Sender is still alive and has sent nothing: had it been dropped, this await would have ended with an error.",
            "send the value before you wait for anything else, or drop the Sender on every path that sends nothing",
        ),
        WaitKind::Watch | WaitKind::Broadcast => (
            "The Sender is still alive and sends nothing more: had it been dropped, this await would have ended.",
            "drop the Sender when there is nothing more to say, or send a last value that means the end",
        ),
        WaitKind::Notify => (
            "A Notify remembers little. notify_waiters() wakes only those who wait at that moment. notify_one() is kept for \
             the next who waits, but only once: a second one before that is lost.",
            "for one event use notify_one(); for a state use a watch channel, which remembers; to count use a Semaphore or an \
             mpsc channel",
        ),
        WaitKind::Semaphore => (
            "The Semaphore has too few permits for this acquire, and nobody is left who would add or give back any.",
            "ask for no more permits than there are, and look for the task that should give them back",
        ),
        WaitKind::Mutex | WaitKind::RwLock => (
            "Somebody holds the lock and does not let go of it.",
            "drop the guard when the work is done: end its scope with { }, or call drop(guard)",
        ),
        WaitKind::Barrier => (
            "A Barrier opens when as many tasks wait at it as it was made for. Fewer than that came.",
            "make it for as many tasks as there are, and see that none of them ends before it gets here",
        ),
        WaitKind::Join | WaitKind::JoinSet => (
            "A task ends when its future is done, and all that are left wait: for each other, or for themselves.",
            "ask of each task whom it waits for; a task cannot wait for one that waits for it",
        ),
        WaitKind::Tracker => (
            "TaskTracker::wait() ends once the tracker is closed and empty. Empty alone is not enough, because more tasks could \
             follow: somebody has to call close().",
            "call tracker.close() before tracker.wait().await; you can still spawn tasks on a tracker that is closed",
        ),
        WaitKind::Child => (
            "The child process is still there. One whose output goes into a pipe stops when the pipe is full, until somebody \
             reads it; one that reads its input goes on until that is closed.",
            "read its output while you wait for its end (wait_with_output), drop its stdin, or do not pipe what nobody reads",
        ),
        WaitKind::Pipe => (
            "The pipe has room for as many bytes as it was made for. Whoever writes more waits until the other end reads, and \
             whoever reads waits until the other end writes, shuts down or is dropped.",
            "write and read at the same time (join!, or a task for each), or let one end read first",
        ),
        WaitKind::Socket | WaitKind::Http => (
            "The connection is open, and the other end neither sends nor closes it.",
            "does the other side wait, too, for instance for the end of what you send? Shut down your writing side, or say \
             how much is to come",
        ),
        _ => (
            "The future has kept the waker, and nobody is left who would call it: that one waits, too, or is gone, or was done \
             before the waker was stored.",
            "ask who is to complete this future, and whether that one waits, too",
        ),
    }
}
