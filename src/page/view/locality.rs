//! What the list of places and the page of a place show.

use serde::Serialize;

use super::{Counted, EventView, Link, Listing, MapView, Mentioned, Row, TallyView};

/// `localities.html`
#[derive(Serialize)]
pub struct LocalitiesView<'a> {
    /// Provinces that have pages, by name.
    pub provinces: Vec<PlaceRow<'a>>,
    /// The country with those that have articles; none where no place has a page.
    pub map: Option<MapView<'a>>,
}

/// A place in a list.
#[derive(Serialize)]
pub struct PlaceRow<'a> {
    /// Address.
    pub url: String,
    /// Name with type word.
    pub name: &'a str,
    /// Articles about it itself.
    pub direct: TallyView,
    /// Articles about it or a place below it.
    pub total: TallyView,
    /// It is no place of today.
    pub former: bool,
}

/// `locality.html`
#[derive(Serialize)]
pub struct LocalityView<'a> {
    /// Name with type word.
    pub name: &'a str,
    /// Other names, in the order of the file.
    pub aliases: Vec<&'a str>,
    /// Places above it, highest first.
    pub parents: Vec<Link<'a>>,
    /// Its records, oldest first; one for a place of the site's own.
    pub records: Vec<RecordView<'a>>,
    /// What it became, if it is no place of today.
    pub now: Vec<PlacePart<'a>>,
    /// Some of `now` are of the past, too: not where it is today, but where it was next.
    pub now_is_past: bool,
    /// What it was made of.
    pub formerly: Vec<PlacePart<'a>>,
    /// Articles about it itself.
    pub direct: TallyView,
    /// Articles about it or a place below it.
    pub total: TallyView,
    /// Text of its file as safe HTML.
    pub body: String,
    /// Places below it, by name.
    pub children: Vec<PlaceRow<'a>>,
    /// Units at it, by name.
    pub units: Vec<Counted<'a>>,
    /// Its own directives.
    pub directives: Vec<Link<'a>>,
    /// Where it is, on its first page only; none where that is not known.
    pub map: Option<MapView<'a>>,
    /// Events at it that the articles of this page report.
    pub events: Vec<EventView<'a>>,
    /// How many more those articles report, beyond the 200 that are shown.
    pub more_events: usize,
    /// Articles about it itself.
    pub articles: Listing<'a>,
    /// Articles that mention it.
    pub mentioned: Mentioned<'a>,
    /// Newest articles about places below it: at most 20, on its first page only.
    pub below: Vec<Row<'a>>,
    /// Address of its feed.
    pub feed: Option<String>,
}

/// A place during one time.
#[derive(Serialize)]
pub struct RecordView<'a> {
    /// Name with type word.
    pub name: &'a str,
    /// `old` until 30 June 2025, `new` from 1 July 2025.
    pub era: &'static str,
    /// Official code.
    pub code: Option<&'a str>,
    /// First day, where it is known.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// Place above it then.
    pub parent: Option<Link<'a>>,
}

/// A place that another became, or was made of.
#[derive(Serialize)]
pub struct PlacePart<'a> {
    /// The place.
    pub link: Link<'a>,
    /// Only a part of it.
    pub part: bool,
}
