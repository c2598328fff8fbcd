//! The pages that explain the codes: each shows a program of the corpus, and the picture of its run.

use std::{fs, path::Path};

use workbook::{
    diagnosis::Code,
    record,
    render::{self, Style},
    runtime::Threads,
    text_file,
};

use crate::judging::Program;

/// So much of a program that does not end is enough for a picture.
const STEPS: u64 = 60;
/// All others come to an end before that.
const TO_THE_END: u64 = 4_000;

/// Columns of a picture; the page indents it by four.
const WIDTH: usize = 76;

fn programs() -> [(Code, &'static str, Program); 14] {
    [
        (Code::W01, "w01_stuck/locks_in_a_circle", || Box::pin(crate::w01_stuck::locks_in_a_circle::faulty())),
        (Code::W02, "w02_blocked_thread/sleep_in_a_join", || {
            Box::pin(crate::w02_blocked_thread::sleep_in_a_join::faulty())
        }),
        (Code::W03, "w03_lost_task/outlived_by_main", || Box::pin(crate::w03_lost_task::outlived_by_main::faulty())),
        (
            Code::W04,
            "w04_unseen_failure/nobody_awaits",
            || Box::pin(crate::w04_unseen_failure::nobody_awaits::faulty()),
        ),
        (Code::W05, "w05_lost_waker/no_waker_kept", || Box::pin(crate::w05_lost_waker::no_waker_kept::faulty())),
        (Code::W06, "w06_busy_loop/spin_on_a_flag", || Box::pin(crate::w06_busy_loop::spin_on_a_flag::faulty())),
        (Code::W07, "w07_runaway/interval", || Box::pin(crate::w07_runaway::interval::faulty())),
        (Code::W08, "w08_never_polled/sleep_without_await", || {
            Box::pin(crate::w08_never_polled::sleep_without_await::faulty())
        }),
        (Code::W09, "w09_needless_sequence/in_a_row", || Box::pin(crate::w09_needless_sequence::in_a_row::faulty())),
        (Code::W10, "w10_missed_messages/passed_over", || Box::pin(crate::w10_missed_messages::passed_over::faulty())),
        (Code::W11, "w11_tick_burst/slow_turn", || Box::pin(crate::w11_tick_burst::slow_turn::faulty())),
        (Code::W12, "w12_unpolled_future/behind_a_slow_loop", || {
            Box::pin(crate::w12_unpolled_future::behind_a_slow_loop::faulty())
        }),
        (Code::W13, "w13_starved_task/short_deadline", || Box::pin(crate::w13_starved_task::short_deadline::faulty())),
        (Code::W14, "w14_lost_value/event_in_hand", || Box::pin(crate::w14_lost_value::event_in_hand::faulty())),
    ]
}

#[test]
fn a_page_shows_a_program_of_the_corpus_and_its_mend() {
    for (code, guise, _) in programs() {
        let page = code.page();
        let source = text_file::read(&root().join(format!("tests/corpus/{guise}.rs"))).unwrap();
        assert!(
            source.contains(page.program) && source.ends_with(page.mend),
            "the page of {code} shows another program"
        );
        assert!(page.program.contains(&format!("//~ {code}")) && page.mend.contains("fn right"), "{code}");
        for part in ["{{program}}", "{{picture}}", "{{mend}}"] {
            assert_eq!(page.text.lines().filter(|line| *line == part).count(), 1, "{part} on the page of {code}");
        }
        let plain = page.plain();
        assert!(!plain.contains("{{") && plain.contains(code.sentence()), "{plain}");
        assert!(page.text.split_whitespace().count() > 80, "the page of {code} says little");
    }
}

/// `INSTA_UPDATE=always` writes the pictures, as it does snapshots.
#[test]
fn the_picture_of_a_page_is_that_of_its_program() {
    for (code, _, program) in programs() {
        let most = if matches!(code, Code::W06 | Code::W07) { STEPS } else { TO_THE_END };
        let recording = record::at_most(most, Threads::Current, program).recording;
        let drawn = render::terminal(&recording, Style { width: WIDTH, colour: false });
        if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
            fs::write(root().join(format!("src/diagnosis/pages/{code}.txt")), &drawn).unwrap();
        } else {
            assert_eq!(code.page().picture, drawn, "the picture on the page of {code} is not that of its program now");
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
