//! The site that the checks of 33_seven_models_http let the models visit, and what every model has to do there.

use std::time::Duration;

use super::super::Fetched;
use reqwest::{Client, Url, redirect::Policy};
use workbook::{
    check::{Checks, Run, expect, fail, secs},
    site::{Page, Site},
};

pub(super) const IN_TURN: &str = "The site never saw all the requests under way at once. In this model they are: hand all the fetches to one \
                       await, or spawn each, before you wait for the first.";
const AT_ONCE: &str = "The site saw several requests under way at once. In this model a request begins when the page before it \
                       is there.";
const LONGEST: &str = "Pages that are fetched at once are all there when the slowest of them is.";
const SUM: &str = "Pages that are fetched one after another take as long as all of them together.";
const ONCE: &str = "A model asks the site once for each of its pages. What another model has fetched is not remembered: each makes \
                    its own requests.";
const CLIENT: &str =
    "A request was not made with the client that the model was given: that one does not follow redirects.";
const FETCH: &str = "Each page is fetched with fetch, which prints its line when the page is there.";
const LEFT: &str = "The model returned while some of its requests were under way.";

/// How long the site thinks about each of the six pages, in seconds.
pub(super) const TIMES: [f64; 6] = [3.0, 1.0, 4.0, 2.0, 6.0, 5.0];

/// The six pages: with the first two bad statuses are about, the third has moved, and its own text is empty.
pub(super) fn six() -> Vec<(String, Page)> {
    let pages = ["zero", "one", "two", "three", "four", "five"].map(Page::text);
    let [zero, one, _, three, four, five] = pages;
    let pages = [zero.with_status(404), one.with_status(500), Page::redirect("/elsewhere"), three, four, five];
    pages
        .into_iter()
        .zip(TIMES)
        .enumerate()
        .map(|(nth, (page, time))| (format!("/{nth}"), page.after(secs(time))))
        .collect()
}

pub(super) const TEXTS: [&str; 6] = ["zero", "one", "", "three", "four", "five"];

/// What came of a scene, and what the site saw of it.
pub(super) struct Visit<T> {
    pub(super) result: T,
    pub(super) requests: usize,
    elsewhere: usize,
    pub(super) peak: usize,
    pub(super) connections: usize,
    pub(super) in_flight: usize,
}

/// Serves the pages to `scene`, which gets a client that follows no redirects, and their URLs.
pub(super) fn visit<T: 'static>(
    c: &Checks,
    pages: Vec<(String, Page)>,
    scene: impl AsyncFnOnce(Client, Vec<Url>) -> T + 'static,
) -> Run<Visit<T>> {
    c.run(async || {
        let paths: Vec<String> = pages.iter().map(|(path, _)| path.clone()).collect();
        let site = Site::start(pages).await;
        let client = Client::builder().no_proxy().redirect(Policy::none()).build().expect("a client");
        let urls = paths.iter().map(|path| site.url(path).parse().expect("a URL")).collect();
        let result = scene(client, urls).await;
        Visit {
            result,
            requests: site.requests(),
            elsewhere: site.requests_for("/elsewhere"),
            peak: site.peak_in_flight(),
            connections: site.connections(),
            in_flight: site.in_flight(),
        }
    })
}

pub(super) fn text(page: Fetched) -> String {
    page.unwrap_or_else(|_| "no page".to_string())
}

pub(super) fn texts(pages: Vec<Fetched>) -> Vec<String> {
    pages.into_iter().map(text).collect()
}

/// What the model made of the six pages, at once or one after another. It fetches them twice.
pub(super) fn of_six<F>(c: &Checks, at_once: bool, model: impl Fn(Client, Vec<Url>) -> F + 'static) -> Vec<String>
where
    F: Future<Output = Vec<String>>,
{
    let run = visit(c, six(), async move |client, urls| {
        let first = model(client.clone(), urls.clone()).await;
        let again = model(client, urls).await;
        (first, again)
    });
    let Visit { requests, elsewhere, peak, ref result, .. } = *run.output();
    expect(elsewhere == 0, CLIENT);
    expect(requests == 12, ONCE);
    run.nothing_alive(LEFT);
    let (at_most, time) = if at_once { (6, 12.0) } else { (1, 42.0) };
    if peak != at_most {
        let idea = if at_once { IN_TURN } else { AT_ONCE };
        fail(format!("{idea}\n\nexpected at once: {at_most}\nyours at most:    {peak}"));
    }
    run.takes(secs(time), if at_once { LONGEST } else { SUM });
    let lines = run.recording().lines();
    expect(lines.iter().filter(|line| line.text.starts_with("> [")).count() == 12, FETCH);
    expect(result.0 == result.1, "The same URLs lead to the same pages, as often as they are fetched.");
    result.0.clone()
}

/// No page, one, and forty of which the last is there first.
pub(super) fn of_any_size<F>(
    c: &Checks,
    at_once: bool,
    model: impl Fn(Client, Vec<Url>) -> F + Copy + 'static,
) -> Vec<String>
where
    F: Future<Output = Vec<String>>,
{
    let sized = |count: usize| {
        let page = |n: usize| Page::text(n.to_string()).after(Duration::from_millis(100 * (count - n) as u64));
        let pages = (0..count).map(|n| (format!("/{n}"), page(n))).collect();
        visit(c, pages, async move |client, urls| model(client, urls).await)
    };
    let none = sized(0);
    expect(none.output().result.is_empty(), "Without URLs there are no pages.");
    none.takes(Duration::ZERO, "Without URLs there is nothing to wait for.");
    expect(sized(1).output().result == ["0"], "A single URL leads to a single page.");
    let forty = sized(40);
    expect(forty.output().peak == if at_once { 40 } else { 1 }, if at_once { IN_TURN } else { AT_ONCE });
    forty.output().result.clone()
}

pub(super) fn forty() -> Vec<String> {
    (0..40).map(|n| n.to_string()).collect()
}
