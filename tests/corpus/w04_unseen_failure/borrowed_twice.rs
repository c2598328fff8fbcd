//! A task borrows a `RefCell` that another task still has, and panics unseen.

use std::{cell::RefCell, rc::Rc, time::Duration};

use tokio::{task::spawn_local, time::sleep};
use workbook::println;

async fn add_slowly(list: Rc<RefCell<Vec<u32>>>) {
    let mut list = list.borrow_mut();
    sleep(Duration::from_secs(2)).await;
    list.push(1);
}

async fn show(list: Rc<RefCell<Vec<u32>>>) {
    sleep(Duration::from_secs(1)).await;
    println!("{:?}", list.borrow()); //~ W04
}

async fn show_if_free(list: Rc<RefCell<Vec<u32>>>) {
    sleep(Duration::from_secs(1)).await;
    println!("{:?}", list.try_borrow().is_ok());
}

pub(crate) async fn faulty() {
    let list = Rc::new(RefCell::new(Vec::new()));
    spawn_local(add_slowly(Rc::clone(&list)));
    spawn_local(show(list));
    sleep(Duration::from_secs(3)).await;
}

pub(crate) async fn right() {
    let list = Rc::new(RefCell::new(Vec::new()));
    spawn_local(add_slowly(Rc::clone(&list)));
    spawn_local(show_if_free(list));
    sleep(Duration::from_secs(3)).await;
}
