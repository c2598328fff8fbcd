//! The book in a real browser.
//!
//! `cargo test -p book --test browser -- --ignored` runs this.

mod contrast;
mod driver;
mod keyboard;
mod player;
mod print;

use std::{
    panic::{AssertUnwindSafe, resume_unwind},
    path::{Path, PathBuf},
    sync::LazyLock,
};

use book::{place::Place, sound};
use driver::Browser;
use futures::FutureExt;

/// No page loads more than this beside the search index.
const HEAVIEST: u64 = 500_000;

/// The themes a reader can choose from.
const THEMES: [&str; 5] = ["light", "rust", "coal", "navy", "ayu"];

/// The book, built once for all tests.
static BOOK: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("book in a browser");
    book::build::build(&Place::here(), Some(&folder)).expect("the book can be built")
});

/// Runs a test in a browser of its own, which ends with it however the test does.
fn in_browser(test: impl AsyncFnOnce(&Browser)) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let outcome = runtime.block_on(async {
        let browser = Browser::start(BOOK.clone()).await;
        let outcome = AssertUnwindSafe(test(&browser)).catch_unwind().await;
        browser.end().await;
        outcome
    });
    outcome.unwrap_or_else(|panic| resume_unwind(panic));
}

/// The addresses of all pages, in the order of the book.
fn pages() -> Vec<String> {
    let pages = sound::pages(&Place::here()).expect("a summary");
    pages.iter().map(|page| page.replace(".md", ".html")).collect()
}

#[test]
#[ignore = "needs chromium and chromium-driver: apt-get install chromium chromium-driver"]
fn every_page_loads_without_a_complaint_and_from_here_alone() {
    in_browser(async |browser| {
        let here = browser.url("");
        for page in pages() {
            let loaded = browser.load(&page).await;
            assert_eq!(loaded.complaints, [""; 0], "{page}");
            assert!(!loaded.requests.is_empty(), "{page}: no request was seen at all");
            let outside = |url: &&String| !url.starts_with(&here) && !url.starts_with("data:");
            assert_eq!(loaded.requests.iter().find(outside), None, "{page}");
            assert!(loaded.bytes > 10_000, "{page}: only {} bytes were seen", loaded.bytes);
            assert!(loaded.bytes <= HEAVIEST, "{page} loads {} bytes", loaded.bytes);
            println!("{page}: {} bytes", loaded.bytes);
        }
    });
}

#[test]
#[ignore = "needs chromium and chromium-driver: apt-get install chromium chromium-driver"]
fn the_search_finds_a_chapter() {
    in_browser(async |browser| {
        browser.load("01_hello_count.html?search=count").await;
        browser.until("return document.querySelectorAll('#mdbook-searchresults li').length > 0").await;
    });
}
