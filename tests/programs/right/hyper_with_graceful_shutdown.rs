//! A server of hyper's that is told to stop, and finishes the request that it has begun.
//!
//! Source: class of <https://hyper.rs/guides/1/server/graceful-shutdown/>
//! Clock: both

use std::{convert::Infallible, time::Duration};

use http_body_util::Full;
use hyper::{Request, Response, body::Bytes, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::TcpListener,
    sync::{Notify, watch},
    time::sleep,
};

static BEGUN: Notify = Notify::const_new();

async fn answer(_: Request<hyper::body::Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    BEGUN.notify_one();
    sleep(Duration::from_millis(200)).await;
    Ok(Response::new(Full::new(Bytes::from("finished"))))
}

async fn serve(listener: TcpListener, mut stop: watch::Receiver<bool>) {
    let mut connections = tokio::task::JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let io = TokioIo::new(accepted.unwrap().0);
                let mut stop = stop.clone();
                connections.spawn(async move {
                    let mut connection = std::pin::pin!(http1::Builder::new().serve_connection(io, service_fn(answer)));
                    tokio::select! {
                        ended = connection.as_mut() => ended.unwrap(),
                        _ = stop.changed() => {
                            connection.as_mut().graceful_shutdown();
                            connection.await.unwrap();
                        }
                    }
                });
            }
            _ = stop.changed() => break,
        }
    }
    while let Some(ended) = connections.join_next().await {
        ended.unwrap();
    }
}

async fn app() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = format!("http://{}/", listener.local_addr().unwrap());
    let (tx, rx) = watch::channel(false);
    let serving = tokio::spawn(serve(listener, rx));
    let visit = tokio::spawn(async move { reqwest::get(server).await.unwrap().text().await.unwrap() });
    BEGUN.notified().await;
    tx.send(true).unwrap();
    println!("{}", visit.await.unwrap());
    serving.await.unwrap();
    println!("stopped");
}

pub(crate) fn main() {
    workbook::run(app())
}
