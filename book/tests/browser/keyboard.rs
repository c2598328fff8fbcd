//! The player by keyboard alone: the keys go to whatever has the focus, as a reader's do.

use fantoccini::{
    Locator,
    actions::{InputSource, KeyAction, KeyActions},
    key::Key,
};

use crate::{driver::Browser, in_browser};

const CHAPTER: &str = "05_two_tasks.html";

/// Presses a key wherever the focus is.
async fn press(browser: &Browser, key: Key) {
    let value = char::from(key);
    let keys = KeyActions::new("keyboard".into()).then(KeyAction::Down { value }).then(KeyAction::Up { value });
    browser.client.perform_actions(keys).await.expect("a key can be pressed");
}

/// Tabs to an element of the player of the right run.
async fn tab_to(browser: &Browser, class: &str) {
    let there = format!("return document.activeElement.matches('#run-right .{class}')");
    for _ in 0..20 {
        if browser.ask(&there).await == true {
            return;
        }
        press(browser, Key::Tab).await;
    }
    panic!("no way by Tab to .{class}");
}

/// The page, the step of the player of the right run, and the class of what has the focus.
async fn state(browser: &Browser) -> (String, u64, String) {
    let state = browser
        .ask(
            "return [location.pathname.slice(1), Number(document.querySelector('#run-right input')?.value),
                document.activeElement.className]",
        )
        .await;
    serde_json::from_value(state).expect("a page, a step and a class")
}

fn at(step: u64, focus: &str) -> (String, u64, String) {
    (CHAPTER.to_string(), step, focus.to_string())
}

async fn steps(browser: &Browser) -> u64 {
    browser.ask("return Number(document.querySelector('#run-right input').max)").await.as_u64().expect("a number")
}

#[test]
#[ignore = "needs chromium and chromium-driver: apt-get install chromium chromium-driver"]
fn at_both_ends_the_buttons_keep_the_focus_and_the_page_stays() {
    in_browser(async |browser| {
        for (forth, back) in [("player-last", "player-first"), ("player-forward", "player-back")] {
            browser.load(CHAPTER).await;
            let steps = steps(browser).await;
            browser.ask("document.querySelector('#run-right .run-picture').focus()").await;
            tab_to(browser, forth).await;
            // One press more than there are steps: the last finds the button at its end.
            for _ in 0..=steps {
                press(browser, Key::Enter).await;
            }
            assert_eq!(state(browser).await, at(steps, forth));
            press(browser, Key::Right).await;
            assert_eq!(state(browser).await, at(steps, forth));
            browser.ask("document.querySelector('#run-right .run-picture').focus()").await;
            tab_to(browser, back).await;
            for _ in 0..=steps {
                press(browser, Key::Enter).await;
            }
            assert_eq!(state(browser).await, at(0, back));
            press(browser, Key::Left).await;
            assert_eq!(state(browser).await, at(0, back));
        }
    });
}

#[test]
#[ignore = "needs chromium and chromium-driver: apt-get install chromium chromium-driver"]
fn what_the_player_says_of_its_keys_is_so() {
    in_browser(async |browser| {
        browser.load(CHAPTER).await;
        let says = browser.client.find(Locator::Css("#run-right .player-says")).await.expect("a sentence");
        let text = says.text().await.expect("its text");
        assert!(text.ends_with("steps. Use the buttons, or click here and then press → and ←."), "{text}");
        says.click().await.expect("it can be clicked");
        press(browser, Key::Right).await;
        assert_eq!(state(browser).await, at(1, "player"));
        press(browser, Key::Left).await;
        press(browser, Key::Left).await;
        assert_eq!(state(browser).await, at(0, "player"));
    });
}

#[test]
#[ignore = "needs chromium and chromium-driver: apt-get install chromium chromium-driver"]
fn an_arrow_key_at_a_picture_never_turns_the_page() {
    in_browser(async |browser| {
        // On a phone the picture is wider than its box, and scrolls.
        for (width, step) in [(1400, 1), (360, 0)] {
            browser.size(width, 900).await;
            browser.load(CHAPTER).await;
            browser.ask("document.querySelector('#run-right .run-picture').focus()").await;
            press(browser, Key::Right).await;
            assert_eq!(state(browser).await, at(step, "run-picture"), "{width}");
        }
    });
}
