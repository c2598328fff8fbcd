// rejected with: The finished file was removed

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use futures::{
    Stream, StreamExt, TryStreamExt,
    stream::{self, BoxStream},
};
use tokio::{
    fs::{self, File},
    io::AsyncWriteExt,
    time::{Instant, sleep, timeout},
};
use workbook::println;

struct TempFile {
    path: PathBuf,
    target: PathBuf,
}

impl TempFile {
    fn beside(target: &Path) -> io::Result<(Self, File)> {
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let path = target.with_file_name(format!(".{name}.{:016x}.tmp", rand::random::<u64>()));
        // Not with tokio::fs: cancelled at that await, it would make the file when the guard is gone.
        let file = std::fs::File::create_new(&path)?;
        Ok((Self { path, target: target.to_path_buf() }, File::from_std(file)))
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
        let _ = std::fs::remove_file(&self.target);
    }
}

async fn write_to_file(
    path: &Path,
    mut data: impl Stream<Item = io::Result<String>> + Unpin + Send + 'static,
) -> io::Result<()> {
    let (temp, mut file) = TempFile::beside(path)?;
    while let Some(chunk) = data.try_next().await? {
        file.write_all(chunk.as_bytes()).await?;
    }
    // write_all returns when the data are under way; flush, when they are in the file.
    file.flush().await?;
    fs::rename(&temp.path, path).await
}

fn report(title: &'static str, lines: u32, torn: bool) -> BoxStream<'static, io::Result<String>> {
    let lines = (1..=lines).map(move |n| Ok(format!("{title}, line {n}\n")));
    let end = torn.then(|| Err(io::Error::other("the rest of the report is missing")));
    let pause = |line| async {
        sleep(Duration::from_secs(1)).await;
        line
    };
    stream::iter(lines.chain(end)).then(pause).boxed()
}

async fn show(folder: &Path) -> io::Result<()> {
    let mut entries = fs::read_dir(folder).await?;
    while let Some(entry) = entries.next_entry().await? {
        let text = fs::read_to_string(entry.path()).await?;
        let first = text.lines().next().unwrap_or_default();
        println!("  {} has {} lines: {first} …", entry.file_name().display(), text.lines().count());
    }
    Ok(())
}

async fn visit(folder: &Path) -> io::Result<()> {
    let path = folder.join("report.txt");
    for (title, lines, torn) in
        [("Monday", 3, false), ("Tuesday", 2, false), ("Wednesday", 4, true), ("Thursday", 60, false)]
    {
        println!("{title}:");
        match timeout(Duration::from_secs(10), write_to_file(&path, report(title, lines, torn))).await {
            Ok(Ok(())) => println!("  written"),
            Ok(Err(error)) => println!("  Error writing to file report.txt: {error}"),
            Err(_) => println!("  Nobody waits any longer."),
        }
        show(folder).await?;
    }
    Ok(())
}

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn program() -> io::Result<()> {
    let start = Instant::now();
    let folder = Folder(std::env::temp_dir().join(format!("file_guard-{:016x}", rand::random::<u64>())));
    fs::create_dir(&folder.0).await?;
    visit(&folder.0).await?;
    println!("executed in {:.2} seconds.", start.elapsed().as_secs_f64());
    Ok(())
}

fn main() -> io::Result<()> {
    workbook::run(program())
}

#[cfg(test)]
#[path = "../../checks/31_file_guard.rs"]
mod checks;
