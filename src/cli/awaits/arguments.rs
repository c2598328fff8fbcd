//! What rustc was asked for, as far as it matters here.

use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

/// The arguments of a call of rustc that builds a program with this library.
pub(super) struct Arguments<'a> {
    all: &'a [OsString],
    /// Which of them is the source file.
    input: usize,
    /// Where what is built goes.
    pub(super) folder: &'a Path,
    /// Where rustc writes which files it has read.
    pub(super) dependencies: PathBuf,
}

impl<'a> Arguments<'a> {
    /// Nothing if it is something else that rustc was asked for.
    pub(super) fn parse(all: &'a [OsString]) -> Option<Arguments<'a>> {
        let input =
            (0..all.len()).find(|&at| is_source(&all[at]) && !is_option(at.checked_sub(1).map(|at| &all[at])))?;
        let folder = Path::new(value(all, "--out-dir")?);
        let name = value(all, "--crate-name")?.to_str()?;
        let suffix = codegen(all, "extra-filename").unwrap_or_default();
        let is_linked = value(all, "--emit")?.to_str()?.split(',').any(|kind| kind == "link");
        let is_read_by_cargo = value(all, "--error-format")? == "json";
        let knows_this_library = all.iter().any(|given| given.to_string_lossy().starts_with("workbook="));
        let dependencies = folder.join(format!("{name}{suffix}.d"));
        (is_linked && is_read_by_cargo && knows_this_library).then_some(Arguments { all, input, folder, dependencies })
    }

    /// The source file, as rustc was told.
    pub(super) fn input(&self) -> &'a Path {
        Path::new(&self.all[self.input])
    }

    /// The call itself.
    pub(super) fn as_given(&self) -> &'a [OsString] {
        self.all
    }

    /// The call for another source file.
    pub(super) fn with_input(&self, input: &Path) -> Vec<OsString> {
        let mut all = self.all.to_vec();
        all[self.input] = input.into();
        all
    }

    /// The call that builds nothing and says everything; what it must write goes to a folder of its own.
    pub(super) fn for_messages(&self, folder: &Path) -> Vec<OsString> {
        let mut before = OsString::new();
        let replaced = |given: &OsString| {
            let text = given.to_string_lossy();
            let new = match &*before.to_string_lossy() {
                "--out-dir" => folder.into(),
                "--emit" => "metadata".into(),
                "-C" if text.starts_with("incremental=") => joined("incremental=", &folder.join("incremental")),
                _ if text.starts_with("--emit=") => "--emit=metadata".into(),
                _ if text.starts_with("--out-dir=") => joined("--out-dir=", folder),
                _ if text.starts_with("-Cincremental=") => joined("-Cincremental=", &folder.join("incremental")),
                _ => given.clone(),
            };
            before.clone_from(given);
            new
        };
        self.all.iter().map(replaced).collect()
    }
}

/// An option with a path as its value.
pub(super) fn joined(option: &str, path: &Path) -> OsString {
    let mut joined = OsString::from(option);
    joined.push(path);
    joined
}

fn is_source(given: &OsStr) -> bool {
    let text = given.to_string_lossy();
    text.ends_with(".rs") && !text.starts_with('-')
}

/// Whether what comes next is the value of an option.
fn is_option(given: Option<&OsString>) -> bool {
    given.is_some_and(|given| {
        let text = given.to_string_lossy();
        text.starts_with('-') && !text.contains('=') && text != "--test"
    })
}

/// The value of `--NAME VALUE` or `--NAME=VALUE`.
fn value<'a>(all: &'a [OsString], name: &str) -> Option<&'a OsStr> {
    all.iter().enumerate().find_map(|(at, given)| {
        if given == name {
            return all.get(at + 1).map(OsString::as_os_str);
        }
        // What is not UTF-8 can only be split where it is.
        given.to_str()?.strip_prefix(name)?.strip_prefix('=').map(OsStr::new)
    })
}

/// The value of `-C NAME=VALUE`.
fn codegen<'a>(all: &'a [OsString], name: &str) -> Option<&'a str> {
    all.iter().find_map(|given| {
        let given = given.to_str()?;
        given.strip_prefix("-C").unwrap_or(given).strip_prefix(name)?.strip_prefix('=')
    })
}
