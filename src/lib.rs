//! The workbook's library.

pub mod recording;
pub mod report;

#[cfg(not(tokio_unstable))]
compile_error!(
    "the workbook needs tokio's instrumentation: build it with RUSTFLAGS=\"--cfg tokio_unstable\", or from inside the \
     workspace, where .cargo/config.toml sets it (an own RUSTFLAGS replaces that setting)"
);
