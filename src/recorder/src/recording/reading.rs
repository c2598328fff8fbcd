//! What can be read off a recording: questions that checks, diagnoses and pictures all ask.

use std::time::Duration;

use super::{Location, Moment, Outcome, Recording, Task, TaskId, TaskKind, Wait, WaitKind};

/// A whole line of output: what one or several prints made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// When its first part was printed.
    pub at: Moment,
    /// The task that printed that part; none outside every task.
    pub task: Option<TaskId>,
    /// The text, without colours and without the newline.
    pub text: String,
}

impl Line {
    /// The text without the ports of 127.0.0.1. The operating system chooses them, so nothing that is compared may depend
    /// on them: `http://127.0.0.1:40123/a` reads `http://127.0.0.1/a`.
    pub fn without_ports(&self) -> String {
        without_ports(&self.text)
    }
}

/// The same for any text.
pub fn without_ports(text: &str) -> String {
    let mut parts = text.split("127.0.0.1:");
    let before = parts.next().unwrap_or_default().to_string();
    parts.fold(before, |text, part| {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        let colon = if rest.len() == part.len() { ":" } else { "" };
        text + "127.0.0.1" + colon + rest
    })
}

impl Recording {
    /// How long the program took, from its start until its main function returned.
    pub fn elapsed(&self) -> Duration {
        self.ended.time()
    }

    /// What kept the program from returning, as a sentence without a capital; nothing if it did return.
    pub fn cut_short(&self) -> Option<String> {
        match &self.outcome {
            Outcome::Returned => None,
            Outcome::Judged => Some("the check had seen enough, and ended the program".to_string()),
            Outcome::Panicked => {
                let at = self.panics.last().map(|panic| format!(" at {}: {}", panic.line, panic.message));
                Some(format!("the program panicked{}", at.unwrap_or_default()))
            }
            Outcome::Stuck => {
                Some("the program is stuck: every task waits, and nothing is left that could wake one".to_string())
            }
            Outcome::Deadlocked => Some(
                "the program is stuck: some of its tasks wait for locks that only they could give back".to_string(),
            ),
            Outcome::AtRest => Some("the program was ended: nothing happened in it for long".to_string()),
            Outcome::Interrupted => Some("the program was ended with Ctrl-C".to_string()),
            Outcome::Runaway(why) | Outcome::Held(why) => Some(format!("the program was ended: {why}")),
        }
    }

