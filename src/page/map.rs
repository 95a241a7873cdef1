//! Dot maps: where a place and its articles are, told by points alone.
//!
//! The centre points of all communes of 1 July 2025, drawn as faint dots, are the outline of the
//! country or of a province by themselves: there are no borders and no tiles. The dots of a
//! `Ground` are one file of the site (`MapFileView`), shown as an image under the few points
//! of a page (`MapView`): a page stays small, and a browser loads each ground once.
//!
//! Reading order: this file, `land` (which dots a ground has), `projection` (where they are),
//! `names` (which points have theirs beside them).
//!
//! Invariant: geometry is reckoned in whole numbers, so it is the same on any machine. No two
//! links have targets that overlap.
//! Not here: which page shows a map (`locality`, `home`), how it is drawn (`parts/map.html`).

mod land;
mod names;
mod projection;

use std::collections::HashSet;

use land::{at, at_sea, communes, frame, was_enlarged};
use projection::{Frame, rounded};

use super::parts::tally;
use super::view::{Link, MapFileView, MapPoint, MapView};
use super::{Viewer, address};
use crate::archive::{LocalityId, Tally};
use crate::gazetteer::{Gazetteer, PlaceId};

pub(super) use land::{Ground, grounds};

/// Width and height of a link's target. With 24 asked for, it may be scaled down to 6/7.
const TARGET: i64 = 28;
/// Radius of the smallest and the largest point.
const RADIUS: (i64, i64) = (3, 11);
/// The ring around the place itself.
const RING: i64 = 9;

impl Viewer<'_> {
    /// The faint dots of a ground. Reads nothing: they are of the gazetteer.
    pub(super) fn map_file_view(&self, ground: Ground) -> MapFileView {
        let Some(frame) = frame(ground) else { return MapFileView::default() };
        let dots = |places: &[PlaceId]| -> Vec<(i64, i64)> {
            places.iter().filter_map(|&id| Some(frame.dot(at(id)?))).collect()
        };
        let all = communes(ground);
        let (mut dots, mut joined) = match ground {
            Ground::Province(id) if was_enlarged(id) => {
                let former: HashSet<PlaceId> = communes(Ground::Former(id)).into_iter().collect();
                let (own, joined): (Vec<_>, Vec<_>) = all.iter().partition(|id| former.contains(id));
                (dots(&own), dots(&joined))
            }
            _ => (dots(&all), Vec::new()),
        };
        let land = || dots.iter().chain(&joined).copied();
        // Between what reads as one land in a sparse province and what runs together in a dense one.
        let size = (apart(land(), 32) * 3 / 5).clamp(3, 9);
        let halo = (apart(land(), 64) * 2).clamp(10, 4 * frame.margin);
        MapFileView {
            width: frame.width,
            height: frame.height,
            dots: path(&mut dots),
            size,
            halo,
            joined: path(&mut joined),
            joined_size: (size / 2).max(2),
            sea: path(&mut at_sea(ground, frame).iter().map(|(x, y, _)| (2 * x, 2 * y)).collect()),
        }
    }
}

