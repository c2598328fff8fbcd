//! A client sends all its questions before it reads an answer, and the server cannot get rid of its answers.

use tokio::sync::mpsc::{self, Receiver, Sender};
use workbook::println;

async fn serve(mut questions: Receiver<u32>, answers: Sender<u32>) {
    while let Some(question) = questions.recv().await {
        answers.send(question * 2).await.unwrap();
    }
}

async fn ask(questions: Sender<u32>) {
    for question in 0..10 {
        questions.send(question).await.unwrap(); //~ W01
    }
}

async fn read(mut answers: Receiver<u32>) {
    while let Some(answer) = answers.recv().await {
        println!("{answer}");
    }
}

pub(crate) async fn faulty() {
    let (questions, to_server) = mpsc::channel(1);
    let (to_client, answers) = mpsc::channel(1);
    let server = tokio::spawn(serve(to_server, to_client));
    ask(questions).await;
    read(answers).await;
    server.await.unwrap();
}

pub(crate) async fn right() {
    let (questions, to_server) = mpsc::channel(1);
    let (to_client, answers) = mpsc::channel(1);
    let server = tokio::spawn(serve(to_server, to_client));
    tokio::join!(ask(questions), read(answers));
    server.await.unwrap();
}
