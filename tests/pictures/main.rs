//! Pictures of programs of every shape: what a learner sees in a terminal and on a page.

mod shapes;
mod svg;
mod terminal;
