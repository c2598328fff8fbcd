//! Checks of 31_file_guard, for the exercise and its solution alike.

#[path = "31_file_guard/scene.rs"]
mod scene;

use std::{fs, io, path::Path};

use super::{TempFile, program, write_to_file};
use futures::{
    StreamExt,
    future::{join, join_all},
    stream,
};
use scene::{Files, Folder, chunks, only, slow, with_a_busy_pool};
use tokio::{
    runtime::Builder,
    time::{sleep, timeout},
};
use workbook::{
    check::{check, expect, fail, secs},
    diagnosis::Code,
};

const WHOLE: &str =
    "When write_to_file returns Ok, the file holds all the chunks, one behind the other, and nothing else.";
const FLUSH: &str = "write_to_file went on while the last chunk was still on its way. tokio's write_all returns as soon as a \
                     thread in the background has got the data. Wait for it with flush before you rename the file.";
const OLD: &str = "The file has to keep its old contents until the new ones are complete: nobody may ever read a part. Write \
                   into the temporary file, and rename that in the end.";
const LEFT: &str = "The temporary file was left behind. Let a TempFile live from before the first chunk until the end: its \
                    Drop removes the file, however the function is left.";
const REMOVED: &str = "The finished file was removed. The guard removes the temporary file, at self.path; once that was \
                       renamed there is nothing left to remove.";
const TORN: &str = "An error ended the data: write_to_file returns it, and leaves the file as it was. Half of the data is not \
                    to become the file.";

/// The report must be as it was, and nothing beside it.
fn expect_untouched(files: &Files, idea: &str) {
    if files.get("report").map(String::as_str) != Some("old") {
        fail(format!("{idea}\n\nexpected in the file: old\nyours: {}", shown(files.get("report"))));
    }
    expect_nothing_beside(files);
}

fn expect_nothing_beside(files: &Files) {
    // The name of a temporary file may be a random one.
    expect(files.keys().all(|name| name == "report"), LEFT);
}

fn shown(contents: Option<&String>) -> String {
    match contents {
        None => "there is no file".to_string(),
        Some(contents) if contents.len() > 100 => format!("{} bytes", contents.len()),
        Some(contents) => contents.clone(),
    }
}

#[test]
fn the_guard_removes_its_file() {
    check("the guard removes the temporary file when it is dropped, and not before", |c| {
        let run = c.run(|| async {
            let folder = Folder::with_report();
            let (temp, file) = TempFile::beside(&folder.report()).expect("a temporary file");
            sleep(secs(1.0)).await;
            let before = folder.files().len();
            drop(file);
            drop(temp);
            (before, folder.files())
        });
        let (before, after) = run.output();
        expect(
            *before == 2,
            "The temporary file stands beside the other one as long as its guard lives, and TempFile::beside makes it.",
        );
        expect(
            after.len() == 1,
            "A TempFile was dropped, and its file was still there. Remove it in drop itself, with std::fs: drop is not async, \
             and a task that it spawns comes too late.",
        );
        expect_untouched(after, REMOVED);
    });
}

#[test]
fn the_guard_leaves_a_finished_file() {
    check("the guard leaves a file alone that was renamed", |c| {
        let run = c.attempt(|| async {
            let folder = Folder::with_report();
            let (temp, file) = TempFile::beside(&folder.report()).expect("a temporary file");
            drop(file);
            fs::rename(&temp.path, folder.report()).expect("to rename it");
            drop(temp);
            folder.files()
        });
        let run = run
            .without_panic("After a rename the guard has nothing to remove, and that is no fault: let the error be.");
        run.returns(only("report", ""), REMOVED);
    });
}

