//! How a directive came of others and others of it.
//!
//! Shown are those it descends from and those that descend from it, up to three generations
//! either way, the nearest first where there are too many; not what else came of its forebears.
//!
//! Not here: the order of rows and the arcs (`chart::genealogy`).

use std::collections::HashMap;

use super::{VERBS, verb};
use crate::archive::DirectiveId;
use crate::document::Relation;
use crate::page::Viewer;
use crate::page::chart::genealogy::{self, Arc, DOTS, ROW};
use crate::page::view::{ArcView, Deed, Genealogy, Relative};

/// Generations shown either way.
const GENERATIONS: usize = 3;

/// Rows shown.
const ROWS: usize = 15;

/// What one of the shown does to another, each by its place among them.
struct Edge {
    from: usize,
    relation: Relation,
    to: usize,
}

impl<'p> Viewer<'p> {
    /// None for a directive without relations. Cost: that of all its relatives, of which a row
    /// is shown for some.
    pub(super) fn genealogy(&self, id: DirectiveId) -> Option<Genealogy<'p>> {
        let mut kin = self.kin(id);
        let more = kin.len().saturating_sub(ROWS);
        kin.truncate(ROWS);
        if kin.len() < 2 {
            return None;
        }
        let edges = self.edges(&kin);
        let issued = |id: &DirectiveId| {
            let date = self.directive(*id).front()?.date.as_ref()?.date;
            Some(date.first()?.first_day())
        };
        let dates: Vec<_> = kin.iter().map(issued).collect();
        let named: Vec<(usize, usize)> = edges.iter().map(|edge| (edge.from, edge.to)).collect();
        let order = genealogy::order(&dates, &named);
        let mut places = vec![0; order.len()];
        for (place, row) in order.iter().enumerate() {
            places[*row] = place;
        }
        let placed: Vec<(usize, usize)> =
            named.iter().map(|(from, to)| (places[*from], places[*to])).collect();
        let arc = |(Arc { top, bottom, control }, edge): (Arc, &Edge)| ArcView {
            kind: verb(edge.relation),
            path: format!("M{DOTS} {top}C{control} {top} {control} {bottom} {DOTS} {bottom}"),
        };
        let row = |(place, &row): (usize, &usize)| {
            let mut link = self.directive_link(kin[row]);
            if kin[row] == id {
                link.url = "".into();
            }
            Relative {
                link,
                year: dates[row].map(|(year, ..)| year),
                deeds: self.deeds(&kin, row, &edges),
                replaced: self.is_replaced(kin[row]),
                y: genealogy::dot(place),
            }
        };
        let is_there = |relation: Relation| edges.iter().any(|edge| edge.relation == relation);
        Some(Genealogy {
            rows: order.iter().enumerate().map(row).collect(),
            more,
            height: order.len() as u16 * ROW,
            arcs: genealogy::arcs(&placed).into_iter().zip(&edges).map(arc).collect(),
            kinds: VERBS.iter().filter(|(own, ..)| is_there(*own)).map(|(_, verb, _)| *verb).collect(),
        })
    }

    /// What the shown do to each other, as they declare it, by who declares it.
    fn edges(&self, kin: &[DirectiveId]) -> Vec<Edge> {
        let rows: HashMap<DirectiveId, usize> = kin.iter().copied().zip(0..).collect();
        let mut edges = Vec::new();
        for (from, id) in kin.iter().enumerate() {
            for (relation, to) in &self.directive(*id).relations {
                edges.extend(rows.get(to).map(|&to| Edge { from, relation: *relation, to }));
            }
        }
        edges
    }

    /// What one of the shown does to the others, in words.
    fn deeds(&self, kin: &[DirectiveId], row: usize, edges: &[Edge]) -> Vec<Deed<'p>> {
        let deed = |&(relation, verb, _): &(Relation, &'static str, _)| {
            let to = edges.iter().filter(|edge| edge.from == row && edge.relation == relation);
            let labels: Vec<&str> = to.map(|edge| &*self.directive(kin[edge.to]).label).collect();
            (!labels.is_empty()).then_some(Deed { verb, labels })
        };
        VERBS.iter().filter_map(deed).collect()
    }

    /// Whether another directive replaced it.
    pub(super) fn is_replaced(&self, id: DirectiveId) -> bool {
        self.directive_reverse(id).iter().any(|(relation, _)| *relation == Relation::Replaces)
    }

    /// Itself, then its relatives, generation by generation: first those it came of.
    fn kin(&self, id: DirectiveId) -> Vec<DirectiveId> {
        let mut kin = vec![id];
        let mut seen: std::collections::HashSet<DirectiveId> = [id].into();
        let (mut above, mut below) = (vec![id], vec![id]);
        for _ in 0..GENERATIONS {
            let mut next =
                |of: &[DirectiveId], related: &dyn Fn(DirectiveId) -> &'p [(Relation, DirectiveId)]| {
                    let all = of.iter().flat_map(|id| related(*id)).map(|(_, other)| *other);
                    let fresh: Vec<DirectiveId> = all.filter(|other| seen.insert(*other)).collect();
                    kin.extend(&fresh);
                    fresh
                };
            above = next(&above, &|id| &self.directive(id).relations);
            below = next(&below, &|id| self.directive_reverse(id));
        }
        kin
    }
}
