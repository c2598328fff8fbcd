// rejected with: The first four are

use workbook::{print, println};

struct Endless {
    next: u32,
}

impl Iterator for Endless {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.next = if self.next == 6 { 9 } else { self.next - 1 };
        Some(self.next)
    }
}

fn endless() -> Endless {
    Endless { next: 9 }
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
