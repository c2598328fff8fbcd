//! A handler of axum's takes a permit and forgets it, so the second request waits for ever.

use std::sync::Arc;

use axum::{Router, extract::State, routing::get};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use workbook::println;

async fn forgets(State(limit): State<Arc<Semaphore>>) -> &'static str {
    limit.acquire().await.unwrap().forget(); //~ W01
    "done"
}

async fn gives_back(State(limit): State<Arc<Semaphore>>) -> &'static str {
    let _permit = limit.acquire().await.unwrap();
    "done"
}

async fn ask_twice(routes: Router<Arc<Semaphore>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    let routes = routes.with_state(Arc::new(Semaphore::new(1)));
    let serving = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    for _ in 0..2 {
        let mut connection = TcpStream::connect(server).await.unwrap();
        connection.write_all(b"GET / HTTP/1.0\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).await.unwrap();
        println!("{}", answer.lines().last().unwrap_or_default());
    }
    serving.abort();
}

pub(crate) async fn faulty() {
    ask_twice(Router::new().route("/", get(forgets))).await;
}

pub(crate) async fn right() {
    ask_twice(Router::new().route("/", get(gives_back))).await;
}
