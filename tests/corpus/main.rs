//! A corpus of small programs: each has one fault, and a twin that is the same program without it.
//!
//! A guise of a fault is a file `CODE_name/guise.rs` with two async functions, `faulty` and `right`. The line to blame
//! in the faulty one ends in `//~ CODE`. The diagnosis must find that code at that line and nothing else, and nothing
//! at all in the twin. An innocent is a file with `right` alone: a program that only looks as if it had the fault. Where it
//! takes awaits with an identity to find a fault, they have one here, too: by `#[workbook::awaits::tracked]`.

#![expect(
    clippy::await_holding_lock,
    clippy::await_holding_refcell_ref,
    clippy::let_underscore_future,
    reason = "the compiler's own advice would give some of the faults away"
)]

mod causes;
mod ended_by_name;
mod judging;
mod pages;
mod runtimes;

use judging::{Guise, Innocent};

/// Declares the programs of one code: guises whose faulty program comes to an end; guises that hold on to their thread,
/// which can only be ended with their process; and innocents.
macro_rules! corpus {
    ($($code:ident $folder:ident {
        $($guise:ident)*
    } holding the thread {
        $($holding:ident)*
    } innocent {
        $($innocent:ident)*
    })*) => {
        $(mod $folder {
            $(pub(crate) mod $guise;)*
            $(pub(crate) mod $holding;)*
            $(pub(crate) mod $innocent;)*
        }

        #[test]
        fn $folder() {
            let code = workbook::diagnosis::Code::$code;
            let folder = stringify!($folder);
            let guises = vec![
                $(Guise::new(code, folder, stringify!($guise), false, || Box::pin($folder::$guise::faulty()), || Box::pin($folder::$guise::right())),)*
                $(Guise::new(code, folder, stringify!($holding), true, || Box::pin($folder::$holding::faulty()), || Box::pin($folder::$holding::right())),)*
            ];
            let innocents = vec![
                $(Innocent::new(code, folder, stringify!($innocent), || Box::pin($folder::$innocent::right())),)*
            ];
            judging::judge(&guises, &innocents);
        })*
    };
}

corpus! {
    W01 w01_stuck {
        barrier_with_too_few broadcast_without_an_end channel_full_of_its_own circle_beside_a_heartbeat closed_tracker_of_stuck_tasks consumers_that_share_a_receiver full_both_ways futures_set_aside guard_over_a_recv
        handle_of_its_own arms_of_a_join held_in_a_stream held_over_a_send_beside_a_heartbeat local_set_not_run lock_twice locks_in_a_circle notified_before_anybody_waits one_permit_for_two_notifications
        oneshot_sender_kept permit_forgotten permit_forgotten_in_a_handler question_without_an_answer read_lock_beside_a_server read_then_write sender_kept_alive sender_kept_while_joining
        tasks_that_join_each_other too_many_permits tracker_never_closed turn_of_a_future_set_aside waker_stored_too_late watch_without_an_end
    } holding the thread {
    } innocent {
        channel_closed_in_time circle_with_a_way_out guard_across_a_sleep never_ending_arm notified_in_time server_that_is_aborted
    }
    W02 w02_blocked_thread {
        heavy_arm_of_a_join heavy_work join_a_slow_thread sleep_in_a_join sleep_in_a_loop sleep_in_a_task sleep_under_a_timeout
    } holding the thread {
        endless_loop lock_across_an_await parking_lot_across_an_await receive_from_a_std_channel spin_on_an_atomic
    } innocent {
        blocking_pool heavy_work_alone short_std_locks thread_that_reports
    }
    W03 w03_lost_task {
        heard_no_more join_set_dropped join_set_of_a_function only_the_last_awaited outlived_by_main select_detaches spawned_by_map
        timeout_detaches with_its_local_set worker_with_jobs_left
    } holding the thread {
    } innocent {
        aborted_on_purpose aborted_with_its_local_set cancelled_by_name detached_and_done_in_time emptied_by_another
        ends_when_its_channel_closes first_of_a_set given_up_with_its_local_set heartbeat_of_a_set idle_workers_of_a_set
        server_left_to_the_runtime servers_of_a_local_set sets_of_a_large_join workers_left_to_the_runtime
    }
    W04 w04_unseen_failure {
        borrowed_twice closure_on_the_blocking_pool handle_dropped_by_select index_out_of_bounds nobody_awaits others_wait_for_it
        panics_in_a_loop unwrap_on_none
    } holding the thread {
    } innocent {
        awaited_in_another_order caught_inside looked_at_later panics_in_a_set supervised
    }
    W05 w05_lost_waker {
        child_polled_with_a_noop_waker filter_that_swallows first_waker_kept no_waker_kept polled_once_before
        result_never_sent
        swapped_for_a_noop_waker taken_and_not_stored_again
    } holding the thread {
    } innocent {
        hundreds_joined moved_between_tasks several_waiters wakes_itself
    }
    W06 w06_busy_loop {
        closed_channel closed_channel_in_a_select ping_pong sleep_of_no_time spin_on_a_flag try_lock_again try_recv_again wakes_itself_for_ever
    } holding the thread {
        closed_arm_of_a_select end_of_a_stream_passed_over
    } innocent {
        long_loop_that_yields long_stream_in_a_select many_short_polls ping_pong_that_ends
    }
    W07 w07_runaway {
        deadline_renewed interval messages_for_ever pause_for_ever retry_for_ever stream_without_an_end
    } holding the thread {
        closure_without_an_end print_flood
    } innocent {
        a_thousand_sleeps heartbeat_that_is_aborted many_prints years_of_sleep
    }
    W08 w08_never_polled {
        local_set_never_run sleep_dropped sleep_until_in_a_loop sleep_without_await timeout_at_thrown_away timeout_dropped
    } holding the thread {
    } innocent {
        aborted_and_awaited aborted_and_left_alone aborted_later deadline_never_reached disabled_branch guard_that_aborts replaced_in_a_burst timeout_around_what_is_there unpolled_arm
    }
    W09 w09_needless_sequence {
        await_in_a_loop built_first_awaited_in_turn in_a_row spawned_and_awaited_in_turn stream_of_thens then_chain
    } holding the thread {
    } innocent {
        a_few_at_a_time begun_before_the_first_await spawned_first
    }
    W10 w10_missed_messages {
        arm_that_takes_only_values made_a_none passed_over taken_for_the_end
    } holding the thread {
    } innocent {
        read_anew_after_a_lag signals_without_a_value
    }
    W11 w11_tick_burst {
        arm_that_takes_long slow_turn started_late
    } holding the thread {
    } innocent {
        burst_on_purpose delayed_and_skipped one_late_tick
    }
    W12 w12_unpolled_future {
        answer_behind_an_arm begun_and_set_aside behind_a_slow_loop turn_at_a_lock
    } holding the thread {
    } innocent {
        deadline_beside_a_slow_arm quick_loop tasks_behind_a_slow_loop
    }
    W13 w13_starved_task {
        arm_for_a_permit short_deadline unfair_lock
    } holding the thread {
    } innocent {
        a_few_tries long_queue_at_a_lock
    }
    W14 w14_lost_value {
        event_in_hand frame_in_two_parts half_a_line send_without_room
    } holding the thread {
    } innocent {
        kept_outside not_used_again
    }
}
