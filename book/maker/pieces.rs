//! Pieces of a chapter that come from the course: the exercise, its hints, its solution, the page of a diagnosis.

use anyhow::{Context, Result};
use workbook::{
    diagnosis::{Code, for_readers},
    report::Verdict,
    text_file,
};

use crate::list::Exercise;

/// Where the lines begin that attach a solution's checks.
const TAIL: &str = "#[cfg(test)]\n#[path = \"../tests/checks/";

/// Where the exercise is, how it is judged, and what is proven.
pub fn exercise(exercise: &Exercise, verdicts: &[Verdict]) -> String {
    let name = &exercise.name;
    let short = name.split('_').next().unwrap_or(name).trim_start_matches('0');
    let checks: Vec<String> = verdicts.iter().map(|verdict| format!("* {}\n", escaped(&verdict.name))).collect();
    format!(
        "Open `exercises/{name}.rs`. `cargo run -- check {short}` judges it, `cargo run` judges it at every save. What is \
         proven:\n\n{}",
        checks.concat()
    )
}

/// The hints, folded.
pub fn hints(exercise: &Exercise) -> String {
    let count = exercise.hints.len();
    let fold = |(nth, hint): (usize, &String)| {
        format!(
            "<details>\n<summary>Hint {} of {count}</summary>\n\n{}\n\n</details>\n",
            nth + 1,
            escaped_beside_code(hint)
        )
    };
    exercise.hints.iter().enumerate().map(fold).collect::<Vec<_>>().join("\n")
}

/// The solution, folded, and included from its file up to the lines that attach its checks.
///
/// # Errors
/// If the file does not end with these lines.
pub fn solution(name: &str, source: &str) -> Result<String> {
    let source = text_file::with_newlines(source);
    let end = source.rfind(TAIL).with_context(|| format!("solutions/{name}.rs does not end with its checks"))?;
    let last = source[..end].trim_end().lines().count();
    Ok(format!(
        "<details>\n<summary>One way to write it</summary>\n\n```rust\n\
         {{{{#include ../../../../solutions/{name}.rs::{last}}}}}\n```\n\n</details>\n"
    ))
}

/// The page of a diagnosis. What is plain text in the terminal becomes markdown here.
pub fn diagnosis(code: Code) -> String {
    let page = code.page();
    let mut text = String::new();
    for line in page.text.trim().lines() {
        text += &match line {
            "{{program}}" => rust(page.program),
            "{{picture}}" => format!("\n```text\n{}\n```\n", page.picture.trim_end()),
            "{{mend}}" => rust(page.mend),
            line => escaped(line) + "\n",
        };
    }
    format!(
        "## {code}: {} {{#{}}}\n\n*{}.*\n\n{text}",
        code.name(),
        code.to_string().to_lowercase(),
        capital(code.sentence())
    )
}

fn rust(program: &str) -> String {
    format!("\n```rust\n{}\n```\n", for_readers(program).trim_end())
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Plain text as markdown that shows just that.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if "\\`*_[]<>#|~&{}".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// The same, but what stands between backticks is code.
fn escaped_beside_code(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(nth, part)| if nth % 2 == 1 { format!("`{part}`") } else { escaped(part) }).collect()
}

#[cfg(test)]
mod tests {
    use super::{escaped_beside_code, solution};

    #[test]
    fn code_in_a_hint_stays_code() {
        assert_eq!(escaped_beside_code("a_b `c_d` <e>"), r"a\_b `c_d` \<e\>");
    }

    #[test]
    fn a_solution_is_included_up_to_its_checks() {
        let source = "fn main() {}\n\n#[cfg(test)]\n#[path = \"../tests/checks/01_a.rs\"]\nmod checks;\n";
        let piece = solution("01_a", source).unwrap();
        assert!(piece.contains("\n{{#include ../../../../solutions/01_a.rs::1}}\n"), "{piece}");
        assert_eq!(solution("01_a", &source.replace('\n', "\r\n")).unwrap(), piece, "whichever way its lines end");
        assert!(solution("01_a", "fn main() {}\n").is_err());
    }
}
