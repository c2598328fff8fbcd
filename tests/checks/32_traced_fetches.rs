//! Checks of 32_traced_fetches, for the exercise and its solution alike.

use reqwest::{Client, Url};

use super::*;
use workbook::{
    check::{Checks, Run, check, expect, fail, secs},
    site::{Page, Site},
};

#[test]
fn on_end_tells_the_time_since_its_own_on_start() {
    check("on_end tells the time since its own on_start", |c| {
        let url = |name: &str| Url::parse(&format!("http://127.0.0.1/{name}")).expect("a URL");
        let run = c.run(move || async move {
            tokio::time::sleep(secs(10.0)).await;
            let first = on_start();
            tokio::time::sleep(secs(1.0)).await;
            let second = on_start();
            tokio::time::sleep(secs(0.25)).await;
            on_end(first, &url("first"));
            tokio::time::sleep(secs(0.5)).await;
            on_end(second, &url("second"));
        });
        run.says(
            ["# [1.250s] : http://127.0.0.1/first", "# [0.750s] : http://127.0.0.1/second"],
            "Each request has a clock of its own: on_start starts it, when this request begins and not when the batch does, and \
             only its own Trace knows it. Take the time with tokio's Instant.",
        );
        run.takes(secs(11.75), "on_start and on_end do not wait for anything.");
    });
}

#[test]
fn fetch_measures_one_request() {
    check("fetch measures its own request, whenever that begins", |c| {
        let run = visit(c, vec![("/a", page(129)), ("/b", page(500)), ("/slow", page(2000))], async |client, site| {
            tokio::time::sleep(secs(3.0)).await;
            // One after another, then one that begins while another is under way.
            let mut fetched = vec![fetch(client, &url(site, "/a")).await, fetch(client, &url(site, "/b")).await];
            let later = async {
                tokio::time::sleep(secs(0.7)).await;
                fetch(client, &url(site, "/b")).await
            };
            let slow = url(site, "/slow");
            let (slow, later) = tokio::join!(fetch(client, &slow), later);
            fetched.extend([slow, later]);
            fetched.into_iter().map(outcome).collect::<Vec<_>>()
        });
        expect(run.output().requests == 4, "Each fetch asks the site once.");
        run.says(
            [
                "# [0.129s] : http://127.0.0.1/a",
                "# [0.500s] : http://127.0.0.1/b",
                "# [0.500s] : http://127.0.0.1/b",
                "# [2.000s] : http://127.0.0.1/slow",
            ],
            "Each line tells how long its own request took: on_start when the request begins, on_end when its answer is there. \
             Between the two lies the await, and each request has a clock of its own.",
        );
        run.transcript("fetch", "Each line is printed when its answer is there.");
        came_back(&run.output().result, &[("/a", 200), ("/b", 200), ("/slow", 200), ("/b", 200)]);
    });
}

#[test]
fn fetch_follows_a_redirect() {
    check("after a redirect the line shows the final URL, and the time of both requests", |c| {
        let moved = Page::redirect("/new/").after(secs(0.2));
        let run = visit(c, vec![("/old", moved), ("/new/", page(300))], async |client, site| {
            vec![outcome(fetch(client, &url(site, "/old")).await)]
        });
        expect(run.output().requests == 2, "The client follows the redirect by itself: two requests reach the site.");
        run.says(
            ["# [0.500s] : http://127.0.0.1/new/"],
            "The line shows the URL that answered in the end, which the response knows, and the time of the whole fetch.",
        );
        came_back(&run.output().result, &[("/old", 200)]);
    });
}

#[test]
fn fetch_hands_on_what_came() {
    check("a bad status is a result, no answer is an error", |c| {
        let pages = vec![("/gone", page(100).with_status(404)), ("/ill", page(100).with_status(500))];
        let run = visit(c, pages, async |client, site| {
            let fetched = vec![fetch(client, &url(site, "/gone")).await, fetch(client, &url(site, "/ill")).await];
            let no_http = Url::parse("ftp://127.0.0.1/").expect("a URL");
            let failed = fetch(client, &no_http).await.is_err();
            (fetched.into_iter().map(outcome).collect::<Vec<_>>(), failed)
        });
        let (fetched, failed) = &run.output().result;
        came_back(fetched, &[("/gone", 404), ("/ill", 500)]);
        expect(*failed, "What cannot be fetched at all is an error, and fetch hands it on.");
    });
}

#[test]
fn fetch_all_fetches_five_at_once() {
    check("fetch_all has five requests under way at once, and traces each when it is there", |c| {
        let run = visit(c, five(), async |client, site| {
            let paths = ["/securityheaders", "/hstspreload", "/isc2", "/sans", "/scotthelme"];
            outcomes(fetch_all(client, &paths.map(|path| url(site, path))).await)
        });
        let Visit { requests, peak, result } = run.output();
        expect(
            *requests == 6,
            "fetch_all asks for each page once; one of the five has moved, which makes six requests.",
        );
        expect(
            *peak == 5,
            "The requests ran one after another, or only some of them at once: the site never saw all five under way. Start \
             them all before you wait for the first.",
        );
        run.takes(secs(2.203), "Five requests at once take as long as the slowest of them.");
        run.transcript("fetch_all", "Each request is traced when its answer is there: the quickest first.");
        let expected =
            [("/securityheaders", 200), ("/hstspreload", 200), ("/isc2", 200), ("/sans", 200), ("/scotthelme", 200)];
        came_back(result, &expected);
    });
}

