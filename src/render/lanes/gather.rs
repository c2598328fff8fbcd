//! From a recording to lanes: what is the program's own, and has a width.

use super::{
    Bar, End, Ended, Finish, Group, Lane, Picture, What,
    allot::{Stretch, allot},
};
use crate::{
    plain::plain,
    recording::{Block, How, Location, Moment, Outcome, Recording, Task, TaskId, Wait, WaitKind},
    render::axis::Axis,
};

/// What the code outside every task is called.
const OUTSIDE: &str = "thread";

/// Every moment at which something is shown.
pub(super) fn moments(recording: &Recording) -> impl Iterator<Item = Moment> {
    let own = |task: Option<TaskId>| task.is_none_or(|task| is_own(recording, task));
    let tasks =
        (0..recording.tasks.len()).filter(move |task| own(Some(TaskId(*task)))).map(|task| &recording.tasks[task]);
    let tasks = tasks.flat_map(|task| [Some(task.spawned), task.end.as_ref().map(|end| end.at)]);
    let waits = recording.waits.iter().filter(move |wait| is_shown(recording, wait));
    let waits = waits.flat_map(|wait| [Some(wait.began), wait.end.map(|end| end.at)]);
    let blocks = recording.blocks.iter().filter(move |block| own(block.task));
    let blocks = blocks.flat_map(|block| [Some(block.began), Some(block.ended)]);
    let prints = recording.prints.iter().filter(move |print| own(print.task)).map(|print| Some(print.at));
    tasks.chain(waits).chain(blocks).chain(prints).flatten()
}

/// A task that the program itself spawned, closures on the blocking pool among them.
fn is_own(recording: &Recording, task: TaskId) -> bool {
    !recording.is_of_library(task)
}

fn is_shown(recording: &Recording, wait: &Wait) -> bool {
    !wait.lines.is_empty() && is_own(recording, wait.task)
}

/// Every task of the program with its lanes, nothing folded. What is outside every task comes first, if there is any.
pub(super) fn groups<'a>(recording: &'a Recording, axis: &Axis) -> Vec<Group<'a>> {
    let mut bars = bars(recording, axis);
    let outside = bars.pop().unwrap_or_default();
    let mut groups = Vec::new();
    if !outside.is_empty() || recording.prints.iter().any(|print| print.task.is_none()) {
        groups.push(outside_group(lanes(outside)));
    }
    for (number, bars) in bars.into_iter().enumerate().filter(|(number, _)| is_own(recording, TaskId(*number))) {
        let task = &recording.tasks[number];
        groups.push(Group {
            task: Some(TaskId(number)),
            name: plain(&task.name),
            born: axis.place(task.spawned),
            end: end_of(recording, task, axis),
            ..outside_group(lanes(bars))
        });
    }
    groups
}

fn outside_group(lanes: Vec<Lane<'_>>) -> Group<'_> {
    Group {
        task: None,
        name: OUTSIDE.to_string(),
        others: Vec::new(),
        lanes,
        lanes_left_out: 0,
        born: 0,
        end: End { at: 0, how: Ended::Unseen },
        prints: Vec::new(),
        prints_of_others: 0,
        wakes: Vec::new(),
    }
}

fn end_of(recording: &Recording, task: &Task, axis: &Axis) -> End {
    match &task.end {
        // The rest of a program is dropped when its main function returns; until then it was alive.
        Some(end) if end.how != How::Dropped || end.at.step <= recording.ended.step => {
            let how = match end.how {
                How::Finished => Ended::Finished,
                How::Panicked => Ended::Panicked,
                How::Dropped => Ended::Dropped,
            };
            End { at: axis.place(end.at), how }
        }
        _ => End { at: axis.end(), how: Ended::Alive },
    }
}

/// The stretches of each task, by its number, and last those outside every task; each with its steps.
fn bars<'a>(recording: &'a Recording, axis: &Axis) -> Vec<Vec<(Stretch, Bar<'a>)>> {
    let outside = recording.tasks.len();
    let mut bars: Vec<Vec<(Stretch, Bar)>> = Vec::new();
    bars.resize_with(outside + 1, Vec::new);
    for wait in recording.waits.iter().filter(|wait| is_shown(recording, wait)) {
        let (stretch, bar) = wait_bar(recording, wait, axis);
        // What took no time has no width, and would only cost lanes.
        if bar.from < bar.to || bar.finish.is_never() {
            bars[wait.task.0].push((stretch, bar));
        }
    }
    for block in recording.blocks.iter().filter(|block| axis.place(block.began) < axis.place(block.ended)) {
        let task = block.task.map_or(outside, |task| task.0);
        bars[task].push(block_bar(block, axis));
    }
    for bars in &mut bars {
        bars.sort_by_key(|(stretch, _)| stretch.from);
    }
    bars
}

