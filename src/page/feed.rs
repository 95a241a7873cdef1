//! What programs read: feeds, changes, sitemap, robots. All need the site's base.
//!
//! Feeds go by the day an article entered the archive, so that a press item of 1996 that
//! is added today is news today.

use std::borrow::Cow;

use super::view::{FeedEntry, FeedView, RobotsView, SitemapView};
use super::{Follows, SITEMAP, Viewer, address};
use crate::archive::ArticleId;
use crate::document::Front;
use crate::vi::Date;

/// Entries of a feed.
const ENTRIES: usize = 30;

impl<'p> Viewer<'p> {
    pub(super) fn feed_view(&self, follows: Follows) -> FeedView<'p> {
        let (page, title, mut articles): (&str, Cow<'_, str>, Vec<ArticleId>) = match follows {
            Follows::Home => (
                "index.html",
                (&*self.site().title).into(),
                self.newest().iter().copied().take(ENTRIES).collect(),
            ),
            Follows::Directive(id) => {
                let directive = self.directive(id);
                (
                    self.addresses().directive(id),
                    (&*directive.full).into(),
                    self.directive_lists(id).articles.clone(),
                )
            }
            Follows::Unit(id) => {
                let unit = self.unit(id);
                (self.addresses().unit(id), (&*unit.name).into(), self.unit_lists(id).articles.clone())
            }
            Follows::Locality(id) => {
                let locality = self.locality(id);
                // A province's feed has what happens below it, too.
                let mut articles: Vec<ArticleId> = Vec::new();
                let mut pending = vec![id];
                while let Some(at) = pending.pop() {
                    let place = self.locality_lists(at);
                    articles.extend(self.newest_of(place.articles.iter().map(|(article, _)| *article)));
                    pending.extend(&place.children);
                }
                articles.sort_unstable();
                articles.dedup();
                (self.addresses().locality(id), (&*locality.name).into(), articles)
            }
        };
        articles = self.newest_of(articles.into_iter());
        let entries: Vec<FeedEntry> = articles.into_iter().filter_map(|id| self.added(id)).collect();
        self.feed_of(page, &address::feed(page), title, entries)
    }

    pub(super) fn changes_view(&self) -> FeedView<'p> {
        let mut entries: Vec<FeedEntry> =
            self.newest().iter().take(ENTRIES).filter_map(|&id| self.added(id)).collect();
        for (id, correction) in self.corrections().into_iter().take(ENTRIES) {
            let Some(updated) = correction.date.as_ref().and_then(timestamp) else { continue };
            let url = self.absolute(self.addresses().article(id)).unwrap_or_default();
            entries.push(FeedEntry {
                id: format!("{url}#corrected-{updated}"),
                url,
                title: &self.declared(id).front.title,
                updated,
                author: &self.site().title,
                summary: (&*correction.note).into(),
                change: "corrected",
            });
        }
        for (index, tombstone) in self.all_tombstones().iter().enumerate() {
            let Some(withdrawn) = tombstone.withdrawn() else { continue };
            let Some(updated) = withdrawn.date.as_ref().and_then(timestamp) else { continue };
            let url = self.absolute(self.addresses().tombstone(index as u32)).unwrap_or_default();
            let title = match &tombstone.document.front {
                Front::Article(front) => &*front.title,
                _ => "",
            };
            entries.push(FeedEntry {
                id: format!("{url}#withdrawn"),
                url,
                title,
                updated,
                author: &self.site().title,
                summary: (&*withdrawn.reason).into(),
                change: "withdrawn",
            });
        }
        entries.sort_by(|a, b| (&b.updated, &a.id).cmp(&(&a.updated, &b.id)));
        entries.truncate(ENTRIES);
        self.feed_of("index.html", "thay-doi.xml", (&*self.site().title).into(), entries)
    }

    fn feed_of(
        &self,
        page: &str,
        url: &str,
        title: Cow<'p, str>,
        entries: Vec<FeedEntry<'p>>,
    ) -> FeedView<'p> {
        FeedView {
            title,
            page: self.absolute(page).unwrap_or_default(),
            url: self.absolute(url).unwrap_or_default(),
            // Atom wants a time even of an empty feed: that of the format itself.
            updated: entries
                .iter()
                .map(|entry| entry.updated.clone())
                .max()
                .unwrap_or("2005-12-01T00:00:00Z".into()),
            entries,
        }
    }

    /// The newest of `articles` by the day they were added, newest first.
    fn newest_of(&self, articles: impl Iterator<Item = ArticleId>) -> Vec<ArticleId> {
        let mut newest: Vec<(u32, ArticleId)> = articles.map(|id| (self.newness(id), id)).collect();
        if newest.len() > ENTRIES {
            newest.select_nth_unstable(ENTRIES);
            newest.truncate(ENTRIES);
        }
        newest.sort_unstable();
        newest.into_iter().map(|(_, id)| id).collect()
    }

    fn added(&self, id: ArticleId) -> Option<FeedEntry<'p>> {
        let article = self.declared(id);
        let front = article.front;
        let updated = front.added.as_ref().and_then(timestamp);
        let updated = updated.or_else(|| front.date.as_ref().and_then(|dated| timestamp(&dated.date)))?;
        let url = self.absolute(self.addresses().article(id))?;
        let publisher = article.publisher.map(|id| &*self.publisher(id).front().name.text);
        Some(FeedEntry {
            id: url.clone(),
            url,
            title: &front.title,
            updated,
            author: publisher.unwrap_or(&self.site().title),
            summary: self.description(id).into(),
            change: "added",
        })
    }

    /// `None`: all pages, or an index of the parts where there are several.
    pub(super) fn sitemap_view(&self, part: Option<u32>) -> SitemapView {
        let parts = self.sitemap_parts();
        let absolute = |url: &str| self.absolute(url).unwrap_or_default();
        match part {
            None if parts > 1 => {
                let maps = (1..=parts).map(|number| absolute(&format!("sitemap-{number}.xml"))).collect();
                SitemapView { pages: Vec::new(), maps }
            }
            part => {
                let start = part.unwrap_or(0) as usize * SITEMAP;
                let pages = self.mapped().skip(start).take(SITEMAP).map(absolute).collect();
                SitemapView { pages, maps: Vec::new() }
            }
        }
    }

    pub(super) fn robots_view(&self) -> RobotsView {
        RobotsView { sitemap: self.absolute("sitemap.xml") }
    }
}

/// RFC 3339, at the beginning of the day in Vietnam; months and years at their first day.
fn timestamp(date: &Date) -> Option<String> {
    let (year, month, day) = date.first()?.first_day();
    let minutes = match date {
        Date::At(_, Some(minutes)) => *minutes,
        _ => 0,
    };
    Some(format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:00+07:00", minutes / 60, minutes % 60))
}