#[test]
fn fetch_all_keeps_the_order() {
    check("the results come in the order of the URLs", |c| {
        let pages = vec![
            ("/slow", page(3000).with_status(404)),
            ("/quick", page(1000)),
            ("/middle", page(2000).with_status(503)),
        ];
        let run = visit(c, pages, async |client, site| {
            outcomes(fetch_all(client, &["/slow", "/quick", "/middle", "/quick"].map(|path| url(site, path))).await)
        });
        came_back(&run.output().result, &[("/slow", 404), ("/quick", 200), ("/middle", 503), ("/quick", 200)]);
    });
}

#[test]
fn fetch_all_fails_if_one_does() {
    check("when one page cannot be fetched, fetch_all returns the error, and no request is left under way", |c| {
        for refused_first in [true, false] {
            let pages = vec![("/slow", page(3000)), ("/quick", page(1000))];
            let run = visit(c, pages, async move |client, site| {
                let mut urls = vec![url(site, "/slow"), url(site, "/quick")];
                let refused = site.refused_url("/").parse().expect("a URL");
                urls.insert(if refused_first { 0 } else { 2 }, refused);
                let failed = fetch_all(client, &urls).await.is_err();
                // The site hears a moment later that nobody waits any more.
                tokio::time::sleep(secs(0.001)).await;
                (failed, site.in_flight())
            });
            let (failed, in_flight) = run.output().result;
            expect(
                failed,
                "A page could not be fetched, and fetch_all returned Ok. Its caller would take the others for all there are: \
                 hand the error on.",
            );
            expect(
                in_flight == 0,
                "fetch_all returned an error while other requests were under way. A task goes on without its handle: keep the \
                 futures in your own task, where they are dropped with it, or end the tasks before you return.",
            );
        }
    });
}

#[test]
fn fetch_all_takes_any_number() {
    check("fetch_all fetches none, or forty", |c| {
        let run = visit(c, five(), async |client, _| outcomes(fetch_all(client, &[]).await));
        run.takes(secs(0.0), "Without URLs there is nothing to wait for.");
        came_back(&run.output().result, &[]);
        let run = visit(c, vec![("/page", page(1000))], async |client, site| {
            outcomes(fetch_all(client, &vec![url(site, "/page"); 40]).await)
        });
        expect(run.output().peak == 40, "Forty URLs are forty requests under way at once.");
        run.takes(secs(1.0), "Forty requests at once take as long as one.");
        came_back(&run.output().result, &[("/page", 200); 40]);
    });
}

#[test]
fn the_program() {
    check("the program: lines by completion, results by input", |c| {
        let mut run = c.run(async || main_async().await.is_ok());
        run.returns(true, "All five pages are there.");
        run.in_order().transcript("main_async", "Traced as they come, listed as they were asked for.");
    });
}

/// What a visit came to, and what the site saw of it.
struct Visit<T> {
    result: T,
    requests: usize,
    peak: usize,
}

/// Serves the pages to `scene`, which calls the learner's functions.
fn visit<T: 'static>(
    c: &Checks,
    pages: Vec<(&'static str, Page)>,
    scene: impl AsyncFnOnce(&Client, &Site) -> T + 'static,
) -> Run<Visit<T>> {
    c.run(async || {
        let site = Site::start(pages).await;
        let client = Client::builder().no_proxy().build().expect("a client");
        let result = scene(&client, &site).await;
        Visit { result, requests: site.requests(), peak: site.peak_in_flight() }
    })
}

fn page(millis: u64) -> Page {
    Page::text("welcome").after(std::time::Duration::from_millis(millis))
}

/// The five pages, and a sixth to which one of them has moved.
fn five() -> Vec<(&'static str, Page)> {
    vec![
        ("/securityheaders", page(1397)),
        ("/hstspreload", page(932)),
        ("/isc2", page(1086)),
        ("/sans", Page::redirect("/sans/apac").after(secs(0.5))),
        ("/sans/apac", page(1703)),
        ("/scotthelme", page(129)),
    ]
}

fn url(site: &Site, path: &str) -> Url {
    site.url(path).parse().expect("a URL")
}

/// A path and the status with which it came back, or why it did not.
type Outcome = Result<(String, u16), String>;

fn outcome(fetched: reqwest::Result<Fetched>) -> Outcome {
    fetched.map(|fetched| (fetched.url.path().to_string(), fetched.status.as_u16())).map_err(|error| error.to_string())
}

fn outcomes(fetched: reqwest::Result<Vec<Fetched>>) -> Vec<Outcome> {
    match fetched {
        Ok(fetched) => fetched.into_iter().map(|fetched| outcome(Ok(fetched))).collect(),
        Err(error) => vec![Err(error.to_string())],
    }
}

fn came_back(fetched: &[Outcome], expected: &[(&str, u16)]) {
    if let Some(error) = fetched.iter().find_map(|outcome| outcome.as_ref().err()) {
        fail(format!(
            "A page that was answered came back as an error. A bad status is an answer too.\n\nthe error: {error}"
        ));
    }
    expect(
        fetched.iter().flatten().all(|(_, status)| *status != 405),
        "The site answered 405, Method Not Allowed: a page is fetched with GET. HEAD asks about a page, and fetches none.",
    );
    let show = |path: &str, status: u16| format!("{path} [{status}]");
    let yours: Vec<String> = fetched.iter().flatten().map(|(path, status)| show(path, *status)).collect();
    let expected: Vec<String> = expected.iter().map(|(path, status)| show(path, *status)).collect();
    if yours != expected {
        fail(format!(
            "Each result holds the URL that was asked for and the status that came, and the results come in the order of the \
             URLs, whatever is answered first.\n\nexpected: {}\nyours:    {}",
            expected.join(", "),
            yours.join(", ")
        ));
    }
}
