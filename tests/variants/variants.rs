//! All variants.
