//! The player: forward and back by mouse and by keyboard, in every theme, on a phone, in print, and without scripts.

use fantoccini::{Locator, elements::Element, key::Key};
use serde_json::Value;

use crate::{THEMES, driver::Browser, in_browser, pages};

const CHAPTER: &str = "05_two_tasks.html";

/// What a reader sees of the player of the right run, and of the line in its picture.
const SEEN: &str = "const figure = document.querySelector('#run-right');
    const player = figure.querySelector('.player');
    const slider = player.querySelector('input');
    return [player.innerText, slider.value, slider.getAttribute('aria-valuetext'),
        [...player.querySelectorAll('[class^=is-]')].map(row => row.className + row.innerText),
        figure.querySelector('.player-cursor').getAttribute('x1')];";

async fn player(browser: &Browser) -> Element {
    browser.client.find(Locator::Css("#run-right .player")).await.expect("a player")
}

async fn press(player: &Element, key: Key) {
    player.send_keys(&String::from(char::from(key))).await.expect("a key can be pressed");
}

async fn click(browser: &Browser, button: &str) {
    let button = browser.client.find(Locator::Css(&format!("#run-right .player-{button}"))).await.expect("a button");
    button.click().await.expect("it can be clicked");
}

async fn step(browser: &Browser) -> u64 {
    browser.ask("return Number(document.querySelector('#run-right input').value)").await.as_u64().expect("a number")
}

/// Goes forward to the end and back to the beginning; each step must look the same both times, and none like another.
async fn there_and_back(browser: &Browser, forward: impl AsyncFn(), back: impl AsyncFn()) {
    let steps = browser.ask("return Number(document.querySelector('#run-right input').max)").await.as_u64().unwrap();
    assert!(steps > 10, "{steps} steps are too few to prove anything");
    forward().await;
    let mut seen: Vec<Value> = vec![browser.ask(SEEN).await];
    for _ in 1..steps {
        forward().await;
        let now = browser.ask(SEEN).await;
        assert_ne!(seen.last(), Some(&now));
        seen.push(now);
    }
    assert_eq!(step(browser).await, steps);
    for before in seen.iter().rev().skip(1) {
        back().await;
        assert_eq!(browser.ask(SEEN).await, *before);
    }
    back().await;
    assert_eq!(step(browser).await, 0);
}

#[test]
#[ignore = "needs chromium and chromium-driver: apt-get install chromium chromium-driver"]
fn the_mouse_steps_forward_and_back_to_the_same_state() {
    in_browser(async |browser| {
        browser.load(CHAPTER).await;
        there_and_back(browser, async || click(browser, "forward").await, async || click(browser, "back").await).await;
        click(browser, "last").await;
        let inert = "return document.querySelector('#run-right .player-forward').getAttribute('aria-disabled')";
        assert_eq!(browser.ask(inert).await, "true");
        click(browser, "first").await;
        assert_eq!(step(browser).await, 0);
    });
}

#[test]
#[ignore = "needs chromium and chromium-driver: apt-get install chromium chromium-driver"]
fn the_keyboard_steps_forward_and_back_to_the_same_state() {
    in_browser(async |browser| {
        browser.load(CHAPTER).await;
        let player = player(browser).await;
        there_and_back(browser, async || press(&player, Key::Right).await, async || press(&player, Key::Left).await)
            .await;
        press(&player, Key::End).await;
        let end = browser.ask(SEEN).await;
        press(&player, Key::Home).await;
        assert_eq!(step(browser).await, 0);
        press(&player, Key::End).await;
        assert_eq!(browser.ask(SEEN).await, end);
        let url = browser.client.current_url().await.expect("a page");
        assert!(url.path().ends_with(CHAPTER), "an arrow key turned the page to {url}");
    });
}

#[test]
#[ignore = "needs chromium and chromium-driver: apt-get install chromium chromium-driver"]
fn every_player_of_the_book_goes_to_the_end_and_back() {
    let walk = "return [...document.querySelectorAll('figure.run')].map(figure => {
        const player = figure.querySelector('.player');
        const [forward, back] = ['.player-forward', '.player-back'].map(query => player.querySelector(query));
        const looks = () => player.querySelector('.player-stage').innerHTML + player.querySelector('.player-says').innerHTML;
        const seen = [];
        while (forward.getAttribute('aria-disabled') !== 'true') { forward.click(); seen.push(looks()); }
        const steps = seen.length;
        const printed = [...player.querySelectorAll('.player-prints li')].every(line => !line.hidden);
        seen.pop();
        while (seen.length > 0) { back.click(); if (looks() !== seen.pop()) return `${figure.id} differs going back`; }
        const right = steps === Number(player.querySelector('input').max) && steps > 0 && printed;
        return right ? '' : `${figure.id} has not shown all: ${steps} steps`;
    })";
    in_browser(async |browser| {
        let mut players = 0;
        for page in pages() {
            browser.load(&page).await;
            let found = browser.ask(walk).await;
            for complaint in found.as_array().expect("a list") {
                assert_eq!(complaint, "", "{page}");
                players += 1;
            }
        }
        assert!(players >= 10, "only {players} players in the whole book");
    });
}

