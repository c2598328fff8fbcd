//! The picture for a page: one SVG for light and dark, which needs nothing from outside and runs nothing.
//!
//! It may stand in a page among others of its kind: its ids are its own, its style touches nothing else. Whether it is
//! light or dark is for the page to say, by its `color-scheme`; by itself, the picture goes by what the reader prefers.
//!
//! Where the picture measures time, `data-start` and `data-end` say at which units of the view box its begin and its end
//! lie, so that a script can point at a moment.

mod arrows;
mod foot;
mod lane;
mod scale;
mod sheet;

use self::{
    scale::{LANE, MARGIN, ROW, Scale, WIDTH},
    sheet::{Sheet, escaped, number},
};
use super::{
    lanes::{Ended, Group, Picture},
    notes::{Note, Room, arrange, cut},
    words,
};
use crate::{recording::Recording, text_file::with_newlines};

const STYLE: &str = include_str!("svg/style.css");

/// Rows under the lanes of a task for what it printed.
const PRINT_ROWS: usize = 6;

/// Between the lanes of a task and those of the next.
const GAP: f64 = 8.0;

/// The height of the axis.
const AXIS: f64 = 30.0;

/// Places need no more precision than a tenth of a unit.
const TENTHS: f64 = 10.0;

/// A text begins so far after its place that an arrow has room there.
const BESIDE: f64 = 4.0;

/// The width of a column of printed text, in tenths of a unit.
const PRINT_COLUMN: usize = 66;

/// Draws the recording as an SVG document.
///
/// ```
/// use std::time::Duration;
/// use workbook::{record, render, runtime::Threads};
///
/// let run = record::future(Threads::Current, || tokio::time::sleep(Duration::from_secs(1)));
/// let svg = render::svg(&run.recording, "One sleep");
/// assert!(svg.starts_with("<svg ") && svg.contains("<title id="));
/// ```
pub fn svg(recording: &Recording, title: &str) -> String {
    let picture = Picture::new(recording);
    let scale = Scale::new(&picture);
    let id = id(title);
    let mut sheet = Sheet::default();
    let mut drawing = Drawing { picture: &picture, scale: &scale, id: &id, sheet: &mut sheet, y: MARGIN + AXIS };
    let tops = drawing.lanes();
    let bottom = drawing.y;
    let height = foot::foot(&mut sheet, &picture, &id, bottom) + MARGIN;
    // Below the bars, so that no arrow strikes out what is written on one.
    let mut below = Sheet::default();
    arrows::draw(&mut below, &picture, &scale, &tops);
    framed(&picture, (&id, title), (&scale, bottom, height), &(below.finish() + &sheet.finish()))
}

/// An id that pictures of other titles do not have.
fn id(title: &str) -> String {
    let hash = title
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("picture-{hash:016x}")
}

