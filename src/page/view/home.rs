//! What the home page shows.

use serde::Serialize;

use super::{Counted, Link, MapView, PlaceRow, Row};

/// `index.html`
#[derive(Serialize)]
pub struct HomeView<'a> {
    /// Newest articles by the day they were added: at most 20.
    pub newest: Vec<Newest<'a>>,
    /// Most cited directives: at most 12.
    pub directives: Vec<Counted<'a>>,
    /// Units that most articles name: at most 12.
    pub units: Vec<Counted<'a>>,
    /// Provinces with articles, by name.
    pub provinces: Vec<PlaceRow<'a>>,
    /// The site's own place, where most of the articles are of it or below and some below.
    pub own: Option<OwnPlace<'a>>,
    /// The country with these provinces, or the own place with those below it; none where no
    /// place has a page.
    pub map: Option<MapView<'a>>,
    /// Years with articles, newest first.
    pub years: Vec<Counted<'a>>,
    /// The archive in numbers.
    pub numbers: Numbers,
}

/// The place that an archive is of.
#[derive(Serialize)]
pub struct OwnPlace<'a> {
    /// The place.
    pub place: Link<'a>,
    /// Places below it with articles, by name.
    pub below: Vec<PlaceRow<'a>>,
}

/// One of the newest articles.
#[derive(Serialize)]
pub struct Newest<'a> {
    /// The article.
    pub row: Row<'a>,
    /// Its summary, if it has one.
    pub summary: Option<&'a str>,
}

/// The archive in numbers.
#[derive(Serialize)]
pub struct Numbers {
    /// Articles.
    pub articles: usize,
    /// Distinct events.
    pub events: usize,
    /// Directives.
    pub directives: usize,
    /// Units that articles name.
    pub units: usize,
    /// Places that articles name.
    pub localities: usize,
    /// Publishers.
    pub publishers: usize,
}
