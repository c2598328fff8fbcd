//! The text of the picture in the making: elements, numbers and escapes of XML.

use std::fmt::{Display, Write as _};

use crate::plain::plain;

/// SVG elements, one after another.
#[derive(Default)]
pub(super) struct Sheet {
    text: String,
}

impl Sheet {
    /// An element without content, or the begin of one: what is between `<` and `>`.
    pub(super) fn tag(&mut self, tag: impl Display) {
        let _ = writeln!(self.text, "<{tag}>");
    }

    /// An element with a tooltip and nothing else in it.
    pub(super) fn shape(&mut self, name: &str, attributes: impl Display, tooltip: &str) {
        let _ = writeln!(self.text, "<{name} {attributes}><title>{}</title></{name}>", escaped(tooltip));
    }

    /// A text that begins, or ends, at a point.
    pub(super) fn text(&mut self, (x, y): (f64, f64), class: &str, text: &str) {
        let (x, y) = (number(x), number(y));
        let _ = writeln!(self.text, "<text x=\"{x}\" y=\"{y}\" class=\"{class}\">{}</text>", escaped(text));
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// A coordinate, to one decimal: more would only make the picture differ from machine to machine.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_string()
}

/// A text that is nothing but text in XML, whatever it says.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in plain(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}
