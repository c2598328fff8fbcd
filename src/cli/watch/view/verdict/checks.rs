//! The lines of the checks: all of them, or only the one to mend and how many others there are.

use workbook::report::Status;

use crate::cli::{look, watch::screen::Screen};

/// A line for each check. Where so many would push what is to be mended first out of the rows there are, only that check has
/// a line of its own, and the others are counted.
pub(super) fn lines(screen: &Screen, columns: usize, rows: usize) -> String {
    let checks = screen.rows();
    let all = || checks.iter().map(|(status, name)| look::row(*status, name)).collect();
    let Some(judged) = screen.verdict() else { return all() };
    // As long as nothing is wrong, what there is to prove says more than what is to be written first.
    let Some(first) = look::first(judged).filter(|check| check.status != Status::Unwritten) else { return all() };
    let message = first.message.as_deref().unwrap_or_default();
    // Below the checks comes its name, with a blank line on either side.
    let fits = |checks: usize, told: &str| checks + 3 + look::indented(told, columns).lines().count() <= rows;
    if fits(checks.len(), message) {
        return all();
    }
    let to_mend = |(_, name): &&(Option<Status>, &str)| *name == first.name;
    let own = checks.iter().find(to_mend).map_or(String::new(), |(status, name)| look::row(*status, name));
    let others = counted(checks.iter().filter(|check| !to_mend(check)).map(|(status, _)| *status).collect());
    let sentence = message.split("\n\n").next().unwrap_or_default();
    if fits(1 + others.lines().count(), sentence) { own + &others } else { own }
}

/// How many there are of each verdict, a line each.
fn counted(statuses: Vec<Option<Status>>) -> String {
    const KINDS: [(Option<Status>, &str, &str); 6] = [
        (Some(Status::Failed), "other is wrong", "others are wrong"),
        (Some(Status::Timeout), "other had to be ended", "others had to be ended"),
        (Some(Status::Broken), "other is broken", "others are broken"),
        (Some(Status::Unwritten), "other is not written yet", "others are not written yet"),
        (None, "other is being checked", "others are being checked"),
        (Some(Status::Passed), "other is right", "others are right"),
    ];
    let line = |(kind, one, many): (Option<Status>, &str, &str)| match statuses
        .iter()
        .filter(|status| **status == kind)
        .count()
    {
        0 => String::new(),
        1 => look::row(kind, &format!("1 {one}")),
        count => look::row(kind, &format!("{count} {many}")),
    };
    KINDS.map(line).concat()
}
