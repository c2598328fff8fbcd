//! What the checks of 31_file_guard write, and where.

use std::{collections::BTreeMap, fs, io, path::PathBuf, pin::pin, sync::mpsc};

use super::super::write_to_file;
use futures::{
    StreamExt,
    stream::{self, BoxStream},
};
use tokio::{
    runtime::Handle,
    sync::oneshot,
    task::{spawn_blocking, yield_now},
    time::sleep,
};
use workbook::check::secs;

/// A folder of its own for each scene, removed in the end.
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    pub(super) fn new() -> Self {
        // Not by the process' number: one that was ended leaves its folders behind, and its number is given again.
        let path = std::env::temp_dir().join(format!("workbook-31-{:016x}", rand::random::<u64>()));
        fs::create_dir(&path).expect("a new folder");
        Self(path)
    }

    /// With a file named `report` that says `old`.
    pub(super) fn with_report() -> Self {
        let folder = Self::new();
        fs::write(folder.report(), "old").expect("a new file");
        folder
    }

    pub(super) fn report(&self) -> PathBuf {
        self.0.join("report")
    }

    /// Everything in it, by name.
    pub(super) fn files(&self) -> Files {
        let entries = fs::read_dir(&self.0).expect("the folder").map(|entry| entry.expect("an entry").path());
        // Something may be renamed just now.
        let file = |path: PathBuf| Some((path.file_name()?.to_str()?.to_string(), fs::read_to_string(&path).ok()?));
        entries.filter_map(file).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(super) type Files = BTreeMap<String, String>;
pub(super) type Data = BoxStream<'static, io::Result<String>>;

pub(super) fn only(name: &str, contents: &str) -> Files {
    Files::from([(name.to_string(), contents.to_string())])
}

/// These chunks, all there at once.
pub(super) fn chunks(texts: &[&str]) -> Data {
    let texts: Vec<io::Result<String>> = texts.iter().map(|text| Ok((*text).to_string())).collect();
    stream::iter(texts).boxed()
}

/// One chunk a second: `1 2 3 …`, and an error in the place of the one that is `torn`.
pub(super) fn slow(count: usize, torn: Option<usize>) -> Data {
    let chunk = move |n| async move {
        sleep(secs(1.0)).await;
        if torn == Some(n) { Err(io::Error::new(io::ErrorKind::TimedOut, "torn")) } else { Ok(format!("{n} ")) }
    };
    stream::iter(1..=count).then(chunk).boxed()
}

/// Writes three chunks. Before it hands out the last one, the data keep the only thread busy that can work in the background,
/// so what is not waited for is not done. Tells how many file operations were waiting for that thread when nothing more could
/// happen, and what stood in the file at return.
pub(super) async fn with_a_busy_pool(folder: &Folder) -> (usize, Option<String>) {
    let (begins, begun) = oneshot::channel();
    let (release, released) = mpsc::channel::<()>();
    let last = async move {
        spawn_blocking(move || {
            let _ = begins.send(());
            let _ = released.recv();
        });
        Ok("three ".to_string())
    };
    let path = folder.report();
    let mut writing = pin!(write_to_file(&path, chunks(&["one ", "two "]).chain(stream::once(last)).boxed()));
    let watching = async {
        let _ = begun.await;
        for _ in 0..100 {
            yield_now().await;
        }
        Handle::current().metrics().blocking_queue_depth()
    };
    let waiting = tokio::select! {
        biased;
        _ = &mut writing => None,
        depth = watching => Some(depth),
    };
    if waiting.is_some() {
        drop(release);
        let _ = writing.await;
    }
    (waiting.unwrap_or(0), fs::read_to_string(&path).ok())
}
