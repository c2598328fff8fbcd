//! Compares what is said of a run with what is true of the program.

use workbook::{
    diagnosis::{self, Code},
    recording::Outcome,
    report::Finding,
};

use crate::{
    catalog::Program,
    marks::{Marks, OR},
    run::Ran,
};

/// How much of a fault was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Told {
    /// Code, line and cause, and nothing else.
    Right,
    /// Its code is still to come.
    NoCodeYet,
    /// Code and line, but not the cause.
    WrongCause,
    /// Something else.
    Wrong,
    /// Nothing.
    Silent,
}

/// How much was told of the fault of a program.
pub(crate) fn of_fault(program: &Program, ran: &Ran) -> Told {
    told(&program.marks, &program.file, &findings(ran))
}

fn told(marks: &Marks, file: &str, findings: &[(Code, Finding)]) -> Told {
    if findings.is_empty() {
        return if marks.blamed.is_empty() { Told::NoCodeYet } else { Told::Silent };
    }
    let is_of = |found: &Code, codes: &str| codes.split(OR).any(|code| found.to_string() == code);
    let at_a_mark = |(code, finding): &(Code, Finding)| {
        let of_code = marks.blamed.iter().chain(&marks.instead).filter(|(codes, _)| is_of(code, codes));
        let mut lines = of_code.map(|(_, lines)| lines).chain(marks.without_code.values()).flatten();
        finding.file == file && lines.any(|line| *line == finding.line)
    };
    let all_told = marks.blamed.iter().all(|(codes, lines)| {
        let of_code: Vec<_> =
            findings.iter().filter(|(found, _)| is_of(found, codes)).map(|(_, found)| found).collect();
        let instead = marks.instead.get(codes).into_iter().flatten();
        let places = of_code.iter().flat_map(|found| &found.places).filter(|place| place.file == file);
        of_code.iter().any(|found| instead.clone().any(|line| *line == found.line))
            || lines.iter().all(|line| places.clone().any(|place| place.line == *line))
    });
    match () {
        () if !findings.iter().all(at_a_mark) || !all_told => Told::Wrong,
        () if marks.blamed.is_empty() => Told::NoCodeYet,
        () if !cause_is_told(marks, findings) => Told::WrongCause,
        () => Told::Right,
    }
}

fn cause_is_told(marks: &Marks, findings: &[(Code, Finding)]) -> bool {
    let texts = findings.iter().flat_map(|(_, finding)| {
        let labels = finding.places.iter().map(|place| &place.label);
        [&finding.message, &finding.explanation, &finding.help].into_iter().chain(labels)
    });
    // In one line, because a phrase may be broken in two.
    let words = texts.flat_map(|text| text.split_whitespace());
    let text = words.collect::<Vec<_>>().join(" ").to_lowercase();
    let has = |phrase: &String| text.contains(phrase);
    marks.causes.iter().all(|phrases| phrases.iter().any(has)) && !marks.untrue.iter().any(has)
}

/// What is not right about the run of a program that has no fault; nothing if all is well.
pub(crate) fn of_right(ran: &Ran, plain: Option<&Ran>) -> Vec<String> {
    let mut wrong: Vec<String> = findings(ran).iter().map(said).collect();
    match &ran.recording {
        _ if ran.ended => wrong.push("it did not end".into()),
        None => wrong.push(format!("it left no recording: {}", ran.stderr.trim())),
        Some(recording) if recording.outcome != Outcome::Returned => {
            wrong.push(recording.cut_short().unwrap_or_default());
        }
        Some(_) if !ran.succeeded => wrong.push(format!("it failed: {}", ran.stderr.trim())),
        Some(_) => {}
    }
    match plain {
        Some(plain) if !plain.succeeded => {
            wrong.push(format!("it fails without the recorder: {}", plain.stderr.trim()))
        }
        Some(plain) if plain.stdout != ran.stdout => {
            wrong.push(format!("it printed {:?}, and without the recorder {:?}", ran.stdout, plain.stdout));
        }
        _ => {}
    }
    wrong
}

