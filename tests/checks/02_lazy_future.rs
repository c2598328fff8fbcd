//! Checks of 02_lazy_future, for the exercise and its solution alike.

use super::*;
use workbook::{
    check::{check, expect, fail, secs},
    diagnosis::Code,
    recording::Moment,
};

#[test]
fn a_call_begins_nothing() {
    check("a call of make begins nothing, and a future that is dropped never begins", |c| {
        // Whether it blocks the thread when it does begin is the next check's matter.
        c.allow(Code::W02);
        let run = c.run(|| async {
            let (tea, cocoa) = (Box::pin(make("tea")), Box::pin(make("cocoa")));
            tokio::time::sleep(secs(5.0)).await;
            drop(cocoa);
            tokio::time::sleep(secs(5.0)).await;
            tea.await
        });
        let recording = run.recording();
        let before = |at: Moment| at.time() < secs(10.0);
        expect(
            !recording.tasks.iter().skip(1).any(|task| before(task.spawned)),
            "make hands its work to a task of its own: a task begins by itself, whether anybody awaits the future or not. \
             A future begins when it is first polled.",
        );
        if let Some(line) = recording.lines().iter().find(|line| before(line.at)) {
            fail(format!(
                "make printed \"{}\" though nobody had awaited its future yet. What stands in an async function or an \
                 async block runs when the future is polled; what stands outside runs at the call.",
                line.text
            ));
        }
        expect(
            !recording.blocks.iter().any(|block| before(block.began)),
            "make waits at the call, before anybody has awaited its future, and blocks the thread while it does.",
        );
        expect(
            !recording.lines().iter().any(|line| line.text.contains("cocoa")),
            "The cocoa was made, though its future was dropped without ever being polled.",
        );
    });
}

#[test]
fn the_future_does_the_work() {
    check("make's future prints, waits for a second, prints, yields", |c| {
        let mut run = c.run(|| async {
            let tea = Box::pin(make("tea"));
            tokio::time::sleep(secs(5.0)).await;
            tea.await
        });
        let recording = run.recording();
        run.says(["tea: water on", "tea: ready"], "Once its future is awaited, make prints two lines.");
        run.returns("a cup of tea".to_string(), "make yields a cup of what it was asked for.");
        expect(
            recording.lines()[0].at.time() == secs(5.0),
            "make's work begins at its call. Here it was called at 0 s and awaited at 5 s: only then may it begin.",
        );
        run.takes(secs(6.0), "Called at 0 s, awaited at 5 s: from there on make takes a second.");
        run.in_order().transcript("make", "The second lies between the two lines.");
    });
}

#[test]
fn the_future_holds_the_argument() {
    check("make makes what it is asked for", |c| {
        let run = c.run(|| Box::pin(make("cocoa")));
        run.says(["cocoa: water on", "cocoa: ready"], "make prints the name of what it was asked for.");
        run.returns("a cup of cocoa".to_string(), "make yields a cup of what it was asked for.");
    });
}

#[test]
fn run_awaits_one_and_drops_the_other() {
    check("run awaits the tea two seconds after the call, and never the coffee", |c| {
        let tea = c.run(|| Box::pin(make("tea")));
        let coffee = c.run(|| Box::pin(make("coffee")));
        let mut whole = c.run(run);
        whole.calls(
            &coffee,
            0,
            "The coffee was made, though nobody should want it: its future is to be dropped before it is ever polled.",
        );
        let Some(first) = tea.recording().prints.first() else { fail("make prints nothing, even when it is awaited.") };
        match whole.recording().prints.iter().find(|print| print.line == first.line) {
            Some(print) => expect(
                print.at.time() >= secs(2.0),
                "The tea was begun within the first two seconds. Call make, keep the future it gives you, and await it only \
                 after the two seconds.",
            ),
            None => fail(
                "Nobody awaited the tea: make was called, perhaps, but its future was never polled and did nothing.",
            ),
        }
        whole.calls(&tea, 1, "run awaits the future of the tea to its end, once.");
        whole.says(
            ["called make twice", "tea: water on", "tea: ready", "got a cup of tea", "nobody asked for coffee"],
            "run prints three lines of its own; the other two come from make.",
        );
        whole.takes(secs(3.0), "Two seconds in which nothing begins, and one for the tea.");
        whole.in_order().transcript("run", "The tea begins when it is awaited, two seconds after the call.");
    });
}
