//! Dot maps: where a place and its articles are, told by points alone.
//!
//! The centre points of all communes of 1 July 2025, drawn as faint dots, are the outline of the
//! country or of a province by themselves: there are no borders and no tiles. The dots of a
//! `Ground` are one file of the site (`MapFileView`), shown as an image under the few points
//! of a page (`MapView`): a page stays small, and a browser loads each ground once.
//!
//! Invariant: geometry is reckoned in whole numbers, so it is the same on any machine. Nothing
//! is clipped: a frame holds every dot of its ground, those of Hoàng Sa and Trường Sa at sea
//! too. No two links have targets that overlap.
//! Not here: where names stand (`names`), which page shows a map (`locality`, `home`), how it is
//! drawn (`parts/map.html`).

mod names;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::parts::tally;
use super::view::{Link, MapFileView, MapPoint, MapView};
use super::{Viewer, address};
use crate::archive::{LocalityId, Tally};
use crate::gazetteer::{Era, Gazetteer, Level, PlaceId};

/// The land that a map shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Ground {
    Country,
    /// All that a province ever was: of one that kept its name through the reform, the land
    /// before it and after.
    Province(PlaceId),
    /// Such a province as it was until 30 June 2025, where that was another land.
    Former(PlaceId),
}

/// Width and height of a map at most, in CSS pixels: a phone of 360 shows it unscaled.
const WIDEST: (i64, i64) = (320, 400);
/// Room around the dots of the country, and around the few of a province, whose ground is wider.
const MARGIN: (i64, i64) = (TARGET / 2, 22);
/// Width and height of a link's target. With 24 asked for, it may be scaled down to 6/7.
const TARGET: i64 = 28;
/// Radius of the smallest and the largest point.
const RADIUS: (i64, i64) = (3, 11);
/// The ring around the place itself.
const RING: i64 = 9;
/// East of it there is only the sea with what lies in it, whose dots have their names: one dot
/// by itself would be taken for dust. In ten-thousandths of a degree.
const AT_SEA: i64 = 1_110_000;

/// The files that a province's page and those below it show.
pub(super) fn grounds(province: PlaceId) -> impl Iterator<Item = Ground> {
    let grew = was_enlarged(province).then_some(Ground::Former(province));
    [Ground::Province(province)].into_iter().chain(grew).filter(|&ground| frame(ground).is_some())
}

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

/// How degrees become pixels.
#[derive(Debug)]
struct Frame {
    margin: i64,
    width: i64,
    height: i64,
    west: i64,
    north: i64,
    /// Of the middle latitude, in thousandths.
    cosine: i64,
    /// Half pixels to thousandths of a ten-thousandth of a degree of latitude.
    scale: (i64, i64),
}

/// Latitude and longitude in ten-thousandths of a degree.
type At = (i64, i64);

impl Frame {
    /// One that holds all of these points; none for no points.
    fn around(points: &[At], margin: i64) -> Option<Frame> {
        let (south, north) = bounds(points.iter().map(|point| point.0))?;
        let (west, east) = bounds(points.iter().map(|point| point.1))?;
        let cosine = cosine((south + north) / 2);
        // A ground of one point has no extent: it is shown as if it were about 10 km wide.
        let (across, down) = (((east - west) * cosine).max(1_000_000), ((north - south) * 1000).max(1));
        let room = (2 * (WIDEST.0 - 2 * margin), 2 * (WIDEST.1 - 2 * margin));
        let scale = if across * room.1 >= down * room.0 { (room.0, across) } else { (room.1, down) };
        let pixels = |extent: i64| 2 * margin + (rounded(extent * scale.0, scale.1) + 1) / 2;
        Some(Frame { margin, width: pixels(across), height: pixels(down), west, north, cosine, scale })
    }

    /// In half pixels.
    fn dot(&self, (lat, lon): At) -> (i64, i64) {
        let scaled = |extent: i64| 2 * self.margin + rounded(extent * self.scale.0, self.scale.1);
        (scaled((lon - self.west) * self.cosine), scaled((self.north - lat) * 1000))
    }

    /// In pixels; none if it is nearer to the edge than half a target.
    fn pixel(&self, at: At) -> Option<(i64, i64)> {
        let (x, y) = self.dot(at);
        let (x, y) = (rounded(x, 2), rounded(y, 2));
        let is_in = |at: i64, length: i64| (TARGET / 2..=length - TARGET / 2).contains(&at);
        (is_in(x, self.width) && is_in(y, self.height)).then_some((x, y))
    }
}

