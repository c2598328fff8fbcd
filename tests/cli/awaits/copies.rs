//! What is copied, and what becomes of a program whose copy does not build.

use std::process::Command;

use super::{clone, give, program};
use crate::clone::{attached, workbook};

#[test]
fn a_program_is_built_so_that_its_awaits_are_tracked() {
    let clone = clone();
    give(&clone, &program(""));
    assert_eq!(clone.run(&["run", "1"]).stdout, "as it is, tracked: tracked\n");
}

#[test]
fn a_program_whose_copy_does_not_build_is_built_as_it_is() {
    let clone = clone();
    give(&clone, &program("let unbuildable = (); drop(unbuildable);"));
    let ran = clone.run(&["run", "1"]);
    assert_eq!((ran.stdout.as_str(), ran.code), ("as it is, tracked: as it is\n", Some(0)), "{ran:?}");
    give(&clone, &program("let unbuildable = (); drop(unbuildable); println!(\"more\");"));
    assert_eq!(clone.run(&["run", "1"]).stdout, "as it is, tracked: as it is\nmore\n");
}

#[test]
fn a_program_in_which_the_type_of_an_output_is_open_is_tracked_without_it() {
    let clone = clone();
    give(&clone, &program("let open = (); drop(open);"));
    let ran = clone.run(&["run", "1"]);
    assert_eq!((ran.stdout.as_str(), ran.code), ("as it is, tracked: tracked\n", Some(0)), "{ran:?}");
}

#[test]
fn files_that_a_program_is_made_of_are_tracked_with_it() {
    let clone = clone();
    let part = |name: &str, more: &str| {
        format!(
            "use crate::{{idle, TRACKED, UNTRACKED}};\n{more}\npub fn tell() {{\n    drop(async {{ idle().await }});\n    \
             println!(\"{name} {{}}, {{UNTRACKED}}, {{TRACKED}}\", UNTRACKED);\n}}\n"
        )
    };
    clone.write("exercises/part.rs", &part("part", "pub mod deeper;"));
    clone.write("exercises/part/deeper.rs", &part("deeper", ""));
    clone.write("exercises/folder/mod.rs", &part("folder", "pub mod inner;"));
    clone.write("exercises/folder/inner.rs", &part("inner", ""));
    clone.write("exercises/elsewhere/given.rs", &part("given", "pub mod beside;"));
    clone.write("exercises/elsewhere/beside.rs", &part("beside", ""));
    clone.write("exercises/inline/last.rs", &part("last", ""));
    let modules =
        "mod part;\nmod folder;\n#[path = \"elsewhere/given.rs\"]\nmod given;\nmod inline {\n    pub mod last;\n}\n";
    let body = "part::tell(); part::deeper::tell(); folder::tell(); folder::inner::tell(); given::tell(); \
                given::beside::tell(); inline::last::tell();";
    give(&clone, &(modules.to_string() + &program(body)));
    let ran = clone.run(&["run", "1"]);
    let told: Vec<&str> = ran.stdout.lines().skip(1).collect();
    let names = ["part", "deeper", "folder", "inner", "given", "beside", "last"];
    assert_eq!(told, names.map(|name| format!("{name} tracked, as it is, tracked")), "{ran:?}");
}

#[test]
fn checks_are_copied_as_they_are() {
    let clone = clone();
    let checks =
        clone.read("tests/checks/01_one.rs") + "\n#[allow(dead_code)]\nasync fn idle() {\n    idle().await\n}\n";
    clone.write(
        "tests/checks/01_one.rs",
        &checks.replace("async fn idle() {\n    idle", "async fn unbuildable() {\n    super::idle"),
    );
    give(&clone, &program(""));
    let judged = clone.check(&["1"]).remove(0);
    assert_eq!(judged["status"], "passed", "{judged}");
    let copy = clone.read("target/debug/awaits/relative/tests/checks/01_one.rs");
    assert_eq!(copy, clone.read("tests/checks/01_one.rs"));
}

#[test]
fn variants_are_tracked_though_a_build_script_lists_them() {
    let clone = clone();
    let variant = "tests/variants/01_one/right_sum.rs";
    let program = program("").replace("fn main", "#[allow(dead_code)]\nfn main");
    let all = format!("// accepted: it awaits\n{program}\n\n{}", attached("01_one").replace("../tests", "../.."));
    clone.write(variant, &all);
    let ran = clone.run(&["verify", "1", "--json"]);
    let copy = clone.read(&format!("target/debug/awaits/absolute/{variant}"));
    assert!(copy.contains("#[::workbook::awaits::tracked]"), "{copy}");
    let list = clone.read("target/debug/awaits/relative/tests/variants/01_one/main.rs");
    assert!(list.contains("awaits"), "{list}");
    assert!(!ran.stdout.contains("awaits/"), "{ran:?}");
}

#[test]
fn whatever_else_rustc_is_asked_for_is_passed_on() {
    let ask = |command: &mut Command, arguments: &[&str]| {
        let output = command.args(arguments).output().unwrap();
        (output.stdout, output.stderr, output.status.code())
    };
    for arguments in [&["-vV"][..], &["--nonsense"], &["no such file.rs"]] {
        let through = ask(workbook().env("WORKBOOK_TRACKS", "exercises").arg("rustc"), arguments);
        assert_eq!(through, ask(&mut Command::new("rustc"), arguments));
    }
}
