//! The picture for a terminal.

use std::path::Path;

use unicode_width::UnicodeWidthStr;
use workbook::render::{Style, terminal};

use crate::shapes;

#[test]
fn every_shape_is_drawn_as_it_was_agreed_on() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (name, recording) in shapes::all() {
        let pictures = [60, 80, 140].map(|width| {
            let picture = terminal(&recording, Style { width, colour: false });
            format!("{width} columns\n\n{picture}")
        });
        settings.bind(|| insta::assert_snapshot!(name, pictures.join("\n")));
    }
}

#[test]
fn no_line_is_wider_than_asked_for() {
    let recordings = shapes::all().into_iter().chain([("hostile", shapes::hostile())]);
    for (name, recording) in recordings {
        for width in 20..=200 {
            for line in terminal(&recording, Style { width, colour: false }).lines() {
                assert!(line.width() <= width, "{name} at {width} columns: {line:?}");
            }
        }
    }
}

#[test]
fn colour_adds_nothing_but_colour() {
    for (name, recording) in shapes::all() {
        let [plain, coloured] = [false, true].map(|colour| terminal(&recording, Style { width: 80, colour }));
        assert!(coloured.contains("\u{1b}["), "{name}");
        assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain, "{name}");
    }
}

#[test]
fn what_a_program_prints_stays_text() {
    let picture = terminal(&shapes::hostile(), Style { width: 120, colour: false });
    let steers =
        |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}');
    assert!(!picture.contains(steers), "{picture:?}");
    assert!(picture.contains("<script>alert(1)</script>"), "{picture}");
}
