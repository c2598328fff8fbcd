//! The program of 35_web_scraper as it is used: its arguments, what it writes, and what it says when it cannot.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::OnceLock,
};

use tokio::runtime::Runtime;
use workbook::site::{Page, Site, hostile};

use super::{built, text};

fn scraper() -> Command {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    let name = "35_web_scraper_solution";
    let mut command = Command::new(PROGRAM.get_or_init(|| built(&["-p", "solutions", "--bin", name], name)));
    command.stdin(Stdio::null());
    command
}

fn run(command: &mut Command) -> Output {
    command.output().unwrap()
}

/// It ended with one line on standard error that begins and ends like this, and said nothing else.
#[track_caller]
fn complains(output: &Output, begins: &str, ends: &str) {
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.starts_with(begins) && said.trim_end().ends_with(ends) && said.lines().count() == 1, "{said}");
}

/// A site that is served while the runtime lives, with a page of a hundred links.
fn site() -> (Runtime, Site) {
    let runtime = Runtime::new().unwrap();
    let links: String = (0..100).map(|n| format!("<a href='/to/{n}'>{n}</a>")).collect();
    let pages = [("/links", Page::html(links)), ("/gone", Page::html("").with_status(404))];
    let site = runtime.block_on(Site::start(pages));
    (runtime, site)
}

#[test]
fn without_arguments_it_crawls_a_site_of_its_own() {
    let output = run(scraper().arg("--fast"));
    assert!(output.status.success(), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(said.contains("\n11 pages read, 8 failed, 2038 links written in 5.00 seconds.\n"), "{said}");
}

#[test]
fn it_writes_the_links_of_the_pages_it_is_given() {
    let (_runtime, site) = site();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("links.tsv");
    let urls = ["/links", "/gone", "/links#again"].map(|path| site.url(path));
    let output = run(scraper().arg("--out").arg(&file).args(urls).args(["--in-flight", "1"]));
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(
        text(&output.stdout).contains("\n1 pages read, 1 failed, 100 links written in "),
        "{}",
        text(&output.stdout)
    );
    let written = fs::read_to_string(&file).unwrap();
    let (header, lines) = written.split_once('\n').unwrap();
    assert_eq!(header, "source_url\tparsed_url");
    assert_eq!(lines.lines().count(), 100);
    let start = format!("{}\t{}", site.url("/links"), site.url("/to/"));
    assert!(lines.lines().all(|line| line.starts_with(&start)), "{written}");
    assert_eq!(site.requests(), 2, "a page that is named twice is read once");
}

/// Pages whose cost grows faster than their size, beside those of the site of hostile pages.
fn harmful() -> Vec<(&'static str, Page)> {
    let link = "<a href=/to/home>home</a>";
    let attributes: String = (0..400_000).map(|n| format!(" a{n}")).collect();
    let links: String = (0..20_000).map(|n| format!("<a href={n}>{n}</a>")).collect();
    let base = format!("<base href=\"/{}/\">", "long".repeat(250_000));
    let gibibyte = Page::html(link.repeat((1 << 20) / link.len())).gzipped_over_and_over(1024);
    vec![
        ("/gibibyte.html", gibibyte),
        ("/attributes.html", Page::html(format!("{link}<p{attributes}>"))),
        ("/long-links.html", Page::html(base + &links)),
        ("/not-packed.html", Page::html(link).with_encoding("gzip")),
        ("/unknown.html", Page::html(link).with_encoding("br")),
    ]
}

#[test]
fn pages_that_mean_harm_lose_nothing_of_the_others() {
    let (runtime, good) = site();
    let pages: Vec<_> = hostile().into_iter().chain(harmful()).collect();
    let harm: Vec<&str> = pages.iter().map(|(path, _)| *path).collect();
    let bad = runtime.block_on(Site::start(pages.clone()));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("links.tsv");
    let urls = harm.iter().map(|path| bad.url(path)).chain([good.url("/links")]);
    let output = run(scraper().arg("--out").arg(&file).args(urls));
    assert!(output.status.success(), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    let written = fs::read_to_string(&file).unwrap();
    assert_eq!(written.matches(&good.url("/to/")).count(), 100, "{said}");
    for path in harm.iter().filter(|path| **path != "/long-links.html") {
        assert!(said.contains(&format!("No page at {}: it", bad.url(path))), "{path} is no page: {said}");
    }
    // Its base is not used, so its links are those of any other page.
    assert!(written.contains(&bad.url("/19999\n")), "{said}");
    assert!(said.contains("\n2 pages read, 9 failed, 20100 links written in "), "{said}");
}

#[test]
fn what_is_wrong_with_the_arguments_is_one_sentence() {
    let out = ["--out", "links.tsv"];
    for (arguments, begins) in [
        (&[][..], "no URL: "),
        (&["example.com"], "\"example.com\" is no URL like http://host/path: "),
        (&["http://[broken"], "\"http://[broken\" is no URL like "),
        (&["https://127.0.0.1/"], "https://127.0.0.1/ cannot be read: https needs the feature of that name: "),
        (&["mailto:a@b.c"], "mailto:a@b.c cannot be read: it is mailto, "),
        (&["--often"], "there is no option --often: "),
        (&["--in-flight", "none"], "--in-flight needs a number above 0"),
        (&["--in-flight", "0"], "--in-flight needs a number above 0"),
        (&["--in-flight"], "--in-flight needs a number"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        complains(&run(scraper().args(out).args(arguments).current_dir(folder.path())), begins, "");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is written");
    }
    complains(&run(scraper().arg("http://127.0.0.1/")), "no file for the links: ", "--out FILE");
    complains(&run(scraper().args(["http://127.0.0.1/", "--out"])), "--out needs the name of a file", "");
}

#[test]
fn a_file_that_cannot_be_made_is_one_sentence() {
    let (_runtime, site) = site();
    let file = Path::new("no such folder").join("links.tsv");
    let begins = format!("the links cannot be written to {}: ", file.display());
    complains(&run(scraper().arg(site.url("/links")).arg("--out").arg(&file)), &begins, "");
    assert_eq!(site.requests(), 0, "what cannot be written need not be read");
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_that_is_full_is_one_sentence() {
    let (_runtime, site) = site();
    let output = run(scraper().arg(site.url("/links")).args(["--out", "/dev/full"]));
    complains(&output, "the links cannot be written to /dev/full: ", "");
    assert!(!fs::metadata("/dev/full").unwrap().is_file(), "the device is what it was");
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_leaves_whole_lines() {
    let (_runtime, site) = site();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("links.tsv");
    // Files may have so many blocks and no more: as on a full disk, what fits is taken, and the rest is an error.
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 2; exec \"$0\" \"$@\""]).arg(scraper().get_program());
    complains(&run(shell.arg(site.url("/links")).arg("--out").arg(&file)), "the links cannot be written to ", "");
    let written = fs::read_to_string(&file).unwrap();
    assert!(written.lines().count() > 5 && written.len() > 800, "what fits is there: {written}");
    let last = written.lines().last().unwrap();
    assert!(written.ends_with('\n') && last.starts_with(&site.url("/links\t")) && last.contains("/to/"), "{written}");
}
