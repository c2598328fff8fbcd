//! Futures that are dropped with something in hand when nobody wants more of it: the program is told to end, a connection is
//! closed after its deadline, and a value is sent again until there is room.

use std::time::Duration;

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, duplex},
    sync::mpsc,
    time::{interval, sleep, timeout},
};
use workbook::println;

#[workbook::awaits::tracked]
async fn handle(rx: &mut mpsc::Receiver<u32>) -> Option<u32> {
    let job = rx.recv().await?;
    sleep(Duration::from_millis(400)).await;
    Some(job)
}

#[workbook::awaits::tracked]
async fn until_it_ends() {
    let (tx, mut rx) = mpsc::channel(4);
    for job in 0..3 {
        tx.send(job).await.unwrap();
    }
    let mut end = std::pin::pin!(sleep(Duration::from_millis(600)));
    loop {
        tokio::select! {
            job = handle(&mut rx) => println!("{job:?}"),
            () = &mut end => break,
        }
    }
}

#[workbook::awaits::tracked]
async fn a_connection_after_the_other() {
    for _ in 0..3 {
        let (here, mut there) = duplex(64);
        there.write_all(b"half").await.unwrap();
        let mut reader = BufReader::new(here);
        let mut line = String::new();
        match timeout(Duration::from_millis(100), reader.read_line(&mut line)).await {
            Ok(read) => println!("{read:?}"),
            Err(_) => println!("too slow: the connection is closed"),
        }
    }
}

/// A connection of its own for each try: what is left of one is of no use to the next.
#[workbook::awaits::tracked]
async fn ask(delay: u64) -> std::io::Result<Vec<u8>> {
    let (mut here, mut there) = duplex(64);
    tokio::spawn(async move {
        there.write_all(&[2, b'h']).await.unwrap();
        sleep(Duration::from_millis(delay)).await;
        let _ = there.write_all(b"i").await;
    });
    let length = here.read_u8().await?;
    let mut answer = vec![0; length.into()];
    here.read_exact(&mut answer).await?;
    Ok(answer)
}

#[workbook::awaits::tracked]
async fn tried_again() {
    let delay = 300;
    for limit in [100, 200, 400] {
        match timeout(Duration::from_millis(limit), ask(delay)).await {
            Ok(answer) => println!("{answer:?}"),
            Err(_) => println!("once more"),
        }
    }
}

#[workbook::awaits::tracked]
async fn again_until_there_is_room() {
    let (tx, mut rx) = mpsc::channel(1);
    tx.send("first").await.unwrap();
    let reading = tokio::spawn(async move {
        sleep(Duration::from_millis(700)).await;
        while let Some(word) = rx.recv().await {
            println!("{word}");
        }
    });
    let mut ticks = interval(Duration::from_millis(200));
    let word = "second";
    loop {
        tokio::select! {
            sent = tx.send(word) => {
                sent.unwrap();
                break;
            }
            _ = ticks.tick() => println!("no room yet"),
        }
    }
    drop(tx);
    reading.await.unwrap();
}

pub(crate) async fn right() {
    until_it_ends().await;
    a_connection_after_the_other().await;
    tried_again().await;
    again_until_there_is_room().await;
}
