//! The views of the home page, of publishers and of the site's own pages.

use std::borrow::Cow;

use super::listing::{self, Chunk};
use super::parts::tally;
use super::view::{
    Counted, HomeView, Newest, Numbers, OwnPageView, OwnPlace, PlaceRow, PublisherView, PublishersView,
    TallyView,
};
use super::{Viewer, address, ids};
use crate::archive::{ArticleId, DirectiveId, PageId, PublisherId, UnitId};
use crate::vi::SortKey;

/// Newest articles on the home page.
const NEWEST: usize = 20;
/// Directives on the home page.
const TOP_DIRECTIVES: usize = 12;
/// Units on the home page.
const TOP_UNITS: usize = 12;

impl<'p> Viewer<'p> {
    pub(super) fn home_view(&self) -> HomeView<'p> {
        let (directives, directive_lists) = self.all_directives();
        let (_, unit_lists) = self.all_units();
        let (_, locality_lists) = self.all_localities();
        let (articles, events) = self.counts();
        let declared = |id: DirectiveId| directive_lists[id.index()].articles.len();
        let mut top: Vec<DirectiveId> = ids(directives.len()).map(DirectiveId).collect();
        top.sort_by_key(|&id| (std::cmp::Reverse(declared(id)), id));
        let provinces: Vec<_> = self.provinces().into_iter().filter(has_articles).collect();
        let all: u32 = provinces.iter().map(|row| of_any_time(row.total)).sum();
        let own = self.own_place().and_then(|id| {
            let is_most = of_any_time(tally(locality_lists[id.index()].total)) * 2 > all;
            let below: Vec<_> = self.places_below(id).into_iter().filter(has_articles).collect();
            (is_most && !below.is_empty()).then_some((id, below))
        });
        HomeView {
            newest: self.newest().iter().take(NEWEST).map(|id| self.newest_row(*id)).collect(),
            directives: top
                .into_iter()
                .take(TOP_DIRECTIVES)
                .filter(|&id| declared(id) > 0)
                .map(|id| {
                    let directive = &directives[id.index()];
                    Counted {
                        url: self.addresses().directive(id).to_owned(),
                        title: (&*directive.full).into(),
                        note: directive.front().and_then(|front| front.title.as_deref()).map(Cow::from),
                        count: declared(id),
                    }
                })
                .collect(),
            units: self.top_units(),
            provinces,
            map: own.as_ref().map_or_else(|| self.country_map(), |(id, _)| self.locality_map(*id)),
            own: own.map(|(id, below)| OwnPlace { place: self.locality_link(id), below }),
            years: self
                .year_counts()
                .into_iter()
                .rev()
                .map(|(year, count)| Counted {
                    url: address::year(year),
                    title: year.to_string().into(),
                    note: None,
                    count,
                })
                .collect(),
            numbers: Numbers {
                articles,
                events,
                directives: directives.iter().filter(|d| d.document.is_some()).count(),
                units: unit_lists.iter().filter(|unit| !unit.articles.is_empty()).count(),
                localities: locality_lists.iter().filter(|place| !place.articles.is_empty()).count(),
                publishers: self.all_publishers().len(),
            },
        }
    }

    fn newest_row(&self, id: ArticleId) -> Newest<'p> {
        Newest { row: self.row(id), summary: self.declared(id).front.summary.as_deref() }
    }

    /// Units that most articles name, the most named first.
    fn top_units(&self) -> Vec<Counted<'p>> {
        let (_, lists) = self.all_units();
        let named = |id: UnitId| lists[id.index()].articles.len();
        let mut units: Vec<UnitId> = ids(lists.len()).map(UnitId).filter(|&id| named(id) > 0).collect();
        units.sort_by_key(|&id| (std::cmp::Reverse(named(id)), id));
        units.into_iter().take(TOP_UNITS).map(|id| self.counted_unit(id)).collect()
    }

    pub(super) fn publishers_view(&self) -> PublishersView<'p> {
        let mut order: Vec<PublisherId> = ids(self.all_publishers().len()).map(PublisherId).collect();
        order.sort_by_cached_key(|&id| (SortKey::new(&self.publisher(id).front().name.text), id));
        let row = |id: PublisherId| {
            let publisher = self.publisher(id);
            Counted {
                url: self.addresses().publisher(id).to_owned(),
                title: (&*publisher.front().name.text).into(),
                note: None,
                count: self.publisher_articles(id).len(),
            }
        };
        PublishersView { publishers: order.into_iter().map(row).collect() }
    }

    pub(super) fn publisher_view(&self, id: PublisherId, chunk: Chunk) -> PublisherView<'p> {
        let publisher = self.publisher(id);
        let front = publisher.front();
        let url = self.addresses().publisher(id);
        let root = address::root_of(&listing::address(url, chunk)).into_owned();
        PublisherView {
            name: &front.name.text,
            aliases: front.aliases.iter().map(|alias| &*alias.text).collect(),
            marks: front.marks.iter().map(|mark| &**mark).collect(),
            place: publisher.place.map(|place| self.place_link(place)),
            url: front.url.as_deref(),
            summary_only: front.summary_only,
            body: self.body(&publisher.document.body, &publisher.links, &root),
            articles: {
                let articles = self.publisher_articles(id);
                let total = articles.len();
                self.listing(url, total, total, chunk, |at| articles[at])
            },
        }
    }

    pub(super) fn own_view(&self, id: PageId) -> OwnPageView<'p> {
        let page = self.own_page(id);
        OwnPageView { title: page.title(), body: self.body(&page.document.body, &page.links, "../") }
    }
}

fn has_articles(row: &PlaceRow) -> bool {
    of_any_time(row.total) > 0
}

/// For comparing places; counts that are shown are never summed.
fn of_any_time(tally: TallyView) -> u32 {
    tally.old + tally.new + tally.unknown
}
