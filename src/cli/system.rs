//! Whose rules hold for paths and command lines: a parameter, so that each system's can be tried on every other.

/// A family of operating systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    /// Linux, macOS and their kin.
    Unix,
    Windows,
}

impl System {
    /// The one that this was compiled for.
    pub(crate) const HERE: System = if cfg!(windows) { System::Windows } else { System::Unix };
}
