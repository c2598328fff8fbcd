//! A select! loop polls one long request by `&mut` while it serves commands in between.
//!
//! Source: <https://tokio.rs/tokio/tutorial/select#resuming-an-async-operation>

use std::{pin::pin, time::Duration};

use tokio::{sync::mpsc, time::sleep};

async fn action(input: Option<u32>) -> Option<u32> {
    let input = input?;
    sleep(Duration::from_secs(2)).await;
    Some(input * 2)
}

async fn app() {
    let (tx, mut rx) = mpsc::channel(8);
    let sender = tokio::spawn(async move {
        for number in [1, 3, 4, 5, 6] {
            tx.send(number).await.unwrap();
            sleep(Duration::from_millis(10)).await;
        }
    });
    let mut done = false;
    let mut operation = pin!(action(None));
    loop {
        tokio::select! {
            result = &mut operation, if !done => {
                done = true;
                if let Some(result) = result {
                    println!("{result}");
                    break;
                }
            }
            Some(number) = rx.recv() => {
                if number % 2 == 0 {
                    operation.set(action(Some(number)));
                    done = false;
                }
            }
        }
    }
    drop(rx);
    let _ = sender.await;
}

pub(crate) fn main() {
    workbook::run(app())
}
