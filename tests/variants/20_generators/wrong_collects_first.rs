// rejected with: what it needs and no more

use workbook::{print, println};

struct Endless {
    next: u32,
}

impl Iterator for Endless {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let value = self.next;
        self.next = if value == 6 { 9 } else { value - 1 };
        Some(value)
    }
}

fn endless() -> Endless {
    Endless { next: 9 }
}

fn add_up(numbers: &mut impl Iterator<Item = u32>) {
    let mut total = 0;
    let all: Vec<u32> = numbers.take(20).collect();
    for i in all {
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
