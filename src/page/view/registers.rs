//! The registers of initiatives and commendations, and commendations by year.

use serde::Serialize;

use super::{CommendationView, DateView, Link, Pager, Row};

/// `initiatives.html`
#[derive(Serialize)]
pub struct InitiativesView<'a> {
    /// Initiatives of this page; by article, newest first.
    pub rows: Vec<InitiativeRow<'a>>,
    /// How many there are in all; on the first page only.
    pub total: Option<usize>,
    /// The way to the other pages.
    pub pager: Pager,
}

/// An initiative in the register.
#[derive(Serialize)]
pub struct InitiativeRow<'a> {
    /// Its name without quotation marks.
    pub name: &'a str,
    /// The unit that runs it.
    pub unit: Option<Link<'a>>,
    /// Where that is; of an initiative without one, the place that its article is about.
    pub place: Option<Link<'a>>,
    /// A few words.
    pub note: Option<&'a str>,
    /// The article that tells of it.
    pub article: Row<'a>,
    /// The day of the article, to sort by: "2024-05-17"; empty if it is not known.
    pub day: String,
}

/// `commendations.html`
#[derive(Serialize)]
pub struct CommendationsView<'a> {
    /// Commendations of the events of this page, newest event first: at most 20 of an event.
    pub rows: Vec<CommendedRow<'a>>,
    /// Whether any of these has prizes.
    pub has_prizes: bool,
    /// Whether any of these has a total as printed.
    pub has_totals: bool,
    /// How many events that commended there are in all; on the first page only.
    pub total: Option<usize>,
    /// By year over all pages: distinct events, periods left out. On the first page only.
    pub years: Vec<CommendedYear>,
    /// The same as a drawing.
    pub bars: Option<BarsView>,
    /// The way to the other pages.
    pub pager: Pager,
}

/// A commendation in the register.
#[derive(Serialize)]
pub struct CommendedRow<'a> {
    /// Address of the account that records its event.
    pub url: String,
    /// What the event is called: its title, its stage, else the title of the article.
    pub title: &'a str,
    /// When; none if it is not known.
    pub date: Option<DateView<'a>>,
    /// The day, to sort by: "2024-05-17"; empty if it is not known.
    pub day: String,
    /// Units that held the event.
    pub hosts: Vec<Link<'a>>,
    /// Where.
    pub places: Vec<Link<'a>>,
    /// What the event was about.
    pub directives: Vec<Link<'a>>,
    /// Its figures and form, as recorded, without names.
    pub commendation: CommendationView<'a>,
    /// Another article on the event gives other figures.
    pub differs: bool,
    /// How many commendations of the event are left out behind this one.
    pub more: usize,
}

/// Commendations at the events of one year: distinct events, periods left out.
#[derive(Serialize)]
pub struct CommendedYear {
    /// None for undated events.
    pub year: Option<u16>,
    /// Events that commended.
    pub events: u32,
    /// Tập thể.
    pub collectives: u32,
    /// Cá nhân.
    pub individuals: u32,
    /// Giải thưởng.
    pub prizes: u32,
}

/// Figures by year as bars that go right, a row a year. All in CSS pixels from the upper left.
#[derive(Serialize)]
pub struct BarsView {
    /// Width of the drawing: it fits the narrowest screen.
    pub width: u32,
    /// Height of the drawing.
    pub height: u32,
    /// Where bars begin.
    pub axis: u32,
    /// Which figures there are: `collectives`, `individuals`, `prizes`.
    pub series: Vec<&'static str>,
    /// The newest 20 years with figures, oldest first, and gaps between them.
    pub rows: Vec<BarRow>,
}

/// A year of a drawing.
#[derive(Serialize)]
pub struct BarRow {
    /// The year; none for undated events.
    pub year: Option<u16>,
    /// The last year, where several without anything share the row.
    pub until: Option<u16>,
    /// Where its words stand.
    pub y: u32,
    /// Its bars; none in a gap.
    pub bars: Vec<Bar>,
}

/// A bar.
#[derive(Serialize)]
pub struct Bar {
    /// `collectives`, `individuals` or `prizes`.
    pub series: &'static str,
    /// What it stands for.
    pub value: u32,
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Length; it is 14 high.
    pub width: u32,
    /// Where the value stands.
    pub text_x: u32,
    /// Where the value stands.
    pub text_y: u32,
}
