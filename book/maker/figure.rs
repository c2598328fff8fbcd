//! A run as a piece of a page: its picture, and what the player steps through.
//!
//! The picture stands in the page itself, so that it takes the page's colours, prints, and needs no script. The player's
//! script finds the recording beside it.

use serde::{Deserialize, Serialize};
use workbook::{
    recording::Recording,
    render::{
        self,
        player::{self, Player},
    },
};

use crate::{
    excerpt::{Excerpt, excerpts},
    list::Figure,
    place::Place,
};

/// What the player gets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// The reader's own file; lines of others, as of the check, are told with their file.
    pub of: String,
    /// The run.
    pub player: Player,
    /// The source of the lines it speaks of.
    pub source: Vec<Excerpt>,
}

/// Where the recording in a piece begins, and where it ends.
pub const RECORDING: (&str, &str) = ("<script type=\"application/json\" class=\"run-recording\">", "</script>");

/// Where the picture in a piece begins, and where it ends.
pub const PICTURE: (&str, &str) = ("<svg ", "</svg>");

/// The piece, without an empty line: that would end the HTML in markdown.
pub fn piece(place: &Place, figure: &Figure, recording: &Recording) -> String {
    let Figure { chapter, name, variant, check, title } = figure;
    let of = match variant {
        Some(variant) => format!("tests/variants/{chapter}/{variant}.rs"),
        None => format!("solutions/{chapter}.rs"),
    };
    let player = player::player(recording);
    let mut source = excerpts(recording, |file| place.text_of(file));
    // The reader's own first, then that of the check.
    source.sort_by_key(|excerpt| excerpt.file != of);
    let recorded = Recorded {
        of: of.clone(),
        player: serde_json::from_str(&player).expect("the player's format reads what it wrote"),
        source,
    };
    let json = serde_json::to_string(&recorded).expect("plain data with string keys can always be written");
    let svg = render::svg(recording, title).replace("\n\n", "\n");
    let class = if variant.as_ref().is_some_and(|variant| variant.starts_with("wrong_")) { "run wrong" } else { "run" };
    let (begin, end) = RECORDING;
    format!(
        "<figure class=\"{class}\" id=\"run-{name}\">\n\
         <figcaption><strong>{title}</strong> <small>A run of <code>{of}</code>, by the check \
         <code>{check}</code></small></figcaption>\n\
         <div class=\"run-picture\" role=\"region\" tabindex=\"0\" aria-label=\"Picture: {title}\">\n\
         {svg}</div>\n\
         {begin}{json}{end}\n\
         </figure>\n",
        title = escaped(title),
        json = json.replace('<', "\\u003c"),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
