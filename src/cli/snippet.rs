//! A finding with the learner's own line, the way rustc shows it.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, renderer::DecorStyle};
use workbook::report::Finding;

use super::workspace::Workspace;

/// Shows a finding with its headline; without a source line if there is none to blame, or it cannot be read.
pub(crate) fn show(workspace: &Workspace, finding: &Finding, columns: usize) -> String {
    let title = Level::ERROR.primary_title(finding.headline().0).id(&*finding.code);
    let source = std::fs::read_to_string(workspace.path(&finding.file)).unwrap_or_default();
    let report = match span(&source, finding.line) {
        Some(span) => {
            let snippet = Snippet::source(&*source).path(&*finding.file);
            title.element(snippet.annotation(AnnotationKind::Primary.span(span)))
        }
        None => annotate_snippets::Group::with_title(title),
    };
    let colours = colored::control::SHOULD_COLORIZE.should_colorize();
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Unicode).term_width(columns).render(&[report])
}

/// The bytes of a line, without the space around its text.
fn span(source: &str, line: u32) -> Option<std::ops::Range<usize>> {
    let index = usize::try_from(line).ok()?.checked_sub(1)?;
    let text = source.lines().nth(index)?;
    let start = text.as_ptr() as usize - source.as_ptr() as usize;
    let (before, content) = (text.len() - text.trim_start().len(), text.trim().len());
    (content > 0).then(|| start + before..start + before + content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_marked_without_the_space_around_it() {
        assert_eq!(span("a\n  bc \n", 2), Some(4..6));
        assert_eq!(span("a\n", 0), None);
        assert_eq!(span("a\n", 7), None);
    }
}
