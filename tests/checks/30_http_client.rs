//! Checks of 30_http_client, for the exercise and its solution alike.

use super::{FetchError, fetch, main_async, visit};
use futures::future::join_all;
use reqwest::{Client, StatusCode};
use tokio::{
    io::AsyncReadExt,
    net::TcpListener,
    time::{sleep, timeout},
};
use workbook::{
    check::{Checks, Run, check, expect, fail, secs},
    site::{Page, Site, of_all_kinds},
};

const BODY: &str = "The page is there: fetch returns the text of its body.";
const STATUS: &str = "A status of 400 or above is an error, and fetch returns Status with it. The body that comes with it is not \
                      the page that was asked for; reqwest makes no error of it by itself.";
const REFUSED: &str = "The port refuses every connection: that is the error Refused.";
const DEADLINE: &str = "When the whole answer is not there after five seconds, fetch gives up with TimedOut. A silent site lets \
                        you wait for ever, and so does one that stops in the middle of the body.";
const FOR_ALL: &str = "The five seconds are for the whole fetch: redirects, status and body. A deadline for each step gives a \
                       site five seconds more with every step.";
const TRUNCATED: &str = "The connection was closed before all of the body was there, and fetch has to say so: Truncated. Half a \
                         page is not the page.";
const NO_ANSWER: &str = "The connection was made, and it was closed before the first byte of an answer: that is Truncated. Nobody \
                         refused it, and `is_request()` says yes to it, as it does to a time-out and to a refusal: ask for \
                         those first.";
const REDIRECTS: &str = "A page that redirects to itself is given up by the client after ten redirects: Redirects.";

type Fetched = Result<String, FetchError>;

/// What fetches came to, and what the site saw of them.
struct Seen {
    results: Vec<Fetched>,
    requests: usize,
    connections: usize,
    in_flight: usize,
}

