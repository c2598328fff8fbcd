//! A web scraper: it reads the pages it is given, some of them at once, finds the links on each, and writes them to a file:
//! a line for each link, with the page, a tab, and where it leads. Pages break in every way there is, and some mean harm;
//! whatever one of them does, nothing of the others is lost.
//!
//! Without arguments it crawls a small site of its own on 127.0.0.1 that has a page of every kind. With `URL… --out FILE`
//! it crawls those; for https, build it with `--features https`.

use std::{
    collections::BTreeSet,
    env, fmt,
    io::{self, Read},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use encoding_rs::{Encoding, UTF_8};
use flate2::read::MultiGzDecoder;
use html5ever::{parse_document, tendril::TendrilSink};
use reqwest::{
    Client, Response, StatusCode, Url,
    header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
};
use scraper::{Html, HtmlTreeSink, Selector};
use tokio::{
    fs::{self, File, OpenOptions},
    io::{AsyncWrite, AsyncWriteExt},
    task::{JoinSet, spawn_blocking},
    time::Instant,
};
use workbook::{
    println,
    site::{Site, of_all_kinds},
};

/// The first line of the file.
const HEADER: &str = "source_url\tparsed_url\n";

/// What `--help` says about the program's own arguments.
const USAGE: &str = "URL… --out FILE [--in-flight NUMBER]; without any, it crawls a small site of its own";

/// Whether the program was built to read https pages, and what it says to them if not.
const HTTPS: bool = cfg!(feature = "https");
const NO_HTTPS: &str = "https needs the feature of that name: cargo run -p solutions --features https --bin …";

/// How much the crawl asks of the network.
#[derive(Clone, Copy)]
struct Limits {
    /// How many pages may be under way at once, at most.
    in_flight: usize,
    /// How long one page may take, from the request to the last byte.
    deadline: Duration,
}

/// Those of the program, unless it is told others.
const LIMITS: Limits = Limits { in_flight: 8, deadline: Duration::from_secs(5) };

/// What no page may be larger than, in bytes: its body as it is sent, and its text when that is unpacked.
const LARGEST: usize = 4 << 20;

/// A page or a base with a longer URL is not used: each relative link would be as long.
const LONGEST_URL: usize = 2048;

/// What a page may cost a parser: how deep its elements are nested, how many nodes it has, and the time it takes.
const DEEPEST: usize = 512;
const MOST_NODES: usize = 100_000;
const LONGEST_PARSE: Duration = Duration::from_secs(2);

/// A page as it came.
struct Page {
    /// The URL that answered in the end. After a redirect it is not the one that was asked for.
    url: Url,
    /// Among them those that say how to read the body.
    headers: HeaderMap,
    /// As it was sent, and so perhaps compressed; empty if what came is not HTML.
    body: Vec<u8>,
}

/// Why there is no page. `?` makes one of what reqwest returns.
#[derive(Debug)]
enum PageError {
    /// 404, 500 and the like: what comes with them is not the page.
    Status(StatusCode),
    /// It was not there, to its last byte, in time.
    Deadline,
    /// No answer came, or not all of it.
    Http(reqwest::Error),
    /// It has more bytes than [`LARGEST`], packed or unpacked.
    TooLarge,
    /// It was there, and could not be parsed.
    Unreadable(&'static str),
}

impl From<reqwest::Error> for PageError {
    fn from(error: reqwest::Error) -> Self {
        match error.status() {
            Some(status) => Self::Status(status),
            None if error.is_timeout() => Self::Deadline,
            None => Self::Http(error),
        }
    }
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "{status}"),
            Self::Deadline => f.write_str("it was not there in time"),
            // Where a redirect leads, perhaps.
            Self::Http(error) if !HTTPS && error.url().map(Url::scheme) == Some("https") => f.write_str(NO_HTTPS),
            Self::Http(error) if error.is_connect() => f.write_str("there is no connection"),
            Self::Http(error) if error.is_redirect() => f.write_str("it leads on and on"),
            Self::Http(_) => f.write_str("the answer broke off"),
            Self::TooLarge => f.write_str("it is too large"),
            Self::Unreadable(why) => f.write_str(why),
        }
    }
}

