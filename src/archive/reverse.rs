//! The other end of every edge: who names a directive, a unit, a place or a publisher.
//!
//! The lists of one kind are filled apart from those of the others, so that two run at a time;
//! each goes over all articles in order, and so every list leaves here sorted by date.

use super::{
    Archive, Article, ArticleId, DirectiveId, DirectiveLists, Event, EventId, Locality, LocalityId,
    LocalityLists, PlaceRef, PublisherId, Target, UnitId, UnitLists,
};
use crate::gazetteer::Era;

/// Fills the lists of an archive whose articles and events are complete. `unit_ranks` is the
/// place of each unit in the alphabet of all.
pub(super) fn fill(archive: &mut Archive, unit_ranks: &[u32]) {
    let Archive {
        articles,
        events,
        directives,
        directive_lists,
        directive_mentions,
        units,
        unit_lists,
        unit_mentions,
        localities,
        locality_lists,
        locality_mentions,
        publisher_articles,
        ..
    } = archive;
    let by_date = by_date(events);
    let places = || {
        fill_localities(articles, events, &by_date, localities, locality_lists);
        for (index, unit) in units.iter().enumerate() {
            if let Some(place) = unit.place {
                locality_lists[place.locality.index()].units.push(UnitId(index as u32));
            }
        }
        for lists in &mut *locality_lists {
            lists.units.sort_unstable_by_key(|unit| unit_ranks[unit.index()]);
        }
        for (index, directive) in directives.iter().enumerate() {
            if let Some(owner) = directive.owner.filter(|_| directive.document.is_some()) {
                locality_lists[owner.index()].directives.push(DirectiveId(index as u32));
            }
        }
    };
    let others = || {
        fill_units(articles, events, &by_date, unit_lists);
        for (index, directive) in directives.iter().enumerate() {
            if let Some(issuer) = directive.issuer {
                unit_lists[issuer.unit.index()].issued.push(DirectiveId(index as u32));
            }
        }
        fill_directives(articles, events, &by_date, directive_lists);
        fill_publishers(articles, publisher_articles);
        fill_mentions(articles, directive_mentions, unit_mentions, locality_mentions);
    };
    rayon::join(places, others);
}

/// All events, oldest first; undated ones before all others.
fn by_date(events: &[Event]) -> Vec<EventId> {
    let mut order: Vec<((u16, u8, u8, u16), EventId)> = events
        .iter()
        .enumerate()
        .map(|(index, event)| {
            let date = event.date.as_ref().map(|dated| dated.date.order());
            (date.unwrap_or_default(), EventId(index as u32))
        })
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, id)| id).collect()
}

fn ids(articles: &[Article]) -> impl Iterator<Item = (ArticleId, &Article)> {
    articles.iter().enumerate().map(|(index, article)| (ArticleId(index as u32), article))
}

/// Calls `each` once for each of `all`, in no order that matters.
fn once<T: Ord + Copy>(all: impl Iterator<Item = T>, seen: &mut Vec<T>, each: impl FnMut(T)) {
    seen.clear();
    seen.extend(all);
    seen.sort_unstable();
    seen.dedup();
    seen.iter().copied().for_each(each);
}

fn fill_units(articles: &[Article], events: &[Event], by_date: &[EventId], lists: &mut [UnitLists]) {
    let mut seen = Vec::new();
    for (id, article) in ids(articles) {
        // A unit may be named twice, once as itself and once as its Ban Thường vụ.
        once(article.units.iter().map(|unit| unit.unit), &mut seen, |unit| {
            lists[unit.index()].articles.push(id);
        });
        for (at, initiative) in article.initiatives.iter().enumerate() {
            if let Some(unit) = initiative.unit {
                lists[unit.unit.index()].initiatives.push((id, at as u32));
            }
        }
    }
    for &id in by_date {
        let event = &events[id.index()];
        once(event.hosts.iter().chain(&event.units).map(|unit| unit.unit), &mut seen, |unit| {
            lists[unit.index()].events.push(id);
        });
        // It has an entry a commendation, whoever gave that.
        if event.commended_by.is_empty() {
            continue;
        }
        let givers = event.hosts.iter().chain(event.commended_by.iter().flatten());
        once(givers.map(|unit| unit.unit), &mut seen, |unit| lists[unit.index()].commending.push(id));
        let receivers = event.recipients.values().map(|unit| unit.unit);
        once(receivers, &mut seen, |unit| lists[unit.index()].received.push(id));
    }
}

fn fill_directives(
    articles: &[Article],
    events: &[Event],
    by_date: &[EventId],
    lists: &mut [DirectiveLists],
) {
    for (id, article) in ids(articles) {
        for directive in &article.directives {
            lists[directive.index()].articles.push(id);
        }
    }
    for &id in by_date {
        for directive in &events[id.index()].directives {
            lists[directive.index()].events.push(id);
        }
    }
}

fn fill_publishers(articles: &[Article], lists: &mut [Vec<ArticleId>]) {
    let mut seen: Vec<PublisherId> = Vec::new();
    for (id, article) in ids(articles) {
        let publishers = article.publisher.into_iter().chain(article.reprints.iter().copied());
        once(publishers, &mut seen, |publisher| lists[publisher.index()].push(id));
    }
}

fn fill_localities(
    articles: &[Article],
    events: &[Event],
    by_date: &[EventId],
    localities: &[Locality],
    lists: &mut [LocalityLists],
) {
    let mut above = Vec::new();
    for (id, article) in ids(articles) {
        count_places(localities, lists, &article.localities, id, &mut above);
    }
    let mut seen = Vec::new();
    for &id in by_date {
        let places = events[id.index()].localities.iter().map(|place| place.locality);
        once(places, &mut seen, |place| lists[place.index()].events.push(id));
    }
}

/// Counts an article at its places, and once at each place above them.
fn count_places(
    localities: &[Locality],
    lists: &mut [LocalityLists],
    places: &[PlaceRef],
    article: ArticleId,
    above: &mut Vec<(LocalityId, Option<Era>)>,
) {
    for place in places {
        let list = &mut lists[place.locality.index()];
        list.direct.add(place.era);
        // Of both eras it is one article all the same.
        if list.articles.last().is_none_or(|(last, _)| *last != article) {
            list.articles.push((article, place.era));
        }
    }
    let lineage = places.iter().flat_map(|place| {
        let lines = std::iter::successors(Some(place.locality), |id| localities[id.index()].parent);
        lines.map(|id| (id, place.era))
    });
    once(lineage, above, |(id, era)| lists[id.index()].total.add(era));
}

/// An article with the index of its first mention, for each record that it mentions.
type Mentioned = [Vec<(ArticleId, u32)>];

/// Lists each article at what it mentions and does not declare, once.
fn fill_mentions(
    articles: &[Article],
    directives: &mut Mentioned,
    units: &mut Mentioned,
    places: &mut Mentioned,
) {
    for (id, article) in ids(articles) {
        for (at, target) in article.mentions.iter().enumerate() {
            let mentioned = match target {
                Some(Target::Directive(own)) if !article.directives.contains(own) => {
                    &mut directives[own.index()]
                }
                Some(Target::Unit(own)) if !article.units.iter().any(|unit| unit.unit == own.unit) => {
                    &mut units[own.unit.index()]
                }
                Some(Target::Locality(own))
                    if !article.localities.iter().any(|place| place.locality == own.locality) =>
                {
                    &mut places[own.locality.index()]
                }
                _ => continue,
            };
            if mentioned.last().is_none_or(|(last, _)| *last != id) {
                mentioned.push((id, at as u32));
            }
        }
    }
}
