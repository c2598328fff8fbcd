//! A server waits for requests for ever, and is aborted when the client has its answer.

use tokio::sync::{mpsc, oneshot};
use workbook::println;

pub(crate) async fn right() {
    let (requests, mut inbox) = mpsc::channel::<(u32, oneshot::Sender<u32>)>(4);
    let server = tokio::spawn(async move {
        while let Some((number, reply)) = inbox.recv().await {
            reply.send(number * number).unwrap();
        }
    });
    let (reply, answer) = oneshot::channel();
    requests.send((7, reply)).await.unwrap();
    println!("{}", answer.await.unwrap());
    server.abort();
    println!("cancelled: {}", server.await.unwrap_err().is_cancelled());
}
