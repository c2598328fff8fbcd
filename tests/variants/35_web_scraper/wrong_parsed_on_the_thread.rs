// rejected with: parses it on the blocking pool
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

const HEADER: &str = "source_url\tparsed_url\n";

const USAGE: &str = "URL… --out FILE [--in-flight NUMBER]; without any, it crawls a small site of its own";

const HTTPS: bool = cfg!(feature = "https");
const NO_HTTPS: &str = "https needs the feature of that name: cargo run -p solutions --features https --bin …";

#[derive(Clone, Copy)]
struct Limits {
    in_flight: usize,
    deadline: Duration,
}

const LIMITS: Limits = Limits { in_flight: 8, deadline: Duration::from_secs(5) };

const LARGEST: usize = 4 << 20;

const LONGEST_URL: usize = 2048;

const DEEPEST: usize = 512;
const MOST_NODES: usize = 100_000;
const LONGEST_PARSE: Duration = Duration::from_secs(2);

struct Page {
    url: Url,
    headers: HeaderMap,
    body: Vec<u8>,
}

#[derive(Debug)]
enum PageError {
    Status(StatusCode),
    Deadline,
    Http(reqwest::Error),
    TooLarge,
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

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Summary {
    read: usize,
    failed: usize,
    links: usize,
}

async fn fetch_html(client: &Client, url: &Url, deadline: Duration) -> Result<Page, PageError> {
    // One deadline for all of it: an answer that begins in time may still stop in the middle.
    let response = client.get(url.clone()).timeout(deadline).send().await?.error_for_status()?;
    println!("Got response [{}] for URL: {url}", response.status());
    let (url, headers) = (response.url().clone(), response.headers().clone());
    let body = if is_html(&response) { body_of(response).await? } else { Vec::new() };
    Ok(Page { url, headers, body })
}

fn parse(page: &Page) -> Result<BTreeSet<Url>, PageError> {
    // A parser and no regular expression: href="http…" would find what stands in comments, scripts and the text itself, and
    // miss what is relative, upper case, in single quotes, without quotes, or has spaces or entities.
    let document = document_of(page)?;
    let base = base_of(&document, &page.url);
    let anchors = Selector::parse("a[href]").expect("a selector");
    let links: BTreeSet<Url> = document
        .select(&anchors)
        // Why does joining an absolute link work? What a reference says for itself it does not take from the base (RFC
        // 3986, 5.2.2): one that begins with a scheme takes nothing, `//host/path` takes the scheme, `/path` the host too.
        .filter_map(|anchor| base.join(anchor.attr("href")?).ok())
        .filter(|link| matches!(link.scheme(), "http" | "https"))
        .map(|mut link| {
            link.set_fragment(None);
            link
        })
        .collect();
    println!("Found {} links for {}", links.len(), page.url);
    Ok(links)
}

async fn write_one<W: AsyncWrite + Unpin>(out: &mut W, source: &Url, links: &BTreeSet<Url>) -> io::Result<()> {
    if links.is_empty() {
        return Ok(());
    }
    // A URL holds neither tabs nor newlines: what has been parsed has them encoded, or left out.
    let lines: String = links.iter().map(|link| format!("{source}\t{link}\n")).collect();
    out.write_all(lines.as_bytes()).await?;
    // Until then it may be on its way only, and an error of it unseen: there is no async drop that would wait for it.
    out.flush().await?;
    println!("Wrote results for source URL: {source}");
    Ok(())
}

async fn bulk_crawl_and_write<W>(client: &Client, urls: Vec<Url>, limits: Limits, mut out: W) -> io::Result<Summary>
where
    W: AsyncWrite + Send + Unpin + 'static,
{
    out.write_all(HEADER.as_bytes()).await?;
    out.flush().await?;
    let mut summary = Summary::default();
    let mut urls = urls.into_iter();
    let mut pages = JoinSet::new();
    loop {
        while pages.len() < limits.in_flight
            && let Some(url) = urls.next()
        {
            let client = client.clone();
            pages.spawn(async move {
                let page = fetch_html(&client, &url, limits.deadline).await;
                let links = page.and_then(|page| parse(&page));
                (url, links)
            });
        }
        let Some(done) = pages.join_next().await else { return Ok(summary) };
        match done.expect("neither fetch_html nor parse panics") {
            (url, Ok(links)) => {
                // Only this loop writes, so lines of two pages cannot mix. And here, unlike with a page, `?` is right.
                if let Err(error) = write_one(&mut out, &url, &links).await {
                    pages.shutdown().await;
                    return Err(error);
                }
                summary.read += 1;
                summary.links += links.len();
            }
            (url, Err(error)) => {
                println!("No page at {url}: {error}");
                summary.failed += 1;
            }
        }
    }
}

fn is_html(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    ["text/html", "application/xhtml+xml"].iter().any(|html| kind.eq_ignore_ascii_case(html))
}

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

async fn links_of(client: &Client, url: &Url, deadline: Duration) -> Result<BTreeSet<Url>, PageError> {
    let page = fetch_html(client, url, deadline).await?;
    spawn_blocking(move || parse(&page)).await.unwrap_or(Err(PageError::Unreadable("the parser panicked at it")))
}

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

fn base_of(document: &Html, page: &Url) -> Url {
    let base = Selector::parse("base[href]").expect("a selector");
    let href = document.select(&base).next().and_then(|base| base.attr("href"));
    let base = href.and_then(|href| page.join(href).ok()).filter(|base| base.as_str().len() <= LONGEST_URL);
    base.unwrap_or_else(|| page.clone())
}

fn client() -> reqwest::Result<Client> {
    #[cfg(feature = "https")]
    let _ = rustls::crypto::ring::default_provider().install_default();
    let gzip = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static("gzip"))]);
    Client::builder().no_proxy().no_gzip().default_headers(gzip).user_agent("35_web_scraper").build()
}

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
#[path = "../../checks/35_web_scraper.rs"]
mod checks;
