//! Which other files a source file is made of: `mod x;`, with or without `#[path]`, and `include!`.

use std::{
    env,
    ops::Range,
    path::{Path, PathBuf},
};

use syn::{
    Attribute, Expr, ExprLit, File, Item, ItemMod, Lit, Macro, Meta, Token, punctuated::Punctuated, spanned::Spanned,
};

/// Another file.
#[derive(Debug)]
pub(super) struct Part {
    /// Named as rustc names it. The first of them that is there is meant.
    pub(super) files: Vec<PathBuf>,
    /// Where its own modules are.
    pub(super) home: Home,
    /// Where the path is written, in bytes, if it does not go from one file to the other.
    pub(super) absolute: Option<Range<usize>>,
}

/// Where the modules of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// Beside it: that of a root, of a `mod.rs`, of a file with a `#[path]`.
    Beside,
    /// In a folder with the name of the file.
    Below,
}

/// The files that a file is made of, as far as that can be seen.
pub(super) fn parts(path: &Path, home: Home, file: &File) -> Vec<Part> {
    let beside = path.parent().unwrap_or(Path::new("")).to_path_buf();
    let below = match home {
        Home::Beside => beside.clone(),
        Home::Below => beside.join(path.file_stem().unwrap_or_default()),
    };
    let mut parts = Vec::new();
    of_items(&file.items, &beside, &below, &mut parts);
    parts
}

/// `beside` is what a `#[path]` goes from, `below` is where modules without one are.
fn of_items(items: &[Item], beside: &Path, below: &Path, parts: &mut Vec<Part>) {
    for item in items {
        match item {
            Item::Mod(module) => of_module(module, beside, below, parts),
            Item::Macro(call) if call.mac.path.is_ident("include") => parts.extend(included(&call.mac, beside)),
            _ => {}
        }
    }
}

fn of_module(module: &ItemMod, beside: &Path, below: &Path, parts: &mut Vec<Part>) {
    let name = module.ident.to_string();
    let name = name.trim_start_matches("r#");
    let given = module.attrs.iter().find_map(path_of);
    match (&module.content, given) {
        (Some((_, items)), given) => {
            let folder = given.map_or_else(|| below.join(name), |(path, _)| beside.join(path));
            of_items(items, &folder, &folder, parts);
        }
        (None, Some((path, place))) => {
            let absolute = Path::new(&path).is_absolute().then_some(place);
            parts.push(Part { files: vec![beside.join(path)], home: Home::Beside, absolute });
        }
        (None, None) => {
            let folder = below.join(name);
            let [file, root] = [below.join(format!("{name}.rs")), folder.join("mod.rs")];
            // A `mod.rs` is in the folder of its modules already, whichever way that is counted.
            let home = if file.exists() { Home::Below } else { Home::Beside };
            parts.push(Part { files: vec![file, root], home, absolute: None });
        }
    }
}

/// What a `#[path]` says, and where.
fn path_of(attribute: &Attribute) -> Option<(String, Range<usize>)> {
    let Meta::NameValue(path) = &attribute.meta else { return None };
    let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &path.value else { return None };
    path.path.is_ident("path").then(|| (text.value(), text.span().byte_range()))
}

/// What is included by a path that is known before the build: build scripts write such files.
fn included(call: &Macro, beside: &Path) -> Option<Part> {
    let argument: Expr = call.parse_body().ok()?;
    let path = text(&argument)?;
    let absolute = Path::new(&path).is_absolute().then(|| argument.span().byte_range());
    Some(Part { files: vec![beside.join(path)], home: Home::Beside, absolute })
}

/// The text that an expression stands for: a literal, `concat!` or `env!`.
fn text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        Expr::Macro(call) if call.mac.path.is_ident("concat") => {
            let all = call.mac.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated).ok()?;
            all.iter().map(text).collect()
        }
        Expr::Macro(call) if call.mac.path.is_ident("env") => env::var(text(&call.mac.parse_body().ok()?)?).ok(),
        _ => None,
    }
}
