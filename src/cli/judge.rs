//! From a source file to a verdict on the exercise: look at the file, build its checks, run them.

use serde::Serialize;
use workbook::{
    recording::Recording,
    report::{Finding, Status, Verdict},
};

use super::{
    attached,
    cargo::{Build, Busy, Product},
    course::Exercise,
    fresh,
    process::{Overtaken, Ticket},
    source,
    trial::{Heard, Trial},
    workspace::{Side, Workspace},
};

/// What is known of an exercise after it was judged.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Judged {
    pub(crate) name: String,
    pub(crate) status: Status,
    /// Why it could not be judged check by check.
    pub(crate) message: Option<String>,
    /// rustc's own words, if it does not compile.
    pub(crate) compiler: Option<String>,
    pub(crate) checks: Vec<Check>,
    /// The hash of the source that this is about.
    #[serde(skip)]
    pub(crate) source: u64,
}

/// What is known of one check.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Check {
    pub(crate) name: String,
    pub(crate) status: Status,
    pub(crate) message: Option<String>,
    pub(crate) findings: Vec<Finding>,
    /// What the run did that it is about; for pictures.
    #[serde(skip)]
    pub(crate) recording: Option<Recording>,
}

impl From<Verdict> for Check {
    fn from(verdict: Verdict) -> Check {
        let Verdict { name, status, message, findings, recording, .. } = verdict;
        Check { name, status, message, findings, recording }
    }
}

impl Judged {
    fn broken(exercise: &Exercise, message: String) -> Judged {
        let name = exercise.name.clone();
        Judged { name, status: Status::Broken, message: Some(message), compiler: None, checks: Vec::new(), source: 0 }
    }
}

/// Judges exercises, or solutions, of one clone.
pub(crate) struct Judge<'a> {
    pub(crate) workspace: &'a Workspace,
    pub(crate) side: Side,
    pub(crate) ticket: &'a Ticket,
    pub(crate) busy: &'a Busy,
    pub(crate) heard: &'a Heard,
}

impl Judge<'_> {
    /// Judges one exercise. What goes wrong in between is part of the verdict.
    ///
    /// # Errors
    /// Only if the work was overtaken.
    pub(crate) fn judge(&self, exercise: &Exercise) -> Result<Judged, Overtaken> {
        // Before anything else, so that what is saved in the meantime has no verdict yet.
        let source = source::hash_of(self.workspace, &self.side.file(&exercise.name));
        let judged = match self.look_at_source(exercise) {
            Err(sentence) => Judged::broken(exercise, sentence),
            Ok(()) => {
                let judged = self.build(&[&exercise.name]).and_then(|build| self.run_checks(exercise, &build));
                self.ticket.check()?;
                judged.unwrap_or_else(|error| Judged::broken(exercise, sentence(&error)))
            }
        };
        Ok(Judged { source, ..judged })
    }

    /// Builds the checks of several exercises at once, which is faster than one by one; a later [`Judge::judge`] finds
    /// them built. If one does not compile, others may be left for later.
    pub(crate) fn prepare(&self, exercises: &[&Exercise]) -> Result<(), Overtaken> {
        let sound = exercises.iter().filter(|exercise| self.look_at_source(exercise).is_ok());
        let sound: Vec<&str> = sound.map(|exercise| exercise.name.as_str()).collect();
        if sound.len() > 1 {
            // What goes wrong here goes wrong again for the exercise to blame, and is told there.
            let _ = self.build(&sound);
        }
        self.ticket.check()
    }

    fn build(&self, exercises: &[&str]) -> anyhow::Result<Build> {
        fresh::build(self.workspace, (self.side, Product::Checks), exercises, self.ticket, self.busy)
    }

    /// Judges an exercise whose checks were built, if its file was fit for it.
    pub(crate) fn judge_built(&self, exercise: &Exercise, build: &Build) -> anyhow::Result<Judged> {
        match self.look_at_source(exercise) {
            Ok(()) => self.run_checks(exercise, build),
            Err(sentence) => Ok(Judged::broken(exercise, sentence)),
        }
    }

    fn run_checks(&self, exercise: &Exercise, build: &Build) -> anyhow::Result<Judged> {
        let target = self.side.binary(&exercise.name);
        let Some(executable) = build.executables.get(&target) else {
            return Ok(does_not_compile(exercise, build, &target));
        };
        let checks = attached::names(self.workspace, &exercise.name)?;
        let trial = Trial {
            workspace: self.workspace,
            executable,
            module: "checks::",
            checks: &checks,
            ticket: self.ticket,
            heard: self.heard,
        };
        let verdicts = trial.run()?;
        if verdicts.len() < checks.len() {
            return Ok(Judged::broken(exercise, self.without_checks(exercise, verdicts.len(), checks.len())));
        }
        let checks: Vec<Check> = verdicts.into_iter().map(Check::from).collect();
        let status = overall(checks.iter().map(|check| check.status));
        Ok(Judged { name: exercise.name.clone(), status, message: None, compiler: None, checks, source: 0 })
    }

    /// What to say of a file that has not all the checks of its check file.
    fn without_checks(&self, exercise: &Exercise, ran: usize, wanted: usize) -> String {
        let (file, checks) = (self.side.file(&exercise.name), format!("tests/checks/{}.rs", exercise.name));
        format!(
            "{file} ran {ran} of the {wanted} checks of {checks}, so there is no verdict. Does something in it, such as a \
             `#[cfg(…)]`, take the place of its last three lines?"
        )
    }

    /// Whether there is anything to compile, and it attaches its checks.
    fn look_at_source(&self, exercise: &Exercise) -> Result<(), String> {
        let file = self.side.file(&exercise.name);
        let bytes = source::read(self.workspace, &file).map_err(|error| match self.side {
            Side::Exercise => format!("{error}.{}", error.advice(exercise)),
            Side::Solution => format!("{error}."),
        })?;
        match std::str::from_utf8(&bytes) {
            Err(error) => {
                let line = bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count() + 1;
                Err(format!("{file} is not UTF-8: line {line} has bytes that are no text. Save it as UTF-8."))
            }
            Ok(text) if text.trim().is_empty() => Err(match self.side {
                Side::Exercise => format!("{file} is empty. {}", source::stub_back(exercise)),
                Side::Solution => format!("{file} is empty."),
            }),
            Ok(text) => attached::look(&exercise.name, text).map_err(|why| format!("{file} {why}")),
        }
    }
}

