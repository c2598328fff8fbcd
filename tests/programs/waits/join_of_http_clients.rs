//! `join!` of three loops of one async fn, with three exchanges each, by reqwest with a server of axum's.
//!
//! Source: own small program of this shape

use std::time::Duration;

use axum::{Router, extract::Path, routing::get};
use reqwest::Client;
use tokio::{
    net::TcpListener,
    time::{Instant, sleep_until},
};

use crate::expect::{self, due};

async fn visits(client: Client, server: String, arm: u64) {
    for number in 0..3 {
        let request = client.get(format!("{server}/{arm}/{number}"));
        let response = request.send().await.unwrap(); //~ at: exchange
        response.text().await.unwrap();
    }
}

async fn app() {
    for arm in 0..3 {
        expect::at("exchange").kind("http").ready(0, due(arm, 0));
        expect::at("exchange").kind("http").ready(due(arm, 0), due(arm, 1));
        expect::at("exchange").kind("http").ready(due(arm, 1), due(arm, 2));
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = format!("http://{}", listener.local_addr().unwrap());
    let start = Instant::now();
    let answer = move |Path((arm, number)): Path<(u64, u64)>| async move {
        sleep_until(start + Duration::from_millis(due(arm, number))).await;
        "x"
    };
    let serving = tokio::spawn(async move {
        axum::serve(listener, Router::new().route("/{arm}/{number}", get(answer))).await.unwrap();
    });
    let client = Client::new();
    tokio::join!(
        visits(client.clone(), server.clone(), 0),
        visits(client.clone(), server.clone(), 1),
        visits(client.clone(), server.clone(), 2),
    );
    serving.abort();
}

pub(crate) fn main() {
    workbook::run(app())
}