/// What is around and behind the lanes.
fn framed(
    picture: &Picture<'_>,
    (id, title): (&str, &str),
    (scale, bottom, height): (&Scale<'_>, f64, f64),
    lanes: &str,
) -> String {
    let size = format!("width=\"{WIDTH}\" height=\"{}\"", number(height));
    let measured = if picture.axis.is_steps() {
        String::new()
    } else {
        format!(" data-start=\"{}\" data-end=\"{}\"", number(scale.start), number(scale.end))
    };
    let mut sheet = Sheet::default();
    sheet.tag(format_args!(
        "svg xmlns=\"http://www.w3.org/2000/svg\" class=\"workbook-picture\" viewBox=\"0 0 {WIDTH} {}\" width=\"100%\" \
         role=\"img\" aria-labelledby=\"{id}-title {id}-desc\"{measured}",
        number(height)
    ));
    sheet.tag(format_args!("title id=\"{id}-title\">{}</title", escaped(title)));
    sheet.tag(format_args!("desc id=\"{id}-desc\">{}</desc", escaped(&words::description(picture))));
    sheet.tag(format_args!("style>\n{}</style", with_newlines(STYLE)));
    sheet.tag(format_args!(
        "defs><pattern id=\"{id}-hatch\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><path d=\"M0 0V7\" class=\"hatch\"/></pattern></defs"
    ));
    sheet.tag(format_args!("rect {size} rx=\"6\" class=\"paper\"/"));
    axis(&mut sheet, picture, scale, bottom);
    sheet.finish() + lanes + "</svg>\n"
}

/// The grid, and what its lines stand for.
fn axis(sheet: &mut Sheet, picture: &Picture<'_>, scale: &Scale<'_>, bottom: f64) {
    let axis = &picture.axis;
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let start = (0, if axis.is_steps() { "step 0".to_string() } else { "0 s".to_string() });
    let ends = [start, (axis.end(), axis.text(axis.end()))];
    let between = axis.ticks(8).map(|place| (place, axis.text(place)));
    for (nth, (place, text)) in ends.into_iter().chain(between).enumerate() {
        let x = scale.x(place);
        let class = if nth == 1 { "end-line" } else { "grid" };
        sheet.tag(format_args!(
            "path d=\"M{x} {}V{}\" class=\"{class}\"/",
            number(MARGIN + 14.0),
            number(bottom),
            x = number(x)
        ));
        let width = text.chars().count() as f64 * scale::LETTER;
        let from = x.min(WIDTH - MARGIN - width);
        if taken.iter().all(|(left, right)| from + width + 8.0 < *left || right + 8.0 < from) {
            taken.push((from, from + width));
            sheet.text((from, MARGIN + 9.0), "quiet", &text);
        }
    }
}

/// The lanes in the making.
struct Drawing<'d> {
    picture: &'d Picture<'d>,
    scale: &'d Scale<'d>,
    id: &'d str,
    sheet: &'d mut Sheet,
    /// How far down it has come.
    y: f64,
}

impl Drawing<'_> {
    /// Draws the lanes and returns where each group begins.
    fn lanes(&mut self) -> Vec<f64> {
        let mut tops = Vec::new();
        for group in &self.picture.groups {
            tops.push(self.y);
            self.group(group);
            self.y += GAP;
        }
        if let Some(rest) = &self.picture.rest {
            self.y = foot::rest(self.sheet, rest, self.picture, self.scale, self.y);
        }
        tops
    }

    fn group(&mut self, group: &Group<'_>) {
        let axis = &self.picture.axis;
        let name = cut(&group.title(), self.scale.name_columns());
        self.sheet.text((MARGIN, self.y + LANE / 2.0 + 4.0), "name", &name);
        if group.end.how != Ended::Unseen {
            let (from, to) = (self.scale.x(group.born), self.scale.x(group.end.at));
            let middle = number(self.y + LANE / 2.0);
            self.sheet.tag(format_args!("path d=\"M{} {middle}H{}\" class=\"life\"/", number(from), number(to)));
        }
        lane::mark_end(self.sheet, group.end, self.y, (axis, self.scale));
        for lane in &group.lanes {
            let unnamed = lane::draw(self.sheet, lane, self.y, (axis, self.scale, self.id));
            self.y += LANE;
            if let Some(unnamed) = unnamed {
                self.note(&unnamed);
            }
        }
        if group.lanes_left_out > 0 {
            self.note(&words::more(group.lanes_left_out, "wait beside them", "waits beside them"));
        }
        self.prints(group);
    }

    fn prints(&mut self, group: &Group<'_>) {
        let notes = group.prints.iter().map(|(at, text)| {
            let at = (self.scale.x(*at) - self.scale.start) * TENTHS;
            Note { at: at as usize, text: format!("\"{text}\""), sign: None }
        });
        let width = (WIDTH - MARGIN - BESIDE - self.scale.start) * TENTHS;
        let (placed, left_out) =
            arrange(notes.collect(), Room { width: width as usize, column: PRINT_COLUMN, rows: PRINT_ROWS });
        for placed in &placed {
            let x = self.scale.start + BESIDE + placed.from as f64 / TENTHS;
            self.sheet.text((x, self.y + ROW * (placed.row as f64 + 0.75)), "print", &placed.text);
        }
        self.y += ROW * placed.iter().map(|placed| placed.row + 1).max().unwrap_or(0) as f64;
        let left_out = left_out + group.prints_of_others;
        if left_out > 0 {
            self.note(&words::more(left_out, "line printed", "lines printed"));
        }
    }

    fn note(&mut self, text: &str) {
        self.sheet.text((self.scale.start + BESIDE, self.y + ROW * 0.75), "quiet", text);
        self.y += ROW;
    }
}
