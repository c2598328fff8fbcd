//! Whether wrong ways of writing an exercise are rejected with the right words, and unusual right ones accepted.
//!
//! The variants of an exercise are modules of one test executable, all of which are built in one go; each variant is run as a
//! process of its own.

use std::{fs, path::Path};

use anyhow::Context;
use workbook::report::{Status, Verdict};

use super::{Bench, Proof, in_parallel};
use crate::cli::{
    attached,
    cargo::{self, Order, Product},
    trial::Trial,
    workspace::Workspace,
};

/// The package; its test targets have the names of the exercises.
const PACKAGE: &str = "variants";

/// What the first line of a variant says.
enum Promise {
    /// `// rejected with: WORDS`
    RejectedWith(String),
    /// `// accepted: why it is unusual`
    Accepted,
}

/// Builds and judges all of them.
pub(super) fn prove(bench: &Bench) -> anyhow::Result<Vec<Proof>> {
    let mut variants = Vec::new();
    for exercise in &bench.exercises {
        variants.extend(of(bench.workspace, &exercise.name)?.into_iter().map(|variant| (&exercise.name, variant)));
    }
    if variants.is_empty() {
        return Ok(Vec::new());
    }
    let targets: Vec<String> = bench.exercises.iter().map(|exercise| exercise.name.clone()).collect();
    let order = Order { package: PACKAGE, targets: &targets, kind: cargo::TEST, product: Product::Checks };
    let build = cargo::build(bench.workspace, &order, &bench.ticket, &bench.busy)?;
    if let Some(missing) = targets.iter().find(|target| !build.executables.contains_key(*target)) {
        let errors = build.errors(missing);
        let why = if errors.is_empty() { build.said } else { errors };
        return Ok(vec![Proof::new("the variants compile", Err(why))]);
    }
    let proofs = in_parallel(&variants, |(exercise, variant)| {
        let executable = &build.executables[*exercise];
        let outcome = prove_one(bench, executable, exercise, variant).unwrap_or_else(|error| Err(format!("{error:#}")));
        Proof::new(format!("the variant {exercise}/{variant} is {}", promised(variant)), outcome)
    });
    bench.ticket.check()?;
    Ok(proofs)
}

/// The variants of an exercise, `wrong_…` and `right_…`, in alphabetical order.
pub(super) fn of(workspace: &Workspace, exercise: &str) -> anyhow::Result<Vec<String>> {
    let folder = workspace.path(&format!("tests/variants/{exercise}"));
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".rs").filter(|name| *name != "main").map(String::from));
    }
    names.sort();
    Ok(names)
}

fn promised(variant: &str) -> &'static str {
    if variant.starts_with("wrong_") { "rejected with its words" } else { "accepted" }
}

fn prove_one(bench: &Bench, executable: &Path, exercise: &str, variant: &str) -> anyhow::Result<Result<(), String>> {
    let file = format!("tests/variants/{exercise}/{variant}.rs");
    let source = fs::read_to_string(bench.workspace.path(&file)).with_context(|| format!("{file} cannot be read"))?;
    let promise = match promise(variant, &source) {
        Ok(promise) => promise,
        Err(problem) => return Ok(Err(problem)),
    };
    // As tests/variants/build.rs names the modules.
    let module = format!("{variant}::checks::");
    let checks = attached::names(bench.workspace, exercise)?;
    let trial = Trial {
        workspace: bench.workspace,
        executable,
        module: &module,
        checks: &checks,
        ticket: &bench.ticket,
        heard: &|_| (),
    };
    Ok(kept(&promise, &trial.run()?))
}

fn promise(variant: &str, source: &str) -> Result<Promise, String> {
    let first = source.lines().next().unwrap_or_default();
    if variant.starts_with("wrong_") {
        let words = first.strip_prefix("// rejected with:").map(str::trim).filter(|words| !words.is_empty());
        words
            .map(|words| Promise::RejectedWith(words.into()))
            .ok_or_else(|| "its first line must be `// rejected with: WORDS`".into())
    } else if variant.starts_with("right_") {
        let why = first.strip_prefix("// accepted:").map(str::trim).filter(|why| !why.is_empty());
        why.map(|_| Promise::Accepted).ok_or_else(|| "its first line must be `// accepted: why it is unusual`".into())
    } else {
        Err("its name must begin with `wrong_` or `right_`".into())
    }
}

/// Whether the verdicts are what the first line promises.
fn kept(promise: &Promise, verdicts: &[Verdict]) -> Result<(), String> {
    if verdicts.is_empty() {
        return Err("it runs no checks".into());
    }
    let said = said(verdicts);
    match promise {
        Promise::Accepted if said.is_empty() => Ok(()),
        Promise::Accepted => Err(format!("it is rejected:\n{said}")),
        Promise::RejectedWith(_) if verdicts.iter().all(|verdict| verdict.status == Status::Passed) => {
            Err("no check rejects it".into())
        }
        Promise::RejectedWith(_) if verdicts.iter().any(|verdict| verdict.status == Status::Unwritten) => {
            Err("a todo!() was reached in it, so it proves nothing".into())
        }
        Promise::RejectedWith(words) if plain(&said).contains(&plain(words)) => Ok(()),
        Promise::RejectedWith(words) => Err(format!("it is rejected, but not with '{words}':\n{said}")),
    }
}

/// Everything that checks which did not pass say, and every finding.
fn said(verdicts: &[Verdict]) -> String {
    let mut said = Vec::new();
    for verdict in verdicts {
        if verdict.status != Status::Passed {
            let message = verdict.message.as_deref().unwrap_or("nothing");
            said.push(format!("{:?} '{}': {message}", verdict.status, verdict.name));
        }
        said.extend(verdict.findings.iter().map(|finding| format!("{}: {}", finding.code, finding.message)));
    }
    said.join("\n")
}

/// Small letters, single spaces.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use workbook::report::{Status, Verdict};

    use super::{Promise, kept};

    fn verdict(status: Status, message: &str) -> Verdict {
        let (test, name) = ("checks::a".to_string(), "a".to_string());
        Verdict { test, name, line: 1, status, message: Some(message.into()), findings: vec![], recording: None }
    }

    #[test]
    fn a_wrong_variant_must_be_rejected_with_its_own_words() {
        let promise = Promise::RejectedWith("one after  another".into());
        assert_eq!(kept(&promise, &[verdict(Status::Failed, "They ran One\nafter another.")]), Ok(()));
        assert!(kept(&promise, &[verdict(Status::Failed, "Something else.")]).is_err());
        assert!(kept(&promise, &[verdict(Status::Passed, "one after another")]).is_err());
        assert!(kept(&promise, &[]).is_err());
    }

    #[test]
    fn a_right_variant_must_pass() {
        assert_eq!(kept(&Promise::Accepted, &[verdict(Status::Passed, "")]), Ok(()));
        assert!(kept(&Promise::Accepted, &[verdict(Status::Failed, "no")]).is_err());
        assert!(kept(&Promise::Accepted, &[]).is_err());
    }
}