#[test]
#[ignore = "needs chromium and chromium-driver: apt-get install chromium chromium-driver"]
fn space_plays_and_a_step_ends_the_playing() {
    in_browser(async |browser| {
        browser.load(CHAPTER).await;
        let player = player(browser).await;
        let label = "return document.querySelector('#run-right .player-play').getAttribute('aria-label')";
        player.send_keys(" ").await.expect("space");
        assert_eq!(browser.ask(label).await, "Pause");
        browser.until("return Number(document.querySelector('#run-right input').value) >= 3").await;
        press(&player, Key::Left).await;
        assert_eq!(browser.ask(label).await, "Play");
    });
}

#[test]
#[ignore = "needs chromium and chromium-driver: apt-get install chromium chromium-driver"]
fn a_screen_reader_is_told_what_it_needs() {
    in_browser(async |browser| {
        browser.load(CHAPTER).await;
        let unnamed = "return [...document.querySelectorAll('.player button, .player input, .player [tabindex]')]
            .filter(element => !element.getAttribute('aria-label')).length";
        assert_eq!(browser.ask(unnamed).await, 0);
        let buttons = "return [...document.querySelectorAll('#run-right .player button')]
            .map(button => button.getAttribute('aria-label'))";
        let labels = ["To the beginning", "A step back", "Play", "A step forward", "To the end"];
        assert_eq!(browser.ask(buttons).await, serde_json::json!(labels));
        click(browser, "forward").await;
        let told = browser.ask("return document.querySelector('#run-right [aria-live=polite]').innerText").await;
        assert!(told.as_str().is_some_and(|told| told.contains("Main is polled")), "{told}");
    });
}

#[test]
#[ignore = "needs chromium and chromium-driver: apt-get install chromium chromium-driver"]
fn pictures_and_player_take_the_colours_of_every_theme() {
    in_browser(async |browser| {
        for theme in THEMES {
            browser.load(CHAPTER).await;
            browser.ask(&format!("localStorage.setItem('mdbook-theme', '{theme}')")).await;
            browser.load(CHAPTER).await;
            click(browser, "forward").await;
            let looks = "const of = (query, what) => getComputedStyle(document.querySelector(query))[what];
                const light = colour => colour.match(/[0-9.]+/g).slice(0, 3).map(Number)
                    .reduce((sum, part) => sum + part) / 765;
                return [document.documentElement.className, light(of('html', 'backgroundColor')),
                    light(of('#run-right .paper', 'fill')), light(of('#run-right text.name', 'fill')),
                    light(of('#run-right .player', 'color'))];";
            let looks = browser.ask(looks).await;
            assert!(looks[0].as_str().is_some_and(|classes| classes.contains(theme)), "{looks}");
            let is_light = |nth: usize| looks[nth].as_f64().expect("a lightness") > 0.5;
            let dark = ["coal", "navy", "ayu"].contains(&theme);
            assert_eq!([1, 2, 3, 4].map(is_light), [!dark, !dark, dark, dark], "{theme}: {looks}");
        }
    });
}

#[test]
#[ignore = "needs chromium and chromium-driver: apt-get install chromium chromium-driver"]
fn nothing_is_cut_off_on_a_phone_or_on_a_large_screen() {
    in_browser(async |browser| {
        for width in [360, 1400] {
            browser.size(width, 900).await;
            browser.load(CHAPTER).await;
            click(browser, "forward").await;
            let beyond = "return [...document.querySelectorAll('main *')].filter(element => {
                const scrolls = element.closest('.run-picture, .player-box, pre, .table-wrapper');
                return (!scrolls || scrolls === element) && element.getBoundingClientRect().right > innerWidth + 1;
            }).map(element => element.outerHTML.slice(0, 80))";
            assert_eq!(browser.ask(beyond).await, serde_json::json!([]), "{width}");
            let scrolls = "return document.documentElement.scrollWidth <= innerWidth";
            assert_eq!(browser.ask(scrolls).await, true, "{width}");
        }
    });
}

#[test]
#[ignore = "needs chromium and chromium-driver: apt-get install chromium chromium-driver"]
fn without_scripts_and_in_print_the_picture_stands_in() {
    let shown = "const is = query => [...document.querySelectorAll(query)].some(element => element.checkVisibility());
        return [is('figure.run svg.workbook-picture'), is('.player')]";
    in_browser(async |browser| {
        browser.load(CHAPTER).await;
        assert_eq!(browser.ask(shown).await, serde_json::json!([true, true]));
        browser.medium("print").await;
        assert_eq!(browser.ask(shown).await, serde_json::json!([true, false]));
        browser.medium("screen").await;
        browser.scripts(false).await;
        browser.load(CHAPTER).await;
        // The driver's own questions are asked all the same.
        assert_eq!(browser.ask(shown).await, serde_json::json!([true, false]));
        let text = browser.ask("return document.querySelector('main').innerText").await;
        assert!(text.as_str().is_some_and(|text| text.contains("[t1] start fetching")), "{text}");
        browser.scripts(true).await;
    });
}
