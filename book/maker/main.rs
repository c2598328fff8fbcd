//! `cargo run -p book`: builds the book and serves it. `figures` makes its pictures anew.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use book::{build, generate, list, place::Place, serve};
use clap::{Parser, Subcommand};

/// The book of the async Rust workbook: builds it and shows it on 127.0.0.1.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// The port to serve it on; 0 for any that is free.
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// Opens the browser, at the chapter of an exercise if one is named.
    #[arg(long, value_name = "EXERCISE")]
    open: Option<Option<String>>,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the book, and says where it is.
    Build {
        /// Opens the chapter of an exercise in the browser, without a server.
        #[arg(long, value_name = "EXERCISE")]
        open: Option<String>,
    },
    /// Runs the checks and makes all pictures and recordings anew, or those of some exercises.
    Figures {
        /// Exercises by number or name.
        exercises: Vec<String>,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<()> {
    let place = Place::here();
    match arguments.command {
        Some(Command::Build { open }) => built(&place, open.as_deref()),
        Some(Command::Figures { exercises }) => figures(&place, &exercises),
        None => show(&place, arguments.port, arguments.open),
    }
}

fn built(place: &Place, open: Option<&str>) -> Result<()> {
    let chapter = open.map(|exercise| named(place, exercise)).transpose()?;
    let folder = build::build(place, None)?;
    println!("The book is in {}.", folder.display());
    match chapter.map(|chapter| folder.join(format!("{chapter}.html"))) {
        Some(page) => {
            opener::open_browser(&page).with_context(|| format!("no browser could be opened for {}", page.display()))
        }
        None => Ok(()),
    }
}

fn figures(place: &Place, exercises: &[String]) -> Result<()> {
    let names = exercises.iter().map(|exercise| named(place, exercise)).collect::<Result<Vec<_>>>()?;
    let pieces = generate::pieces(place, &names)?;
    generate::write(place, &pieces, names.is_empty())?;
    println!("{} pieces are made.", pieces.len());
    Ok(())
}

fn show(place: &Place, port: u16, open: Option<Option<String>>) -> Result<()> {
    let page = match open.as_ref().and_then(Option::as_ref) {
        Some(exercise) => format!("{}.html", named(place, exercise)?),
        None => String::new(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        // The port first: who cannot have it need not wait for the build.
        let listener = serve::listen(port).await?;
        let folder = build::build(place, None)?;
        let port = listener.local_addr()?.port();
        let url = serve::url(port, &page);
        println!("The book is at {url}; Ctrl-C ends this.");
        if open.is_some() {
            opener::open_browser(&url).with_context(|| format!("no browser could be opened; go to {url}"))?;
        }
        serve::serve(listener, &folder).await
    })
}

/// The name of an exercise that was told by number, by name, or by the name without its number.
fn named(place: &Place, told: &str) -> Result<String> {
    let exercises = list::exercises(place)?;
    let number = told.parse::<u32>().ok();
    let answers = |name: &str| {
        let (digits, word) = name.split_once('_').unwrap_or((name, name));
        told == name || told == word || (number.is_some() && digits.parse().ok() == number)
    };
    match exercises.into_iter().find(|exercise| answers(&exercise.name)) {
        Some(exercise) => Ok(exercise.name),
        None => bail!("there is no exercise {told}; `cargo run -- list` shows them all"),
    }
}
