//! Tests of the maps: what lies where, and the laws of targets and names.

use std::sync::OnceLock;

use proptest::prelude::*;

use super::land::AT_SEA;
use super::names::{self, Room, do_cross};
use super::projection::{WIDEST, cosine};
use super::*;
use crate::gazetteer::{Era, Level};

fn place(path: &str) -> PlaceId {
    Gazetteer::get().by_path(path).unwrap_or_else(|| panic!("{path} is a place"))
}

fn frame_of(ground: Ground) -> &'static Frame {
    frame(ground).unwrap_or_else(|| panic!("{ground:?} has dots"))
}

/// Where a place is on a ground, in pixels.
fn on(ground: Ground, path: &str) -> (i64, i64) {
    at(place(path)).and_then(|at| frame_of(ground).pixel(at)).unwrap_or_else(|| panic!("{path} is on it"))
}

/// Every ground that any site can show.
fn all() -> Vec<Ground> {
    let gazetteer = Gazetteer::get();
    let provinces = gazetteer.places().filter(|&id| gazetteer.place(id).level == Level::Province);
    [Ground::Country].into_iter().chain(provinces.flat_map(grounds)).collect()
}

#[test]
fn hoang_sa_and_truong_sa_lie_at_sea_on_every_map_that_shows_them() {
    let (hoang_sa, truong_sa) = ("thanh-pho-da-nang/dac-khu-hoang-sa", "tinh-khanh-hoa/dac-khu-truong-sa");
    for path in [hoang_sa, truong_sa] {
        assert!(at(place(path)).is_some_and(|at| at.1 > AT_SEA), "{path} is east of 111 degrees");
        let shown: Vec<Ground> =
            all().into_iter().filter(|&ground| communes(ground).contains(&place(path))).collect();
        assert!(shown.len() >= 2 && shown.contains(&Ground::Country), "{shown:?}");
        for ground in shown {
            let frame = frame_of(ground);
            let (x, y) = on(ground, path);
            let meridian = frame.dot((frame.north, AT_SEA)).0 / 2;
            assert!(meridian < x && x <= frame.width - TARGET / 2, "{path} on {ground:?}: {x}");
            assert!((TARGET / 2..=frame.height - TARGET / 2).contains(&y), "{path} on {ground:?}: {y}");
            let others = communes(ground).into_iter().filter(|id| at(*id).is_some_and(|at| at.1 < AT_SEA));
            let east = others.filter_map(|id| Some(frame.dot(at(id)?).0 / 2)).max();
            assert!(east.is_some_and(|east| east < meridian), "open sea lies west of {path}");
            assert!(at_sea(ground, frame).iter().any(|dot| (dot.0, dot.1) == (x, y)));
        }
    }
    assert_eq!(at_sea(Ground::Country, frame_of(Ground::Country)).len(), 2);
}

#[test]
fn the_old_districts_of_the_archipelagos_stand_where_these_are() {
    let khanh_hoa = Ground::Former(place("tinh-khanh-hoa"));
    let (district, commune) = ("tinh-khanh-hoa/huyen-truong-sa", "tinh-khanh-hoa/dac-khu-truong-sa");
    assert_eq!(on(khanh_hoa, district), on(khanh_hoa, commune));
    let da_nang = Ground::Province(place("thanh-pho-da-nang"));
    assert_eq!(
        on(da_nang, "thanh-pho-da-nang/huyen-hoang-sa"),
        on(da_nang, "thanh-pho-da-nang/dac-khu-hoang-sa")
    );
}

#[test]
fn north_is_up_and_west_is_left() {
    let on = |path| on(Ground::Country, path);
    let (ca_mau, ha_noi) = (on("tinh-ca-mau"), on("thanh-pho-ha-noi"));
    let (dien_bien, hai_phong) = (on("tinh-dien-bien"), on("thanh-pho-hai-phong"));
    assert!(ca_mau.1 > ha_noi.1 + 200, "{ca_mau:?} {ha_noi:?}");
    assert!(dien_bien.0 + 50 < hai_phong.0, "{dien_bien:?} {hai_phong:?}");
}

#[test]
fn every_dot_of_every_ground_is_inside_and_a_map_fits_a_phone() {
    for ground in all() {
        let frame = frame_of(ground);
        assert!(frame.width <= WIDEST.0 && frame.height <= WIDEST.1, "{ground:?}: {frame:?}");
        for id in communes(ground) {
            assert!(at(id).and_then(|at| frame.pixel(at)).is_some(), "{ground:?} leaves {id:?} out");
        }
    }
    let country = frame_of(Ground::Country);
    assert_eq!((country.width, communes(Ground::Country).len()), (WIDEST.0, 3_321));
}

#[test]
fn every_old_place_of_a_province_is_on_its_map() {
    let gazetteer = Gazetteer::get();
    for &province in gazetteer.provinces() {
        let former = was_enlarged(province);
        let ground = if former { Ground::Former(province) } else { Ground::Province(province) };
        for &district in gazetteer.children(province) {
            let record = gazetteer.place(district).last();
            if record.era == Era::Old && record.code.is_some() && record.parent == Some(province) {
                let pixel = at(district).and_then(|at| frame_of(ground).pixel(at));
                assert!(pixel.is_some(), "{} is not on {ground:?}", gazetteer.place(district).path);
            }
        }
    }
}

