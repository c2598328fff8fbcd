//! Pictures and recordings are those of the checks, to the byte.

use book::{generate, place::Place};
use workbook::text_file;

#[test]
fn everything_that_is_made_is_as_it_was_made() {
    let place = Place::here();
    let pieces = generate::pieces(&place, &[]).expect("the checks come out as the list of figures has it");
    assert!(pieces.len() > 20, "only {} pieces were made", pieces.len());
    let differs = |(piece, text): &(&String, &String)| {
        text_file::read(&place.generated().join(piece)).ok().as_ref() != Some(*text)
    };
    let different: Vec<&String> = pieces.iter().filter(differs).map(|(piece, _)| piece).collect();
    assert!(different.is_empty(), "{different:?} are not as made now: `cargo run -p book -- figures` makes them anew");
    let leftovers = generate::leftovers(&place, &pieces, true).expect("the folder can be read");
    assert!(leftovers.is_empty(), "{leftovers:?} belong to no figure: `cargo run -p book -- figures` removes them");
}
