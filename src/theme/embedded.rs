//! The built-in theme, compiled in so that the binary works alone.

/// Every file of `themes/default/` but its README, by path within it, sorted.
/// `tests/tidy.rs` holds the list to the folder.
pub const EMBEDDED: &[(&str, &[u8])] = &[];
