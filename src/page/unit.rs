//! The views of the list of units and of a unit.

use std::collections::BTreeMap;

use super::directive::shown;
use super::listing::{self, Chunk};
use super::view::{CommendedYear, Counted, ProvinceUnits, UnitView, UnitsView};
use super::{Plan, address, ids};
use crate::archive::{EventId, LocalityId, UnitId};
use crate::vi::SortKey;

impl Plan<'_> {
    pub(super) fn units(&self) -> UnitsView<'_> {
        let archive = self.archive;
        let mut recorded: Vec<UnitId> =
            ids(archive.units.len()).map(UnitId).filter(|&id| archive.unit(id).document.is_some()).collect();
        recorded.sort_by_cached_key(|&id| (SortKey::new(&archive.unit(id).name), id));
        // Below each province, its own units by name, and how many lie deeper.
        let mut provinces: BTreeMap<LocalityId, (Vec<UnitId>, usize)> = BTreeMap::new();
        for (index, unit) in archive.units.iter().enumerate() {
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
        provinces.sort_by_key(|(id, _)| self.alphabet[id.index()]);
        UnitsView {
            recorded: recorded.into_iter().map(|id| self.counted_unit(id)).collect(),
            provinces: provinces
                .into_iter()
                .map(|(id, (mut units, below))| {
                    units.sort_by_cached_key(|&id| (SortKey::new(&archive.unit(id).name), id));
                    ProvinceUnits {
                        place: self.locality_link(id),
                        units: units.into_iter().map(|id| self.counted_unit(id)).collect(),
                        below,
                    }
                })
                .collect(),
        }
    }

    pub(super) fn counted_unit(&self, id: UnitId) -> Counted<'_> {
        let unit = self.archive.unit(id);
        Counted {
            url: self.addresses.unit(id).to_owned(),
            title: (&*unit.name).into(),
            note: unit.front().and_then(|front| front.kind.as_deref()).map(Into::into),
            count: unit.articles.len(),
        }
    }

    pub(super) fn unit(&self, id: UnitId, chunk: Chunk) -> UnitView<'_> {
        let unit = self.archive.unit(id);
        let front = unit.front();
        let url = self.addresses.unit(id);
        let total = unit.articles.len();
        let range = listing::range(total, self.site.page_size, chunk);
        let root = address::root_of(&listing::address(url, chunk)).into_owned();
        let mut parents = Vec::new();
        let mut at = unit.parent;
        while let Some(parent) = at {
            parents.push(self.unit_page_link(parent));
            at = self.archive.unit(parent).parent;
        }
        parents.reverse();
        let mut initiatives = unit.initiatives.clone();
        initiatives.sort_by_cached_key(|&(article, at)| {
            SortKey::new(&self.archive.article(article).initiatives[at as usize].name)
        });
        UnitView {
            name: &unit.name,
            aliases: front
                .map_or_else(Vec::new, |front| front.aliases.iter().map(|alias| &*alias.text).collect()),
            kind: front.and_then(|front| front.kind.as_deref()),
            place: unit.place.map(|place| self.place_link(place)),
            parents,
            children: unit.children.iter().map(|id| self.unit_page_link(*id)).collect(),
            from: front.and_then(|front| shown(&front.from)),
            to: front.and_then(|front| shown(&front.to)),
            successors: unit.successors.iter().map(|id| self.unit_page_link(*id)).collect(),
            predecessors: unit.predecessors.iter().map(|id| self.unit_page_link(*id)).collect(),
            body: unit.document.as_ref().map_or_else(String::new, |d| self.body(d, &unit.links, &root)),
            issued: unit.issued.iter().map(|id| self.directive_link(*id)).collect(),
            commended: if chunk == 0 { self.commended_years(&unit.events) } else { Vec::new() },
            initiatives: initiatives
                .into_iter()
                .map(|(article, at)| self.initiative(article, at, true))
                .collect(),
            events: self.events_of(unit.articles[range].iter().copied(), |event| {
                event.hosts.iter().chain(&event.units).any(|own| own.unit == id)
            }),
            articles: self.listing(url, total, chunk, |at| unit.articles[at]),
            feed: (unit.document.is_some() && self.site.base_url.is_some()).then(|| address::feed(url)),
        }
    }

    /// Sums over distinct events by year, oldest first, undated last; figures of a period
    /// are left out.
    pub(super) fn commended_years(&self, events: &[EventId]) -> Vec<CommendedYear> {
        let mut years: BTreeMap<(bool, Option<u16>), CommendedYear> = BTreeMap::new();
        for &id in events {
            let event = self.archive.event(id);
            let at_event: Vec<_> = self.archive.commended(event).iter().filter(|c| !c.over_period).collect();
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
