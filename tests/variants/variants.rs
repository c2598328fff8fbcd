//! Every variant of every exercise, each a whole exercise file, as modules of one test executable.
//!
//! `workbook verify` runs the checks of one at a time. The list is made by `build.rs`.

// Each is a program of its own, whose functions nobody calls here but its checks, and imports what its stub does.
#![allow(dead_code, unused_assignments, unused_imports, unused_mut, unused_variables)]
// Wrong or unusual is what they are meant to be, and all those of an exercise have the same checks.
#![allow(clippy::all)]

include!(concat!(env!("OUT_DIR"), "/variants.rs"));
