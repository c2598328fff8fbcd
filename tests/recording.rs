//! A recording that is read back is the one that was written, and anything else is refused with a sentence.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::{sync::Mutex, time::sleep};
use workbook::{
    record,
    recording::{Moment, ReadError, Recording, VERSION},
    runtime::Threads,
};

/// A small program with something of almost everything: tasks, waits, wakes, a print and a block.
fn recording() -> Recording {
    let run = record::future(Threads::Current, || async {
        let shared = std::sync::Arc::new(Mutex::new(0));
        let other = tokio::spawn({
            let shared = shared.clone();
            async move {
                *shared.lock().await += 1;
                sleep(Duration::from_millis(5)).await;
            }
        });
        let guard = shared.lock().await;
        workbook::println!("a \"print\" with\tä, \u{1b}[31mcolour\u{1b}[0m and \u{0}");
        workbook::thread::sleep(Duration::from_secs(1));
        drop(guard);
        other.await.unwrap();
    });
    run.recording
}

fn changed(change: impl FnOnce(&mut Value)) -> Result<Recording, ReadError> {
    let mut value: Value = serde_json::from_str(&recording().to_json()).unwrap();
    change(&mut value);
    Recording::read(value.to_string().as_bytes())
}

fn damage(change: impl FnOnce(&mut Value)) -> String {
    match changed(change) {
        Err(ReadError::Damaged(what)) => what,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_written_is_read_back() {
    let recording = recording();
    assert!(recording.tasks.len() == 2 && !recording.blocks.is_empty() && !recording.wakes.is_empty());
    assert_eq!(Recording::read(recording.to_json().as_bytes()).unwrap(), recording);
}

#[test]
fn every_beginning_of_a_recording_is_cut_off() {
    let json = recording().to_json();
    for length in 1..json.len() {
        let read = Recording::read(&json.as_bytes()[..length]);
        assert!(matches!(read, Err(ReadError::CutOff)), "{length} of {} bytes: {read:?}", json.len());
    }
}

#[test]
fn nothing_is_empty() {
    for nothing in ["", "\n", " \t\r\n"] {
        assert!(matches!(Recording::read(nothing.as_bytes()), Err(ReadError::Empty)));
    }
}

#[test]
fn other_versions_are_named_even_if_their_fields_are_unknown() {
    let newer = Recording::read(br#"{"lanes": [], "version": 999}"#).unwrap_err();
    let sentence = format!(
        "the recording was written by a newer workbook (format 999, this one reads {VERSION}): update this one, or \
         record the program again"
    );
    assert_eq!(newer.to_string(), sentence);
    let older = changed(|value| value["version"] = json!(VERSION - 1)).unwrap_err();
    assert!(matches!(older, ReadError::Older { version } if version == VERSION - 1), "{older:?}");
}

#[test]
fn something_else_is_damaged() {
    let nested = "[".repeat(100_000);
    let inside = format!(r#"{{"version": {VERSION}, "tasks": {}{}}}"#, nested, "]".repeat(nested.len()));
    let others = ["null", "7", "[]", "{}", "\"text\"", r#"{"version": "one"}"#, r#"{"version": -1}"#, "fn main() {}"];
    for other in others.into_iter().chain([nested.as_str(), inside.as_str()]) {
        let read = Recording::read(other.as_bytes());
        assert!(matches!(read, Err(ReadError::Damaged(_))), "{}: {read:?}", &other[..other.len().min(40)]);
    }
    let twice = recording().to_json().repeat(2);
    assert!(matches!(Recording::read(twice.as_bytes()), Err(ReadError::Damaged(_))));
    assert!(matches!(Recording::read(b"\xff\xfe{"), Err(ReadError::Damaged(_))));
    let not_utf_8 = recording().to_json().replace("colour", "\u{fffd}").into_bytes();
    let not_utf_8: Vec<u8> = not_utf_8.into_iter().filter(|byte| *byte != 0xbf).collect();
    assert!(matches!(Recording::read(&not_utf_8), Err(ReadError::Damaged(_))));
}

#[test]
fn indices_that_lead_nowhere_are_damage() {
    for (list, field) in [("tasks", "spawned_by"), ("waits", "task"), ("wakes", "task"), ("wakes", "by")] {
        let what = damage(|value| value[list][0][field] = json!(2));
        assert_eq!(what, "it speaks of task 2 and has 2 tasks", "{list} {field}");
    }
    for (list, field) in [("polls", "task"), ("prints", "task"), ("blocks", "task")] {
        damage(|value| value[list][0][field] = json!(usize::MAX));
    }
    let at = serde_json::to_value(Moment::default()).unwrap();
    let line = json!({ "file": "a.rs", "line": 1, "column": 1 });
    let round = json!([{ "task": 2, "line": line, "code": "", "at": at, "endless": true }]);
    let lost = json!([{ "task": 2, "at": at, "line": line, "cut_off": line, "value": "unsent" }]);
    for (list, items) in [("rounds", round), ("lost_values", lost)] {
        assert_eq!(damage(|value| value[list] = items), "it speaks of task 2 and has 2 tasks", "{list}");
    }
    let what = damage(|value| value["waits"][0]["resource"] = json!(99));
    assert!(what.starts_with("it speaks of resource 99 and has "), "{what}");
}

#[test]
fn what_ends_before_it_begins_is_damage() {
    let early = serde_json::to_value(Moment::default()).unwrap();
    damage(|value| value["waits"][0]["end"]["at"] = early.clone());
    damage(|value| value["blocks"][0]["ended"] = early.clone());
    let what = damage(|value| value["polls"][1]["ended"] = early.clone());
    assert!(what.starts_with("something in it ends at step 0 and begins at step "), "{what}");
}

#[test]
fn a_field_that_is_missing_is_named() {
    let what = damage(|value| _ = value.as_object_mut().unwrap().remove("wakes"));
    assert!(what.contains("missing field `wakes`"), "{what}");
}
