//! Charts: where things stand in them, as plain numbers.
//!
//! Each module takes plain inputs (days, edges) and gives shares of a width or CSS pixels;
//! templates draw them. Arithmetic is in integers, so that a chart is the same on any machine.
//!
//! Not here: what a chart shows and what its marks are called (`directive`, `dates`, `registers`,
//! `unit`), how it looks (the theme's style sheet).

pub(super) mod bars;
pub(super) mod genealogy;
pub(super) mod heat;
pub(super) mod timeline;

/// A share of a chart's width, in thousandths. A template sees "37.5%".
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(into = "String")]
pub struct Share(pub u16);

impl From<Share> for String {
    fn from(Share(thousandths): Share) -> String {
        format!("{}.{}%", thousandths / 10, thousandths % 10)
    }
}
