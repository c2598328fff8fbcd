//! What the workbook says of a run, as markdown: the check that does not pass, its message, and what was found.

use workbook::report::{self, Finding, Verdict};

use crate::{pieces::escaped, place::Place};

/// Columns of a code block at the width of the book.
const COLUMNS: usize = 84;

/// The words for a check that does not pass.
pub fn piece(place: &Place, verdict: &Verdict) -> String {
    let mut parts = vec!["<div class=\"told\">".to_string(), format!("✗ **{}**", escaped(&verdict.name))];
    parts.extend(verdict.message.iter().flat_map(|message| message.split("\n\n")).map(paragraph));
    for finding in &verdict.findings {
        parts.extend(found(place, finding));
    }
    parts.push("</div>".into());
    parts.join("\n\n") + "\n"
}

/// A paragraph of a message; lines that were broken on purpose stay as they are.
fn paragraph(text: &str) -> String {
    let text = text.trim_matches('\n');
    if text.contains('\n') { block(text) } else { escaped(text) }
}

fn found(place: &Place, finding: &Finding) -> [String; 2] {
    let snippet = report::snippet(finding, |file| place.text_of(file), COLUMNS, false);
    let code = &finding.code;
    let link = format!("[{code}](diagnoses.md#{})", code.to_lowercase());
    [block(&snippet), format!("**try:** {} ({link})", escaped(&finding.help))]
}

fn block(text: &str) -> String {
    let text: Vec<&str> = text.lines().map(str::trim_end).collect();
    format!("```text\n{}\n```", text.join("\n"))
}
