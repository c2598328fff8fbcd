//! Checks of 11_load_fire, for the exercise and its solution alike.

use std::{collections::VecDeque, sync::Mutex};

use super::*;
use workbook::{
    check::{Run, check, expect, fail, secs},
    recording::duration_text,
};

const OWN_LOAD: &str = "A gun fires as soon as it is loaded itself, whatever the others do. Here one was loaded and did not begin \
                        to fire: it waited for the load of another. A chain is a load and its fire; let the chains overlap, not \
                        the steps.";
const IN_TURN: &str = "The chains ran one after another: one began only when another was done. Build all the chains, and hand \
                       them to one await.";
const NAMES: [&str; 3] = ["cannon", "laser", "railgun"];

/// Rolls these, one after another, and 0 from then on.
fn loaded_dice(rolls: &[u64]) -> impl Fn() -> u64 + Send + Sync + use<> {
    let rolls = Mutex::new(VecDeque::from(rolls.to_vec()));
    move || rolls.lock().unwrap().pop_front().unwrap_or(0)
}

/// What each chain takes to load, and to fire. No two end at the same time.
const TAKES: [[u64; 2]; 3] = [[5, 2], [1, 3], [3, 9]];

fn of_chain(idx: usize) -> impl Fn() -> u64 + Send + Sync + use<> {
    loaded_dice(&TAKES[idx])
}

#[test]
fn load_takes_what_it_rolled() {
    check("load waits for the seconds it rolled, and returns them", |c| {
        for (name, seconds) in [("cannon", 4), ("laser", 0)] {
            let run = c.run(move || async move { load(name, &loaded_dice(&[seconds, 9])).await });
            run.says(
                [format!("loading {name}: (will take {seconds} seconds)"), format!("{name} loaded..")],
                "load says what it will take, and when it is done.",
            );
            run.returns(seconds, "load returns the seconds that it rolled, once.");
            run.takes(secs(seconds as f64), "load waits for as many seconds as it rolled.");
            run.transcript(&format!("load_{name}"), "load says what it will take, waits, and says that it is done.");
        }
    });
}

#[test]
fn fire_hands_on_what_it_was_given() {
    check("fire waits for the seconds it rolled, and returns both numbers", |c| {
        for (name, last_i, seconds) in [("cannon", 7, 2), ("laser", 3, 0)] {
            let run = c.run(move || async move { fire(name, last_i, &loaded_dice(&[seconds, 9])).await });
            run.says(
                [format!("firing {name}: (will take {seconds} seconds)"), format!("{name} fired!")],
                "fire says what it will take, and when it is done.",
            );
            run.returns(
                (last_i, seconds),
                "fire returns what it was given, and then the seconds that it rolled, once.",
            );
            run.takes(secs(seconds as f64), "fire waits for as many seconds as it rolled.");
            run.transcript(&format!("fire_{name}"), "fire says what it will take, waits, and says that it is done.");
        }
    });
}

#[test]
fn a_chain_is_a_sequence() {
    check("chain loads, then fires with what the load returned", |c| {
        let load = c.run(|| async { load("cannon", &loaded_dice(&[3])).await });
        let fire = c.run(|| async { fire("cannon", 3, &loaded_dice(&[5])).await });
        let mut run = c.run(|| chain("cannon", loaded_dice(&[3, 5])));
        run.overlap(
            run.recording().timers(),
            1,
            "The cannon was fired while it was still being loaded. Await the load first: fire needs what it returns.",
        );
        run.calls(&load, 1, "chain calls load, once, awaits it, and leaves the printing to it.");
        run.calls(&fire, 1, "chain calls fire, once, awaits it, and leaves the printing to it.");
        run.takes(secs(8.0), "The load takes three seconds, the fire after it five.");
        run.in_order()
            .transcript("chain", "fire begins when load is done, gets what it returned, and the timing comes last.");
    });
}

#[test]
fn a_chain_has_its_own_clock() {
    check("each chain measures its own time", |c| {
        let mut run = c.run(|| async {
            tokio::time::sleep(secs(10.0)).await;
            chain("laser", loaded_dice(&[2, 1])).await;
            chain("laser", loaded_dice(&[0, 4])).await;
        });
        run.in_order().transcript(
            "own_clock",
            "The total of a chain is the time from its own start, for which there is tokio's Instant, not from the start of \
             the program.",
        );
    });
}

#[test]
fn chains_overlap() {
    check("the chains run at once, and each fires when it is loaded itself", |c| {
        let load = c.run(|| async { load("laser", &loaded_dice(&[1])).await });
        let run = c.run(|| main_async(&NAMES, of_chain));
        run.nothing_alive("main_async returned before its chains were done: a task that nobody awaits is lost.");
        run.calls(&load, 1, "main_async runs a chain for each name, once, with the dice of its place.");
        run.overlap(run.recording().timers(), 3, IN_TURN);
        each_fires_when_loaded(&run, &NAMES);
        run.takes(secs(12.0), "All chains together take as long as the slowest: three seconds and nine.");
        run.transcript("main_async", "Each chain goes on at its own pace, from 0 s to its own end.");
    });
}

#[test]
fn any_number_of_chains() {
    check("no chain, one chain, a hundred chains", |c| {
        c.run(|| main_async(&[], of_chain)).takes(secs(0.0), "Without names there is nothing to wait for.");
        c.run(|| main_async(&["laser"], of_chain)).takes(secs(7.0), "A single chain takes as long as it takes.");
        let run = c.run(|| main_async(&["gun"; 100], |idx| loaded_dice(&[1 + idx as u64, 100 - idx as u64])));
        run.overlap(run.recording().timers(), 100, IN_TURN);
        run.takes(secs(101.0), "A hundred chains at once take as long as the slowest of them.");
        let timings = run.recording().lines().iter().filter(|line| line.text.contains("total 101.00")).count();
        expect(timings == 100, OWN_LOAD);
    });
}

#[test]
fn the_program() {
    check("the program: the same times at each run, whoever rolls first", |c| {
        let run = c.run(program);
        for (idx, name) in NAMES.into_iter().enumerate() {
            let alone = c.run(move || chain(name, dice(idx)));
            run.calls(
                &alone,
                1,
                "A chain rolls the same alone as beside the others: the name at place idx has dice(idx).",
            );
        }
        run.transcript("program", "Three chains at once, and the program says how long it took.");
    });
}

/// Each gun begins to fire at the time at which it is loaded.
fn each_fires_when_loaded<T>(run: &Run<T>, names: &[&str]) {
    let lines = run.recording().lines();
    let time_of = |start: String| {
        let line = lines.iter().find(|line| line.text.starts_with(&start));
        line.map(|line| line.at.time()).unwrap_or_else(|| fail(format!("Nobody said '{start}'.")))
    };
    for name in names {
        let (loaded, firing) = (time_of(format!("{name} loaded")), time_of(format!("firing {name}")));
        if loaded != firing {
            let (loaded, firing) = (duration_text(loaded), duration_text(firing));
            fail(format!("{OWN_LOAD}\n\n{name} was loaded at: {loaded}\nand began to fire at: {firing}"));
        }
    }
}
