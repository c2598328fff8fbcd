//! What commits, the index and the working tree hold, as plain data, and how three of them become one.

use std::collections::BTreeMap;

/// Files by their path, which is relative to the root and has `/`.
///
/// A path that is not UTF-8 is nothing of the workbook's, and left out.
pub(crate) type Tree = BTreeMap<String, Entry>;

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// git's word for its kind: 100644, 100755, 120000.
    pub(crate) mode: String,
    /// The name of its content in git's store.
    pub(crate) id: String,
}

/// A path, and what is to be there; none if nothing.
pub(crate) type Change = (String, Option<Entry>);

/// It is cargo's: who has another one has written nothing.
const LOCK: &str = "Cargo.lock";

impl Entry {
    pub(crate) fn new(mode: &str, id: &str) -> Entry {
        Entry { mode: mode.to_string(), id: id.to_string() }
    }

    /// What cannot be compared: a folder, a link, a device. It equals nothing that git knows.
    pub(crate) fn strange() -> Entry {
        Entry::new("", "")
    }

    /// Whether it is a file as any other.
    pub(crate) fn is_plain(&self) -> bool {
        self.mode.starts_with("100")
    }
}

/// Reads what `ls-tree -r -z` prints (`mode kind id`, tab, path), or `ls-files -s -z` (`mode id stage`, tab, path).
pub(crate) fn parse(listed: &[u8]) -> Tree {
    let entry = |line: &[u8]| {
        let (what, path) = std::str::from_utf8(line).ok()?.split_once('\t')?;
        let mut words = what.split(' ');
        let (mode, second, third) = (words.next()?, words.next()?, words.next()?);
        let id = if third.len() > second.len() { third } else { second };
        Some((path.to_string(), Entry::new(mode, id)))
    };
    listed.split(|&byte| byte == 0).filter_map(entry).collect()
}

/// The name of an exercise, if this is the file a learner writes in.
pub(crate) fn exercise(path: &str) -> Option<&str> {
    path.strip_prefix("exercises/")?.strip_suffix(".rs").filter(|name| !name.contains('/'))
}

/// Whether the learner wrote this: it is neither what it was, nor what it is to be.
pub(crate) fn is_own(base: Option<&Entry>, yours: Option<&Entry>, upstream: Option<&Entry>) -> bool {
    yours.is_some() && yours != base && yours != upstream
}

/// What comes of one path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Merged {
    To(Option<Entry>),
    /// Both sides changed it: their texts are to be merged.
    Both,
}

/// Merges one path: who alone changed it prevails.
///
/// An exercise that the learner wrote in stays, whatever upstream did. One that he removed comes back with its next
/// mend.
pub(crate) fn merge(path: &str, base: Option<&Entry>, yours: Option<&Entry>, upstream: Option<&Entry>) -> Merged {
    let to = |entry: Option<&Entry>| Merged::To(entry.cloned());
    if yours == base || yours == upstream {
        to(upstream)
    } else if base == upstream {
        to(yours)
    } else if exercise(path).is_some() {
        to(yours.or(upstream))
    } else if path == LOCK {
        to(upstream)
    } else {
        Merged::Both
    }
}

/// The changes that make one tree another, what goes first: a file may have become a folder.
pub(crate) fn changes<'a>(before: &Tree, after: impl Iterator<Item = (&'a String, &'a Option<Entry>)>) -> Vec<Change> {
    let differing = after.filter(|(path, entry)| before.get(*path) != entry.as_ref());
    let mut changes: Vec<Change> = differing.map(|(path, entry)| (path.clone(), entry.clone())).collect();
    changes.sort_by_key(|(_, entry)| entry.is_some());
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(path: &str, three: [&str; 3]) -> String {
        let [base, yours, upstream] = three.map(|id| if id == "-" { None } else { Some(Entry::new("100644", id)) });
        match merge(path, base.as_ref(), yours.as_ref(), upstream.as_ref()) {
            Merged::To(entry) => entry.map_or("-".to_string(), |entry| entry.id),
            Merged::Both => "both".to_string(),
        }
    }

    #[test]
    fn who_alone_changed_a_file_prevails() {
        for path in ["exercises/01_one.rs", "src/lib.rs", "Cargo.lock"] {
            for [base, yours, upstream, expected] in [
                ["a", "a", "b", "b"],
                ["a", "b", "a", "b"],
                ["a", "b", "b", "b"],
                ["-", "-", "b", "b"],
                ["-", "b", "-", "b"],
                ["a", "a", "-", "-"],
                ["a", "-", "a", "-"],
            ] {
                assert_eq!(merged(path, [base, yours, upstream]), expected, "{path} {base} {yours} {upstream}");
            }
        }
    }

    #[test]
    fn where_both_changed_a_file_the_learner_prevails_in_exercises_only() {
        for (three, exercise, lock) in [
            (["a", "b", "c"], "b", "c"),
            (["-", "b", "c"], "b", "c"),
            (["a", "b", "-"], "b", "-"),
            (["a", "-", "c"], "c", "c"),
        ] {
            assert_eq!(merged("exercises/01_one.rs", three), exercise, "{three:?}");
            assert_eq!(merged("Cargo.lock", three), lock, "{three:?}");
            for path in ["src/lib.rs", "exercises/Cargo.toml", "exercises/deep/er.rs", "solutions/01_one.rs"] {
                assert_eq!(merged(path, three), "both", "{path} {three:?}");
            }
        }
    }

    #[test]
    fn trees_and_indexes_are_read_alike() {
        let entry = Entry::new("100644", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
        let tree = b"100644 blob e69de29bb2d1d6434b8b29ae775ad8c2e48c5391\ta b/\xc3\xbc.rs\0";
        let index = b"100644 e69de29bb2d1d6434b8b29ae775ad8c2e48c5391 0\ta b/\xc3\xbc.rs\0";
        for listed in [&tree[..], index] {
            assert_eq!(parse(listed), Tree::from([("a b/ü.rs".to_string(), entry.clone())]));
        }
        assert_eq!(parse(b""), Tree::new());
    }
}
