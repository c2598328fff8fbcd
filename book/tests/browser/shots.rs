//! Pictures of pages, to be looked at by a person.

use std::{env, fs, path::PathBuf};

use crate::{driver::Browser, in_browser, pages};

#[test]
#[ignore = "needs chromium and chromium-driver, and BOOK_SHOTS=FOLDER for the pictures"]
fn pictures_of_pages() {
    let Some(folder) = env::var_os("BOOK_SHOTS").map(PathBuf::from) else { return };
    fs::create_dir_all(&folder).expect("a folder for the pictures");
    in_browser(async |browser| {
        for page in pages() {
            for (theme, width) in [("light", 1400), ("navy", 1400), ("light", 360)] {
                browser.size(width, 900).await;
                browser.load(&page).await;
                browser.ask(&format!("localStorage.setItem('mdbook-theme', '{theme}')")).await;
                browser.load(&page).await;
                step_all(browser).await;
                let name = page.replace(".html", "");
                shoot(browser, &folder.join(format!("{name}_{theme}_{width}.png"))).await;
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

/// The whole page, also what is below the window.
async fn shoot(browser: &Browser, path: &std::path::Path) {
    let height = browser.ask("return document.documentElement.scrollHeight").await.as_u64().expect("a height");
    let width = browser.ask("return window.innerWidth").await.as_u64().expect("a width");
    browser.size(width, height).await;
    fs::write(path, browser.client.screenshot().await.expect("a picture")).expect("it can be written");
}
