//! Pictures of pages, to be looked at by a person: in light, in dark, and on a phone.
//!
//! `cargo run -p book --example shots -- FOLDER [PAGE]…`; pages are told by how their names begin (`05`), all without any.

#[allow(dead_code, reason = "the tests ask the browser for more")]
mod driver;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use book::{build, place::Place, sound};
use driver::Browser;

/// The height of a picture.
const WINDOW: u64 = 1400;

/// The themes and widths.
const LOOKS: [(&str, u64); 3] = [("light", 1400), ("navy", 1400), ("light", 360)];

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder =
        PathBuf::from(arguments.next().context("where to? cargo run -p book --example shots -- FOLDER [PAGE]…")?);
    let wanted: Vec<String> = arguments.collect();
    fs::create_dir_all(&folder)?;
    let built = tempfile::tempdir()?;
    let book = build::build(&Place::here(), Some(built.path()))?;
    let mut pages = sound::pages(&Place::here())?;
    pages.retain(|page| wanted.is_empty() || wanted.iter().any(|begin| page.starts_with(begin)));
    tokio::runtime::Runtime::new()?.block_on(async {
        let browser = Browser::start(book).await;
        for page in pages.iter().map(|page| page.trim_end_matches(".md")) {
            for (theme, width) in LOOKS {
                look(&browser, page, theme, width).await;
                shoot(&browser, &folder, &format!("{page}_{theme}_{width}"), width).await?;
            }
        }
        browser.end().await;
        Ok(())
    })
}

/// Goes to a page, opens what is folded, and takes two steps in each player.
async fn look(browser: &Browser, page: &str, theme: &str, width: u64) {
    let page = format!("{page}.html");
    browser.size(width, WINDOW).await;
    browser.load(&page).await;
    browser.ask(&format!("localStorage.setItem('mdbook-theme', '{theme}')")).await;
    browser.load(&page).await;
    browser.ask("document.querySelectorAll('details').forEach(details => { details.open = true })").await;
    for _ in 0..2 {
        browser.ask("document.querySelectorAll('.player-forward').forEach(button => button.click())").await;
    }
}

/// The whole page, a window after another.
async fn shoot(browser: &Browser, folder: &Path, name: &str, width: u64) -> Result<()> {
    browser.size(width, WINDOW).await;
    let height = browser.ask("return document.documentElement.scrollHeight").await.as_u64().expect("a height");
    for window in 0..height.div_ceil(WINDOW) {
        browser.ask(&format!("window.scrollTo(0, {})", window * WINDOW)).await;
        fs::write(folder.join(format!("{name}_{}.png", window + 1)), browser.client.screenshot().await?)?;
    }
    Ok(())
}
