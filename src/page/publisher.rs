//! The views of the list of publishers, of a publisher, and of the site's own pages.

use super::listing::{self, Chunk};
use super::view::{Counted, OwnPageView, PublisherView, PublishersView};
use super::{Viewer, address, ids};
use crate::archive::{PageId, PublisherId};
use crate::vi::SortKey;

impl<'p> Viewer<'p> {
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
