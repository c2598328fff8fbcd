//! A `JoinSet` of five tasks is emptied as they end, the last spawned first.
//!
//! Source: own small program of this shape

use std::time::Duration;

use tokio::{task::JoinSet, time::sleep};

use crate::expect;

async fn app() {
    for turn in 0..5 {
        let next = expect::at("next").kind("join set").made_at("set").woken_by(format!("task {}", 5 - turn));
        next.ready(20 * turn, 20 * (turn + 1));
    }
    let mut set = JoinSet::new(); //~ at: set
    for task in 1..=5 {
        set.spawn(sleep(Duration::from_millis(20 * (6 - task))));
    }
    loop {
        let next = set.join_next().await; //~ at: next
        if next.is_none() {
            break;
        }
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
