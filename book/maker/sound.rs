//! Whether everything that pages include is there and whole: mdBook would only leave it out.

use std::fs;

use anyhow::{Context, Result, bail};
use workbook::{
    recording::Location,
    render::player::{Change, Player, SpanState, TaskState, VERSION, WaitState},
};

use crate::{
    figure::{PICTURE, RECORDING, Recorded},
    place::Place,
};

/// What a page writes before the path of a piece.
const INCLUDE: &str = "{{#include ";

/// The command that makes pieces anew.
const MEND: &str = "make it anew with `cargo run -p book -- figures`";

/// Looks at every page of the summary and at every piece that one includes.
///
/// # Errors
/// A sentence on the first page or piece that is missing or damaged.
pub fn prove(place: &Place) -> Result<()> {
    for page in pages(place)? {
        let text = fs::read_to_string(place.src().join(&page));
        let text = text.with_context(|| format!("book/src/{page} cannot be read"))?;
        for piece in included(&text) {
            let name = format!("book/src/{piece}");
            let Ok(text) = fs::read_to_string(place.src().join(piece)) else {
                bail!("{name} is missing, which book/src/{page} includes: {MEND}");
            };
            if text.starts_with("<figure") {
                figure(&text).map_err(|what| anyhow::anyhow!("{name} is damaged: {what}; {MEND}"))?;
                continue;
            }
            // A solution's own file, which the piece names as seen from where it lies.
            for file in included(&text) {
                let path = place.src().join(piece).with_file_name(file);
                anyhow::ensure!(path.is_file(), "{file} is missing, which {name} includes: {MEND}");
            }
        }
    }
    Ok(())
}

/// The pages that the summary links to, in order.
///
/// # Errors
/// If there is no summary.
pub fn pages(place: &Place) -> Result<Vec<String>> {
    let summary = fs::read_to_string(place.src().join("SUMMARY.md")).context("book/src/SUMMARY.md cannot be read")?;
    let links = summary.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    Ok(links.map(|(page, _)| page.trim_start_matches("./").to_string()).filter(|page| !page.is_empty()).collect())
}

/// The files a page includes, relative to the pages' folder.
pub fn included(text: &str) -> impl Iterator<Item = &str> {
    let includes = text.split(INCLUDE).skip(1).filter_map(|rest| Some(rest.split_once("}}")?.0));
    includes.map(|path| path.split(':').next().unwrap_or(path).trim())
}

/// Whether a figure has a whole picture and a recording that can be stepped through.
fn figure(text: &str) -> Result<(), String> {
    between(text, PICTURE).ok_or("its picture is not whole")?;
    let json = between(text, RECORDING).ok_or("its recording is not whole")?;
    let recorded: Recorded =
        serde_json::from_str(json).map_err(|error| format!("its recording cannot be read ({error})"))?;
    recording(&recorded.player)
}

fn between<'t>(text: &'t str, (begin, end): (&str, &str)) -> Option<&'t str> {
    Some(text.split_once(begin)?.1.split_once(end)?.0)
}

/// Steps through a recording from its begin to its end: each change must begin where the last one left off.
fn recording(player: &Player) -> Result<(), String> {
    if player.version != VERSION {
        return Err(format!("its recording has the format {}, not {VERSION}", player.version));
    }
    let mut stage = Stage {
        clock: 0,
        tasks: vec![TaskState::Unborn; player.tasks.len()],
        waits: vec![WaitState::NotBegun; player.waits.len()],
        blocks: vec![SpanState::NotBegun; player.blocks.len()],
        lines: vec![None; player.tasks.len()],
        prints: vec![false; player.prints.len()],
    };
    for (nth, step) in player.steps.iter().enumerate() {
        let damaged = || format!("step {} of its recording does not follow from the one before", nth + 1);
        if step.changes.is_empty() || step.task.is_some_and(|task| task >= player.tasks.len()) {
            return Err(damaged());
        }
        if step.changes.iter().any(|change| stage.take(change).is_none()) {
            return Err(damaged());
        }
        if stage.clock != step.nanos {
            return Err(damaged());
        }
    }
    let names = player.waits.iter().map(|wait| wait.task).chain(player.tasks.iter().filter_map(|task| task.spawned_by));
    if names.into_iter().any(|task| task >= player.tasks.len()) {
        return Err("its recording speaks of a task it does not have".into());
    }
    Ok(())
}

struct Stage {
    clock: u64,
    tasks: Vec<TaskState>,
    waits: Vec<WaitState>,
    blocks: Vec<SpanState>,
    lines: Vec<Option<Location>>,
    /// Those that have appeared.
    prints: Vec<bool>,
}

impl Stage {
    /// Nothing if the change is not one of what there is.
    fn take(&mut self, change: &Change) -> Option<()> {
        match change {
            Change::Clock { from, to } => moved(Some(&mut self.clock), *from, *to),
            Change::Task { task, from, to } => moved(self.tasks.get_mut(*task), *from, *to),
            Change::Wait { wait, from, to } => moved(self.waits.get_mut(*wait), *from, *to),
            Change::Block { block, from, to } => moved(self.blocks.get_mut(*block), *from, *to),
            Change::Line { task, from, to } => moved(self.lines.get_mut(*task), from.clone(), to.clone()),
            Change::Wake { task, by } => self.tasks.get(by.unwrap_or(*task)).and(self.tasks.get(*task)).map(drop),
            Change::Print { print } => moved(self.prints.get_mut(*print), false, true),
        }
    }
}

fn moved<T: PartialEq>(thing: Option<&mut T>, from: T, to: T) -> Option<()> {
    let thing = thing.filter(|thing| **thing == from)?;
    *thing = to;
    Some(())
}
