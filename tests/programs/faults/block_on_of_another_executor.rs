//! A function blocks on a task with the executor of futures-rs, on the one thread that could run that task.
//!
//! Source: <https://github.com/tokio-rs/tokio/issues/2376>
//! Cause: block_on | waits
//! Untrue: at work here

async fn answer() -> u32 {
    tokio::spawn(async { 42 }).await.unwrap()
}

fn answer_at_once() -> u32 {
    futures::executor::block_on(answer()) //~ W02
}

async fn app() {
    println!("{}", answer_at_once());
}

pub(crate) fn main() {
    workbook::run(app())
}
