//! The picture for a page.

use roxmltree::{Document, Node};
use unicode_width::UnicodeWidthStr;
use workbook::{recording::Recording, render::svg};

use crate::shapes;

const TITLE: &str = "A <picture> & \"more\" \u{0}\u{202e}]]>";

fn every_shape() -> Vec<(&'static str, Recording)> {
    shapes::all().into_iter().chain([("hostile", shapes::hostile())]).collect()
}

/// Calls with each element of the picture of each shape.
#[track_caller]
fn for_every_element(check: impl Fn(&str, Node)) {
    for (name, recording) in every_shape() {
        let text = svg(&recording, TITLE);
        let document = Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
        document.descendants().filter(Node::is_element).for_each(|node| check(name, node));
    }
}

#[test]
fn nothing_in_it_runs_or_comes_from_outside() {
    const ELEMENTS: [&str; 11] =
        ["svg", "title", "desc", "style", "defs", "pattern", "g", "rect", "path", "text", "tspan"];
    for_every_element(|name, node| {
        assert!(ELEMENTS.contains(&node.tag_name().name()), "{name}: {node:?}");
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            assert!(!key.starts_with("on") && !key.contains("href"), "{name}: {key}={value}");
            assert!(!value.contains("url(") || value.starts_with("url(#picture-"), "{name}: {key}={value}");
        }
        if node.has_tag_name("style") {
            let style = node.text().unwrap_or_default();
            assert!(!style.contains("url") && !style.contains("@import"), "{name}: {style}");
        }
    });
}

#[test]
fn it_has_a_title_and_says_in_words_what_happened() {
    let text = svg(&shapes::joined_sleeps(), "Three sleeps");
    let document = Document::parse(&text).expect("well-formed");
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    let labels = root.attribute("aria-labelledby").expect("labels").split(' ');
    let texts: Vec<&str> = labels
        .map(|id| document.descendants().find(|node| node.attribute("id") == Some(id)).and_then(|node| node.text()))
        .map(|text| text.expect("a text"))
        .collect();
    let desc = "One task: main. At most 3 waits at once. How it ended: returned at 1 s.";
    assert_eq!(texts, ["Three sleeps", desc]);
}

#[test]
fn what_a_program_prints_and_names_stays_text() {
    let text = svg(&shapes::hostile(), TITLE);
    let steers =
        |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}');
    assert!(!text.contains(steers), "{text:?}");
    let document = Document::parse(&text).expect("well-formed");
    let texts: Vec<&str> =
        document.descendants().filter(|node| node.has_tag_name("text")).filter_map(|node| node.text()).collect();
    assert!(texts.contains(&"\"<script>alert(1)</script> |\""), "{texts:#?}");
    assert!(texts.contains(&"evil ]]> & \"'"), "{texts:#?}");
}

#[test]
fn every_text_lies_on_the_sheet() {
    for_every_element(|name, node| {
        if !node.has_tag_name("text") {
            return;
        }
        let root = node.document().root_element();
        let size: Vec<f64> = root.attribute("viewBox").expect("a view box").split(' ').map(number).collect();
        let [x, y] = ["x", "y"].map(|key| node.attribute(key).map(number).expect("a place"));
        let text = node.text().unwrap_or_default();
        let column = if node.attribute("class") == Some("print") { 6.4 } else { 6.2 };
        let right = x + text.width() as f64 * column;
        assert!(x >= 0.0 && right <= size[2], "{name}: {text:?} goes from {x} to {right}");
        assert!(y >= 10.0 && y <= size[3] - 4.0, "{name}: {text:?} stands at {y} of {}", size[3]);
    });
}

fn number(text: &str) -> f64 {
    text.parse().expect("a number")
}

#[test]
fn every_wait_says_what_it_is_when_asked() {
    let text = svg(&shapes::joined_sleeps(), "");
    let document = Document::parse(&text).expect("well-formed");
    let bars = document.descendants().filter(|node| node.attribute("class") == Some("bar"));
    let tooltips: Vec<&str> =
        bars.filter_map(|bar| bar.children().find(|child| child.has_tag_name("title"))?.text()).collect();
    assert_eq!(tooltips.len(), 3);
    for tooltip in tooltips {
        assert!(tooltip.starts_with("sleep at tests/pictures/shapes.rs:"), "{tooltip}");
        assert!(tooltip.ends_with(", from 0 s to 1 s"), "{tooltip}");
    }
}

#[test]
fn the_same_recording_gives_the_same_picture() {
    for (name, recording) in every_shape() {
        assert_eq!(svg(&recording, name), svg(&recording, name));
    }
}

#[test]
fn a_thousand_tasks_make_no_large_picture() {
    for (name, recording) in shapes::all() {
        let size = svg(&recording, name).len();
        assert!(size < 60_000, "{name}: {size} bytes");
    }
}

/// <https://www.w3.org/TR/WCAG22/#contrast-minimum>
#[test]
fn text_can_be_read_on_light_and_on_dark() {
    let text = svg(&shapes::joined_sleeps(), "");
    for scheme in 0..2 {
        let colour = |name: &str| {
            let from = text.split_once(&format!("--{name}: light-dark(")).unwrap_or_else(|| panic!("no {name}")).1;
            let colours = from.split_once(')').expect("light-dark ends").0;
            luminance(colours.split(", ").nth(scheme).expect("two colours").trim_start_matches('#'))
        };
        let pairs = [("ink", "paper"), ("quiet", "paper"), ("alarm-edge", "paper")].map(|(a, b)| (a.into(), b.into()));
        let families = ["time", "tasks", "shared", "io", "other", "alarm"];
        let families = families.map(|family| (format!("{family}-ink"), family.to_string()));
        for (ink, ground) in pairs.into_iter().chain(families) {
            let (ink_light, ground_light) = (colour(&ink), colour(&ground));
            let contrast = (ink_light.max(ground_light) + 0.05) / (ink_light.min(ground_light) + 0.05);
            assert!(contrast >= 4.5, "{ink} on {ground}: {contrast:.1}");
        }
    }
}

fn luminance(colour: &str) -> f64 {
    let part = |from: usize| {
        let value = u8::from_str_radix(&colour[from..from + 2], 16).expect("two digits");
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
}
