//! Where things are.

use std::path::{Path, PathBuf};

/// The workspace, and the book in it.
#[derive(Clone, Debug)]
pub struct Place {
    root: PathBuf,
    book: PathBuf,
}

impl Place {
    /// The workspace this was compiled in.
    pub fn here() -> Place {
        let book = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        Place { root: book.parent().unwrap_or(&book).to_path_buf(), book }
    }

    /// The same workspace with another folder for the book, as tests need it.
    pub fn with_book(self, book: &Path) -> Place {
        Place { book: book.to_path_buf(), ..self }
    }

    /// The root of the workspace.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of `book.toml`.
    pub fn book(&self) -> &Path {
        &self.book
    }

    /// The folder of the chapters.
    pub fn src(&self) -> PathBuf {
        self.book.join("src")
    }

    /// The folder of everything that is made.
    pub fn generated(&self) -> PathBuf {
        self.src().join("generated")
    }

    /// The text of a file named relative to the workspace; empty if it cannot be read.
    pub fn text_of(&self, file: &str) -> String {
        std::fs::read_to_string(self.root.join(file)).unwrap_or_default()
    }
}
