//! Programs with one known fault each.

use crate::{Folder, programs};

mod abort_of_a_blocking_closure;
mod answer_not_looked_at_for_long;
mod arms_of_a_join_on_lines_of_their_own;
mod async_channel_sender_kept;
mod barrier_one_short;
mod block_in_place_takes_its_own_turn;
mod block_on_of_another_executor;
mod blocking_outlives_main;
mod both_write_first;
mod buffered_with_room_for_none;
mod child_with_a_full_pipe;
mod closed_channel_in_a_select;
mod closed_taken_for_lagged;
mod deadline_never_awaited;
mod deadlock_beside_a_heartbeat;
mod deadlock_beside_a_server;
mod event_lost_in_a_select;
mod filter_swallows_its_waker;
mod flume_full_of_its_own;
mod flume_receives_in_a_task;
mod frame_lost_in_a_select;
mod futurelock;
mod futures_oneshot_kept;
mod half_a_line_lost_in_a_select;
mod interval_bursts;
mod interval_stream_in_a_burst;
mod join_error_thrown_away;
mod join_set_panic_not_looked_at;
mod lagged_ends_the_loop;
mod lagged_passed_over;
mod lagged_stream_ends;
mod line_without_its_end;
mod local_set_never_run;
mod local_task_lost_with_its_set;
mod local_task_panics_unseen;
mod local_tasks_wait_for_each_other;
mod lock_in_the_head_of_a_match;
mod locks_in_opposite_order_on_threads;
mod long_computation_in_a_select;
mod notified_too_early_on_threads;
mod panic_detached_and_awaited;
mod panic_on_the_blocking_pool;
mod parking_lot_across_an_await;
mod permit_forgotten_in_a_handler;
mod pings_in_a_burst;
mod place_in_the_queue_lost;
mod poll_fn_keeps_no_waker;
mod read_lock_twice_on_threads;
mod receive_by_asking;
mod replies_wait_behind_a_slow_body;
mod send_dropped_by_a_tick;
mod sender_kept_by_the_receiver;
mod senders_nobody_polls;
mod server_never_answers;
mod sink_send_dropped_by_a_deadline;
mod std_channel_in_a_task;
mod std_child_in_a_task;
mod std_lock_across_an_await;
mod stdin_keeps_alive;
mod task_lost_with_its_runtime;
mod thread_and_runtime_wait_for_each_other;
mod thread_sleep_in_a_handler;
mod timeout_begun_anew;
mod token_never_cancelled;
mod tracker_never_closed;
mod unfair_lock_starves_a_task;
mod unpolled_behind_a_slow_consumer;
mod waits_for_a_file_for_ever;
mod watch_sender_kept;
mod worker_panics_on_threads;
mod writer_lost_with_main;

pub(crate) const ALL: Folder = programs! {
    abort_of_a_blocking_closure
    answer_not_looked_at_for_long
    arms_of_a_join_on_lines_of_their_own
    async_channel_sender_kept
    barrier_one_short
    block_in_place_takes_its_own_turn
    block_on_of_another_executor
    blocking_outlives_main
    both_write_first
    buffered_with_room_for_none
    child_with_a_full_pipe
    closed_channel_in_a_select
    closed_taken_for_lagged
    deadline_never_awaited
    deadlock_beside_a_heartbeat
    deadlock_beside_a_server
    event_lost_in_a_select
    filter_swallows_its_waker
    flume_full_of_its_own
    flume_receives_in_a_task
    frame_lost_in_a_select
    futurelock
    futures_oneshot_kept
    half_a_line_lost_in_a_select
    interval_bursts
    interval_stream_in_a_burst
    join_error_thrown_away
    join_set_panic_not_looked_at
    lagged_ends_the_loop
    lagged_passed_over
    lagged_stream_ends
    line_without_its_end
    local_set_never_run
    local_task_lost_with_its_set
    local_task_panics_unseen
    local_tasks_wait_for_each_other
    lock_in_the_head_of_a_match
    locks_in_opposite_order_on_threads
    long_computation_in_a_select
    notified_too_early_on_threads
    panic_detached_and_awaited
    panic_on_the_blocking_pool
    parking_lot_across_an_await
    permit_forgotten_in_a_handler
    pings_in_a_burst
    place_in_the_queue_lost
    poll_fn_keeps_no_waker
    read_lock_twice_on_threads
    receive_by_asking
    replies_wait_behind_a_slow_body
    send_dropped_by_a_tick
    sender_kept_by_the_receiver
    senders_nobody_polls
    server_never_answers
    sink_send_dropped_by_a_deadline
    std_channel_in_a_task
    std_child_in_a_task
    std_lock_across_an_await
    stdin_keeps_alive
    task_lost_with_its_runtime
    thread_and_runtime_wait_for_each_other
    thread_sleep_in_a_handler
    timeout_begun_anew
    token_never_cancelled
    tracker_never_closed
    unfair_lock_starves_a_task
    unpolled_behind_a_slow_consumer
    waits_for_a_file_for_ever
    watch_sender_kept
    worker_panics_on_threads
    writer_lost_with_main
};
