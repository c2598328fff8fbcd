//! What there is: the exercises of `exercises/info.toml`, and the figures of `book/figures.toml`.

use std::{collections::HashSet, fs};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::place::Place;

/// The figures that every chapter has.
pub const IN_EVERY_CHAPTER: [&str; 3] = ["first", "right", "wrong"];

/// One exercise.
#[derive(Clone, Debug, Deserialize)]
pub struct Exercise {
    /// `NN_name`, under which its file, solution, checks, variants and chapter are found.
    pub name: String,
    /// What a learner reads: "hello count".
    pub title: String,
    /// The part of the course it belongs to.
    pub part: String,
    /// Hints, each a step further than the one before.
    pub hints: Vec<String>,
}

/// One figure.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The exercise in whose chapter it stands.
    pub chapter: String,
    /// What it is called there: "right", "wrong", or another word.
    pub name: String,
    /// The variant that was run, without `.rs`; none for the solution.
    pub variant: Option<String>,
    /// The check that ran it, by the name of its test function.
    pub check: String,
    /// What is seen, in a few words.
    pub title: String,
}

#[derive(Deserialize)]
struct Course {
    exercise: Vec<Exercise>,
}

#[derive(Deserialize)]
struct Figures {
    figure: Vec<Figure>,
}

/// All exercises, in order.
///
/// # Errors
/// If the list cannot be read.
pub fn exercises(place: &Place) -> Result<Vec<Exercise>> {
    let file = "exercises/info.toml";
    let text = fs::read_to_string(place.root().join(file)).with_context(|| format!("{file} cannot be read"))?;
    Ok(toml::from_str::<Course>(&text).with_context(|| format!("{file} cannot be understood"))?.exercise)
}

/// All figures, in the order of the list.
///
/// # Errors
/// If the list cannot be read, names something that is not there, or gives two figures one name or one title.
pub fn figures(place: &Place) -> Result<Vec<Figure>> {
    let file = "book/figures.toml";
    let path = place.book().join("figures.toml");
    let text = fs::read_to_string(path).with_context(|| format!("{file} cannot be read"))?;
    let figures = toml::from_str::<Figures>(&text).with_context(|| format!("{file} cannot be understood"))?.figure;
    let exercises = exercises(place)?;
    let (mut names, mut titles) = (HashSet::new(), HashSet::new());
    for Figure { chapter, name, title, .. } in &figures {
        if !exercises.iter().any(|exercise| exercise.name == *chapter) {
            bail!("{file}: there is no exercise {chapter}");
        }
        if !names.insert((chapter, name)) {
            bail!("{file}: {chapter} has two figures named {name}");
        }
        if !titles.insert(title) {
            bail!("{file}: two figures have the title \"{title}\"");
        }
    }
    Ok(figures)
}
