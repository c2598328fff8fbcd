//! Programs with one known fault each.

use crate::{Folder, programs};

mod abort_of_a_blocking_closure;
mod arms_of_a_join_on_lines_of_their_own;
mod block_in_place_takes_its_own_turn;
mod blocking_outlives_main;
mod child_with_a_full_pipe;
mod deadlock_beside_a_server;
mod event_lost_in_a_select;
mod futurelock;
mod interval_bursts;
mod join_set_panic_not_looked_at;
mod lagged_ends_the_loop;
mod local_set_never_run;
mod panic_detached_and_awaited;
mod panic_on_the_blocking_pool;
mod parking_lot_across_an_await;
mod read_lock_twice_on_threads;
mod senders_nobody_polls;
mod stdin_keeps_alive;
mod unpolled_behind_a_slow_consumer;

pub(crate) const ALL: Folder = programs! {
    abort_of_a_blocking_closure
    arms_of_a_join_on_lines_of_their_own
    block_in_place_takes_its_own_turn
    blocking_outlives_main
    child_with_a_full_pipe
    deadlock_beside_a_server
    event_lost_in_a_select
    futurelock
    interval_bursts
    join_set_panic_not_looked_at
    lagged_ends_the_loop
    local_set_never_run
    panic_detached_and_awaited
    panic_on_the_blocking_pool
    parking_lot_across_an_await
    read_lock_twice_on_threads
    senders_nobody_polls
    stdin_keeps_alive
    unpolled_behind_a_slow_consumer
};
