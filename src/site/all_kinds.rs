//! A small site with a page of every kind.

use std::time::Duration;

use super::Page;

/// The page with every kind of link. In comments stands what a browser would make of each.
const LINKS: &str = r##"<!DOCTYPE html>
<html><head><title>Links</title><link rel="stylesheet" href="/style.css"></head><body>
<!-- Three ways to name one page: /guide/ counts once. -->
<a href="guide/">relative</a> <a href="/guide/">from the root</a> <a href="guide/">repeated</a>
<a href="./guide/../about.html">with dots</a> <a href="/about.html#team">with a fragment</a>
<a href='single-quoted.html'>in single quotes</a> <a href=unquoted.html>without quotes</a>
<A HREF="/UPPER-CASE.html">in capitals</A> <a class="x" href = "spaced.html" id="y">among other attributes</a>
<a href="search?q=a&amp;lang=caf&eacute;">with entities</a> <a href="  /trimmed.html
">with white space around it</a>
<a href="https://example.com/absolute">absolute</a> <a href="//example.com/same-scheme">of the same scheme</a>
<!-- The page itself. -->
<a href="#top">only a fragment</a> <a href="">empty</a>
<!-- Links that lead to no page of the web. -->
<a href="mailto:someone@example.com">mail</a> <a href="javascript:void(0)">a script</a> <a href="tel:+3212345">a telephone</a>
<a href="http://[broken">a broken one</a> <a name="anchor">none at all</a>
<!-- No links at all: <a href="/in-a-comment.html">not this one</a> -->
<script>document.write('<a href="/in-a-script.html">nor this one</a>');</script>
<p title='<a href="/in-an-attribute.html">'>href="http://example.com/in-the-text"</p>
</body></html>
"##;

/// The pages of a site that has one of every kind, by path:
///
/// * `/` links to all the others, `/links.html` has every kind of link;
/// * `/guide/` is in a folder, links to `../about.html` and back to `/`; `/about.html` has no links;
/// * `/old` redirects to `/guide/`, `/loop` to itself;
/// * `/gone.html` is a 404 that has a link, `/ill.html` a 500;
/// * `/slow.html` takes two seconds, `/silent.html` never answers, `/stalled.html` stops in the middle of its body;
/// * `/cut.html` is cut in the middle, `/too-long.html` announces more than it has, `/too-short.html` less;
/// * `/gzip.html` is compressed, `/latin1.html` is in ISO 8859-1, `/large.html` has 2,000 links and above 100 kB;
/// * `/plain.txt` is plain text that looks like links.
pub fn of_all_kinds() -> Vec<(&'static str, Page)> {
    let index: String = [
        "links.html",
        "guide/",
        "about.html",
        "old",
        "loop",
        "gone.html",
        "ill.html",
        "slow.html",
        "silent.html",
        "stalled.html",
        "cut.html",
        "too-long.html",
        "too-short.html",
        "gzip.html",
        "latin1.html",
        "large.html",
        "plain.txt",
    ]
    .map(|path| format!("<a href=\"{path}\">{path}</a>\n"))
    .concat();
    let large: String =
        (0..2000).map(|n| format!("<p><a href=\"/page/{n}.html\">page {n}</a> of a large site</p>\n")).collect();
    let two = "<a href=\"/one.html\">one</a>\n<a href=\"/two.html\">two</a>\n";
    // As a latin-1 page has it: é is the byte E9.
    let latin1 = [&b"<a href=\"/caf"[..], &[0xE9], b".html\">caf", &[0xE9], b"</a>\n"].concat();
    vec![
        ("/", Page::html(index)),
        ("/links.html", Page::html(LINKS)),
        ("/guide/", Page::html("<a href=\"../about.html\">about</a> <a href=\"/\">home</a>\n")),
        ("/about.html", Page::html("<p>nothing to follow</p>\n")),
        ("/old", Page::redirect("/guide/")),
        ("/loop", Page::redirect("/loop")),
        ("/gone.html", Page::html("<a href=\"/\">not here; go home</a>\n").with_status(404)),
        ("/ill.html", Page::html("<a href=\"/\">ill; go home</a>\n").with_status(500)),
        ("/slow.html", Page::html(two).after(Duration::from_secs(2))),
        ("/silent.html", Page::html(two).silent()),
        ("/stalled.html", Page::html(two).stalled_after(30)),
        ("/cut.html", Page::html(two).cut_after(30)),
        ("/too-long.html", Page::html(two).with_length(1000)),
        ("/too-short.html", Page::html(two).with_length(30)),
        ("/gzip.html", Page::html(two).gzipped()),
        ("/latin1.html", Page::new("text/html; charset=iso-8859-1", latin1)),
        ("/large.html", Page::html(large)),
        ("/plain.txt", Page::text("href=\"http://example.com/one\" <a href=\"/two\">\n")),
    ]
}

/// Pages that want too much of whoever reads them, by path. Each has a link, which nobody needs to find:
///
/// * `/bomb.html` is a few kilobytes that unpack to 64 MiB, `/endless.html` never ends;
/// * `/huge.html` has an attribute of 5 MiB, `/deep.html` has 200,000 elements, each within another;
/// * `/growing.html` closes a paragraph and none of the 400 elements in it, so that a parser opens them anew in each of the
///   paragraphs that follow: it has 80 kB, and above a million nodes.
pub fn hostile() -> Vec<(&'static str, Page)> {
    let link = "<a href=\"/\">home</a>\n";
    let repeated = |size: usize| link.repeat(size / link.len());
    let open: String = (0..400).map(|n| format!("<font size={n}>")).collect();
    vec![
        ("/bomb.html", Page::html(repeated(1 << 16)).gzipped_over_and_over(1024)),
        ("/endless.html", Page::html(repeated(1 << 16)).endless()),
        ("/huge.html", Page::html(format!("{link}<p title=\"{}\">", "x".repeat(5 << 20)))),
        ("/deep.html", Page::html("<div>".repeat(200_000) + link)),
        ("/growing.html", Page::html(format!("<p>{open}</p>{}{link}", "<p>and again</p>".repeat(4000)))),
    ]
}