/// Fetches these pages, one after another with a pause of a second between, and waits for none longer than a minute.
fn fetched(c: &Checks, pages: Vec<(&'static str, Page)>, paths: &'static [&'static str]) -> Run<Seen> {
    let run = c.attempt(async move || {
        let site = Site::start(pages).await;
        let client = client();
        let mut results = Vec::new();
        for (nth, path) in paths.iter().enumerate() {
            if nth > 0 {
                sleep(secs(1.0)).await;
            }
            results.push(one(&client, &site.url(path)).await);
        }
        // Who was given up hears of it at once, and the site a moment later.
        sleep(secs(0.001)).await;
        Seen { results, requests: site.requests(), connections: site.connections(), in_flight: site.in_flight() }
    });
    run.without_panic("What the network does is no reason to panic: each failure is an error that fetch returns.")
}

/// One fetch, waited for no longer than a minute.
async fn one(client: &Client, url: &str) -> Fetched {
    timeout(secs(60.0), fetch(client, url)).await.unwrap_or_else(|_| fail(DEADLINE))
}

fn client() -> Client {
    Client::builder().no_proxy().build().expect("a client")
}

fn expect_all(results: &[Fetched], expected: &[Fetched], idea: &str) {
    for (result, expected) in results.iter().zip(expected) {
        if result != expected {
            fail(format!("{idea}\n\nexpected: {expected:?}\nyours:    {result:?}"));
        }
    }
}

fn page(text: &str) -> Fetched {
    Ok(text.to_string())
}

#[test]
fn a_page() {
    check("fetch returns the text of a page", |c| {
        let pages = vec![
            ("/a", Page::text("Hello, world!\n").after(secs(0.5))),
            ("/empty", Page::text("").with_status(204)),
            ("/made", Page::html("<p>größer</p>").with_status(201)),
            ("/late", Page::text("in time").after(secs(4.9))),
        ];
        let run = fetched(c, pages, &["/a", "/empty", "/made", "/late"]);
        let expected = [page("Hello, world!\n"), page(""), page("<p>größer</p>"), page("in time")];
        expect_all(&run.output().results, &expected, BODY);
        expect(run.output().requests == 4, "Each fetch asks the site once.");
        run.takes(secs(3.0 + 0.5 + 4.9 + 0.001), "A fetch takes as long as its page.");
    });
}

#[test]
fn the_client_is_kept() {
    check("fetch uses the client that it is given", |c| {
        let pages = vec![("/a", Page::text("a").after(secs(0.1)))];
        let run = fetched(c, pages, &["/a", "/a", "/a"]);
        expect_all(&run.output().results, &[page("a"), page("a"), page("a")], BODY);
        expect(
            run.output().connections == 1,
            "Three fetches one after another made three connections. A client keeps a connection for the next request: use \
             the one that you are given.",
        );
    });
}

#[test]
fn pages_as_they_are_sent() {
    check("fetch follows redirects, and understands what browsers do", |c| {
        let run = fetched(c, of_all_kinds(), &["/old", "/gzip.html", "/latin1.html", "/too-short.html", "/large.html"]);
        let (two, guide) = (
            "<a href=\"/one.html\">one</a>\n<a href=\"/two.html\">two</a>\n",
            "<a href=\"../about.html\">about</a> <a href=\"/\">home</a>\n",
        );
        // The last but one announces 30 bytes, so there it ends.
        let expected = [page(guide), page(two), page("<a href=\"/café.html\">café</a>\n"), page(&two[..30])];
        expect_all(&run.output().results, &expected, &format!("{BODY} response.text() knows how it was sent."));
        let large = run.output().results[4].as_ref().map(String::len);
        expect(large.is_ok_and(|length| length > 100_000), "A large page comes in many parts, and all belong to it.");
    });
}

#[test]
fn a_bad_status() {
    check("a bad status is an error, and its body is not the page", |c| {
        let pages = [400, 404, 410, 500, 503, 599].map(|status| Page::text("so sorry").with_status(status));
        let paths = ["/400", "/404", "/410", "/500", "/503", "/599"];
        let run = fetched(c, paths.into_iter().zip(pages).collect(), &["/400", "/404", "/410", "/500", "/503", "/599"]);
        let status = |code| Err(FetchError::Status(StatusCode::from_u16(code).expect("a status")));
        expect_all(&run.output().results, &[400, 404, 410, 500, 503, 599].map(status), STATUS);
        expect(run.output().requests == 6, "Each fetch asks the site once, and once more for no status.");
    });
}

#[test]
fn a_refused_connection() {
    check("a refused connection is an error of its own", |c| {
        let run = c.attempt(|| async {
            let site = Site::start(of_all_kinds()).await;
            one(&client(), &site.refused_url("/")).await
        });
        let run = run.without_panic("A refused connection is no reason to panic: it is an error that fetch returns.");
        run.returns(Err(FetchError::Refused), REFUSED);
        run.takes(secs(0.0), "Whoever is refused hears of it at once.");
    });
}

#[test]
fn a_site_that_stalls() {
    check("a site that says nothing, or nothing more, is given up after five seconds", |c| {
        let one_each: [&[&str]; 4] = [&["/silent.html"], &["/stalled.html"], &["/at-once"], &["/minute"]];
        for paths in one_each {
            let stalls = Page::text("some text").stalled_after(0);
            let mut pages = of_all_kinds();
            pages.extend([("/at-once", stalls), ("/minute", Page::text("at last").after(secs(50.0)))]);
            let run = fetched(c, pages, paths);
            given_up(&run, DEADLINE);
        }
    });
}

#[test]
fn the_deadline_is_for_all() {
    check("the five seconds are for the whole fetch, not for each of its steps", |c| {
        let pages = vec![
            ("/", Page::redirect("/next").after(secs(2.0))),
            ("/next", Page::redirect("/last").after(secs(2.0))),
            ("/last", Page::text("some text").after(secs(2.0))),
        ];
        given_up(&fetched(c, pages, &["/"]), FOR_ALL);
        let pages = vec![("/", Page::text("some text").after(secs(3.0)).stalled_after(4))];
        given_up(&fetched(c, pages, &["/"]), FOR_ALL);
    });
}

/// The only fetch of this run was given up after five seconds, and the request with it.
fn given_up(run: &Run<Seen>, idea: &str) {
    expect_all(&run.output().results, &[Err(FetchError::TimedOut)], idea);
    run.takes(secs(5.001), idea);
    let gone = "fetch has given up, and its request went on. Who is dropped is cancelled: a task of its own is not.";
    expect(run.output().in_flight == 0, gone);
    run.nothing_alive(gone);
}

#[test]
fn a_truncated_page() {
    check("a page of which only a part comes is an error", |c| {
        let run = fetched(c, of_all_kinds(), &["/cut.html", "/too-long.html"]);
        expect_all(&run.output().results, &[Err(FetchError::Truncated), Err(FetchError::Truncated)], TRUNCATED);
    });
}

#[test]
fn a_connection_closed_before_the_answer() {
    check("a connection that is closed before the first byte of the answer is an error", |c| {
        for breaks in [false, true] {
            let run = c.attempt(async move || {
                let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port on the loopback");
                let url = format!("http://{}/", listener.local_addr().expect("the address of a listener"));
                let hangs_up = async {
                    let (mut stream, _) = listener.accept().await.expect("a client");
                    let _ = stream.read(&mut [0; 4096]).await;
                    if breaks {
                        stream.set_zero_linger().expect("a socket that can be set");
                    }
                };
                let client = client();
                tokio::join!(one(&client, &url), hangs_up).0
            });
            let run =
                run.without_panic("What the network does is no reason to panic: it is an error that fetch returns.");
            expect_all(std::slice::from_ref(run.output()), &[Err(FetchError::Truncated)], NO_ANSWER);
        }
    });
}

#[test]
fn what_else_fails() {
    check("a redirect without an end, and a URL that is none", |c| {
        let run = fetched(c, of_all_kinds(), &["/loop"]);
        expect_all(&run.output().results, &[Err(FetchError::Redirects)], REDIRECTS);
        for url in ["no URL at all", "http://", "ftp://127.0.0.1/a"] {
            let run = c.attempt(move || async move { one(&client(), url).await });
            let run = run.without_panic("A URL that is none is no reason to panic: fetch returns an error.");
            expect(
                matches!(run.output(), Err(FetchError::Other(_))),
                "A URL that cannot be fetched at all is none of the failures of a site: it is Other.",
            );
        }
    });
}

#[test]
fn many_at_once() {
    check("forty fetches at once, each with its own outcome", |c| {
        let run = c.run(|| async {
            let site = Site::start(of_all_kinds()).await;
            let paths = ["/slow.html", "/gone.html", "/stalled.html", "/cut.html", "/loop"];
            let mut urls = paths.map(|path| site.url(path)).to_vec();
            urls.push(site.refused_url("/"));
            let urls: Vec<String> = urls.into_iter().cycle().take(42).collect();
            let client = client();
            let results = join_all(urls.iter().map(|url| one(&client, url))).await;
            (results, site.peak_in_flight())
        });
        let (results, peak) = run.output();
        let (status, slow) = (StatusCode::NOT_FOUND, "<a href=\"/one.html\">one</a>\n<a href=\"/two.html\">two</a>\n");
        let one_of_each = [
            page(slow),
            Err(FetchError::Status(status)),
            Err(FetchError::TimedOut),
            Err(FetchError::Truncated),
            Err(FetchError::Redirects),
            Err(FetchError::Refused),
        ];
        let expected: Vec<Fetched> = one_of_each.into_iter().cycle().take(42).collect();
        expect_all(results, &expected, "Each fetch has an outcome of its own, whatever becomes of the others.");
        let together = "Fetches that begin together are under way together: none waits for another.";
        expect(*peak >= 14, together);
        run.takes(secs(5.0), together);
    });
}

#[test]
fn visits() {
    check("a visit prints the page, or the error", |c| {
        let run = c.run(|| async {
            let site = Site::start(of_all_kinds()).await;
            let client = client();
            for path in ["/about.html", "/ill.html", "/stalled.html"] {
                visit(&client, &site.url(path)).await;
            }
        });
        run.says(
            [
                "Data from http://127.0.0.1/about.html: <p>nothing to follow</p>",
                "Error fetching data from http://127.0.0.1/ill.html: the site says 500 Internal Server Error",
                "Error fetching data from http://127.0.0.1/stalled.html: it took too long",
            ],
            "Each visit is a line: the page, or what went wrong.",
        );
    });
}

#[test]
fn the_program() {
    check("the program: one page, and seven reasons for none", |c| {
        let run = c.run(async || main_async().await.is_ok());
        run.returns(true, "Each failure is printed, and the program goes on.");
        run.transcript("main_async", "Each line comes when it is known what became of its page.");
    });
}
