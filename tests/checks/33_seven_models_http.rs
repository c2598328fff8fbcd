//! Checks of 33_seven_models_http, for the exercise and its solution alike.

#[path = "33_seven_models_http/scene.rs"]
mod scene;

use std::{pin::pin, time::Duration};

use super::{
    Fetched, as_completed, async_iterator, fetch, gather, list_of_tasks, measure, program, sequential_loop, task_group,
    wait,
};
use futures::{Stream, StreamExt, future::join_all};
use reqwest::{Client, Url};
use scene::{IN_TURN, TEXTS, TIMES, forty, of_any_size, of_six, six, text, texts, visit};
use tokio::time::sleep;
use workbook::{
    check::{Run, check, expect, fail, secs},
    recording::{TaskEnd, duration_text},
    site::Page,
};

const URLS_ORDER: &str = "The pages come in the order of the URLs, whichever is there first.";
const NOT_ASKED: &str = "A request began before somebody pulled. A stream works only while it is pulled: begin a fetch in the pull \
                         that asks for its page.";

#[test]
fn fetch_prints_a_line() {
    check("fetch prints status, URL and the time of its own request", |c| {
        let run = visit(c, six(), async |client, urls| {
            sleep(secs(10.0)).await;
            let one = fetch(client.clone(), urls[1].clone()).await;
            let (zero, three) =
                tokio::join!(fetch(client.clone(), urls[0].clone()), fetch(client.clone(), urls[3].clone()));
            let again = fetch(client, urls[1].clone()).await;
            texts(vec![one, zero, three, again])
        });
        expect(run.output().result == ["one", "zero", "three", "one"], "fetch yields the text of the page.");
        expect(run.output().requests == 4, "Each fetch asks the site once, whatever was fetched before.");
        run.says(
            [
                "> [500] Completed http://127.0.0.1/1 [ 1.00000 s ]",
                "> [200] Completed http://127.0.0.1/3 [ 2.00000 s ]",
                "> [404] Completed http://127.0.0.1/0 [ 3.00000 s ]",
                "> [500] Completed http://127.0.0.1/1 [ 1.00000 s ]",
            ],
            "A line for each request: its status, its URL, and how long it took itself. Its clock starts when it begins.",
        );
        run.transcript("fetch", "The line comes when the page is there.");
    });
}

#[test]
fn fetch_fails() {
    check("a page that does not come wholly is an error, without a line", |c| {
        let cut = Page::text("a long text").after(secs(1.0)).cut_after(4);
        let run = visit(c, vec![("/cut".to_string(), cut)], async |client, urls| {
            fetch(client, urls[0].clone()).await.is_err()
        });
        expect(run.output().result, "Only a part of the page has come: await the whole text, and hand the error on.");
        run.says::<&str>([], "The line says that a page is completed: await the whole text before you print it.");
    });
}

#[test]
fn measure_makes_a_client() {
    check("measure hands each model a client of its own, and tells how long it took", |c| {
        let page = |nth| (format!("/{nth}"), Page::text("page").after(secs(1.5)));
        let run = visit(c, (0..6).map(page).collect(), async |_, urls| {
            sleep(secs(5.0)).await;
            for title in ["first", "second"] {
                let urls = urls.clone();
                measure(title, async |client: Client| {
                    join_all(urls.into_iter().map(|url| client.get(url).send())).await;
                })
                .await;
                sleep(secs(1.0)).await;
            }
        });
        expect(run.output().requests == 12, "measure runs each model once.");
        expect(
            run.output().connections == 12,
            "The second model used connections of the first. A client keeps its connections for later, and its clones share \
             them: make a new client for each model.",
        );
        run.says(
            ["", "first : [1.500000 sec]", "", "", "second : [1.500000 sec]", ""],
            "measure tells how long its model took: its clock starts when the model begins.",
        );
    });
}

/// Asks for so many pages, and pauses for a second after each.
async fn pull(stream: impl Stream<Item = Fetched>, most: usize) -> Vec<String> {
    let mut stream = pin!(stream);
    let mut pages = Vec::new();
    while pages.len() < most
        && let Some(page) = stream.next().await
    {
        pages.push(text(page));
        sleep(secs(1.0)).await;
    }
    pages
}

