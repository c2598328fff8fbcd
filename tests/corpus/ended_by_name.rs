//! Runtimes that are told not to wait for their tasks. They have a file of their own because its words say so.

use std::time::Duration;

use tokio::{
    runtime::{Builder, Runtime},
    time::sleep,
};
use workbook::println;

use crate::runtimes::found;

fn looks_ahead() -> Runtime {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        tokio::spawn(async {
            sleep(Duration::from_secs(1)).await;
            println!("nobody asked for it");
        });
        sleep(Duration::from_millis(10)).await;
    });
    runtime
}

#[test]
fn a_task_of_a_runtime_that_is_shut_down_by_name_is_not_lost() {
    assert_eq!(found(|| looks_ahead().shutdown_background()), []);
    assert_eq!(found(|| looks_ahead().shutdown_timeout(Duration::from_millis(1))), []);
}
