//! Charts: where things stand in them, as plain numbers.
//!
//! Each module takes plain inputs (days, edges, counts, sums of years) and gives shares of a
//! width, CSS pixels or steps of a scale; templates draw them. Arithmetic is in integers, so that
//! a chart is the same on any machine. No module knows the archive.
//!
//! Not here: what a chart shows and what its marks are called (`directive`, `dates`, `registers`,
//! `unit`), how it looks (the theme's style sheet).

pub(super) mod bars;
pub(super) mod genealogy;
pub(super) mod heat;
pub(super) mod timeline;

/// Empty years between two that have something share a row where they are as many as this.
const TOGETHER: usize = 3;

/// The rows of the empty years from `first` to the one before `next`, each with its first year,
/// and its last where it is of several.
pub(super) fn gaps(first: u16, next: u16) -> Vec<(u16, Option<u16>)> {
    let years = first..next;
    match years.len() {
        count if count >= TOGETHER => vec![(first, Some(next - 1))],
        _ => years.map(|year| (year, None)).collect(),
    }
}

/// A share of a chart's width, in thousandths. A template sees "37.5%".
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(into = "String")]
pub struct Share(pub u16);

impl From<Share> for String {
    fn from(Share(thousandths): Share) -> String {
        format!("{}.{}%", thousandths / 10, thousandths % 10)
    }
}
