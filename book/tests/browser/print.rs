//! A page on paper: the chapter alone, dark on white, and no wider than the sheet.

use serde_json::json;

use crate::{THEMES, contrast::CONTRAST, driver::Browser, in_browser, pages};

/// The width of A4 between the margins that browsers leave, in CSS pixels.
const PAPER: u64 = 718;

/// Goes to a page on a wide screen, where the sidebar is open, unfolds what is folded, and prints.
async fn print(browser: &Browser, page: &str) {
    browser.medium("screen").await;
    browser.size(1400, 1000).await;
    browser.load(page).await;
    browser.ask("document.querySelectorAll('details').forEach(details => { details.open = true })").await;
    browser.medium("print").await;
    browser.size(PAPER, 1000).await;
}

#[test]
#[ignore = "needs chromium and chromium-driver: apt-get install chromium chromium-driver"]
fn a_printed_page_is_the_chapter_alone() {
    let beside = "const main = document.querySelector('main');
        const beside = element => !main.contains(element) || element.closest('button, input, .buttons, .player');
        return [main.innerText.length > 200, [...document.querySelectorAll('body *')]
            .filter(element => !element.contains(main) && beside(element))
            .filter(element => element.checkVisibility() && element.getBoundingClientRect().height > 0)
            .map(element => element.outerHTML.slice(0, 80))]";
    in_browser(async |browser| {
        for page in pages() {
            print(browser, &page).await;
            assert_eq!(browser.ask(beside).await, json!([true, []]), "{page}");
        }
    });
}

#[test]
#[ignore = "needs chromium and chromium-driver: apt-get install chromium chromium-driver"]
fn pictures_code_and_tables_fit_the_paper() {
    let beyond = "return [...document.querySelectorAll('main, main *')].filter(element => {
            const { left, right } = element.getBoundingClientRect();
            const { display, overflowX } = getComputedStyle(element);
            const cuts = element instanceof HTMLElement && display !== 'inline' && (element.scrollWidth > element.clientWidth + 1
                || ['auto', 'scroll', 'hidden'].includes(overflowX));
            return element.checkVisibility() && (left < 0 || right > innerWidth || cuts);
        }).map(element => element.outerHTML.slice(0, 80))";
    in_browser(async |browser| {
        for page in pages() {
            print(browser, &page).await;
            assert_eq!(browser.ask(beyond).await, json!([]), "{page}");
            let from = browser.ask("return document.querySelector('main').getBoundingClientRect().left").await;
            assert_eq!(from, 0, "{page} leaves the left of the paper empty");
        }
    });
}

#[test]
#[ignore = "needs chromium and chromium-driver: apt-get install chromium chromium-driver"]
fn every_theme_prints_dark_on_white() {
    // Browsers leave out backgrounds in print, unless told otherwise: text has to be dark by itself.
    let looks = format!(
        "{CONTRAST}
        const dark = colour => lightness(parts(colour).rgb) < 0.2;
        const style = element => getComputedStyle(element);
        const text = withText(document.querySelector('main'));
        return [
            text.filter(element => !(element instanceof SVGElement) && !dark(style(element).color)).map(told),
            [...document.querySelectorAll('svg.workbook-picture text')].filter(text => !dark(style(text).fill)).map(text => text.outerHTML),
            text.filter(element => lightness(behind(element, [255, 255, 255])) < 0.7).map(told),
            [...document.querySelectorAll('.workbook-picture .paper')].filter(paper => dark(style(paper).fill)).length]"
    );
    in_browser(async |browser| {
        for page in ["05_two_tasks.html", "27_select_loop.html", "diagnoses.html"] {
            for theme in THEMES {
                browser.load(page).await;
                browser.ask(&format!("localStorage.setItem('mdbook-theme', '{theme}')")).await;
                print(browser, page).await;
                assert_eq!(browser.ask(&looks).await, json!([[], [], [], 0]), "{page}, {theme}");
            }
        }
    });
}
