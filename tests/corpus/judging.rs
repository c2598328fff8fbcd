//! Runs the programs of the corpus and compares what is found with what should be.

use std::{env, fs, path::Path, pin::Pin, process::Command};

use workbook::{
    check,
    diagnosis::{self, Code},
    record,
    recording::{Outcome, Recording},
    report::{self, Finding, Line},
    runtime::Threads,
};

/// A program of the corpus.
pub(crate) type Program = fn() -> Pin<Box<dyn Future<Output = ()>>>;

/// A program that does not end is given up after so many steps: enough to be sure of it, and soon. Right programs may take
/// longer.
const STEPS: u64 = 8_000;
const STEPS_OF_THE_RIGHT: u64 = 100_000;

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

    /// The lines of the faulty program that are marked, with their codes: `//~` stands for its own line, `//~^` for the
    /// one above, where rustfmt leaves no room.
    fn expected(&self) -> Vec<(String, u32)> {
        let source =
            fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(self.file())).expect("the guise's file");
        let marks = source.lines().zip(1..).filter_map(|(text, line)| Some((text.split_once("//~")?.1, line)));
        let marked = marks.map(|(mark, line)| match mark.strip_prefix('^') {
            Some(code) => (code.trim().to_string(), line - 1),
            None => (mark.trim().to_string(), line),
        });
        marked.collect()
    }

    /// What is found in the faulty program.
    fn found(&self) -> Vec<Finding> {
        if self.holds {
            return self.found_alone();
        }
        findings(self.code, &record::at_most(STEPS, Threads::Current, self.faulty).recording)
    }

    /// Why the faulty program is judged wrongly, if it is.
    fn complaint(&self) -> Option<String> {
        let file = self.file();
        let mut expected = self.expected();
        expected.sort();
        assert!(expected.iter().any(|(code, _)| *code == self.code.to_string()), "no line of {file} is marked");
        let found = self.found();
        let silent = found.iter().find(|finding| finding.explanation.is_empty() || finding.help.is_empty());
        assert!(silent.is_none(), "{silent:#?} explains nothing");
        let mut places: Vec<(String, u32)> = found.iter().map(|finding| (finding.code.clone(), finding.line)).collect();
        places.sort();
        let elsewhere = found.iter().any(|finding| finding.file != file);
        (places != expected || elsewhere).then(|| format!("{file}: expected {expected:?}, found {found:#?}"))
    }

    /// What a check finds in the faulty program, in a process of its own.
    fn found_alone(&self) -> Vec<Finding> {
        let report = tempfile::NamedTempFile::new().expect("a temporary file");
        let mut command = Command::new(env::current_exe().expect("this executable"));
        command
            .args([self.folder, "--exact", "--nocapture"])
            .env(ALONE, self.name)
            .env(report::VARIABLE, report.path())
            .env(report::HURRY, "1");
        let output = command.output().expect("it starts");
        let lines = report::read(report.path()).expect("a report");
        let verdict = lines.into_iter().find_map(|line| match line {
            Line::Ended(verdict) => Some(verdict),
            Line::Started { .. } => None,
        });
        verdict.unwrap_or_else(|| panic!("no verdict on {}: {output:?}", self.file())).findings
    }
}

/// A program that has no fault.
pub(crate) struct Innocent {
    code: Code,
    file: String,
    right: Program,
}

impl Innocent {
    pub(crate) fn new(code: Code, folder: &str, name: &str, right: Program) -> Self {
        Self { code, file: format!("tests/corpus/{folder}/{name}.rs"), right }
    }

    fn twin_of(guise: &Guise) -> Self {
        Self::new(guise.code, guise.folder, guise.name, guise.right)
    }

    /// Why the program is judged wrongly, if it is.
    fn complaint(&self) -> Option<String> {
        let recording = record::at_most(STEPS_OF_THE_RIGHT, Threads::Current, self.right).recording;
        assert_eq!(recording.outcome, Outcome::Returned, "the right program of {}", self.file);
        let found = findings(self.code, &recording);
        (!found.is_empty()).then(|| format!("{}: nothing is wrong, but found {found:#?}", self.file))
    }
}

/// What is found in a run of a program that stands under this code.
fn findings(code: Code, recording: &Recording) -> Vec<Finding> {
    let mut found: Vec<Finding> = diagnosis::all(recording).into_iter().map(|(_, finding)| finding).collect();
    if code == Code::W09 {
        found.extend(diagnosis::needless_sequence(recording, &recording.sleeps()));
    }
    found
}

/// Judges every program, and complains of all that are judged wrongly together.
pub(crate) fn judge(guises: &[Guise], innocents: &[Innocent]) {
    if let Ok(alone) = env::var(ALONE) {
        let guise = guises.iter().find(|guise| guise.name == alone).expect("a guise of this name");
        return check::check("it holds on to its thread", |c| _ = c.run(guise.faulty));
    }
    let twins: Vec<Innocent> = guises.iter().map(Innocent::twin_of).collect();
    let right = twins.iter().chain(innocents).filter_map(Innocent::complaint);
    let complaints: Vec<String> = guises.iter().filter_map(Guise::complaint).chain(right).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
}
