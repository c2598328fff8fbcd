//! Everything that is made, as files below `src/generated`.

use std::{collections::BTreeMap, fs, io, path::Path};

use anyhow::{Context, Result};
use workbook::diagnosis::Code;

use crate::{
    figure,
    list::{self, Exercise, Figure},
    pieces,
    place::Place,
    record, told,
};

/// Texts by their place below `src/generated`, with `/`.
pub type Pieces = BTreeMap<String, String>;

/// Makes the pieces of these exercises' chapters, and of all diagnoses. Without names, those of every chapter that has
/// figures.
///
/// # Errors
/// If checks do not compile, or do not come out as the list of figures has it.
pub fn pieces(place: &Place, only: &[String]) -> Result<Pieces> {
    let figures = list::figures(place)?;
    let exercises = list::exercises(place)?;
    let wanted = |exercise: &&Exercise| {
        let asked = only.is_empty() || only.contains(&exercise.name);
        asked && figures.iter().any(|figure| figure.chapter == exercise.name)
    };
    let exercises: Vec<&Exercise> = exercises.iter().filter(wanted).collect();
    let names: Vec<&str> = exercises.iter().map(|exercise| exercise.name.as_str()).collect();
    let with_variants =
        |name: &&&str| figures.iter().any(|figure| figure.chapter == **name && figure.variant.is_some());
    let variants: Vec<&str> = names.iter().filter(with_variants).copied().collect();
    let solutions = record::build_solutions(place, &names)?;
    let variants = record::build_variants(place, &variants)?;
    let mut pieces = Pieces::new();
    for code in Code::ALL {
        pieces.insert(format!("diagnoses/{code}.md"), pieces::diagnosis(code));
    }
    for exercise in exercises {
        let name = &exercise.name;
        let figures = figures.iter().filter(|figure| figure.chapter == *name);
        let binaries = [solutions.get(name), variants.get(name)].map(|binary| binary.map(|path| path.as_path()));
        let made = chapter(place, exercise, figures, binaries).with_context(|| format!("the figures of {name}"))?;
        pieces.extend(made.into_iter().map(|(piece, text)| (format!("{name}/{piece}"), text)));
    }
    Ok(pieces)
}

/// The pieces of one chapter.
fn chapter<'f>(
    place: &Place,
    exercise: &Exercise,
    figures: impl Iterator<Item = &'f Figure>,
    [solution, variants]: [Option<&Path>; 2],
) -> Result<Pieces> {
    let name = &exercise.name;
    let verdicts = record::of_solution(place, solution.context("its solution was not built")?)?;
    let mut made = Pieces::new();
    made.insert("exercise.md".into(), pieces::exercise(exercise, &verdicts));
    made.insert("hints.md".into(), pieces::hints(exercise));
    made.insert("solution.md".into(), pieces::solution(name, &place.text_of(&format!("solutions/{name}.rs")))?);
    for figure in figures {
        let verdict = match &figure.variant {
            Some(variant) => {
                let binary = variants.context("its variants were not built")?;
                &record::of_variant(place, binary, variant, &figure.check)?
            }
            None => {
                let test = format!("checks::{}", figure.check);
                let found = verdicts.iter().find(|verdict| verdict.test == test);
                found.with_context(|| format!("no check of the solution reports as {test}"))?
            }
        };
        let recording = record::shown(figure, verdict)?;
        made.insert(format!("{}.md", figure.name), figure::piece(place, figure, recording));
        if verdict.message.is_some() {
            made.insert(format!("{}_told.md", figure.name), told::piece(place, verdict));
        }
    }
    Ok(made)
}

/// Writes the pieces, and removes what does not belong to them: in the folders of the pieces, or, if `all`, anywhere.
///
/// # Errors
/// If files cannot be read or written.
pub fn write(place: &Place, pieces: &Pieces, all: bool) -> Result<()> {
    let folder = place.generated();
    for leftover in leftovers(place, pieces, all)? {
        fs::remove_file(folder.join(&leftover)).with_context(|| format!("{leftover} cannot be removed"))?;
    }
    for (piece, text) in pieces {
        let path = folder.join(piece);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}

/// Files below `src/generated` that are none of the pieces.
///
/// # Errors
/// If a folder cannot be read.
pub fn leftovers(place: &Place, pieces: &Pieces, all: bool) -> Result<Vec<String>> {
    let ours = |folder: &str| all || pieces.keys().any(|piece| piece.starts_with(&format!("{folder}/")));
    let mut leftovers = Vec::new();
    for folder in names(&place.generated())? {
        if !ours(&folder) {
            continue;
        }
        let files = names(&place.generated().join(&folder))?;
        let files = files.into_iter().map(|file| format!("{folder}/{file}"));
        leftovers.extend(files.filter(|file| !pieces.contains_key(file)));
    }
    Ok(leftovers)
}

/// What is in a folder, in order; nothing if it is not there.
fn names(folder: &Path) -> Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(vec![]);
        }
        Err(error) => return Err(error).with_context(|| format!("{} cannot be read", folder.display())),
    };
    let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names = names.collect::<io::Result<Vec<String>>>()?;
    names.sort();
    Ok(names)
}
