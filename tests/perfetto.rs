//! A trace keeps the rules of the Trace Event Format and those that Perfetto's importer adds.

use std::{collections::HashMap, sync::Arc, time::Duration};

use serde_json::Value;
use tokio::{
    sync::{Notify, mpsc},
    time::sleep,
};
use workbook::{
    record,
    recording::{Doing, Moment, Outcome, Recording, Stall, TaskId},
    render,
    runtime::Threads,
    site::{Page, Site},
};

const HOSTILE: &str = "a \"name\"\n\t\\ </script> \u{0} \u{1b}[31mred\u{1b}[0m ä 🦀 {}[],:";

fn record<F: Future<Output = ()> + 'static>(make: impl FnOnce() -> F + 'static) -> Recording {
    record::future(Threads::Current, make).recording
}

/// Tasks that wake one another, waits that overlap, prints and a blocked thread, all at the same two times.
async fn busy() {
    let notify = Arc::new(Notify::new());
    let (sender, mut receiver) = mpsc::channel(1);
    let listener = notify.clone();
    let named = tokio::task::Builder::new().name(HOSTILE).spawn(async move {
        listener.notified().await;
        workbook::println!("{HOSTILE}");
        for number in 0..3 {
            sender.send(number).await.unwrap();
        }
    });
    tokio::join!(sleep(Duration::from_secs(1)), sleep(Duration::from_secs(2)), tokio::task::yield_now());
    workbook::println!();
    notify.notify_one();
    workbook::thread::sleep(Duration::from_millis(500));
    while receiver.recv().await.is_some() {}
    named.unwrap().await.unwrap();
}

/// An event of a trace, with what every event has.
struct Event {
    phase: String,
    thread: u64,
    /// In nanoseconds, rounded as the importer does.
    from: i64,
    to: i64,
    value: Value,
}

impl Event {
    fn name(&self) -> &str {
        self.value["name"].as_str().unwrap()
    }

    /// What the two ends of an async event or an arrow share.
    fn key(&self) -> (String, String, String) {
        let text = |field: &str| self.value[field].as_str().expect("a text").to_string();
        (text("cat"), text("id"), text("name"))
    }
}

/// Reads a trace, and with it checks that every event has its mandatory fields in the right types.
fn events(trace: &str) -> Vec<Event> {
    let trace: Value = serde_json::from_str(trace).expect("JSON");
    assert!(trace.get("displayTimeUnit").is_none());
    let nanos = |micros: &Value| {
        let whole = micros.as_i64().map(|micros| micros * 1000);
        whole.unwrap_or_else(|| (micros.as_f64().expect("a number") * 1000.0).round() as i64)
    };
    let event = |value: &Value| {
        let phase = value["ph"].as_str().expect("a phase").to_string();
        assert!(["M", "X", "b", "e", "s", "f", "i"].contains(&phase.as_str()), "{value}");
        assert!(value["pid"].is_u64() && value["name"].is_string() && value["cat"].is_string(), "{value}");
        assert!(!value["name"].as_str().unwrap().is_empty(), "{value}");
        assert_eq!(phase == "X", value.get("dur").is_some(), "{value}");
        assert_eq!(["b", "e", "s", "f"].contains(&phase.as_str()), value["id"].is_string(), "{value}");
        assert!(phase != "i" || value["s"] == "t", "{value}");
        assert!(value.get("args").is_none_or(Value::is_object), "{value}");
        let from = nanos(&value["ts"]);
        let to = from + value.get("dur").map_or(0, nanos);
        assert!(from >= 0 && (phase != "X" || to > from), "{value}");
        Event { phase, thread: value["tid"].as_u64().expect("a thread"), from, to, value: value.clone() }
    };
    trace["traceEvents"].as_array().expect("a list").iter().map(event).collect()
}

