//! The fixture site: exact latencies on the virtual clock, counters, and no trace of its own in what is judged.

use std::time::Duration;

use reqwest::{Client, Url, redirect::Policy};
use workbook::{
    check::{check, expect, secs},
    site::{Page, Site},
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
