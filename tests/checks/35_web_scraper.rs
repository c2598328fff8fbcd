//! Checks of 35_web_scraper, for the exercise and its solution alike.

#[path = "35_web_scraper/output.rs"]
mod output;
#[path = "35_web_scraper/scenes.rs"]
mod scenes;

use std::{collections::BTreeSet, io};

use reqwest::Url;

use super::*;
use output::Output;
use scenes::{
    Crawled, ENOUGH, Fetched, all_gone, fetched, finds, limits, lines, numbered, of_the_fixture, page, same, visit,
};
use workbook::{
    check::{check, expect, fail, secs},
    recording::TaskKind,
    site::{Page as SitePage, Site, hostile, of_all_kinds},
};

#[test]
fn fetch_html_brings_the_page() {
    check("fetch_html brings the text of a page, and the URL that answered", |c| {
        let pages = [("/page", page("<p>été</p>").after(secs(2.0))), ("/moved", SitePage::redirect("/folder/page"))];
        let pages = [pages, [("/folder/page", page("<p>moved</p>")), ("/notes", SitePage::text("<a href=/>no</a>"))]];
        let run = fetched(c, pages.concat(), vec!["/page", "/moved", "/notes"]);
        let [slow, moved, notes] = &run.output()[..] else { fail("three pages were asked for") };
        expect(
            same(slow, "/page", "<p>été</p>"),
            "fetch_html returns the whole text of the page, and its URL. Two seconds are in time where five are allowed.",
        );
        expect(same(moved, "/folder/page", "<p>moved</p>"), "After a redirect the page's URL is that which answered.");
        expect(
            same(notes, "/notes", ""),
            "Plain text has no links, even if it looks like it: unless is_html tells that an answer is HTML, body is empty.",
        );
        run.says(
            ["page", "moved", "notes"].map(|path| format!("Got response [200 OK] for URL: http://127.0.0.1/{path}")),
            "fetch_html says which URL it asked for, and the status of the answer.",
        );
        run.takes(secs(2.0), "Only the slow page takes its time.");
    });
}

#[test]
fn fetch_html_knows_pages_of_all_kinds() {
    check("compressed pages and other alphabets are text; a bad status, or half a page, is an error", |c| {
        let run = fetched(c, of_all_kinds(), vec!["/gzip.html", "/latin1.html"]);
        expect(
            run.output()[0].as_ref().is_ok_and(|(_, html)| html.contains("/two.html"))
                && run.output()[1].as_ref().is_ok_and(|(_, html)| html.contains("/café.html")),
            "Pages come compressed, or in another alphabet: the page keeps the headers of its answer, by which text_of reads it.",
        );
        let run = fetched(c, of_all_kinds(), vec!["/gone.html", "/ill.html", "/cut.html", "/too-long.html", "/loop"]);
        let [gone, ill, rest @ ..] = &run.output()[..] else { fail("five pages were asked for") };
        let status = |page: &Fetched, expected| matches!(page, Err(PageError::Status(status)) if *status == expected);
        expect(
            status(gone, 404) && status(ill, 500),
            "A 404 or a 500 is an answer that comes with a text, but that is not the page: a bad status is an error.",
        );
        expect(
            rest.iter().all(|page| matches!(page, Err(PageError::Http(_)))),
            "A page that breaks off, or never stops to redirect, is no page: hand on the error that reqwest returns.",
        );
        let run = c.run(async || {
            let site = Site::start(of_all_kinds()).await;
            let url = site.refused_url("/").parse().expect("a URL");
            matches!(fetch_html(&client().expect("a client"), &url, secs(5.0)).await, Err(PageError::Http(_)))
        });
        run.returns(true, "A refused connection is an error, and fetch_html hands it on.");
    });
}

#[test]
fn fetch_html_has_a_deadline() {
    check("one deadline holds for all of a page: redirects, waiting, and the body", |c| {
        let late = |fetched: &Fetched| matches!(fetched, Err(PageError::Deadline));
        for (path, idea) in [
            ("/silent", "A page may never answer: without a deadline fetch_html waits forever."),
            ("/stalled", "An answer that has begun may stop in its middle: the deadline holds for the body too."),
            (
                "/late",
                "There is one deadline for the whole page: head and body together may take so long, not each of them.",
            ),
            ("/moved", "There is one deadline for the whole page: redirects belong to it."),
        ] {
            let pages = [("/silent", page("-").silent()), ("/stalled", page("<p>half of it</p>").stalled_after(5))];
            let late_pages = [("/late", page("<p>half of it</p>").after(secs(3.0)).stalled_after(5))];
            let moved = [("/moved", SitePage::redirect("/late").after(secs(4.0)))];
            let run = fetched(c, [&pages[..], &late_pages, &moved].concat(), vec![path]);
            expect(late(&run.output()[0]), idea);
            run.takes(secs(5.0), idea);
        }
    });
}

