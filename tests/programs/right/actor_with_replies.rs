//! An actor owns a counter and answers through a oneshot in each message; it ends when its last handle is dropped.
//!
//! Source: class of <https://ryhl.io/blog/actors-with-tokio/>
//! Clock: both

use tokio::sync::{mpsc, oneshot};

enum Message {
    NextId(oneshot::Sender<u32>),
    Forget,
}

async fn actor(mut inbox: mpsc::Receiver<Message>) -> u32 {
    let mut next = 0;
    while let Some(message) = inbox.recv().await {
        match message {
            Message::NextId(reply) => {
                next += 1;
                let _ = reply.send(next);
            }
            Message::Forget => next = 0,
        }
    }
    next
}

#[derive(Clone)]
struct Handle(mpsc::Sender<Message>);

impl Handle {
    async fn next_id(&self) -> u32 {
        let (reply, answer) = oneshot::channel();
        self.0.send(Message::NextId(reply)).await.unwrap();
        answer.await.unwrap()
    }
}

async fn app() {
    let (tx, inbox) = mpsc::channel(8);
    let actor = tokio::spawn(actor(inbox));
    let handle = Handle(tx);
    let clients: Vec<_> = (0..5)
        .map(|_| {
            let handle = handle.clone();
            tokio::spawn(async move { handle.next_id().await })
        })
        .collect();
    let mut ids = Vec::new();
    for client in clients {
        ids.push(client.await.unwrap());
    }
    ids.sort_unstable();
    println!("{ids:?}");
    handle.0.send(Message::Forget).await.unwrap();
    drop(handle);
    println!("{}", actor.await.unwrap());
}

pub(crate) fn main() {
    workbook::run(app())
}
