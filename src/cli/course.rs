//! The exercises in the order a learner meets them, from `exercises/info.toml`.

use anyhow::Context;
use serde::Deserialize;

use super::{Usage, workspace::Workspace};

/// Names further away than this many edits are not offered as "did you mean".
const FAR: usize = 4;

/// All exercises, in order.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Course {
    #[serde(rename = "exercise")]
    pub(crate) exercises: Vec<Exercise>,
}

/// One exercise.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exercise {
    /// `NN_name`, under which its file, solution, checks and variants are found.
    pub(crate) name: String,
    /// What a learner reads: "hello count".
    pub(crate) title: String,
    /// The part of the course it belongs to.
    pub(crate) part: String,
    /// Three, each a step further than the one before.
    pub(crate) hints: Vec<String>,
}

impl Exercise {
    /// `03` of `03_enter_runtime`.
    pub(crate) fn number(&self) -> &str {
        self.name.split_once('_').map_or(&self.name, |(number, _)| number)
    }

    /// `enter_runtime` of `03_enter_runtime`.
    fn word(&self) -> &str {
        self.name.split_once('_').map_or(&self.name, |(_, word)| word)
    }

    /// How a learner may type it, shortly: `3`.
    pub(crate) fn short(&self) -> &str {
        let short = self.number().trim_start_matches('0');
        if short.is_empty() { self.number() } else { short }
    }

    fn answers_to(&self, typed: &str) -> bool {
        let by_number = || Some(typed.parse::<u32>().ok()? == self.number().parse::<u32>().ok()?);
        typed == self.name || typed == self.word() || by_number() == Some(true)
    }

    fn distance(&self, typed: &str) -> usize {
        strsim::osa_distance(typed, &self.name).min(strsim::osa_distance(typed, self.word()))
    }
}

impl Course {
    /// Reads the list.
    pub(crate) fn read(workspace: &Workspace) -> anyhow::Result<Course> {
        let path = workspace.path("exercises/info.toml");
        let text = std::fs::read_to_string(&path).context("exercises/info.toml cannot be read")?;
        toml::from_str(&text).context("exercises/info.toml is not what it should be")
    }

    /// The exercise that was meant by what was typed: `3`, `03`, `enter_runtime`, `03_enter_runtime` or its file.
    pub(crate) fn find(&self, typed: &str) -> Result<&Exercise, Usage> {
        let file = typed.rsplit(['/', '\\']).next().unwrap_or(typed);
        let name = file.strip_suffix(".rs").unwrap_or(file).to_lowercase();
        let meant: Vec<&Exercise> = self.exercises.iter().filter(|exercise| exercise.answers_to(&name)).collect();
        match meant[..] {
            [one] => Ok(one),
            [] => Err(Usage(self.unknown(typed, &name))),
            _ => Err(Usage(format!("'{typed}' can mean {}: type the whole name", or(&meant)))),
        }
    }

    fn unknown(&self, typed: &str, name: &str) -> String {
        let mut close: Vec<(usize, &Exercise)> = self
            .exercises
            .iter()
            .map(|exercise| (exercise.distance(name), exercise))
            .filter(|&(distance, exercise)| {
                distance <= FAR.min(name.len() / 2) || (name.len() > 2 && exercise.name.contains(name))
            })
            .collect();
        close.sort_by_key(|&(distance, _)| distance);
        let close: Vec<&Exercise> = close.into_iter().map(|(_, exercise)| exercise).take(3).collect();
        let advice = match close[..] {
            [] => "`list` shows them all".to_string(),
            _ => format!("did you mean {}?", or(&close)),
        };
        format!("no exercise is called '{typed}'; {advice}")
    }
}

fn or(exercises: &[&Exercise]) -> String {
    exercises.iter().map(|exercise| exercise.name.as_str()).collect::<Vec<_>>().join(" or ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course() -> Course {
        let names = ["01_hello_count", "03_enter_runtime", "10_echo", "11_echo"];
        let exercise = |name: &&str| Exercise {
            name: name.to_string(),
            title: String::new(),
            part: String::new(),
            hints: Vec::new(),
        };
        Course { exercises: names.iter().map(exercise).collect() }
    }

    #[test]
    fn an_exercise_answers_to_its_number_its_word_its_name_and_its_file() {
        let typed =
            ["3", "03", "enter_runtime", "03_enter_runtime", "03_enter_runtime.rs", "exercises/03_enter_runtime.rs"];
        for typed in typed {
            assert_eq!(course().find(typed).unwrap().name, "03_enter_runtime", "{typed}");
        }
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_closest() {
        let sentence = course().find("enter_runtme").unwrap_err().to_string();
        assert_eq!(sentence, "no exercise is called 'enter_runtme'; did you mean 03_enter_runtime?");
        let sentence = course().find("99").unwrap_err().to_string();
        assert_eq!(sentence, "no exercise is called '99'; `list` shows them all");
    }

    #[test]
    fn a_name_that_two_share_is_not_guessed() {
        let sentence = course().find("echo").unwrap_err().to_string();
        assert_eq!(sentence, "'echo' can mean 10_echo or 11_echo: type the whole name");
    }
}
