//! `workbook solution`: one good way to write an exercise, as source text.

use anyhow::Context;
use workbook::text_file;

use super::{Passed, Workbook, output, progress, workspace::Side};

/// Prints a solution without the lines that attach its checks.
pub(crate) fn solution(workbook: &Workbook, name: &str) -> anyhow::Result<Passed> {
    let exercise = workbook.course.find(name)?;
    let file = Side::Solution.file(&exercise.name);
    let source = std::fs::read_to_string(workbook.workspace.path(&file));
    let source = source.with_context(|| format!("{file} cannot be read"))?;
    if !progress::read(&workbook.workspace).has_passed(exercise) {
        output::complain(&format!("{} has not passed yet; this is one way to write it", exercise.name));
    }
    output::print(&without_checks(&source));
    Ok(Passed::Yes)
}

/// The source up to the lines that attach the checks.
pub(crate) fn without_checks(source: &str) -> String {
    let source = text_file::with_newlines(source);
    let end = source.rfind("#[cfg(test)]\n#[path = \"../tests/checks/").unwrap_or(source.len());
    format!("{}\n", source[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::without_checks;

    #[test]
    fn a_solution_is_shown_without_its_checks() {
        let source = "fn main() {}\n\n#[cfg(test)]\n#[path = \"../tests/checks/01_a.rs\"]\nmod checks;\n";
        assert_eq!(without_checks(source), "fn main() {}\n");
        assert_eq!(without_checks("fn main() {}\n"), "fn main() {}\n");
    }

    #[test]
    fn a_solution_with_the_line_ends_of_windows_is_shown_without_its_checks() {
        let source = "fn main() {}\r\n\r\n#[cfg(test)]\r\n#[path = \"../tests/checks/01_a.rs\"]\r\nmod checks;\r\n";
        assert_eq!(without_checks(source), "fn main() {}\n");
    }
}
