//! The workbook's command line.
fn main() {}
