//! Pictures of a recording. A renderer sees nothing but the [`Recording`].

mod perfetto;
pub mod player;
mod terminal;

pub use perfetto::perfetto;
pub use terminal::{Style, terminal};

#[cfg(doc)]
use crate::recording::Recording;
