//! rustc's lint `unused_must_use` in the workbook's words: a future that nobody awaits, above all.
//!
//! What rustc suggests itself, `let _ = …`, silences the lint and leaves the mistake in the program. So the workbook says
//! what was made and what it is good for, and leaves that help out.

use std::collections::BTreeSet;

/// A value that was made and not used.
pub(super) struct Unused {
    pub(super) file: String,
    pub(super) line: usize,
    /// What to say of it.
    pub(super) sentence: &'static str,
}

/// The name of the lint.
pub(super) const LINT: &str = "unused_must_use";

/// How rustc's suggestion begins.
const HELP: &str = "help: use `let _ = ...`";

/// Words of rustc's headline or of its notes, which are those of the types themselves, and what the workbook says then.
const KINDS: [(&str, &str); 8] = [
    (
        "futures do nothing unless",
        "a future was made and not awaited: add .await. Without it, none of the future's code runs.",
    ),
    (
        "this `Result` may be an `Err` variant",
        "a Result was thrown away, and with it any error inside: pass the error on with ?, or handle it with match.",
    ),
    (
        "will immediately unlock",
        "a lock was acquired and released again at once, because nothing keeps its guard: give the guard a name, as in \
         let guard = …",
    ),
    (
        "SemaphorePermit",
        "a permit was acquired and released again at once, because nothing keeps it: give it a name, as in let permit = …",
    ),
    (
        "aborts the task immediately",
        "a task was spawned and aborted at once, because nothing keeps its handle: give the handle a name, as in let \
         handle = …",
    ),
    (
        "streams do nothing unless",
        "a stream was made and never polled, so it yields nothing: take its items in a loop, with next().await.",
    ),
    (
        "iterators are lazy",
        "an iterator was made and never consumed, so it does nothing: a for loop or collect() goes through its items.",
    ),
    ("closures are lazy", "a closure was made and never called, so none of its code runs: call it."),
];

/// Several futures at one place.
const FUTURES: &str = "futures were made and not awaited: hand them to one await, such as join_all(…).await. Without it, none \
                       of their code runs.";

/// Everything else that must be used; rustc's own words give the reason.
const VALUE: &str = "the value of this line is thrown away, although it is meant to be used.";

/// What to say, from rustc's headline and its notes.
pub(super) fn sentence<'a>(headline: &'a str, notes: impl Iterator<Item = &'a str>) -> &'static str {
    let known = |said: &str| KINDS.iter().find(|(words, _)| said.contains(words));
    match std::iter::once(headline).chain(notes).find_map(known) {
        Some((words, _)) if *words == KINDS[0].0 && headline.contains("array of") => FUTURES,
        Some((_, sentence)) => sentence,
        None => VALUE,
    }
}

/// What to say of several: each sentence below all the places it is true of. Nothing if there are none.
pub(super) fn in_words(all: &[&Unused]) -> Option<String> {
    // rustc may have several things to say of one line; the first is the closest.
    let mut seen = BTreeSet::new();
    let mut told: Vec<(&str, String)> = Vec::new();
    for Unused { file, line, sentence } in all.iter().copied().filter(|unused| seen.insert((&unused.file, unused.line)))
    {
        match told.iter_mut().find(|(before, _)| before == sentence) {
            Some((_, places)) if places.starts_with(&format!("{file}:")) => *places += &format!(", {line}"),
            Some((_, places)) => *places += &format!(", {file}:{line}"),
            None => told.push((sentence, format!("{file}:{line}"))),
        }
    }
    let lines: Vec<String> = told.iter().map(|(sentence, places)| format!("{places}:\n{sentence}")).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// A message of rustc without its suggestion.
pub(super) fn without_help(rendered: &str) -> String {
    let mut in_help = false;
    let mut kept: Vec<&str> = Vec::new();
    for line in rendered.trim_end().lines() {
        let plain = anstream::adapter::strip_str(line).to_string();
        // What belongs to a help is indented, or begins with the number of a line.
        if plain.starts_with(|c: char| c.is_ascii_alphabetic()) {
            in_help = plain.starts_with(HELP);
        }
        if !in_help {
            kept.push(line);
        }
    }
    kept.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNUSED: &str = "error: unused `Result` that must be used
  --> exercises/01_a.rs:18:5
   |
18 |     r().await;
   |     ^^^^^^^^^
   |
   = note: this `Result` may be an `Err` variant, which should be handled
";

    #[test]
    fn only_the_suggestion_to_silence_the_lint_is_left_out() {
        let help = "help: use `let _ = ...` to ignore the resulting value\n   |\n18 |     let _ = r().await;\n   |     +++++++\n";
        let more = "help: consider something else\n   |\n18 |     r().await?;\n";
        assert_eq!(without_help(&format!("{UNUSED}{help}\n")), UNUSED);
        assert_eq!(without_help(&format!("{UNUSED}{help}{more}")), format!("{UNUSED}{more}"));
        assert_eq!(without_help(UNUSED), UNUSED);
        let coloured = help.replace("help", "\u{1b}[1m\u{1b}[96mhelp\u{1b}[0m");
        assert_eq!(without_help(&format!("{UNUSED}{coloured}")), UNUSED);
    }

    #[test]
    fn one_sentence_tells_of_all_lines_it_is_true_of() {
        let at = |line, sentence| Unused { file: "exercises/01_a.rs".into(), line, sentence };
        let all = [at(3, "one."), at(4, "two."), at(5, "one."), at(5, "two.")];
        let said = in_words(&all.iter().collect::<Vec<_>>()).unwrap();
        assert_eq!(said, "exercises/01_a.rs:3, 5:\none.\nexercises/01_a.rs:4:\ntwo.");
        assert_eq!(in_words(&[]), None);
    }

    #[test]
    fn each_kind_of_unused_value_has_a_sentence_that_is_true_of_it() {
        let of = |headline: &str, note: &str| sentence(headline, std::iter::once(note));
        let future = "futures do nothing unless you `.await` or poll them";
        assert!(
            of("unused implementer of `Future` that must be used", future).ends_with("none of the future's code runs.")
        );
        assert!(of("unused array of implementers of `Future` that must be used", future).contains("join_all"));
        assert!(
            of("unused `tokio::sync::MutexGuard`", "if unused the Mutex will immediately unlock").contains("guard")
        );
        assert!(
            of("unused `Map` that must be used", "iterators are lazy and do nothing unless consumed")
                .contains("iterator")
        );
        assert!(of("unused `OwnedSemaphorePermit` that must be used", "").contains("permit"));
        assert_eq!(of("unused arithmetic operation that must be used", "the lint level is defined here"), VALUE);
    }
}
