//! The views of the list of units and of a unit.

use std::collections::BTreeMap;

use super::directive::shown;
use super::listing::{self, Chunk};
use super::view::{CommendedYear, Counted, Link, ProvinceUnits, UnitView, UnitsView};
use super::{Viewer, address, ids};
use crate::archive::{EventId, LocalityId, UnitId};
use crate::gazetteer::Gazetteer;
use crate::organ;
use crate::vi::SortKey;
use crate::vi::date::Day;

impl<'p> Viewer<'p> {
    pub(super) fn units_view(&self) -> UnitsView<'p> {
        let (units, _) = self.all_units();
        let by_name = |&id: &UnitId| (SortKey::new(&units[id.index()].name), id);
        let mut recorded: Vec<UnitId> =
            ids(units.len()).map(UnitId).filter(|&id| units[id.index()].document.is_some()).collect();
        recorded.sort_by_cached_key(by_name);
        // Below each province, its own units by name, and how many lie deeper.
        let mut provinces: BTreeMap<LocalityId, (Vec<UnitId>, usize)> = BTreeMap::new();
        for (index, unit) in units.iter().enumerate() {
            let Some(place) = unit.place else { continue };
            let province = self.province_of(place.locality);
            let entry = provinces.entry(province).or_default();
            if province == place.locality {
                entry.0.push(UnitId(index as u32));
            } else {
                entry.1 += 1;
            }
        }
        let mut provinces: Vec<(LocalityId, (Vec<UnitId>, usize))> = provinces.into_iter().collect();
        provinces.sort_by_key(|&(id, _)| self.locality(id).rank);
        UnitsView {
            recorded: recorded.into_iter().map(|id| self.counted_unit(id)).collect(),
            provinces: provinces
                .into_iter()
                .map(|(id, (mut units, below))| {
                    units.sort_by_cached_key(by_name);
                    ProvinceUnits {
                        place: self.locality_link(id),
                        units: units.into_iter().map(|id| self.counted_unit(id)).collect(),
                        below,
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
        UnitView {
            name: &unit.name,
            aliases: front
                .map_or_else(Vec::new, |front| front.aliases.iter().map(|alias| &*alias.text).collect()),
            kind: front.and_then(|front| front.kind.as_deref()),
            place: unit.place.map(|place| self.place_link(place)),
            parents,
            children: lists.children.iter().map(|id| self.unit_page_link(*id)).collect(),
            from: front.and_then(|front| shown(&front.from)).or_else(|| shown_day(organ_from)),
            to: front.and_then(|front| shown(&front.to)).or_else(|| shown_day(organ_to)),
            successors: self.successors(id),
            predecessors: lists.predecessors.iter().map(|id| self.unit_page_link(*id)).collect(),
            body: unit.document.as_ref().map_or_else(String::new, |d| self.body(&d.body, &unit.links, &root)),
            issued: lists.issued.iter().map(|id| self.directive_link(*id)).collect(),
            commended: if chunk == 0 { self.commended_years(&lists.events) } else { Vec::new() },
            initiatives: initiatives
                .into_iter()
                .map(|(article, at)| self.initiative(article, at, true))
                .collect(),
            events: self.events_of(lists.articles[range].iter().copied(), |event| {
                event.hosts.iter().chain(&event.units).any(|own| own.unit == id)
            }),
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

    /// Sums over distinct events by year, oldest first, undated last; figures of a period
    /// are left out.
    pub(super) fn commended_years(&self, events: &[EventId]) -> Vec<CommendedYear> {
        let mut years: BTreeMap<(bool, Option<u16>), CommendedYear> = BTreeMap::new();
        for &id in events {
            let event = self.event(id);
            let at_event: Vec<_> = self.commended(event).iter().filter(|c| !c.over_period).collect();
            if at_event.is_empty() {
                continue;
            }
            let year = event.date.as_ref().and_then(|dated| dated.date.year());
            let sums = years.entry((year.is_none(), year)).or_insert(CommendedYear {
                year,
                events: 0,
                collectives: 0,
                individuals: 0,
                prizes: 0,
            });
            sums.events += 1;
            for commendation in at_event {
                sums.collectives = sums.collectives.saturating_add(commendation.collectives.unwrap_or(0));
                sums.individuals = sums.individuals.saturating_add(commendation.individuals.unwrap_or(0));
                sums.prizes = sums.prizes.saturating_add(commendation.prizes.unwrap_or(0));
            }
        }
        years.into_values().collect()
    }
}

fn shown_day(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}
