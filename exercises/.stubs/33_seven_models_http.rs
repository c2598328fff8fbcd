//! The seven models once more, and now what is awaited are six pages of a web site. Seen from there, the first two models ask for
//! one page at a time and the other five for all six at once. The site runs in this program, on 127.0.0.1, and is as slow as six
//! real ones once were.

use std::time::Duration;

use colored::Colorize;
use futures::{
    Stream, StreamExt,
    future::join_all,
    stream::{self, FuturesUnordered},
};
use reqwest::{Client, Url};
use tokio::{
    task::{JoinError, JoinSet},
    time::Instant,
};
use workbook::{
    println,
    site::{Page, Site},
};

/// What came of a request: the text of the page, or an error.
type Fetched = reqwest::Result<String>;

/// Fetches a page: its text, whatever its status. When the whole text is there it prints a line with the status, the URL, and the
/// time this request took: `> [200] Completed http://127.0.0.1/isc2/ [ 1.08600 s ]`
///
/// # Errors
/// If the page did not come, or not wholly. Nothing is printed then.
async fn fetch(client: Client, url: Url) -> Fetched {
    todo!("take the time; send the request, look at the status, get the text; print the line")
}

/// Model 1: a stream that yields the pages in the order of the URLs. Each is asked for when its turn comes: a request begins when
/// somebody pulls, and not before.
fn async_iterator(client: Client, urls: Vec<Url>) -> impl Stream<Item = Fetched> {
    todo!("make a stream that fetches a page in the pull that asks for it; stream! or StreamExt::then do that");
    stream::empty()
}

/// Model 2: fetches the pages in order, each when the one before it is there, and returns them all.
async fn sequential_loop(client: Client, urls: Vec<Url>) -> Vec<Fetched> {
    todo!("await each fetch in a loop, and collect the pages")
}

/// Model 3: fetches all pages at once, and returns them in the order of the URLs.
async fn gather(client: Client, urls: Vec<Url>) -> Vec<Fetched> {
    todo!("await all fetches with one await; join_all keeps their order")
}

/// Model 4: fetches each page in a task of its own, all at once, and waits until every task is done. Returns what became of them,
/// in any order.
async fn wait(client: Client, urls: Vec<Url>) -> Vec<Result<Fetched, JoinError>> {
    todo!("spawn each fetch, and wait for all the handles: what they yield is what is to be returned")
}

/// Model 5: fetches all pages at once, and calls `each` with every one as soon as it is there, whichever is first.
async fn as_completed(client: Client, urls: Vec<Url>, mut each: impl FnMut(Fetched)) {
    todo!(
        "run all fetches at once, in a JoinSet or in FuturesUnordered, and hand on what comes next until nothing does"
    )
}

/// Model 6: fetches all pages at once, and calls `each` with them in the order of the URLs: with each one as soon as it and all
/// before it are there.
async fn list_of_tasks(client: Client, urls: Vec<Url>, mut each: impl FnMut(Fetched)) {
    todo!("spawn all fetches, keep the handles in a Vec, and await one after the other")
}

/// Model 7: fetches all pages at once. Returns when all are there; or when the first request has failed, with its error: the
/// others are then cancelled, and are gone before it returns.
async fn task_group(client: Client, urls: Vec<Url>) -> reqwest::Result<()> {
    todo!(
        "spawn the fetches on a JoinSet; on the first error shut the set down, wait until it is, and return the error"
    )
}

/// Makes a client, hands it to the model, and awaits that; then prints how long the model took: an empty line, a line like
/// `Sequential loop : [6.000000 sec]`, and an empty line. No model gets a client that another one has had, with its connections.
/// The client is made as it is everywhere here, with `no_proxy()`.
async fn measure<F: Future>(title: &str, model: impl FnOnce(Client) -> F) {
    todo!("build a client, note the time, await what the model makes with the client, and print the time it took")
}

/// What the site serves, and how long it thinks first.
fn pages() -> [(&'static str, Page); 6] {
    let page = |millis| Page::text("welcome").after(Duration::from_millis(millis));
    [
        ("/myseq.github.io/", page(253)),
        ("/securityheaders.com/", page(1397)),
        ("/hstspreload.org/", page(932)),
        ("/www.isc2.org/", page(1086)),
        ("/www.sans.org/", page(2203)),
        ("/scotthelme.co.uk/", page(129)),
    ]
}

async fn program() {
    let start = Instant::now();
    let site = Site::start(pages()).await;
    let urls = || pages().iter().map(|(path, _)| site.url(path).parse().expect("a URL")).collect::<Vec<Url>>();
    println!();
    let pulled = async |client| async_iterator(client, urls()).for_each(async |_| {}).await;
    measure("Async iterator, asked for one page at a time", pulled).await;
    measure("Sequential loop, an await in each turn", |client| sequential_loop(client, urls())).await;
    measure("Futures joined into one, as with join_all", |client| gather(client, urls())).await;
    measure("Tasks, waited for until all are done", |client| wait(client, urls())).await;
    measure("Pages as they are completed", |client| as_completed(client, urls(), drop)).await;
    measure("List of tasks, awaited in order", |client| list_of_tasks(client, urls(), drop)).await;
    measure("Group of tasks that end together", |client| task_group(client, urls())).await;
    println!("{} requests in {:.2} seconds.", site.requests(), start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(program());
}

#[cfg(test)]
#[path = "../tests/checks/33_seven_models_http.rs"]
mod checks;