impl<'p> Viewer<'p> {
    /// The country with the provinces that have articles. None where no place has a page.
    pub(super) fn country_map(&self) -> Option<MapView<'p>> {
        let (all, _) = self.all_localities();
        if all.is_empty() {
            return None;
        }
        let provinces = (0..all.len() as u32).map(LocalityId);
        self.map(Ground::Country, None, provinces.filter(|id| all[id.index()].parent.is_none()))
    }

    /// The province of a place with the place itself and those below it that have articles; of a
    /// province, with these alone. A place of the site's own is where the one above it is.
    pub(super) fn locality_map(&self, id: LocalityId) -> Option<MapView<'p>> {
        let mut own = id;
        let place = loop {
            let locality = self.locality(own);
            match locality.place {
                Some(place) => break place,
                None => own = locality.parent?,
            }
        };
        let gazetteer = Gazetteer::get();
        let province = self.locality(self.province_of(own)).place?;
        let children = self.locality_lists(own).children.iter().copied();
        if place == province {
            return self.map(Ground::Province(province), None, children);
        }
        let is_former = !gazetteer.place(place).is_current() && was_enlarged(province);
        let ground = if is_former { Ground::Former(province) } else { Ground::Province(province) };
        self.map(ground, Some(own), children)
    }

    fn map(
        &self,
        ground: Ground,
        own: Option<LocalityId>,
        below: impl Iterator<Item = LocalityId>,
    ) -> Option<MapView<'p>> {
        let frame = frame(ground)?;
        let own = own.and_then(|id| self.spot(frame, id));
        let mut spots: Vec<Spot> =
            below.filter_map(|id| self.spot(frame, id)).filter(|spot| spot.weight > 0).collect();
        // Ties stay in the order of names or addresses that they came in.
        spots.sort_by_key(|spot| std::cmp::Reverse(spot.weight));
        size(&mut spots);
        let links = targets(&spots.iter().map(|spot| (spot.x, spot.y)).collect::<Vec<_>>());
        let labels = names::place(frame, own.as_ref(), &spots, &at_sea(ground, frame));
        let point = |spot: &Spot, is_link: bool| {
            let locality = self.locality(spot.id);
            let url = if is_link { self.addresses().locality(spot.id) } else { "" };
            MapPoint {
                x: spot.x,
                y: spot.y,
                r: spot.r,
                link: Link { url: url.into(), title: (&*locality.name).into() },
                count: tally(spot.total),
            }
        };
        let gazetteer = Gazetteer::get();
        Some(MapView {
            url: address::map(ground),
            width: frame.width,
            height: frame.height,
            name: match ground {
                Ground::Country => None,
                Ground::Province(id) | Ground::Former(id) => Some(gazetteer.place(id).last().name),
            },
            former: matches!(ground, Ground::Former(_)),
            joined: matches!(ground, Ground::Province(id) if was_enlarged(id)),
            own: own.as_ref().map(|own| point(own, false)),
            has_links: links.contains(&true),
            points: spots.iter().zip(links).map(|(spot, is_link)| point(spot, is_link)).collect(),
            labels,
        })
    }

    /// Where a place is on a map. None for one that has no centre, or that is not on it.
    fn spot(&self, frame: &Frame, id: LocalityId) -> Option<Spot> {
        let place = self.locality(id).place?;
        let (x, y) = frame.pixel(at(place)?)?;
        let record = Gazetteer::get().place(place).last();
        let is_number = record.short.starts_with(|c: char| c.is_ascii_digit());
        let total = self.locality_lists(id).total;
        // The eras are never summed, not even in the size of a point.
        let weight = total.old.max(total.new).max(total.unknown);
        let name = if is_number { record.name } else { record.short };
        Some(Spot { id, x, y, r: RADIUS.0, name, total, weight })
    }
}

/// A place on a map.
#[derive(Debug)]
struct Spot {
    id: LocalityId,
    x: i64,
    y: i64,
    r: i64,
    name: &'static str,
    total: Tally,
    weight: u32,
}

/// Gives points areas that grow with their weights, up to what the nearness of others leaves
/// room for. They come heaviest first.
fn size(spots: &mut [Spot]) {
    let Some(most) = spots.first().map(|spot| i64::from(spot.weight)) else { return };
    let room = apart(spots.iter().map(|spot| (spot.x, spot.y)), 16) * 3 / 4;
    let most_radius = (RADIUS.0 + most.isqrt()).min(room.clamp(RADIUS.0 + 1, RADIUS.1));
    for spot in spots {
        // In hundredths, before it is rounded.
        let part = (i64::from(spot.weight) * 10_000 / most).isqrt();
        spot.r = RADIUS.0 + rounded((most_radius - RADIUS.0) * part, 100);
    }
}

/// Which of the points may be links, so that no two targets overlap: the first ones first.
fn targets(points: &[(i64, i64)]) -> Vec<bool> {
    let mut taken: Vec<(i64, i64)> = Vec::new();
    points
        .iter()
        .map(|&(x, y)| {
            // As squares, which is how targets are measured.
            let is_free = taken.iter().all(|t| (t.0 - x).abs() >= TARGET || (t.1 - y).abs() >= TARGET);
            if is_free {
                taken.push((x, y));
            }
            is_free
        })
        .collect()
}

/// Dots as one path, row by row, each place once: 7 bytes a dot.
fn path(dots: &mut Vec<(i64, i64)>) -> String {
    use std::fmt::Write;
    dots.sort_unstable_by_key(|&(x, y)| (y, x));
    dots.dedup();
    let mut path = String::with_capacity(dots.len() * 8);
    let mut last = (0, 0);
    for &(x, y) in &*dots {
        // A line of no length with round ends. Writing to a string cannot fail.
        let _ = write!(path, "m{} {}h0", x - last.0, y - last.1);
        last = (x, y);
    }
    path
}

/// How far points are from each other on average, at most a `cell`: the side of the square that
/// each of them has of the cells that any lies in.
fn apart(points: impl Iterator<Item = (i64, i64)>, cell: i64) -> i64 {
    let mut cells: Vec<(i64, i64)> = points.map(|(x, y)| (x / cell, y / cell)).collect();
    let count = cells.len() as i64;
    cells.sort_unstable();
    cells.dedup();
    (cells.len() as i64 * cell * cell / count.max(1)).isqrt()
}

#[cfg(test)]
mod tests;
