// rejected with: remembers is in itself

use std::sync::atomic::{AtomicU32, Ordering};

use workbook::{print, println};

static NEXT: AtomicU32 = AtomicU32::new(0);

fn endless() -> impl Iterator<Item = u32> {
    NEXT.store(0, Ordering::SeqCst);
    std::iter::repeat_with(|| 9 - NEXT.fetch_add(1, Ordering::SeqCst) % 4)
}

fn add_up(numbers: &mut impl Iterator<Item = u32>) {
    let mut total = 0;
    for i in numbers {
        if total >= 40 {
            println!("\ndiscarding {i}");
            return;
        }
        total += i;
        print!("{i:02}/{total:02} ");
    }
    println!();
}

fn three_more(numbers: &mut impl Iterator<Item = u32>) {
    let three: Vec<String> = numbers.take(3).map(|i| i.to_string()).collect();
    println!("{}", three.join(" "));
}

fn run() {
    let mut numbers = endless();
    add_up(&mut numbers);
    three_more(&mut numbers);
}

fn main() {
    workbook::run_sync(run);
}

#[cfg(test)]
#[path = "../../checks/20_generators.rs"]
mod checks;
