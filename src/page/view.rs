//! Views: what templates see, and nothing else.
//!
//! Plain and complete: every text is ready to be shown (and still to be escaped), every
//! list is sorted, every address is relative to the site's root, so that a template puts
//! `page.root` before it. Adding a field is a feature, renaming one breaks themes.
//!
//! Each template gets `page` (`PageView`) and `view` (the struct named after it here), and
//! the global `site` (`SiteView`) and `t` (the strings of the interface).

use std::borrow::Cow;

use serde::Serialize;

pub use super::chart::Share;

/// `site`, the same on every page.
#[derive(Serialize)]
pub struct SiteView<'a> {
    /// Title of the site.
    pub title: &'a str,
    /// Language code, `vi` or `en`.
    pub language: &'a str,
    /// Absolute address with a slash at the end, if the site has one.
    pub base_url: Option<&'a str>,
    /// Links of the site's own menu.
    pub menus: Vec<Link<'a>>,
    /// Address of each theme file by its name: `site.files["style.css"]`.
    pub files: std::collections::BTreeMap<&'a str, &'a str>,
    /// Version of luutru.
    pub generator: &'a str,
}

/// `page`, of the page itself.
#[derive(Serialize)]
pub struct PageView<'a> {
    /// Its address relative to the root, e.g. `bai-viet/a.html`.
    pub url: &'a str,
    /// What leads from the page to the root: `""`, `"../"`, `"../../"` …
    pub root: &'a str,
    /// Absolute address, where the site has a base.
    pub canonical: Option<String>,
}

/// Something with a page. `url` is empty where there is none: show the words alone.
#[derive(Clone, PartialEq, Serialize)]
pub struct Link<'a> {
    /// Address relative to the root; empty, or absolute for a link to elsewhere.
    pub url: Cow<'a, str>,
    /// Words.
    pub title: Cow<'a, str>,
}

/// A date.
#[derive(Clone, Serialize)]
pub struct DateView<'a> {
    /// As readers see it: "28/12/2022".
    pub text: String,
    /// For the `datetime` attribute; none for a range or a date without year.
    pub iso: Option<String>,
    /// Why it is thought to be so; then it is shown in brackets.
    pub inferred: Option<&'a str>,
    /// The words that were printed.
    pub written: Option<&'a str>,
}

/// An article in a list.
#[derive(Serialize)]
pub struct Row<'a> {
    /// Address.
    pub url: String,
    /// Title.
    pub title: &'a str,
    /// Day printed.
    pub date: Option<String>,
    /// Name of the publisher.
    pub publisher: Option<&'a str>,
    /// Whether it is a draft.
    pub draft: bool,
}

/// One page of a list, newest first.
#[derive(Serialize)]
pub struct Listing<'a> {
    /// Articles of this page.
    pub rows: Vec<Row<'a>>,
    /// How many there are in all.
    pub total: usize,
    /// The way to its other pages.
    pub pager: Pager,
}

/// Articles that mention a record in their text and do not declare it. A list of its own,
/// which shares the pages of the articles that do.
#[derive(Serialize)]
pub struct Mentioned<'a> {
    /// Those of this page, newest first.
    pub rows: Vec<MentionRow<'a>>,
    /// How many there are in all.
    pub total: usize,
}

/// An article that mentions a record.
#[derive(Serialize)]
pub struct MentionRow<'a> {
    /// Address of the paragraph on the article's page; of the article, if only its summary
    /// may be shown.
    pub url: String,
    /// The article.
    pub row: Row<'a>,
    /// The sentence, at most 200 characters; none if only the summary may be shown.
    pub sentence: Option<String>,
}

/// The way between the pages of a list.
#[derive(Default, Serialize)]
pub struct Pager {
    /// Number of the page, counted from the oldest; none for the first, newest page.
    pub number: Option<usize>,
    /// Address of the page with newer entries.
    pub newer: Option<String>,
    /// Address of the page with older entries.
    pub older: Option<String>,
}

/// A count by era: the three are never summed.
#[derive(Clone, Copy, Serialize)]
pub struct TallyView {
    /// Until 30 June 2025.
    pub old: u32,
    /// From 1 July 2025.
    pub new: u32,
    /// Of a time that nothing tells.
    pub unknown: u32,
}

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

/// A link with a count.
#[derive(Serialize)]
pub struct Counted<'a> {
    /// Address.
    pub url: String,
    /// Words.
    pub title: Cow<'a, str>,
    /// A second line: a title, a type.
    pub note: Option<Cow<'a, str>>,
    /// How many articles.
    pub count: usize,
}

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

/// `localities.html`
#[derive(Serialize)]
pub struct LocalitiesView<'a> {
    /// Provinces that have pages, by name.
    pub provinces: Vec<PlaceRow<'a>>,
    /// The country with those that have articles; none where no place has a page.
    pub map: Option<MapView<'a>>,
}

