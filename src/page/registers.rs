//! The two registers: initiatives and commendations of the whole archive, as tables.
//!
//! Invariant: a numbered page reads its own entries and no others (`facet::Register`), so that
//! a new article changes the first page and the last and no other has to be made again.

use std::collections::BTreeMap;
use std::iter::Sum;

use super::Viewer;
use super::chart::bars::bars;
use super::listing::{self, Chunk};
use super::parts::date_view;
use super::view::{
    CommendationView, CommendationsView, Commended, CommendedRow, CommendedYear, EventView, InitiativeRow,
    InitiativesView, Pager,
};
use super::viewer::{Declared, RegisterPage};
use crate::archive::{ArticleId, Event, EventId, LocalityId};
use crate::document::{Commendation, Dated};

/// Commendations of one event that the register shows.
const OF_EVENT: usize = 20;

impl<'p> Viewer<'p> {
    pub(super) fn initiatives_view(&self, chunk: Chunk) -> InitiativesView<'p> {
        let page = self.initiatives(chunk);
        InitiativesView {
            rows: page.entries.iter().rev().map(|&(article, at)| self.initiative_row(article, at)).collect(),
            total: page.all.map(<[_]>::len),
            pager: self.register_pager("mo-hinh.html", &page, chunk),
        }
    }

    pub(super) fn commendations_view(&self, chunk: Chunk) -> CommendationsView<'p> {
        let page = self.commending(chunk);
        let years = page.all.map_or_else(Vec::new, |all| self.commended_years(all, |_, _| true));
        let rows: Vec<CommendedRow> =
            page.entries.iter().rev().flat_map(|&id| self.commended_rows(id)).collect();
        CommendationsView {
            has_prizes: rows.iter().any(|row| row.commendation.prizes.is_some()),
            has_totals: rows.iter().any(|row| row.commendation.total.is_some()),
            rows,
            total: page.all.map(<[_]>::len),
            bars: bars(&years),
            years,
            pager: self.register_pager("khen-thuong.html", &page, chunk),
        }
    }

    fn register_pager<T>(&self, url: &str, page: &RegisterPage<'_, T>, chunk: Chunk) -> Pager {
        match page.all {
            Some(all) => listing::pager(url, all.len(), self.site().page_size, chunk),
            None => listing::numbered_pager(url, chunk, page.is_last),
        }
    }

    fn initiative_row(&self, id: ArticleId, at: u32) -> InitiativeRow<'p> {
        let article = self.declared(id);
        let initiative = &article.initiatives[at as usize];
        let place = match initiative.unit {
            Some(unit) => self.unit(unit.unit).place.map(|place| place.locality),
            None => self.place_of(&article),
        };
        InitiativeRow {
            name: &initiative.name,
            unit: initiative.unit.map(|unit| self.unit_link(unit)),
            place: place.map(|place| self.long_place_link(place)),
            note: initiative.note.as_deref(),
            article: self.row(id),
            day: article.front.date.as_ref().map_or_else(String::new, day_of),
        }
    }

    /// The place that an article is about, if it is about one: that in which all others lie.
    fn place_of(&self, article: &Declared<'p>) -> Option<LocalityId> {
        let is_above = |place: LocalityId, below: LocalityId| self.upward(below).any(|id| id == place);
        let places = article.localities.iter().map(|place| place.locality);
        let mut above = places.clone().filter(|&place| places.clone().all(|below| is_above(place, below)));
        above.next()
    }

    /// The commendations of an event, by the account that records it.
    fn commended_rows(&self, id: EventId) -> Vec<CommendedRow<'p>> {
        let event = self.event(id);
        let EventView { url, title, article, hosts, places, directives, stage, commended, others, .. } =
            self.event_view(id);
        let (left_out, last) = (commended.len().saturating_sub(OF_EVENT), commended.len().min(OF_EVENT) - 1);
        let row = |(at, mut commendation): (usize, CommendationView<'p>)| {
            // They stand at the account: there may be hundreds.
            commendation.recipients.clear();
            CommendedRow {
                url: url.clone(),
                title: title.or(stage).unwrap_or(article),
                date: event.date.as_ref().map(date_view),
                day: event.date.as_ref().map_or_else(String::new, day_of),
                hosts: hosts.clone(),
                places: places.clone(),
                directives: directives.clone(),
                commendation,
                differs: others.iter().any(|other| other.differs),
                more: if at == last { left_out } else { 0 },
            }
        };
        commended.into_iter().take(OF_EVENT).enumerate().map(row).collect()
    }

    /// Sums by year over distinct events, oldest first, undated last; figures of a period are
    /// left out, and so are those that `counts` is not true of, by event and index.
    pub(super) fn commended_years(
        &self,
        events: &[EventId],
        counts: impl Fn(&Event, usize) -> bool,
    ) -> Vec<CommendedYear> {
        let mut years: BTreeMap<(bool, Option<u16>), (u32, Commended)> = BTreeMap::new();
        for &id in events {
            let event = self.event(id);
            let counted = self.commended(event).iter().enumerate().filter(|(at, _)| counts(event, *at));
            let mut at_event = at_event(counted.map(|(_, commendation)| commendation)).peekable();
            if at_event.peek().is_none() {
                continue;
            }
            let year = event.date.as_ref().and_then(|dated| dated.date.year());
            let (events, sums) = years.entry((year.is_none(), year)).or_default();
            *events += 1;
            *sums = at_event.chain([*sums]).sum();
        }
        let year = |((_, year), (events, sums)): (_, (u32, Commended))| {
            let Commended { collectives, individuals, prizes } = sums;
            CommendedYear { year, events, collectives, individuals, prizes }
        };
        years.into_iter().map(year).collect()
    }
}

/// Whom commendations name that were made at their event, one by one: figures of a period stand
/// apart from all sums.
pub(super) fn at_event<'c>(
    commended: impl Iterator<Item = &'c Commendation>,
) -> impl Iterator<Item = Commended> {
    commended.filter(|commendation| !commendation.over_period).map(|commendation| Commended {
        collectives: commendation.collectives.unwrap_or(0),
        individuals: commendation.individuals.unwrap_or(0),
        prizes: commendation.prizes.unwrap_or(0),
    })
}

impl Sum for Commended {
    fn sum<I: Iterator<Item = Commended>>(all: I) -> Commended {
        all.fold(Commended::default(), |sum, one| Commended {
            collectives: sum.collectives.saturating_add(one.collectives),
            individuals: sum.individuals.saturating_add(one.individuals),
            prizes: sum.prizes.saturating_add(one.prizes),
        })
    }
}

/// What a date is sorted by as text: its first day, as far as it is known.
fn day_of(dated: &Dated) -> String {
    dated.date.first().map_or_else(String::new, |day| day.iso())
}
