//! The two things a learner's file imports from here in place of the standard library's own.
//!
//! * `use workbook::println;` (and `print`) prints as always, and notes the time and the task.
//! * `use workbook::thread;` is `std::thread` with a `sleep` that can be told apart from being idle: in a real run it
//!   blocks for real; on the virtual clock it blocks just as much and takes no time.

use std::{
    fmt::Arguments,
    io::{self, Write},
    panic::Location,
};

use crate::{recorder, runtime::session};

/// Prints like `std::println!`, and notes the time and the task.
#[macro_export]
macro_rules! println {
    () => { $crate::shim::print(::std::format_args!("\n")) };
    ($($argument:tt)*) => { $crate::shim::print(::std::format_args!("{}\n", ::std::format_args!($($argument)*))) };
}

/// Prints like `std::print!`, and notes the time and the task.
#[macro_export]
macro_rules! print {
    ($($argument:tt)*) => { $crate::shim::print(::std::format_args!($($argument)*)) };
}

/// What the macros call.
///
/// # Panics
/// If standard output cannot be written to, as `std::print!` does.
#[track_caller]
pub fn print(text: Arguments<'_>) {
    if recorder::is_on() {
        let text = text.to_string();
        if session::prints_aloud() {
            write(format_args!("{text}"));
        }
        recorder::print(text, Location::caller());
        session::printed();
    } else {
        write(text);
    }
}

fn write(text: Arguments<'_>) {
    // `std::print!` goes to the test harness's capture, plain standard output does not.
    std::print!("{text}");
    let _ = io::stdout().flush();
}

/// `std::thread`, but for `sleep` and `spawn`.
pub mod thread {
    use std::{panic::Location, time::Duration};

    pub use std::thread::*;

    use crate::{recorder, runtime::clock};

    /// Blocks this thread, and with it every task that shares it.
    #[track_caller]
    pub fn sleep(duration: Duration) {
        let block = recorder::blocked(Location::caller());
        clock::block_thread(duration);
        recorder::unblocked(block);
    }

    /// Starts a thread, as `std::thread::spawn` does. The virtual clock stands still while it works.
    pub fn spawn<F, T>(work: F) -> JoinHandle<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        let at_work = clock::Thread::starts();
        std::thread::spawn(move || {
            let _at_work = at_work.begins();
            work()
        })
    }
}
