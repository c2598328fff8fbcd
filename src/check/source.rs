//! The source of what is checked.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The file whose functions a check calls, where it is known.
#[derive(Clone)]
pub(super) struct Source(Option<PathBuf>);

impl Source {
    /// Told from the path of the check: an exercise and its solution are crates of their own, named after their files, and
    /// a variant is a module of its exercise's crate.
    pub(super) fn of(path: &str) -> Self {
        let file = path.split_once("::checks::").map(|(module, _)| match module.split_once("::") {
            Some((name, variant)) => format!("tests/variants/{name}/{variant}.rs"),
            None => match module.strip_suffix("_solution") {
                Some(name) => format!("solutions/{name}.rs"),
                None => format!("exercises/{module}.rs"),
            },
        });
        Self(file.map(|file| Path::new(env!("CARGO_MANIFEST_DIR")).join(file)))
    }

    /// True if it is known that the file neither imports the workbook's `println!` nor calls it by its path, so that what it
    /// prints is not seen.
    pub(super) fn lacks_println(&self) -> bool {
        let text = self.0.as_ref().and_then(|file| fs::read_to_string(file).ok());
        text.is_some_and(|text| !names_println(&text))
    }
}

/// True if `workbook::println`, or a list after `workbook::` that has it, stands somewhere in this text.
fn names_println(text: &str) -> bool {
    text.split("workbook::").skip(1).any(|rest| {
        let named = rest.split([';', '(']).next().unwrap_or_default();
        named.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == "println")
            || named.trim_start().starts_with('*')
    })
}

#[cfg(test)]
mod tests {
    use super::{Source, names_println};

    #[test]
    fn an_import_of_println_is_found_however_it_is_written() {
        let with = [
            "use workbook::println;",
            "use workbook::{println, thread};",
            "use workbook::{\n    check,\n    println,\n};",
            "use workbook::*;",
            "fn main() {\n    workbook::println!(\"hello\");\n}",
        ];
        for text in with {
            assert!(names_println(text), "{text}");
        }
        let without =
            ["use workbook::thread;", "fn main() {\n    workbook::run(compare());\n    println!(\"done\");\n}", ""];
        for text in without {
            assert!(!names_println(text), "{text}");
        }
    }

    #[test]
    fn the_file_of_a_check_is_known_from_its_path() {
        let of = |path: &str| Source::of(path).0.map(|file| file.display().to_string()).unwrap_or_default();
        assert!(of("01_hello_count::checks::it_counts").ends_with("exercises/01_hello_count.rs"));
        assert!(of("01_hello_count_solution::checks::it_counts").ends_with("solutions/01_hello_count.rs"));
        assert!(of("01_hello_count::wrong_x::checks::it_counts").ends_with("tests/variants/01_hello_count/wrong_x.rs"));
        assert_eq!(of("something::else"), "");
        assert!(!Source::of("06_task_handles_solution::checks::x").lacks_println(), "the solution imports it");
        assert!(!Source::of("99_missing::checks::x").lacks_println(), "what cannot be read is not blamed");
    }
}