/// A map: the page's own points, to be drawn over the image of faint dots. All lengths are CSS
/// pixels.
#[derive(Serialize)]
pub struct MapView<'a> {
    /// Address of the image, which has the size of the map.
    pub url: String,
    /// Width: at most 320.
    pub width: i64,
    /// Height: at most 400.
    pub height: i64,
    /// The province that it shows; none for the country.
    pub name: Option<&'a str>,
    /// It shows the province as it was until 30 June 2025, which is less than it is now.
    pub former: bool,
    /// It shows a province that was enlarged on 1 July 2025: what joined it has smaller dots.
    pub joined: bool,
    /// The place of the page; none on the map of a whole.
    pub own: Option<MapPoint<'a>>,
    /// Places with articles, those with most first.
    pub points: Vec<MapPoint<'a>>,
    /// Whether any of the points is a link.
    pub has_links: bool,
    /// Names that fit on the map, at most 15.
    pub labels: Vec<MapLabel<'a>>,
}

/// A place on a map.
#[derive(Serialize)]
pub struct MapPoint<'a> {
    /// From the left.
    pub x: i64,
    /// From the top.
    pub y: i64,
    /// Radius, 3 to 11: its square grows with the number of articles.
    pub r: i64,
    /// The place with its type word. Its `url` is empty where a target of 28 pixels would overlap
    /// that of a larger point.
    pub link: Link<'a>,
    /// Articles about it or a place below it.
    pub count: TallyView,
}

/// A name on a map.
#[derive(Serialize)]
pub struct MapLabel<'a> {
    /// From the left.
    pub x: i64,
    /// Of its base line, from the top.
    pub y: i64,
    /// `start`, `middle` or `end`: which part of the text stands at `x`.
    pub anchor: &'static str,
    /// `own` for the place of the page, `sea` for islands far out, with articles or without; else
    /// empty.
    pub kind: &'static str,
    /// The name, without type word unless it is a number.
    pub text: Cow<'a, str>,
    /// A line from the point to the name, where that stands away from it: x, y, x, y; else empty.
    pub leader: Vec<i64>,
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

/// `years.html`
#[derive(Serialize)]
pub struct YearsView {
    /// From the newest year to the first; years without articles stand between them, three or
    /// more in one row.
    pub years: Vec<YearRow>,
    /// What the shades of the months stand for, the lightest first.
    pub shades: Vec<ShadeView>,
    /// Articles of which only the year is known, in all: they are in the sum of their year and
    /// in none of its months.
    pub only_year: usize,
    /// Articles without a date; none where all have one.
    pub undated: Option<Undated>,
}

/// A year with its months, or years without articles.
#[derive(Serialize)]
pub struct YearRow {
    /// The year; of several without articles the first.
    pub year: u16,
    /// The last of several years without articles.
    pub until: Option<u16>,
    /// Address; empty where there are no articles.
    pub url: String,
    /// Articles of the year.
    pub total: usize,
    /// All twelve months, gaps with a count of 0; none where there are no articles.
    pub months: Vec<MonthCell>,
}

/// A month of a year.
#[derive(Serialize)]
pub struct MonthCell {
    /// Address; empty without articles.
    pub url: String,
    /// Articles.
    pub count: usize,
    /// Its shade: 0 for nothing, to 4 for the most.
    pub step: u8,
}

/// What a shade stands for.
#[derive(Serialize)]
pub struct ShadeView {
    /// 1 to 4, the darkest.
    pub step: u8,
    /// The least count.
    pub from: u32,
    /// The largest.
    pub to: u32,
}

/// `year.html`
#[derive(Serialize)]
pub struct YearView<'a> {
    /// The year.
    pub year: u16,
    /// All twelve months.
    pub months: Vec<MonthStrip>,
    /// What the shades of the days stand for, the lightest first.
    pub shades: Vec<ShadeView>,
    /// How many articles.
    pub total: usize,
    /// Articles of which only the year is known.
    pub rows: Vec<Row<'a>>,
    /// The year before with articles.
    pub earlier: Option<Link<'a>>,
    /// The year after with articles.
    pub later: Option<Link<'a>>,
}

/// A month of a year with its days.
#[derive(Serialize)]
pub struct MonthStrip {
    /// Address; empty without articles.
    pub url: String,
    /// Articles, those included of which the day is not known.
    pub count: usize,
    /// How long it is, in percent of the width of 31 days.
    pub width: String,
    /// Its days with articles.
    pub days: Vec<DayView>,
    /// Where its Saturdays and Sundays are, in percent of the width of 31 days.
    pub weekends: Vec<String>,
}

/// A day of a month.
#[derive(Clone, Serialize)]
pub struct DayView {
    /// 1 to 31.
    pub day: u8,
    /// Articles.
    pub count: u32,
    /// Its shade: 0 for nothing, to 4 for the most.
    pub step: u8,
    /// Where it is, in percent of the width of 31 days.
    pub x: String,
}

