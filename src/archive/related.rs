//! Related articles, each with its reasons.
//!
//! Candidates are the neighbours in time of an article in each list it stands in (event,
//! directive, unit, place), not the whole lists: a directive that 40,000 articles cite
//! would make every page cost 40,000 steps. Cost: a binary search and a dozen neighbours
//! per list.

use std::cmp::Reverse;

use super::{Archive, ArticleId, DirectiveId, EventId, LocalityId, UnitId};

/// Neighbours looked at on either side in each list.
const REACH: usize = 6;

/// Why one article is related to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
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
pub struct Related {
    /// The other article.
    pub article: ArticleId,
    /// At least one, `Month` never alone.
    pub reasons: Vec<Reason>,
}

impl Archive {
    /// At most `most` articles related to `id`, the most related first; ties by nearness
    /// in time, then the newer one.
    pub fn related(&self, id: ArticleId, most: usize) -> Vec<Related> {
        let article = self.article(id);
        // Sorted once, not kept in a map: there are some hundred, of which a dozen is shown.
        let mut found: Vec<(ArticleId, Reverse<u32>, Reason)> = Vec::with_capacity(128);
        let mut add = |other: ArticleId, reason: Reason| {
            if other != id {
                found.push((other, Reverse(weight(&reason)), reason));
            }
        };
        for &event in &article.events {
            for &(other, _) in &self.event(event).reports {
                add(other, Reason::Event(event));
            }
        }
        for &directive in &article.directives {
            for &other in around(&self.directive_lists(directive).articles, id, |&other| other) {
                add(other, Reason::Directive(directive));
            }
        }
        for unit in &article.units {
            for &other in around(&self.unit_lists(unit.unit).articles, id, |&other| other) {
                add(other, Reason::Unit(unit.unit));
            }
        }
        for place in &article.localities {
            for &(other, _) in around(&self.locality_lists(place.locality).articles, id, |&(other, _)| other)
            {
                add(other, Reason::Locality(place.locality));
            }
        }
        let month = |id: ArticleId| {
            let date = self.article(id).date()?;
            Some((date.date.year()?, date.date.month()?))
        };
        let own_month = month(id);
        // By weight, then as found.
        found.sort_by_key(|&(other, weight, _)| (other, weight));
        let mut ranked = Vec::with_capacity(found.len());
        for group in found.chunk_by(|a, b| a.0 == b.0) {
            let other = group[0].0;
            let same_month = own_month.is_some() && month(other) == own_month;
            let mut sum = if same_month { weight(&Reason::Month) } else { 0 };
            for (at, (.., reason)) in group.iter().enumerate() {
                if group[..at].iter().all(|(.., before)| before != reason) {
                    sum += weight(reason);
                }
            }
            ranked.push((sum, Reverse(other.0.abs_diff(id.0)), other, same_month, group));
        }
        ranked.sort_unstable_by_key(|&(sum, distance, other, ..)| Reverse((sum, distance, other)));
        ranked
            .into_iter()
            .take(most)
            .map(|(_, _, article, same_month, group)| {
                let mut reasons: Vec<Reason> = Vec::with_capacity(group.len() + 1);
                for &(.., reason) in group {
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

fn weight(reason: &Reason) -> u32 {
    match reason {
        Reason::Event(_) => 16,
        Reason::Unit(_) => 5,
        Reason::Directive(_) => 4,
        Reason::Locality(_) => 3,
        Reason::Month => 1,
    }
}

/// The entries within `REACH` of the article in a list that is sorted by article.
fn around<T>(list: &[T], id: ArticleId, key: impl Fn(&T) -> ArticleId) -> &[T] {
    let at = list.partition_point(|entry| key(entry) < id);
    &list[at.saturating_sub(REACH)..(at + REACH + 1).min(list.len())]
}