#[test]
fn everything_is_written() {
    check("write_to_file writes all the chunks, however many, and replaces what was there", |c| {
        let large = "0123456789abcdef".repeat(300_000);
        let hundred: Vec<String> = (0..100).map(|n| format!("{n} ")).collect();
        let scenes: [Vec<String>; 5] = [
            vec![],
            vec!["one".to_string()],
            vec![String::new(), "a".to_string(), String::new(), "ä\n".to_string()],
            hundred,
            vec![large.clone(), "and ".to_string(), large],
        ];
        for (texts, there) in scenes.into_iter().flat_map(|texts| [(texts.clone(), false), (texts, true)]) {
            let expected = texts.concat();
            let run = c.run(move || async move {
                let folder = if there { Folder::with_report() } else { Folder::new() };
                let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
                let result = write_to_file(&folder.report(), chunks(&texts)).await;
                (result.map_err(|error| error.to_string()), folder.files())
            });
            let (result, files) = run.output();
            if let Err(error) = result {
                fail(format!(
                    "Nothing was wrong with the data, and write_to_file returned an error. If it did not find the file, the \
                     guard was dropped too early: it lives until the file is renamed.\n\nthe error: {error}"
                ));
            }
            expect(files.contains_key("report"), &format!("{WHOLE} There is no file of this name. {REMOVED}"));
            if files["report"] != expected {
                let (expected, yours) = (shown(Some(&expected)), shown(files.get("report")));
                fail(format!("{WHOLE}\n\nexpected: {expected}\nyours:    {yours}"));
            }
            expect_nothing_beside(files);
        }
    });
}

#[test]
fn old_until_new() {
    check("until everything has come, the file is as it was", |c| {
        for there in [true, false] {
            let run = c.run(move || async move {
                let folder = if there { Folder::with_report() } else { Folder::new() };
                let path = folder.report();
                let opened = fs::File::open(&path);
                let readers = async {
                    let mut seen = Vec::new();
                    for _ in 0..3 {
                        sleep(secs(0.9)).await;
                        seen.push(fs::read_to_string(&path).ok());
                    }
                    seen
                };
                let (result, mut seen) = join(write_to_file(&path, slow(3, None)), readers).await;
                // Somebody who opened the file before goes on reading the old one, to its end.
                seen.push(opened.ok().and_then(|file| io::read_to_string(file).ok()));
                (result.is_ok(), seen, folder.files())
            });
            let (ok, seen, files) = run.output();
            let before = there.then(|| "old".to_string());
            expect(seen.iter().all(|contents| *contents == before), OLD);
            expect(*ok && *files == only("report", "1 2 3 "), WHOLE);
            run.takes(secs(3.0), "A chunk comes every second, and the file is complete when the last one is there.");
        }
    });
}

#[test]
fn complete_at_return() {
    check("when write_to_file returns, the last byte is in the file", |c| {
        let run = c.run_sync(|| {
            // One thread is the workbook's own.
            let runtime =
                Builder::new_current_thread().enable_all().max_blocking_threads(2).build().expect("a runtime");
            runtime.block_on(async {
                let folder = Folder::with_report();
                with_a_busy_pool(&folder).await
            })
        });
        expect(
            run.recording().timers().is_empty(),
            "A pause before the end says nothing about the file: it is too short or too long. Wait for the data themselves, \
             with flush.",
        );
        let (waiting, contents) = run.output();
        expect(*waiting <= 1 && contents.as_deref() == Some("one two three "), FLUSH);
    });
}

#[test]
fn torn_data() {
    check("after an error of the data the file is as it was, and nothing is left beside it", |c| {
        for torn in 1..=4 {
            let run = c.run(move || async move {
                let folder = Folder::with_report();
                let result = write_to_file(&folder.report(), slow(4, Some(torn))).await;
                (result.map_err(|error| (error.kind(), error.to_string())), folder.files())
            });
            let (result, files) = run.output();
            expect(result.is_err(), TORN);
            expect_untouched(files, TORN);
            expect(
                *result == Err((io::ErrorKind::TimedOut, "torn".to_string())),
                "write_to_file returns the error that came with the data, as it is.",
            );
            run.takes(secs(torn as f64), "After an error nothing more is waited for.");
        }
    });
}

