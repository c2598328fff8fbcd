//! The build script: stops a build that would compile and see nothing.
//!
//! Without the flag tokio leaves its instrumentation out. A `compile_error!` would say so amid a dozen errors about
//! functions that the flag brings.

fn main() {
    println!("cargo::rerun-if-changed=needs_flag.rs");
    if std::env::var_os("CARGO_CFG_TOKIO_UNSTABLE").is_none() {
        println!(
            "cargo::error=the workbook needs tokio's instrumentation: build it inside its folder, where .cargo/config.toml \
             sets the flag, or with RUSTFLAGS=\"--cfg tokio_unstable\" (an own RUSTFLAGS replaces that setting)"
        );
    }
}
