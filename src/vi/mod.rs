//! Vietnamese text: comparing, sorting, slugging and dating it.
//!
//! Everything else in the crate compares names by `fold`, sorts them by `SortKey`,
//! makes addresses by `slug` and reads dates by `Date`; none of them is done by hand
//! anywhere else. Nothing here knows what a name stands for.

mod collate;
pub mod date;
mod fold;
mod slug;

pub use collate::{Alphabet, SortKey};
pub use date::Date;
pub use fold::{fold, is_forbidden, is_plain, nfc};
pub use slug::{is_slug, slug};
