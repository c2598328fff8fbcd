//! Which files are the program's, and how files are named.

use std::{path::Path, sync::LazyLock};

/// The workspace's folder. The C library's own files may have relative names, too.
pub(super) fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}

/// A path as it is shown: relative to the workspace, with `/`, where it lies inside.
pub(crate) fn in_workspace(path: &str) -> String {
    static ROOT: LazyLock<String> = LazyLock::new(|| root().to_string_lossy().replace('\\', "/"));
    let path = without_registry(&path.replace('\\', "/"));
    let inside = path.strip_prefix(ROOT.as_str()).map(|rest| rest.trim_start_matches('/'));
    let mut parts: Vec<&str> = Vec::new();
    for part in inside.unwrap_or(&path).split('/') {
        // `#[path = "../tests/…"]` leaves its steps up in the name.
        match part {
            ".." if parts.last().is_some_and(|last| *last != ".." && !last.is_empty()) => _ = parts.pop(),
            "." => {}
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// A path in a registry of crates without what is special to this machine: `/tokio-1.54.1/src/task/spawn.rs`.
fn without_registry(path: &str) -> String {
    let inside = path.split_once("/registry/src/").and_then(|(_, inside)| inside.split_once('/'));
    inside.map_or_else(|| path.to_string(), |(_, of_crate)| format!("/{of_crate}"))
}

/// True for a file of the workspace that a learner, or a test, would call the program.
pub(super) fn is_learners(file: &str) -> bool {
    let outside =
        file.starts_with('/') || file.contains(':') || file.contains(".cargo/") || file.starts_with("target/");
    !(outside || file.is_empty() || file.starts_with("src/") || file.starts_with("tests/checks/"))
}

/// The module that a source file of a crate holds: `…/tokio-1.54.1/src/sync/watch.rs` holds `tokio::sync::watch::`.
pub(super) fn module_of(file: &str) -> String {
    let Some((before, path)) = file.rsplit_once("/src/") else { return String::new() };
    let folder = before.rsplit('/').next().unwrap_or_default();
    let name = folder.rsplit_once('-').filter(|(_, version)| version.starts_with(|first: char| first.is_ascii_digit()));
    let name = name.map_or(folder, |(name, _)| name).replace('-', "_");
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
    format!("{name}::{path}::")
}
