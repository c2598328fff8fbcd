//! Programs whose waits are known by construction.

use crate::{Folder, programs};

mod accept_left_open;
mod join_all_of_handles_and_notifies;
mod join_all_of_receivers;
mod join_all_of_socket_readers;
mod join_of_http_clients;
mod ping_pong_on_threads;
mod select_over_sockets;
mod unordered_receivers;

pub(crate) const ALL: Folder = programs! {
    accept_left_open
    join_all_of_handles_and_notifies
    join_all_of_receivers
    join_all_of_socket_readers
    join_of_http_clients
    ping_pong_on_threads
    select_over_sockets
    unordered_receivers
};
