// rejected with: fetch returns the text of its body

use std::{fmt, time::Duration};

use futures::future::join_all;
use reqwest::{Client, StatusCode};
use tokio::time::Instant;
use workbook::{
    println,
    site::{Page, Site, of_all_kinds},
};

const DEADLINE: Duration = Duration::from_secs(5);

#[derive(Clone, Debug, PartialEq)]
enum FetchError {
    Status(StatusCode),
    Refused,
    TimedOut,
    Truncated,
    Redirects,
    Other(String),
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "the site says {status}"),
            Self::Refused => f.write_str("nobody listens there"),
            Self::TimedOut => f.write_str("it took too long"),
            Self::Truncated => f.write_str("only a part of it has come"),
            Self::Redirects => f.write_str("redirected without an end"),
            Self::Other(what) => f.write_str(what),
        }
    }
}

impl From<reqwest::Error> for FetchError {
    fn from(error: reqwest::Error) -> Self {
        if let Some(status) = error.status() {
            Self::Status(status)
        } else if error.is_timeout() {
            Self::TimedOut
        } else if error.is_connect() {
            Self::Refused
        } else if error.is_redirect() {
            Self::Redirects
        } else if error.is_request() || error.is_body() || error.is_decode() {
            Self::Truncated
        } else {
            Self::Other(error.to_string())
        }
    }
}

async fn fetch(client: &Client, url: &str) -> Result<String, FetchError> {
    let response = client.get(url).timeout(DEADLINE).send().await?;
    if response.status() != StatusCode::OK {
        return Err(FetchError::Status(response.status()));
    }
    Ok(response.text().await?)
}

async fn visit(client: &Client, url: &str) {
    match fetch(client, url).await {
        Ok(page) => println!("Data from {url}: {}", page.trim()),
        Err(error) => println!("Error fetching data from {url}: {error}"),
    }
}

async fn main_async() -> reqwest::Result<()> {
    let start = Instant::now();
    let greeting = Page::text("Hello, world!").after(Duration::from_secs(1));
    let site = Site::start(of_all_kinds().into_iter().chain([("/hello.txt", greeting)])).await;
    let paths = ["/hello.txt", "/gone.html", "/ill.html", "/silent.html", "/stalled.html", "/cut.html", "/loop"];
    let urls = paths.map(|path| site.url(path)).into_iter().chain([site.refused_url("/")]);

    let client = Client::builder().no_proxy().build()?;
    join_all(urls.map(async |url| visit(&client, &url).await)).await;
    println!("executed in {:.2} seconds.", start.elapsed().as_secs_f64());
    Ok(())
}

fn main() -> reqwest::Result<()> {
    workbook::run(main_async())
}

#[cfg(test)]
#[path = "../../checks/30_http_client.rs"]
mod checks;
