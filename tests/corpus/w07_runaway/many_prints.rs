//! Several tasks print hundreds of lines.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

async fn report(name: &str) {
    for line in 0..300 {
        println!("{name}: line {line}");
        if line % 100 == 99 {
            sleep(Duration::from_secs(1)).await;
        }
    }
}

pub(crate) async fn right() {
    tokio::join!(report("a"), report("b"), report("c"));
}