/// What came of a crawl.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Summary {
    /// Pages that were read, with or without links.
    read: usize,
    /// Pages that were not there.
    failed: usize,
    /// Links that were written.
    links: usize,
}

/// Reads one page. Prints `Got response [200 OK] for URL: …`, with the URL that was asked for, as soon as an answer with a
/// good status begins. Only the body of HTML is read, which [`is_html`] tells, and only with [`body_of`], which stops where a
/// page is too large; that of anything else stays empty.
///
/// # Errors
/// If the status is bad (400 or above), if no answer comes or it breaks off, if it is too large, or if all of it together,
/// redirects and body too, takes longer than `deadline`.
async fn fetch_html(client: &Client, url: &Url, deadline: Duration) -> Result<Page, PageError> {
    todo!(
        "send the request, turn a bad status into an error, say `Got response …`, and read the body with body_of; all of it before the deadline"
    )
}

/// The links of a page: where each `<a href="…">` leads, absolute and without its fragment, each once. What leads to no
/// page of the web (`mailto:` and the like; a URL that cannot be parsed) is left out. Relative links are joined to the
/// [`base_of`] the page. Prints `Found 3 links for …`, with the page's URL.
///
/// A function that is not async: a parsed document is not `Send`. Held over an await, it would keep the whole future from
/// being spawned.
///
/// # Errors
/// If [`document_of`] makes no document of the page.
fn parse(page: &Page) -> Result<BTreeSet<Url>, PageError> {
    todo!(
        "parse with document_of, join each link to the base, keep those of http and https without their fragment, and say `Found …`"
    )
}

/// Writes the links of one page, a line for each: the page that was asked for, a tab, the link. Then it flushes and prints
/// `Wrote results for source URL: …`. Without links there is nothing to write, and nothing to print.
///
/// # Errors
/// If they could not be written or flushed.
async fn write_one<W: AsyncWrite + Unpin>(out: &mut W, source: &Url, links: &BTreeSet<Url>) -> io::Result<()> {
    todo!("write the lines, flush, and say `Wrote …`; nothing for no links")
}

/// Crawls these pages, each with [`links_of`], and writes [`HEADER`] and the links of each to `out`. It never has more than
/// `limits.in_flight` pages under way, and begins with the next as soon as one is done. A page's links are written when they
/// are found, and the lines of one page stand together. A page that fails is printed, as `No page at …: ` and the error, and
/// counted; nothing else comes of it. When it returns, all is written and flushed, and no task is left.
///
/// # Errors
/// If `out` cannot be written. Then the crawl ends, and nothing more is written. The tasks that are left are ended, and are
/// gone before it returns.
async fn bulk_crawl_and_write<W>(client: &Client, urls: Vec<Url>, limits: Limits, out: W) -> io::Result<Summary>
where
    W: AsyncWrite + Send + Unpin + 'static,
{
    todo!(
        "header first; then read the pages, at most in_flight at once, and write each page's links when they are found; count, flush; on an error of the output end the tasks, and wait until they are gone"
    )
}

/// Whether an answer says that it is HTML.
fn is_html(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    ["text/html", "application/xhtml+xml"].iter().any(|html| kind.eq_ignore_ascii_case(html))
}

