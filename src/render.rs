//! Pictures of a recording. A renderer sees nothing but the [`Recording`].
//!
//! The pictures for a terminal and for a page show the same: `lanes` says what, they say how it looks.

mod axis;
mod crowd;
mod family;
mod lanes;
mod notes;
mod perfetto;
pub mod player;
mod svg;
mod terminal;
mod words;

pub use perfetto::perfetto;
pub use svg::svg;
pub use terminal::{Style, terminal};

#[cfg(doc)]
use crate::recording::Recording;