/// Reads a trace as the importer does, event for event, and checks all its rules. Returns which slice each arrow leads
/// from and to, by their names.
fn checked(trace: &str) -> Vec<(String, String)> {
    let events = events(trace);
    let first_timed = events.iter().position(|event| event.phase != "M").unwrap_or(events.len());
    let (names, timed) = events.split_at(first_timed);
    assert!(timed.is_sorted_by_key(|event| event.from), "events stand in the order of time");
    let mut open: HashMap<u64, Vec<&Event>> = HashMap::new();
    let (mut waits, mut arrows, mut ended) = (HashMap::new(), HashMap::new(), Vec::new());
    for event in timed {
        let what = &event.value;
        assert!(event.phase != "M", "names come first");
        for name in ["thread_name", "thread_sort_index"] {
            let named = names.iter().filter(|names| names.name() == name && names.thread == event.thread);
            assert_eq!(named.count(), 1, "the lane of {what} has a {name}");
        }
        let slices = open.entry(event.thread).or_default();
        match event.phase.as_str() {
            "X" | "i" => {
                slices.retain(|slice| slice.to > event.from);
                assert!(slices.last().is_none_or(|outer| event.to <= outer.to), "{what} overlaps another slice");
                slices.push(event);
            }
            "s" | "f" => {
                let slice = slices.last().unwrap_or_else(|| panic!("{what} is in no slice"));
                assert!(slice.from <= event.from && event.from < slice.to, "{what} is not inside {}", slice.value);
                if event.phase == "s" {
                    assert!(arrows.insert(event.key(), slice.name()).is_none(), "{what} begins twice");
                } else {
                    assert_eq!(what["bp"], "e");
                    let from = arrows.remove(&event.key()).unwrap_or_else(|| panic!("{what} has not begun"));
                    ended.push((from.to_string(), slice.name().to_string()));
                }
            }
            "b" => assert!(waits.insert(event.key(), event.from).is_none(), "{what} begins twice"),
            _ => {
                let from = waits.remove(&event.key()).unwrap_or_else(|| panic!("{what} has not begun"));
                assert!(from <= event.from);
            }
        }
    }
    assert!(waits.is_empty() && arrows.is_empty(), "everything ends: {waits:?} {arrows:?}");
    ended
}

fn count(trace: &str, phase: &str) -> usize {
    events(trace).iter().filter(|event| event.phase == phase).count()
}

#[test]
fn a_busy_program_keeps_all_rules() {
    let recording = record(busy);
    let trace = render::perfetto(&recording);
    let arrows = checked(&trace);
    let by_tasks = recording.wakes.iter().filter(|wake| wake.by.is_some()).count();
    assert!(by_tasks > 3 && arrows.len() <= by_tasks, "{arrows:?}");
    assert!(arrows.contains(&(format!("wakes {HOSTILE}"), "poll".to_string())), "{arrows:?}");
    assert!(arrows.contains(&("wakes main".to_string(), "poll".to_string())), "{arrows:?}");
    assert!(arrows.iter().all(|(from, to)| from.starts_with("wakes ") && to == "poll"), "{arrows:?}");
    assert_eq!(count(&trace, "b"), recording.waits.len());
    assert_eq!(count(&trace, "i"), recording.prints.len());
    let slices = recording.polls.len() + recording.blocks.len() + by_tasks;
    assert_eq!(count(&trace, "X"), slices, "no slice is left out");
}

#[test]
fn what_happens_at_one_time_stands_in_the_order_in_which_it_happened() {
    let recording = record(busy);
    let events = events(&render::perfetto(&recording));
    let polls = events.iter().filter(|event| event.name() == "poll").collect::<Vec<_>>();
    assert!(polls.is_sorted_by(|one, next| one.to <= next.from), "one thread polls one task at a time");
    for (event, poll) in polls.iter().zip(&recording.polls) {
        assert_eq!(event.thread, poll.task.0 as u64 + 1);
        let late = event.from - poll.began.nanos as i64;
        assert!((0..10_000).contains(&late), "times are the program's own but for some nanoseconds: {late}");
    }
}

#[test]
fn hostile_names_and_prints_stay_what_they_are() {
    let trace = render::perfetto(&record(busy));
    let events = events(&trace);
    let named = |event: &&Event| event.value["args"]["name"].as_str().is_some_and(|name| name.starts_with(HOSTILE));
    assert_eq!(events.iter().filter(named).count(), 1);
    let print = events.iter().find(|event| event.phase == "i").unwrap();
    assert_eq!(print.name(), "(an empty line)");
    assert!(!trace.contains('\u{1b}'));
}

#[test]
fn lanes_of_libraries_tell_no_path() {
    let recording = record(|| async {
        let site = Site::start([("/", Page::text("hello"))]).await;
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        client.get(site.url("/")).send().await.unwrap();
    });
    let trace = render::perfetto(&recording);
    checked(&trace);
    assert!(trace.contains("\"library task 1\""));
    assert!(
        recording.tasks.iter().filter(|task| task.is_of_library()).all(|task| !trace.contains(&*task.spawned_at.file))
    );
}

#[test]
fn stalls_lie_inside_their_polls() {
    let mut recording = record(busy);
    let poll = recording.polls[2].clone();
    for (doing, ended) in [(Doing::Sleeping, Some(poll.ended)), (Doing::Working, None)] {
        let (task, began) = (poll.task, poll.began);
        recording.stalls.push(Stall {
            task,
            began,
            ended,
            real_millis: 250,
            doing,
            lines: Vec::new(),
            holds_up_arms: false,
        });
    }
    let trace = render::perfetto(&recording);
    checked(&trace);
    assert_eq!(trace.matches("holds the thread: ").count(), 2);
}

