//! Related articles, each with its reasons, and those before and after one in a list.
//!
//! Candidates are the neighbours in time of an article in each list it stands in (event,
//! directive, unit, place), not the whole lists: a directive that 40,000 articles cite
//! would make every page cost 40,000 steps. Cost: a binary search and a dozen neighbours
//! per list.

use std::cmp::{Ordering, Reverse};

use super::Printed;
use super::viewer::{Neighbour, Viewer};
use crate::archive::{ArticleId, DirectiveId, EventId, LocalityId, UnitId};

/// Why one article is related to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Reason {
    /// Both report it.
    Event(EventId),
    /// Both declare it.
    Directive(DirectiveId),
    /// Both declare it.
    Unit(UnitId),
    /// Both are about it.
    Locality(LocalityId),
    /// Both were printed in the same month.
    Month,
}

/// An article and why it is related, the weightiest reason first.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Related {
    /// The other article.
    pub(super) article: ArticleId,
    /// At least one, `Month` never alone.
    pub(super) reasons: Vec<Reason>,
}

impl Viewer<'_> {
    /// At most `most` articles related to `id`, the most related first; ties by nearness
    /// in time, then the newer one. Nearness is counted in days, not in the articles that
    /// lie between: an article added elsewhere in the archive changes nothing here.
    pub(super) fn related(&self, id: ArticleId, most: usize) -> Vec<Related> {
        let article = self.declared(id);
        // Sorted once, not kept in a map: there are some hundred, of which a dozen is shown.
        let mut found: Vec<(ArticleId, Reverse<u32>, Reason, Printed)> = Vec::with_capacity(128);
        let mut add = |other: Neighbour, reason: Reason| {
            if other.article != id {
                found.push((other.article, Reverse(weight(&reason)), reason, other.printed));
            }
        };
        for &event in article.events {
            for &(other, _) in &self.event(event).reports {
                add(self.neighbour(other), Reason::Event(event));
            }
        }
        for &directive in article.directives {
            self.around_in_directive(id, directive)
                .for_each(|other| add(other, Reason::Directive(directive)));
        }
        for unit in article.units {
            self.around_in_unit(id, unit.unit).for_each(|other| add(other, Reason::Unit(unit.unit)));
        }
        for place in article.localities {
            let place = place.locality;
            self.around_in_locality(id, place).for_each(|other| add(other, Reason::Locality(place)));
        }
        let own = self.neighbour(id).printed;
        // By weight, then as found.
        found.sort_by_key(|&(other, weight, ..)| (other, weight));
        let mut ranked = Vec::with_capacity(found.len());
        for group in found.chunk_by(|a, b| a.0 == b.0) {
            let (other, .., printed) = group[0];
            let same_month = month(own).is_some() && month(printed) == month(own);
            let mut sum = if same_month { weight(&Reason::Month) } else { 0 };
            for (at, (_, _, reason, _)) in group.iter().enumerate() {
                if group[..at].iter().all(|(_, _, before, _)| before != reason) {
                    sum += weight(reason);
                }
            }
            ranked.push((sum, Reverse(day(printed).abs_diff(day(own))), other, same_month, group));
        }
        ranked.sort_unstable_by_key(|&(sum, distance, other, ..)| Reverse((sum, distance, other)));
        ranked
            .into_iter()
            .take(most)
            .map(|(_, _, article, same_month, group)| {
                let mut reasons: Vec<Reason> = Vec::with_capacity(group.len() + 1);
                for &(_, _, reason, _) in group {
                    if !reasons.contains(&reason) {
                        reasons.push(reason);
                    }
                }
                reasons.extend(same_month.then_some(Reason::Month));
                Related { article, reasons }
            })
            .collect()
    }
}

/// The articles before and after one in a list.
pub(super) type Beside = (Option<ArticleId>, Option<ArticleId>);

impl Viewer<'_> {
    /// Who stands before and after an article, of its neighbours in a list; not who is undated.
    pub(super) fn beside(&self, id: ArticleId, neighbours: impl Iterator<Item = Neighbour>) -> Beside {
        let (mut earlier, mut later) = (None, None);
        for neighbour in neighbours {
            match neighbour.article.cmp(&id) {
                Ordering::Less => earlier = Some(neighbour),
                Ordering::Equal => {}
                Ordering::Greater => {
                    later = Some(neighbour);
                    break;
                }
            }
        }
        let earlier = earlier.filter(Neighbour::is_dated);
        (earlier.map(|earlier| earlier.article), later.map(|later| later.article))
    }
}

/// Year and month.
type Month = (u16, u8);

/// When an article was printed, if that is known.
fn month((year, month, ..): Printed) -> Option<Month> {
    (year > 0 && month > 0).then_some((year, month))
}

/// Days for what is near and what is not: months have 31, and what is not known counts as
/// none. Undated articles are near to each other and to nothing else.
fn day((year, month, day, _): Printed) -> u32 {
    (u32::from(year) * 12 + u32::from(month)) * 31 + u32::from(day)
}

fn weight(reason: &Reason) -> u32 {
    match reason {
        Reason::Event(_) => 16,
        Reason::Unit(_) => 5,
        Reason::Directive(_) => 4,
        Reason::Locality(_) => 3,
        Reason::Month => 1,
    }
}
