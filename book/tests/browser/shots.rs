//! Pictures of pages, to be looked at by a person: of all, or of those whose names begin as `BOOK_PAGES` says.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::{driver::Browser, in_browser, pages};

/// The height of a picture.
const WINDOW: u64 = 1400;

#[test]
#[ignore = "needs chromium and chromium-driver, and BOOK_SHOTS=FOLDER for the pictures"]
fn pictures_of_pages() {
    let Some(folder) = env::var_os("BOOK_SHOTS").map(PathBuf::from) else { return };
    fs::create_dir_all(&folder).expect("a folder for the pictures");
    let wanted = env::var("BOOK_PAGES").unwrap_or_default();
    in_browser(async |browser| {
        for page in pages().into_iter().filter(|page| page.starts_with(&wanted)) {
            for (theme, width) in [("light", 1400), ("navy", 1400), ("light", 360)] {
                browser.size(width, 900).await;
                browser.load(&page).await;
                browser.ask(&format!("localStorage.setItem('mdbook-theme', '{theme}')")).await;
                browser.load(&page).await;
                step_all(browser).await;
                let name = page.replace(".html", "");
                shoot(browser, &folder, &format!("{name}_{theme}_{width}"), width).await;
            }
        }
    });
}

/// Opens what is folded, and takes a few steps in each player.
async fn step_all(browser: &Browser) {
    browser.ask("document.querySelectorAll('details').forEach(details => { details.open = true })").await;
    for _ in 0..2 {
        browser.ask("document.querySelectorAll('.player-forward').forEach(button => button.click())").await;
    }
}

/// The whole page, a window after another.
async fn shoot(browser: &Browser, folder: &Path, name: &str, width: u64) {
    browser.size(width, WINDOW).await;
    let height = browser.ask("return document.documentElement.scrollHeight").await.as_u64().expect("a height");
    for window in 0..height.div_ceil(WINDOW) {
        browser.ask(&format!("window.scrollTo(0, {})", window * WINDOW)).await;
        let picture = browser.client.screenshot().await.expect("a picture");
        fs::write(folder.join(format!("{name}_{}.png", window + 1)), picture).expect("it can be written");
    }
}
