//! Builds a learner's program so that each of its awaits has an identity.
//!
//! cargo starts the companion in place of rustc. The companion writes a copy of the program, in which the attribute
//! `#[workbook::awaits::tracked]` stands before each item that awaits, and has rustc build the copy. Everything that
//! rustc says comes from the learner's own file, and so do names, lines and columns in what was built: an attribute is
//! put where a line ends, and the macro keeps the place of every token.
//!
//! | module | what it is for |
//! |---|---|
//! | `arguments` | what rustc was asked for |
//! | `copy` | the files of a program, and where their copies are |
//! | `modules` | which other files a source file is made of |
//! | `marks` | where the attributes go |
//! | `names` | which macros a file knows by a short name |
//! | `build` | has the copy built, or the program as it is |

mod arguments;
mod build;
mod copy;
mod marks;
mod modules;
mod names;

use std::{
    env,
    ffi::OsString,
    path::PathBuf,
    process::{Command, ExitCode, ExitStatus},
    sync::LazyLock,
};

use arguments::Arguments;
use workbook::stand_in;

/// Somebody's own stand-in for rustc, which the companion starts in its turn.
const OTHER: &str = "WORKBOOK_STARTS";

/// What rustc ends with when it fails by itself: for a process that a signal ended, and so has no code.
const NO_CODE: u8 = 101;

/// This program, by the name under which it was started: while it runs, another build may take its place.
static COMPANION: LazyLock<Option<PathBuf>> = LazyLock::new(|| env::current_exe().ok());

/// Lets a build of a package track awaits. Where somebody has set the stand-in to nothing, rustc itself builds.
pub(crate) fn track(cargo: &mut Command, package: &str) {
    let other = env::var_os(stand_in::VARIABLE);
    let wanted = stand_in::is_for(package) && other.as_ref().is_none_or(|it| !it.is_empty());
    if let Some(companion) = COMPANION.as_deref().filter(|_| wanted) {
        stand_in::track(cargo, companion);
        cargo.envs(other.map(|other| (OTHER, other)));
    }
}

/// Does what rustc was asked for, if cargo started this program in place of rustc.
pub(crate) fn as_rustc() -> Option<ExitCode> {
    let packages = env::var(stand_in::PACKAGES).ok()?;
    let mut arguments = env::args_os().skip(1);
    let rustc = arguments.next()?;
    let arguments: Vec<OsString> = arguments.collect();
    let package = env::var("CARGO_PKG_NAME").unwrap_or_default();
    let is_tracked = packages.split(',').any(|tracked| tracked == package);
    let rustc = Rustc { rustc, other: env::var_os(OTHER) };
    let tracked = Arguments::parse(&arguments).filter(|_| is_tracked).and_then(|arguments| {
        let folder = env::current_dir().ok()?;
        build::tracked(&rustc, &arguments, &folder)
    });
    Some(tracked.unwrap_or_else(|| ended(rustc.command().args(arguments))))
}

/// How rustc is started.
struct Rustc {
    rustc: OsString,
    /// What somebody has put in its place.
    other: Option<OsString>,
}

impl Rustc {
    fn command(&self) -> Command {
        let Some(other) = &self.other else { return Command::new(&self.rustc) };
        let mut command = Command::new(other);
        command.arg(&self.rustc);
        command
    }
}

/// Runs a command with this program's own input and output.
fn ended(command: &mut Command) -> ExitCode {
    match command.status() {
        Ok(status) => exit_code(status),
        Err(error) => {
            eprintln!("error: {} cannot be started: {error}", command.get_program().display());
            ExitCode::from(NO_CODE)
        }
    }
}

/// How a process ended, as the code that this one ends with.
fn exit_code(status: ExitStatus) -> ExitCode {
    ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(NO_CODE))
}
