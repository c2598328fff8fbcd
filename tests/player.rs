//! The player's steps lead from nothing to what the recording says came of everything, and back to nothing.

use std::{sync::Arc, task::Poll, time::Duration};

use tokio::{
    sync::{Mutex, mpsc},
    time::sleep,
};
use workbook::{
    record,
    recording::{Clock, How, Location, Outcome, Recording},
    render::player::{Change, Player, PlayerStep, SpanState, TaskState, WaitState, player},
    runtime::Threads,
    site::{Page, Site},
};

fn record<F: Future<Output = ()> + 'static>(make: impl FnOnce() -> F + 'static) -> Recording {
    record::future(Threads::Current, make).recording
}

fn played(recording: &Recording) -> Player {
    serde_json::from_str(&player(recording)).unwrap()
}

/// What a script would show.
#[derive(Clone, Debug, PartialEq)]
struct Scene {
    clock: u64,
    tasks: Vec<TaskState>,
    lines: Vec<Option<Location>>,
    waits: Vec<WaitState>,
    blocks: Vec<SpanState>,
    prints: Vec<bool>,
}

/// Puts a value in the place of the one that must be there.
#[track_caller]
fn swap<T: PartialEq + std::fmt::Debug + Clone>(place: &mut T, from: &T, to: &T) {
    assert_eq!(place, from);
    assert_ne!(from, to, "a change changes something");
    *place = to.clone();
}

impl Scene {
    fn first(player: &Player) -> Scene {
        Scene {
            clock: 0,
            tasks: vec![TaskState::Unborn; player.tasks.len()],
            lines: vec![None; player.tasks.len()],
            waits: vec![WaitState::NotBegun; player.waits.len()],
            blocks: vec![SpanState::NotBegun; player.blocks.len()],
            prints: vec![false; player.prints.len()],
        }
    }

    /// One change, forward or back.
    fn turn(&mut self, change: &Change, forward: bool) {
        match change {
            Change::Clock { from, to } => {
                swap(&mut self.clock, if forward { from } else { to }, if forward { to } else { from })
            }
            Change::Task { task, from, to } => {
                swap(&mut self.tasks[*task], if forward { from } else { to }, if forward { to } else { from })
            }
            Change::Line { task, from, to } => {
                swap(&mut self.lines[*task], if forward { from } else { to }, if forward { to } else { from })
            }
            Change::Wait { wait, from, to } => {
                swap(&mut self.waits[*wait], if forward { from } else { to }, if forward { to } else { from })
            }
            Change::Block { block, from, to } => {
                swap(&mut self.blocks[*block], if forward { from } else { to }, if forward { to } else { from })
            }
            Change::Print { print } => swap(&mut self.prints[*print], &!forward, &forward),
            Change::Wake { task, by } => assert!(by.iter().chain([task]).all(|task| *task < self.tasks.len())),
        }
    }

    fn forward(mut self, step: &PlayerStep) -> Scene {
        step.changes.iter().for_each(|change| self.turn(change, true));
        assert_eq!(self.clock, step.nanos);
        self
    }

    fn back(mut self, step: &PlayerStep) -> Scene {
        step.changes.iter().rev().for_each(|change| self.turn(change, false));
        self
    }
}

