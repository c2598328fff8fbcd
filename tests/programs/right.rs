//! Programs in which nothing is wrong, the way people write them.

use crate::{Folder, programs};

mod actor_with_replies;
mod axum_with_state;
mod block_in_place_on_threads;
mod body_in_chunks;
mod bridges_to_blocking_code;
mod cancelled_on_purpose;
mod chat_in_lines;
mod child_beside_a_timer;
mod child_killed_after_a_deadline;
mod child_output;
mod consumer_on_the_blocking_pool;
mod ctrl_c_that_never_comes;
mod datagrams_sent_again;
mod deadline_around_a_child;
mod deadline_around_two_small_writes;
mod echo_server_on_threads;
mod facade_without_async;
mod fetches_with_a_limit;
mod files_written_and_read;
mod first_answer_wins;
mod flume_from_a_thread;
mod handle_blocks_on_threads;
mod heartbeat_left_to_the_runtime;
mod heavy_work_on_the_pool;
mod hyper_with_graceful_shutdown;
mod interval_that_delays;
mod join_error_handled;
mod join_error_looked_at_later;
mod lag_made_good;
mod local_tasks_share_a_cell;
mod long_quiet_on_threads;
mod long_work_that_yields;
mod made_once_for_all;
mod next_line_in_a_select;
mod one_request_across_a_loop;
mod panic_caught_in_place;
mod repository_behind_a_trait;
mod runtimes_on_threads;
mod server_left_to_the_runtime;
mod settings_watched;
mod short_locks_of_parking_lot;
mod shutdown_by_token;
mod signal_from_a_thread;
mod slow_http_server_on_a_thread;
mod stdin_to_its_end;
mod stream_forwarded_to_a_sink;
mod streams_merged_and_limited;
mod supervisor_starts_again;
mod talk_with_a_child;
mod thread_answers;
mod thread_answers_sooner_or_later;
mod thread_computes;
mod tries_again_with_backoff;
mod two_small_writes;
mod unix_socket_pair;
mod workers_share_an_async_channel;

pub(crate) const ALL: Folder = programs! {
    actor_with_replies
    axum_with_state
    block_in_place_on_threads
    body_in_chunks
    bridges_to_blocking_code
    cancelled_on_purpose
    chat_in_lines
    child_beside_a_timer
    child_killed_after_a_deadline
    child_output
    consumer_on_the_blocking_pool
    ctrl_c_that_never_comes
    datagrams_sent_again
    deadline_around_a_child
    deadline_around_two_small_writes
    echo_server_on_threads
    facade_without_async
    fetches_with_a_limit
    files_written_and_read
    first_answer_wins
    flume_from_a_thread
    handle_blocks_on_threads
    heartbeat_left_to_the_runtime
    heavy_work_on_the_pool
    hyper_with_graceful_shutdown
    interval_that_delays
    join_error_handled
    join_error_looked_at_later
    lag_made_good
    local_tasks_share_a_cell
    long_quiet_on_threads
    long_work_that_yields
    made_once_for_all
    next_line_in_a_select
    one_request_across_a_loop
    panic_caught_in_place
    repository_behind_a_trait
    runtimes_on_threads
    server_left_to_the_runtime
    settings_watched
    short_locks_of_parking_lot
    shutdown_by_token
    signal_from_a_thread
    slow_http_server_on_a_thread
    stdin_to_its_end
    stream_forwarded_to_a_sink
    streams_merged_and_limited
    supervisor_starts_again
    talk_with_a_child
    thread_answers
    thread_answers_sooner_or_later
    thread_computes
    tries_again_with_backoff
    two_small_writes
    unix_socket_pair
    workers_share_an_async_channel
};
