//! The program of 35_web_scraper as it is used: its arguments, what it writes, and what it says when it cannot.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::OnceLock,
};

use tokio::runtime::Runtime;
use workbook::site::{Page, Site};

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
