//! A guard of the standard library's `Mutex` lives across an await, and another task wants the lock meanwhile.

use std::{rc::Rc, sync::Mutex, time::Duration};

use tokio::{task::spawn_local, time::sleep};
use workbook::println;

async fn earn() -> u32 {
    sleep(Duration::from_millis(10)).await;
    10
}

async fn save(account: Rc<Mutex<u32>>) {
    let mut balance = account.lock().unwrap(); //~ W02
    *balance += earn().await;
}

async fn earn_then_save(account: Rc<Mutex<u32>>) {
    let amount = earn().await;
    *account.lock().unwrap() += amount;
}

pub(crate) async fn faulty() {
    let account = Rc::new(Mutex::new(0));
    let first = spawn_local(save(Rc::clone(&account)));
    let second = spawn_local(save(Rc::clone(&account)));
    first.await.unwrap();
    second.await.unwrap();
    println!("{}", account.lock().unwrap());
}

pub(crate) async fn right() {
    let account = Rc::new(Mutex::new(0));
    let first = spawn_local(earn_then_save(Rc::clone(&account)));
    let second = spawn_local(earn_then_save(Rc::clone(&account)));
    first.await.unwrap();
    second.await.unwrap();
    println!("{}", account.lock().unwrap());
}
