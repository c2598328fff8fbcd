//! The views as text, at the sizes they are made for.

mod scene;

use std::time::Duration;

use ratatui::{Terminal, backend::TestBackend};
use workbook::report::{Line, Status, Verdict};

use super::*;
use crate::cli::{
    judge::{Check, Judged},
    watch::screen::{Filter, Question},
};
use scene::{judged, screen};

/// Columns and rows of a small window, a usual one, and a large one.
const SIZES: [(u16, u16); 3] = [(60, 20), (80, 24), (200, 60)];

fn drawn(screen: &mut Screen, (columns, rows): (u16, u16)) -> String {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal.draw(|frame| draw(frame, screen)).unwrap();
    let cells = terminal.backend().buffer().content().chunks(usize::from(columns));
    let rows = cells.map(|row| row.iter().map(|cell| cell.symbol()).collect::<String>().trim_end().to_string() + "\n");
    rows.collect()
}

/// Compares a view with its snapshots at all sizes.
fn assert_views(name: &str, screen: &mut Screen) {
    for (columns, rows) in SIZES {
        let text = drawn(screen, (columns, rows));
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), text);
        });
    }
}

#[test]
fn first_start() {
    let (mut screen, _folder) = screen();
    screen.welcome = true;
    screen.judged = Some(judged(Status::Unwritten));
    assert_views("first_start", &mut screen);
}

#[test]
fn wrong() {
    let (mut screen, _folder) = screen();
    screen.judged = Some(judged(Status::Failed));
    assert_views("wrong", &mut screen);
}

#[test]
fn wrong_with_a_hint_while_it_is_checked_again() {
    let (mut screen, _folder) = screen();
    screen.judged = Some(judged(Status::Failed));
    screen.hint = Some("hint 1 of 3: Wait for both at once.".into());
    screen.doing = Some("checking …".into());
    screen.hear(Line::Started { test: "checks::a".into(), name: "tea is made".into(), line: 3 });
    let verdict = Verdict {
        test: "checks::a".into(),
        name: "tea is made".into(),
        line: 3,
        status: Status::Passed,
        message: None,
        findings: Vec::new(),
        recording: None,
    };
    screen.hear(Line::Ended(Box::new(verdict)));
    assert_views("hint", &mut screen);
}

#[test]
fn a_verdict_on_an_earlier_save_is_not_shown() {
    for status in [Status::Passed, Status::Failed] {
        let (mut screen, _folder) = screen();
        screen.judged = Some(judged(status));
        screen.source = 1;
        let shown = drawn(&mut screen, (200, 60));
        assert!(shown.contains("· tea is made") && shown.contains("· breakfast takes two seconds"), "{shown}");
        let of_the_verdict = ["of 2 checks", "It is right", "Tea was ready", "returned at", "0 s to 2 s"];
        assert!(of_the_verdict.iter().all(|words| !shown.contains(words)), "{shown}");
        screen.source = 0;
        assert!(drawn(&mut screen, (200, 60)).contains("of 2 checks"));
    }
}

#[test]
fn right() {
    let (mut screen, _folder) = screen();
    screen.judged = Some(judged(Status::Passed));
    screen.progress.entry("02_breakfast").status = Some(Status::Passed);
    assert_views("right", &mut screen);
}

#[test]
fn broken() {
    let (mut screen, _folder) = screen();
    let compiler = "error[E0425]: cannot find function `tee` in this scope\n --> exercises/02_breakfast.rs:5:5\n  |\n5 |     \
                    tee().await;\n  |     ^^^ help: a function with a similar name exists, and this line is much too long \
                    for a small window: `tea`";
    let message = Some("It does not compile.".into());
    let name = "02_breakfast".into();
    let compiler = Some(compiler.into());
    screen.judged = Some(Judged { name, status: Status::Broken, message, compiler, checks: Vec::new(), source: 0 });
    assert_views("broken", &mut screen);
}

#[test]
fn pictures() {
    let (mut screen, _folder) = screen();
    screen.judged = Some(judged(Status::Passed));
    screen.show(View::Pictures);
    assert_views("pictures", &mut screen);
}

#[test]
fn list() {
    let (mut screen, _folder) = screen();
    screen.show(View::List);
    assert_views("list", &mut screen);
    screen.filter(|list| list.filter = Filter::Open);
    screen.filter(|list| (list.typing, list.search) = (true, "net".into()));
    assert_views("list_searched", &mut screen);
    screen.filter(|list| list.search = "nothing".into());
    assert!(drawn(&mut screen, (80, 24)).contains("No exercise is like that."));
}

#[test]
fn solution() {
    let (mut screen, _folder) = screen();
    screen.show(View::Solution);
    assert_views("solution", &mut screen);
}

#[test]
fn help() {
    let (mut screen, _folder) = screen();
    screen.show(View::Help);
    assert_views("help", &mut screen);
}

