//! How a judged exercise looks in the terminal: a heading, a line per check, then what to know about those that
//! are not right yet. Functions from data to text.

use std::fmt::Write;

use colored::Colorize;
use workbook::{
    recording::Recording,
    render::{self, Style},
    report::{self, Finding, Status},
};

use super::{
    course::Exercise,
    judge::{Check, Judged},
    output, source,
    workspace::Workspace,
};

/// What to show below the verdicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    /// What is to be mended first, explained.
    First,
    /// The same without its picture, for which there is another place.
    FirstInWords,
    /// Everything that is wrong, explained.
    Everything,
    /// The same, and the pictures of all runs, of right ones too.
    Pictures,
}

/// The whole of a judged exercise.
pub(crate) fn exercise(
    workspace: &Workspace,
    exercise: &Exercise,
    judged: &Judged,
    depth: Depth,
    columns: usize,
) -> String {
    let mut text = heading(exercise, &score(judged), columns);
    for check in &judged.checks {
        text.push_str(&row(Some(check.status), &check.name));
    }
    text + &details(workspace, judged, depth, columns)
}

/// The line of a check.
pub(crate) fn row(status: Option<Status>, name: &str) -> String {
    format!("  {} {name}\n", mark(status))
}

/// What stands below the lines of the checks.
pub(crate) fn details(workspace: &Workspace, judged: &Judged, depth: Depth, columns: usize) -> String {
    let mut text = String::new();
    if let Some(message) = &judged.message {
        let _ = write!(text, "\n{}\n", indented(message, columns));
    }
    if let Some(compiler) = &judged.compiler {
        let _ = write!(text, "\n{}\n", compiler.trim_end());
    }
    text + &explanations(workspace, judged, depth, columns)
}

/// ` 01  hello count                                                    3 of 4`
fn heading(exercise: &Exercise, right: &str, columns: usize) -> String {
    let left = format!(" {}  {}", exercise.number(), exercise.title);
    let gap = (columns.saturating_sub(width(&left) + width(right) + 1)).max(2);
    format!("{}{}{right}\n", left.bold(), " ".repeat(gap))
}

/// The sign of a verdict; of none yet.
pub(crate) fn mark(status: Option<Status>) -> String {
    match status {
        Some(Status::Passed) => "✓".green().to_string(),
        Some(Status::Failed) => "✗".red().to_string(),
        Some(Status::Timeout) => "⧗".red().to_string(),
        Some(Status::Broken) => "!".red().to_string(),
        Some(Status::Unwritten) | None => "·".dimmed().to_string(),
    }
}

/// How many checks passed.
pub(crate) fn score(judged: &Judged) -> String {
    if judged.checks.is_empty() {
        return "broken".into();
    }
    let passed = judged.checks.iter().filter(|check| check.status == Status::Passed).count();
    format!("{passed} of {}", judged.checks.len())
}

/// What to know about each check that is not right, and each finding once.
fn explanations(workspace: &Workspace, judged: &Judged, depth: Depth, columns: usize) -> String {
    let tells = |check: &&Check| {
        let has_picture = depth == Depth::Pictures && check.recording.as_ref().is_some_and(is_worth_drawing);
        check.status != Status::Passed || !check.findings.is_empty() || has_picture
    };
    let telling: Vec<&Check> = judged.checks.iter().filter(tells).collect();
    let shown = match depth {
        Depth::Everything | Depth::Pictures => telling.clone(),
        Depth::First | Depth::FirstInWords => first(judged).into_iter().collect(),
    };
    let (mut text, mut last_message) = (String::new(), None);
    let mut told_of: Vec<&Finding> = Vec::new();
    for check in shown {
        if check.message.is_some() && check.message == last_message {
            continue;
        }
        if telling.len() > 1 {
            let _ = write!(text, "\n  {} {}\n", mark(Some(check.status)), check.name.bold());
        }
        // A check that failed for a finding alone says no more than that one's headline.
        let told = check.findings.iter().any(|finding| check.message.as_ref() == Some(&finding.message));
        if let Some(message) = check.message.as_ref().filter(|_| !told) {
            let _ = write!(text, "\n{}\n", indented(message, columns));
        }
        last_message = check.message.clone();
        let recording = check.recording.as_ref().filter(|recording| is_worth_drawing(recording));
        if let Some(recording) = recording.filter(|_| depth != Depth::FirstInWords) {
            let _ = write!(text, "\n{}\n", picture(recording, columns));
        }
        let news: Vec<&Finding> = check.findings.iter().filter(|finding| !told_of.contains(finding)).collect();
        text.push_str(&telling_of(workspace, &news, &told_of, columns));
        told_of.extend(news);
    }
    text
}

