// rejected with: and no other is waited for, however many there are

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

type Fetched = reqwest::Result<String>;

async fn fetch(client: Client, url: Url) -> Fetched {
    let start = Instant::now();
    let response = client.get(url.clone()).send().await?;
    let status = response.status().as_u16();
    let text = response.text().await?;
    let completed = format!("> [{status}] Completed {url}").italic().truecolor(128, 128, 128);
    println!("{completed} [ {:.5} s ]", start.elapsed().as_secs_f64());
    Ok(text)
}

fn async_iterator(client: Client, urls: Vec<Url>) -> impl Stream<Item = Fetched> {
    async_stream::stream! {
        for url in urls {
            yield fetch(client.clone(), url).await;
        }
    }
}

async fn sequential_loop(client: Client, urls: Vec<Url>) -> Vec<Fetched> {
    async_iterator(client, urls).collect().await
}

async fn gather(client: Client, urls: Vec<Url>) -> Vec<Fetched> {
    let most = urls.len().max(1);
    stream::iter(urls).map(|url| fetch(client.clone(), url)).buffered(most).collect().await
}

async fn wait(client: Client, urls: Vec<Url>) -> Vec<Result<Fetched, JoinError>> {
    let tasks = urls.into_iter().map(|url| tokio::spawn(fetch(client.clone(), url)));
    join_all(tasks).await
}

async fn as_completed(client: Client, urls: Vec<Url>, mut each: impl FnMut(Fetched)) {
    stream::iter(urls).map(|url| fetch(client.clone(), url)).buffer_unordered(1000).for_each(|page| {
        each(page);
        std::future::ready(())
    }).await;
}

async fn list_of_tasks(client: Client, urls: Vec<Url>, mut each: impl FnMut(Fetched)) {
    let mut running: futures::stream::FuturesOrdered<_> = urls.into_iter().map(|url| fetch(client.clone(), url)).collect();
    while let Some(page) = running.next().await {
        each(page);
    }
}

async fn task_group(client: Client, urls: Vec<Url>) -> reqwest::Result<()> {
    futures::future::try_join_all(urls.into_iter().map(|url| fetch(client.clone(), url))).await.map(drop)
}

async fn measure<F: Future>(title: &str, model: impl FnOnce(Client) -> F) {
    let client = Client::builder().no_proxy().build().expect("a client");
    let start = Instant::now();
    model(client).await;
    println!("\n{title} : [{:.6} sec]\n", start.elapsed().as_secs_f64());
}

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
#[path = "../../checks/33_seven_models_http.rs"]
mod checks;
