// accepted: iter::from_fn, the state in a closure

use workbook::{print, println};

fn endless() -> impl Iterator<Item = u32> {
    let mut next = 9;
    std::iter::from_fn(move || {
        let value = next;
        next = if value == 6 { 9 } else { value - 1 };
        Some(value)
    })
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