#[test]
fn fetch_html_stops_where_a_page_is_too_large() {
    check("of a page without an end fetch_html reads no more than the largest page may have", |c| {
        let run = fetched(c, hostile(), vec!["/endless.html", "/huge.html"]);
        expect(
            run.output().iter().all(|fetched| matches!(fetched, Err(PageError::TooLarge))),
            "A page may have more bytes than your machine has memory, or never end: read the body with body_of, which stops at \
             LARGEST, and hand on its error.",
        );
    });
}

#[test]
fn parse_finds_the_links() {
    check("parse joins what is relative, keeps what is absolute, and finds each link once", |c| {
        let relative =
            r#"<a href="b">1</a><a href="/c">2</a><a href="../d?e=f">3</a><a href="//other/">4</a><a href="?g">5</a>"#;
        let all = ["http://here/d?e=f", "http://here/c", "http://here/in/b", "http://here/in/page?g", "http://other/"];
        finds(c, relative, &all, "A link may be relative to its page: join it to the page's own URL, all of it.");
        let absolute = r#"<a href="https://else.where/x">1</a> <a href="http://here/y">2</a>"#;
        finds(c, absolute, &["https://else.where/x", "http://here/y"], "An absolute link stays what it is.");
        let repeated =
            r##"<a href="x">1</a><a href="/in/x">2</a><a href="x#part">3</a><a href="#top">4</a><a href="">5</a>"##;
        let once = ["http://here/in/x", "http://here/in/page"];
        finds(
            c,
            repeated,
            &once,
            "Each page that is linked to counts once: without the fragment, and in its absolute form.",
        );
        let base = r#"<base href="/elsewhere/"><a href="x">1</a>"#;
        finds(c, base, &["http://here/elsewhere/x"], "A page may say what its links are relative to: base_of knows.");
        finds(c, "", &[], "No text, no links.");
        finds(c, "<a>1</a> <a name=x>2</a>", &[], "An <a> without href is no link.");
    });
}

#[test]
fn parse_reads_html_as_a_browser_does() {
    check("parse finds links however they are written, and only links", |c| {
        let none = r#"<!-- <a href="http://not/1"> --><script>'<a href="http://not/2">'</script><p title='<a href="http://not/3">'>
            href="http://not/4" &lt;a href="http://not/5"&gt;</p><link href="http://not/6">"#;
        let idea = "Not everything that looks like a link is one: what stands in comments, scripts and texts is not. Ask the parser for \
                    the <a> elements, instead of searching the text.";
        finds(c, none, &[], idea);
        let any = "<A HREF='x'>1</A><a class=y href = y id=z>2</a><a href=\" z?a&amp;b=c\n\">3</a>";
        let idea =
            "HTML is written in many ways: capitals, single quotes or none, spaces, entities. A parser knows them all.";
        finds(c, any, &["http://here/in/x", "http://here/in/y", "http://here/in/z?a&b=c"], idea);
        let other = r#"<a href="mailto:a@b.c">1</a><a href="javascript:f()">2</a><a href="tel:1">3</a><a href="http://[x">4</a><a href="ok">5</a>"#;
        let idea = "Only http and https lead to pages; anything else is left out, like a link that is broken.";
        finds(c, other, &["http://here/in/ok"], idea);
    });
}

