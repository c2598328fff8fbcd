//! A file that is either old or new, and never half of each. The data go into a temporary file beside it, which takes its place
//! when it is complete. If that never happens, because of an error or because nobody waits any longer, a guard removes it: there
//! is no async drop, so the guard does it the blocking way; and what is to be awaited must be awaited before.

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

/// A guard: as long as it lives, there may be a temporary file at `path`.
struct TempFile {
    path: PathBuf,
}

impl TempFile {
    /// Makes an empty temporary file with a name of its own in the folder of `target`, and opens it for writing.
    fn beside(target: &Path) -> io::Result<(Self, File)> {
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let path = target.with_file_name(format!(".{name}.{:016x}.tmp", rand::random::<u64>()));
        // Not with tokio::fs: cancelled at that await, it would make the file when the guard is gone.
        let file = std::fs::File::create_new(&path)?;
        Ok((Self { path }, File::from_std(file)))
    }
}

impl Drop for TempFile {
    /// Removes the temporary file. It does not matter if there is none any more, as after it was renamed.
    fn drop(&mut self) {
        todo!("remove the file at self.path with std::fs, and let an error be: nobody can be told here")
    }
}

/// Writes the chunks of `data` into the file at `path`, one after another as they come. Until they are all there the file has its
/// old contents, or does not exist; when `write_to_file` returns Ok, all the new contents are in the file.
///
/// Whatever else happens, the file is left as it was, and nothing beside it: also when the future is dropped while it waits for
/// a chunk. When an error is returned, the temporary file is gone.
///
/// # Errors
/// The first error of `data`, or of the file system.
async fn write_to_file(
    path: &Path,
    mut data: impl Stream<Item = io::Result<String>> + Unpin + Send + 'static,
) -> io::Result<()> {
    todo!(
        "make a TempFile, write each chunk into it, make sure that all has arrived in the file, and rename it to path"
    )
}

/// A report of so many lines, of which one comes every second. Where it is `torn`, an error comes in the end.
fn report(title: &'static str, lines: u32, torn: bool) -> BoxStream<'static, io::Result<String>> {
    let lines = (1..=lines).map(move |n| Ok(format!("{title}, line {n}\n")));
    let end = torn.then(|| Err(io::Error::other("the rest of the report is missing")));
    let pause = |line| async {
        sleep(Duration::from_secs(1)).await;
        line
    };
    stream::iter(lines.chain(end)).then(pause).boxed()
}

/// Prints what each file of the folder has in its first line, and how many lines.
async fn show(folder: &Path) -> io::Result<()> {
    let mut entries = fs::read_dir(folder).await?;
    while let Some(entry) = entries.next_entry().await? {
        let text = fs::read_to_string(entry.path()).await?;
        let first = text.lines().next().unwrap_or_default();
        println!("  {} has {} lines: {first} …", entry.file_name().display(), text.lines().count());
    }
    Ok(())
}

/// The same file four times: written, written anew, torn, and given up.
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

/// A folder of its own for the program: a guard too, which removes it with all that is in it.
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
#[path = "../tests/checks/31_file_guard.rs"]
mod checks;
