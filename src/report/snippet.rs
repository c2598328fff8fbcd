//! A finding with the learner's own lines, the way rustc shows them.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};

use super::{Finding, Place};
use crate::text_file::with_newlines;

/// Shows a finding with its headline and every place that matters. `read` gives the text of a file that a place names,
/// relative to the workspace; a place in a file without text is left out.
pub fn snippet(finding: &Finding, read: impl Fn(&str) -> String, columns: usize, colours: bool) -> String {
    let mut files: Vec<(&str, String, Vec<&Place>)> = Vec::new();
    for place in &finding.places {
        match files.iter_mut().find(|(file, ..)| *file == place.file) {
            Some((.., places)) => places.push(place),
            None => files.push((&place.file, with_newlines(&read(&place.file)), vec![place])),
        }
    }
    let mut group = Group::with_title(Level::ERROR.primary_title(&*finding.message).id(&*finding.code));
    for (number, (file, source, places)) in files.iter().enumerate() {
        let first = |nth: usize| number == 0 && nth == 0;
        let annotations: Vec<Annotation<'_>> =
            places.iter().enumerate().filter_map(|(nth, place)| annotation(source, place, first(nth))).collect();
        if !annotations.is_empty() {
            group = group.element(Snippet::source(&**source).path(*file).annotations(annotations));
        }
    }
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Unicode).term_width(columns).render(&[group])
}

fn annotation<'a>(source: &str, place: &'a Place, to_blame: bool) -> Option<Annotation<'a>> {
    let kind = if to_blame { AnnotationKind::Primary } else { AnnotationKind::Context };
    Some(kind.span(span(source, place.line)?).label(&*place.label))
}

/// The bytes of a line, without the space around its text.
fn span(source: &str, line: u32) -> Option<Range<usize>> {
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
