//! What is for programs: feeds, the sitemap, redirects, the page not found.

use std::borrow::Cow;

use serde::Serialize;

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
