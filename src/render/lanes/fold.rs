//! What is drawn where there is too much to draw: what looks the same becomes one, and what is still too many is counted.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

use super::{Group, Lane, Rest};
use crate::{
    recording::{Location, Recording},
    render::crowd::Crowd,
};

/// Up to so many lanes everything is drawn as it is.
const MOST_LANES: usize = 24;

/// So many lanes are drawn, as examples, where there are more.
const EXAMPLES: usize = 10;

/// So many of them may belong to one task where there are others.
const EXAMPLES_OF_ONE: usize = 6;

/// The groups to be drawn, and what is left of them.
pub(super) fn fold<'a>(recording: &'a Recording, groups: Vec<Group<'a>>) -> (Vec<Group<'a>>, Option<Rest<'a>>) {
    if lanes_in(&groups) <= MOST_LANES {
        return (groups, None);
    }
    let crowd_of_tasks = waiting(&groups);
    let crowd_of_waits = Crowd::new(stretches(&groups).flatten());
    let mut folded = fold_tasks(recording, groups.into_iter().map(fold_lanes).collect());
    if lanes_in(&folded) <= MOST_LANES {
        return (folded, None);
    }
    let alone = folded.len() == 1;
    let mut lanes = 0;
    let fits = |group: &mut Group| {
        let most = if alone { EXAMPLES } else { EXAMPLES_OF_ONE };
        group.lanes_left_out = group.lanes.drain(most.min(group.lanes.len())..).map(|lane| lane.alike).sum();
        lanes += group.lanes.len();
        lanes <= EXAMPLES
    };
    let shown = folded.iter_mut().map(fits).take_while(|fits| *fits).count();
    let left_out = folded.split_off(shown);
    let mut places: Vec<&Location> = Vec::new();
    for task in left_out.iter().filter_map(|group| group.task) {
        let place = &recording.tasks[task.0].spawned_at;
        if places.len() < EXAMPLES && !places.contains(&place) {
            places.push(place);
        }
    }
    let tasks = left_out.iter().map(|group| 1 + group.others.len()).sum();
    let crowd = if tasks > 0 { crowd_of_tasks } else { crowd_of_waits };
    (folded, Some(Rest { tasks, places, crowd }))
}

fn lanes_in(groups: &[Group]) -> usize {
    groups.iter().map(|group| group.lanes.len()).sum()
}

fn fold_lanes(mut group: Group<'_>) -> Group<'_> {
    let lanes = std::mem::take(&mut group.lanes);
    group.lanes = together(lanes, Lane::clone, |first, _| first.alike += 1);
    group
}

/// Tasks that were spawned at the same line, at the same time, and did the same.
fn fold_tasks<'a>(recording: &'a Recording, groups: Vec<Group<'a>>) -> Vec<Group<'a>> {
    let looks = |group: &Group<'a>| {
        let task = group.task.map(|task| (&recording.tasks[task.0].spawned_at, recording.tasks[task.0].kind as u8));
        (task, group.born, group.end, group.lanes.clone())
    };
    let distinct = groups.iter().map(looks).collect::<HashSet<_>>().len();
    // A few that happen to be alike among many that are not are no pattern worth showing.
    if distinct > MOST_LANES && distinct * 2 > groups.len() {
        return groups;
    }
    together(groups, looks, |first, other| first.others.extend(other.task))
}

/// Keeps the first of those that look the same, in their order, and tells it of each that joins it.
fn together<T, L: Hash + Eq>(all: Vec<T>, looks: impl Fn(&T) -> L, joins: impl Fn(&mut T, T)) -> Vec<T> {
    let mut first: HashMap<L, usize> = HashMap::new();
    let mut kept: Vec<T> = Vec::new();
    for one in all {
        match first.get(&looks(&one)) {
            Some(at) => joins(&mut kept[*at], one),
            None => {
                first.insert(looks(&one), kept.len());
                kept.push(one);
            }
        }
    }
    kept
}

/// From where to where each task waits, as often as several waits of it overlap.
fn stretches<'g>(groups: &'g [Group]) -> impl Iterator<Item = Vec<(u64, u64)>> + 'g {
    let bars = |group: &'g Group| group.lanes.iter().flat_map(|lane| &lane.bars);
    groups.iter().map(move |group| {
        // A wait that never ended is still there at the very end.
        let to = |bar: &super::Bar| if bar.finish.is_never() { u64::MAX } else { bar.to };
        bars(group).map(|bar| (bar.from, to(bar))).collect()
    })
}

/// How many tasks wait at each moment, each counted once however many waits of it overlap.
fn waiting(groups: &[Group]) -> Crowd {
    let merged = stretches(groups).flat_map(|mut stretches| {
        stretches.sort_unstable();
        let mut merged: Vec<(u64, u64)> = Vec::new();
        for (from, to) in stretches {
            match merged.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        merged
    });
    Crowd::new(merged)
}
