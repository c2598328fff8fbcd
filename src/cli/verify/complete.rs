//! Whether every exercise has all that belongs to it, under its one name.

use std::{collections::BTreeSet, fs};

use anyhow::Context;
use serde::Deserialize;

use super::{Bench, Proof, variants};
use crate::cli::{
    attached,
    course::Exercise,
    pristine, source,
    workspace::{Side, Workspace},
};

/// How many hints an exercise has, each a step further.
const HINTS: usize = 3;

/// How many wrong and how many right variants it has at least.
const VARIANTS: usize = 2;

/// The part of a `Cargo.toml` that lists binaries.
#[derive(Deserialize)]
struct Manifest {
    #[serde(default)]
    bin: Vec<Binary>,
}

#[derive(Deserialize, PartialEq)]
struct Binary {
    name: String,
    path: String,
}

/// Looks at each exercise, and for files that no exercise lists.
pub(super) fn prove(bench: &Bench) -> anyhow::Result<Vec<Proof>> {
    let workspace = bench.workspace;
    let manifests = [Side::Exercise, Side::Solution].map(|side| Ok((side, manifest(workspace, side)?)));
    let manifests = manifests.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
    let complete = |exercise: &Exercise| {
        let mut missing = described(exercise);
        missing.extend(files(workspace, exercise)?);
        missing.extend(manifests.iter().filter_map(|(side, manifest)| unregistered(exercise, *side, manifest)));
        if missing.is_empty() { Ok(()) } else { Err(missing.join("\n")) }
    };
    let mut proofs: Vec<Proof> = bench
        .exercises
        .iter()
        .map(|exercise| Proof::new(format!("{} is complete", exercise.name), complete(exercise)))
        .collect();
    proofs.push(Proof::new("exercises/info.toml lists every exercise, in order", listed(bench)?));
    Ok(proofs)
}

fn manifest(workspace: &Workspace, side: Side) -> anyhow::Result<Manifest> {
    let file = format!("{}/Cargo.toml", side.package());
    let text = fs::read_to_string(workspace.path(&file)).with_context(|| format!("{file} cannot be read"))?;
    toml::from_str(&text).with_context(|| format!("{file} cannot be understood"))
}

fn described(exercise: &Exercise) -> Vec<String> {
    let mut missing = Vec::new();
    if exercise.title.trim().is_empty() {
        missing.push("it has no title".to_string());
    }
    if exercise.part.trim().is_empty() {
        missing.push("it belongs to no part".to_string());
    }
    let hints: BTreeSet<&str> = exercise.hints.iter().map(|hint| hint.trim()).filter(|hint| !hint.is_empty()).collect();
    if exercise.hints.len() != HINTS || hints.len() != HINTS {
        missing.push(format!("it has {} different hints, not {HINTS}", hints.len()));
    }
    missing
}

fn files(workspace: &Workspace, exercise: &Exercise) -> Result<Vec<String>, String> {
    let name = &exercise.name;
    let mut missing = Vec::new();
    let attached = attached::lines(name);
    for side in [Side::Exercise, Side::Solution] {
        let file = side.file(name);
        match source::text(workspace, &file) {
            Err(error) => missing.push(error.to_string()),
            Ok(text) if !text.ends_with(&attached) => missing.push(format!("{file} does not end with its checks")),
            Ok(_) => {}
        }
    }
    missing.extend(stale_copy(workspace, name));
    let checks = format!("tests/checks/{name}.rs");
    if !workspace.path(&checks).is_file() {
        missing.push(format!("{checks} is missing"));
    }
    let variants = variants::of(workspace, name).map_err(|error| format!("{error:#}"))?;
    for kind in ["wrong", "right"] {
        let count = variants.iter().filter(|variant| variant.starts_with(kind)).count();
        if count < VARIANTS {
            missing.push(format!("it has {count} {kind} variants, not at least {VARIANTS}"));
        }
    }
    Ok(missing)
}

/// Whether `reset` would bring back anything but the stub. A course without copies has its stubs in git's history.
fn stale_copy(workspace: &Workspace, name: &str) -> Option<String> {
    let file = Side::Exercise.file(name);
    let copy = pristine::copy_of(&file);
    let [stub, copied] = [&file, &copy].map(|file| source::text(workspace, file).ok());
    let is_stale = workspace.path(pristine::COPIES).is_dir() && stub != copied;
    is_stale.then(|| format!("{copy} is not the same as {file}, so `reset` brings back another stub: copy it there"))
}

fn unregistered(exercise: &Exercise, side: Side, manifest: &Manifest) -> Option<String> {
    let binary = Binary { name: side.binary(&exercise.name), path: format!("{}.rs", exercise.name) };
    let registered = manifest.bin.contains(&binary);
    (!registered).then(|| format!("{}/Cargo.toml has no [[bin]] for it", side.package()))
}

/// Whether the list is in order and no file was left out.
fn listed(bench: &Bench) -> anyhow::Result<Result<(), String>> {
    let names: Vec<&str> = bench.all.iter().map(|exercise| exercise.name.as_str()).collect();
    if !names.is_sorted_by(|a, b| a < b) {
        return Ok(Err("the names are not in ascending order".into()));
    }
    let mut forgotten = Vec::new();
    for folder in ["exercises", "solutions", "tests/checks", "tests/variants"] {
        for entry in fs::read_dir(bench.workspace.path(folder)).into_iter().flatten() {
            let name = entry?.file_name().to_string_lossy().into_owned();
            let exercise = name.strip_suffix(".rs").unwrap_or(&name);
            // Everything that belongs to an exercise begins with its number.
            if name.starts_with(|first: char| first.is_ascii_digit()) && !names.contains(&exercise) {
                forgotten.push(format!("{folder}/{name} belongs to no exercise that is listed"));
            }
        }
    }
    forgotten.sort();
    Ok(if forgotten.is_empty() { Ok(()) } else { Err(forgotten.join("\n")) })
}
