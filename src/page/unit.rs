//! The views of the list of units and of a unit.

use std::collections::BTreeMap;

use super::chart::bars::bars;
use super::listing::{self, Chunk};
use super::parts::date_view;
use super::parts::shown;
use super::view::{Counted, InitiativeView, Link, ProvinceUnits, ReceivedView, UnitView, UnitsView};
use super::{Viewer, address, ids};
use crate::archive::{Event, EventId, LocalityId, UnitId};
use crate::gazetteer::Gazetteer;
use crate::organ;
use crate::vi::SortKey;
use crate::vi::date::Day;

/// Units below, and initiatives, that a unit's page shows.
const MOST: usize = 200;
/// Commendations received that a unit's page shows.
const RECEIVED: usize = 50;

impl<'p> Viewer<'p> {
    pub(super) fn units_view(&self) -> UnitsView<'p> {
        let (units, _) = self.all_units();
        let by_name = |&id: &UnitId| (SortKey::new(&units[id.index()].name), id);
        let mut recorded: Vec<UnitId> =
            ids(units.len()).map(UnitId).filter(|&id| units[id.index()].document.is_some()).collect();
        recorded.sort_by_cached_key(by_name);
        // Of each province its own units, and how many there are at and below each place in it.
        let mut provinces: BTreeMap<LocalityId, (Vec<UnitId>, BTreeMap<LocalityId, usize>)> = BTreeMap::new();
        for (index, unit) in units.iter().enumerate() {
            let Some(place) = unit.place else { continue };
            let line = self.line_of_places(place.locality);
            let (own, places) = provinces.entry(line[0]).or_default();
            match line.get(1) {
                None => own.push(UnitId(index as u32)),
                Some(below) => *places.entry(*below).or_default() += 1,
            }
        }
        let mut provinces: Vec<_> = provinces.into_iter().collect();
        provinces.sort_by_key(|&(id, _)| self.locality(id).rank);
        UnitsView {
            recorded: recorded.into_iter().map(|id| self.counted_unit(id)).collect(),
            provinces: provinces
                .into_iter()
                .map(|(id, (mut own, places))| {
                    own.sort_by_cached_key(by_name);
                    let mut places: Vec<(LocalityId, usize)> = places.into_iter().collect();
                    places.sort_by_key(|&(id, _)| self.locality(id).rank);
                    let total = own.len() + places.iter().map(|(_, count)| count).sum::<usize>();
                    let counted = |(id, count): (LocalityId, usize)| {
                        let Link { url, title } = self.locality_link(id);
                        Counted { url: url.into_owned(), title, note: None, count }
                    };
                    ProvinceUnits {
                        place: self.locality_link(id),
                        units: own.into_iter().map(|id| self.counted_unit(id)).collect(),
                        below: places.into_iter().map(counted).collect(),
                        total,
                    }
                })
                .collect(),
        }
    }

    pub(super) fn counted_unit(&self, id: UnitId) -> Counted<'p> {
        let unit = self.unit(id);
        Counted {
            url: self.addresses().unit(id).to_owned(),
            title: (&*unit.name).into(),
            note: unit.front().and_then(|front| front.kind.as_deref()).map(Into::into),
            count: self.unit_lists(id).articles.len(),
        }
    }

    pub(super) fn unit_view(&self, id: UnitId, chunk: Chunk) -> UnitView<'p> {
        let unit = self.unit(id);
        let lists = self.unit_lists(id);
        let mentions = self.unit_mentions(id);
        let front = unit.front();
        let url = self.addresses().unit(id);
        let total = lists.articles.len();
        let range = listing::range(total, self.site().page_size, chunk);
        let root = address::root_of(&listing::address(url, chunk)).into_owned();
        let mut parents = Vec::new();
        let mut at = unit.parent;
        while let Some(parent) = at {
            parents.push(self.unit_page_link(parent));
            at = self.unit(parent).parent;
        }
        parents.reverse();
        let (organ_from, organ_to) = self.organ_period(id);
        // On the first page only: a further page changes with its own entries alone.
        let mut initiatives = if chunk == 0 { lists.initiatives.clone() } else { Vec::new() };
        initiatives.sort_by_cached_key(|&(article, at)| {
            SortKey::new(&self.declared(article).initiatives[at as usize].name)
        });
        // At events of its own all, at those of others what it gave.
        let is_given = |event: &Event, at: usize| {
            let by = event.commended_by.get(at).copied().flatten();
            by.iter().chain(&event.hosts).any(|unit| unit.unit == id)
        };
        let commended =
            if chunk == 0 { self.commended_years(&lists.commending, is_given) } else { Vec::new() };
        let (events, more_events) = self.events_of(lists.articles[range].iter().copied(), |event| {
            event.hosts.iter().chain(&event.units).any(|own| own.unit == id)
        });
        UnitView {
            name: &unit.name,
            aliases: front
                .map_or_else(Vec::new, |front| front.aliases.iter().map(|alias| &*alias.text).collect()),
            kind: front.and_then(|front| front.kind.as_deref()),
            place: unit.place.map(|place| self.place_link(place)),
            parents,
            children: lists.children.iter().take(MOST).map(|id| self.unit_page_link(*id)).collect(),
            children_total: lists.children.len(),
            from: front.and_then(|front| shown(&front.from)).or_else(|| shown_day(organ_from)),
            to: front.and_then(|front| shown(&front.to)).or_else(|| shown_day(organ_to)),
            successors: self.successors(id),
            predecessors: lists.predecessors.iter().map(|id| self.unit_page_link(*id)).collect(),
            body: unit.document.as_ref().map_or_else(String::new, |d| self.body(&d.body, &unit.links, &root)),
            issued: lists.issued.iter().map(|id| self.directive_link(*id)).collect(),
            bars: bars(&commended),
            commended,
            received: if chunk == 0 { self.received(id, &lists.received) } else { Vec::new() },
            received_total: lists.received.len(),
            initiatives_total: lists.initiatives.len(),
            initiatives: initiatives
                .into_iter()
                .take(MOST)
                .map(|(article, at)| InitiativeView {
                    article: Some(self.row(article)),
                    ..self.initiative(article, at)
                })
                .collect(),
            events,
            more_events,
            articles: self.listing(url, total, total.max(mentions.len()), chunk, |at| lists.articles[at]),
            mentioned: self.mentioned(mentions, chunk),
            feed: (unit.document.is_some() && self.site().base_url.is_some()).then(|| address::feed(url)),
        }
    }

    /// First and last day of the organ itself, as precise as they are known.
    fn organ_period(&self, id: UnitId) -> (Option<Day>, Option<Day>) {
        let derived = self.unit(id).derived;
        let level = derived.and_then(|(_, place)| {
            let place = self.locality(place).place?;
            Some(Gazetteer::get().place(place).level)
        });
        match (derived, level) {
            (Some((organ, _)), Some(level)) => organ::period(organ, level),
            _ => (None, None),
        }
    }

    /// Units that took over: by its file, else the organ that took over at the same place.
    fn successors(&self, id: UnitId) -> Vec<Link<'p>> {
        let unit = self.unit(id);
        if !unit.successors.is_empty() {
            return unit.successors.iter().map(|id| self.unit_page_link(*id)).collect();
        }
        let Some((organ, locality)) = unit.derived else { return Vec::new() };
        let Some(successor) = organ::get(organ).successor else { return Vec::new() };
        let place = self.locality(locality).place.map(|place| Gazetteer::get().place(place));
        let Some((place, takes)) = place.map(|place| (place, organ::get(successor).places)) else {
            return Vec::new();
        };
        let Some(record) = place.records.iter().rfind(|record| takes.has(place.level, record.kind)) else {
            return Vec::new();
        };
        let known = self
            .locality_lists(locality)
            .units
            .iter()
            .find(|other| self.unit(**other).derived == Some((successor, locality)));
        match known {
            Some(known) => vec![self.unit_page_link(*known)],
            None => {
                vec![Link {
                    url: "".into(),
                    title: organ::display(successor, record.kind, record.short).into(),
                }]
            }
        }
    }

    /// Commendations that name the unit among those commended, newest event first.
    fn received(&self, id: UnitId, events: &[EventId]) -> Vec<ReceivedView<'p>> {
        let mut received = Vec::new();
        for &event_id in events.iter().rev() {
            let event = self.event(event_id);
            let told = self.event_view(event_id);
            let named = event.recipients.iter().filter(|(_, unit)| unit.unit == id);
            for (&(commendation, recipient), _) in named {
                if received.len() == RECEIVED {
                    return received;
                }
                let given = &told.commended[commendation as usize];
                received.push(ReceivedView {
                    event: Link {
                        url: told.url.clone().into(),
                        title: told.title.or(told.stage).unwrap_or(told.article).into(),
                    },
                    date: event.date.as_ref().map(date_view),
                    form: given.form,
                    by: given.by.clone().map_or_else(|| told.hosts.clone(), |by| vec![by]),
                    reason: given.recipients[recipient as usize].reason,
                    over_period: given.over_period,
                    period: given.period,
                });
            }
        }
        received
    }
}

fn shown_day(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}
