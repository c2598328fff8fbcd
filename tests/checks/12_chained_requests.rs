//! Checks of 12_chained_requests, for the exercise and its solution alike.

use std::{collections::BTreeMap, rc::Rc, time::Duration};

use super::*;
use workbook::{
    check::{Checks, Run, check, expect, fail, secs},
    recording::duration_text,
};

const TO_THE_END: &str = "fetch_chain goes on as long as a page names a next one, and returns the body of every page it got, the \
                          first and the last one too, in the order it got them.";
const ASKED: &str =
    "Every page of a chain is asked for with net.get, once, as soon as the page before it has named it.";
const IN_TURN: &str = "The chains were followed one after another. Only within a chain does a page depend on the one before it: \
                       begin all the chains, and await them together.";
const GROUPED: &str = "The bodies are grouped by chain, and the groups come in the order of the starts, whichever chain is done \
                       first.";
const OWN_PACE: &str = "A chain asks for its next page as soon as its own page has come: it does not wait for the others to come \
                        as far.";

/// URL, tenths of a second, body.
type Page = (&'static str, u64, &'static str);

/// Three chains: of three pages, of two, of one. The one that is begun first is done last.
const THREE: [Page; 6] = [
    ("/a", 10, "a next: /a/2"),
    ("/a/2", 30, "a2 next: /a/3"),
    ("/a/3", 10, "a3"),
    ("/b", 20, "b next: /b/2"),
    ("/b/2", 5, "b2"),
    ("/c", 10, "c"),
];

fn follow(c: &Checks, pages: &[Page], start: &'static str) -> Run<Vec<String>> {
    let net = Net::new(pages);
    c.run(move || async move { fetch_chain(&net, start).await })
}

