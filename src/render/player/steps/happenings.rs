//! Everything that a recording has in its several lists, in one order.

use super::Shown;
use crate::recording::{How, Location, Moment};

/// One thing that happened. Numbers are those of what is [`Shown`].
pub(super) enum Happening {
    Spawned {
        task: usize,
    },
    PollBegins {
        task: usize,
    },
    /// A poll ends; `last` if it is the one in which its task finished or panicked.
    PollEnds {
        task: usize,
        last: bool,
    },
    TaskEnds {
        task: usize,
        how: How,
    },
    WaitBegins {
        wait: usize,
        task: usize,
        line: Location,
    },
    WaitEnds {
        wait: usize,
        ready: bool,
    },
    Woken {
        task: usize,
        by: Option<usize>,
    },
    Printed {
        print: usize,
        task: Option<usize>,
        line: Location,
    },
    BlockBegins {
        block: usize,
        task: Option<usize>,
        line: Location,
    },
    BlockEnds {
        block: usize,
        by_task: bool,
    },
}

/// All of it, in the order in which it happened.
pub(super) fn happenings(shown: &Shown) -> Vec<(Moment, Happening)> {
    let mut all = Vec::new();
    // A wait that ends with its task ends before it, at the same moment.
    waits(shown, &mut all);
    tasks(shown, &mut all);
    polls(shown, &mut all);
    others(shown, &mut all);
    all.sort_by_key(|(moment, happening)| (moment.nanos, turn(happening), moment.step));
    all
}

/// Where a happening stands among those of its moment: before or after all others, or in the order in which it was seen.
/// In which order it is seen what a thread does that runs no task is chance, and no reader should look for a reason: that
/// it is blocked is told after everything else, and that it goes on before.
fn turn(happening: &Happening) -> u8 {
    match happening {
        Happening::BlockEnds { by_task: false, .. } => 0,
        Happening::BlockBegins { task: None, .. } => 2,
        _ => 1,
    }
}

fn waits(shown: &Shown, all: &mut Vec<(Moment, Happening)>) {
    for (number, (task, wait)) in shown.each_wait().enumerate() {
        let line = wait.lines.last().cloned().unwrap_or_default();
        all.push((wait.began, Happening::WaitBegins { wait: number, task, line }));
        all.extend(wait.end.map(|end| (end.at, Happening::WaitEnds { wait: number, ready: end.ready })));
    }
}

fn tasks(shown: &Shown, all: &mut Vec<(Moment, Happening)>) {
    for (number, task) in shown.each_task().enumerate() {
        all.push((task.spawned, Happening::Spawned { task: number }));
        let end = task.end.as_ref().map(|end| (end.at, Happening::TaskEnds { task: number, how: end.how }));
        all.extend(end);
    }
}

fn polls(shown: &Shown, all: &mut Vec<(Moment, Happening)>) {
    let mut seen = vec![false; shown.recording.tasks.len()];
    // From the last to the first, to know which is the last of its task.
    for poll in shown.recording.polls.iter().rev() {
        let last = !std::mem::replace(&mut seen[poll.task.0], true);
        let Some(task) = shown.number(poll.task) else { continue };
        all.push((poll.began, Happening::PollBegins { task }));
        // A poll that never ended was going on when the program had to be ended.
        if poll.ended != poll.began {
            let end = shown.recording.tasks[poll.task.0].end.as_ref();
            let last = last && end.is_some_and(|end| end.how != How::Dropped);
            all.push((poll.ended, Happening::PollEnds { task, last }));
        }
    }
}

fn others(shown: &Shown, all: &mut Vec<(Moment, Happening)>) {
    let number = |task| shown.number(task);
    let recording = shown.recording;
    for wake in &recording.wakes {
        if let Some(task) = number(wake.task) {
            all.push((wake.at, Happening::Woken { task, by: wake.by.and_then(number) }));
        }
    }
    for (at, print) in recording.prints.iter().enumerate() {
        let (task, line) = (print.task.and_then(number), print.line.clone());
        all.push((print.at, Happening::Printed { print: at, task, line }));
    }
    for (at, block) in recording.blocks.iter().enumerate() {
        let (task, line) = (block.task.and_then(number), block.line.clone());
        all.push((block.began, Happening::BlockBegins { block: at, task, line }));
        all.push((block.ended, Happening::BlockEnds { block: at, by_task: task.is_some() }));
    }
}
