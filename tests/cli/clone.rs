//! A scratch clone: two small exercises on std alone, in a folder with a space in its name, and the real binary.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// The exercises of a clone.
pub(crate) const NAMES: [&str; 2] = ["01_one", "02_two"];

/// A body that is right in both exercises.
pub(crate) const RIGHT: &str = "NUMBER";

/// A body that is right in neither.
pub(crate) const WRONG: &str = "NUMBER + 1";

/// What a stub has.
pub(crate) const STUB: &str = "todo!(\"give the number\")";

/// A scratch clone, removed when it goes out of scope.
pub(crate) struct Clone {
    folder: TempDir,
}

impl Clone {
    /// Adds a package in place of the book.
    #[cfg(target_os = "linux")]
    pub(crate) fn with_book(&self, program: &str) {
        self.write(
            "Cargo.toml",
            "[workspace]\nmembers = [\"book\", \"exercises\", \"solutions\", \"tests/variants\"]\nresolver = \"3\"\n",
        );
        self.write("book/Cargo.toml", &(manifest("book") + "[[bin]]\nname = \"book\"\npath = \"main.rs\"\n"));
        self.write("book/main.rs", program);
    }

    /// A clone whose exercises are stubs.
    pub(crate) fn new() -> Clone {
        let clone = Clone { folder: tempfile::tempdir().unwrap() };
        let packages = [("exercises", ""), ("solutions", "_solution")];
        clone.write(
            "Cargo.toml",
            "[workspace]\nmembers = [\"exercises\", \"solutions\", \"tests/variants\"]\nresolver = \"3\"\n",
        );
        let mut info = String::new();
        for name in NAMES {
            let (_, word) = name.split_once('_').unwrap();
            info += &format!(
                "[[exercise]]\nname = \"{name}\"\ntitle = \"number {word}\"\npart = \"Numbers\"\n\
                 hints = [\"Look.\", \"Look closer.\", \"Write NUMBER.\"]\n"
            );
            clone.give(name, STUB);
            clone.write(&format!("solutions/{name}.rs"), &source(name, RIGHT));
            clone.write(&format!("tests/checks/{name}.rs"), include_str!("fixture/checks.rs"));
            for (variant, first, body) in variants() {
                let source = source(name, body).replace("../tests/checks", "../../checks");
                clone.write(&format!("tests/variants/{name}/{variant}.rs"), &format!("{first}\n{source}"));
            }
        }
        for (package, suffix) in packages {
            let bins = NAMES.map(|name| format!("[[bin]]\nname = \"{name}{suffix}\"\npath = \"{name}.rs\"\n"));
            clone.write(&format!("{package}/Cargo.toml"), &(manifest(package) + &bins.concat()));
        }
        clone.write("exercises/info.toml", &info);
        clone.write("tests/checks/support.rs", include_str!("fixture/support.rs"));
        let targets = NAMES.map(|name| format!("[[test]]\nname = \"{name}\"\npath = \"{name}/main.rs\"\n"));
        clone.write("tests/variants/Cargo.toml", &(manifest("variants") + &targets.concat()));
        clone.write("tests/variants/build.rs", include_str!("../variants/build.rs"));
        for name in NAMES {
            let list = include_str!("../variants/01_hello_count/main.rs");
            clone.write(&format!("tests/variants/{name}/main.rs"), list);
        }
        clone
    }

    /// The root of the clone.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("a clone")
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.root().join(file)
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Writes the body of an exercise's one function.
    pub(crate) fn give(&self, name: &str, body: &str) {
        self.write(&format!("exercises/{name}.rs"), &source(name, body));
    }

    /// Commits everything.
    pub(crate) fn commit(&self) {
        for arguments in [&["init", "-q"][..], &["add", "-A"], &["commit", "-q", "-m", "all"]] {
            let author = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"];
            let git = Command::new("git").args(author).args(arguments).current_dir(self.root()).output().unwrap();
            assert!(git.status.success(), "{git:?}");
        }
    }

    /// The real binary, in the root of the clone, without a terminal.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = workbook();
        command.args(arguments).current_dir(self.root());
        command
    }

    /// Runs the real binary to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::from(self.command(arguments).output().unwrap())
    }

    /// Runs `check --json` and returns the exercises.
    pub(crate) fn check(&self, names: &[&str]) -> Vec<Value> {
        let ran = self.run(&[&["check", "--json"], names].concat());
        ran.json()["exercises"].as_array().unwrap().clone()
    }

    /// Waits for a check to run.
    #[cfg(target_os = "linux")]
    pub(crate) fn wait_until_in_use(&self) {
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
        while !self.is_in_use() {
            assert!(std::time::Instant::now() < deadline, "no check was run");
            std::thread::yield_now();
        }
    }

    /// Whether a process that this clone started is still alive.
    #[cfg(target_os = "linux")]
    pub(crate) fn is_in_use(&self) -> bool {
        !self.processes().is_empty()
    }

    /// The processes that this clone started and that are still alive, with what the system says of each.
    #[cfg(target_os = "linux")]
    pub(crate) fn processes(&self) -> Vec<String> {
        let target = self.root().join("target");
        let is_ours = |process: &fs::DirEntry| {
            fs::read_link(process.path().join("exe")).is_ok_and(|exe| exe.starts_with(&target))
        };
        let processes = fs::read_dir("/proc").unwrap().flatten().filter(is_ours);
        processes.map(|process| fs::read_to_string(process.path().join("stat")).unwrap_or_default()).collect()
    }
}

/// The binary under test, with an environment that does not depend on who runs the tests.
pub(crate) fn workbook() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_workbook"));
    for variable in
        ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "INSTA_UPDATE"]
    {
        command.env_remove(variable);
    }
    command.stdin(Stdio::null());
    command
}

/// What the binary said, and its exit code.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: Option<i32>,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran { stdout: text(output.stdout), stderr: text(output.stderr), code: output.status.code() }
    }
}

impl Ran {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }
}

/// The last lines of every exercise.
pub(crate) fn attached(name: &str) -> String {
    format!("#[cfg(test)]\n#[path = \"../tests/checks/{name}.rs\"]\nmod checks;\n")
}

fn source(name: &str, body: &str) -> String {
    let number: u8 = name[..2].parse().unwrap();
    format!(
        "//! Numbers.\n\nconst NUMBER: u8 = {number};\n\n/// Gives the number.\nfn give() -> u8 {{\n    {body}\n}}\n\n\
         fn main() {{\n    println!(\"{{}} of {{NUMBER}}\", give());\n}}\n\n{}",
        attached(name)
    )
}

fn variants() -> [(&'static str, &'static str, &'static str); 4] {
    [
        ("right_block", "// accepted: a block in a block", "{ NUMBER }"),
        ("right_sum", "// accepted: adds nothing", "NUMBER + 0"),
        ("wrong_more", "// rejected with: the second time", "NUMBER + 1"),
        ("wrong_zero", "// rejected with: it gives 0", "0"),
    ]
}

pub(crate) fn manifest(package: &str) -> String {
    format!("[package]\nname = \"{package}\"\nversion = \"0.1.0\"\nedition = \"2024\"\nautobins = false\n")
}

/// Whether a path of this machine is mentioned, which no learner should read.
pub(crate) fn mentions_machine(clone: &Clone, text: &str) -> bool {
    let folder: &Path = clone.folder.path();
    text.contains(&folder.display().to_string()) || text.contains("/rustc/") || text.contains(".cargo/registry")
}
