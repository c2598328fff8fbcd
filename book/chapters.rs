//! Lists the pages of the book, so that the documentation tests find the programs in them.

use std::{env, fmt::Write, fs, io, path::Path};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=src");
    let here = env::current_dir()?.join("src");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    let pages = fs::read_dir(&here)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut pages = pages.collect::<io::Result<Vec<String>>>()?;
    pages.sort();
    let mut modules = String::new();
    for page in pages.iter().filter_map(|page| page.strip_suffix(".md")) {
        let path = here.join(format!("{page}.md")).display().to_string();
        let _ = writeln!(modules, "#[doc = include_str!({path:?})]\nmod page_{} {{}}", page.to_lowercase());
    }
    fs::write(Path::new(&out).join("chapters.rs"), modules)
}
