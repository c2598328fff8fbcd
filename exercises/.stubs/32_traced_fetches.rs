//! Five requests at once, each with a clock of its own: a call is measured by wrapping it, from where it begins to where it
//! ends. The site that is visited runs in this program, on 127.0.0.1, and is as slow as five real ones once were.

use std::time::Duration;

use futures::future::try_join_all;
use reqwest::{Client, StatusCode, Url};
use tokio::time::Instant;
use workbook::{
    println,
    site::{Page, Site},
};

/// What is remembered of a request while it is under way.
struct Trace {
    started: Instant,
}

/// What came of a request.
struct Fetched {
    /// The URL that was asked for.
    url: Url,
    status: StatusCode,
}

/// Called when a request begins: starts its clock.
fn on_start() -> Trace {
    todo!("make a Trace that remembers the moment; tokio's Instant::now() tells it")
}

/// Called when the answer is there: prints how long the request took, and the URL that answered in the end.
fn on_end(trace: Trace, url: &Url) {
    let elapsed: Duration = todo!("how long ago the request of this trace began");
    println!("# [{:.3}s] : {url}", elapsed.as_secs_f64());
}

/// Fetches one page, with `on_start` before and `on_end` after. The client follows redirects by itself; the answer knows
/// the URL it came from.
///
/// # Errors
/// If no answer came. A status like 404 is an answer.
async fn fetch(client: &Client, url: &Url) -> reqwest::Result<Fetched> {
    todo!("start a trace, await client.get(..).send(), end the trace; the response has a url() and a status()")
}

/// Fetches all the pages at once. Each is traced when it is there; the results come in the order of the URLs.
///
/// # Errors
/// If one of them could not be fetched. None of the others is under way then.
async fn fetch_all(client: &Client, urls: &[Url]) -> reqwest::Result<Vec<Fetched>> {
    for url in urls {
        println!("# Added [{url}] to the list.");
    }
    todo!("fetch them all at the same time; one that is quick must not wait for one that is slow")
}

/// What the site serves, and how long it thinks first. One page has moved.
fn pages() -> [(&'static str, Page); 6] {
    let page = |millis| Page::text("welcome").after(Duration::from_millis(millis));
    [
        ("/securityheaders.com/", page(1397)),
        ("/hstspreload.org/", page(932)),
        ("/www.isc2.org/", page(1086)),
        ("/www.sans.org/", Page::redirect("/www.sans.org/apac/").after(Duration::from_millis(1000))),
        ("/www.sans.org/apac/", page(1203)),
        ("/scotthelme.co.uk/", page(129)),
    ]
}

async fn main_async() -> reqwest::Result<()> {
    let site = Site::start(pages()).await;
    let paths =
        ["/securityheaders.com/", "/hstspreload.org/", "/www.isc2.org/", "/www.sans.org/", "/scotthelme.co.uk/"];
    let urls = paths.map(|path| site.url(path).parse().expect("a URL"));

    let client = Client::builder().no_proxy().build()?;
    let fetched = fetch_all(&client, &urls).await?;
    println!();
    for Fetched { url, status } in fetched {
        println!("# {url} [{}]", status.as_u16());
    }
    Ok(())
}

fn main() -> reqwest::Result<()> {
    workbook::run(main_async())
}

#[cfg(test)]
#[path = "../tests/checks/32_traced_fetches.rs"]
mod checks;
