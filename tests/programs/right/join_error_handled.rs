//! A task panics; main awaits its handle and looks at the error. With `#[tokio::main]` on one thread.
//!
//! Source: own small program of this shape
//! Clock: both

#[tokio::main(flavor = "current_thread")]
async fn app() {
    let job = tokio::spawn(async {
        tokio::task::yield_now().await;
        if std::env::args().count() > 0 {
            panic!("bad input");
        }
        1
    });
    match job.await {
        Ok(number) => println!("{number}"),
        Err(error) => println!("the job failed: {}", error.is_panic()),
    }
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
