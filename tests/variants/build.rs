//! Lists the variants, so that adding one takes no more than adding its file.
//!
//! `NN_name/wrong_x.rs` becomes the module `_NN_name::wrong_x`. `WORKBOOK_VARIANTS_OF="NN_name …"` leaves out those of other
//! exercises, for an author who works at one.

use std::{env, fmt::Write, fs, io, path::Path};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=.");
    println!("cargo::rerun-if-env-changed=WORKBOOK_VARIANTS_OF");
    let only = env::var("WORKBOOK_VARIANTS_OF").ok();
    let wanted = |exercise: &str| only.as_ref().is_none_or(|only| only.split(' ').any(|name| name == exercise));
    let here = env::current_dir()?;
    let mut modules = String::new();
    for exercise in sorted(&here)? {
        let folder = here.join(&exercise);
        if !exercise.starts_with(|first: char| first.is_ascii_digit()) || !folder.is_dir() || !wanted(&exercise) {
            continue;
        }
        let _ = writeln!(modules, "mod _{exercise} {{");
        for file in sorted(&folder)? {
            if let Some(variant) = file.strip_suffix(".rs") {
                let _ = writeln!(
                    modules,
                    "    #[path = {:?}]\n    mod {variant};",
                    folder.join(&file).display().to_string()
                );
            }
        }
        modules.push_str("}\n");
    }
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(Path::new(&out).join("variants.rs"), modules)
}

fn sorted(folder: &Path) -> io::Result<Vec<String>> {
    let names = fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names = names.collect::<io::Result<Vec<String>>>()?;
    names.sort();
    Ok(names)
}
