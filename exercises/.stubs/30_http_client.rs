//! What comes back from the network is a value, also when it is not what was hoped for: a status, a refusal, a silence, half of a
//! page. Each is an error of its own, so that whoever asked can tell them apart. The site that is visited runs in this program.

use std::{fmt, time::Duration};

use futures::future::join_all;
use reqwest::{Client, StatusCode};
use tokio::time::Instant;
use workbook::{
    println,
    site::{Page, Site, of_all_kinds},
};

/// How long a fetch may take in all: to connect, to follow redirects, to get the whole answer.
const DEADLINE: Duration = Duration::from_secs(5);

/// Why there is no page.
#[derive(Clone, Debug, PartialEq)]
enum FetchError {
    /// The site has answered, with a status that says no: 400 or above.
    Status(StatusCode),
    /// Nobody listens there: no connection could be made.
    Refused,
    /// The whole answer was not there within [`DEADLINE`].
    TimedOut,
    /// The connection was closed before the end of the answer, and maybe before its first byte.
    Truncated,
    /// The site has sent us on, and on, and on.
    Redirects,
    /// Something else, like a URL that is none.
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
    /// Tells what it was. An error of reqwest may answer yes to several questions: a time-out while the body came is
    /// `is_timeout()` and `is_decode()`, say.
    fn from(error: reqwest::Error) -> Self {
        todo!("ask the error what it is, the more telling questions first: status, is_timeout, is_connect and so on")
    }
}

/// Fetches a page with this client, and returns the text of its body. Redirects are followed, which the client does by itself.
///
/// # Errors
/// If the page does not come, or not wholly, or not within [`DEADLINE`]: the one that says why. A request that is given up is
/// cancelled: it does not go on in the background.
async fn fetch(client: &Client, url: &str) -> Result<String, FetchError> {
    todo!("send a request that has a deadline, make an error of a bad status, and return the text")
}

/// Fetches a page, and prints what came of it, in one line.
async fn visit(client: &Client, url: &str) {
    match fetch(client, url).await {
        Ok(page) => println!("Data from {url}: {}", page.trim()),
        Err(error) => println!("Error fetching data from {url}: {error}"),
    }
}

/// Visits a site that has a page of every kind, and asks for a few of them at once.
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
#[path = "../tests/checks/30_http_client.rs"]
mod checks;
