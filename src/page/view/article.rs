//! What the page of an article shows, and that of one that was withdrawn.

use std::borrow::Cow;

use serde::Serialize;

use super::{DateView, EventView, InitiativeView, Link, Row};

/// `article.html`
#[derive(Serialize)]
pub struct ArticleView<'a> {
    /// Id.
    pub id: &'a str,
    /// Title.
    pub title: &'a str,
    /// Section of the newspaper.
    pub section: Option<&'a str>,
    /// What places it before its title: the section, else where its first event was, else the
    /// first place it is about.
    pub kicker: Option<Link<'a>>,
    /// Day printed; none if it is not known.
    pub date: Option<DateView<'a>>,
    /// When its events were, each day once: at most 4, and what is left.
    pub event_days: Vec<EventDay<'a>>,
    /// How many more days there are.
    pub more_days: usize,
    /// Day it entered the archive.
    pub added: Option<String>,
    /// Who printed it.
    pub publisher: Option<Link<'a>>,
    /// Author as printed.
    pub byline: Option<&'a str>,
    /// A few sentences.
    pub summary: Option<&'a str>,
    /// The summary, or the beginning of the text: for `meta`.
    pub description: &'a str,
    /// Language of the text, if not the site's.
    pub language: Option<&'a str>,
    /// The text as safe HTML; empty if only the summary may be shown.
    pub body: String,
    /// Full names of the records that the machine's links in it lead to, in the order of the
    /// text, each once: at most 24.
    pub recognised: Vec<Cow<'a, str>>,
    /// How many more there are.
    pub more_recognised: usize,
    /// The publisher allows the summary only.
    pub summary_only: bool,
    /// Whether it is a draft.
    pub draft: bool,
    /// What is still to be checked.
    pub review: Option<&'a str>,
    /// Units it declares and none of its events shows.
    pub units: Vec<Link<'a>>,
    /// Directives it declares, likewise.
    pub directives: Vec<Link<'a>>,
    /// Places it is about, likewise.
    pub localities: Vec<Link<'a>>,
    /// Events it reports.
    pub events: Vec<EventView<'a>>,
    /// Initiatives.
    pub initiatives: Vec<InitiativeView<'a>>,
    /// Photos.
    pub photos: Vec<PhotoView<'a>>,
    /// Corrections.
    pub corrections: Vec<CorrectionView<'a>>,
    /// Notes of the editor on figures and dates that were accepted as printed.
    pub notes: Vec<&'a str>,
    /// Free words.
    pub tags: Vec<&'a str>,
    /// Rights.
    pub rights: Option<&'a str>,
    /// Address where it was published.
    pub source_url: Option<&'a str>,
    /// Address of a saved copy.
    pub archived_url: Option<&'a str>,
    /// Day the copy was taken.
    pub retrieved: Option<String>,
    /// Other publishers that printed it.
    pub also_published_in: Vec<ReprintView<'a>>,
    /// The capture it was made from.
    pub raw: Option<RawView<'a>>,
    /// How to cite it.
    pub citation: CitationView<'a>,
    /// The articles before and after it in lists it stands in: at most 2 lines.
    pub nearby: Vec<NearbyView<'a>>,
    /// Related articles: at most 6.
    pub related: Vec<RelatedView<'a>>,
}

/// A day of an article's events.
#[derive(Serialize)]
pub struct EventDay<'a> {
    /// Anchor of the first event of that day.
    pub anchor: &'a str,
    /// As readers see it.
    pub text: String,
    /// For the `datetime` attribute.
    pub iso: Option<String>,
    /// It was inferred; the event says why.
    pub inferred: bool,
}

/// How to cite an article, in the forms that readers copy.
#[derive(Serialize)]
pub struct CitationView<'a> {
    /// The parts of a reference in the Vietnamese manner.
    pub reference: ReferenceView<'a>,
    /// First day printed, `2024/05/17`, as precise as it is known: for `meta`.
    pub published: Option<String>,
    /// An entry for BibTeX and biblatex.
    pub bibtex: String,
    /// A list of one item of CSL-JSON.
    pub csl: String,
}

/// Author (year), “title”, newspaper, day, address. What was inferred is in brackets.
#[derive(Serialize)]
pub struct ReferenceView<'a> {
    /// The byline; without one, the newspaper.
    pub author: Option<&'a str>,
    /// "2024".
    pub year: Option<String>,
    /// Title.
    pub title: &'a str,
    /// The newspaper, unless it is the author.
    pub newspaper: Option<&'a str>,
    /// "17/05/2024", where a day is known.
    pub day: Option<String>,
    /// "05/2024", where the month is known and no day.
    pub month: Option<String>,
    /// Address where it was published.
    pub url: Option<&'a str>,
}

/// The articles before and after one in time, in lists where they are the same.
#[derive(Serialize)]
pub struct NearbyView<'a> {
    /// The directives and units whose lists they are: at most 2.
    pub lists: Vec<Link<'a>>,
    /// How many more there are, of the first 16.
    pub more_lists: usize,
    /// The one before.
    pub earlier: Option<Row<'a>>,
    /// The one after.
    pub later: Option<Row<'a>>,
}

/// Another print of an article.
#[derive(Serialize)]
pub struct ReprintView<'a> {
    /// Who printed it.
    pub publisher: Link<'a>,
    /// Address there.
    pub url: Option<&'a str>,
    /// Day printed there.
    pub date: Option<String>,
}

/// The capture that an article was made from.
#[derive(Serialize)]
pub struct RawView<'a> {
    /// File.
    pub file: &'a str,
    /// Digest.
    pub sha256: Option<&'a str>,
    /// When it was taken.
    pub captured: Option<String>,
}

/// A related article.
#[derive(Serialize)]
pub struct RelatedView<'a> {
    /// The article.
    pub row: Row<'a>,
    /// Names of what both are about, the weightiest first: at most 2.
    pub reasons: Vec<Cow<'a, str>>,
    /// How much more they have in common.
    pub more_reasons: usize,
    /// Both report the same event.
    pub same_event: bool,
    /// Both were printed in the same month.
    pub same_month: bool,
}

/// A photo.
#[derive(Serialize)]
pub struct PhotoView<'a> {
    /// Address; none if only the caption is archived.
    pub url: Option<String>,
    /// Width and height in pixels, where they can be told.
    pub size: Option<PictureSize>,
    /// Alternative text.
    pub alt: &'a str,
    /// Caption.
    pub caption: Option<&'a str>,
    /// Credit.
    pub credit: Option<&'a str>,
}

/// How large a picture is, for the attributes `width` and `height`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PictureSize {
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
}

/// A correction.
#[derive(Serialize)]
pub struct CorrectionView<'a> {
    /// When.
    pub date: Option<String>,
    /// What.
    pub note: &'a str,
}

/// `tombstone.html`
#[derive(Serialize)]
pub struct TombstoneView<'a> {
    /// When.
    pub date: Option<String>,
    /// Why.
    pub reason: &'a str,
}
