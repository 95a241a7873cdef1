//! Views: what templates see, and nothing else.
//!
//! Plain and complete: every text is ready to be shown (and still to be escaped), every
//! list is sorted, every address is relative to the site's root, so that a template puts
//! `page.root` before it. Adding a field is a feature, renaming one breaks themes.
//!
//! Each template gets `page` (`PageView`) and `view` (the struct that says so in its first
//! line), and the global `site` (`SiteView`) and `t` (the strings of the interface). Here is
//! what several kinds of pages share; the modules below have one kind each, named as the module
//! of `page` that fills it.

mod article;
mod dates;
mod directive;
mod event;
mod feed;
mod home;
mod locality;
mod map;
mod publisher;
mod registers;
mod unit;

use std::borrow::Cow;

use serde::Serialize;

pub use super::chart::Share;
pub use article::*;
pub use dates::*;
pub use directive::*;
pub use event::*;
pub use feed::*;
pub use home::*;
pub use locality::*;
pub use map::*;
pub use publisher::*;
pub use registers::*;
pub use unit::*;

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