#[test]
fn async_iterator_is_pulled() {
    check("async_iterator: a request for each page that is asked for, one at a time", |c| {
        for (most, requests, time) in [(0, 0, 0.0), (2, 2, 6.0), (usize::MAX, 6, 27.0)] {
            let run = visit(c, six(), async move |client, urls| pull(async_iterator(client, urls), most).await);
            expect(run.output().requests == requests && run.output().peak <= 1, NOT_ASKED);
            run.takes(secs(time), NOT_ASKED);
            run.nothing_alive("The stream was dropped, and something went on.");
        }
        let all = async |client, urls| async_iterator(client, urls).map(text).collect::<Vec<_>>().await;
        expect(of_six(c, false, all) == TEXTS, URLS_ORDER);
        expect(of_any_size(c, false, all) == forty(), URLS_ORDER);
    });
}

#[test]
fn sequential_loop_takes_the_sum() {
    check("sequential_loop: one request at a time", |c| {
        let all = async |client, urls| texts(sequential_loop(client, urls).await);
        expect(of_six(c, false, all) == TEXTS, URLS_ORDER);
        expect(of_any_size(c, false, all) == forty(), URLS_ORDER);
    });
}

#[test]
fn gather_keeps_the_order() {
    check("gather: all requests at once, pages in the order of the URLs", |c| {
        let all = async |client, urls| texts(gather(client, urls).await);
        expect(of_six(c, true, all) == TEXTS, URLS_ORDER);
        expect(of_any_size(c, true, all) == forty(), URLS_ORDER);
    });
}

#[test]
fn wait_waits_for_all() {
    check("wait: all requests at once, until every task is done", |c| {
        let all = async |client, urls| {
            let mut pages: Vec<String> = wait(client, urls).await.into_iter().flatten().map(text).collect();
            pages.sort_by_key(|page| page.parse().unwrap_or(0));
            pages
        };
        let (mut pages, mut expected) = (of_six(c, true, all), TEXTS.map(str::to_string));
        pages.sort();
        expected.sort();
        expect(pages == expected, "wait returns what became of every task.");
        expect(of_any_size(c, true, all) == forty(), "wait returns what became of every task.");
    });
}

/// The callback was called with these pages, each in its second.
fn expect_told<T>(run: &Run<T>, expected: [(f64, &str); 6], idea: &str) {
    let expected = expected.map(|(second, page)| (secs(second), format!("got [{page}]")));
    let lines = run.recording().lines().into_iter().filter(|line| line.text.starts_with("got"));
    let told: Vec<_> = lines.map(|line| (line.at.time(), line.text)).collect();
    if told != expected {
        let text = |told: &[(Duration, String)]| {
            told.iter().map(|(at, text)| format!("{text} at {}", duration_text(*at))).collect::<Vec<_>>().join(", ")
        };
        fail(format!("{idea}\n\nexpected: {}\nyours:    {}", text(&expected), text(&told)));
    }
}

fn tell(page: Fetched) {
    workbook::println!("got [{}]", text(page));
}

#[test]
fn as_completed_goes_by_completion() {
    check("as_completed: all requests at once, each page as soon as it is there", |c| {
        let idea =
            "each is called with a page as soon as it is there: the quickest comes first, and waits for no slower one.";
        let run = visit(c, six(), async |client, urls| as_completed(client, urls, tell).await);
        let told = [(1.0, "one"), (2.0, "three"), (3.0, "zero"), (4.0, ""), (5.0, "five"), (6.0, "four")];
        expect(run.output().peak == 6, IN_TURN);
        expect_told(&run, told, idea);
        let all = async |client, urls| {
            let mut pages = Vec::new();
            as_completed(client, urls, |page| pages.push(text(page))).await;
            pages
        };
        expect(of_six(c, true, all) == told.map(|(_, page)| page), idea);
        expect(of_any_size(c, true, all).iter().rev().eq(&forty()), idea);
    });
}

#[test]
fn list_of_tasks_goes_by_the_list() {
    check("list_of_tasks: all requests at once, each page when its turn comes", |c| {
        let idea = "each is called in the order of the URLs, with a page as soon as it and all before it are there: a quick one \
                    waits for those before it, and for none after it.";
        let run = visit(c, six(), async |client, urls| list_of_tasks(client, urls, tell).await);
        expect(run.output().peak == 6, IN_TURN);
        let told = [(3.0, "zero"), (3.0, "one"), (4.0, ""), (4.0, "three"), (6.0, "four"), (6.0, "five")];
        expect_told(&run, told, idea);
        let all = async |client, urls| {
            let mut pages = Vec::new();
            list_of_tasks(client, urls, |page| pages.push(text(page))).await;
            pages
        };
        expect(of_six(c, true, all) == TEXTS, idea);
        expect(of_any_size(c, true, all) == forty(), idea);
    });
}

