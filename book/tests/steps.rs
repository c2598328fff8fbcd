//! Exercise, solution, checks, hints, figures and chapter stay in step.

use std::{collections::BTreeSet, fs};

use book::{
    list::{self, Exercise, IN_EVERY_CHAPTER},
    place::Place,
    sound,
};
use workbook::text_file;

/// The sections of a chapter, in order; those of the idea stand between the first picture and the exercise.
const SECTIONS: [&str; 7] = [
    "\n## The exercise\n",
    "\n### Hints\n",
    "\n### Solution\n",
    "\n## Right and wrong\n",
    "\n## Questions\n",
    "\n### Coming from asyncio\n",
    "\n## Read on\n",
];

/// Chapters whose wrong run is another check than the right one, and why.
const ANOTHER_CHECK: [(&str, &str); 1] =
    [("10_blocked_loop", "beside a heart that beats, the pool's threads race: no recording is the same twice")];

fn exercises() -> Vec<Exercise> {
    list::exercises(&Place::here()).expect("exercises/info.toml")
}

/// The chapters of the summary, without the pages around them.
fn chapters() -> Vec<String> {
    let pages = sound::pages(&Place::here()).expect("book/src/SUMMARY.md");
    let numbered = pages.into_iter().filter(|page| page.starts_with(|first: char| first.is_ascii_digit()));
    numbered.map(|page| page.trim_end_matches(".md").to_string()).collect()
}

fn text(chapter: &str) -> String {
    text_file::read(&Place::here().src().join(format!("{chapter}.md")))
        .unwrap_or_else(|error| panic!("{chapter}: {error}"))
}

#[test]
fn every_exercise_has_a_chapter_and_every_chapter_an_exercise() {
    let names: Vec<String> = exercises().into_iter().map(|exercise| exercise.name).collect();
    let chapters = chapters();
    let missing: Vec<&String> = names.iter().filter(|name| !chapters.contains(name)).collect();
    assert!(missing.is_empty(), "book/src/SUMMARY.md lists no chapter for {missing:?}");
    assert_eq!(chapters, names, "the chapters are those of exercises/info.toml, in its order");
}

#[test]
fn a_chapter_has_all_that_belongs_to_its_exercise() {
    let place = Place::here();
    for chapter in chapters() {
        let exercises = exercises();
        let exercise = exercises.iter().find(|exercise| exercise.name == chapter);
        let exercise = exercise.unwrap_or_else(|| panic!("{chapter} is the chapter of no exercise"));
        for file in ["exercises", "solutions", "tests/checks"].map(|folder| format!("{folder}/{chapter}.rs")) {
            assert!(place.root().join(&file).is_file(), "{file} is missing");
        }
        assert!(!exercise.hints.is_empty(), "{chapter} has no hints");
        let number = chapter.split('_').next().unwrap_or_default();
        let text = text(&chapter);
        let heading = format!("# {number} {}\n", exercise.title);
        assert!(text.starts_with(&heading), "book/src/{chapter}.md begins with {heading}");
    }
}

#[test]
fn a_chapter_has_its_sections_in_order() {
    for chapter in chapters() {
        let text = text(&chapter);
        let mut from = 0;
        for section in SECTIONS {
            let at = text[from..].find(section);
            from += at.unwrap_or_else(|| panic!("book/src/{chapter}.md: {section:?} is missing, or out of order"));
        }
        let idea = text.find("\n## ").expect("a section");
        assert!(!text[idea..].starts_with(SECTIONS[0]), "book/src/{chapter}.md: no section tells the idea");
    }
}

#[test]
fn a_chapter_includes_all_that_was_made_for_it_and_nothing_else() {
    let figures = list::figures(&Place::here()).expect("book/figures.toml");
    for chapter in chapters() {
        let figures: Vec<&str> =
            figures.iter().filter(|figure| figure.chapter == chapter).map(|figure| &*figure.name).collect();
        for name in IN_EVERY_CHAPTER {
            assert!(figures.contains(&name), "book/figures.toml has no figure {name} for {chapter}");
        }
        let text = text(&chapter);
        let included: Vec<&str> = sound::included(&text).collect();
        let unique: BTreeSet<String> = included.iter().map(|piece| piece.to_string()).collect();
        assert_eq!(unique.len(), included.len(), "book/src/{chapter}.md includes something twice");
        let made = fs::read_dir(Place::here().generated().join(&chapter)).expect("figures were made");
        let made = made.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
        let made: BTreeSet<String> = made.map(|file| format!("generated/{chapter}/{file}")).collect();
        assert_eq!(unique, made, "book/src/{chapter}.md includes what was made for it");
    }
}

#[test]
fn right_and_wrong_are_the_same_check() {
    let figures = list::figures(&Place::here()).expect("book/figures.toml");
    for chapter in chapters() {
        let named = |name: &str| figures.iter().find(|figure| figure.chapter == chapter && figure.name == name);
        let [Some(right), Some(wrong)] = ["right", "wrong"].map(named) else {
            panic!("{chapter} lacks right or wrong")
        };
        assert_eq!(right.variant, None, "{chapter}: right is a run of the solution");
        let is_wrong = wrong.variant.as_ref().is_some_and(|variant| variant.starts_with("wrong_"));
        assert!(is_wrong, "{chapter}: wrong is a run of a wrong variant");
        let is_excused = ANOTHER_CHECK.iter().any(|(excused, _)| *excused == chapter);
        assert!(is_excused || right.check == wrong.check, "{chapter}: wrong is the same check as right");
    }
}

#[test]
fn every_part_has_an_introduction_before_its_chapters() {
    let pages = sound::pages(&Place::here()).expect("book/src/SUMMARY.md");
    let at = |page: &str| pages.iter().position(|other| other == page);
    let mut parts: Vec<String> = Vec::new();
    for exercise in exercises() {
        if parts.last() != Some(&exercise.part) {
            parts.push(exercise.part.clone());
            let Some(first) = at(&format!("{}.md", exercise.name)) else { continue };
            let introduction = format!("part_{}.md", parts.len());
            assert_eq!(
                at(&introduction).map(|at| at + 1),
                Some(first),
                "{introduction} stands before {}",
                exercise.name
            );
        }
    }
}
