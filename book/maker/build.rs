//! Builds the book with mdBook's own crates, as `mdbook build book` would, after a look at what it includes.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mdbook_driver::MDBook;

use crate::{place::Place, sound};

/// Builds the book, where `book.toml` says or in another folder, and returns the folder it is in.
///
/// # Errors
/// If a page, or something that a page includes, is missing or damaged; each has a sentence of its own.
pub fn build(place: &Place, folder: Option<&Path>) -> Result<PathBuf> {
    sound::prove(place)?;
    let mut book = MDBook::load(place.book()).context("the book cannot be read")?;
    if let Some(folder) = folder {
        book.config.build.build_dir = folder.to_path_buf();
    }
    book.build().context("the book cannot be built")?;
    let folder = book.build_dir_for("html");
    folder.canonicalize().with_context(|| format!("{} is not there after the build", folder.display()))
}
