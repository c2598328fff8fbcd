//! A corpus of small programs: each has one fault, and a twin that is the same program without it.
//!
//! A guise of a fault is a file `CODE_name/guise.rs` with two async functions, `faulty` and `right`. The line to blame
//! in the faulty one ends in `//~ CODE`. The diagnosis must find that code at that line and nothing else, and nothing
//! at all in the twin.

mod judging;
mod pages;

use judging::Guise;

/// Declares the guises of one code: those whose faulty program comes to an end, and those that hold on to their thread,
/// which can only be ended with their process.
macro_rules! corpus {
    ($($code:ident $folder:ident { $($guise:ident)* } holding the thread { $($holding:ident)* })*) => {
        $(mod $folder {
            $(pub(crate) mod $guise;)*
            $(pub(crate) mod $holding;)*
        }

        #[test]
        fn $folder() {
            let code = workbook::diagnosis::Code::$code;
            let folder = stringify!($folder);
            let guises = vec![
                $(Guise::new(code, folder, stringify!($guise), false, || Box::pin($folder::$guise::faulty()), || Box::pin($folder::$guise::right())),)*
                $(Guise::new(code, folder, stringify!($holding), true, || Box::pin($folder::$holding::faulty()), || Box::pin($folder::$holding::right())),)*
            ];
            judging::judge(&guises);
        })*
    };
}

corpus! {
    W01 w01_stuck { locks_in_a_circle } holding the thread {}
    W02 w02_blocked_thread { sleep_in_a_join } holding the thread { receive_from_a_std_channel }
    W03 w03_lost_task { outlived_by_main } holding the thread {}
    W04 w04_unseen_failure { nobody_awaits } holding the thread {}
    W05 w05_lost_waker { no_waker_kept } holding the thread {}
    W06 w06_busy_loop { spin_on_a_flag } holding the thread {}
    W07 w07_runaway { interval } holding the thread {}
    W08 w08_never_polled { sleep_without_await } holding the thread {}
    W09 w09_needless_sequence { in_a_row } holding the thread {}
}
