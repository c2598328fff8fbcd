//! The variants of one exercise, in a test executable of their own; `build.rs` lists them.

include!(concat!(env!("OUT_DIR"), "/", env!("CARGO_CRATE_NAME"), ".rs"));
