//! axum sends a body in pieces with pauses, and reqwest reads it chunk by chunk.
//!
//! Source: class of <https://docs.rs/axum/latest/axum/body/struct.Body.html#method.from_stream>

use std::{convert::Infallible, time::Duration};

use axum::{Router, body::Body, routing::get};
use futures::{StreamExt, stream};
use tokio::{net::TcpListener, time::sleep};

async fn slowly() -> Body {
    let pieces = stream::iter(0..5).then(|number| async move {
        sleep(Duration::from_millis(60)).await;
        Ok::<_, Infallible>(format!("piece {number};"))
    });
    Body::from_stream(pieces.boxed())
}

async fn app() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = format!("http://{}/", listener.local_addr().unwrap());
    let serving = tokio::spawn(async move { axum::serve(listener, Router::new().route("/", get(slowly))).await });
    let mut response = reqwest::get(server).await.unwrap();
    let mut bytes = 0;
    while let Some(chunk) = response.chunk().await.unwrap() {
        bytes += chunk.len();
    }
    println!("{bytes} bytes");
    serving.abort();
}

pub(crate) fn main() {
    workbook::run(app())
}
