//! A task that reads under a lock asks for the lock to write, and still holds it to read.

use std::collections::HashMap;

use tokio::sync::RwLock;
use workbook::println;

pub(crate) async fn faulty() {
    let cache = RwLock::new(HashMap::from([("one", 1)]));
    let known = cache.read().await;
    if !known.contains_key("two") {
        cache.write().await.insert("two", 2); //~ W01
    }
    println!("{}", known.len());
}

pub(crate) async fn right() {
    let cache = RwLock::new(HashMap::from([("one", 1)]));
    let known = cache.read().await;
    let missing = !known.contains_key("two");
    drop(known);
    if missing {
        cache.write().await.insert("two", 2);
    }
    println!("{}", cache.read().await.len());
}
