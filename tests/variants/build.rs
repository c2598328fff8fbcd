//! Lists the variants, so that adding one takes no more than adding its file.
//!
//! `NN_name/wrong_x.rs` becomes the module `wrong_x` of the test executable `NN_name`.

use std::{env, fmt::Write, fs, io, path::Path};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=.");
    let here = env::current_dir()?;
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    for exercise in sorted(&here)? {
        let folder = here.join(&exercise);
        if !exercise.starts_with(|first: char| first.is_ascii_digit()) || !folder.is_dir() {
            continue;
        }
        let mut modules = String::new();
        for file in sorted(&folder)?.iter().filter(|file| *file != "main.rs") {
            if let Some(variant) = file.strip_suffix(".rs") {
                let path = folder.join(file).display().to_string();
                let _ = writeln!(modules, "#[path = {path:?}]\nmod {variant};");
            }
        }
        let list = Path::new(&out).join(exercise + ".rs");
        // One that is as it was keeps its time, so that only the executables of exercises that have changed are built.
        if fs::read_to_string(&list).ok().as_ref() != Some(&modules) {
            fs::write(list, modules)?;
        }
    }
    Ok(())
}

fn sorted(folder: &Path) -> io::Result<Vec<String>> {
    let names = fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names = names.collect::<io::Result<Vec<String>>>()?;
    names.sort();
    Ok(names)
}
