//! What is drawn where there is too much to draw: what looks the same becomes one, and what is still too many is counted.

use std::{
    collections::HashMap,
    hash::{Hash, Hasher},
};

use super::{End, Group, Lane, Rest};
use crate::{
    recording::{Location, Recording, TaskKind},
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
    if group.lanes.len() > 1 {
        let lanes = std::mem::take(&mut group.lanes);
        let (firsts, _) = alike(&lanes, |lane| Looks { spawned: None, span: None, lanes: std::slice::from_ref(lane) });
        group.lanes = joined(lanes, firsts, |first, _| first.alike += 1);
    }
    group
}

/// Tasks that were spawned at the same line, at the same time, and did the same.
fn fold_tasks<'a>(recording: &'a Recording, groups: Vec<Group<'a>>) -> Vec<Group<'a>> {
    let (firsts, distinct) = alike(&groups, |group| Looks {
        spawned: group.task.map(|task| (&recording.tasks[task.0].spawned_at, recording.tasks[task.0].kind)),
        span: Some((group.born, group.end)),
        lanes: &group.lanes,
    });
    // A few that happen to be alike among many that are not are no pattern worth showing.
    if distinct > MOST_LANES && distinct * 2 > groups.len() {
        return groups;
    }
    joined(groups, firsts, |first, other| first.others.extend(other.task))
}

/// What must be the same for two to look the same.
#[derive(PartialEq, Eq)]
struct Looks<'t, 'a> {
    spawned: Option<(&'a Location, TaskKind)>,
    span: Option<(u64, End)>,
    lanes: &'t [Lane<'a>],
}

impl Hash for Looks<'_, '_> {
    /// By its times alone: with the names of files it would take as long as everything else together.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.span.map(|(born, end)| (born, end.at)).hash(state);
        for bar in self.lanes.iter().flat_map(|lane| &lane.bars) {
            (bar.from, bar.to).hash(state);
        }
    }
}

/// For each the place of the first that looks the same, itself if it is the first; and how many looks there are.
fn alike<'t, 'a: 't, T>(all: &'t [T], looks: impl Fn(&'t T) -> Looks<'t, 'a>) -> (Vec<usize>, usize) {
    let mut first: HashMap<Looks, usize> = HashMap::new();
    let firsts = all.iter().enumerate().map(|(at, one)| *first.entry(looks(one)).or_insert(at)).collect();
    (firsts, first.len())
}

/// Keeps the first of those that look the same, in their order, and tells it of each that joins it.
fn joined<T>(all: Vec<T>, firsts: Vec<usize>, joins: impl Fn(&mut T, T)) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    let mut place_of: Vec<usize> = Vec::new();
    for (at, (one, first)) in all.into_iter().zip(firsts).enumerate() {
        place_of.push(kept.len());
        if first == at {
            kept.push(one);
        } else {
            joins(&mut kept[place_of[first]], one);
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