/// The status of an exercise whose checks all ran. A failure outweighs what is still unwritten; only what had to be
/// ended outweighs a failure, because it hides what else would be found.
pub(crate) fn overall(checks: impl Iterator<Item = Status>) -> Status {
    let weight = |status: &Status| match status {
        Status::Passed => 0,
        Status::Unwritten => 1,
        Status::Failed => 2,
        Status::Timeout => 3,
        Status::Broken => 4,
    };
    checks.max_by_key(weight).unwrap_or(Status::Broken)
}

fn does_not_compile(exercise: &Exercise, build: &Build, target: &str) -> Judged {
    let errors = build.errors(target);
    if let Some(full) = [&errors, &build.said].into_iter().find_map(|said| of_full_disk(said)) {
        return Judged::broken(exercise, full);
    }
    if errors.is_empty() {
        let said = build.said.trim();
        return Judged::broken(exercise, format!("It could not be built. cargo says:\n\n{said}"));
    }
    let judged = Judged::broken(exercise, build.unused(target).unwrap_or_else(|| uncompiled(&errors).into()));
    Judged { compiler: Some(errors), ..judged }
}

/// What to say where the compiler or cargo found no room to write to: that is no fault of the source.
fn of_full_disk(said: &str) -> Option<String> {
    // As the operating system words ENOSPC, EDQUOT, and Windows its error 112.
    let full = ["No space left on device", "Disk quota exceeded", "There is not enough space on the disk"];
    full.iter().any(|words| said.contains(words)).then(|| {
        "It could not be built, because the disk is full. So this says nothing about your code. Make some room, and check \
         again."
            .to_string()
    })
}

fn uncompiled(errors: &str) -> &'static str {
    if errors.contains("--> tests/checks/") {
        "It does not compile together with its checks, which call the functions of the stub: keep their names and types."
    } else {
        "It does not compile."
    }
}

/// An error as a sentence for the learner.
fn sentence(error: &anyhow::Error) -> String {
    format!("It could not be judged: {error:#}")
}
