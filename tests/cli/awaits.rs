//! The companion in the place of rustc: each await of a program gets an identity, and nobody sees how.
//!
//! Here the attribute is a stand-in that says what it is put on, so that a scratch clone builds in an instant; what the
//! real one does is tested where it is written. It puts TRACKED in place of UNTRACKED.

mod copies;
mod files;
mod messages;

use super::clone::{Clone, Ran, manifest};

/// A clone whose exercises know a library with the attribute.
fn clone() -> Clone {
    let clone = Clone::new();
    clone.write(
        "Cargo.toml",
        "[workspace]\nmembers = [\"exercises\", \"library\", \"macros\", \"solutions\", \"tests/variants\"]\nresolver = \"3\"\n",
    );
    clone.write("macros/Cargo.toml", &(manifest("macros") + "[lib]\nproc-macro = true\n"));
    clone.write("macros/src/lib.rs", include_str!("fixture/attribute.rs"));
    let library = "[lib]\nname = \"workbook\"\n[dependencies]\nmacros = { path = \"../macros\" }\n";
    clone.write("library/Cargo.toml", &(manifest("async-workbook") + library));
    clone.write("library/src/lib.rs", "pub mod awaits { pub use macros::{tracked, tracked_without_outputs}; }\n");
    for package in ["exercises", "solutions", "tests/variants"] {
        let path = if package == "tests/variants" { "../../library" } else { "../library" };
        let more = format!("[dependencies]\nasync-workbook = {{ path = \"{path}\" }}\n");
        let all = clone.read(&format!("{package}/Cargo.toml")) + &more;
        clone.write(&format!("{package}/Cargo.toml"), &all);
    }
    clone
}

/// An exercise with this program, whose first line is 1.
fn give(clone: &Clone, program: &str) {
    clone.write("exercises/01_one.rs", &format!("{program}\n\n{}", super::clone::attached("01_one")));
}

/// A program that knows whether it is tracked. Line 14 is the first of the body.
fn program(body: &str) -> String {
    format!(
        "const NUMBER: u8 = 1;\nconst UNTRACKED: &str = \"as it is\";\nconst TRACKED: &str = \"tracked\";\n\n\
         fn give() -> u8 {{\n    NUMBER\n}}\n\nasync fn idle() {{}}\n\nfn main() {{\n    \
         drop(async {{ idle().await }});\n    println!(\"{{UNTRACKED}}, {{TRACKED}}: {{}}\", UNTRACKED);\n    {body}\n}}"
    )
}

/// Runs a program, and then once more without the companion in the place of rustc.
fn both(program: &str) -> [Ran; 2] {
    let clone = clone();
    give(&clone, program);
    let run = |command: &mut std::process::Command| Ran::from(command.env("RUST_BACKTRACE", "1").output().unwrap());
    let with = run(&mut clone.command(&["run", "1"]));
    // Who asks for no stand-in gets none.
    [with, run(clone.command(&["run", "1"]).env("RUSTC_WRAPPER", ""))]
}

#[cfg(unix)]
#[test]
fn somebodys_own_stand_in_for_rustc_is_started_in_its_turn() {
    use std::os::unix::fs::PermissionsExt;

    let clone = clone();
    give(&clone, &program(""));
    clone.write("stand_in.sh", "#!/bin/sh\necho started >> \"$(dirname \"$0\")/started\"\nexec \"$@\"\n");
    let stand_in = clone.root().join("stand_in.sh");
    std::fs::set_permissions(&stand_in, std::fs::Permissions::from_mode(0o755)).unwrap();
    let ran = Ran::from(clone.command(&["run", "1"]).env("RUSTC_WRAPPER", &stand_in).output().unwrap());
    assert!(ran.stdout.contains("as it is, tracked: tracked"), "{ran:?}");
    assert!(clone.read("started").contains("started"));
}

#[test]
fn what_is_tracked_and_what_is_not_are_kept_apart() {
    let clone = clone();
    give(&clone, &program(""));
    let plain = || {
        let mut cargo = std::process::Command::new(std::env::var_os("CARGO").unwrap());
        cargo.args(["build", "-p", "exercises", "--bin", "01_one"]).current_dir(clone.root()).env("RUSTC_WRAPPER", "");
        String::from_utf8(cargo.output().unwrap().stderr).unwrap()
    };
    assert!(plain().contains("Compiling async-workbook"));
    let tracked = Ran::from(clone.command(&["run", "1"]).output().unwrap());
    assert!(tracked.stdout.contains("as it is, tracked: tracked"), "{tracked:?}");
    let again = plain();
    assert!(!again.contains("Compiling"), "{again}");
}
