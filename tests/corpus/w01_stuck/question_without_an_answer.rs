//! A handler of axum's hands a question to a task and waits for its answer. The task keeps the question and gives none.

use axum::{Router, extract::State, routing::get};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{mpsc, oneshot},
};
use workbook::println;

type Question = oneshot::Sender<&'static str>;

async fn handle(State(questions): State<mpsc::Sender<Question>>) -> &'static str {
    let (question, answer) = oneshot::channel();
    questions.send(question).await.unwrap();
    answer.await.unwrap() //~ W01
}

async fn keep(mut questions: mpsc::Receiver<Question>) {
    let mut kept = Vec::new();
    while let Some(question) = questions.recv().await {
        kept.push(question);
    }
}

async fn answer(mut questions: mpsc::Receiver<Question>) {
    while let Some(question) = questions.recv().await {
        question.send("yes").unwrap();
    }
}

async fn ask(questions: mpsc::Sender<Question>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    let routes = Router::new().route("/", get(handle)).with_state(questions);
    let serving = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    let mut connection = TcpStream::connect(server).await.unwrap();
    connection.write_all(b"GET / HTTP/1.0\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    println!("{}", answer.lines().last().unwrap_or_default());
    serving.abort();
}

pub(crate) async fn faulty() {
    let (tx, rx) = mpsc::channel(8);
    let keeper = tokio::spawn(keep(rx));
    ask(tx).await;
    keeper.await.unwrap();
}

pub(crate) async fn right() {
    let (tx, rx) = mpsc::channel(8);
    let answerer = tokio::spawn(answer(rx));
    ask(tx).await;
    answerer.await.unwrap();
}
