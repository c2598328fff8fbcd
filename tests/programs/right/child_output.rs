//! Children that take 200 ms each: one whose output is read, one whose end is awaited.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/process/>

use tokio::process::Command;

async fn app() {
    let output = Command::new("sh").args(["-c", "sleep 0.2; echo hi"]).output().await.unwrap();
    println!("{}", String::from_utf8_lossy(&output.stdout).trim());
    let status = Command::new("sleep").arg("0.2").status().await.unwrap();
    println!("{status}");
}

pub(crate) fn main() {
    workbook::run(app())
}
