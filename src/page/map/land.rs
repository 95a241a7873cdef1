//! The land of a map: which communes' centres are its dots, by the gazetteer alone.
//!
//! Invariant: a frame holds every dot of its ground, those of Hoàng Sa and Trường Sa at sea too.
//! Not here: which land a page shows (`map`).

use std::collections::HashMap;
use std::sync::OnceLock;

use super::TARGET;
use super::projection::{At, Frame};
use crate::gazetteer::{Era, Gazetteer, Level, PlaceId};

/// The land that a map shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::page) enum Ground {
    Country,
    /// All that a province ever was: of one that kept its name through the reform, the land
    /// before it and after.
    Province(PlaceId),
    /// Such a province as it was until 30 June 2025, where that was another land.
    Former(PlaceId),
}

/// Room around the dots of the country, and around the few of a province, whose ground is wider.
const MARGIN: (i64, i64) = (TARGET / 2, 22);
/// East of it there is only the sea with what lies in it, whose dots have their names: one dot
/// by itself would be taken for dust. In ten-thousandths of a degree.
pub(super) const AT_SEA: i64 = 1_110_000;

/// The files that a province's page and those below it show.
pub(in crate::page) fn grounds(province: PlaceId) -> impl Iterator<Item = Ground> {
    let grew = was_enlarged(province).then_some(Ground::Former(province));
    [Ground::Province(province)].into_iter().chain(grew).filter(|&ground| frame(ground).is_some())
}

/// The frame of a ground, reckoned once: 3,321 points for the country, some 100 for a province.
pub(super) fn frame(ground: Ground) -> Option<&'static Frame> {
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
pub(super) fn communes(ground: Ground) -> Vec<PlaceId> {
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
pub(super) fn was_enlarged(province: PlaceId) -> bool {
    let place = Gazetteer::get().place(province);
    place.is_current() && !place.last().predecessors.is_empty()
}

pub(super) fn at(id: PlaceId) -> Option<At> {
    let units = |degrees: f32| (f64::from(degrees) * 10_000.0).round() as i64;
    Gazetteer::get().centre(id).map(|(lat, lon)| (units(lat), units(lon)))
}

/// The dots of a ground that lie by themselves at sea, with their names.
pub(super) fn at_sea(ground: Ground, frame: &Frame) -> Vec<(i64, i64, &'static str)> {
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
