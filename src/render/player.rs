//! The player's format: what a small script needs to step through a run, forward and back.
//!
//! It is JSON, and the structs here are its schema, field for field. Everything that can appear stands once in a list at
//! the top: tasks, waits, prints, blocks. The steps speak of them by their place in their list, counted from 0. A step
//! is what a reader takes in at once: one poll of a task with all that happened in it, or one jump of the clock.
//!
//! A step is a list of changes, and each change has both sides. So a script needs no memory and no arithmetic: going
//! forward it sets everything to `to`, in order; going back it sets everything to `from`, in reverse. Before the first
//! step every task is `unborn`, every wait `not_begun`, every block `not_begun`, no line is current, nothing is printed
//! and the clock stands at 0.
//!
//! Tasks and waits of a library's own are left out: they are not what a reader wrote.
//!
//! ```
//! use std::time::Duration;
//! use workbook::{record, render::{player, player::{Change, Player, TaskState}}, runtime::Threads};
//!
//! let run = record::future(Threads::Current, || tokio::time::sleep(Duration::from_secs(1)));
//! let json = player::player(&run.recording);
//! let player: Player = serde_json::from_str(&json).unwrap();
//!
//! // The first poll, a jump of the clock, the second poll.
//! assert_eq!(player.steps.len(), 3);
//! assert_eq!(player.steps[1].nanos, 1_000_000_000);
//! assert_eq!(player.steps[1].changes[0], Change::Clock { from: 0, to: 1_000_000_000 });
//! let end = Change::Task { task: 0, from: TaskState::Running, to: TaskState::Finished };
//! assert!(player.steps[2].changes.contains(&end));
//! ```
//!
//! The JSON of that second step:
//!
//! ```json
//! {"nanos": 1000000000, "task": null, "changes": [
//!   {"what": "clock", "from": 0, "to": 1000000000},
//!   {"what": "wake", "task": 0, "by": null},
//!   {"what": "task", "task": 0, "from": "waiting", "to": "ready"}]}
//! ```

mod schema;
mod shown;
mod steps;

pub use schema::{
    Change, Player, PlayerBlock, PlayerPrint, PlayerStep, PlayerTask, PlayerWait, SpanState, TaskState, VERSION,
    WaitState,
};

use crate::recording::Recording;
use shown::Shown;

/// The recording in the player's format.
pub fn player(recording: &Recording) -> String {
    let shown = Shown::of(recording);
    let player = Player {
        version: VERSION,
        clock: recording.clock,
        nanos: recording.ended.nanos,
        outcome: recording.outcome.clone(),
        cut_short: recording.cut_short(),
        tasks: shown.tasks(),
        waits: shown.waits(),
        prints: shown.prints(),
        blocks: shown.blocks(),
        steps: steps::steps(&shown),
    };
    serde_json::to_string(&player).expect("plain data with string keys can always be written")
}
