//! Programs in which nothing is wrong, the way people write them.

use crate::{Folder, programs};

mod block_in_place_on_threads;
mod bridges_to_blocking_code;
mod cancelled_on_purpose;
mod child_beside_a_timer;
mod child_output;
mod consumer_on_the_blocking_pool;
mod deadline_around_a_child;
mod deadline_around_two_small_writes;
mod join_error_handled;
mod join_error_looked_at_later;
mod long_quiet_on_threads;
mod server_left_to_the_runtime;
mod signal_from_a_thread;
mod slow_http_server_on_a_thread;
mod thread_answers;
mod thread_answers_sooner_or_later;
mod thread_computes;
mod two_small_writes;

pub(crate) const ALL: Folder = programs! {
    block_in_place_on_threads
    bridges_to_blocking_code
    cancelled_on_purpose
    child_beside_a_timer
    child_output
    consumer_on_the_blocking_pool
    deadline_around_a_child
    deadline_around_two_small_writes
    join_error_handled
    join_error_looked_at_later
    long_quiet_on_threads
    server_left_to_the_runtime
    signal_from_a_thread
    slow_http_server_on_a_thread
    thread_answers
    thread_answers_sooner_or_later
    thread_computes
    two_small_writes
};