#[test]
fn write_one_writes_whole_lines() {
    check("write_one writes a line for each link, flushes, and hands on what fails", |c| {
        for (links, lines, said) in
            [(vec!["http://a/", "http://b/?c"], "http://x/\thttp://a/\nhttp://x/\thttp://b/?c\n", 1), (vec![], "", 0)]
        {
            let run = c.run(move || async move {
                let mut out = Output::new(1000, secs(0.0));
                let links = links.iter().map(|link| Url::parse(link).expect("a URL")).collect();
                let written = write_one(&mut out, &Url::parse("http://x/").expect("a URL"), &links).await;
                (written.is_ok(), out.arrived())
            });
            expect(run.output().0, "What can be written is no error.");
            expect(
                said == 0 || !run.output().1.is_empty(),
                "When write_one returns nothing has arrived: without a flush the lines are on their way only.",
            );
            run.returns((true, lines.to_string()), "A line for each link: the page, a tab, the link, a newline.");
            run.says(
                vec!["Wrote results for source URL: http://x/"; said],
                "write_one says what it wrote, if anything.",
            );
        }
        let run = c.run(async || {
            let link = Url::parse("http://x/").expect("a URL");
            let links = BTreeSet::from([link.clone()]);
            let mut full = Output::new(5, secs(0.0));
            write_one(&mut full, &link, &links).await.is_err_and(|error| error.kind() == io::ErrorKind::StorageFull)
        });
        run.returns(true, "A disk may be full: write_one hands on the error.");
        run.says([""; 0], "What was not written is not said to be.");
        let run = c.run(async || {
            let link = Url::parse("http://x/").expect("a URL");
            write_one(&mut Output::broken(), &link, &BTreeSet::from([link.clone()])).await.is_err()
        });
        run.returns(true, "That a disk is full may show in the flush only: write_one hands on that error, too.");
        run.says([""; 0], "What was not flushed is not said to be written.");
        let run = c.run(async || {
            let link = Url::parse("http://x/").expect("a URL");
            let written = write_one(&mut Output::new(1000, secs(1.0)), &link, &BTreeSet::from([link.clone()])).await;
            expect(written.is_ok(), "What can be written is no error.");
        });
        expect(
            run.recording().time_of("Wrote results for source URL: http://x/") == Some(secs(2.0)),
            "A line is written when it is flushed, here after two seconds: say so then, and not before.",
        );
    });
}

#[test]
fn one_bad_page_loses_nothing_else() {
    check("bulk_crawl_and_write writes the links of every page, whatever other pages do", |c| {
        let pages = of_all_kinds().into_iter().map(|(path, page)| (path.to_string(), page)).collect();
        let run = visit(c, pages, Limits { in_flight: 8, deadline: secs(3.0) }, ENOUGH, secs(0.0));
        let mut yours = lines(&run);
        let (links, large) = (of_the_fixture(), yours.remove("/large.html").unwrap_or_default());
        for path in ["/gone.html", "/ill.html"] {
            expect(!yours.contains_key(path), "What comes with a 404 or a 500 is not the page, and has no links.");
        }
        if let Some((path, links)) = links.iter().find(|(path, links)| yours.get(**path) != Some(*links)) {
            let text =
                |links: Option<&BTreeSet<String>>| links.map(|links| format!("{links:?}")).unwrap_or("none".into());
            fail(format!(
                "Every page's links are written, though other pages fail: one bad page ends itself, not the crawl.\n\n\
                 page:     {path}\nexpected: {}\nyours:    {}",
                text(Some(links)),
                text(yours.get(*path))
            ));
        }
        expect(
            large.len() == 2000 && yours.len() == links.len(),
            "Pages that have links are written, each with all it has.",
        );
        let summary = run.output().summary.as_ref().ok();
        expect(
            summary == Some(&Summary { read: 11, failed: 8, links: 2038 }),
            "The summary counts the pages that were read, those that failed, and the links written.",
        );
        run.takes(secs(3.0), "The silent pages take until their deadline, and hold up no other.");
        let said = run.recording().lines().iter().filter(|line| line.text.starts_with("No page at http://")).count();
        expect(said == 8, "Each page that failed is printed: `No page at …: ` and the error.");
    });
}

#[test]
fn hostile_pages_lose_nothing_else() {
    check("pages that mean harm fail, and the links of all the others are written", |c| {
        let good = |n: usize| (format!("/{n}"), page(&format!("<a href=/to/{n}>link</a>")));
        let run = visit(c, vec![good(0), good(1)], limits(4), ENOUGH, secs(0.0));
        let aside = run.recording().tasks.iter().filter(|task| task.kind == TaskKind::Blocking).count();
        expect(
            aside >= 2,
            "Parsing waits for nothing, and on your own thread it holds up every other page, a large one for long: read each page \
             with links_of, which parses it on the blocking pool.",
        );
        let mut pages: Vec<_> = hostile().into_iter().map(|(path, page)| (path.to_string(), page)).collect();
        let (failed, read) = (pages.len(), 8);
        pages.extend((0..read).map(good));
        let run = visit(c, pages, limits(4), ENOUGH, secs(0.0));
        let yours = lines(&run);
        if let Some(path) = yours.keys().find(|path| path.ends_with(".html")) {
            fail(format!(
                "A page that is too large, or would keep the parser busy without end, has no links: body_of and document_of \
                 return an error for it.\n\npage: {path}"
            ));
        }
        expect(yours.len() == read, "Every page's links are written, though other pages mean harm.");
        expect(
            run.output().summary.as_ref().ok() == Some(&Summary { read, failed, links: read }),
            "The summary counts the pages that were read, those that failed, and the links written.",
        );
    });
}

