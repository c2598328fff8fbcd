//! A generator stops at each value and goes on only when it is asked for the next one. All that it remembers in between is its
//! state: it is a machine that somebody pulls. A future is such a machine too; its pull is called poll.

use workbook::{print, println};

/// Yields 9, 8, 7, 6 and then 9 again, without end.
struct Endless {
    /// What it yields next: that is its whole state.
    next: u32,
}

impl Iterator for Endless {
    type Item = u32;

    /// Goes from this value to the next one, and stops again.
    fn next(&mut self) -> Option<u32> {
        todo!("remember what comes after self.next, and yield what self.next was")
    }
}

/// A new generator, which begins with 9.
fn endless() -> Endless {
    Endless { next: todo!("what it yields first") }
}

/// Takes numbers and adds them up for as long as the total is below 40. Prints each number and the total after it in one line,
/// in two digits each and with a space behind: `09/09 08/17 `. The first number that comes when the total is no longer below
/// 40 is not added: it ends the line, and is told in one of its own, `discarding 7`. The rest stays in the generator. Where the
/// numbers come to an end before, so does the line.
fn add_up(numbers: &mut impl Iterator<Item = u32>) {
    todo!("take numbers; while the total is below 40 add each and print both; then print the discarded one and stop")
}

/// Takes three numbers, and prints them in one line: `6 9 8`.
fn three_more(numbers: &mut impl Iterator<Item = u32>) {
    todo!("take three numbers and no more, and print them in one line")
}

/// Adds up numbers of one generator, and takes the three that come after them.
fn run() {
    todo!("make one generator, and lend it to add_up and then to three_more")
}

fn main() {
    workbook::run_sync(run);
}

#[cfg(test)]
#[path = "../tests/checks/20_generators.rs"]
mod checks;
