//! The fixture site: exact latencies on the virtual clock, counters, and no trace of its own in what is judged.

use std::time::Duration;

use reqwest::{Client, Url, redirect::Policy};
use workbook::{
    check::{check, expect, secs},
    site::{Page, Site, of_all_kinds},
};

fn client() -> Client {
    Client::builder().no_proxy().build().expect("a client")
}

async fn status(client: &Client, url: String) -> u16 {
    client.get(url).send().await.expect("an answer").status().as_u16()
}

#[test]
fn a_page_is_answered_after_its_latency() {
    check("a page is answered after its latency, with its status and its text", |c| {
        let run = c.run(async || {
            let page = Page::text("no tea here").with_status(418).after(Duration::from_millis(129));
            let site = Site::start([("/tea", page)]).await;
            let answer = client().get(site.url("/tea")).send().await.expect("an answer");
            (answer.status().as_u16(), answer.text().await.expect("a text"))
        });
        run.returns((418, "no tea here".to_string()), "What was scripted is what comes.");
        run.takes(secs(0.129), "The latency is exact.");
    });
}

#[test]
fn a_path_that_is_not_there_is_answered_at_once() {
    check("a path that is not there is answered at once, with 404", |c| {
        let run = c.run(async || {
            let site = Site::start([("/there", Page::text(""))]).await;
            status(&client(), site.url("/not-there")).await
        });
        run.returns(404, "It is not there.");
        run.takes(secs(0.0), "Nobody thinks about it.");
    });
}

#[test]
fn another_method_than_get_is_refused() {
    check("another method than GET is refused with 405", |c| {
        let run = c.run(async || {
            let site = Site::start([("/there", Page::text(""))]).await;
            client().head(site.url("/there")).send().await.expect("an answer").status().as_u16()
        });
        run.returns(405, "A page that is only asked about is not fetched.");
    });
}

#[test]
fn a_redirect_tells_where_the_page_went() {
    check("a redirect tells where the page went, after its own latency", |c| {
        let run = c.run(async || {
            let moved = Page::redirect("/new/").after(secs(0.5));
            let site = Site::start([("/old", moved), ("/new/", Page::text("here").after(secs(1.0)))]).await;
            let unmoved = Client::builder().no_proxy().redirect(Policy::none()).build().expect("a client");
            let first = status(&unmoved, site.url("/old")).await;
            let followed: Url = client().get(site.url("/old")).send().await.expect("an answer").url().clone();
            (first, followed.path().to_string(), site.requests())
        });
        run.returns((302, "/new/".to_string(), 3), "One request that stays, one that is followed by another.");
        run.takes(secs(2.0), "Half a second, then half a second and a second.");
    });
}

#[test]
fn the_peak_counts_requests_that_wait_at_once() {
    check("the peak counts requests that wait for their answers at once", |c| {
        let run = c.run(async || {
            let site = Site::start([("/a", Page::text("").after(secs(1.0)))]).await;
            let client = client();
            status(&client, site.url("/a")).await;
            let alone = site.peak_in_flight();
            tokio::join!(status(&client, site.url("/a")), status(&client, site.url("/a")));
            (alone, site.peak_in_flight(), site.requests())
        });
        run.returns((1, 2, 3), "One alone, then two at once.");
    });
}

#[test]
fn a_request_that_was_given_up_is_not_in_flight() {
    check("a request whose client has gone away is not in flight any more", |c| {
        let run = c.run(async || {
            let site = Site::start([("/a", Page::text("").after(secs(10.0)))]).await;
            let client = client();
            for _ in 0..2 {
                let given_up = tokio::time::timeout(secs(1.0), status(&client, site.url("/a"))).await;
                assert!(given_up.is_err(), "the page takes longer");
                tokio::time::sleep(secs(0.1)).await;
            }
            site.peak_in_flight()
        });
        run.returns(1, "The first one has gone when the second comes.");
    });
}

#[test]
fn tasks_of_site_and_client_are_not_the_programs() {
    check("what site and client have spawned is not the program's", |c| {
        let run = c.run(async || {
            let site = Site::start([("/a", Page::text("").after(secs(1.0)))]).await;
            let client = client();
            status(&client, site.url("/a")).await;
            // Both are alive at return, and with them the server and a connection that may be used again.
            (site, client)
        });
        let alive = run.recording().tasks.iter().filter(|task| task.end.is_none() && task.is_of_library());
        expect(alive.count() >= 3, "The server, its connection and the client's are alive.");
        run.nothing_alive("None of them is the program's.");
    });
}

/// What came of a request to the only page of a site, with a client that waits five seconds at most: the text, or whether it
/// took too long.
async fn text_of(page: Page) -> Result<String, &'static str> {
    let site = Site::start([("/", page)]).await;
    let client = Client::builder().no_proxy().timeout(secs(5.0)).build().expect("a client");
    let answered = async { client.get(site.url("/")).send().await?.text().await };
    answered.await.map_err(|error| if error.is_timeout() { "too long" } else { "broken" })
}

#[test]
fn each_request_has_its_own_latency() {
    check("each request takes the next of the latencies, and the last one stays", |c| {
        let run = c.run(async || {
            let site = Site::start([("/a", Page::text("").after_each([secs(1.0), secs(0.25)]))]).await;
            let client = client();
            let mut took = Vec::new();
            for _ in 0..3 {
                let start = tokio::time::Instant::now();
                status(&client, site.url("/a?x=1")).await;
                took.push(start.elapsed());
            }
            (took, site.requests_for("/a"), site.requests_for("/b"), site.connections())
        });
        let took = vec![secs(1.0), secs(0.25), secs(0.25)];
        run.returns((took, 3, 0, 1), "Three requests over one connection, which the client keeps.");
    });
}