#[test]
fn summary() {
    let (mut screen, _folder) = screen();
    let begin = std::time::UNIX_EPOCH;
    screen.progress.began = Some(begin);
    for exercise in screen.course.exercises.clone() {
        let entry = screen.progress.entry(&exercise.name);
        (entry.status, entry.verdicts) = (Some(Status::Passed), 12);
        entry.passed = Some(begin + Duration::from_secs(9 * 86_400));
    }
    screen.show(View::Summary);
    assert_views("summary", &mut screen);
}

#[test]
fn numbers_that_no_one_reaches_are_drawn_like_others() {
    let (mut screen, _folder) = screen();
    for exercise in screen.course.exercises.clone() {
        let entry = screen.progress.entry(&exercise.name);
        (entry.hints, entry.verdicts) = (usize::MAX, usize::MAX);
    }
    screen.judged = Some(judged(Status::Failed));
    for view in [View::Exercise, View::List, View::Summary] {
        screen.show(view);
        drawn(&mut screen, (80, 24));
    }
}

#[test]
fn of_many_checks_the_failing_one_and_its_sentence_are_on_the_first_screen() {
    let (mut screen, _folder) = screen();
    let mut many = judged(Status::Failed);
    let (right, wrong) = (many.checks[0].clone(), many.checks[1].clone());
    let named = |nth: usize, status| Check { name: format!("cup {nth} is filled"), status, ..right.clone() };
    many.checks = (0..9).map(|nth| named(nth, Status::Passed)).collect();
    many.checks.push(wrong);
    many.checks.extend((9..13).map(|nth| named(nth, Status::Unwritten)));
    screen.judged = Some(many);
    screen.hint = Some("hint 1 of 3: Wait for both at once.".into());
    let seen = ["✗ breakfast takes two seconds", "Tea was ready before toast was begun."];
    for size in [(60, 14), (60, 20), (80, 24), (200, 60)] {
        let shown = drawn(&mut screen, size);
        assert!(seen.iter().all(|words| shown.contains(words)), "{shown}");
    }
    screen.hint = None;
    assert_views("many", &mut screen);
}

#[test]
fn a_question_and_a_note() {
    let (mut screen, _folder) = screen();
    screen.judged = Some(judged(Status::Failed));
    screen.note = Some(
        "exercises/02_breakfast.rs is the stub again. Yours is kept as .workbook/backups/02_breakfast.1.rs. u undoes it."
            .into(),
    );
    assert_views("note", &mut screen);
    screen.question = Some(Question::Reset);
    assert_views("question", &mut screen);
}

#[test]
fn every_view_is_drawn_at_every_size_and_its_last_line_can_be_reached() {
    let (mut screen, _folder) = screen();
    screen.judged = Some(judged(Status::Failed));
    screen.hint = Some("hint 1 of 3: Wait for both at once.".into());
    let views = [View::Exercise, View::Pictures, View::List, View::Solution, View::Help, View::Summary];
    for view in views {
        screen.show(view);
        let sizes =
            [1, 5, 20, 39, 60, 119, 120, 200].map(|columns| [1, 2, 3, 5, 13, 14, 40].map(|rows| (columns, rows)));
        for (columns, rows) in sizes.into_iter().flatten() {
            screen.scroll = 0;
            drawn(&mut screen, (columns, rows));
            screen.scroll = usize::MAX;
            drawn(&mut screen, (columns, rows));
            assert!(screen.scroll < usize::MAX, "{view:?} {columns} {rows}");
        }
    }
    screen.show(View::Exercise);
    screen.hint = None;
    screen.scroll = usize::MAX;
    let end = drawn(&mut screen, (60, 20));
    assert!(end.contains("try: hand both to one await") && end.contains("the end"), "{end}");
}

#[test]
fn nothing_that_a_program_or_an_error_says_steers_the_terminal() {
    let (mut screen, _folder) = screen();
    let evil = "before\u{1b}]52;c;aGk=\u{7}\u{1b}[2J\u{202e}\u{1b}[31m\u{9b}after";
    screen.note = Some(evil.into());
    screen.judged = Some(Judged { message: Some(evil.into()), ..judged(Status::Failed) });
    let shown = drawn(&mut screen, (80, 24));
    assert_eq!(shown.matches("after").count(), 2, "{shown}");
    assert!(!shown.contains(|c: char| c != '\n' && (c.is_control() || c == '\u{202e}')), "{shown}");
    assert!(!shown.contains("52;c") && !shown.contains("[2J"), "{shown}");
}

#[test]
fn colours_are_the_terminals_own_and_none_where_none_are_wanted() {
    let (mut screen, _folder) = screen();
    screen.judged = Some(judged(Status::Failed));
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    terminal.draw(|frame| draw(frame, &mut screen)).unwrap();
    let plain = |colour: Color| colour == Color::Reset;
    assert!(terminal.backend().buffer().content().iter().all(|cell| plain(cell.fg) && plain(cell.bg)));
}
