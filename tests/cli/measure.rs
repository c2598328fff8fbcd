//! Measures what a learner waits for, on a scratch copy of this clone: the first `cargo run`, the first verdict, and
//! the time from the end of a save to the verdict on the screen of the watch, in a real pseudo-terminal.
//!
//! `cargo run --example measure` takes about two minutes. CONTRIBUTING.md has the figures and the machine.

#[cfg(unix)]
mod terminal;

#[cfg(unix)]
fn main() {
    unix::measure();
}

#[cfg(not(unix))]
fn main() {
    eprintln!("this needs a pseudo-terminal, which is opened on unix only");
}

#[cfg(unix)]
mod unix {
    use std::{
        fs,
        path::{Path, PathBuf},
        process::{Command, Stdio},
        time::{Duration, Instant},
    };

    use workbook::{record, recording::Outcome, runtime::Threads};

    use super::terminal::Terminal;

    /// How many saves are measured.
    const EDITS: usize = 20;

    /// The exercise that is edited: between its stub, of which nothing is right, and its solution.
    const EXERCISE: &str = "01_hello_count";

    pub(super) fn measure() {
        println!("a stuck program is found after: {}", spread((0..EDITS).map(|_| stuck()).collect()));
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("clone");
        copy(Path::new(env!("CARGO_MANIFEST_DIR")), &root);
        println!("processors: {}", std::thread::available_parallelism().map_or(1, usize::from));

        let (took, said) = timed(cargo(&root).args(["build", "--bin", "workbook"]));
        let crates = said.lines().filter(|line| line.trim_start().starts_with("Compiling")).count();
        println!("first build: {:.1} s, {crates} crates (already downloaded)", took.as_secs_f64());
        let (took, _) = timed(cargo(&root).args(["run", "--", "check", EXERCISE]));
        println!("first verdict, with the crates only exercises need: {:.1} s", took.as_secs_f64());

        let saves = saves(&root);
        let [stub, solution] = ["exercises", "solutions"].map(|side| read(&root, side));
        let checks = read(&root, "tests/checks").matches("#[test]").count();
        let mut terminal = Terminal::start(cargo(&root).arg("run"));
        terminal.wait_for(&format!("0 of {checks} checks"));
        let times: Vec<Duration> = (0..EDITS)
            .map(|edit| {
                // Each verdict is told from the one before it, and each text is new to the compiler.
                let (text, verdict) = if edit % 2 == 0 { (&solution, checks) } else { (&stub, 0) };
                let text =
                    text.replacen("fn main", &format!("#[allow(dead_code)]\nfn edit_{edit}() {{}}\n\nfn main"), 1);
                fs::write(&saves, text).expect("the save");
                let saved = Instant::now();
                let shown = terminal.wait_for(&format!("{verdict} of {checks} checks"));
                // What is shown next must not come from the same picture.
                std::thread::sleep(Duration::from_millis(300));
                shown - saved
            })
            .collect();
        if let Some(share) = idle(terminal.id()) {
            println!("the watch with nothing to do: {:.2} % of a processor", share * 100.0);
        }
        terminal.press("q");
        terminal.end();
        println!("save to verdict on screen, {EDITS} edits: {}", spread(times));
    }

    /// The share of a processor that a process uses over a while; nothing where the system does not tell.
    fn idle(process: u32) -> Option<f64> {
        const WHILE: Duration = Duration::from_secs(20);
        // Clock ticks in user and in kernel mode, of which there are a hundred a second (proc_pid_stat(5)).
        let ticks = || -> Option<f64> {
            let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
            let (_, rest) = stat.rsplit_once(") ")?;
            let times = rest.split(' ').skip(11).take(2).map(|field| field.parse::<f64>());
            times.sum::<Result<f64, _>>().ok()
        };
        let before = ticks()?;
        std::thread::sleep(WHILE);
        Some((ticks()? - before) / 100.0 / WHILE.as_secs_f64())
    }

    /// How long it takes to find that a program is stuck, with the recording and the end of its runtime.
    fn stuck() -> Duration {
        let start = Instant::now();
        let recorded = record::future(Threads::Current, std::future::pending::<()>);
        assert_eq!(recorded.recording.outcome, Outcome::Stuck);
        start.elapsed()
    }

    /// The median and the ends of what was measured.
    fn spread(mut times: Vec<Duration>) -> String {
        times.sort();
        let seconds = |index: usize| times[index].as_secs_f64();
        let (half, last) = (times.len() / 2, times.len() - 1);
        let median = (seconds((times.len() - 1) / 2) + seconds(half)) / 2.0;
        format!("median {median:.3} s, from {:.3} to {:.3} s", seconds(0), seconds(last))
    }

    fn saves(root: &Path) -> PathBuf {
        root.join("exercises").join(format!("{EXERCISE}.rs"))
    }

    fn read(root: &Path, folder: &str) -> String {
        fs::read_to_string(root.join(folder).join(format!("{EXERCISE}.rs"))).expect("a file of the exercise")
    }

    /// Cargo in the copy, with a target folder of the copy's own.
    fn cargo(root: &Path) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(root).env("CARGO_TARGET_DIR", root.join("target")).stdin(Stdio::null());
        command
    }

    fn timed(command: &mut Command) -> (Duration, String) {
        let start = Instant::now();
        let output = command.output().expect("cargo starts");
        (start.elapsed(), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// Copies what git knows of, as it is now, and what is new and not ignored.
    fn copy(from: &Path, to: &Path) {
        let mut git = Command::new("git");
        git.arg("-C").arg(from).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        let listed = git.output().expect("git lists the files").stdout;
        for file in String::from_utf8(listed).expect("names are UTF-8").split_terminator('\0') {
            let target = to.join(file);
            fs::create_dir_all(target.parent().expect("a file is in a folder")).expect("a folder");
            // A file that was removed and not yet committed is listed and not there.
            if from.join(file).exists() {
                fs::copy(from.join(file), target).expect("a copy");
            }
        }
    }
}
