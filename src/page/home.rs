//! The view of the home page: what is new, the ways in, the archive in numbers.

use std::borrow::Cow;

use super::parts::tally;
use super::view::{Counted, HomeView, Newest, Numbers, OwnPlace, PlaceRow, TallyView};
use super::{Viewer, address, ids};
use crate::archive::{ArticleId, DirectiveId, UnitId};

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
}

fn has_articles(row: &PlaceRow) -> bool {
    of_any_time(row.total) > 0
}

/// For comparing places; counts that are shown are never summed.
fn of_any_time(tally: TallyView) -> u32 {
    tally.old + tally.new + tally.unknown
}
