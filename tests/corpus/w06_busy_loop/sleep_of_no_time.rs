//! A loop pauses for no time at all between two looks.

use std::{cell::Cell, rc::Rc, time::Duration};

use tokio::{task::spawn_local, time::sleep};
use workbook::println;

async fn look_every(pause: Duration) {
    let door = Rc::new(Cell::new("closed"));
    let opened = Rc::clone(&door);
    spawn_local(async move {
        sleep(Duration::from_secs(1)).await;
        opened.set("open");
    });
    while door.get() == "closed" {
        sleep(pause).await; //~ W06
    }
    println!("the door is open");
}

pub(crate) async fn faulty() {
    look_every(Duration::ZERO).await;
}

pub(crate) async fn right() {
    look_every(Duration::from_millis(10)).await;
}
