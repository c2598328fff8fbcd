//! The places in source code that tokio names, each once: a hundred thousand tasks may be spawned at one line.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::workspace::{in_workspace, is_learners};
use crate::recording::Location;

/// A place in source code, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct PlaceId(u32);

/// A source file, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct FileId(u32);

/// The files that were named.
#[derive(Default)]
pub(super) struct Files {
    all: Vec<File>,
    /// Where their names lie in memory. The compiler puts them there, so a name is nearly always found by that.
    by_address: FxHashMap<usize, FileId>,
}

struct File {
    /// As tokio names it.
    name: String,
    /// As it is shown.
    shown: Arc<str>,
    is_learners: bool,
}

impl Files {
    /// The number of the file with this name.
    pub(super) fn number(&mut self, name: &str) -> FileId {
        let address = name.as_ptr() as usize;
        if let Some(known) = self.by_address.get(&address).filter(|known| self.all[known.0 as usize].name == name) {
            return *known;
        }
        let known = self.all.iter().position(|file| file.name == name);
        let number = FileId(known.unwrap_or(self.all.len()) as u32);
        if known.is_none() {
            let shown: Arc<str> = in_workspace(name).into();
            self.all.push(File { name: name.to_string(), is_learners: is_learners(&shown), shown });
        }
        self.by_address.insert(address, number);
        number
    }

    /// True for a file that a learner would call the program.
    pub(super) fn is_learners(&self, file: FileId) -> bool {
        self.all[file.0 as usize].is_learners
    }

    /// Its name as it is shown.
    pub(super) fn shown(&self, file: FileId) -> &str {
        &self.all[file.0 as usize].shown
    }
}

/// The places that were named.
#[derive(Default)]
pub(super) struct Places {
    pub(super) files: Files,
    all: Vec<(FileId, u32, u32)>,
    numbers: FxHashMap<(FileId, u32, u32), PlaceId>,
}

impl Places {
    /// The number of the place in this file, at this line and column.
    pub(super) fn number(&mut self, file: FileId, line: u32, column: u32) -> PlaceId {
        let Self { all, numbers, .. } = self;
        *numbers.entry((file, line, column)).or_insert_with(|| {
            all.push((file, line, column));
            PlaceId(all.len() as u32 - 1)
        })
    }

    /// The number of a place that is known otherwise.
    pub(super) fn number_of(&mut self, location: &Location) -> PlaceId {
        self.named(&location.file, location.line, location.column)
    }

    /// The number of a place in the source of the program, as the compiler names it.
    pub(super) fn named(&mut self, file: &str, line: u32, column: u32) -> PlaceId {
        let file = self.files.number(file);
        self.number(file, line, column)
    }

    /// The place of this number.
    pub(super) fn location(&self, place: PlaceId) -> Location {
        let (file, line, column) = self.all[place.0 as usize];
        Location { file: self.files.all[file.0 as usize].shown.clone(), line, column }
    }

    /// The file it is in, as it is shown.
    pub(super) fn file(&self, place: PlaceId) -> &str {
        self.files.shown(self.all[place.0 as usize].0)
    }

    /// True in a file that a learner would call the program.
    pub(super) fn is_learners(&self, place: PlaceId) -> bool {
        self.files.is_learners(self.all[place.0 as usize].0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_file_wherever_it_lies_in_memory_and_another_there_is_another() {
        let mut files = Files::default();
        let mut name = String::from("tests/a.rs");
        let first = files.number(&name);
        assert_eq!(files.number("tests/a.rs"), first);
        name.replace_range(6..7, "b");
        assert_ne!(files.number(&name), first);
        assert_eq!(files.shown(first), "tests/a.rs");
    }
}
