//! A function that holds a lock calls another one that takes the same lock.

use tokio::sync::Mutex;
use workbook::println;

async fn total(accounts: &Mutex<Vec<u32>>) -> u32 {
    accounts.lock().await.iter().sum() //~ W01
}

pub(crate) async fn faulty() {
    let accounts = Mutex::new(vec![10, 20]);
    let mut all = accounts.lock().await;
    all.push(30);
    println!("{}", total(&accounts).await);
}

pub(crate) async fn right() {
    let accounts = Mutex::new(vec![10, 20]);
    {
        let mut all = accounts.lock().await;
        all.push(30);
    }
    println!("{}", total(&accounts).await);
}
