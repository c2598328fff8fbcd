//! A select! loop over two channels of tokio and one of flume; the arms that lose are dropped in each turn.
//!
//! Source: own small program of this shape

use std::time::Duration;

use tokio::{
    sync::{mpsc, watch},
    time::sleep,
};

use crate::expect;

async fn app() {
    // One after the other: a number, a level, a word, a number.
    let turns = [(0, 10, "number"), (10, 30, "level"), (30, 60, "word"), (60, 100, "number")];
    for (from, to, winner) in turns {
        for (place, kind, made_at) in [("number", "recv", "numbers"), ("level", "watch", "levels")] {
            let wait = expect::at(place).kind(kind).made_at(made_at);
            if place == winner { wait.woken_by("task 1").ready(from, to) } else { wait.dropped(from, to) }
        }
        let word = expect::at("word");
        if winner == "word" { word.woken_by("task 1").ready(from, to) } else { word.dropped(from, to) }
    }
    let (number_tx, mut numbers) = mpsc::channel(1); //~ at: numbers
    let (level_tx, mut levels) = watch::channel(0); //~ at: levels
    let (word_tx, words) = flume::bounded(1);
    tokio::spawn(async move {
        sleep(Duration::from_millis(10)).await;
        number_tx.send(1).await.unwrap();
        sleep(Duration::from_millis(20)).await;
        level_tx.send(1).unwrap();
        sleep(Duration::from_millis(30)).await;
        word_tx.send_async("word").await.unwrap();
        sleep(Duration::from_millis(40)).await;
        number_tx.send(2).await.unwrap();
        sleep(Duration::from_millis(50)).await;
    });
    for _ in 0..4 {
        tokio::select! {
            number = numbers.recv() => assert!(number.is_some()), //~ at: number
            level = levels.changed() => level.unwrap(), //~ at: level
            word = words.recv_async() => assert!(word.is_ok()), //~ at: word
        }
    }
    sleep(Duration::from_millis(100)).await;
}

pub(crate) fn main() {
    workbook::run(app())
}