    /// The lines printed, in order, without colours. A last line that has no newline counts too.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let mut open = false;
        for print in &self.prints {
            let text = anstream::adapter::strip_str(&print.text).to_string();
            let newline = text.ends_with('\n');
            let text = text.strip_suffix('\n').unwrap_or(&text);
            for (nth, part) in text.split('\n').enumerate() {
                match lines.last_mut() {
                    Some(line) if open && nth == 0 => line.text.push_str(part),
                    _ => lines.push(Line { at: print.at, task: print.task, text: part.to_string() }),
                }
            }
            open = !newline;
        }
        lines
    }

    /// When this line was printed for the first time; none if it never was.
    pub fn time_of(&self, line: &str) -> Option<Duration> {
        self.lines().iter().find(|printed| printed.text == line).map(|printed| printed.at.time())
    }

    /// What was printed, a line each with its time, and when the program ended. Lines of the same time are sorted unless
    /// `ordered`: nothing says which of several tasks that are ready at once goes first. Ports are
    /// [left out](Line::without_ports).
    pub fn transcript(&self, ordered: bool) -> String {
        let timed = |time, text: &str| format!("{:>9}  {text}", duration_text(time)).trim_end().to_string();
        let lines = self.lines();
        let mut lines: Vec<(u64, String)> =
            lines.iter().map(|line| (line.at.nanos, timed(line.at.time(), &line.without_ports()))).collect();
        if !ordered {
            lines.sort();
        }
        let mut text: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
        text.push(timed(self.elapsed(), "(the end)"));
        text.join("\n")
    }

    /// The waits of one kind.
    pub fn waits_for(&self, kind: WaitKind) -> Vec<&Wait> {
        self.waits.iter().filter(|wait| wait.kind == kind).collect()
    }

    /// The waits for a timer of the program's own: `sleep`, however it is written.
    pub fn sleeps(&self) -> Vec<&Wait> {
        self.waits_for(WaitKind::Sleep)
    }

    /// The waits that time itself ended, whichever timer told it: a `sleep`, a tick of an `interval`, a deadline that
    /// nothing else came before. Those that are still going on count too.
    pub fn timers(&self) -> Vec<&Wait> {
        let timer = |wait: &&Wait| matches!(wait.kind, WaitKind::Sleep | WaitKind::Interval | WaitKind::Timeout);
        self.waits.iter().filter(timer).filter(|wait| wait.end.is_none_or(|end| end.ready)).collect()
    }

    /// How many of these waits were going on at once, at most. Two that only touch do not overlap.
    pub fn peak<'a>(&self, waits: impl IntoIterator<Item = &'a Wait>) -> usize {
        let mut edges: Vec<(u64, bool)> = Vec::new();
        for wait in waits {
            let end = wait.end.map_or(u64::MAX, |end| end.at.step);
            edges.extend([(wait.began.step, true), (end, false)]);
        }
        edges.sort_unstable();
        let mut now = 0_usize;
        let mut peak = 0;
        for (_, begins) in edges {
            now = if begins { now + 1 } else { now - 1 };
            peak = peak.max(now);
        }
        peak
    }

    /// The tasks that the program's own code spawned, without the closures on the blocking pool.
    pub fn spawned(&self) -> Vec<&Task> {
        self.tasks.iter().filter(|task| task.is_own() && !task.is_main()).collect()
    }

    /// The program's own tasks that were still alive when it returned, and had more to do than could be done at once.
    pub fn alive_at_return(&self) -> Vec<&Task> {
        let own = self.tasks.iter().filter(|task| task.kind != TaskKind::Main);
        own.filter(|task| task.end.is_none() && !task.is_of_library()).collect()
    }

    /// True for a task that some library spawned for itself, as an HTTP client does for each connection.
    pub fn is_of_library(&self, task: TaskId) -> bool {
        self.tasks[task.0].is_of_library()
    }
}

impl Task {
    /// True if it was spawned outside the program's own code: by a dependency, or by the workbook's fixture site.
    pub fn is_of_library(&self) -> bool {
        self.spawned_at.is_outside() && !self.is_main()
    }

    /// True for what a `block_on` polls.
    pub fn is_main(&self) -> bool {
        self.kind == TaskKind::Main
    }

    /// True for a task of the program's own: not a library's, and no closure on the blocking pool.
    pub fn is_own(&self) -> bool {
        self.is_async() && !self.is_of_library()
    }

    /// True for a future that is polled, false for a closure on the blocking pool.
    pub fn is_async(&self) -> bool {
        self.kind != TaskKind::Blocking
    }
}

impl Location {
    /// True if it lies outside the program's own code: in a dependency, or in the workbook's library.
    pub fn is_outside(&self) -> bool {
        self.file.starts_with('/') || self.file.contains(':') || self.file.starts_with("src/")
    }

    /// True if it lies in the code of the checks.
    pub fn is_of_checks(&self) -> bool {
        self.file.starts_with("tests/checks/")
    }
}

impl Wait {
    /// How long it lasted; until `end` if it never ended.
    pub fn duration(&self, end: Moment) -> Duration {
        self.end.map_or(end, |end| end.at).time().saturating_sub(self.began.time())
    }
}

/// A duration as the workbook shows it: `1 s`, `0.5 s`, `2.203 s`, `250 µs`.
pub fn duration_text(duration: Duration) -> String {
    let nanos = duration.as_nanos();
    if nanos != 0 && nanos < 1_000_000 {
        return format!("{} µs", nanos as f64 / 1000.0);
    }
    // Rounded to the microsecond, without the zeros nobody needs.
    let text = format!("{:.6}", duration.as_secs_f64());
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{text} s")
}
