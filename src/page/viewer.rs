//! The viewer: the only way from the code that makes views to the archive and the plan.
//!
//! Every read of a view goes through one of the methods here, and each notes the facet that
//! it reads, if there is somebody to note it. Records are read apart from the lists of those
//! that name them, and an article's front matter apart from its text.
//!
//! Invariant: the fields of a `Viewer` are its own. What makes views stands in the modules
//! beside this one and cannot read past it. What a method gives out is in the digest of the
//! facet it notes, or follows from it.
//! Not here: what a view shows (`article`, `directive` and the other modules of a kind).

use std::ops::Range;

use super::address::Addresses;
use super::facet::{Facet, Recorder, Register, Whole};
use super::listing::{self, Chunk};
use super::view::{NotFoundView, PageView, PictureSize, RedirectView, View};
use super::{Page, Plan, Printed, Subject};
use crate::archive::{
    ArticleId, Directive, DirectiveId, DirectiveLists, Event, EventId, Initiative, Locality, LocalityId,
    LocalityLists, OwnPage, PageId, PlaceRef, Publisher, PublisherId, Target, Tombstone, Unit, UnitId,
    UnitLists, UnitRef,
};
use crate::config::Site;
use crate::document::{self, Body, Commendation, Correction, Relation};
use crate::gazetteer::PlaceId;

/// Entries looked at on either side of an article in each list it stands in.
const REACH: usize = 6;

/// Makes the views of a plan's pages.
#[derive(Clone, Copy)]
pub struct Viewer<'p> {
    plan: &'p Plan<'p>,
    recorder: Option<&'p Recorder<'p>>,
}

/// What an article's front matter says, and where its names lead.
#[derive(Clone, Copy)]
pub(super) struct Declared<'p> {
    pub(super) id: &'p str,
    pub(super) front: &'p document::Article,
    pub(super) publisher: Option<PublisherId>,
    pub(super) units: &'p [UnitRef],
    pub(super) directives: &'p [DirectiveId],
    pub(super) localities: &'p [PlaceRef],
    pub(super) events: &'p [EventId],
    pub(super) initiatives: &'p [Initiative],
    pub(super) reprints: &'p [PublisherId],
}

/// An article's text, and where its links and mentions lead.
#[derive(Clone, Copy)]
pub(super) struct Text<'p> {
    pub(super) body: &'p Body,
    pub(super) links: &'p [Target],
    pub(super) mentions: &'p [Option<Target>],
}

/// An article near another one in a list.
#[derive(Clone, Copy)]
pub(super) struct Neighbour {
    pub(super) article: ArticleId,
    pub(super) printed: Printed,
}

impl Neighbour {
    /// Whether the year it was printed in is known.
    pub(super) fn is_dated(&self) -> bool {
        self.printed.0 > 0
    }
}

/// Articles that mention a record, oldest first. Which they are is one thing; where in its
/// text each names the record is another, and part of that text.
#[derive(Clone, Copy)]
pub(super) struct MentionList<'p> {
    viewer: Viewer<'p>,
    entries: &'p [(ArticleId, u32)],
}

impl<'p> MentionList<'p> {
    /// How many they are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Some of them, each with its text and the index of its first mention of the record.
    pub(super) fn entries(
        &self,
        range: Range<usize>,
    ) -> impl DoubleEndedIterator<Item = (ArticleId, Text<'p>, usize)> {
        let viewer = self.viewer;
        self.entries[range].iter().map(move |&(id, at)| (id, viewer.text(id), at as usize))
    }
}

/// A page of a list of the whole archive: what a facet of its own covers.
#[derive(Clone, Copy)]
pub(super) struct RegisterPage<'p, T> {
    /// Oldest first.
    pub(super) entries: &'p [T],
    /// Whether no page has a larger number.
    pub(super) is_last: bool,
    /// The whole list, oldest first; on its first page only.
    pub(super) all: Option<&'p [T]>,
}

