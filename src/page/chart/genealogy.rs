//! A genealogy: who stands in which row, and the arcs between rows.
//!
//! Rows lie under each other, the oldest first, so the picture is as wide as a phone however
//! many there are; a tree would need room on all sides. Arcs leave the dots to the left, the
//! wider the farther they reach. Letters stand to the right and are not part of the picture.
//!
//! Invariant: all arcs lie within the picture; two arcs between the same rows never coincide.

use std::collections::BTreeMap;

/// CSS pixels at the usual size of letters from one row to the next; the style sheet gives a
/// row this height.
pub(in crate::page) const ROW: u16 = 52;

/// Of the dots, from the left.
pub(in crate::page) const DOTS: u16 = 46;

/// Of a dot, from the top of its row.
const DOT: u16 = 15;

/// Left free at the left.
const MARGIN: u16 = 4;

/// How far an arc to the next row leaves the dots, and how much farther one to each row after
/// that, or a second one between the same two rows.
const BULGE: (u16, u16) = (14, 8);

/// An arc between two rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::page) struct Arc {
    /// Height at which it leaves the dots; the upper end.
    pub(in crate::page) top: u16,
    /// Height at which it comes back.
    pub(in crate::page) bottom: u16,
    /// Of the two control points of a cubic curve between them, from the left. May be outside
    /// of the picture: the curve itself goes three quarters of the way.
    pub(in crate::page) control: i16,
}

/// Height of the dot of a row.
pub(in crate::page) fn dot(row: usize) -> u16 {
    row as u16 * ROW + DOT
}

/// An arc for each pair of rows, which are two.
pub(in crate::page) fn arcs(edges: &[(usize, usize)]) -> Vec<Arc> {
    let mut seen: BTreeMap<(usize, usize), u16> = BTreeMap::new();
    let arc = |&(a, b): &(usize, usize)| {
        let rows = (a.min(b), a.max(b));
        let before = seen.entry(rows).or_default();
        let steps = (rows.1 - rows.0) as u16 - 1 + *before;
        *before += 1;
        // Beyond the margin, second arcs go inward again: there are at most four relations.
        let most = DOTS - MARGIN - *before;
        let reach = (BULGE.0 + BULGE.1 * steps).min(most);
        Arc { top: dot(rows.0), bottom: dot(rows.1), control: DOTS as i16 - (reach * 4 / 3) as i16 }
    };
    edges.iter().map(arc).collect()
}

/// The order of rows, given when each was issued, if that is known, and which older ones each
/// names: by date; one without a date behind all that it names, and before those that name it
/// where it names none. Ties as they came. Names that run in a circle are no reason to fail.
pub(in crate::page) fn order<T: Ord + Copy>(dates: &[Option<T>], edges: &[(usize, usize)]) -> Vec<usize> {
    let mut known: Vec<Option<(T, usize)>> = dates.iter().map(|date| date.map(|date| (date, 0))).collect();
    // A date goes from the named to those that name it, one step a round.
    for _ in 0..dates.len() {
        let mut is_done = true;
        for &(from, to) in edges.iter().filter(|(from, _)| dates[*from].is_none()) {
            let after = known[to].map(|(date, steps)| (date, steps + 1));
            if after > known[from] && after.is_some_and(|(_, steps)| steps <= dates.len()) {
                known[from] = after;
                is_done = false;
            }
        }
        if is_done {
            break;
        }
    }
    // One that names nothing, or nothing with a date, goes before those that name it.
    let mut depth = vec![0; dates.len()];
    for _ in 0..dates.len() {
        for &(from, to) in edges.iter().filter(|(from, to)| known[*from].is_none() && known[*to].is_none()) {
            depth[from] = (depth[to] + 1).min(dates.len()).max(depth[from]);
        }
    }
    let mut rows: Vec<usize> = (0..dates.len()).collect();
    rows.sort_by_key(|&row| (known[row], depth[row], row));
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{DOTS, MARGIN, arcs, dot, order};

    #[test]
    fn rows_go_by_date_and_those_without_one_behind_what_they_name() {
        // 0 of 2021 continues 1 of 2016; 2, without a date, implements 0; 3 implements 2.
        let dates = [Some(2021), Some(2016), None, None, Some(2030)];
        assert_eq!(order(&dates, &[(0, 1), (3, 2), (2, 0)]), [1, 0, 2, 3, 4]);
        // Nothing is known but who names whom.
        assert_eq!(order::<u16>(&[None, None, None], &[(0, 1), (1, 2)]), [2, 1, 0]);
        // Without a date and named by one that has: first.
        assert_eq!(order(&[Some(2021), None], &[(0, 1)]), [1, 0]);
    }

    #[test]
    fn an_arc_that_reaches_farther_is_wider() {
        let arcs = arcs(&[(1, 0), (2, 0), (2, 0)]);
        assert_eq!((arcs[0].top, arcs[0].bottom), (dot(0), dot(1)));
        assert!(arcs[0].control > arcs[1].control && arcs[1].control > arcs[2].control, "{arcs:?}");
    }

    fn edges() -> impl Strategy<Value = Vec<(usize, usize)>> {
        let edge = (0usize..14, 1usize..14).prop_map(|(from, more)| (from, (from + more).min(14)));
        prop::collection::vec(edge, 0..40)
    }

    proptest! {
        /// Law: no arc leaves the picture.
        #[test]
        fn arcs_lie_in_the_picture(edges in edges()) {
            for arc in arcs(&edges) {
                let extreme = (i32::from(DOTS) + 3 * i32::from(arc.control)) / 4;
                prop_assert!(extreme >= i32::from(MARGIN) - 1 && extreme < i32::from(DOTS), "{arc:?}");
                prop_assert!(arc.top < arc.bottom);
            }
        }

        /// Law: each row is there once, those with dates in their order, one without a date behind
        /// all with a date that it names.
        #[test]
        fn rows_keep_their_order(dates in prop::collection::vec(prop::option::of(0u16..50), 15), edges in edges()) {
            let rows = order(&dates, &edges);
            let mut all = rows.clone();
            all.sort();
            prop_assert_eq!(all, (0..15).collect::<Vec<_>>());
            let known: Vec<u16> = rows.iter().filter_map(|row| dates[*row]).collect();
            prop_assert!(known.is_sorted());
            let place = |row: usize| rows.iter().position(|own| *own == row);
            for &(from, to) in edges.iter().filter(|(from, to)| dates[*from].is_none() && dates[*to].is_some()) {
                prop_assert!(place(from) > place(to));
            }
        }
    }
}
