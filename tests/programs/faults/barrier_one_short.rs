//! A barrier for four, and three tasks of a `JoinSet`.
//!
//! Source: own small program of this shape
//! Cause: barrier

use std::sync::Arc;

use tokio::{sync::Barrier, task::JoinSet};

async fn app() {
    let start = Arc::new(Barrier::new(4));
    let mut runners = JoinSet::new();
    for number in 0..3 {
        let start = start.clone();
        runners.spawn(async move {
            start.wait().await; //~ W01
            number
        });
    }
    while let Some(number) = runners.join_next().await {
        println!("{}", number.unwrap());
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
