//! How cargo is told to have the companion stand in for rustc, which gives each await of a program an
//! [identity](crate::awaits).

use std::{path::Path, process::Command};

/// How cargo is told of a stand-in for rustc. What it builds of other people's crates is shared with a plain cargo.
pub const VARIABLE: &str = "RUSTC_WRAPPER";

/// Tells the companion that it stands in for rustc, and names the packages whose awaits are tracked.
pub const PACKAGES: &str = "WORKBOOK_TRACKS";

/// The packages of learners' programs.
const TRACKED: &str = "exercises,solutions,variants,programs";

/// Has cargo keep what it builds apart from what a plain cargo builds, as it does for another profile. Without the library's
/// own debug info, in which no learner's line is, a program is linked sooner.
const APART: &str = "profile.dev.package.async-workbook.debug=false";

/// True if programs of this package are built so.
pub fn is_for(package: &str) -> bool {
    TRACKED.split(',').any(|tracked| tracked == package)
}

/// Has the companion at this path build the learners' programs in what this cargo is to build.
pub fn track(cargo: &mut Command, companion: &Path) {
    cargo.env(VARIABLE, companion).env(PACKAGES, TRACKED).args(["--config", APART]);
}
