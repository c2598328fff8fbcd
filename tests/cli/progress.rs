//! What `.workbook/progress.json` may say, by the hand of a learner or of a newer workbook.

use super::clone::{Clone, RIGHT};

#[test]
fn numbers_beyond_all_counting_are_no_panic() {
    let clone = Clone::new();
    clone.give("01_one", RIGHT);
    let most = u64::MAX;
    clone.write(
        ".workbook/progress.json",
        &format!("{{\"exercises\": {{\"01_one\": {{\"hints\": {most}, \"verdicts\": {most}}}}}}}"),
    );
    assert_eq!(clone.run(&["hint", "1"]).stdout, "    hint 3 of 3: Write NUMBER.\n");
    assert_eq!(clone.check(&["1"])[0]["status"], "passed");
}

#[test]
fn a_word_of_a_newer_workbook_costs_that_word_and_no_more() {
    let clone = Clone::new();
    let entries =
        r#""01_one": {"status": "polished", "hints": 1, "mood": {}}, "02_two": {"status": "passed", "hints": 2}"#;
    clone.write(".workbook/progress.json", &format!("{{\"exercises\": {{{entries}}}, \"theme\": 3}}"));
    let ran = clone.run(&["list", "--json"]);
    let listed = &ran.json()["exercises"];
    assert_eq!(
        (&listed[0]["status"], &listed[0]["hints_given"], &listed[1]["hints_given"]),
        (&"unchecked".into(), &1.into(), &2.into())
    );
    assert_eq!(ran.stderr, "");
    assert_eq!(clone.run(&["hint", "1"]).stdout, "    hint 2 of 3: Look closer.\n");
}