/// `month.html`, also for articles without a date.
#[derive(Serialize)]
pub struct MonthView<'a> {
    /// The year; none for articles without a date.
    pub year: Option<u16>,
    /// The month.
    pub month: Option<u8>,
    /// Address of the year.
    pub year_url: Option<String>,
    /// Its articles.
    pub articles: Listing<'a>,
    /// Its days by week, seven each from Monday, none before its first day and after its last
    /// one. On the first page only, and only if the day of an article is known.
    pub weeks: Vec<Vec<Option<DayView>>>,
    /// What the shades of the days stand for, the lightest first.
    pub shades: Vec<ShadeView>,
    /// The month before with articles.
    pub earlier: Option<MonthLink>,
    /// The month after with articles.
    pub later: Option<MonthLink>,
}

/// The way to another month.
#[derive(Serialize)]
pub struct MonthLink {
    /// Address.
    pub url: String,
    /// Its year.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
}

/// The articles without a date.
#[derive(Serialize)]
pub struct Undated {
    /// Address of their list.
    pub url: String,
    /// How many they are.
    pub count: usize,
}

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

/// `page.html`
#[derive(Serialize)]
pub struct OwnPageView<'a> {
    /// Title.
    pub title: &'a str,
    /// Text as safe HTML.
    pub body: String,
}

/// `redirect.html`
#[derive(Serialize)]
pub struct RedirectView {
    /// Address of the page that answers now.
    pub to: String,
}

/// `404.html`
#[derive(Serialize)]
pub struct NotFoundView<'a> {
    /// What leads to the root from anywhere: the path of the site's base.
    pub root: &'a str,
}

/// `feed.xml`, Atom; also for changes.
#[derive(Serialize)]
pub struct FeedView<'a> {
    /// Title.
    pub title: Cow<'a, str>,
    /// Absolute address of the page that it follows.
    pub page: String,
    /// Absolute address of the feed itself.
    pub url: String,
    /// RFC 3339, of the newest entry.
    pub updated: String,
    /// Newest first: at most 30.
    pub entries: Vec<FeedEntry<'a>>,
}

/// An entry of a feed.
#[derive(Serialize)]
pub struct FeedEntry<'a> {
    /// Absolute address.
    pub url: String,
    /// Id that never changes.
    pub id: String,
    /// Title.
    pub title: &'a str,
    /// RFC 3339.
    pub updated: String,
    /// Publisher, or the site.
    pub author: &'a str,
    /// A few sentences.
    pub summary: Cow<'a, str>,
    /// `added`, `corrected` or `withdrawn`.
    pub change: &'static str,
}

/// `sitemap.xml`: of pages, or, beyond 50,000 of them, of sitemaps.
#[derive(Serialize)]
pub struct SitemapView {
    /// Absolute addresses of pages.
    pub pages: Vec<String>,
    /// Absolute addresses of sitemaps.
    pub maps: Vec<String>,
}

/// `robots.txt`
#[derive(Serialize)]
pub struct RobotsView {
    /// Absolute address of the sitemap.
    pub sitemap: Option<String>,
}

/// `map.svg`: the faint dots of a map, one for each commune of 1 July 2025.
#[derive(Default, Serialize)]
pub struct MapFileView {
    /// Width in CSS pixels.
    pub width: i64,
    /// Height in CSS pixels.
    pub height: i64,
    /// A path in half pixels: a line of no length for each dot, to be drawn with round ends.
    pub dots: String,
    /// Width of its lines in half pixels.
    pub size: i64,
    /// Width of a light ground under the dots, which makes them one land.
    pub halo: i64,
    /// The same for what joined a province on 1 July 2025; empty for other maps.
    pub joined: String,
    /// Width of its lines in half pixels.
    pub joined_size: i64,
    /// Once more those that lie far out at sea, to be drawn large enough to be seen.
    pub sea: String,
}

/// The view of any template.
#[derive(Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "each variant is the view of its name")]
pub enum View<'a> {
    Home(HomeView<'a>),
    Article(Box<ArticleView<'a>>),
    Tombstone(TombstoneView<'a>),
    Directives(DirectivesView<'a>),
    Directive(Box<DirectiveView<'a>>),
    Units(UnitsView<'a>),
    Unit(Box<UnitView<'a>>),
    Localities(LocalitiesView<'a>),
    Locality(Box<LocalityView<'a>>),
    Years(YearsView),
    Year(YearView<'a>),
    Month(MonthView<'a>),
    Publishers(PublishersView<'a>),
    Publisher(PublisherView<'a>),
    Initiatives(InitiativesView<'a>),
    Commendations(CommendationsView<'a>),
    Own(OwnPageView<'a>),
    Redirect(RedirectView),
    NotFound(NotFoundView<'a>),
    Feed(FeedView<'a>),
    Sitemap(SitemapView),
    Robots(RobotsView),
    Map(MapFileView),
}

impl View<'_> {
    /// The HTML that an editor wrote, as it stands on the page; empty if there is none.
    pub fn body(&self) -> &str {
        match self {
            View::Article(view) => &view.body,
            View::Directive(view) => &view.body,
            View::Unit(view) => &view.body,
            View::Locality(view) => &view.body,
            View::Publisher(view) => &view.body,
            View::Own(view) => &view.body,
            _ => "",
        }
    }
}
