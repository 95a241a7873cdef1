//! What the list of directives and the page of a directive show.

use std::borrow::Cow;

use serde::Serialize;

use super::{Counted, DateView, EventView, Link, Listing, Mentioned, Pager, Share};

/// `directives.html`
#[derive(Serialize)]
pub struct DirectivesView<'a> {
    /// Directives of this page, newest first.
    pub rows: Vec<DirectiveRow<'a>>,
    /// How many there are in all.
    pub total: usize,
    /// The way to the other pages.
    pub pager: Pager,
    /// Directives that articles cite and no file describes, the most cited first: at most
    /// 100, on the first page only. The count is that of the articles.
    pub stubs: Vec<Counted<'a>>,
    /// How many of them there are in all.
    pub stubs_total: usize,
}

/// A directive in the list.
#[derive(Serialize)]
pub struct DirectiveRow<'a> {
    /// Address.
    pub url: String,
    /// "Kết luận số 01-KL/TW".
    pub full: &'a str,
    /// What it is about.
    pub title: Option<&'a str>,
    /// Who issued it.
    pub issuer: Option<&'a str>,
    /// When.
    pub date: Option<String>,
    /// Status.
    pub status: Option<&'a str>,
    /// Another directive replaced it.
    pub replaced: bool,
    /// Articles.
    pub articles: usize,
    /// Events.
    pub events: usize,
}

/// `directive.html`
#[derive(Serialize)]
pub struct DirectiveView<'a> {
    /// Number, or name.
    pub label: &'a str,
    /// "Kết luận số 01-KL/TW".
    pub full: &'a str,
    /// Whether a file describes it; else articles cite its number and no more is known.
    pub described: bool,
    /// Kind.
    pub kind: Option<&'a str>,
    /// What it is about.
    pub title: Option<&'a str>,
    /// Who issued it.
    pub issuer: Option<Link<'a>>,
    /// The place whose document it is.
    pub owner: Option<Link<'a>>,
    /// When.
    pub date: Option<DateView<'a>>,
    /// Congress term.
    pub term: Option<u8>,
    /// Status.
    pub status: Option<&'a str>,
    /// Directives that replaced it.
    pub replaced_by: Vec<Link<'a>>,
    /// Other names, in the order of the file.
    pub aliases: Vec<&'a str>,
    /// Relations in both directions; on its first page.
    pub relations: Vec<RelationView<'a>>,
    /// The same as a picture, with what is related to them in turn; on its first page, where
    /// there is any.
    pub genealogy: Option<Genealogy<'a>>,
    /// Text of its file as safe HTML.
    pub body: String,
    /// Its events over all pages of the list: on its first page, where there are any.
    pub overview: Option<Overview<'a>>,
    /// Events that the articles of this page report: by the places of the overview, oldest
    /// first. The n-th, counted from 1, is `#su-kien-n` to marks of the timeline.
    pub events: Vec<EventView<'a>>,
    /// How many more those articles report, beyond the 200 that are shown.
    pub more_events: usize,
    /// Articles that declare it.
    pub articles: Listing<'a>,
    /// Articles that mention it.
    pub mentioned: Mentioned<'a>,
    /// Directives of that number, where nothing cites this one any more.
    pub like: Vec<Link<'a>>,
    /// Address of its feed.
    pub feed: Option<String>,
}

/// Directives that stand in one relation to another.
#[derive(Serialize)]
pub struct RelationView<'a> {
    /// Key of its verb in `t`: `continues`, `continued_by` …
    pub verb: &'static str,
    /// The others.
    pub directives: Vec<Link<'a>>,
}

/// How directives came of each other, up to three generations either way: rows with arcs beside
/// them, in a picture of 56 pixels' width and 52 a row.
#[derive(Serialize)]
pub struct Genealogy<'a> {
    /// The oldest first; at most 15.
    pub rows: Vec<Relative<'a>>,
    /// How many more are related so.
    pub more: usize,
    /// Height of the picture.
    pub height: u16,
    /// What leads from one row to another.
    pub arcs: Vec<ArcView>,
    /// Keys in `t` of the relations that arcs stand for: `continues`, `implements` …
    pub kinds: Vec<&'static str>,
}

/// A directive in a genealogy.
#[derive(Serialize)]
pub struct Relative<'a> {
    /// Where it leads; empty for the directive of the page.
    pub link: Link<'a>,
    /// Year of issue.
    pub year: Option<u16>,
    /// What it does to directives of other rows.
    pub deeds: Vec<Deed<'a>>,
    /// Another directive replaced it.
    pub replaced: bool,
    /// Height of its dot.
    pub y: u16,
}

/// What a directive does to others.
#[derive(Serialize)]
pub struct Deed<'a> {
    /// Key of the verb in `t`.
    pub verb: &'static str,
    /// Numbers or names of the others.
    pub labels: Vec<&'a str>,
}