#[test]
fn a_stuck_program_and_one_that_was_dropped_in_the_middle_keep_all_rules() {
    let recording = record(|| async {
        let _never_awaited = tokio::spawn(std::future::pending::<()>());
        let never = Notify::new();
        tokio::join!(sleep(Duration::from_secs(1)), never.notified());
    });
    assert_eq!(recording.outcome, Outcome::Stuck);
    let trace = render::perfetto(&recording);
    checked(&trace);
    assert!(trace.contains("\"end\":\"never\""), "{trace}");
}

#[test]
fn a_poll_that_never_ended_goes_on_to_the_end() {
    let mut recording = record(busy);
    let last = recording.polls.len() - 1;
    recording.polls[last].ended = recording.polls[last].began;
    let trace = render::perfetto(&recording);
    checked(&trace);
    let polls = events(&trace).into_iter().filter(|event| event.name() == "poll");
    assert_eq!(polls.count(), recording.polls.len());
}

#[test]
fn a_program_that_is_not_async_has_a_lane_outside_every_task() {
    let run = record::function(|| {
        workbook::println!("one");
        workbook::thread::sleep(Duration::from_secs(1));
        workbook::println!("two");
    });
    let trace = render::perfetto(&run.recording);
    checked(&trace);
    assert!(trace.contains("outside every task"));
}

#[test]
fn threads_that_poll_at_once_keep_all_rules() {
    let run = record::future(Threads::Workers(2), || async {
        let tasks = (0..20).map(|_| {
            tokio::spawn(async {
                sleep(Duration::from_millis(1)).await;
                tokio::task::spawn_blocking(|| workbook::println!("done")).await.unwrap();
            })
        });
        futures::future::join_all(tasks).await;
    });
    checked(&render::perfetto(&run.recording));
}

#[test]
fn a_program_of_years_keeps_its_order() {
    let recording = record(|| async {
        sleep(Duration::from_secs(5 * 365 * 86_400)).await;
        busy().await;
    });
    let arrows = checked(&render::perfetto(&recording));
    assert!(arrows.len() > 3);
}

/// Moves every moment by so many nanoseconds, as far as they can be counted.
fn delay(value: &mut Value, nanos: u64) {
    match value {
        Value::Object(fields) => fields.iter_mut().for_each(|(name, value)| match value.as_u64() {
            Some(at) if name == "nanos" => *value = at.saturating_add(nanos).into(),
            _ => delay(value, nanos),
        }),
        Value::Array(values) => values.iter_mut().for_each(|value| delay(value, nanos)),
        _ => {}
    }
}

#[test]
fn a_recording_up_to_the_last_nanosecond_keeps_all_rules() {
    let recording = record(busy);
    for nanos in [u64::MAX, u64::MAX - recording.ended.nanos, i64::MAX as u64, 1 << 50] {
        let mut json = serde_json::to_value(&recording).unwrap();
        delay(&mut json, nanos);
        let late = Recording::read(json.to_string().as_bytes()).unwrap();
        let arrows = checked(&render::perfetto(&late));
        assert_eq!(arrows.len(), checked(&render::perfetto(&recording)).len(), "{nanos}");
        // The others have to bear it, too.
        render::terminal(&late, render::Style { width: 80, colour: false });
        render::svg(&late, "late");
        render::player::player(&late);
        workbook::diagnosis::all(&late);
    }
}

#[test]
fn a_task_that_has_ended_wakes_from_its_last_poll() {
    let recording = record(|| async { tokio::spawn(async { tokio::task::yield_now().await }).await.unwrap() });
    let task = TaskId(1);
    let end = recording.tasks[1].end.as_ref().unwrap().at;
    let wake = recording.wakes.iter().find(|wake| wake.by == Some(task) && wake.task == TaskId(0)).unwrap();
    assert!(wake.at.step > end.step, "tokio wakes whoever waits after the end");
    assert!(checked(&render::perfetto(&recording)).contains(&("wakes main".to_string(), "poll".to_string())));
}

#[test]
fn a_recording_of_nothing_is_a_trace() {
    let mut recording = record(|| async {});
    recording.tasks.clear();
    recording.polls.clear();
    recording.wakes.clear();
    recording.waits.clear();
    recording.ended = Moment::default();
    assert_eq!(checked(&render::perfetto(&recording)), []);
}
