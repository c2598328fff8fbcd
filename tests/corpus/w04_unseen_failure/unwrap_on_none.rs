//! A detached task unwraps what is not there, and whoever waits for its answer gets none.

use std::collections::HashMap;

use tokio::sync::oneshot::{self, Sender};
use workbook::println;

async fn look_up(name: &'static str, reply: Sender<u32>) {
    let ages = HashMap::from([("Ada", 36), ("Alan", 41)]);
    let age = ages.get(name).unwrap(); //~ W04
    reply.send(*age).unwrap();
}

async fn look_up_or_not(name: &'static str, reply: Sender<u32>) {
    let ages = HashMap::from([("Ada", 36), ("Alan", 41)]);
    let Some(age) = ages.get(name) else { return };
    reply.send(*age).unwrap();
}

pub(crate) async fn faulty() {
    let (reply, age) = oneshot::channel();
    tokio::spawn(look_up("Grace", reply));
    println!("{:?}", age.await.ok());
}

pub(crate) async fn right() {
    let (reply, age) = oneshot::channel();
    tokio::spawn(look_up_or_not("Grace", reply));
    println!("{:?}", age.await.ok());
}