#[test]
fn what_does_not_come_to_an_end_takes_as_long_as_the_client_waits() {
    check("a silent page and a stalled one take as long as the client waits", |c| {
        for page in [Page::text("silent").silent(), Page::text("stalled").stalled_after(3)] {
            let run = c.run(|| text_of(page));
            run.returns(Err("too long"), "Nothing comes, or only a part.");
            run.takes(secs(5.0), "The client gives up.");
        }
    });
}

#[test]
fn a_body_that_is_shorter_than_announced_is_an_error() {
    check("a body that is cut, or shorter than announced, is an error", |c| {
        for page in [Page::text("cut short").cut_after(3), Page::text("four").with_length(40)] {
            let run = c.run(|| text_of(page));
            run.returns(Err("broken"), "The connection is closed before the announced end.");
            run.takes(secs(0.0), "That is told at once.");
        }
        let run = c.run(async || {
            let site = Site::start([("/", Page::text("cut short").cut_after(3))]).await;
            let mut answer = client().get(site.url("/")).send().await.expect("the head of the answer");
            let part = answer.chunk().await.expect("a part of the body");
            (part.map(|part| part.to_vec()), answer.chunk().await.is_err())
        });
        run.returns((Some(b"cut".to_vec()), true), "What comes before the cut arrives.");
        let run = c.run(|| text_of(Page::text("four and more").with_length(4)));
        run.returns(Ok("four".to_string()), "What is beyond the announced end is not sent.");
    });
}

#[test]
fn a_compressed_page_is_for_those_who_understand_it() {
    check("a compressed page is sent to clients that say they understand it", |c| {
        let run = c.run(async || {
            let site = Site::start([("/", Page::text("x".repeat(10_000)).gzipped())]).await;
            let mut sizes = Vec::new();
            for accepted in ["gzip, br", "br"] {
                // A client that neither asks for compressed pages nor decompresses them by itself.
                let client = Client::builder().no_proxy().no_gzip().build().expect("a client");
                let request = client.get(site.url("/")).header("accept-encoding", accepted);
                sizes.push(request.send().await.expect("an answer").bytes().await.expect("a body").len() < 1000);
            }
            sizes
        });
        run.returns(vec![true, false], "Compressed for the first, as it is for the second.");
    });
}

#[test]
fn a_port_that_refuses_refuses_at_once() {
    check("the refusing port refuses at once, twice", |c| {
        let run = c.run(async || {
            let site = Site::start([("/", Page::text(""))]).await;
            let refused = async || client().get(site.refused_url("/")).send().await.is_err_and(|e| e.is_connect());
            (refused().await, refused().await, site.connections())
        });
        run.returns((true, true, 0), "Nobody listens there.");
        run.takes(secs(0.0), "Nobody has to wait for that.");
    });
}

#[test]
fn a_page_whose_body_is_under_way_is_in_flight() {
    check("a request is in flight until the last byte is sent, or its client is gone", |c| {
        let run = c.run(async || {
            let site = Site::start([("/", Page::text("stalled").stalled_after(3))]).await;
            let client = client();
            let answer = client.get(site.url("/")).send().await.expect("the head");
            let during = site.in_flight();
            drop(answer);
            tokio::time::sleep(secs(0.1)).await;
            (during, site.in_flight())
        });
        run.returns((1, 0), "The body has begun and does not end; then the client goes away.");
    });
}

#[test]
fn the_site_of_all_kinds_has_them() {
    check("the site of all kinds links to every page that it has", |c| {
        let run = c.run(async || {
            let site = Site::start(of_all_kinds()).await;
            let index = client().get(site.url("/")).send().await.expect("an answer").text().await.expect("a text");
            let linked = of_all_kinds().into_iter().filter(|(path, _)| *path != "/");
            linked.filter(|(path, _)| !index.contains(&format!("\"{}\"", &path[1..]))).count()
        });
        run.returns(0, "None is forgotten.");
    });
}

#[test]
fn an_endless_page_goes_on_and_on() {
    check("an endless page goes on, a piece each ten milliseconds", |c| {
        let run = c.run(async || {
            let site = Site::start([("/endless", Page::text("again and ").endless())]).await;
            let mut answer = client().get(site.url("/endless")).send().await.expect("an answer");
            let mut text = Vec::new();
            while text.len() < 100 {
                text.extend(answer.chunk().await.expect("no error").expect("no end"));
            }
            String::from_utf8(text).expect("a text")
        });
        run.returns("again and ".repeat(10), "The body begins anew each time.");
        run.takes(secs(0.1), "Ten pieces take ten times as long as one.");
    });
}

#[test]
fn a_page_is_compressed_over_and_over() {
    check("a page that is compressed over and over unpacks to its text so many times", |c| {
        let run = c.run(async || {
            let site = Site::start([("/bomb", Page::text("boom").gzipped_over_and_over(1000))]).await;
            let answer = client().get(site.url("/bomb")).send().await.expect("an answer");
            answer.text().await.expect("a text") == "boom".repeat(1000)
        });
        run.returns(true, "All of it is there.");
    });
}