/// An arc of a genealogy.
#[derive(Serialize)]
pub struct ArcView {
    /// Key of its relation.
    pub kind: &'static str,
    /// The `d` of a path.
    pub path: String,
}

/// The events about a directive at a glance.
#[derive(Serialize)]
pub struct Overview<'a> {
    /// How many.
    pub events: u32,
    /// At how many of the places that the charts tell apart: provinces, or, if all lie within
    /// one place, the places below that.
    pub places: usize,
    /// Where all of these lie, with the places above it, if they are no provinces.
    pub within: Option<Link<'a>>,
    /// When the first was.
    pub first: Option<String>,
    /// When the last was, if at another time.
    pub last: Option<String>,
    /// Whom they commended.
    pub commended: Commended,
    /// When and where; none if no date of an event is known.
    pub timeline: Option<Timeline<'a>>,
    /// How many by place and year.
    pub matrix: Matrix<'a>,
}

/// Sums of commendations at distinct events, periods left out.
#[derive(Clone, Copy, Default, Serialize)]
pub struct Commended {
    /// Tập thể.
    pub collectives: u32,
    /// Cá nhân.
    pub individuals: u32,
    /// Giải thưởng.
    pub prizes: u32,
}

/// Events over time by place. Positions are shares of a lane's width: no lane may be narrower
/// than 320 pixels, or marks come nearer to each other than 24.
#[derive(Serialize)]
pub struct Timeline<'a> {
    /// Beginnings of years, oldest first.
    pub years: Vec<YearTick>,
    /// Beginnings of the other quarters; empty where years are too narrow.
    pub quarters: Vec<Share>,
    /// The day of issue, if it lies in those years.
    pub issued: Option<Issued>,
    /// By first event; at most 13, the last of which may be of several places.
    pub lanes: Vec<Lane<'a>>,
    /// Events whose year is not known.
    pub undated: u32,
    /// Some day was not printed.
    pub uncertain: bool,
    /// Some mark stands for several events.
    pub merged: bool,
}

/// The beginning of a year.
#[derive(Serialize)]
pub struct YearTick {
    /// Where.
    pub x: Share,
    /// The year, if there is room to write it.
    pub label: Option<u16>,
}

/// The day a directive was issued.
#[derive(Serialize)]
pub struct Issued {
    /// Where.
    pub x: Share,
    /// The day.
    pub date: String,
    /// In the right half, so that words should end here.
    pub right: bool,
}

/// The events of a place on a timeline.
#[derive(Serialize)]
pub struct Lane<'a> {
    /// The place; its words are empty for events without a place and for several places.
    pub place: Link<'a>,
    /// How many places these are, where they are several.
    pub others: usize,
    /// How many events, undated ones among them.
    pub events: u32,
    /// Whom they commended.
    pub commended: Commended,
    /// From left to right, at most 13.
    pub marks: Vec<MarkView<'a>>,
}

/// A mark of a timeline: one event, or several that are too near to be told apart.
#[derive(Serialize)]
pub struct MarkView<'a> {
    /// Its middle.
    pub x: Share,
    /// Where the first of its events is.
    pub from: Share,
    /// Where the last of its events is.
    pub to: Share,
    /// How many events.
    pub count: usize,
    /// The day of one of them at least was printed.
    pub certain: bool,
    /// Address of the account of the first; a fragment, if one of several is in the list of
    /// this page.
    pub url: String,
    /// When the first was.
    pub date: String,
    /// When the last was, if at another time.
    pub until: Option<String>,
    /// Of a single event: where it was, what it was, and who held it.
    pub words: Vec<Cow<'a, str>>,
}

/// Events by place and year.
#[derive(Serialize)]
pub struct Matrix<'a> {
    /// Columns, oldest first; none for undated events.
    pub years: Vec<Option<u16>>,
    /// The first column is of this year and those before it.
    pub before: bool,
    /// Rows by name: at most 41, the last of which may be of several places.
    pub rows: Vec<MatrixRow<'a>>,
    /// Sums of the columns, where there are several rows.
    pub sums: Vec<u32>,
    /// Whom all events commended.
    pub commended: Commended,
    /// How many events.
    pub total: u32,
}

/// A row of a matrix.
#[derive(Serialize)]
pub struct MatrixRow<'a> {
    /// The place; its words are empty for events without a place and for several places.
    pub place: Link<'a>,
    /// How many places these are, where they are several.
    pub others: usize,
    /// Events by year.
    pub cells: Vec<Cell>,
    /// Their sum.
    pub total: u32,
    /// Whom they commended.
    pub commended: Commended,
}

/// A cell of a matrix.
#[derive(Clone, Copy, Serialize)]
pub struct Cell {
    /// Events.
    pub count: u32,
    /// Its shade: 0 for nothing, to 4 for the most.
    pub step: u8,
}