#[test]
fn a_province_that_others_joined_has_a_map_of_each_time() {
    let gazetteer = Gazetteer::get();
    for &province in gazetteer.provinces() {
        let [now, then] = [Ground::Province(province), Ground::Former(province)].map(communes);
        assert_eq!(was_enlarged(province), now != then, "{}", gazetteer.place(province).path);
        assert!(then.iter().all(|id| now.contains(id)));
    }
    // A province that is no more has the land of its districts, not that of its successor.
    let soc_trang = communes(Ground::Province(place("tinh-soc-trang")));
    assert!((30..60).contains(&soc_trang.len()), "{}", soc_trang.len());
    // One that was divided long ago has the land of those that it was divided into.
    assert!(communes(Ground::Province(place("tinh-binh-tri-thien"))).len() > 100);
}

#[test]
fn the_country_is_a_small_file() {
    let frame = frame_of(Ground::Country);
    let mut dots: Vec<_> =
        communes(Ground::Country).into_iter().filter_map(at).map(|at| frame.dot(at)).collect();
    let path = path(&mut dots);
    assert!(path.len() < 26_000, "{}", path.len());
    assert!(dots.len() > 2_800, "few communes share a half pixel: {}", dots.len());
}

#[test]
fn a_path_holds_each_dot_once_row_by_row() {
    assert_eq!(path(&mut vec![(9, 5), (4, 2), (7, 2), (9, 5)]), "m4 2h0m3 0h0m2 3h0");
    assert_eq!(path(&mut Vec::new()), "");
}

#[test]
fn a_ground_of_one_commune_or_of_none_is_no_accident() {
    let frame = Frame::around(&[(210_000, 1_050_000)], 20)
        .map(|frame| (frame.pixel((210_000, 1_050_000)), frame.width));
    assert_eq!(frame, Some((Some((20, 20)), 320)));
    assert!(Frame::around(&[], 20).is_none());
}

#[test]
fn the_cosine_is_that_of_a_table() {
    for (degrees, expected) in [(8, 990), (16, 961), (21, 934), (23, 921)] {
        assert_eq!(cosine(degrees * 10_000), expected, "{degrees}");
    }
}

/// Names of 1 to 29 letters.
fn names() -> &'static [&'static str] {
    static NAMES: OnceLock<Vec<&'static str>> = OnceLock::new();
    let all = Gazetteer::get().places().map(|id| Gazetteer::get().place(id).last().short);
    NAMES.get_or_init(|| all.take(80).collect())
}

fn spots() -> impl Strategy<Value = Vec<Spot>> {
    let spot = (14..306i64, 14..386i64, 1..5_000u32).prop_map(|(x, y, weight)| Spot {
        id: LocalityId(0),
        x,
        y,
        r: 0,
        name: "Một nơi",
        total: Tally::default(),
        weight,
    });
    prop::collection::vec(spot, 0..80)
}

proptest! {
    /// Law: of two links, at least in one direction the targets are apart; and a point is no
    /// link only where one would overlap.
    #[test]
    fn no_two_targets_overlap(spots in spots()) {
        let points: Vec<_> = spots.iter().map(|spot| (spot.x, spot.y)).collect();
        let links = targets(&points);
        let overlap = |a: usize, b: usize| {
            (points[a].0 - points[b].0).abs() < TARGET && (points[a].1 - points[b].1).abs() < TARGET
        };
        for at in 0..points.len() {
            let blocked = (0..points.len()).any(|other| other != at && links[other] && overlap(at, other));
            prop_assert_eq!(links[at], !blocked);
        }
    }

    /// Law: names neither overlap nor leave the map, and no point is larger than a target.
    #[test]
    fn names_stand_free(mut spots in spots()) {
        spots.sort_by_key(|spot| std::cmp::Reverse(spot.weight));
        size(&mut spots);
        prop_assert!(spots.iter().all(|spot| (RADIUS.0..=RADIUS.1).contains(&spot.r)));
        prop_assert!(spots.is_sorted_by(|a, b| a.r >= b.r));
        for (at, spot) in spots.iter_mut().enumerate() {
            spot.name = names()[at];
        }
        let frame = frame_of(Ground::Country);
        let labels = names::place(frame, None, &spots, &[(300, 300, "Ngoài khơi")]);
        prop_assert!(labels.len() <= names::MOST);
        let rooms: Vec<Room> = labels.iter().map(Room::of).collect();
            let lines: Vec<[i64; 4]> = labels.iter().filter_map(|label| label.leader.as_slice().try_into().ok()).collect();
            for (at, line) in lines.iter().enumerate() {
                prop_assert!(lines[..at].iter().all(|other| !do_cross(*line, *other)));
            }
        for (at, room) in rooms.iter().enumerate() {
            prop_assert!(room.is_within(frame));
            prop_assert!(rooms[..at].iter().all(|other| !room.overlaps(other)));
        }
    }
}
