// accepted: iter::successors, by hand in add_up, and print instead of join

use workbook::{print, println};

fn endless() -> impl Iterator<Item = u32> {
    std::iter::successors(Some(9), |&value| Some(if value > 6 { value - 1 } else { 9 }))
}

fn add_up(numbers: &mut impl Iterator<Item = u32>) {
    let mut total = 0;
    let discarded = loop {
        match numbers.next() {
            Some(i) if total < 40 => {
                total += i;
                print!("{i:02}/{total:02} ");
            }
            other => break other,
        }
    };
    println!();
    if let Some(i) = discarded {
        println!("discarding {i}");
    }
}

fn three_more(numbers: &mut impl Iterator<Item = u32>) {
    print!("{}", numbers.next().unwrap());
    print!(" {}", numbers.next().unwrap());
    println!(" {}", numbers.next().unwrap());
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