/// The check to be mended first: what went wrong says more than what is not written yet.
pub(crate) fn first(judged: &Judged) -> Option<&Check> {
    let wrong = |check: &&Check| check.status != Status::Passed || !check.findings.is_empty();
    let wrong: Vec<&Check> = judged.checks.iter().filter(wrong).collect();
    wrong.iter().find(|check| check.status != Status::Unwritten).or(wrong.first()).copied()
}

/// Findings outside a check.
pub(crate) fn findings(workspace: &Workspace, findings: &[Finding], columns: usize) -> String {
    telling_of(workspace, &findings.iter().collect::<Vec<_>>(), &[], columns)
}

/// Findings with their lines. One explanation of each code is enough, counting those `told_of` before.
fn telling_of(workspace: &Workspace, findings: &[&Finding], told_of: &[&Finding], columns: usize) -> String {
    let mut text = String::new();
    for (nth, finding) in findings.iter().enumerate() {
        let read = |file: &str| source::text(workspace, file).unwrap_or_default();
        let colours = colored::control::SHOULD_COLORIZE.should_colorize();
        let lines = report::snippet(finding, read, columns.saturating_sub(4).max(20), colours);
        let _ = write!(text, "\n{}\n", indented(&lines, usize::MAX));
        if !told_of.iter().chain(&findings[..nth]).any(|before| before.code == finding.code) {
            text.push_str(&explained(finding, columns));
        }
    }
    text
}

/// True if there is anything to see but one task that does everything at once.
fn is_worth_drawing(recording: &Recording) -> bool {
    recording.tasks.len() > 1 || !recording.waits.is_empty() || !recording.blocks.is_empty()
}

/// What the runtime did in a check, if there is anything to see.
pub(crate) fn picture_of(check: &Check, columns: usize) -> Option<String> {
    let recording = check.recording.as_ref().filter(|recording| is_worth_drawing(recording))?;
    Some(picture(recording, columns))
}

/// What the runtime did. A narrow terminal has no columns to spare for an indentation.
fn picture(recording: &Recording, columns: usize) -> String {
    const NARROW: usize = 40;
    let colour = colored::control::SHOULD_COLORIZE.should_colorize();
    if columns < NARROW {
        return render::terminal(recording, Style { width: columns, colour }).trim_end().to_string();
    }
    indented(&render::terminal(recording, Style { width: columns - 4, colour }), usize::MAX)
}

/// What explains a finding, and what to try.
fn explained(finding: &Finding, columns: usize) -> String {
    let help = format!("try: {} ({})", finding.help, output::typed(&format!("explain {}", finding.code)));
    format!(
        "\n{}\n\n{}\n",
        indented(&finding.explanation, columns),
        indented(&help, columns).replacen("try:", &"try:".bold().to_string(), 1)
    )
}

/// Indents text by four columns and breaks what is too wide between words.
pub(crate) fn indented(text: &str, columns: usize) -> String {
    let room = columns.saturating_sub(5).max(15);
    let lines = text.trim_end().lines().flat_map(|line| wrap(line, room));
    lines.map(|line| if line.is_empty() { line } else { format!("    {line}") }).collect::<Vec<_>>().join("\n")
}

/// A paragraph, broken anew to the width of the terminal, a column in from the left.
pub(crate) fn filled(paragraph: &str, columns: usize) -> String {
    const MOST: usize = 100;
    let words = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = wrap(&words, columns.saturating_sub(2).clamp(15, MOST));
    lines.iter().map(|line| format!(" {line}").trim_end().to_string()).collect::<Vec<_>>().join("\n")
}

/// Breaks one line between words; its further lines are indented like the first.
pub(crate) fn wrap(line: &str, room: usize) -> Vec<String> {
    if width(line) <= room {
        return vec![line.to_string()];
    }
    let indent: String = line.chars().take_while(|c| *c == ' ').collect();
    let mut lines = vec![indent.clone()];
    for word in line.split_whitespace() {
        let last = lines.last_mut().expect("there is always a last line");
        if last.len() == indent.len() {
            last.push_str(word);
        } else if width(last) + 1 + width(word) <= room {
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(format!("{indent}{word}"));
        }
    }
    lines
}

/// Columns of a text; the workbook's own signs are all one column wide.
fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_between_words_and_keep_their_indentation() {
        assert_eq!(wrap("  one two three", 9), ["  one two", "  three"]);
        assert_eq!(wrap("short", 9), ["short"]);
        assert_eq!(wrap("unbreakable", 5), ["", "unbreakable"][1..]);
    }

    #[test]
    fn messages_are_indented_and_blank_lines_stay_blank() {
        assert_eq!(indented("a\n\nb\n", 80), "    a\n\n    b");
    }
}
