// accepted: a stream that is always ready, driven from sync code

use workbook::{print, println};

fn endless() -> impl Iterator<Item = u32> {
    let stream = async_stream::stream! {
        loop {
            for value in [9, 8, 7, 6] {
                yield value;
            }
        }
    };
    futures::executor::block_on_stream(Box::pin(stream))
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
