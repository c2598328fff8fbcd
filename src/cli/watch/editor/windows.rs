//! How Windows reads a command, and which file it starts.

use std::path::{Path, PathBuf};

/// The words of a command. A backslash is part of a path and nothing else, so only quotes keep words together. None if
/// one is left open.
pub(super) fn split(command: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in command.chars() {
        match quote {
            Some(end) if c == end => quote = None,
            None if c == '"' || c == '\'' && word.is_none() => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

/// What a program's name may leave out, in the order in which Windows looks.
const ENDINGS: [&str; 4] = ["com", "exe", "bat", "cmd"];

/// The file that a program's name stands for. `code` is a script for other systems there, and `code.cmd` what Windows can
/// start; its own search knows `.exe` only.
pub(super) fn executable(program: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let ending = Path::new(program).extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let names: Vec<String> = match ending {
        Some(ending) if ENDINGS.contains(&&*ending) => vec![program.to_string()],
        _ => ENDINGS.iter().map(|ending| format!("{program}.{ending}")).collect(),
    };
    let here = [PathBuf::new()];
    let folders = if program.contains(['/', '\\']) { &here } else { folders };
    let mut files = folders.iter().flat_map(|folder| names.iter().map(|name| folder.join(name)));
    files.find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backslash_is_part_of_a_path_and_quotes_keep_words_together() {
        for (command, words) in [
            (r"C:\Windows\notepad.exe", &[r"C:\Windows\notepad.exe"][..]),
            (r#""C:\Program Files\Vim\gvim.exe" --nofork"#, &[r"C:\Program Files\Vim\gvim.exe", "--nofork"]),
            (r"'C:\Program Files\n++.exe' -multiInst", &[r"C:\Program Files\n++.exe", "-multiInst"]),
            (r#"\\server\bin\ed.exe "" it's  x"#, &[r"\\server\bin\ed.exe", "", "it's", "x"]),
            ("", &[]),
        ] {
            assert_eq!(split(command).unwrap(), words, "{command}");
        }
        assert_eq!(split(r#""C:\Program Files\"#), None);
    }

    #[test]
    fn a_name_without_an_ending_stands_for_the_first_file_that_windows_can_start() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| {
            let file = folder.path().join(name);
            std::fs::write(&file, "").unwrap();
            file
        };
        let folders = [folder.path().join("none"), folder.path().to_path_buf()];
        file("code");
        assert_eq!(executable("code", &folders), None, "a script for other systems");
        let script = file("code.cmd");
        assert_eq!(executable("code", &folders).as_ref(), Some(&script));
        assert_eq!(executable("code.cmd", &folders).as_ref(), Some(&script));
        assert_eq!(executable(&folder.path().join("code").to_string_lossy(), &[]).as_ref(), Some(&script));
        let dotted = file("code-1.99.exe");
        assert_eq!(executable("code-1.99", &folders), Some(dotted));
        let program = file("code.exe");
        assert_eq!(executable("code", &folders), Some(program));
    }
}
