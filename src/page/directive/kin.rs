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
use crate::page::chart::genealogy::{self, DOTS, ROW};
use crate::page::view::{ArcView, Deed, Genealogy, Relative};

/// Generations shown either way.
const GENERATIONS: usize = 3;

/// Rows shown.
const ROWS: usize = 15;

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
        let rows: HashMap<DirectiveId, usize> = kin.iter().copied().zip(0..).collect();
        // As they are declared, by who declares them.
        let deeds: Vec<(usize, Relation, usize)> = kin
            .iter()
            .enumerate()
            .flat_map(|(from, id)| {
                let relations = self.directive(*id).relations.iter();
                relations
                    .filter_map(|(relation, to)| Some((*relation, *rows.get(to)?)))
                    .map(move |(relation, to)| (from, relation, to))
                    .collect::<Vec<_>>()
            })
            .collect();
        let issued = |id: &DirectiveId| {
            let date = self.directive(*id).front()?.date.as_ref()?.date;
            Some(date.first()?.first_day())
        };
        let dates: Vec<_> = kin.iter().map(issued).collect();
        let edges: Vec<(usize, usize)> = deeds.iter().map(|(from, _, to)| (*from, *to)).collect();
        let order = genealogy::order(&dates, &edges);
        let mut places = vec![0; order.len()];
        for (place, row) in order.iter().enumerate() {
            places[*row] = place;
        }
        let placed: Vec<(usize, usize)> =
            edges.iter().map(|(from, to)| (places[*from], places[*to])).collect();
        let arcs = genealogy::arcs(&placed);
        Some(Genealogy {
            more,
            height: order.len() as u16 * ROW,
            arcs: arcs
                .iter()
                .zip(&deeds)
                .map(|(arc, (_, relation, _))| ArcView {
                    kind: verb(*relation),
                    path: format!(
                        "M{DOTS} {top}C{x} {top} {x} {bottom} {DOTS} {bottom}",
                        top = arc.top,
                        bottom = arc.bottom,
                        x = arc.control
                    ),
                })
                .collect(),
            kinds: VERBS
                .iter()
                .filter(|(relation, ..)| deeds.iter().any(|(_, own, _)| own == relation))
                .map(|(_, verb, _)| *verb)
                .collect(),
            rows: order
                .iter()
                .enumerate()
                .map(|(place, &row)| self.relative(&kin, id, row, &deeds, genealogy::dot(place), dates[row]))
                .collect(),
        })
    }

    fn relative(
        &self,
        kin: &[DirectiveId],
        own: DirectiveId,
        row: usize,
        deeds: &[(usize, Relation, usize)],
        y: u16,
        date: Option<(u16, u8, u8)>,
    ) -> Relative<'p> {
        let mut link = self.directive_link(kin[row]);
        if kin[row] == own {
            link.url = "".into();
        }
        let deeds_of = |&(relation, verb, _): &(Relation, &'static str, _)| {
            let to = deeds.iter().filter(|(from, own, _)| *from == row && *own == relation);
            let labels: Vec<&str> = to.map(|(.., to)| &*self.directive(kin[*to]).label).collect();
            (!labels.is_empty()).then_some(Deed { verb, labels })
        };
        Relative {
            link,
            year: date.map(|(year, ..)| year),
            deeds: VERBS.iter().filter_map(deeds_of).collect(),
            replaced: self.is_replaced(kin[row]),
            y,
        }
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
