//! Events, what was commended at them, and initiatives, wherever they are shown.

use serde::Serialize;

use super::{DateView, Link, Row};

/// An event.
#[derive(Serialize)]
pub struct EventView<'a> {
    /// Anchor on the article's page.
    pub anchor: &'a str,
    /// Address of the account that records it.
    pub url: String,
    /// What it is called.
    pub title: Option<&'a str>,
    /// Title of the article that records it.
    pub article: &'a str,
    /// When; none if it is not known.
    pub date: Option<DateView<'a>>,
    /// Units that held it.
    pub hosts: Vec<Link<'a>>,
    /// Units that took part.
    pub units: Vec<Link<'a>>,
    /// Where.
    pub places: Vec<Link<'a>>,
    /// What it was about.
    pub directives: Vec<Link<'a>>,
    /// "sơ kết 2 năm".
    pub stage: Option<&'a str>,
    /// Whom it commended, by the account shown.
    pub commended: Vec<CommendationView<'a>>,
    /// Other articles on the same event with their figures, those that differ first: at most 4.
    pub others: Vec<OtherReport<'a>>,
    /// How many more there are.
    pub more_others: usize,
}

/// Another article's account of an event.
#[derive(Serialize)]
pub struct OtherReport<'a> {
    /// The article, at its account.
    pub link: Link<'a>,
    /// Its publisher.
    pub publisher: Option<&'a str>,
    /// The day it gives, if it gives one.
    pub date: Option<String>,
    /// Its own figures.
    pub commended: Vec<CommendationView<'a>>,
    /// They are those of the account shown.
    pub alike: bool,
    /// They differ from those of the account shown.
    pub differs: bool,
    /// In what, where both give the same commendations.
    pub differences: Vec<Difference>,
    /// It gives another day than the account shown.
    pub other_day: bool,
}

/// A figure that two accounts of an event do not share.
#[derive(Serialize)]
pub struct Difference {
    /// Key of its word in `t`: `collectives`, `individuals`, `prizes`, `in_total`.
    pub figure: &'static str,
    /// By the account shown; none if it does not say.
    pub here: Option<u32>,
    /// By the other.
    pub there: Option<u32>,
}

/// A commendation.
#[derive(Serialize)]
pub struct CommendationView<'a> {
    /// Tập thể.
    pub collectives: Option<u32>,
    /// Cá nhân.
    pub individuals: Option<u32>,
    /// Giải thưởng.
    pub prizes: Option<u32>,
    /// As printed.
    pub total: Option<u32>,
    /// What the parts add up to, where that is not the total.
    pub sum: Option<u32>,
    /// Form.
    pub form: Option<&'a str>,
    /// By whom.
    pub by: Option<Link<'a>>,
    /// Over a period instead of at the event: never summed with the others.
    pub over_period: bool,
    /// Which period.
    pub period: Option<&'a str>,
    /// Figures are not exact.
    pub approximate: bool,
    /// Who, as far as named.
    pub recipients: Vec<RecipientView<'a>>,
    /// A few words as printed.
    pub quote: Option<&'a str>,
}

/// One who was commended.
#[derive(Serialize)]
pub struct RecipientView<'a> {
    /// Name.
    pub name: Link<'a>,
    /// What for.
    pub reason: Option<&'a str>,
}

/// An initiative.
#[derive(Serialize)]
pub struct InitiativeView<'a> {
    /// Its name without quotation marks.
    pub name: &'a str,
    /// The unit that runs it.
    pub unit: Option<Link<'a>>,
    /// A few words.
    pub note: Option<&'a str>,
    /// The article that tells of it; none on the article's own page.
    pub article: Option<Row<'a>>,
}
