//! What the list of publishers, the page of a publisher and the site's own pages show.

use serde::Serialize;

use super::{Counted, Link, Listing};

/// `publishers.html`
#[derive(Serialize)]
pub struct PublishersView<'a> {
    /// By name.
    pub publishers: Vec<Counted<'a>>,
}

/// `publisher.html`
#[derive(Serialize)]
pub struct PublisherView<'a> {
    /// Preferred name.
    pub name: &'a str,
    /// Other names, in the order of the file.
    pub aliases: Vec<&'a str>,
    /// How its items begin.
    pub marks: Vec<&'a str>,
    /// Where it is.
    pub place: Option<Link<'a>>,
    /// Its address.
    pub url: Option<&'a str>,
    /// Only summaries may be shown.
    pub summary_only: bool,
    /// Text of its file as safe HTML.
    pub body: String,
    /// Articles it printed.
    pub articles: Listing<'a>,
}

/// `page.html`
#[derive(Serialize)]
pub struct OwnPageView<'a> {
    /// Title.
    pub title: &'a str,
    /// Text as safe HTML.
    pub body: String,
}