/// Plays forward and back, and checks the end against the recording. Returns the player.
fn checked(recording: &Recording) -> Player {
    let player = played(recording);
    let first = Scene::first(&player);
    let mut scenes = vec![first];
    for step in &player.steps {
        assert!(!step.changes.is_empty(), "a step shows something");
        let before = scenes.last().unwrap().clone();
        let after = before.clone().forward(step);
        assert_eq!(after.clone().back(step), before);
        scenes.push(after);
    }
    let own: Vec<_> = recording.tasks.iter().filter(|task| !task.is_of_library()).collect();
    let last = scenes.last().unwrap();
    for (task, state) in own.iter().zip(&last.tasks) {
        let expected = task.end.as_ref().map(|end| match end.how {
            How::Finished => TaskState::Finished,
            How::Panicked => TaskState::Panicked,
            How::Dropped => TaskState::Dropped,
        });
        match expected {
            Some(expected) => assert_eq!(*state, expected, "{task:?}"),
            None => assert!(matches!(state, TaskState::Ready | TaskState::Running | TaskState::Waiting), "{task:?}"),
        }
    }
    let waits = recording.waits.iter().filter(|wait| !wait.lines.is_empty() && !recording.is_of_library(wait.task));
    let waits = waits.map(|wait| match wait.end {
        None => WaitState::Open,
        Some(end) if end.ready => WaitState::Ready,
        Some(_) => WaitState::Dropped,
    });
    assert_eq!(last.waits, waits.collect::<Vec<_>>());
    assert_eq!(last.prints, vec![true; recording.prints.len()]);
    assert_eq!(last.blocks, vec![SpanState::Ended; recording.blocks.len()]);
    let returned =
        player.steps.iter().rev().find_map(|step| (step.nanos <= recording.ended.nanos).then_some(step.nanos));
    assert_eq!(returned, Some(recording.ended.nanos), "the clock comes to the end");
    let back = player.steps.iter().rev().fold(last.clone(), Scene::back);
    assert_eq!(back, Scene::first(&player));
    player
}

async fn nap(seconds: u64) {
    sleep(Duration::from_secs(seconds)).await;
}

#[test]
fn a_poll_is_a_step_and_so_is_a_jump_of_the_clock() {
    let player = checked(&record(|| async {
        workbook::println!("one");
        nap(1).await;
        workbook::println!("two");
    }));
    let [first, jump, second] = &player.steps[..] else { panic!("{:#?}", player.steps) };
    assert_eq!((first.nanos, first.task), (0, Some(0)));
    assert!(first.changes.contains(&Change::Print { print: 0 }));
    assert_eq!((jump.nanos, jump.task), (1_000_000_000, None));
    assert_eq!(jump.changes.len(), 3, "the clock, the wake, and that the task is ready: {jump:?}");
    assert_eq!((second.nanos, second.task), (1_000_000_000, Some(0)));
    assert!(second.changes.contains(&Change::Wait { wait: 0, from: WaitState::Open, to: WaitState::Ready }));
    assert!(second.changes.contains(&Change::Print { print: 1 }));
    assert_eq!(player.prints[1].text, "two\n");
}

#[test]
fn a_tasks_line_is_where_it_was_last_seen() {
    let first = line!() + 2;
    let recording = record(|| async {
        workbook::println!("here");
        sleep(Duration::from_secs(1)).await;
        workbook::thread::sleep(Duration::from_secs(1));
    });
    let player = checked(&recording);
    let lines = player.steps.iter().flat_map(|step| &step.changes).filter_map(|change| match change {
        Change::Line { to, .. } => Some(to.as_ref().map(|line| line.line)),
        _ => None,
    });
    assert_eq!(lines.collect::<Vec<_>>(), [Some(first), Some(first + 1), Some(first + 2), None]);
}

#[test]
fn a_blocked_thread_holds_the_step_of_its_poll_open_over_the_jump() {
    let player = checked(&record(|| async { workbook::thread::sleep(Duration::from_secs(2)) }));
    let [before, after] = &player.steps[..] else { panic!("{:#?}", player.steps) };
    assert!(before.changes.contains(&Change::Block { block: 0, from: SpanState::NotBegun, to: SpanState::Open }));
    assert_eq!((after.nanos, after.task), (2_000_000_000, Some(0)), "the task is polled all the while");
    assert!(after.changes.contains(&Change::Block { block: 0, from: SpanState::Open, to: SpanState::Ended }));
}

