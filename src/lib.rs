//! The workbook's library.

#[macro_use]
pub mod shim;
pub mod check;
pub mod diagnosis;
mod program;
pub mod record;
mod recorder;
pub mod recording;
pub mod render;
pub mod report;
pub mod runtime;
pub mod site;

pub use program::{run, run_sync};
pub use shim::thread;

#[cfg(not(tokio_unstable))]
compile_error!(
    "the workbook needs tokio's instrumentation: build it with RUSTFLAGS=\"--cfg tokio_unstable\", or from inside the \
     workspace, where .cargo/config.toml sets it (an own RUSTFLAGS replaces that setting)"
);
