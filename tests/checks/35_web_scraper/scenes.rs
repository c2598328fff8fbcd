//! The scenes of the checks: sites, and what the learner's functions make of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    time::Duration,
};

use reqwest::{Url, header::HeaderMap};
use tokio::time::timeout;
use workbook::{
    check::{Checks, Run, expect, fail, secs},
    recording::{Task, TaskKind},
    site::{Page as SitePage, Site, of_all_kinds},
};

use super::{super::*, Output};

/// The URL and text of a page.
pub(super) type Fetched = Result<(Url, String), PageError>;

/// What fetch_html makes of these paths, one after another.
pub(super) fn fetched(c: &Checks, pages: Vec<(&'static str, SitePage)>, paths: Vec<&'static str>) -> Run<Vec<Fetched>> {
    c.run(move || async move {
        let site = Site::start(pages).await;
        let mut fetched = Vec::new();
        for path in paths {
            // What hangs is judged as what it is.
            let client = client().expect("a client");
            let url = url(&site, path);
            let result = timeout(secs(60.0), fetch_html(&client, &url, secs(5.0))).await;
            let Ok(result) = result else {
                fail(
                    "fetch_html waits for a page that never comes: it needs a deadline, for the head and for the body.",
                )
            };
            fetched.push(result.and_then(|page| Ok((page.url.clone(), text_of(&page)?))));
        }
        fetched
    })
}

pub(super) fn same(fetched: &Fetched, path: &str, text: &str) -> bool {
    fetched.as_ref().is_ok_and(|(url, html)| url.path() == path && html == text)
}

/// parse finds these links on a page `http://here/in/page`.
pub(super) fn finds(c: &Checks, html: &str, expected: &[&str], idea: &str) {
    let url = Url::parse("http://here/in/page").expect("a URL");
    let page = Page { url, headers: HeaderMap::new(), body: html.into() };
    let run = c.run(move || async move { parse(&page) });
    let Ok(links) = run.output() else { fail("A page that can be parsed is no error, whatever it links to.") };
    let yours: BTreeSet<&str> = links.iter().map(Url::as_str).collect();
    let expected: BTreeSet<&str> = expected.iter().copied().collect();
    if yours != expected {
        fail(format!("{idea}\n\nexpected: {expected:?}\nyours:    {yours:?}"));
    }
    let said = format!("Found {} links for http://here/in/page", expected.len());
    run.says([said], "parse says how many links it found, and where.");
}

/// Room for all that is ever written.
pub(super) const ENOUGH: usize = 1 << 24;

pub(super) fn limits(in_flight: usize) -> Limits {
    Limits { in_flight, deadline: secs(30.0) }
}

pub(super) fn page(html: &str) -> SitePage {
    SitePage::html(html)
}

pub(super) fn numbered(pages: usize, page: impl Fn(usize) -> SitePage) -> Vec<(String, SitePage)> {
    (0..pages).map(|n| (format!("/{n}"), page(n))).collect()
}

fn url(site: &Site, path: &str) -> Url {
    site.url(path).parse().expect("a URL")
}

/// What a crawl came to.
pub(super) struct Crawled {
    pub(super) summary: io::Result<Summary>,
    /// What has arrived in the output, with nothing of the site's own URL but the path.
    pub(super) text: String,
    pub(super) out: Output,
    pub(super) requests: usize,
    pub(super) peak: usize,
}

/// Crawls all the pages of a site, in their order, and first a port that refuses every connection if it is that of
/// all kinds.
pub(super) fn visit(
    c: &Checks,
    pages: Vec<(String, SitePage)>,
    limits: Limits,
    room: usize,
    pause: Duration,
) -> Run<Crawled> {
    c.run(move || async move {
        let site = Site::start(pages.clone()).await;
        let out = Output::new(room, pause);
        let mut urls: Vec<Url> = pages.iter().map(|(path, _)| url(&site, path)).collect();
        if pages.len() == of_all_kinds().len() {
            urls.insert(0, site.refused_url("/").parse().expect("a URL"));
        }
        let client = client().expect("a client");
        let crawl = timeout(secs(3000.0), bulk_crawl_and_write(&client, urls, limits, out.clone()));
        let Ok(summary) = crawl.await else {
            fail("The crawl never comes to its end: a page that does not answer needs a deadline.")
        };
        workbook::println!("{RETURNED}");
        let text = out.arrived().replace(site.url("").as_str(), "");
        Crawled { summary, text, out, requests: site.requests(), peak: site.peak_in_flight() }
    })
}

/// Said when the crawl has returned.
const RETURNED: &str = "the crawl has returned";

/// Of all the tasks that were spawned none was left when the crawl returned. What runs on the blocking pool cannot be
/// ended, and ends by itself.
pub(super) fn all_gone<T>(run: &Run<T>) {
    let said = run.recording().prints.iter().find(|print| print.text.trim_end() == RETURNED);
    let returned = said.map_or(0, |print| print.at.step);
    let left =
        |task: &&&Task| task.kind != TaskKind::Blocking && task.end.as_ref().is_none_or(|end| end.at.step > returned);
    let left = run.recording().spawned().iter().filter(left).count();
    if left > 0 {
        fail(format!(
            "When bulk_crawl_and_write returned, tasks of it were left: {left}. A JoinSet that is dropped, by `?` or otherwise, \
             only tells its tasks to end, and they are gone a moment later: JoinSet::shutdown().await waits until they are."
        ));
    }
}

/// The links of each page in the output, which is whole.
pub(super) fn lines(run: &Run<Crawled>) -> BTreeMap<String, BTreeSet<String>> {
    let Crawled { summary, text, .. } = run.output();
    if let Err(error) = summary {
        fail(format!(
            "One bad page ends itself, not the crawl: only the output can make it an error.\n\nthe error: {error}"
        ));
    }
    let Some(text) = text.strip_prefix(HEADER) else {
        fail("The first line of the output is the header. (Is all of it flushed?)")
    };
    expect(!text.contains(HEADER), "The header is written once.");
    expect(
        text.is_empty() || text.ends_with('\n'),
        "The output ends in half a line: flush it before you say that it is written.",
    );
    let mut pages = BTreeMap::new();
    let mut before = "";
    for line in text.lines() {
        let [page, link] = line.split('\t').collect::<Vec<_>>()[..] else { mixed(line) };
        if [page, link].iter().any(|url| !url.starts_with("/") && !url.starts_with("http") || url.contains(' ')) {
            mixed(line);
        }
        let links: &mut BTreeSet<String> = pages.entry(page.to_string()).or_default();
        if page != before && !links.is_empty() {
            mixed(line);
        }
        expect(links.insert(link.to_string()), "Each link of a page is written once.");
        before = page;
    }
    pages
}

fn mixed(line: &str) -> ! {
    fail(format!(
        "Each line is a page, a tab and a link, and the lines of one page stand together. Where several write at once, their \
         pieces mix: let one write at a time, a whole page.\n\nthe line: {line:?}"
    ))
}

/// What the pages of the site of all kinds link to, without the large one.
pub(super) fn of_the_fixture() -> BTreeMap<&'static str, BTreeSet<String>> {
    let index = of_all_kinds().iter().map(|(path, _)| path.to_string()).filter(|path| path != "/").collect();
    let links = [
        "/guide/",
        "/about.html",
        "/single-quoted.html",
        "/unquoted.html",
        "/UPPER-CASE.html",
        "/spaced.html",
        "/search?q=a&lang=caf%C3%A9",
        "/trimmed.html",
        "https://example.com/absolute",
        "http://example.com/same-scheme",
        "/links.html",
    ];
    let set = |links: &[&str]| links.iter().map(|link| link.to_string()).collect();
    let two = set(&["/one.html", "/two.html"]);
    BTreeMap::from([
        ("/", index),
        ("/links.html", set(&links)),
        ("/guide/", set(&["/about.html", "/"])),
        ("/old", set(&["/about.html", "/"])),
        ("/slow.html", BTreeSet::clone(&two)),
        ("/too-short.html", set(&["/one.html"])),
        ("/gzip.html", two),
        ("/latin1.html", set(&["/caf%C3%A9.html"])),
    ])
}
