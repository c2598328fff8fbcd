//! The book of the workbook: what makes its pictures, what builds it, and what serves it.
//!
//! The chapters are markdown, `src/NN_name.md`. Everything in them that comes from the course itself (recorded runs,
//! what the workbook says of them, hints, solutions, the pages of the diagnoses) is written below `src/generated` by
//! [`generate::write`], committed, and included with mdBook's own `{{#include}}`. So no preprocessor is needed, and a
//! plain `mdbook build book` gives the same pages.
//!
//! ```text
//! figures.toml ─▶ record: the checks are run ─▶ figure ─┐
//! info.toml, solutions, diagnoses ─▶ pieces ────────────┴▶ generate ─▶ src/generated ─▶ sound ─▶ build ─▶ serve
//! ```
//!
//! | module | what it is for |
//! |---|---|
//! | [`place`] | where things are |
//! | [`list`] | the exercises, and what the figures are of |
//! | [`record`] | runs checks and takes their reports |
//! | [`figure`] | a run as a piece of a page: picture, recording, source |
//! | [`excerpt`] | the lines of source that a recording speaks of |
//! | [`told`] | what the workbook says of a run, as text |
//! | [`pieces`] | hints, exercise, solution and diagnoses as markdown |
//! | [`generate`] | all of that, as files |
//! | [`sound`] | whether everything that is included is there and whole |
//! | [`build`] | the book itself |
//! | [`serve`] | shows it in a browser |

pub mod build;
pub mod excerpt;
pub mod figure;
pub mod generate;
pub mod list;
pub mod pieces;
pub mod place;
pub mod record;
pub mod serve;
pub mod sound;
pub mod told;

/// The chapters, as documentation: so `cargo test --doc` compiles every program in them.
#[cfg(doctest)]
mod chapters {
    include!(concat!(env!("OUT_DIR"), "/chapters.rs"));
}
