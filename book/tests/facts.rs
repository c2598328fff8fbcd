//! Facts that no program in a chapter can prove: they stand in another file, or in more than one place.

use std::fs;

use book::{place::Place, sound};

fn text(page: &str) -> String {
    fs::read_to_string(Place::here().src().join(page)).unwrap_or_else(|error| panic!("{page}: {error}"))
}

#[test]
fn the_lints_that_chapters_say_are_denied_are_denied_in_the_exercises() {
    let manifest = Place::here().text_of("exercises/Cargo.toml");
    let manifest: toml::Table = manifest.parse().expect("a manifest");
    for (chapter, lint) in
        [("02_lazy_future.md", "let_underscore_future"), ("17_shared_tally.md", "await_holding_lock")]
    {
        assert!(text(chapter).contains(&format!("`{lint}`")), "{chapter} does not speak of {lint}");
        assert_eq!(manifest["lints"]["clippy"][lint].as_str(), Some("deny"), "{chapter} says that {lint} is denied");
    }
}

#[test]
fn a_sleep_of_no_time_is_explained_in_one_place() {
    let account = "appendix_clock.md#a-sleep-of-no-time";
    let mut speak_of_it = Vec::new();
    for page in sound::pages(&Place::here()).expect("a summary") {
        let text = text(&page);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let sleeps = ["sleep(Duration::ZERO)", "sleep of no seconds, too", "`sleep(0)`"];
        if page != "appendix_clock.md" && sleeps.iter().any(|sleep| text.contains(sleep)) {
            assert!(text.contains(account), "{page} speaks of a sleep of no time, and does not lead to {account}");
            speak_of_it.push(page);
        }
    }
    assert_eq!(speak_of_it, ["09_highest_prime.md", "23_async_iterator.md", "asyncio.md"]);
}