#[test]
fn tasks_that_wake_panic_and_are_dropped_play_forward_and_back() {
    let recording = record(|| async {
        let shared = Arc::new(Mutex::new(()));
        let (sender, mut receiver) = mpsc::channel(1);
        let guard = shared.clone().lock_owned().await;
        let waiter = tokio::spawn(async move { drop(shared.lock().await) });
        let endless = tokio::spawn(std::future::pending::<()>());
        let panics = tokio::spawn(async { panic!("ouch") });
        tokio::spawn(async move {
            for number in 0..3 {
                sender.send(number).await.unwrap();
            }
            let mut turns = 0..2;
            std::future::poll_fn(|context| {
                context.waker().wake_by_ref();
                if turns.next().is_some() { Poll::Pending } else { Poll::Ready(()) }
            })
            .await;
        });
        while receiver.recv().await.is_some() {}
        let _ = tokio::time::timeout(Duration::from_secs(1), nap(5)).await;
        drop(guard);
        assert!(panics.await.is_err());
        endless.abort();
        waiter.await.unwrap();
        let _left = tokio::spawn(nap(99));
        tokio::join!(nap(1), nap(2));
    });
    let player = checked(&recording);
    let changes = || player.steps.iter().flat_map(|step| &step.changes);
    assert!(changes().any(|change| matches!(change, Change::Wake { by: Some(_), .. })));
    assert!(changes().any(|change| matches!(change, Change::Task { to: TaskState::Panicked, .. })));
    let yielded = Change::Task { task: 4, from: TaskState::Running, to: TaskState::Ready };
    assert!(changes().any(|change| *change == yielded), "a task that wakes itself is ready at once");
}

#[test]
fn a_stuck_program_ends_with_its_tasks_waiting() {
    let recording = record(|| async {
        let (_sender, mut receiver) = mpsc::channel::<()>(1);
        nap(1).await;
        receiver.recv().await;
    });
    assert_eq!(recording.outcome, Outcome::Stuck);
    let player = checked(&recording);
    assert!(player.cut_short.unwrap().starts_with("the program is stuck"));
}

#[test]
fn a_poll_that_never_ended_leaves_its_task_running() {
    let mut recording = record(|| async { nap(1).await });
    let last = recording.polls.len() - 1;
    recording.polls[last].ended = recording.polls[last].began;
    recording.tasks[0].end = None;
    let player = checked(&recording);
    let last = player.steps.iter().flat_map(|step| &step.changes).rfind(|change| matches!(change, Change::Task { .. }));
    assert_eq!(last, Some(&Change::Task { task: 0, from: TaskState::Ready, to: TaskState::Running }));
}

#[test]
fn tasks_of_libraries_are_left_out() {
    let recording = record(|| async {
        let site = Site::start([("/", Page::text("hello").after(Duration::from_millis(129)))]).await;
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        client.get(site.url("/")).send().await.unwrap();
    });
    assert!(recording.tasks.iter().any(|task| task.is_of_library()));
    let player = checked(&recording);
    let own = recording.tasks.iter().filter(|task| !task.is_of_library()).map(|task| &task.name);
    assert!(player.tasks.iter().map(|task| &task.name).eq(own));
    assert!(player.tasks.len() < recording.tasks.len());
}

#[test]
fn a_program_that_is_not_async_plays_too() {
    let run = record::function(|| {
        workbook::println!("\u{1b}[31mone\u{1b}[0m");
        workbook::thread::sleep(Duration::from_secs(1));
        workbook::println!("two");
    });
    let player = checked(&run.recording);
    assert_eq!(player.prints[0].text, "one\n", "without colours");
    assert_eq!(player.steps.len(), 2);
}

#[test]
fn several_threads_on_the_real_clock_play_too() {
    let run = record::future(Threads::Workers(2), || async {
        let tasks = (0..8).map(|_| tokio::spawn(sleep(Duration::from_millis(1))));
        futures::future::join_all(tasks).await;
    });
    assert_eq!(checked(&run.recording).clock, Clock::Real);
}
