//! What a crawl costs: pages with twenty links each, read by the program of 35_web_scraper from a site on the loopback,
//! 64 at once, several times each.
//!
//! `cargo run --release --example crawl [PAGES]…`; 500, 2000 and 8000 unless told otherwise. Time is that of the whole
//! program, without the site, which is served by this process; memory is the most that the program ever had, where the
//! system says so.

use std::{path::Path, process::Stdio, time::Instant};

use anyhow::{Context, Result, ensure};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Command,
};
use workbook::site::{Page, Site};

/// How often each number of pages is measured.
const RUNS: usize = 5;

const LINKS: usize = 20;
const IN_FLIGHT: usize = 64;

/// One crawl: seconds and, where the system tells, bytes.
struct Run {
    seconds: f64,
    bytes: Option<u64>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let default = ["500", "2000", "8000"].map(String::from).to_vec();
    let program = build().await?;
    let site = Site::generated(page).await;
    println!("{:>7}  {:>22}  {:>14}  {:>20}", "pages", "seconds", "pages a second", "peak memory");
    for pages in if arguments.is_empty() { default } else { arguments } {
        let pages: usize = pages.parse().context("PAGES is a number")?;
        let mut runs = Vec::new();
        for _ in 0..RUNS {
            runs.push(crawl(Path::new(&program), &site, pages).await?);
        }
        runs.sort_by(|one, other| one.seconds.total_cmp(&other.seconds));
        let (least, median, most) = (runs[0].seconds, runs[RUNS / 2].seconds, runs[RUNS - 1].seconds);
        let seconds = format!("{median:.3} ({least:.3} to {most:.3})");
        let bytes = || runs.iter().filter_map(|run| run.bytes);
        let memory = match (bytes().min(), bytes().max()) {
            (Some(least), Some(most)) => format!("{:.1} to {:.1} MB", least as f64 / 1e6, most as f64 / 1e6),
            _ => "unknown".into(),
        };
        println!("{pages:>7}  {seconds:>22}  {:>14.0}  {memory:>20}", pages as f64 / median);
    }
    ensure!(site.peak_in_flight() <= IN_FLIGHT, "{} requests were in flight", site.peak_in_flight());
    Ok(())
}

/// Builds the program as it is built for use; says where it is.
async fn build() -> Result<String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--release", "-p", "solutions", "--bin", "35_web_scraper_solution"]);
    let output = cargo.arg("--message-format=json").current_dir(env!("CARGO_MANIFEST_DIR")).output().await?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let messages = String::from_utf8(output.stdout)?;
    let messages = messages.lines().map(serde_json::from_str::<serde_json::Value>).filter_map(Result::ok);
    let mut executables = messages.filter_map(|message| message["executable"].as_str().map(str::to_string));
    executables.next_back().context("cargo does not say what it built")
}

/// A page that links to those that follow it.
fn page(path: &str) -> Option<Page> {
    let number: usize = path.strip_prefix("/page/")?.parse().ok()?;
    let links =
        (number + 1..=number + LINKS).map(|to| format!("<p><a href=\"/page/{to}\">page {to}</a> of many</p>\n"));
    Some(Page::html(links.collect::<String>()))
}

async fn crawl(program: &Path, site: &Site, pages: usize) -> Result<Run> {
    let out = tempfile::NamedTempFile::new()?;
    let mut command = Command::new(program);
    command.args((0..pages).map(|number| site.url(&format!("/page/{number}"))));
    command.args(["--in-flight", &IN_FLIGHT.to_string(), "--out"]).arg(out.path());
    let began = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
    let mut lines = BufReader::new(child.stdout.take().context("its output")?).lines();
    let (mut bytes, mut said, mut summary) = (None, 0, String::new());
    while let Some(line) = lines.next_line().await? {
        // It only grows; there is none when the program has ended.
        if said % 100 == 0 || line.contains(" pages read, ") {
            bytes = peak_memory(child.id().unwrap_or_default()).or(bytes);
        }
        (said, summary) = (said + 1, line);
    }
    ensure!(child.wait().await?.success(), "the crawl failed");
    let seconds = began.elapsed().as_secs_f64();
    let expected = format!("{pages} pages read, 0 failed, {} links written", pages * LINKS);
    ensure!(summary.starts_with(&expected), "{summary}");
    let lines = std::fs::read_to_string(out.path())?.lines().count();
    ensure!(lines == 1 + pages * LINKS, "{lines} lines were written");
    Ok(Run { seconds, bytes })
}

/// Linux counts it in kibibytes as the "high water mark" of the resident set.
fn peak_memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? * 1024)
}