/// What was said of a run, a line for each finding.
pub(crate) fn all_said(ran: &Ran) -> Vec<String> {
    let mut lines: Vec<String> = findings(ran).iter().map(said).collect();
    if lines.is_empty() {
        lines.push("nothing".into());
    }
    if ran.ended {
        lines.push("the measure had to end it".into());
    }
    lines
}

fn said((code, finding): &(Code, Finding)) -> String {
    let lines: Vec<String> = finding.places.iter().map(|place| place.line.to_string()).collect();
    let lines = if lines.is_empty() { "at no line".into() } else { format!("at {}", lines.join(", ")) };
    format!("{code} {lines}: {}", finding.message)
}

fn findings(ran: &Ran) -> Vec<(Code, Finding)> {
    ran.recording.as_ref().map(diagnosis::all).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use workbook::report::Place;

    use super::*;

    const SOURCE: &str =
        "//! Two locks.\n//! Cause: each other | a circle\n//! Untrue: at work\none(); //~ W01\ntwo(); //~ W01";

    /// What is told of the program above by one finding.
    fn told_by(code: Code, lines: &[u32], message: &str) -> Told {
        told_of(SOURCE, &[(code, finding(lines, message))])
    }

    fn told_of(source: &str, findings: &[(Code, Finding)]) -> Told {
        told(&Marks::read(source).unwrap(), "x.rs", findings)
    }

    fn finding(lines: &[u32], message: &str) -> Finding {
        let place = |line: &u32| Place { file: "x.rs".into(), line: *line, label: String::new() };
        Finding {
            code: String::new(),
            message: message.into(),
            explanation: String::new(),
            help: String::new(),
            file: "x.rs".into(),
            line: lines[0],
            places: lines.iter().map(place).collect(),
        }
    }

    #[test]
    fn a_fault_is_told_rightly_by_its_code_its_lines_and_its_cause() {
        assert_eq!(told_by(Code::W01, &[5, 4, 3], "they wait for\neach other"), Told::Right);
        assert_eq!(told_of(SOURCE, &[]), Told::Silent);
    }

    #[test]
    fn another_cause_another_line_first_and_a_line_left_out_are_told_apart() {
        assert_eq!(told_by(Code::W01, &[4, 5], "they wait"), Told::WrongCause);
        assert_eq!(told_by(Code::W01, &[4, 5], "at work, in a circle"), Told::WrongCause);
        assert_eq!(told_by(Code::W01, &[3, 4, 5], "a circle"), Told::Wrong);
        assert_eq!(told_by(Code::W01, &[4], "a circle"), Told::Wrong);
        assert_eq!(told_by(Code::W02, &[4, 5], "a circle"), Told::Wrong);
    }

    #[test]
    fn a_right_finding_beside_a_false_one_is_wrong() {
        let both = [(Code::W01, finding(&[4, 5], "a circle")), (Code::W07, finding(&[9], "it went on"))];
        assert_eq!(told_of(SOURCE, &both), Told::Wrong);
    }

    #[test]
    fn a_line_that_will_do_instead_stands_for_the_others() {
        let source = "//! A poll.\n//! Cause: waker\npoll(); //~ (W05)\nx.await; //~ W05";
        assert_eq!(told_of(source, &[(Code::W05, finding(&[3], "no waker"))]), Told::Right);
        assert_eq!(told_of(source, &[(Code::W05, finding(&[4], "no waker"))]), Told::Right);
        assert_eq!(told_of(source, &[(Code::W05, finding(&[1], "no waker"))]), Told::Wrong);
    }

    #[test]
    fn a_fault_without_a_code_is_counted_apart_unless_something_false_is_said() {
        let source = "//! A program.\nx(); //~ ?outlives";
        assert_eq!(told_of(source, &[]), Told::NoCodeYet);
        assert_eq!(told_of(source, &[(Code::W07, finding(&[1], "it went on"))]), Told::Wrong);
    }
}
