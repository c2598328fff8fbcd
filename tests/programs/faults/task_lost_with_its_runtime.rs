//! A runtime built by hand is dropped with a task that has not sent its report.
//!
//! Source: own small program of this shape
//! Cause: returned | dropped | before

use std::time::Duration;

use tokio::{runtime::Builder, time::sleep};

async fn report() {
    sleep(Duration::from_millis(80)).await;
    println!("reported");
}

fn app() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.spawn(report()); //~ W03
    runtime.block_on(async { sleep(Duration::from_millis(20)).await });
    println!("over");
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