#[test]
fn so_many_at_once() {
    check("so many pages are under way at once, and as soon as one is done the next begins", |c| {
        let one = r#"<a href="/">home</a>"#;
        for (pages, in_flight, seconds) in [(20, 4, 5.0), (3, 1, 3.0), (3, 64, 1.0), (100, 50, 2.0)] {
            let run = visit(c, numbered(pages, |_| page(one).after(secs(1.0))), limits(in_flight), ENOUGH, secs(0.0));
            let peak = run.output().peak;
            expect(
                peak <= in_flight,
                "More requests were under way at once than limits.in_flight: a thousand URLs must not be a thousand requests at \
                 once.",
            );
            expect(
                peak == pages.min(in_flight),
                "The pages are not read side by side: fewer are under way than may be.",
            );
            run.takes(secs(seconds), "As soon as one page is done the next begins.");
            expect(lines(&run).len() == pages && run.output().requests == pages, "Each page is asked for once.");
        }
        let uneven = numbered(4, |n| page(one).after(secs([3.0, 1.0, 0.9, 0.8][n])));
        let run = visit(c, uneven, limits(2), ENOUGH, secs(0.0));
        run.takes(
            secs(3.0),
            "As soon as one page is done the next begins: a slow page holds up its own place, not a batch.",
        );
        run.nothing_alive("When bulk_crawl_and_write returns, nothing is left of it.");
        let run = visit(c, vec![], limits(4), ENOUGH, secs(0.0));
        expect(run.output().text == HEADER, "Without pages the file has a header all the same, and it is flushed.");
    });
}

#[test]
fn written_when_found() {
    check("a page's lines are written when they are found, and stand together", |c| {
        let uneven = numbered(3, |n| page("<a href=/>home</a>").after(secs([4.0, 2.0, 1.0][n])));
        let run = visit(c, uneven, limits(8), ENOUGH, secs(0.0));
        let times: Vec<_> = (0..3).map(|n| run.output().out.time_of(&format!("/{n}\t"))).collect();
        expect(
            times == [4.0, 2.0, 1.0].map(|at| Some(secs(at))),
            "The links of a page are written when they are found, not at the end, nor after those of a slower page.",
        );
        let many = |n: usize| (0..8).map(|m| format!("<a href=/page/{n}/{m}>link</a>")).collect::<String>();
        // Every other page comes while the one before it is written, and no two at once: it must not be the threads of the
        // blocking pool that say which is parsed first.
        let crowd = numbered(5, |n| page(&many(n)).after(secs([0.0, 0.01, 0.1, 0.11, 0.2][n])));
        let run = visit(c, crowd, limits(5), ENOUGH, secs(0.001));
        expect(lines(&run).values().map(BTreeSet::len).eq([8; 5]), "Each page has its eight lines.");
    });
}

#[test]
fn a_full_output_ends_the_crawl() {
    check("an output that is full ends the crawl, and what follows is not written", |c| {
        for room in [0, 10, 200, HEADER.len()] {
            let pages = numbered(80, |n| page("<a href=/>home</a>").after(secs([1.0, 1.1, 1.2, 1.3][n % 4])));
            let run = visit(c, pages, limits(4), room, secs(0.0));
            let Crawled { summary, requests, out, .. } = run.output();
            expect(
                summary.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::StorageFull),
                "If the output cannot be written, bulk_crawl_and_write hands on that error.",
            );
            expect(out.late() == 0, "After an error nothing more is written: it would follow upon half a line.");
            expect(*requests < 40, "What cannot be written need not be read: an output that is full ends the crawl.");
            all_gone(&run);
        }
    });
}

#[test]
fn the_program() {
    check("the program: a site with a page of every kind", |c| {
        let run = c.run(async || main_async(Vec::new()).await);
        run.returns(Ok(()), "All that is bad about the pages is no error of the program.");
        run.transcript(
            "main_async",
            "The good pages are read and written, the bad ones are told, and all of it is counted.",
        );
    });
}
