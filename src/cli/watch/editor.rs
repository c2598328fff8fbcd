//! The learner's own editor, at the line to look at.

mod windows;

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use workbook::report::Status;

use super::screen::Screen;
use crate::cli::{source, system::System, workspace::Side};

/// How to start an editor.
#[derive(Debug)]
pub(super) struct Editor {
    /// As the learner wrote it.
    name: String,
    program: PathBuf,
    arguments: Vec<String>,
    style: Style,
}

/// How an editor is told the line, and whether it has a window of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// In the terminal: `+7 FILE`.
    Plus,
    /// In the terminal: `FILE:7`.
    Colon,
    /// In the terminal, and nothing is known of lines.
    Plain,
    /// In a window: `--goto FILE:7`.
    WindowGoto,
    /// In a window: `FILE:7`.
    WindowColon,
    /// In a window: `+7 FILE`.
    WindowPlus,
    /// In a window: `--line 7 FILE`.
    WindowLine,
}

impl Style {
    /// The style of an editor by the name of its program; what is unknown may need the terminal.
    fn of(program: &str, system: System) -> Style {
        let separates = |c| c == '/' || (c == '\\' && system == System::Windows);
        let name = program.rsplit(separates).next().unwrap_or(program);
        let name = Path::new(name).file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
        match name.as_str() {
            "vi" | "vim" | "nvim" | "nano" | "pico" | "emacs" | "emacsclient" | "kak" | "micro" | "joe" | "jed"
            | "ne" | "mg" | "vis" => Style::Plus,
            "hx" | "helix" => Style::Colon,
            "code" | "code-insiders" | "codium" | "vscodium" | "cursor" | "windsurf" => Style::WindowGoto,
            "zed" | "zeditor" | "subl" | "sublime_text" | "lapce" => Style::WindowColon,
            "gvim" | "gedit" | "gnome-text-editor" | "pluma" | "xed" | "mousepad" => Style::WindowPlus,
            "kate" | "kwrite" | "mate" | "rustrover" | "idea" | "clion" => Style::WindowLine,
            _ => Style::Plain,
        }
    }

    fn arguments(self, file: &str, line: usize) -> Vec<String> {
        match self {
            Style::Plus | Style::WindowPlus => vec![format!("+{line}"), file.into()],
            Style::Colon | Style::WindowColon => vec![format!("{file}:{line}")],
            Style::WindowGoto => vec!["--goto".into(), format!("{file}:{line}")],
            Style::WindowLine => vec!["--line".into(), line.to_string(), file.into()],
            Style::Plain => vec![file.into()],
        }
    }
}

/// Where an editor is started.
struct Machine {
    system: System,
    /// The folders in which programs are looked for.
    folders: Vec<PathBuf>,
}

impl Machine {
    fn here() -> Machine {
        let folders = env::var_os("PATH").unwrap_or_default();
        Machine { system: System::HERE, folders: env::split_paths(&folders).collect() }
    }

    /// The words of a command.
    fn split(&self, command: &str) -> Option<Vec<String>> {
        match self.system {
            // A path with spaces is often written without the quotes it would need.
            _ if Path::new(command).is_file() => Some(vec![command.to_string()]),
            System::Unix => shell_words::split(command).ok(),
            System::Windows => windows::split(command),
        }
    }

    /// The file that a program's name stands for, if there is one.
    fn executable(&self, program: &str) -> Option<PathBuf> {
        match self.system {
            System::Unix => self.folders.iter().map(|folder| folder.join(program)).find(|file| file.is_file()),
            System::Windows => windows::executable(program, &self.folders),
        }
    }
}

impl Editor {
    /// The learner's editor: `$VISUAL`, else `$EDITOR`, else `code` if it is there.
    ///
    /// # Errors
    /// With a sentence for the learner if there is none.
    pub(super) fn of_the_learner() -> Result<Editor, String> {
        let set = |name| env::var(name).ok().filter(|value| !value.trim().is_empty());
        let machine = Machine::here();
        match set("VISUAL").or_else(|| set("EDITOR")) {
            Some(command) => Editor::parse(&command, &machine),
            None if machine.executable("code").is_some() => Editor::parse("code", &machine),
            None => Err("Set EDITOR to your editor's command, as in EDITOR=nano, or open the file yourself.".into()),
        }
    }

    /// An editor by its command, which may have arguments and quotes.
    fn parse(command: &str, machine: &Machine) -> Result<Editor, String> {
        let words = machine.split(command).ok_or_else(|| format!("EDITOR is no command: {command}"))?;
        let (name, arguments) = words.split_first().ok_or("EDITOR is empty.")?;
        // Elsewhere the system finds by itself what it can start.
        let found = (machine.system == System::Windows).then(|| machine.executable(name)).flatten();
        let program = found.unwrap_or_else(|| name.into());
        let style = Style::of(name, machine.system);
        Ok(Editor { name: name.clone(), program, arguments: arguments.to_vec(), style })
    }

    /// What it is called, for messages.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// True if it has a window of its own and leaves the terminal alone.
    pub(super) fn has_a_window(&self) -> bool {
        matches!(self.style, Style::WindowGoto | Style::WindowColon | Style::WindowPlus | Style::WindowLine)
    }

