//! What pictures say in words: how the program ended, and what was left out.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::lanes::{Picture, Rest};
use crate::{
    plain::plain,
    recording::{Outcome, Recording, Task, duration_text},
};

/// More than these are counted, not named.
const MOST_NAMED: usize = 4;

/// What has to be said where no time passed.
pub(super) const STEPS: &str = "No time passed: the picture is laid out in steps, one for each thing that happened.";

/// How the program ended, a sentence each; the first is about the whole program, the others about its panics.
pub(super) fn ending(recording: &Recording) -> Vec<String> {
    let at = duration_text(recording.elapsed());
    let ended = match &recording.outcome {
        Outcome::Returned => match named(recording.alive_at_return().into_iter().map(name).collect(), "tasks") {
            names if names.is_empty() => format!("returned at {at}"),
            names => format!("returned at {at}, while still alive: {names}"),
        },
        Outcome::Panicked => format!("panicked at {at}"),
        Outcome::Judged => format!("ended by the check at {at}"),
        Outcome::Stuck => {
            let alive = recording.tasks.iter().filter(|task| task.end.is_none() && !task.is_of_library());
            format!("stuck at {at}: nothing could wake {}", named(alive.map(name).collect(), "tasks"))
        }
        Outcome::Deadlocked => format!("given up at {at}: some tasks wait for locks that only they could give back"),
        Outcome::AtRest => format!("given up at {at}: nothing happened any more"),
        Outcome::Interrupted => format!("ended with Ctrl-C at {at}"),
        Outcome::Runaway(why) | Outcome::Held(why) => format!("given up at {at}: {}", plain(why)),
    };
    let panics = recording.panics.iter().map(|panic| {
        let who = panic.task.map_or_else(|| "the program".to_string(), |task| name(&recording.tasks[task.0]));
        format!("{who} panicked at {}, {}: {}", duration_text(panic.at.time()), panic.line, one_line(&panic.message))
    });
    // A panic of the program itself is told by what panicked.
    let told = recording.outcome == Outcome::Panicked && !recording.panics.is_empty();
    std::iter::once(ended).skip(usize::from(told)).chain(panics.take(MOST_NAMED)).collect()
}

/// What happened, for a reader who does not see the picture.
pub(super) fn description(picture: &Picture<'_>) -> String {
    let recording = picture.recording;
    let own: Vec<String> = recording.tasks.iter().filter(|task| !task.is_of_library()).map(name).collect();
    let tasks = match own.len() {
        0 => String::new(),
        1 => format!("One task: {}. ", own[0]),
        count => format!("{count} tasks: {}. ", named(own, "tasks")),
    };
    let shown = recording.waits.iter().filter(|wait| !wait.lines.is_empty() && !recording.is_of_library(wait.task));
    let waits = match recording.peak(shown) {
        0 => "No wait. ".to_string(),
        1 => "Never more than one wait at once. ".to_string(),
        most => format!("At most {most} waits at once. "),
    };
    let ending: Vec<String> = ending(recording).into_iter().map(|sentence| format!("{sentence}.")).collect();
    format!("{tasks}{waits}How it ended: {}", ending.join(" "))
}

/// What was left out.
pub(super) fn left_out(rest: &Rest<'_>) -> Option<String> {
    let places = rest.places.iter().map(ToString::to_string).collect();
    let tasks = more(rest.tasks, "task", "tasks");
    (rest.tasks > 0).then(|| format!("{tasks}, spawned at {}", named(places, "lines")))
}

/// How many more there are of something.
pub(super) fn more(count: usize, one: &str, many: &str) -> String {
    format!("and {count} more {}", if count == 1 { one } else { many })
}

/// What the crowd is about.
pub(super) fn crowd(rest: &Rest<'_>) -> String {
    let most = rest.crowd.most();
    if rest.tasks > 0 {
        format!("at most {most} tasks waited at once")
    } else {
        format!("at most {most} waits at once")
    }
}

/// A message without its line breaks and indents.
fn one_line(message: &str) -> String {
    plain(message).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn name(task: &Task) -> String {
    plain(&task.name)
}

/// `main, task 1, task 2`, or `main, task 1, task 2, task 3 and 7 more tasks`.
fn named(names: Vec<String>, what: &str) -> String {
    let more = names.len().saturating_sub(MOST_NAMED);
    let names = names[..names.len() - more].join(", ");
    if more > 0 { format!("{names} and {more} more {what}") } else { names }
}

/// Breaks a text into lines of at most this width, between words where it can be.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_inclusive(' ') {
        match lines.last_mut() {
            Some(line) if line.width() + word.trim_end().width() <= width => line.push_str(word),
            _ => lines.extend(broken(word, width)),
        }
    }
    lines.iter().map(|line| line.trim().replace('\u{a0}', " ")).filter(|line| !line.is_empty()).collect()
}

/// A word that is wider than a line, in parts that are not.
fn broken(word: &str, width: usize) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut used = 0;
    for c in word.chars() {
        used += c.width().unwrap_or(0);
        if used > width && c != ' ' {
            parts.push(String::new());
            used = c.width().unwrap_or(0);
        }
        parts.last_mut().expect("there is one").push(c);
    }
    parts
}