impl<'p> Plan<'p> {
    /// Makes views of its pages.
    pub fn viewer(&'p self) -> Viewer<'p> {
        Viewer { plan: self, recorder: None }
    }
}

impl<'p> Viewer<'p> {
    /// The same with every read noted, by a recorder for the facets of this plan.
    pub fn noting(self, recorder: &'p Recorder<'p>) -> Viewer<'p> {
        Viewer { recorder: Some(recorder), ..self }
    }

    fn note(&self, facet: Facet) {
        if let Some(recorder) = self.recorder {
            recorder.note(facet);
        }
    }

    /// The view of a page. Cost: that of what the page shows.
    pub fn view(&self, page: &Page) -> View<'p> {
        match &page.subject {
            Subject::Home => View::Home(self.home_view()),
            Subject::Article(id) => View::Article(Box::new(self.article_view(*id))),
            Subject::Tombstone(index) => View::Tombstone(self.tombstone_view(*index)),
            Subject::Directives(chunk) => View::Directives(self.directives_view(*chunk)),
            Subject::Directive(id, chunk) => View::Directive(Box::new(self.directive_view(*id, *chunk))),
            Subject::Units => View::Units(self.units_view()),
            Subject::Unit(id, chunk) => View::Unit(Box::new(self.unit_view(*id, *chunk))),
            Subject::Localities => View::Localities(self.localities_view()),
            Subject::Locality(id, chunk) => View::Locality(Box::new(self.locality_view(*id, *chunk))),
            Subject::Years => View::Years(self.years_view()),
            Subject::Year(year) => View::Year(self.year_view(*year)),
            Subject::Month(year, month, chunk) => View::Month(self.month_view(*year, *month, *chunk)),
            Subject::Undated(chunk) => View::Month(self.undated_view(*chunk)),
            Subject::Publishers => View::Publishers(self.publishers_view()),
            Subject::Publisher(id, chunk) => View::Publisher(self.publisher_view(*id, *chunk)),
            Subject::Initiatives(chunk) => View::Initiatives(self.initiatives_view(*chunk)),
            Subject::Commendations(chunk) => View::Commendations(self.commendations_view(*chunk)),
            Subject::Own(id) => View::Own(self.own_view(*id)),
            Subject::Redirect(to) => View::Redirect(RedirectView { to: to.clone() }),
            Subject::NotFound => View::NotFound(NotFoundView { root: self.site().base_path() }),
            Subject::Feed(follows) => View::Feed(self.feed_view(*follows)),
            Subject::Changes => View::Feed(self.changes_view()),
            Subject::Sitemap(part) => View::Sitemap(self.sitemap_view(*part)),
            Subject::Robots => View::Robots(self.robots_view()),
            Subject::Map(ground) => View::Map(self.map_file_view(*ground)),
        }
    }

    /// What every template knows of a page.
    pub fn page_view<'s>(&self, page: &'s Page, root: &'s str) -> PageView<'s> {
        let html =
            page.url.ends_with(".html") && !matches!(page.subject, Subject::Redirect(_) | Subject::NotFound);
        PageView { url: &page.url, root, canonical: self.absolute(&page.url).filter(|_| html) }
    }

    pub(super) fn site(&self) -> &'p Site {
        self.note(Facet::Whole(Whole::Site));
        self.plan.site
    }

    /// Addresses of records. Not noted: which record it is tells its address.
    pub(super) fn addresses(&self) -> &'p Addresses {
        &self.plan.addresses
    }

    // Records.

    pub(super) fn declared(&self, id: ArticleId) -> Declared<'p> {
        self.note(Facet::Declared(id));
        let article = self.plan.archive.article(id);
        Declared {
            id: &article.document.id,
            front: article.front(),
            publisher: article.publisher,
            units: &article.units,
            directives: &article.directives,
            localities: &article.localities,
            events: &article.events,
            initiatives: &article.initiatives,
            reprints: &article.reprints,
        }
    }

    /// An article as one near to others.
    pub(super) fn neighbour(&self, id: ArticleId) -> Neighbour {
        self.note(Facet::Declared(id));
        Neighbour { article: id, printed: self.plan.printed[id.index()] }
    }

    pub(super) fn text(&self, id: ArticleId) -> Text<'p> {
        self.note(Facet::Text(id));
        let article = self.plan.archive.article(id);
        Text { body: &article.document.body, links: &article.links, mentions: &article.mentions }
    }

    pub(super) fn tombstone(&self, index: u32) -> &'p Tombstone {
        self.note(Facet::Tombstone(index));
        &self.plan.archive.tombstones[index as usize]
    }

    pub(super) fn event(&self, id: EventId) -> &'p Event {
        self.note(Facet::Event(id));
        self.plan.archive.event(id)
    }

    /// The account of an event that one article gives.
    pub(super) fn report(&self, (article, index): (ArticleId, u32)) -> &'p document::Event {
        &self.declared(article).front.events[index as usize]
    }

    /// The commendations of an event as recorded.
    pub(super) fn commended(&self, event: &Event) -> &'p [Commendation] {
        event.reports.first().map_or(&[], |&report| &self.report(report).commended)
    }

    pub(super) fn directive(&self, id: DirectiveId) -> &'p Directive {
        self.note(Facet::Directive(id));
        self.plan.archive.directive(id)
    }

    pub(super) fn directive_lists(&self, id: DirectiveId) -> &'p DirectiveLists {
        self.note(Facet::DirectiveLists(id));
        self.plan.archive.directive_lists(id)
    }

    /// Relations that others declare to it, by the other's id: those of its lists, for a page
    /// on which it is one of many.
    pub(super) fn directive_reverse(&self, id: DirectiveId) -> &'p [(Relation, DirectiveId)] {
        self.note(Facet::DirectiveReverse(id));
        &self.plan.archive.directive_lists(id).reverse
    }

    pub(super) fn directive_mentions(&self, id: DirectiveId) -> MentionList<'p> {
        self.note(Facet::DirectiveMentions(id));
        MentionList { viewer: *self, entries: self.plan.archive.directive_mentions(id) }
    }

    pub(super) fn unit(&self, id: UnitId) -> &'p Unit {
        self.note(Facet::Unit(id));
        self.plan.archive.unit(id)
    }

    pub(super) fn unit_lists(&self, id: UnitId) -> &'p UnitLists {
        self.note(Facet::UnitLists(id));
        self.plan.archive.unit_lists(id)
    }

    pub(super) fn unit_mentions(&self, id: UnitId) -> MentionList<'p> {
        self.note(Facet::UnitMentions(id));
        MentionList { viewer: *self, entries: self.plan.archive.unit_mentions(id) }
    }

    pub(super) fn locality(&self, id: LocalityId) -> &'p Locality {
        self.note(Facet::Locality(id));
        self.plan.archive.locality(id)
    }

    pub(super) fn locality_lists(&self, id: LocalityId) -> &'p LocalityLists {
        self.note(Facet::LocalityLists(id));
        self.plan.archive.locality_lists(id)
    }

    pub(super) fn locality_mentions(&self, id: LocalityId) -> MentionList<'p> {
        self.note(Facet::LocalityMentions(id));
        MentionList { viewer: *self, entries: self.plan.archive.locality_mentions(id) }
    }

    /// The page of a place of the gazetteer, if it has one.
    pub(super) fn locality_of(&self, place: PlaceId) -> Option<LocalityId> {
        self.note(Facet::Place(place));
        self.plan.by_place.get(&place).copied()
    }

    pub(super) fn publisher(&self, id: PublisherId) -> &'p Publisher {
        self.note(Facet::Publisher(id));
        self.plan.archive.publisher(id)
    }

    pub(super) fn publisher_articles(&self, id: PublisherId) -> &'p [ArticleId] {
        self.note(Facet::PublisherArticles(id));
        self.plan.archive.publisher_articles(id)
    }

    pub(super) fn own_page(&self, id: PageId) -> &'p OwnPage {
        self.note(Facet::Own(id));
        &self.plan.archive.pages[id.index()]
    }

    /// The size of a picture by its address, not encoded; none if it cannot be told.
    pub(super) fn picture_size(&self, url: &str) -> Option<PictureSize> {
        let found = self.plan.pictures.binary_search_by(|picture| (*picture.url).cmp(url));
        self.note(found.map_or(Facet::Whole(Whole::Pictures), |at| Facet::Picture(at as u32)));
        found.ok().map(|at| self.plan.pictures[at].size)
    }

    // Neighbours of an article in the lists it stands in: not the whole lists, which are as
    // long as the archive. A binary search and a dozen entries each.

    pub(super) fn around_in_directive(
        &self,
        id: ArticleId,
        list: DirectiveId,
    ) -> impl Iterator<Item = Neighbour> {
        let articles = &self.plan.archive.directive_lists(list).articles;
        self.around(id, Facet::DirectiveLists(list), articles, |&article| article)
    }

    pub(super) fn around_in_unit(&self, id: ArticleId, list: UnitId) -> impl Iterator<Item = Neighbour> {
        let articles = &self.plan.archive.unit_lists(list).articles;
        self.around(id, Facet::UnitLists(list), articles, |&article| article)
    }

    pub(super) fn around_in_locality(
        &self,
        id: ArticleId,
        list: LocalityId,
    ) -> impl Iterator<Item = Neighbour> {
        let articles = &self.plan.archive.locality_lists(list).articles;
        self.around(id, Facet::LocalityLists(list), articles, |&(article, _)| article)
    }

    fn around<T>(
        &self,
        id: ArticleId,
        whole: Facet,
        list: &'p [T],
        article: impl Fn(&T) -> ArticleId,
    ) -> impl Iterator<Item = Neighbour> {
        let printed = &self.plan.printed;
        let at = list.partition_point(|entry| article(entry) < id);
        // Of an article that does not stand in it, no neighbours are digested.
        let stands = list.get(at).is_some_and(|entry| article(entry) == id);
        self.note(if stands { Facet::Around(id) } else { whole });
        list[around(at, list.len())]
            .iter()
            .map(article)
            .map(|article| Neighbour { article, printed: printed[article.index()] })
    }

    /// The archive's own place, which its settings name.
    pub(super) fn own_place(&self) -> Option<LocalityId> {
        self.note(Facet::Whole(Whole::Site));
        self.plan.archive.place
    }

    // All of a kind.

    /// Articles by the day they were added, newest first.
    pub(super) fn newest(&self) -> &'p [ArticleId] {
        self.note(Facet::Whole(Whole::Newest));
        &self.plan.archive.newest
    }

    /// Place of an article among the newest.
    pub(super) fn newness(&self, id: ArticleId) -> u32 {
        self.note(Facet::Whole(Whole::Newest));
        self.plan.newness[id.index()]
    }

    /// How many articles and how many events there are.
    pub(super) fn counts(&self) -> (usize, usize) {
        self.note(Facet::Whole(Whole::Counts));
        (self.plan.archive.articles.len(), self.plan.archive.events.len())
    }

    /// Which years and months have articles, oldest first; (0, 0) for undated ones, month 0
    /// where only the year is known.
    pub(super) fn calendar(&self) -> impl DoubleEndedIterator<Item = (u16, u8)> {
        self.note(Facet::Whole(Whole::Calendar));
        self.plan.months.keys().copied()
    }

    /// How many articles are of each year and month, oldest first; (0, 0) for undated ones,
    /// month 0 where only the year is known.
    pub(super) fn months(&self) -> impl Iterator<Item = ((u16, u8), usize)> {
        self.note(Facet::Whole(Whole::Months));
        self.plan.months.iter().map(|(month, articles)| (*month, articles.len()))
    }

    /// The articles of a month, oldest first.
    pub(super) fn month(&self, year: u16, month: u8) -> Range<u32> {
        self.note(Facet::Month(year, month));
        self.plan.months.get(&(year, month)).cloned().unwrap_or(0..0)
    }

    /// How many articles are of each day of a month.
    pub(super) fn days(&self, year: u16, month: u8) -> [u32; 31] {
        let mut days = [0; 31];
        for id in self.month(year, month) {
            let (.., day, _) = self.plan.printed[id as usize];
            if let Some(count) = usize::from(day).checked_sub(1).and_then(|day| days.get_mut(day)) {
                *count += 1;
            }
        }
        days
    }

    /// A page of the articles with their initiatives.
    pub(super) fn initiatives(&self, chunk: Chunk) -> RegisterPage<'p, (ArticleId, u32)> {
        self.register(Register::Initiatives, &self.plan.initiatives, chunk)
    }

    /// A page of the events that commended.
    pub(super) fn commending(&self, chunk: Chunk) -> RegisterPage<'p, EventId> {
        self.register(Register::Commending, &self.plan.commending, chunk)
    }

    fn register<T>(&self, register: Register, all: &'p [T], chunk: Chunk) -> RegisterPage<'p, T> {
        self.note(Facet::Register(register, chunk));
        let size = self.site().page_size;
        RegisterPage {
            entries: &all[listing::range(all.len(), size, chunk)],
            is_last: chunk as usize == listing::numbered(all.len(), size),
            all: (chunk == 0).then_some(all),
        }
    }

    /// All directives with their lists; those with a file come first.
    pub(super) fn all_directives(&self) -> (&'p [Directive], &'p [DirectiveLists]) {
        self.note(Facet::Whole(Whole::Directives));
        (&self.plan.archive.directives, &self.plan.archive.directive_lists)
    }

    /// Directives without a file that something mentions, and how many articles do.
    pub(super) fn mentioned_stubs(&self) -> impl Iterator<Item = (DirectiveId, usize)> {
        self.note(Facet::Whole(Whole::Stubs));
        self.plan.mentioned_stubs()
    }

    /// All units with their lists.
    pub(super) fn all_units(&self) -> (&'p [Unit], &'p [UnitLists]) {
        self.note(Facet::Whole(Whole::Units));
        (&self.plan.archive.units, &self.plan.archive.unit_lists)
    }

    /// All places with their lists.
    pub(super) fn all_localities(&self) -> (&'p [Locality], &'p [LocalityLists]) {
        self.note(Facet::Whole(Whole::Localities));
        (&self.plan.archive.localities, &self.plan.archive.locality_lists)
    }

    /// All publishers.
    pub(super) fn all_publishers(&self) -> &'p [Publisher] {
        self.note(Facet::Whole(Whole::Publishers));
        &self.plan.archive.publishers
    }

    /// All tombstones.
    pub(super) fn all_tombstones(&self) -> &'p [Tombstone] {
        self.note(Facet::Whole(Whole::Tombstones));
        &self.plan.archive.tombstones
    }

    /// Corrections of all articles, newest first; undated ones last.
    pub(super) fn corrections(&self) -> Vec<(ArticleId, &'p Correction)> {
        self.note(Facet::Whole(Whole::Corrections));
        self.plan.archive.corrections()
    }

    /// Addresses that a search engine should know.
    pub(super) fn mapped(&self) -> impl Iterator<Item = &'p str> {
        self.note(Facet::Whole(Whole::Addresses));
        self.plan.mapped()
    }

    pub(super) fn sitemap_parts(&self) -> usize {
        self.note(Facet::Whole(Whole::Addresses));
        self.plan.sitemap_parts()
    }
}

/// The entries near the one at `at` in a list of that length.
pub(super) fn around(at: usize, len: usize) -> Range<usize> {
    at.saturating_sub(REACH)..(at + REACH + 1).min(len)
}
