//! What an update changed, in words.

use std::{collections::BTreeSet, fmt::Write};

use super::{
    super::{
        git::Git,
        output,
        pristine::{COPIES, TAKEN_UP_SHORT},
    },
    plan::Plan,
    tree::exercise,
};

/// How alike two files must be, so that one is the other under a new name.
const ALIKE: &str = "--find-renames=75%";

/// What changed, by the names of exercises.
#[derive(Debug, Default)]
pub(crate) struct News {
    new: Vec<String>,
    mended: Vec<String>,
    removed: Vec<String>,
    /// The old name and the new one.
    renamed: Vec<(String, String)>,
    /// The learner wrote in them, and there is another stub now.
    kept: Vec<String>,
    /// The learner wrote them, and upstream has others of the same name.
    taken: Vec<String>,
    /// The learner wrote in them, and upstream has none of them any more; under which name it has, if any.
    left: Vec<(String, Option<String>)>,
    /// Files that are no exercises.
    others: usize,
}

impl News {
    pub(crate) fn of(git: &Git, plan: &Plan) -> News {
        let (base, upstream) = (&plan.base, &plan.upstream);
        let renamed = renamed(git, plan);
        let now = |name: &str| renamed.iter().find(|(old, _)| old == name).map(|(_, new)| new.clone());
        let is_new_name = |name: &str| renamed.iter().any(|(_, new)| new == name);
        let mut news = News::default();
        let all: BTreeSet<&String> = base.keys().chain(upstream.keys()).collect();
        for path in all.into_iter().filter(|path| base.get(*path) != upstream.get(*path)) {
            let Some(name) = exercise(path) else {
                // A copy of a stub is no news beside the stub itself.
                news.others += usize::from(!path.starts_with(COPIES));
                continue;
            };
            let name = name.to_string();
            match (base.contains_key(path), upstream.contains_key(path), plan.is_own(path)) {
                (true, true, true) => news.kept.push(name),
                (true, true, false) => news.mended.push(name),
                (false, _, true) => news.taken.push(name),
                (false, _, false) if is_new_name(&name) => {}
                (false, _, false) => news.new.push(name),
                (true, false, true) => news.left.push((name.clone(), now(&name))),
                (true, false, false) => match now(&name) {
                    Some(now) => news.renamed.push((name, now)),
                    None => news.removed.push(name),
                },
            }
        }
        news
    }

    /// Some lines; how to get at a new stub only if it has been taken up.
    pub(crate) fn lines(&self, is_done: bool) -> String {
        let mut text = String::new();
        let mut list = |what: &str, names: &[String]| {
            if !names.is_empty() {
                let _ = writeln!(text, "{what}: {}", names.join(", "));
            }
        };
        let exercises = if self.new.len() == 1 { "exercise" } else { "exercises" };
        list(&format!("{} new {exercises}", self.new.len()), &self.new);
        list("mended stubs", &self.mended);
        let renamed: Vec<String> = self.renamed.iter().map(|(old, new)| format!("{old} is {new} now")).collect();
        list("renamed", &renamed);
        list("removed", &self.removed);
        for (names, why) in
            [(&self.kept, "though the stub was mended"), (&self.taken, "though there is a new exercise of that name")]
        {
            for name in names {
                let _ = writeln!(text, "kept as you wrote it, {why}: {name}");
                if is_done {
                    let _ = writeln!(text, "    the new stub:        git show {TAKEN_UP_SHORT}:exercises/{name}.rs");
                    let again = output::typed(&format!("reset {}", short(name)));
                    let _ = writeln!(text, "    start over with it:  {again}");
                }
            }
        }
        for (name, now) in &self.left {
            let now = now.as_ref().map_or(String::new(), |now| format!(" ({now} now)"));
            let _ = writeln!(text, "kept as you wrote it, though it is no longer among the exercises: {name}{now}");
        }
        let files = if self.others == 1 { "file" } else { "files" };
        match self.others {
            0 => {}
            others if text.is_empty() => drop(writeln!(text, "{others} {files} around the exercises")),
            others => drop(writeln!(text, "and {others} other {files}")),
        }
        text
    }
}

/// `3` of `03_enter_runtime`.
fn short(name: &str) -> &str {
    let number = name.split('_').next().unwrap_or(name).trim_start_matches('0');
    if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) { number } else { name }
}

/// The exercises that upstream renamed, as far as git can tell: old names and new ones.
fn renamed(git: &Git, plan: &Plan) -> Vec<(String, String)> {
    let (base, upstream) = (&plan.commits.base, &plan.commits.upstream);
    let kinds = ["--diff-filter=R", "--name-status", base, upstream, "--", "exercises"];
    let listed = git.text(&[&["diff-tree", "-r", "-z", ALIKE][..], &kinds].concat()).unwrap_or_default();
    let fields: Vec<&str> = listed.split_terminator('\0').collect();
    let names = |three: &[&str]| Some((exercise(three[1])?.to_string(), exercise(three[2])?.to_string()));
    fields.chunks_exact(3).filter_map(names).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_typed_as_its_number() {
        assert_eq!(["03_enter_runtime", "36_x", "00_x", "mine", "ü_1"].map(short), ["3", "36", "00_x", "mine", "ü_1"]);
    }

    #[test]
    fn files_around_the_exercises_are_counted() {
        let news = |others, new: &[&str]| News {
            others,
            new: new.iter().map(|name| name.to_string()).collect(),
            ..News::default()
        };
        assert_eq!(news(1, &[]).lines(true), "1 file around the exercises\n");
        assert_eq!(news(2, &["36_x"]).lines(true), "1 new exercise: 36_x\nand 2 other files\n");
        assert_eq!(news(1, &["36_x", "37_y"]).lines(true), "2 new exercises: 36_x, 37_y\nand 1 other file\n");
    }
}