fn wait_bar<'a>(recording: &Recording, wait: &'a Wait, axis: &Axis) -> (Stretch, Bar<'a>) {
    let ended = recording.ended;
    let end = wait.end.filter(|end| end.at.nanos <= ended.nanos && (end.ready || end.at.step <= ended.step));
    let finish = match end {
        Some(end) if end.ready => Finish::Ready,
        Some(_) => Finish::Dropped,
        None if recording.outcome == Outcome::Stuck => Finish::Stuck,
        None => Finish::Open,
    };
    let to = end.map_or(axis.end(), |end| axis.place(end.at));
    let to_step = end.map_or(u64::MAX, |end| end.at.step);
    let stretch = Stretch { from: wait.began.step, to: to_step, place: place(wait.line(), Some(&wait.kind)) };
    let what = What::Wait(&wait.kind);
    (stretch, Bar { what, from: axis.place(wait.began), to, finish, line: wait.line() })
}

fn block_bar<'a>(block: &'a Block, axis: &Axis) -> (Stretch, Bar<'a>) {
    let (from, to) = (axis.place(block.began), axis.place(block.ended));
    let bar = Bar { what: What::Blocked, from, to, finish: Finish::Ready, line: Some(&block.line) };
    (Stretch { from: block.began.step, to: block.ended.step, place: place(Some(&block.line), None) }, bar)
}

/// A number for what is waited for at a place in the program. Files need not be told apart: it only matters which lane is the better one.
fn place(line: Option<&Location>, kind: Option<&WaitKind>) -> u64 {
    let kind = kind.map_or(0, |kind| kind.clone() as u64 + 1);
    line.map_or(0, |line| u64::from(line.line) << 32 | u64::from(line.column) << 8 | kind)
}

fn lanes(bars: Vec<(Stretch, Bar<'_>)>) -> Vec<Lane<'_>> {
    let (stretches, bars): (Vec<Stretch>, Vec<Bar>) = bars.into_iter().unzip();
    let mut lanes = vec![Lane { bars: Vec::new(), alike: 1 }];
    for (number, bar) in allot(&stretches).into_iter().zip(bars) {
        if number == lanes.len() {
            lanes.push(Lane { bars: Vec::new(), alike: 1 });
        }
        lanes[number].bars.push(bar);
    }
    lanes
}

/// Enters what the tasks shown printed, and who woke them. Ports are left out: the picture of one program is always the same.
pub(super) fn add_notes(picture: &mut Picture<'_>) {
    let recording = picture.recording;
    let outside = recording.tasks.len();
    let place = |task: Option<TaskId>| task.map_or(outside, |task| task.0);
    let mut group_of: Vec<Option<usize>> = vec![None; outside + 1];
    for (number, group) in picture.groups.iter().enumerate() {
        group_of[place(group.task)] = Some(number);
        for other in &group.others {
            group_of[other.0] = Some(number);
        }
    }
    for line in recording.lines() {
        if let Some(group) = group_of[place(line.task)] {
            let group = &mut picture.groups[group];
            if line.task != group.task {
                group.prints_of_others += 1;
            } else if !line.text.trim().is_empty() {
                group.prints.push((picture.axis.place(line.at), plain(&line.without_ports())));
            }
        }
    }
    for wake in &recording.wakes {
        if let (Some(group), Some(by)) = (group_of[wake.task.0], wake.by)
            && picture.groups[group].task == Some(wake.task)
            && by != wake.task
            && is_own(recording, by)
        {
            picture.groups[group].wakes.push((picture.axis.place(wake.at), by));
        }
    }
}
