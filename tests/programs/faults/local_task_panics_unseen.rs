//! A detached task of a `LocalSet` panics on a key that is missing; the rest goes on.
//!
//! Source: class of <https://github.com/kunai-project/kunai/pull/86>
//! Cause: panicked

use std::{collections::HashMap, time::Duration};

use tokio::{
    task::{LocalSet, spawn_local},
    time::sleep,
};

async fn serve() {
    spawn_local(async {
        let settings: HashMap<&str, u32> = HashMap::from([("port", 1)]);
        tokio::task::yield_now().await;
        println!("{}", settings["host"]); //~ W04
    });
    sleep(Duration::from_millis(50)).await;
    println!("served");
}

#[tokio::main(flavor = "current_thread")]
async fn app() {
    LocalSet::new().run_until(serve()).await;
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
