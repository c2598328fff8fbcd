//! Whether links can be read: their contrast, from the colours that the browser really uses.

use serde_json::json;

use crate::{THEMES, driver::Browser, in_browser, pages};

/// For scripts: `contrast(element)` is that of an element's text with what is behind it, as WCAG 2 reckons it
/// (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>). `ground` is what is behind the whole page.
pub(crate) const CONTRAST: &str = "
    const parts = colour => {
        const found = colour.match(/^rgba?\\(([0-9., ]+)\\)$/);
        if (!found) throw new Error(`a colour that this test cannot read: ${colour}`);
        const [red, green, blue, alpha = 1] = found[1].split(',').map(Number);
        return { rgb: [red, green, blue], alpha };
    };
    const over = (top, below) => top.rgb.map((part, nth) => part * top.alpha + below[nth] * (1 - top.alpha));
    const lightness = rgb => rgb.map(part => part / 255)
        .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, nth) => sum + part * [0.2126, 0.7152, 0.0722][nth], 0);
    const behind = (element, ground) => element === null ? ground
        : over(parts(getComputedStyle(element).backgroundColor), behind(element.parentElement, ground));
    const contrast = (element, ground = [255, 255, 255]) => {
        const below = behind(element, ground);
        const ink = over(parts(getComputedStyle(element).color), below);
        const [dark, light] = [lightness(ink), lightness(below)].sort((a, b) => a - b);
        return (light + 0.05) / (dark + 0.05);
    };
    const withText = root => [...root.querySelectorAll('*')].filter(element => element.checkVisibility()
        && [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim() !== ''));
    const told = element => `${element.outerHTML.slice(0, 100)}: ${contrast(element).toFixed(2)}`;";

/// Links of the page on the screen that have less than 4.5:1, and how many it has.
async fn faint_links(browser: &Browser, theme: &str) -> (Vec<String>, u64) {
    let links = format!(
        "{CONTRAST}
        document.getElementById('mdbook-theme-{theme}').click();
        document.querySelectorAll('details').forEach(details => {{ details.open = true; }});
        const links = withText(document.body).filter(element => element.closest('a'));
        return [links.filter(link => contrast(link) < 4.5).map(told), links.length]"
    );
    serde_json::from_value(browser.ask(&links).await).expect("links and their number")
}

#[test]
#[ignore = "needs chromium and chromium-driver: apt-get install chromium chromium-driver"]
fn links_have_the_contrast_to_be_read_in_every_theme() {
    in_browser(async |browser| {
        // Wide enough for the sidebar.
        browser.size(1400, 1000).await;
        for page in pages() {
            browser.load(&page).await;
            for theme in THEMES {
                let (faint, links) = faint_links(browser, theme).await;
                assert_eq!(faint, [""; 0], "{page}, {theme}");
                // The sidebar alone has a link to each chapter.
                assert!(links > 45, "{page}, {theme}: only {links} links were seen");
            }
        }
    });
}

#[test]
#[ignore = "needs chromium and chromium-driver: apt-get install chromium chromium-driver"]
fn what_the_search_finds_can_be_read_in_every_theme() {
    in_browser(async |browser| {
        browser.load("01_hello_count.html?search=count").await;
        browser.until("return document.querySelectorAll('#mdbook-searchresults a').length > 0").await;
        for theme in THEMES {
            assert_eq!(faint_links(browser, theme).await.0, [""; 0], "{theme}");
        }
    });
}

#[test]
#[ignore = "needs chromium and chromium-driver: apt-get install chromium chromium-driver"]
fn links_can_be_read_in_the_dark_without_scripts() {
    in_browser(async |browser| {
        let dark = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
        browser.devtools("Emulation.setEmulatedMedia", dark).await;
        browser.scripts(false).await;
        browser.load("01_hello_count.html").await;
        let links = format!(
            "{CONTRAST}
            const links = withText(document.querySelector('main')).filter(element => element.closest('a'));
            return [lightness(behind(document.body, [255, 255, 255])) < 0.1, links.filter(link => contrast(link) < 4.5).map(told)]"
        );
        assert_eq!(browser.ask(&links).await, json!([true, []]));
        browser.scripts(true).await;
    });
}
