//! What the list of units and the page of a unit show.

use serde::Serialize;

use super::{
    BarsView, CommendedYear, Counted, DateView, EventView, InitiativeView, Link, Listing, Mentioned,
};

/// `units.html`
#[derive(Serialize)]
pub struct UnitsView<'a> {
    /// Units that have a file, by name.
    pub recorded: Vec<Counted<'a>>,
    /// Provinces with the units at and below them, by name.
    pub provinces: Vec<ProvinceUnits<'a>>,
}

/// Units of a province.
#[derive(Serialize)]
pub struct ProvinceUnits<'a> {
    /// The province.
    pub place: Link<'a>,
    /// Units of the province itself, by name.
    pub units: Vec<Counted<'a>>,
    /// Places right below it with units at them or below them, by name; the count is that of
    /// the units.
    pub below: Vec<Counted<'a>>,
    /// How many units there are at and below it.
    pub total: usize,
}

/// `unit.html`
#[derive(Serialize)]
pub struct UnitView<'a> {
    /// Preferred name.
    pub name: &'a str,
    /// Other names, in the order of the file.
    pub aliases: Vec<&'a str>,
    /// Kind.
    pub kind: Option<&'a str>,
    /// Where it is.
    pub place: Option<Link<'a>>,
    /// Units above it, highest first.
    pub parents: Vec<Link<'a>>,
    /// Units below it, by name: at most 200.
    pub children: Vec<Link<'a>>,
    /// How many there are in all.
    pub children_total: usize,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// Units that took over.
    pub successors: Vec<Link<'a>>,
    /// Units it took over from.
    pub predecessors: Vec<Link<'a>>,
    /// Text of its file as safe HTML.
    pub body: String,
    /// Directives it issued.
    pub issued: Vec<Link<'a>>,
    /// Commendations at events that it held, and those that it gave at others', by year,
    /// oldest first.
    pub commended: Vec<CommendedYear>,
    /// The same as a drawing.
    pub bars: Option<BarsView>,
    /// Commendations that name it among those commended, newest first: at most 50, on the
    /// first page only.
    pub received: Vec<ReceivedView<'a>>,
    /// How many events commended it in all.
    pub received_total: usize,
    /// Initiatives, by name: at most 200, on the first page only.
    pub initiatives: Vec<InitiativeView<'a>>,
    /// How many there are in all.
    pub initiatives_total: usize,
    /// Events that the articles of this page report and that it held or took part in.
    pub events: Vec<EventView<'a>>,
    /// How many more those articles report, beyond the 200 that are shown.
    pub more_events: usize,
    /// Articles that declare it.
    pub articles: Listing<'a>,
    /// Articles that mention it.
    pub mentioned: Mentioned<'a>,
    /// Address of its feed.
    pub feed: Option<String>,
}

/// A commendation that a unit received.
#[derive(Serialize)]
pub struct ReceivedView<'a> {
    /// The event, at the account that records it.
    pub event: Link<'a>,
    /// When; none if it is not known.
    pub date: Option<DateView<'a>>,
    /// Form.
    pub form: Option<&'a str>,
    /// By whom: as recorded, else the units that held the event.
    pub by: Vec<Link<'a>>,
    /// What for.
    pub reason: Option<&'a str>,
    /// Over a period instead of at the event.
    pub over_period: bool,
    /// Which period.
    pub period: Option<&'a str>,
}