/// The frame of a ground, reckoned once: 3,321 points for the country, some 100 for a province.
fn frame(ground: Ground) -> Option<&'static Frame> {
    type Once = OnceLock<Option<Frame>>;
    static COUNTRY: Once = OnceLock::new();
    static PROVINCES: OnceLock<HashMap<PlaceId, [Once; 2]>> = OnceLock::new();
    let provinces = || {
        let gazetteer = Gazetteer::get();
        let all = gazetteer.places().filter(|&id| gazetteer.place(id).level == Level::Province);
        all.map(|id| (id, Default::default())).collect()
    };
    let of = |id: PlaceId, which: usize| Some(&PROVINCES.get_or_init(provinces).get(&id)?[which]);
    let once = match ground {
        Ground::Country => &COUNTRY,
        Ground::Province(id) => of(id, 0)?,
        Ground::Former(id) => of(id, 1)?,
    };
    let margin = if ground == Ground::Country { MARGIN.0 } else { MARGIN.1 };
    let made = || Frame::around(&communes(ground).into_iter().filter_map(at).collect::<Vec<_>>(), margin);
    once.get_or_init(made).as_ref()
}

/// The communes of 1 July 2025 that lie on a ground, in the order of ids.
fn communes(ground: Ground) -> Vec<PlaceId> {
    let gazetteer = Gazetteer::get();
    let is_commune = |id: &PlaceId| {
        let place = gazetteer.place(*id);
        place.level == Level::Commune && place.is_current()
    };
    let mut communes = Vec::new();
    match ground {
        Ground::Country => communes.extend(gazetteer.places().filter(is_commune)),
        Ground::Province(id) => {
            communes.extend(gazetteer.children(id).iter().copied().filter(is_commune));
            add_heirs(id, &mut communes);
        }
        Ground::Former(id) => add_heirs(id, &mut communes),
    }
    communes.sort_unstable();
    communes.dedup();
    communes
}

/// Adds the communes that took over what a place of the old list was, or an abolished one. A
/// successor is abolished later or not at all, so this ends.
fn add_heirs(id: PlaceId, heirs: &mut Vec<PlaceId>) {
    let gazetteer = Gazetteer::get();
    let place = gazetteer.place(id);
    if place.level == Level::Commune && place.is_current() {
        heirs.push(id);
        return;
    }
    let Some(record) = place.records.iter().rfind(|record| record.era == Era::Old) else { return };
    let listed = place.level == Level::Province && record.code.is_some();
    if !listed {
        return record.successors.iter().for_each(|heir| add_heirs(heir.place, heirs));
    }
    // The successor of a province is a far larger one: its land is that of its districts.
    for &district in gazetteer.children(id) {
        let place = gazetteer.place(district);
        if place.level == Level::District && place.last().code.is_some() && place.last().parent == Some(id) {
            add_heirs(district, heirs);
        }
    }
}

/// Whether a province kept its name through the reform and others were merged into it.
fn was_enlarged(province: PlaceId) -> bool {
    let place = Gazetteer::get().place(province);
    place.is_current() && !place.last().predecessors.is_empty()
}

fn at(id: PlaceId) -> Option<At> {
    let units = |degrees: f32| (f64::from(degrees) * 10_000.0).round() as i64;
    Gazetteer::get().centre(id).map(|(lat, lon)| (units(lat), units(lon)))
}

/// The dots of a ground that lie by themselves at sea, with their names.
fn at_sea(ground: Ground, frame: &Frame) -> Vec<(i64, i64, &'static str)> {
    // No other province has any: asking for its communes would take longer than all the rest.
    if frame.dot((frame.north, AT_SEA)).0 > 2 * frame.width {
        return Vec::new();
    }
    let named = |id: PlaceId| {
        let (x, y) = frame.pixel(at(id).filter(|at| at.1 > AT_SEA)?)?;
        Some((x, y, Gazetteer::get().place(id).last().short))
    };
    communes(ground).into_iter().filter_map(named).collect()
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

/// The cosine of a latitude in thousandths, by its series: a library's differs by machine.
fn cosine(lat: i64) -> i64 {
    let angle = lat as f64 / 10_000.0 * (std::f64::consts::PI / 180.0);
    let square = angle * angle;
    ((1.0 - square / 2.0 + square * square / 24.0) * 1000.0).round() as i64
}

/// The nearest whole number to a fraction, halves upward; `below` is positive.
fn rounded(above: i64, below: i64) -> i64 {
    (2 * above + below).div_euclid(2 * below)
}

fn bounds(all: impl Iterator<Item = i64> + Clone) -> Option<(i64, i64)> {
    Some((all.clone().min()?, all.max()?))
}

#[cfg(test)]
mod tests;
