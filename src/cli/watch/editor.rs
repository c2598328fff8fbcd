//! The learner's own editor, at the line to look at.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use workbook::report::Status;

use super::screen::Screen;
use crate::cli::workspace::Side;

/// How to start an editor.
#[derive(Debug)]
pub(super) struct Editor {
    program: String,
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
    fn of(program: &str) -> Style {
        let name = Path::new(program).file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
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

impl Editor {
    /// The learner's editor: `$VISUAL`, else `$EDITOR`, else `code` if it is there.
    ///
    /// # Errors
    /// With a sentence for the learner if there is none.
    pub(super) fn of_the_learner() -> Result<Editor, String> {
        let set = |name| env::var(name).ok().filter(|value| !value.trim().is_empty());
        match set("VISUAL").or_else(|| set("EDITOR")) {
            Some(command) => Editor::parse(&command),
            None if on_path("code") => Editor::parse("code"),
            None => Err("Set EDITOR to your editor's command, as in EDITOR=nano, or open the file yourself.".into()),
        }
    }

    /// An editor by its command, which may have arguments and quotes.
    fn parse(command: &str) -> Result<Editor, String> {
        let words = shell_words::split(command).map_err(|_| format!("EDITOR is no command: {command}"))?;
        let (program, arguments) = words.split_first().ok_or("EDITOR is empty.")?;
        let style = Style::of(program);
        Ok(Editor { program: program.clone(), arguments: arguments.to_vec(), style })
    }

    /// What it is called, for messages.
    pub(super) fn name(&self) -> &str {
        &self.program
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

fn on_path(program: &str) -> bool {
    let folders = env::var_os("PATH").unwrap_or_default();
    let names = [PathBuf::from(program), PathBuf::from(program).with_extension("cmd")];
    env::split_paths(&folders).any(|folder| names.iter().any(|name| folder.join(name).is_file()))
}

/// The line of the current exercise to look at: that of a finding, of a compiler error, or the first `todo!()`.
pub(super) fn line_to_look_at(screen: &Screen) -> usize {
    let file = Side::Exercise.file(&screen.exercise().name);
    let judged = screen.judged.as_ref();
    let findings = judged.into_iter().flat_map(|judged| &judged.checks).flat_map(|check| &check.findings);
    let of_finding = || findings.flat_map(|finding| &finding.places).find(|place| place.file == file).map(|at| at.line);
    let of_error = || error_line(&anstream::adapter::strip_str(judged?.compiler.as_deref()?).to_string(), &file);
    let source = std::fs::read_to_string(screen.workspace.path(&file)).unwrap_or_default();
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

    fn opened(command: &str) -> Vec<String> {
        let command = Editor::parse(command).unwrap().open(Path::new("a b.rs"), 7);
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
        assert!(!Editor::parse("something").unwrap().has_a_window());
        assert!(Editor::parse("code").unwrap().has_a_window());
    }

    #[test]
    fn a_command_that_is_none_is_answered_with_a_sentence() {
        assert_eq!(Editor::parse("vim '").unwrap_err(), "EDITOR is no command: vim '");
        assert_eq!(Editor::parse("  ").unwrap_err(), "EDITOR is empty.");
    }

    #[test]
    fn the_line_of_an_error_is_the_first_in_the_learners_file() {
        let compiler = "error: no\n --> src/lib.rs:1:2\n --> exercises/01_a.rs:12:5\n --> exercises/01_a.rs:3:1\n";
        assert_eq!(error_line(compiler, "exercises/01_a.rs"), Some(12));
        assert_eq!(error_line(compiler, "exercises/02_b.rs"), None);
    }
}
