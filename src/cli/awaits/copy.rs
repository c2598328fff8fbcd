//! The files of a program, and their copies: in a folder of their own, one beside the other as the program's are.

use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs, io,
    path::{Component, Path, PathBuf},
};

use workbook::whole_file;

use super::{
    arguments::joined,
    marks::{self, Insertion, Outputs},
    modules::{self, Home},
};

/// Files that are copied as they are: what a check awaits is no await of a learner.
const UNMARKED: &str = "tests/checks";

/// A copy of a program.
pub(super) struct Copy {
    /// The folder that cargo builds in; names of files go from here.
    folder: PathBuf,
    /// Where copies are of what has a name that goes from there.
    relative: PathBuf,
    /// Where copies are of what has an absolute name.
    absolute: PathBuf,
    written: BTreeSet<PathBuf>,
    outputs: Outputs,
    /// Whether rustc could have something to say of the program that it would not say of the copy.
    pub(super) hides_messages: bool,
    has_marks: bool,
}

impl Copy {
    /// Writes the copy. Nothing if no await is in the program, or it can not be read.
    pub(super) fn of(root: &Path, folder: &Path, place: &Path, outputs: Outputs) -> Option<Copy> {
        let (relative, absolute) = (place.join("relative"), place.join("absolute"));
        let folder = folder.to_path_buf();
        let mut copy = Copy {
            folder,
            relative,
            absolute,
            written: BTreeSet::new(),
            outputs,
            hides_messages: false,
            has_marks: false,
        };
        copy.write(root, Home::Beside)?.ok()?;
        copy.has_marks.then_some(copy)
    }

    /// Where the copy of a file is, named as rustc is to name it.
    pub(super) fn place(&self, file: &Path) -> Option<PathBuf> {
        match file.is_absolute() {
            true => Some(self.absolute.join(file.strip_prefix(&self.folder).ok()?)),
            false => Some(self.relative.join(file)),
        }
    }

    /// What makes rustc name the program's files and not their copies, in all that it writes.
    pub(super) fn options(&self) -> [OsString; 2] {
        let renamed = |from: &Path, to: &Path| {
            let mut option = joined("--remap-path-prefix=", from);
            option.push("=");
            option.push(to);
            option
        };
        [renamed(&self.relative, Path::new("")), renamed(&self.absolute, &self.folder)]
    }

    /// The list of files that rustc has read, with the program's files in place of the copies.
    pub(super) fn correct(&self, dependencies: &Path) -> io::Result<()> {
        // As rustc escapes them.
        let escaped = |path: &Path| path.join("").display().to_string().replace(' ', "\\ ");
        let text = fs::read_to_string(dependencies)?;
        let text = text.replace(&escaped(&self.relative), "").replace(&escaped(&self.absolute), &escaped(&self.folder));
        fs::write(dependencies, text)
    }

    /// Copies a file, and all that it is made of. Nothing if there is no place for it.
    fn write(&mut self, file: &Path, home: Home) -> Option<io::Result<()>> {
        let place = without_dots(&self.place(file)?)?;
        if !place.starts_with(&self.relative) && !place.starts_with(&self.absolute) {
            return None;
        }
        if !self.written.insert(place.clone()) {
            return Some(Ok(()));
        }
        Some(self.write_to(&place, file, home))
    }

    fn write_to(&mut self, place: &Path, file: &Path, home: Home) -> io::Result<()> {
        let source = fs::read_to_string(self.folder.join(file))?;
        self.hides_messages |= source.contains("must_use");
        let start = source.len() - without_preamble(&source).len();
        let parsed = syn::parse_file(&source[start..]).map_err(io::Error::other)?;
        let mut insertions = Vec::new();
        for part in modules::parts(file, home, &parsed) {
            // rustc says so if a part is missing that it needs.
            let Some(path) = part.files.iter().find(|path| self.folder.join(path).is_file()) else { continue };
            match (self.write(path, part.home), part.absolute, self.place(path)) {
                (Some(written), Some(at), Some(place)) => {
                    written?;
                    let lines = source[start..][at.clone()].matches('\n').count();
                    insertions.push(Insertion { at, text: format!("{place:?}{}", "\n".repeat(lines)) });
                }
                (Some(written), ..) => written?,
                (None, Some(_), _) => {}
                (None, None, _) => return Err(io::Error::other("a file outside of the workspace")),
            }
        }
        if !without_dots(file).is_some_and(|file| file.starts_with(UNMARKED)) {
            let marks = marks::insertions(&source[start..], &parsed, self.outputs);
            self.has_marks |= !marks.is_empty();
            insertions.extend(marks);
        }
        let text = format!("{}{}", &source[..start], marks::apply(&source[start..], insertions));
        if fs::read_to_string(place).ok().as_ref() == Some(&text) {
            return Ok(());
        }
        fs::create_dir_all(place.parent().unwrap_or(place))?;
        whole_file::write(place, text.as_bytes())
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