#[test]
fn errors_are_results() {
    check("in the first six models a page that fails does no harm to the others", |c| {
        let mut pages = six();
        pages[3].1 = Page::text("three").after(secs(2.0)).cut_after(2);
        let run = visit(c, pages, async |client: Client, urls: Vec<Url>| {
            let both = || (client.clone(), urls.clone());
            let (mut completed, mut listed) = (Vec::new(), Vec::new());
            let ((a, b), (d, e), (f, g), (h, i), (j, k), (l, m)) = (both(), both(), both(), both(), both(), both());
            let all = vec![
                async_iterator(a, b).collect().await,
                sequential_loop(d, e).await,
                gather(f, g).await,
                wait(h, i).await.into_iter().flatten().collect(),
                {
                    as_completed(j, k, |page| completed.push(page)).await;
                    completed
                },
                {
                    list_of_tasks(l, m, |page| listed.push(page)).await;
                    listed
                },
            ];
            all.into_iter().map(|pages| pages.iter().filter(|page| page.is_ok()).count() * 10 + pages.len()).collect()
        });
        let counts: &Vec<usize> = &run.output().result;
        expect(
            *counts == [56; 6],
            "One of six pages fails: five are there, and the sixth is an error in its place. Only model 7 ends with it.",
        );
    });
}

#[test]
fn task_group_ends_together() {
    check("task_group: all requests at once; when one fails, nothing is left under way", |c| {
        let all = async |client, urls| match task_group(client, urls).await {
            Ok(()) => vec!["all are there".to_string()],
            Err(_) => vec!["an error".to_string()],
        };
        expect(
            of_six(c, true, all) == ["all are there"],
            "All pages came: task_group returns Ok. A bad status is no failure.",
        );
        for (broken, time) in [(vec![1], 1.0), (vec![0, 2], 3.0), (vec![5, 3, 0], 2.0), (vec![4], 6.0)] {
            let mut pages = six();
            for nth in broken {
                pages[nth].1 = Page::text("broken").after(secs(TIMES[nth])).cut_after(3);
            }
            let run = visit(c, pages, async |client, urls| {
                let failed = task_group(client, urls).await.is_err();
                workbook::println!("returned");
                // The site hears a moment later that nobody waits any more.
                sleep(secs(0.001)).await;
                failed
            });
            expect(run.output().result, "A page did not come, and task_group returned Ok. Look at the result of each.");
            run.takes(
                secs(time + 0.001),
                "task_group returns with the error that comes first in time, wherever in the list its URL is: nothing else is \
                 waited for.",
            );
            let left = "task_group returned an error while other requests were under way. To drop a handle leaves its task \
                        running: cancel the others, and wait until they are gone.";
            let returned = run.recording().prints.iter().find(|print| print.text == "returned\n");
            let returned = returned.map_or(0, |print| print.at.step);
            let gone = |end: Option<TaskEnd>| end.is_some_and(|end| end.at.step < returned);
            expect(run.recording().spawned().iter().all(|task| gone(task.end.clone())), left);
            expect(run.output().in_flight == 0, left);
        }
    });
}

#[test]
fn task_group_of_many_ends_together() {
    check("task_group ends with the first failure, in the middle of forty pages", |c| {
        let page = |n: usize| {
            let page = Page::text("page").after(secs(if n == 20 { 1.0 } else { 2.0 }));
            (format!("/{n}"), if n == 20 { page.cut_after(2) } else { page })
        };
        let run = visit(c, (0..40).map(page).collect(), async |client, urls| task_group(client, urls).await.is_err());
        expect(run.output().result, "A page did not come, and task_group returned Ok. Look at the result of each.");
        run.takes(
            secs(1.0),
            "A page breaks off at 1 s, and no other is waited for, however many there are. (try_join_all takes the results of \
             more than 30 futures in the order of the list.)",
        );
    });
}

#[test]
fn the_program() {
    check("the program: two models take six seconds, five as long as the slowest page", |c| {
        let mut run = c.run(program);
        run.in_order()
            .transcript("program", "42 requests, and each model makes its own six, with a client of its own.");
    });
}
