//! The views of the list of places and of a place.

use super::listing::{self, Chunk};
use super::parts::{name_on, shown, tally};
use super::view::{LocalitiesView, LocalityView, PlacePart, PlaceRow, RecordView};
use super::{Viewer, address, ids};
use crate::archive::{ArticleId, Locality, LocalityId, LocalityLists};
use crate::document::Front;
use crate::gazetteer::{Era, Gazetteer, PlaceId};
use crate::page::view::Link;

/// Articles about places below that are shown.
const BELOW: usize = 20;

impl<'p> Viewer<'p> {
    pub(super) fn localities_view(&self) -> LocalitiesView<'p> {
        LocalitiesView { provinces: self.provinces(), map: self.country_map() }
    }

    /// Provinces that have pages, by name.
    pub(super) fn provinces(&self) -> Vec<PlaceRow<'p>> {
        let (all, _) = self.all_localities();
        let mut provinces: Vec<LocalityId> =
            ids(all.len()).map(LocalityId).filter(|&id| all[id.index()].parent.is_none()).collect();
        provinces.sort_by_key(|&id| all[id.index()].rank);
        provinces.into_iter().map(|id| self.place_row(id)).collect()
    }

    /// Places right below one, by name.
    pub(super) fn places_below(&self, id: LocalityId) -> Vec<PlaceRow<'p>> {
        self.locality_lists(id).children.iter().map(|id| self.place_row(*id)).collect()
    }

    fn place_row(&self, id: LocalityId) -> PlaceRow<'p> {
        let locality = self.locality(id);
        let lists = self.locality_lists(id);
        PlaceRow {
            url: self.addresses().locality(id).to_owned(),
            name: &locality.name,
            direct: tally(lists.direct),
            total: tally(lists.total),
            former: is_former(locality),
        }
    }

    pub(super) fn locality_view(&self, id: LocalityId, chunk: Chunk) -> LocalityView<'p> {
        let locality = self.locality(id);
        let lists = self.locality_lists(id);
        let mentions = self.locality_mentions(id);
        let url = self.addresses().locality(id);
        let total = lists.articles.len();
        let range = listing::range(total, self.site().page_size, chunk);
        let root = address::root_of(&listing::address(url, chunk)).into_owned();
        let front = locality.document.as_ref().and_then(|document| match &document.front {
            Front::Locality(front) => Some(front),
            _ => None,
        });
        let (records, now, formerly) = match locality.place {
            Some(place) => self.history(place),
            None => {
                let record = RecordView {
                    name: &locality.name,
                    era: "",
                    code: None,
                    from: front.and_then(|front| shown(&front.from)),
                    to: front.and_then(|front| shown(&front.to)),
                    parent: locality.parent.map(|parent| self.locality_link(parent)),
                };
                (vec![record], Vec::new(), Vec::new())
            }
        };
        let below = if chunk == 0 { self.newest_below(lists) } else { Vec::new() };
        let articles = lists.articles[range].iter().map(|(article, _)| *article);
        let (events, more_events) =
            self.events_of(articles, |event| event.localities.iter().any(|place| place.locality == id));
        LocalityView {
            name: &locality.name,
            aliases: front
                .map_or_else(Vec::new, |front| front.aliases.iter().map(|alias| &*alias.text).collect()),
            parents: self.lineage(id, None),
            records,
            now_is_past: locality.place.is_some_and(became_what_is_past),
            now,
            formerly,
            direct: tally(lists.direct),
            total: tally(lists.total),
            body: locality
                .document
                .as_ref()
                .map_or_else(String::new, |d| self.body(&d.body, &locality.links, &root)),
            children: self.places_below(id),
            units: lists.units.iter().map(|id| self.counted_unit(*id)).collect(),
            directives: lists.directives.iter().map(|id| self.directive_link(*id)).collect(),
            map: if chunk == 0 { self.locality_map(id) } else { None },
            events,
            more_events,
            articles: self.listing(url, total, total.max(mentions.len()), chunk, |at| lists.articles[at].0),
            mentioned: self.mentioned(mentions, chunk),
            below: below.into_iter().map(|id| self.row(id)).collect(),
            feed: (locality.parent.is_none() && self.site().base_url.is_some()).then(|| address::feed(url)),
        }
    }

    /// The newest articles about places below that are not about the place itself.
    fn newest_below(&self, lists: &LocalityLists) -> Vec<ArticleId> {
        let is_own = |id: ArticleId| lists.articles.binary_search_by_key(&id, |(own, _)| *own).is_ok();
        let mut newest = Vec::new();
        let mut pending: Vec<LocalityId> = lists.children.clone();
        while let Some(id) = pending.pop() {
            let place = self.locality_lists(id);
            // The newest of each place are enough to have the newest of all.
            newest.extend(
                place
                    .articles
                    .iter()
                    .rev()
                    .map(|(article, _)| *article)
                    .filter(|id| !is_own(*id))
                    .take(BELOW)
                    .map(|id| self.neighbour(id)),
            );
            pending.extend(&place.children);
        }
        // As their ids are sorted, and by nothing that was not read.
        newest.sort_unstable_by_key(|article| std::cmp::Reverse((article.printed, article.article)));
        newest.dedup_by_key(|article| article.article);
        newest.truncate(BELOW);
        newest.into_iter().map(|article| article.article).collect()
    }

    /// Records of a place of the gazetteer; what it became; what it was made of.
    fn history(&self, id: PlaceId) -> (Vec<RecordView<'p>>, Vec<PlacePart<'p>>, Vec<PlacePart<'p>>) {
        let gazetteer = Gazetteer::get();
        let place = gazetteer.place(id);
        let records = place
            .records
            .iter()
            .map(|record| RecordView {
                name: record.name,
                era: match record.era {
                    Era::Old => "old",
                    Era::New => "new",
                },
                code: record.code,
                from: record.from.map(|day| day.to_string()),
                to: record.to.map(|day| day.to_string()),
                parent: record.parent.map(|parent| Link {
                    title: name_on(parent, record.to).into(),
                    ..self.gazetteer_link(parent)
                }),
            })
            .collect();
        let parts = |list: Vec<(PlaceId, bool)>| -> Vec<PlacePart<'p>> {
            list.into_iter()
                .filter(|(other, _)| *other != id)
                .map(|(other, part)| PlacePart { link: self.gazetteer_link(other), part })
                .collect()
        };
        let now = place
            .records
            .iter()
            .flat_map(|record| record.successors.iter())
            .map(|s| (s.place, s.part))
            .collect();
        let formerly = place
            .records
            .iter()
            .flat_map(|record| record.predecessors.iter())
            // Of one that was divided, no successor took over all.
            .map(|p| (p.place, p.part || gazetteer.place(p.place).last().successors.len() > 1))
            .collect();
        (records, parts(now), parts(formerly))
    }

    /// A place of the gazetteer, with its page if it has one.
    fn gazetteer_link(&self, id: PlaceId) -> Link<'p> {
        match self.locality_of(id) {
            Some(locality) => self.locality_link(locality),
            None => Link { url: "".into(), title: Gazetteer::get().place(id).last().name.into() },
        }
    }
}

/// Whether something that a place became is itself no place of today.
fn became_what_is_past(place: PlaceId) -> bool {
    let gazetteer = Gazetteer::get();
    let mut successors = gazetteer.place(place).records.iter().flat_map(|record| record.successors.iter());
    successors.any(|next| next.place != place && !gazetteer.place(next.place).is_current())
}

fn is_former(locality: &Locality) -> bool {
    locality.place.is_some_and(|place| !Gazetteer::get().place(place).is_current())
}