/// The body of an answer, as it is sent. One that grows larger than [`LARGEST`] is read no further.
async fn body_of(mut response: Response) -> Result<Vec<u8>, PageError> {
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await? {
        if body.len() + piece.len() > LARGEST {
            return Err(PageError::TooLarge);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

/// Reads one page and finds its links. Parsing waits for nothing, so it would hold up the other pages: it is done on the
/// blocking pool. A page at which the parser panics is lost, and no other.
async fn links_of(client: &Client, url: &Url, deadline: Duration) -> Result<BTreeSet<Url>, PageError> {
    let page = fetch_html(client, url, deadline).await?;
    spawn_blocking(move || parse(&page)).await.unwrap_or(Err(PageError::Unreadable("the parser panicked at it")))
}

/// The text of a page: unpacked, no further than to [`LARGEST`], and decoded.
fn text_of(page: &Page) -> Result<String, PageError> {
    let header = |name: HeaderName| page.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut unpacked = Vec::new();
    let bytes = match header(CONTENT_ENCODING) {
        "" => &page.body,
        "gzip" => {
            let mut most = MultiGzDecoder::new(&page.body[..]).take(LARGEST as u64 + 1);
            most.read_to_end(&mut unpacked).map_err(|_| PageError::Unreadable("it cannot be unpacked"))?;
            &unpacked
        }
        _ => return Err(PageError::Unreadable("it is packed in a way that was not asked for")),
    };
    if bytes.len() > LARGEST {
        return Err(PageError::TooLarge);
    }
    let kind = header(CONTENT_TYPE).to_ascii_lowercase();
    let charset = kind.split(';').find_map(|part| part.trim().strip_prefix("charset=")).unwrap_or_default();
    let encoding = Encoding::for_label(charset.trim_matches('"').as_bytes()).unwrap_or(UTF_8);
    Ok(encoding.decode(bytes).0.into_owned())
}

/// Parses a page, piece by piece, and looks in between at what became of it: a page may cost a parser far more time and memory
/// than its bytes would tell.
fn document_of(page: &Page) -> Result<Html, PageError> {
    if page.url.as_str().len() > LONGEST_URL {
        return Err(PageError::Unreadable("its URL is too long"));
    }
    let text = text_of(page)?;
    let began = Instant::now();
    let mut parser = parse_document(HtmlTreeSink::new(Html::new_document()), Default::default());
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let end = (1024..rest.len()).find(|end| rest.is_char_boundary(*end)).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        parser.process(piece.into());
        let document = parser.tokenizer.sink.sink.0.borrow();
        let mut nodes = document.tree.nodes();
        if nodes.len() > MOST_NODES {
            return Err(PageError::Unreadable("it has too many elements"));
        }
        if nodes.next_back().is_some_and(|newest| newest.ancestors().nth(DEEPEST).is_some()) {
            return Err(PageError::Unreadable("its elements are nested too deep"));
        }
        if began.elapsed() > LONGEST_PARSE {
            return Err(PageError::Unreadable("it takes too long to parse"));
        }
        rest = after;
    }
    Ok(parser.finish())
}

/// What the links of a page are relative to: its own URL, unless its `<base href="…">` says otherwise.
fn base_of(document: &Html, page: &Url) -> Url {
    let base = Selector::parse("base[href]").expect("a selector");
    let href = document.select(&base).next().and_then(|base| base.attr("href"));
    let base = href.and_then(|href| page.join(href).ok()).filter(|base| base.as_str().len() <= LONGEST_URL);
    base.unwrap_or_else(|| page.clone())
}

/// The client that all pages share. It leaves unpacking to [`text_of`], which knows where to stop.
fn client() -> reqwest::Result<Client> {
    #[cfg(feature = "https")]
    // The only error is that one has been installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let gzip = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static("gzip"))]);
    Client::builder().no_proxy().no_gzip().default_headers(gzip).user_agent("35_web_scraper").build()
}

/// What the arguments ask for: the pages, each once, the file for their links, and the limits; or what is wrong with them.
fn order(arguments: Vec<String>) -> Result<(Vec<Url>, PathBuf, Limits), String> {
    let (mut urls, mut seen, mut out, mut limits) = (Vec::new(), BTreeSet::new(), None, LIMITS);
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let mut value = |what| arguments.next().ok_or(format!("{argument} needs {what}"));
        match argument.as_str() {
            "--out" => out = Some(value("the name of a file")?),
            "--in-flight" => {
                let number = value("a number")?.parse().ok().filter(|number| *number > 0);
                limits.in_flight = number.ok_or("--in-flight needs a number above 0")?;
            }
            option if option.starts_with('-') => {
                return Err(format!("there is no option {option}: after --fast and the like come {USAGE}"));
            }
            url => urls.extend(Some(page_url(url)?).filter(|url| seen.insert(url.clone()))),
        }
    }
    let out = out.ok_or("no file for the links: name one with --out FILE")?;
    if urls.is_empty() { Err("no URL: name the pages to read".to_string()) } else { Ok((urls, out.into(), limits)) }
}

fn page_url(text: &str) -> Result<Url, String> {
    let mut url = Url::parse(text).map_err(|error| format!("{text:?} is no URL like http://host/path: {error}"))?;
    url.set_fragment(None);
    match url.scheme() {
        "http" => Ok(url),
        "https" if HTTPS => Ok(url),
        "https" => Err(format!("{text} cannot be read: {NO_HTTPS}")),
        scheme => Err(format!("{text} cannot be read: it is {scheme}, and not http or https")),
    }
}

/// Crawls pages into a file and prints a summary. A file that cannot be written to its end ends after a whole line.
async fn crawl(urls: Vec<Url>, path: &Path, limits: Limits) -> Result<(), String> {
    let started = Instant::now();
    let unwritable = |error| format!("the links cannot be written to {}: {error}", path.display());
    let client = client().map_err(|error| format!("there is no HTTP client: {error}"))?;
    let out = File::create(path).await.map_err(unwritable)?;
    match bulk_crawl_and_write(&client, urls, limits, out).await {
        Ok(Summary { read, failed, links }) => {
            let took = started.elapsed().as_secs_f64();
            println!("\n{read} pages read, {failed} failed, {links} links written in {took:.2} seconds.");
            Ok(())
        }
        Err(error) => {
            cut_after_last_line(path).await.map_err(unwritable)?;
            Err(unwritable(error))
        }
    }
}

/// A disk that is full takes what fits, which may be half a line. What is no regular file is left alone.
async fn cut_after_last_line(path: &Path) -> io::Result<()> {
    if fs::metadata(path).await?.is_file() {
        let written = fs::read(path).await?;
        let whole = written.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        OpenOptions::new().write(true).open(path).await?.set_len(whole as u64).await?;
    }
    Ok(())
}

async fn main_async(arguments: Vec<String>) -> Result<(), String> {
    if !arguments.is_empty() {
        let (urls, out, limits) = order(arguments)?;
        return crawl(urls, &out, limits).await;
    }
    let site = Site::start(of_all_kinds()).await;
    let urls = of_all_kinds().into_iter().map(|(path, _)| site.url(path)).chain([site.refused_url("/")]);
    let urls: Vec<Url> = urls.map(|url| url.parse().expect("a URL")).collect();

    // Nobody else has the site's port while it lives: two programs at once write to two files.
    let out = env::temp_dir().join(format!("35_web_scraper_{}.tsv", urls[0].port().expect("the site's port")));
    let crawled = crawl(urls, &out, LIMITS).await;
    let written = fs::read_to_string(&out).await.unwrap_or_default();
    let _ = fs::remove_file(&out).await;
    crawled?;
    println!("\n{}", HEADER.trim_end());
    written.lines().filter(|line| line.contains("/guide/\t")).for_each(|line| println!("{line}"));
    Ok(())
}

fn main() -> ExitCode {
    let ended = workbook::run_with_arguments(USAGE, main_async);
    ended.inspect_err(|sentence| eprintln!("{sentence}")).map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
}

#[cfg(test)]
#[path = "../tests/checks/35_web_scraper.rs"]
mod checks;
