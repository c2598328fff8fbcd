//! The files of a program, and their copies: in a folder of their own, one beside the other as the program's are.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    fs, io,
    path::{Component, Path, PathBuf},
};

use workbook::whole_file;

use super::{
    arguments::joined,
    marks::{self, Insertion, Tracking},
    modules::{self, Home},
};

/// Files that are copied as they are: what a check awaits is no await of a learner.
const UNMARKED: &str = "tests/checks";

/// How each file is tracked, by the name that rustc has for it, where that is not in full.
pub(super) type Exceptions = BTreeMap<PathBuf, Tracking>;

/// A copy of a program.
pub(super) struct Copy<'a> {
    /// The folder that cargo builds in; names of files go from here.
    folder: &'a Path,
    exceptions: &'a Exceptions,
    /// Where the copies are, by where the names of files go from.
    relative: PathBuf,
    absolute: PathBuf,
    outside: PathBuf,
    written: BTreeSet<PathBuf>,
    /// Whether rustc could have something to say of the program that it would not say of the copy.
    pub(super) hides_messages: bool,
    has_marks: bool,
}

impl<'a> Copy<'a> {
    /// Writes the copy. Nothing if there is nothing to track, or a file cannot be read.
    pub(super) fn of(root: &Path, folder: &'a Path, place: &Path, exceptions: &'a Exceptions) -> Option<Copy<'a>> {
        let mut copy = Copy {
            folder,
            exceptions,
            relative: place.join("relative"),
            absolute: place.join("absolute"),
            outside: place.join("outside"),
            written: BTreeSet::new(),
            hides_messages: false,
            has_marks: false,
        };
        copy.write(root, Home::Beside).ok()?;
        copy.has_marks.then_some(copy)
    }

    /// Where the copy of a file is, named as rustc is to name it.
    pub(super) fn place(&self, file: &Path) -> PathBuf {
        match file.strip_prefix(self.folder) {
            Ok(within) => self.absolute.join(within),
            Err(_) if file.is_absolute() => {
                let names = file.components().filter(|component| matches!(component, Component::Normal(_)));
                self.outside.join(names.collect::<PathBuf>())
            }
            Err(_) => self.relative.join(file),
        }
    }

    /// What makes rustc name the program's files and not their copies, in all that it writes.
    pub(super) fn options(&self) -> impl Iterator<Item = OsString> {
        self.names().map(|(copy, original)| {
            let mut option = joined("--remap-path-prefix=", copy);
            option.push("=");
            option.push(original);
            option
        })
    }

    /// Where copies are, and what is there in truth. On a system with drives, what is outside is on the drive of the folder.
    fn names(&self) -> impl Iterator<Item = (&Path, &Path)> {
        let top = self.folder.ancestors().last().unwrap_or(self.folder);
        [(self.relative.as_path(), Path::new("")), (&self.absolute, self.folder), (&self.outside, top)].into_iter()
    }

    /// Puts the program's files in place of the copies in rustc's list of the files that it has read.
    pub(super) fn correct(&self, dependencies: &Path) -> io::Result<()> {
        // As rustc escapes them.
        let escaped = |path: &Path| path.join("").display().to_string().replace(' ', "\\ ");
        let text = fs::read_to_string(dependencies)?;
        let corrected =
            self.names().fold(text, |text, (copy, original)| text.replace(&escaped(copy), &escaped(original)));
        fs::write(dependencies, corrected)
    }

    /// Copies a file, and all that it is made of.
    fn write(&mut self, file: &Path, home: Home) -> io::Result<()> {
        let place = without_dots(&self.place(file));
        let place = place.filter(|place| self.is_within(place));
        let place = place.ok_or_else(|| io::Error::other("a file outside of the workspace"))?;
        if !self.written.insert(place.clone()) {
            return Ok(());
        }
        let source = fs::read_to_string(self.folder.join(file))?;
        self.hides_messages |= source.contains("must_use");
        let (before, source) = source.split_at(source.len() - without_preamble(&source).len());
        let parsed = syn::parse_file(source).map_err(io::Error::other)?;
        let mut insertions = self.write_parts(modules::parts(file, home, &parsed), source)?;
        if !without_dots(file).is_some_and(|file| file.starts_with(UNMARKED)) {
            let tracking = self.exceptions.get(file).copied().unwrap_or(Tracking::Full);
            let marks = marks::insertions(source, &parsed, tracking);
            self.has_marks |= !marks.is_empty();
            insertions.extend(marks);
        }
        let text = format!("{before}{}", marks::apply(source, insertions));
        if fs::read_to_string(&place).ok().as_ref() == Some(&text) {
            return Ok(());
        }
        fs::create_dir_all(place.parent().unwrap_or(&place))?;
        whole_file::write(&place, text.as_bytes())
    }

    /// Copies other files that a file is made of, and says where its text must change because of that.
    fn write_parts(&mut self, parts: Vec<modules::Part>, source: &str) -> io::Result<Vec<Insertion>> {
        let mut insertions = Vec::new();
        for part in parts {
            // rustc says so if a part is missing that it needs.
            let Some(path) = part.files.iter().find(|path| self.folder.join(path).is_file()) else { continue };
            self.write(path, part.home)?;
            if let Some(at) = part.absolute {
                let lines = source[at.clone()].matches('\n').count();
                let place = self.place(path);
                insertions.push(Insertion { at, text: format!("{place:?}{}", "\n".repeat(lines)) });
            }
        }
        Ok(insertions)
    }

    fn is_within(&self, place: &Path) -> bool {
        [&self.relative, &self.absolute, &self.outside].iter().any(|folder| place.starts_with(folder))
    }
}

/// The source without what comes before its first token: the mark of the encoding, and the line that names an interpreter.
fn without_preamble(source: &str) -> &str {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    match source.starts_with("#!") && !source[2..].trim_start().starts_with('[') {
        true => source.find('\n').map_or("", |newline| &source[newline..]),
        false => source,
    }
}

/// The path without `.` and `..`. Nothing if it leads out of where it begins.
fn without_dots(path: &Path) -> Option<PathBuf> {
    let mut straight = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => match straight.components().next_back() {
                Some(Component::Normal(_)) => drop(straight.pop()),
                _ => return None,
            },
            other => straight.push(other),
        }
    }
    Some(straight)
}
