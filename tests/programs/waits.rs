//! Programs whose waits are known by construction.

use crate::{Folder, programs};

mod aborted_and_timed_out;
mod accept_left_open;
mod all_hear_a_broadcast;
mod all_meet_at_a_barrier;
mod async_channels_unordered;
mod backpressure;
mod buffered_stream;
mod down_through_async_fns;
mod flume_in_a_join_all;
mod join_all_of_handles_and_notifies;
mod join_all_of_receivers;
mod join_all_of_socket_readers;
mod join_of_http_clients;
mod lines_over_a_socket;
mod local_tasks_on_tokio_main;
mod notified_one_by_one_and_all;
mod ping_pong_on_threads;
mod queue_at_a_lock;
mod readers_and_a_writer;
mod request_across_a_select_loop;
mod runtime_built_by_hand;
mod select_over_channels;
mod select_over_sockets;
mod set_emptied_as_completed;
mod setting_followed;
mod streams_of_futures_channels;
mod two_permits_for_six;
mod unordered_receivers;

pub(crate) const ALL: Folder = programs! {
    aborted_and_timed_out
    accept_left_open
    all_hear_a_broadcast
    all_meet_at_a_barrier
    async_channels_unordered
    backpressure
    buffered_stream
    down_through_async_fns
    flume_in_a_join_all
    join_all_of_handles_and_notifies
    join_all_of_receivers
    join_all_of_socket_readers
    join_of_http_clients
    lines_over_a_socket
    local_tasks_on_tokio_main
    notified_one_by_one_and_all
    ping_pong_on_threads
    queue_at_a_lock
    readers_and_a_writer
    request_across_a_select_loop
    runtime_built_by_hand
    select_over_channels
    select_over_sockets
    set_emptied_as_completed
    setting_followed
    streams_of_futures_channels
    two_permits_for_six
    unordered_receivers
};
