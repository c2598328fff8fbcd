//! Programs that can be made as big as wanted, to see what recording costs.

use crate::{Folder, programs};

mod arms_of_a_join_all;
mod exchanges_over_sockets;
mod readers_and_writers;
mod sends_through_a_channel;
mod tasks_at_a_lock;
mod tasks_that_sleep;
mod workers_without_work;

pub(crate) const ALL: Folder = programs! {
    arms_of_a_join_all
    exchanges_over_sockets
    readers_and_writers
    sends_through_a_channel
    tasks_at_a_lock
    tasks_that_sleep
    workers_without_work
};
