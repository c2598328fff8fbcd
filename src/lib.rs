//! The workbook's library: it runs plain tokio code on an exact virtual clock, records what the runtime did, and proves
//! from the recording that a learner's function does what it should.
//!
//! Data flows one way:
//!
//! ```text
//!                                 ┌▶ clock, which the runtime goes by
//! learner's tokio code ─▶ tracer ─┴▶ log ─▶ Recording ─┬▶ diagnosis ─▶ findings ─┐
//!                                                      ├▶ check ─────────────────┴▶ report (JSON) ─▶ CLI
//!                                                      └▶ render ─▶ terminal, SVG, Perfetto, player
//! ```
//!
//! | module | what it is for |
//! |---|---|
//! | [`run`], [`run_sync`], [`run_with_arguments`] | what an exercise's `main` calls |
//! | [`println!`], [`thread`] | the two things an exercise imports from here |
//! | [`awaits`] | the identity of each await of a program that the companion built |
//! | [`runtime`] | builds the runtime; its clock moves only when nothing else can happen |
//! | [`record`] | records a program outside a check |
//! | [`recording`] | what a program did, as plain data; like [`awaits`] a part of the crate `workbook-recorder`, which holds the tracer and the log |
//! | [`diagnosis`] | what is wrong with a run, whatever was asked for |
//! | [`check`] | what the check files call |
//! | [`report`] | verdicts as data |
//! | [`render`] | pictures |
//! | [`site`] | the web site that the network exercises visit |
//! | [`stand_in`] | how the companion gives each await its identity, in the place of rustc |
//! | [`plain`] | text of a program, made safe to show |
//! | [`text_file`] | reads text files whichever way their lines end |
//! | [`whole_file`] | writes files that are never half there |
//!
//! ```
//! use std::time::Duration;
//! use workbook::{record, runtime::Threads};
//!
//! async fn nap() {
//!     tokio::time::sleep(Duration::from_secs(1)).await;
//! }
//!
//! let run = record::future(Threads::Current, || async { tokio::join!(nap(), nap()) });
//! assert_eq!(run.recording.elapsed(), Duration::from_secs(1));
//! assert_eq!(run.recording.peak(run.recording.sleeps()), 2);
//! ```

#[macro_use]
pub mod shim;
mod broken_pipe;
pub mod check;
pub mod diagnosis;
pub mod plain;
mod program;
pub mod record;
pub mod render;
pub mod report;
pub mod runtime;
pub mod site;
pub mod stand_in;
pub mod text_file;
pub mod whole_file;

use workbook_recorder as recorder;
#[doc(inline)]
pub use workbook_recorder::{awaits, recording};

pub use program::{run, run_sync, run_with_arguments};
pub use shim::thread;