fn follow_all(c: &Checks, pages: &[Page], starts: &[&'static str]) -> Run<Vec<Vec<String>>> {
    let (net, starts) = (Net::new(pages), starts.to_vec());
    let run = c.run(move || async move { chain_all(&net, &starts).await });
    run.nothing_alive("chain_all returned before its chains were done: a task that nobody awaits is lost.");
    run
}

/// What `fetch_chain` comes to for each of the chains by itself. So `chain_all` can be right before `fetch_chain` is.
fn alone(c: &Checks, pages: &[Page], starts: &[&'static str]) -> Vec<Rc<Run<Vec<String>>>> {
    let mut followed = BTreeMap::new();
    let mut run = |start| Rc::clone(followed.entry(start).or_insert_with(|| Rc::new(follow(c, pages, start))));
    starts.iter().map(|start| run(*start)).collect()
}

/// The bodies of each chain, as `fetch_chain` returned them.
fn groups(alone: &[Rc<Run<Vec<String>>>]) -> Vec<Vec<String>> {
    alone.iter().map(|run| run.output().clone()).collect()
}

/// Together the chains went on as each does alone.
fn at_once(run: &Run<Vec<Vec<String>>>, alone: &[Rc<Run<Vec<String>>>]) {
    let peaks = alone.iter().map(|run| run.recording().peak(run.recording().timers()));
    run.overlap(run.recording().timers(), peaks.sum(), IN_TURN);
    same_lines(&alone.iter().flat_map(|run| lines(run)).collect(), run, OWN_PACE);
}

/// The pages of the chain that begins at `start`.
fn chain(pages: &[Page], start: &str) -> Vec<Page> {
    let page = |url: &str| *pages.iter().find(|page| page.0 == url).expect("every link leads to a page");
    std::iter::successors(Some(page(start)), |(_, _, body)| parse_next(body).map(page)).collect()
}

fn bodies(pages: &[Page], start: &str) -> Vec<String> {
    chain(pages, start).into_iter().map(|(_, _, body)| body.to_string()).collect()
}

/// When what was printed.
type Lines = Vec<(Duration, String)>;

fn lines<T>(run: &Run<T>) -> Lines {
    run.recording().lines().into_iter().map(|line| (line.at.time(), line.text)).collect()
}

/// When which page of a chain is to be asked for, and when it has come.
fn schedule(pages: &[Page], start: &str) -> Lines {
    let mut lines = Vec::new();
    let mut now = Duration::ZERO;
    for (url, tenths, _) in chain(pages, start) {
        lines.push((now, format!("get {url}")));
        now += Duration::from_millis(100 * tenths);
        lines.push((now, format!("got {url}")));
    }
    lines
}

/// The same pages were asked for, at the same times.
fn same_lines<T>(expected: &Lines, run: &Run<T>, idea: &str) {
    let (mut expected, mut yours) = (expected.clone(), lines(run));
    expected.sort();
    yours.sort();
    let texts = |lines: &Lines| {
        let mut texts: Vec<String> = lines.iter().map(|(_, text)| text.clone()).collect();
        texts.sort();
        texts
    };
    if texts(&expected) != texts(&yours) {
        let requests = |lines: &Lines| lines.iter().filter(|(_, text)| text.starts_with("get")).count();
        fail(format!("{ASKED}\n\nrequests expected: {}\nyours:             {}", requests(&expected), requests(&yours)));
    }
    let differs = expected.iter().zip(&yours).find(|(expected, yours)| expected != yours);
    if let Some(((at, text), (your_time, yours))) = differs {
        let (at, your_time) = (duration_text(*at), duration_text(*your_time));
        fail(format!("{idea}\n\nexpected: at {at} {text}\nyours:    at {your_time} {yours}"));
    }
}

/// `fetch_chain` asked for one page after the other, and returned all their bodies.
fn to_its_end(run: &Run<Vec<String>>, pages: &[Page], start: &str) {
    run.overlap(
        run.recording().timers(),
        1,
        "A page was asked for before the one that names it had come. Within a chain nothing can overlap.",
    );
    run.returns(bodies(pages, start), TO_THE_END);
    same_lines(&schedule(pages, start), run, ASKED);
}

#[test]
fn a_chain_is_followed_to_its_end() {
    check("fetch_chain follows a chain to its end", |c| {
        for start in ["/a", "/b"] {
            to_its_end(&follow(c, &THREE, start), &THREE, start);
        }
        follow(c, &THREE, "/a").takes(secs(5.0), "A chain takes as long as its pages together.");
    });
}

#[test]
fn a_chain_of_one_page() {
    check("a page that names no other is a chain of its own", |c| {
        for start in ["/c", "/a/3"] {
            to_its_end(&follow(c, &THREE, start), &THREE, start);
        }
    });
}

#[test]
fn a_long_chain() {
    check("a chain may be long", |c| {
        let page = |nth: u64| {
            let next = if nth < 99 { format!(" next: /{}", nth + 1) } else { String::new() };
            (&*format!("/{nth}").leak(), 10, &*format!("page {nth}{next}").leak())
        };
        let pages: Vec<Page> = (0..100).map(page).collect();
        to_its_end(&follow(c, &pages, "/0"), &pages, "/0");
    });
}

#[test]
fn chains_overlap() {
    check("chain_all follows all the chains at once, each at its own pace", |c| {
        let starts = ["/a", "/b", "/c"];
        let (run, alone) = (follow_all(c, &THREE, &starts), alone(c, &THREE, &starts));
        at_once(&run, &alone);
        let longest = alone.iter().map(|run| run.recording().elapsed()).max().unwrap_or_default();
        run.takes(longest, "All the chains together take as long as the longest of them.");
    });
}

#[test]
fn bodies_are_grouped_by_start() {
    check("chain_all returns the bodies of each chain, in the order of the starts", |c| {
        for starts in [["/a", "/b", "/c"], ["/c", "/a", "/b"], ["/b", "/c", "/a"]] {
            follow_all(c, &THREE, &starts).returns(groups(&alone(c, &THREE, &starts)), GROUPED);
        }
    });
}

#[test]
fn chains_may_meet() {
    check("chains that meet get their pages each for itself", |c| {
        let pages = [("/a", 10, "a next: /x"), ("/b", 30, "b next: /x"), ("/x", 10, "x next: /y"), ("/y", 10, "y")];
        let starts = ["/a", "/b", "/a", "/x"];
        let (run, alone) = (follow_all(c, &pages, &starts), alone(c, &pages, &starts));
        let (mut expected, mut yours) = (groups(&alone), run.output().clone());
        yours.sort();
        expected.sort();
        expect(
            yours == expected,
            "Two chains may come to the same page, or begin at the same. Each asks for it, and has its body.",
        );
        run.returns(groups(&alone), GROUPED);
        at_once(&run, &alone);
    });
}

#[test]
fn none_one_and_a_hundred() {
    check("chain_all with no start, with one, with a hundred", |c| {
        let run = follow_all(c, &THREE, &[]);
        run.returns(vec![], "Without starts there are no chains.");
        run.takes(secs(0.0), "Without starts there is nothing to wait for.");

        let hundred: Vec<&str> = ["/b", "/a", "/c"].into_iter().cycle().take(100).collect();
        for starts in [&["/b"][..], &hundred] {
            let (run, alone) = (follow_all(c, &THREE, starts), alone(c, &THREE, starts));
            at_once(&run, &alone);
            let expected = groups(&alone);
            expect(*run.output() == expected, GROUPED);
        }
    });
}

#[test]
fn the_program() {
    check("the program: three chains in the time of the longest", |c| {
        c.run(program).transcript(
            "program",
            "Every chain goes on to its end at its own pace; all together they take as long as the longest, three seconds.",
        );
    });
}
