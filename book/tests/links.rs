//! Every link leads somewhere, and nothing is loaded from outside.

use std::{
    collections::{BTreeMap, HashSet},
    fs,
    path::{Path, PathBuf},
};

use book::{build, place::Place};
use scraper::{Html, Selector};

/// One page, as far as links matter.
struct Page {
    ids: HashSet<String>,
    /// What is gone to.
    links: Vec<String>,
    /// What is loaded.
    resources: Vec<String>,
}

fn built(folder: &Path) -> BTreeMap<PathBuf, Page> {
    let folder = build::build(&Place::here(), Some(folder)).expect("the book can be built");
    let files = fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    // The page for addresses that do not exist goes by the root of the site.
    let pages = files.filter(|file| file.extension().is_some_and(|end| end == "html") && !file.ends_with("404.html"));
    pages.map(|file| (file.clone(), page(&fs::read_to_string(&file).expect("a page")))).collect()
}

fn page(text: &str) -> Page {
    let html = Html::parse_document(text);
    let all = |query: &str, attribute: &str| -> Vec<String> {
        let selector = Selector::parse(query).expect("a selector");
        html.select(&selector).filter_map(|element| element.attr(attribute)).map(String::from).collect()
    };
    let mut resources = all("[src]", "src");
    resources.extend(all("link[href]", "href"));
    resources.extend(all("image[href], use[href]", "href"));
    Page { ids: all("[id]", "id").into_iter().collect(), links: all("a[href]", "href"), resources }
}

fn is_outside(link: &str) -> bool {
    link.starts_with("http:") || link.starts_with("https:") || link.starts_with("//")
}

#[test]
fn every_link_leads_to_a_page_and_a_place_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = built(folder.path());
    assert!(pages.len() > 5, "only {} pages", pages.len());
    let mut dead = Vec::new();
    for (file, page) in &pages {
        for link in page.links.iter().filter(|link| !is_outside(link)) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { file.clone() } else { file.with_file_name(path) };
            let found = match pages.get(&target) {
                Some(page) => anchor.is_empty() || page.ids.contains(anchor),
                None => target.is_file(),
            };
            if !found {
                dead.push(format!("{} in {}", link, file.file_name().unwrap_or_default().display()));
            }
        }
    }
    dead.sort();
    dead.dedup();
    assert!(dead.is_empty(), "these lead nowhere:\n{}", dead.join("\n"));
}

#[test]
fn nothing_is_loaded_from_outside() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = built(folder.path());
    let mut seen = 0;
    for (file, page) in &pages {
        for resource in &page.resources {
            assert!(!is_outside(resource), "{} loads {resource}", file.display());
            if !resource.starts_with("data:") && !resource.is_empty() {
                let path = file.with_file_name(resource.split(['?', '#']).next().unwrap_or(resource));
                assert!(path.is_file(), "{} loads {resource}, which is not there", file.display());
                seen += 1;
            }
        }
    }
    assert!(seen > pages.len(), "only {seen} resources were seen");
}

#[test]
fn ids_are_unique_on_a_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = build::build(&Place::here(), Some(folder.path())).expect("the book can be built");
    for page in book::sound::pages(&Place::here()).expect("a summary") {
        let text = fs::read_to_string(folder.join(page.replace(".md", ".html"))).expect("a page");
        let html = Html::parse_document(&text);
        let selector = Selector::parse("[id]").expect("a selector");
        let mut ids = HashSet::new();
        for id in html.select(&selector).filter_map(|element| element.attr("id")) {
            assert!(ids.insert(id.to_string()), "{page} has two elements with the id {id}");
        }
    }
}
