//! What the views are drawn of: a clone with a few exercises, and verdicts.

use std::fs;

use tempfile::TempDir;
use workbook::{
    recording::Recording,
    report::{Finding, Place, Status},
};

use crate::cli::{
    course::{Course, Exercise},
    judge::{Check, Judged},
    progress::Progress,
    watch::screen::Screen,
    workspace::Workspace,
};

const SOURCE: &str = "//! Tea takes two seconds and toast takes one. Whoever waits for one and then for the other waits \
                      for three;\n//! breakfast is ready after two.\n\nasync fn breakfast() {\n    tea().await;\n    \
                      toast().await;\n}\n\n#[cfg(test)]\n#[path = \"../tests/checks/02_breakfast.rs\"]\nmod checks;\n";

const SOLUTION: &str = "//! Tea and toast.\n\nasync fn breakfast() {\n    join!(tea(), toast());\n}\n";

/// A clone with six exercises in two parts, of which the second is the current one.
pub(super) fn screen() -> (Screen, TempDir) {
    colored::control::set_override(false);
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in [("exercises/02_breakfast.rs", SOURCE), ("solutions/02_breakfast.rs", SOLUTION)] {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let part = |part: &str, names: &[&str]| -> Vec<Exercise> {
        let exercise = |name: &&str| Exercise {
            name: name.to_string(),
            title: name[3..].replace('_', " "),
            part: part.to_string(),
            hints: vec!["Wait for both at once.".into(), "Use join!.".into(), "join!(tea(), toast())".into()],
        };
        names.iter().map(exercise).collect()
    };
    let exercises = [
        part("Futures and tasks", &["01_kettle", "02_breakfast", "03_dishes"]),
        part("The network", &["04_phone", "05_post", "06_radio"]),
    ];
    let mut progress = Progress::default();
    progress.entry("01_kettle").status = Some(Status::Passed);
    progress.entry("04_phone").status = Some(Status::Failed);
    progress.entry("04_phone").hints = 2;
    let workspace = Workspace::at(folder.path().to_path_buf());
    let mut screen = Screen::new(workspace, Course { exercises: exercises.concat() }, progress);
    screen.current = 1;
    (screen, folder)
}

/// What came of a program that waits twice in turn; its recording is the solution's of 02.
pub(super) fn judged(status: Status) -> Judged {
    let recording = Recording::read(include_bytes!("../recording.json")).unwrap();
    let place = |line, label: &str| Place { file: "exercises/02_breakfast.rs".into(), line, label: label.into() };
    let finding = Finding {
        code: "W09".into(),
        message: "2 waits that do not need each other, one after another".into(),
        explanation: "The second wait began when the first was over, and needed nothing of it.".into(),
        help: "hand both to one await".into(),
        file: "exercises/02_breakfast.rs".into(),
        line: 5,
        places: vec![place(5, "0 s to 2 s"), place(6, "2 s to 3 s")],
    };
    let wrong = match status {
        Status::Failed => Check {
            name: "breakfast takes two seconds".into(),
            status,
            message: Some("Tea was ready before toast was begun.\n\nexpected: 2 s\nyours:    3 s".into()),
            findings: vec![finding],
            recording: Some(recording),
        },
        Status::Unwritten => Check {
            name: "breakfast takes two seconds".into(),
            status,
            message: Some("wait for tea and for toast at once (exercises/02_breakfast.rs:5)".into()),
            findings: Vec::new(),
            recording: None,
        },
        _ => Check {
            name: "breakfast takes two seconds".into(),
            status: Status::Passed,
            message: None,
            findings: Vec::new(),
            recording: Some(recording),
        },
    };
    let right = Check {
        name: "tea is made".into(),
        status: if status == Status::Unwritten { status } else { Status::Passed },
        message: None,
        findings: Vec::new(),
        recording: None,
    };
    Judged { name: "02_breakfast".into(), status, message: None, compiler: None, checks: vec![right, wrong], source: 0 }
}
