//! `workbook explain`: what a code means, with a small program that has the fault.

use colored::Colorize;
use workbook::diagnosis::Code;

use super::{Passed, Usage, look, output};

/// Prints the page of a code, or the list of all codes.
pub(crate) fn explain(code: Option<&str>) -> anyhow::Result<Passed> {
    let Some(code) = code else {
        output::print(&list());
        return Ok(Passed::Yes);
    };
    let code: Code =
        code.parse().map_err(|unknown| Usage(format!("{unknown} (`{}` lists them)", output::typed("explain"))))?;
    output::print(&page(code, output::columns()));
    Ok(Passed::Yes)
}

fn list() -> String {
    let lines = Code::ALL.map(|code| format!(" {}  {:18} {}\n", code.to_string().bold(), code.name(), code.sentence()));
    format!("{}\n `{}` explains one.\n", lines.concat(), output::typed("explain W01"))
}

/// The page, with its text broken to the width of the terminal; programs and pictures stay as they are.
fn page(code: Code, columns: usize) -> String {
    let page = code.page().plain();
    let (title, body) = page.split_once('\n').unwrap_or((&page, ""));
    let mut text = format!(" {}\n\n", title.bold());
    for paragraph in body.trim().split("\n\n") {
        let is_block = paragraph.trim_start_matches('\n').starts_with("    ");
        let paragraph = if is_block { paragraph.to_string() } else { look::filled(paragraph, columns) };
        text.push_str(&paragraph);
        text.push_str("\n\n");
    }
    text.trim_end().to_string() + "\n"
}
