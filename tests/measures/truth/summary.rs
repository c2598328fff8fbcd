//! Adds up what came of the programs, and prints it.

use anyhow::{Result, ensure};

use crate::{
    catalog::{Folder, Program},
    findings::Told,
    run::Ran,
    waits::{self, Compared, Share},
};

/// What came of one program, over all its runs.
#[derive(Default)]
pub(crate) struct Judged {
    pub(crate) runs: usize,
    /// How much of its fault was told in the worst run; none for a program without a fault.
    pub(crate) told: Option<Told>,
    /// How many runs of a right program were called wrong, or went another way than without the recorder.
    pub(crate) runs_with_a_finding: usize,
    /// What came of its waits in the worst run.
    pub(crate) compared: Option<Compared>,
    /// What was said that is not right, in the worst run.
    pub(crate) wrong: Vec<String>,
}

impl Judged {
    /// Compares the waits of another run, if the program knows of any.
    pub(crate) fn compare_waits(&mut self, program: &Program, ran: &Ran) -> Result<()> {
        ensure!(program.folder != Folder::Waits || !ran.expected.is_empty(), "it tells of no wait");
        if ran.expected.is_empty() {
            return Ok(());
        }
        let compared = waits::compare(program, ran)?;
        let is_worse = |before: &Compared| compared.wrong.len() > before.wrong.len();
        if self.compared.as_ref().is_none_or(is_worse) {
            self.compared = Some(compared);
        }
        Ok(())
    }
}

/// So many lines are shown of one program, if others are shown too.
const MOST_LINES: usize = 6;

/// What came of all programs.
#[derive(Default)]
pub(crate) struct Summary {
    /// True if everything is shown that is wrong about a program.
    in_full: bool,
    programs: usize,
    faults: Vec<Told>,
    /// The right programs, and those of them of which something was said in any run.
    right: usize,
    right_called_wrong: usize,
    runs: usize,
    runs_with_a_finding: usize,
    waits: Share,
    resources: Share,
    wakers: Share,
    invented: usize,
}

impl Summary {
    /// Nothing yet.
    pub(crate) fn new(in_full: bool) -> Self {
        Self { in_full, ..Self::default() }
    }

    /// Counts a program, and lists it if it is not right.
    pub(crate) fn add(&mut self, program: &Program, judged: Judged) {
        self.programs += 1;
        let mut wrong = judged.wrong;
        match judged.told {
            Some(told) => {
                self.faults.push(told);
                if told != Told::Right {
                    println!("{} ({told:?}); expected {}", program.file, expected(program));
                    wrong.iter().for_each(|line| println!("    said: {line}"));
                }
                wrong.clear();
            }
            None => {
                self.right += 1;
                self.right_called_wrong += usize::from(!wrong.is_empty());
                self.runs += judged.runs;
                self.runs_with_a_finding += judged.runs_with_a_finding;
            }
        }
        if let Some(compared) = judged.compared {
            self.waits += compared.waits;
            self.resources += compared.resources;
            self.wakers += compared.wakers;
            self.invented += compared.invented;
            wrong.extend(compared.wrong);
        }
        if !wrong.is_empty() {
            println!("{}", program.file);
            let most = if self.in_full { wrong.len() } else { MOST_LINES };
            wrong.iter().take(most).for_each(|line| println!("    {line}"));
            if wrong.len() > most {
                println!("    and {} more; `truth {}` shows them", wrong.len() - most, program.name);
            }
        }
    }

    pub(crate) fn print(&self, runs: usize) {
        let count = |wanted| self.faults.iter().filter(|told| **told == wanted).count();
        let no_code = count(Told::NoCodeYet);
        println!("\n{} programs, each judged by {runs} runs", self.programs);
        println!(
            "faults: {} of {} right, {} at the right line with a wrong cause, {} wrong, {} silent; {no_code} more have no code yet",
            count(Told::Right),
            self.faults.len() - no_code,
            count(Told::WrongCause),
            count(Told::Wrong),
            count(Told::Silent),
        );
        println!(
            "right programs: {} of {} called wrong, in {} of {} runs",
            self.right_called_wrong, self.right, self.runs_with_a_finding, self.runs
        );
        println!("waits right: {}, and {} recorded that never were", share(self.waits), self.invented);
        println!("resources named: {}", share(self.resources));
        println!("wakers named: {}", share(self.wakers));
    }
}

fn share(share: Share) -> String {
    let Share { right, all } = share;
    format!("{right} of {all} ({:.1} %)", 100.0 * right as f64 / all.max(1) as f64)
}

/// What should have been said of a fault.
fn expected(program: &Program) -> String {
    let marks = &program.marks;
    let lines = marks.blamed.iter().chain(&marks.without_code);
    let lines: Vec<String> = lines.map(|(code, lines)| format!("{code} at line {lines:?}")).collect();
    let causes: Vec<String> =
        marks.causes.iter().map(|phrases| format!(", \"{}\"", phrases.join("\" or \""))).collect();
    lines.join(" and ") + &causes.concat()
}
