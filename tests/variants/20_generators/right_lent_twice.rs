// accepted: by_ref, and an enum of states

use workbook::{print, println};

#[derive(Clone, Copy)]
enum Endless {
    Nine,
    Eight,
    Seven,
    Six,
}

impl Iterator for Endless {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let (value, next) = match self {
            Endless::Nine => (9, Endless::Eight),
            Endless::Eight => (8, Endless::Seven),
            Endless::Seven => (7, Endless::Six),
            Endless::Six => (6, Endless::Nine),
        };
        *self = next;
        Some(value)
    }
}

fn endless() -> Endless {
    Endless::Nine
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
    add_up(numbers.by_ref());
    three_more(numbers.by_ref());
}

fn main() {
    workbook::run_sync(run);
}

#[cfg(test)]
#[path = "../../checks/20_generators.rs"]
mod checks;
