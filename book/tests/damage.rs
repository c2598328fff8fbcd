//! What is missing or damaged ends the build with a sentence that says which; and the build is mdBook's own.

use std::{collections::BTreeMap, fs, path::Path};

use book::{build, place::Place, serve};
use mdbook_driver::MDBook;

const PIECE: &str = "generated/05_two_tasks/wrong.md";

/// A copy of the book that may be damaged.
struct Copy {
    folder: tempfile::TempDir,
    place: Place,
}

impl Copy {
    fn new() -> Copy {
        let folder = tempfile::tempdir().expect("a folder");
        let book = folder.path().join("book");
        copy(Place::here().book(), &book);
        // Pages include solutions from beside the book.
        copy(&Place::here().root().join("solutions"), &folder.path().join("solutions"));
        let place = Place::here().with_book(&book);
        Copy { folder, place }
    }

    /// The sentence with which the build ends.
    fn complaint(&self) -> String {
        match build::build(&self.place, Some(&self.folder.path().join("built"))) {
            Ok(_) => panic!("the damaged book was built"),
            Err(error) => format!("{error:#}"),
        }
    }

    /// Changes one piece, and expects these words.
    fn with_piece(change: impl FnOnce(String) -> String, words: &str) {
        let copy = Copy::new();
        let path = copy.place.src().join(PIECE);
        let (text, before) =
            (fs::read_to_string(&path).expect("the piece"), fs::read_to_string(&path).expect("the piece"));
        let changed = change(text);
        assert!(changed != before, "nothing was changed");
        fs::write(&path, changed).expect("the piece");
        let complaint = copy.complaint();
        assert!(complaint.contains(PIECE) && complaint.contains(words), "{complaint}");
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).expect("a copy");
        }
    }
}

#[test]
fn a_missing_figure_is_named() {
    let copy = Copy::new();
    fs::remove_file(copy.place.src().join(PIECE)).expect("the piece was there");
    let complaint = copy.complaint();
    let sentence = "book/src/generated/05_two_tasks/wrong.md is missing, which book/src/05_two_tasks.md includes";
    assert!(complaint.starts_with(sentence), "{complaint}");
}

#[test]
fn a_missing_solution_is_named() {
    let copy = Copy::new();
    fs::remove_file(copy.folder.path().join("solutions/05_two_tasks.rs")).expect("the solution was there");
    let complaint = copy.complaint();
    let words = ["solutions/05_two_tasks.rs is missing", "book/src/generated/05_two_tasks/solution.md includes"];
    assert!(words.iter().all(|words| complaint.contains(words)), "{complaint}");
}

#[test]
fn a_missing_chapter_is_named() {
    let copy = Copy::new();
    fs::remove_file(copy.place.src().join("05_two_tasks.md")).expect("the chapter was there");
    let complaint = copy.complaint();
    assert!(complaint.starts_with("book/src/05_two_tasks.md cannot be read"), "{complaint}");
}

#[test]
fn a_damaged_recording_is_named() {
    Copy::with_piece(|text| text[..text.len() / 2].to_string(), "is damaged: its");
    Copy::with_piece(|text| text.replacen("\"clock\":\"virtual\"", "\"clock\":virtual", 1), "cannot be read");
    Copy::with_piece(|text| text.replacen("\"version\":1", "\"version\":2", 1), "format 2, not 1");
    Copy::with_piece(|text| text.replacen("\"to\":\"running\"", "\"to\":\"finished\"", 1), "does not follow");
    Copy::with_piece(
        |text| text.replacen("\"what\":\"print\",\"print\":0", "\"what\":\"print\",\"print\":99", 1),
        "follow",
    );
    Copy::with_piece(
        |text| text.replacen("{\"what\":\"print\",\"print\":1}", "{\"what\":\"print\",\"print\":0}", 1),
        "follow",
    );
    Copy::with_piece(|text| text.replacen("\"spawned_by\":0", "\"spawned_by\":77", 1), "a task it does not have");
    Copy::with_piece(|text| text.replacen("</svg>", "", 1), "its picture is not whole");
}

#[test]
fn a_plain_mdbook_build_gives_the_same() {
    let (ours, plain) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    build::build(&Place::here(), Some(ours.path())).expect("the book can be built");
    let mut book = MDBook::load(Place::here().book()).expect("the book can be read");
    book.config.build.build_dir = plain.path().to_path_buf();
    book.build().expect("mdBook builds it");
    let (ours, plain) = (files(ours.path(), ours.path()), files(plain.path(), plain.path()));
    assert!(ours.len() > 20, "only {} files", ours.len());
    assert_eq!(ours.keys().collect::<Vec<_>>(), plain.keys().collect::<Vec<_>>());
    let different: Vec<&String> = ours.keys().filter(|file| ours[*file] != plain[*file]).collect();
    assert!(different.is_empty(), "{different:?}");
}

/// Every file below a folder, by its path in it.
fn files(root: &Path, folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(root, &path));
        } else {
            let name = path.strip_prefix(root).expect("it is below").display().to_string();
            found.insert(name, fs::read(&path).expect("a file"));
        }
    }
    found
}

#[test]
fn a_port_that_is_taken_is_named() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let first = serve::listen(0).await.expect("a free port");
        let address = first.local_addr().expect("it listens");
        assert!(address.ip().is_loopback(), "{address}");
        let complaint = serve::listen(address.port()).await.expect_err("it is taken").to_string();
        assert!(complaint.starts_with(&format!("port {} is taken", address.port())), "{complaint}");
    });
}