#[test]
fn cancelled() {
    check("dropped in the middle, write_to_file leaves the file as it was, and nothing beside it", |c| {
        for limit in [0.5, 1.5, 3.5] {
            let run = c.run(move || async move {
                let folder = Folder::with_report();
                let late = timeout(secs(limit), write_to_file(&folder.report(), slow(4, None))).await.is_err();
                // What is still going on has all the time it needs.
                sleep(secs(100.0)).await;
                (late, folder.files())
            });
            let (late, files) = run.output();
            expect(*late, "The last chunk comes after four seconds; write_to_file has to wait for it.");
            expect_untouched(
                files,
                "write_to_file was dropped in the middle, and the file was changed all the same. Write into the temporary \
                 file first, and do it in the future itself and not in a task: tasks go on.",
            );
        }
    });
}

#[test]
fn data_that_panic() {
    check("data that panic leave nothing behind", |c| {
        // The panic is meant.
        c.allow(Code::W04);
        let run = c.run(|| async {
            let folder = Folder::with_report();
            let path = folder.report();
            let data = slow(2, None).chain(stream::once(async { panic!("the data have panicked") })).boxed();
            let panicked = tokio::spawn(async move { write_to_file(&path, data).await.is_ok() }).await;
            sleep(secs(1.0)).await;
            (panicked.unwrap_or(false), folder.files())
        });
        let (ok, files) = run.output();
        expect(!ok, TORN);
        expect_untouched(files, "A panic ended the data, and half of them became the file.");
    });
}

#[test]
fn file_systems_fail() {
    check("what the file system refuses is an error, and leaves nothing behind", |c| {
        let no_folder = c.attempt(|| async {
            let folder = Folder::new();
            write_to_file(&folder.0.join("missing/report"), chunks(&["new"])).await.map_err(|error| error.kind())
        });
        let no_folder =
            no_folder.without_panic("A folder that does not exist is no reason to panic: return the error.");
        no_folder.returns(Err(io::ErrorKind::NotFound), "The folder of the file does not exist: return the error.");
        let in_the_way = c.attempt(|| async {
            let folder = Folder::new();
            let path: &Path = &folder.report();
            fs::create_dir(path).expect("a folder");
            fs::write(path.join("inside"), "old").expect("a file");
            let failed = write_to_file(path, chunks(&["new"])).await.is_err();
            (failed, fs::read_to_string(path.join("inside")).ok(), folder.files())
        });
        let in_the_way = in_the_way.without_panic("A rename that fails is no reason to panic: return the error.");
        let (failed, inside, beside) = in_the_way.output();
        expect(*failed, "A folder has the name of the file, so it cannot be written: return the error.");
        expect(inside.as_deref() == Some("old"), "A folder was in the way, and its files are gone.");
        expect(beside.is_empty(), LEFT);
    });
}

#[test]
fn a_hundred_files() {
    check("a hundred files are written at once", |c| {
        let run = c.run(|| async {
            let folder = Folder::new();
            let write = async |n: usize| {
                let path = folder.0.join(format!("report {n}"));
                let data = stream::once(async move {
                    sleep(secs(1.0)).await;
                    Ok(format!("this is {n}"))
                });
                write_to_file(&path, data.boxed()).await.is_ok()
            };
            let written = join_all((0..100).map(write)).await;
            (written.into_iter().all(|ok| ok), folder.files())
        });
        let (ok, files) = run.output();
        let expected: Files = (0..100).map(|n| (format!("report {n}"), format!("this is {n}"))).collect();
        expect(*ok && *files == expected, WHOLE);
        run.takes(secs(1.0), "A hundred files whose data come at the same time take no longer than one.");
    });
}

#[test]
fn the_program() {
    check("the program: written, written anew, torn, given up", |c| {
        let mut run = c.run(async || program().await.is_ok());
        run.returns(true, "The program ends well.");
        run.in_order().transcript("program", "The file has the contents that were last complete.");
    });
}
