//! What stands below the lanes: what was left out, how it ended, what the colours and signs mean.

use super::{
    lane::class,
    scale::{LETTER, MARGIN, ROW, Scale, WIDTH},
    sheet::{Sheet, number},
};
use crate::{
    recording::Outcome,
    render::{
        family::Family,
        lanes::{Bar, Ended, Finish, Picture, Rest, What},
        words::{self, wrapped},
    },
};

/// The height of the area that counts.
const CROWD: f64 = 60.0;

/// The parts of the axis that the area is measured in.
const PARTS: usize = 300;

/// Draws what is counted instead of drawn. Returns where it ends.
pub(super) fn rest(sheet: &mut Sheet, rest: &Rest<'_>, picture: &Picture<'_>, scale: &Scale<'_>, top: f64) -> f64 {
    let mut y = top;
    for line in words::left_out(rest).iter().flat_map(|text| wrapped(text, columns())) {
        y += ROW;
        sheet.text((MARGIN, y), "quiet", &line);
    }
    y += ROW * 0.5;
    let bottom = y + CROWD;
    let most = rest.crowd.most().max(1) as f64;
    let width = (scale.end - scale.start) / PARTS as f64;
    let mut path = format!("M{} {}", number(scale.start), number(bottom));
    for (part, count) in rest.crowd.sampled(&picture.axis, PARTS).into_iter().enumerate() {
        let x = scale.start + part as f64 * width;
        path += &format!("L{} {y}H{}", number(x), number(x + width), y = number(bottom - CROWD * count as f64 / most));
    }
    path += &format!("L{} {}Z", number(scale.end), number(bottom));
    sheet.shape("path", format_args!("d=\"{path}\" class=\"crowd\""), &words::crowd(rest));
    sheet.text((MARGIN, y + CROWD / 2.0), "name", "waiting");
    sheet.text((scale.start, bottom + ROW), "quiet", &words::crowd(rest));
    bottom + ROW * 1.5
}

/// Writes how the program ended, and what the colours and signs mean. Returns where it ends.
pub(super) fn foot(sheet: &mut Sheet, picture: &Picture<'_>, id: &str, top: f64) -> f64 {
    let recording = picture.recording;
    let mut y = top + ROW * 0.5;
    if picture.axis.is_steps() {
        for line in wrapped(words::STEPS, columns()) {
            sheet.text((MARGIN, y + ROW * 0.75), "quiet", &line);
            y += ROW;
        }
    }
    for (nth, sentence) in words::ending(recording).iter().enumerate() {
        let alarm = nth > 0 || recording.outcome != Outcome::Returned;
        for line in wrapped(sentence, columns()) {
            sheet.text((MARGIN, y + ROW * 0.75), if alarm { "alarm" } else { "ending" }, &line);
            y += ROW;
        }
    }
    legend(sheet, picture, id, y + ROW * 0.4)
}

fn columns() -> usize {
    ((WIDTH - 2.0 * MARGIN) / LETTER) as usize
}

/// The families and signs that were used, each with a sample and the word for it.
fn legend(sheet: &mut Sheet, picture: &Picture<'_>, id: &str, top: f64) -> f64 {
    let (mut x, mut y) = (MARGIN, top);
    for (nth, (sample, word)) in samples(picture).into_iter().enumerate() {
        let word = if nth == 0 && word.starts_with("for ") { format!("waits {word}") } else { word.to_string() };
        let width = 22.0 + word.chars().count() as f64 * LETTER + 14.0;
        if x + width > WIDTH - MARGIN {
            (x, y) = (MARGIN, y + ROW + 3.0);
        }
        let middle = y + ROW / 2.0;
        match sample {
            Sample::Family(family) => bar(sheet, (x, middle), class(family), ("bar", None)),
            Sample::Blocked => bar(sheet, (x, middle), class(Family::Alarm), ("bar", Some(id))),
            Sample::Never => bar(sheet, (x, middle), "other", ("bar never", None)),
            Sample::Cross(class) => super::lane::cross(sheet, (x + 9.0, middle), class, &word),
            Sample::Finished => super::lane::finished(sheet, (x + 9.0, middle), &word),
            Sample::Wake => super::arrows::arrow(sheet, x + 9.0, (y - 6.0, y + ROW + 8.0), &word),
        }
        sheet.text((x + 22.0, middle + 4.0), "quiet", &word);
        x += width;
    }
    y + ROW
}

/// A small bar; hatched if the id of the picture, to which the hatching belongs, is given.
fn bar(sheet: &mut Sheet, (x, middle): (f64, f64), family: &str, (class, hatched): (&str, Option<&str>)) {
    let (x, y) = (number(x), number(middle - 5.0));
    let place = format!("x=\"{x}\" y=\"{y}\" width=\"16\" height=\"10\" rx=\"3\"");
    sheet.tag(format_args!("g class=\"{family}\""));
    sheet.tag(format_args!("rect {place} class=\"{class}\"/"));
    if let Some(id) = hatched {
        sheet.tag(format_args!("rect {place} fill=\"url(#{id}-hatch)\"/"));
    }
    sheet.tag("/g");
}

/// What a word of the legend is about.
enum Sample {
    Family(Family),
    Blocked,
    Never,
    Cross(&'static str),
    Finished,
    Wake,
}

fn samples(picture: &Picture<'_>) -> Vec<(Sample, &'static str)> {
    let any = |which: fn(&Bar) -> bool| picture.bars().any(which);
    let ended = |how: Ended| picture.groups.iter().any(|group| group.end.how == how);
    let family = |family: Family| picture.bars().any(|bar| Family::of(bar) == family && bar.what != What::Blocked);
    let families = [
        (Family::Time, "for time"),
        (Family::Tasks, "for tasks"),
        (Family::Shared, "for channels and locks"),
        (Family::Io, "for input and output"),
        (Family::Other, "for something else"),
        (Family::Alarm, "stuck"),
    ];
    let families = families.into_iter().map(|(which, word)| (family(which), Sample::Family(which), word));
    let signs = [
        (any(|bar| bar.what == What::Blocked), Sample::Blocked, "blocks the thread"),
        (any(|bar| bar.finish == Finish::Open), Sample::Never, "never ended"),
        (any(|bar| bar.finish == Finish::Dropped) || ended(Ended::Dropped), Sample::Cross("cross"), "dropped"),
        (ended(Ended::Finished), Sample::Finished, "task finished"),
        (ended(Ended::Panicked), Sample::Cross("cross alarm"), "task panicked"),
        (picture.groups.iter().any(|group| !group.wakes.is_empty()), Sample::Wake, "wakes"),
    ];
    families.chain(signs).filter(|(used, ..)| *used).map(|(_, sample, word)| (sample, word)).collect()
}
