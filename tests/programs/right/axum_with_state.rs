//! A store behind axum: ten clients put values in, and one reads them all. The server is left to the runtime.
//!
//! Source: class of <https://github.com/tokio-rs/axum/tree/main/examples/key-value-store>
//! Clock: both

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use futures::future::join_all;
use tokio::net::TcpListener;

type Store = Arc<Mutex<BTreeMap<String, String>>>;

async fn put(State(store): State<Store>, Path(key): Path<String>, value: String) {
    store.lock().unwrap().insert(key, value);
}

async fn list(State(store): State<Store>) -> String {
    let store = store.lock().unwrap();
    store.iter().map(|(key, value)| format!("{key}={value} ")).collect()
}

async fn app() {
    let routes = Router::new().route("/", get(list)).route("/{key}", post(put)).with_state(Store::default());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let client = reqwest::Client::new();
    let puts = (0..10).map(|number| client.post(format!("{server}/{number}")).body(format!("v{number}")).send());
    for response in join_all(puts).await {
        assert!(response.unwrap().status().is_success());
    }
    println!("{}", client.get(server).send().await.unwrap().text().await.unwrap());
}

pub(crate) fn main() {
    workbook::run(app())
}
