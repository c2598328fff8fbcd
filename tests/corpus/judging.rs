//! Runs the programs of the corpus and compares what is found with what should be.

use std::{env, fs, path::Path, pin::Pin, process::Command};

use workbook::{
    check,
    diagnosis::{self, Code},
    record,
    report::{self, Finding, Line},
    runtime::Threads,
};

/// A program of the corpus.
pub(crate) type Program = fn() -> Pin<Box<dyn Future<Output = ()>>>;

/// Names the guise that a process of its own is to run.
const ALONE: &str = "WORKBOOK_CORPUS_GUISE";

/// One guise of a fault.
pub(crate) struct Guise {
    code: Code,
    folder: &'static str,
    name: &'static str,
    /// True if the faulty program holds on to its thread.
    holds: bool,
    faulty: Program,
    right: Program,
}

impl Guise {
    pub(crate) fn new(
        code: Code,
        folder: &'static str,
        name: &'static str,
        holds: bool,
        faulty: Program,
        right: Program,
    ) -> Self {
        Self { code, folder, name, holds, faulty, right }
    }

    fn file(&self) -> String {
        format!("tests/corpus/{}/{}.rs", self.folder, self.name)
    }

    /// The lines of the faulty program that are marked, with their codes.
    fn expected(&self) -> Vec<(String, u32)> {
        let source =
            fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(self.file())).expect("the guise's file");
        let marked = source.lines().zip(1..).filter_map(|(text, line)| Some((text.split_once("//~ ")?.1.trim(), line)));
        marked.map(|(code, line)| (code.to_string(), line)).collect()
    }

    /// What is found in a program of this guise.
    fn found_in(&self, program: Program) -> Vec<Finding> {
        let recording = record::future(Threads::Current, program).recording;
        let mut found: Vec<Finding> = diagnosis::all(&recording).into_iter().map(|(_, finding)| finding).collect();
        if self.code == Code::W09 {
            found.extend(diagnosis::needless_sequence(&recording, &recording.sleeps()));
        }
        found
    }

    /// What a check finds in the faulty program, in a process of its own.
    fn found_alone(&self) -> Vec<Finding> {
        let report = tempfile::NamedTempFile::new().expect("a temporary file");
        let mut command = Command::new(env::current_exe().expect("this executable"));
        command
            .args([self.folder, "--exact", "--nocapture"])
            .env(ALONE, self.name)
            .env(report::VARIABLE, report.path());
        let output = command.output().expect("it starts");
        let lines = report::read(report.path()).expect("a report");
        let verdict = lines.into_iter().find_map(|line| match line {
            Line::Ended(verdict) => Some(verdict),
            Line::Started { .. } => None,
        });
        verdict.unwrap_or_else(|| panic!("no verdict on {}: {output:?}", self.file())).findings
    }
}

/// Judges every guise, and complains of all that are judged wrongly together.
pub(crate) fn judge(guises: &[Guise]) {
    if let Ok(alone) = env::var(ALONE) {
        let guise = guises.iter().find(|guise| guise.name == alone).expect("a guise of this name");
        return check::check("it holds on to its thread", |c| _ = c.run(guise.faulty));
    }
    let mut complaints = Vec::new();
    for guise in guises {
        let expected = guise.expected();
        assert!(!expected.is_empty(), "no line of {} is marked", guise.file());
        assert!(expected.iter().any(|(code, _)| *code == guise.code.to_string()), "{} has another code", guise.file());
        let found = if guise.holds { guise.found_alone() } else { guise.found_in(guise.faulty) };
        let mut places: Vec<(String, u32)> = found.iter().map(|finding| (finding.code.clone(), finding.line)).collect();
        places.sort();
        let elsewhere = found.iter().any(|finding| finding.file != guise.file());
        if places != expected || elsewhere {
            complaints.push(format!("{}: expected {expected:?}, found {found:#?}", guise.file()));
        }
        for finding in &found {
            assert!(!finding.explanation.is_empty() && !finding.help.is_empty(), "{finding:#?} explains nothing");
        }
        let twin = guise.found_in(guise.right);
        if !twin.is_empty() {
            complaints.push(format!("{}: nothing is wrong with the twin, but found {twin:#?}", guise.file()));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
}