    /// The command that opens a file at a line.
    pub(super) fn open(&self, file: &Path, line: usize) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).args(self.style.arguments(&file.to_string_lossy(), line));
        if self.has_a_window() {
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        }
        command
    }
}

/// The line of the current exercise to look at: that of a finding, of a compiler error, or the first `todo!()`.
pub(super) fn line_to_look_at(screen: &Screen) -> usize {
    let file = Side::Exercise.file(&screen.exercise().name);
    let judged = screen.verdict();
    let findings = judged.into_iter().flat_map(|judged| &judged.checks).flat_map(|check| &check.findings);
    let of_finding = || findings.flat_map(|finding| &finding.places).find(|place| place.file == file).map(|at| at.line);
    let of_error = || error_line(&anstream::adapter::strip_str(judged?.compiler.as_deref()?).to_string(), &file);
    let source = source::text(&screen.workspace, &file).unwrap_or_default();
    let of_todo = || source.lines().position(|line| line.contains("todo!(")).map(|index| index + 1);
    let broken = judged.is_some_and(|judged| judged.status == Status::Broken);
    let known = if broken { of_error() } else { of_finding().map(|line| line as usize) };
    known.or_else(of_todo).unwrap_or(1)
}

/// The line of the first place in a file that rustc names.
fn error_line(compiler: &str, file: &str) -> Option<usize> {
    let (_, rest) = compiler.split_once(&format!("{file}:"))?;
    rest.split(':').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIX: Machine = Machine { system: System::Unix, folders: Vec::new() };
    const WINDOWS: Machine = Machine { system: System::Windows, folders: Vec::new() };

    fn opened(command: &str) -> Vec<String> {
        opened_on(&UNIX, command)
    }

    fn opened_on(machine: &Machine, command: &str) -> Vec<String> {
        let command = Editor::parse(command, machine).unwrap().open(Path::new("a b.rs"), 7);
        let words = [command.get_program()].into_iter().chain(command.get_args());
        words.map(|word| word.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn every_editor_is_told_the_line_in_its_own_way() {
        assert_eq!(opened("vim"), ["vim", "+7", "a b.rs"]);
        assert_eq!(opened("/usr/bin/nvim -p"), ["/usr/bin/nvim", "-p", "+7", "a b.rs"]);
        assert_eq!(opened("hx"), ["hx", "a b.rs:7"]);
        assert_eq!(opened("code --wait"), ["code", "--wait", "--goto", "a b.rs:7"]);
        assert_eq!(opened("'my editor' -x"), ["my editor", "-x", "a b.rs"]);
    }

    #[test]
    fn what_is_unknown_may_need_the_terminal() {
        assert!(!Editor::parse("something", &UNIX).unwrap().has_a_window());
        assert!(Editor::parse("code", &UNIX).unwrap().has_a_window());
    }

    #[test]
    fn a_command_that_is_none_is_answered_with_a_sentence() {
        assert_eq!(Editor::parse("vim '", &UNIX).unwrap_err(), "EDITOR is no command: vim '");
        assert_eq!(Editor::parse("  ", &UNIX).unwrap_err(), "EDITOR is empty.");
        assert_eq!(Editor::parse("\"C:\\vim", &WINDOWS).unwrap_err(), "EDITOR is no command: \"C:\\vim");
    }

    #[test]
    fn an_editor_on_windows_keeps_its_backslashes_and_is_known_by_its_name() {
        assert_eq!(opened_on(&WINDOWS, r"C:\Vim\gvim.exe"), [r"C:\Vim\gvim.exe", "+7", "a b.rs"]);
        let code = r"C:\Program Files\Microsoft VS Code\Code.exe";
        assert_eq!(opened_on(&WINDOWS, &format!("\"{code}\" --wait")), [code, "--wait", "--goto", "a b.rs:7"]);
    }

    #[test]
    fn code_on_windows_is_the_script_that_windows_can_start() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["code", "code.cmd"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let machine = Machine { system: System::Windows, folders: vec![folder.path().to_path_buf()] };
        let script = folder.path().join("code.cmd").to_string_lossy().into_owned();
        assert_eq!(opened_on(&machine, "code"), [&script, "--goto", "a b.rs:7"]);
        assert_eq!(Editor::parse("code", &machine).unwrap().name(), "code");
    }

    #[test]
    fn a_path_with_spaces_needs_no_quotes() {
        let folder = tempfile::tempdir().unwrap();
        let editor = folder.path().join("my editor.exe");
        std::fs::write(&editor, "").unwrap();
        let editor = editor.to_string_lossy().into_owned();
        for system in [System::Unix, System::Windows] {
            assert_eq!(opened_on(&Machine { system, folders: Vec::new() }, &editor), [&editor, "a b.rs"]);
        }
    }

    #[test]
    fn the_line_of_an_error_is_the_first_in_the_learners_file() {
        let compiler = "error: no\n --> src/lib.rs:1:2\n --> exercises/01_a.rs:12:5\n --> exercises/01_a.rs:3:1\n";
        assert_eq!(error_line(compiler, "exercises/01_a.rs"), Some(12));
        assert_eq!(error_line(compiler, "exercises/02_b.rs"), None);
    }
}
